"""Copies of texts that differ as the texts of many provinces do: each has a province, numbers and system names of its own.

So that a reader gains nothing by remembering what an earlier copy said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from kg.ontology import Ontology

_ONSETS = ["b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v"]
_VOWELS = ["a", "e", "i", "o", "u"]
_NUMBER = re.compile(r"\d[\d.,/-]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED = 3
"""One head noun in so many is given a name."""


class Copier:
    """Makes copies of texts by an ontology's places and head nouns."""

    def __init__(self, ontology: Ontology) -> None:
        self.provinces = sorted(
            {unit.label() for unit in ontology.of_class("AdministrativeUnit") if unit.all("gsoCode")}
        )
        wordings = {wording for head in ontology.of_class("HeadNoun") for wording in head.wordings if " " in wording}
        self._province = _any(self.provinces)
        self._head = _any(sorted(wordings))

    def copies(self, texts: Sequence[str], times: int) -> Iterator[str]:
        """Each of `texts`, `times` times, the copies in turns."""
        for number in range(times):
            yield from (self.copy(text, number) for text in texts)

    def copy(self, text: str, number: int) -> str:
        """`text` with the names and numbers of copy `number`; the same each time."""
        random = Random(number)  # noqa: S311 - texts for a benchmark, no secrets
        shift = random.randrange(1, len(self.provinces))
        text = self._province.sub(lambda match: self._moved(match.group(), shift), text)
        text = _NUMBER.sub(lambda match: _other(match.group(), random), text)
        return self._head.sub(lambda match: _named(match.group(), random), text)

    def _moved(self, found: str, shift: int) -> str:
        """Another province, written in capitals where `found` is."""
        lower = [name.lower() for name in self.provinces]
        name = self.provinces[(lower.index(found.lower()) + shift) % len(lower)]
        return name.upper() if found.isupper() else name


def _any(words: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)


def _other(number: str, random: Random) -> str:
    """Another number of the same length; dates and years stay, so that the text still speaks of its time."""
    if "/" in number or _YEAR.fullmatch(number.rstrip(".,-")):
        return number
    return re.sub(r"\d", lambda digit: str(random.randrange(1, 10)) if digit.group() != "0" else "0", number)


def _named(head: str, random: Random) -> str:
    """The head noun, now and then with a brand of this copy behind it."""
    if random.randrange(_NAMED):
        return head
    brand = "".join(random.choice(_ONSETS) + random.choice(_VOWELS) for _ in range(3))
    return f"{head} {brand.capitalize()}{random.randrange(10, 100)}"
