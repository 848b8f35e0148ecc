"""Names cut short: what a document calls a system once it has named it in full."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from kg.mention import Mention
from kg.ontology import Concept, Ontology
from kg.text import Normal, any_of

_SHORTEST = 2
"""Spaces within a name that may shorten another one."""
_NOUN = 40
"""Characters that the noun of a name may have."""


class ShorteningRules:
    """What an ontology says of nouns and last words of names."""

    def __init__(self, ontology: Ontology) -> None:
        heads = (wording.lower() for head in ontology.of_class("HeadNoun") for wording in head.wordings)
        self.listing_heads = frozenset(ontology.words["names.listing_heads"])
        self.telling_tails = tuple(f" {word}" for word in ontology.words["names.telling_tails"])
        self.begins_with_verb = re.compile(rf"(?:{any_of(ontology.words['names.verbs'])}) ")
        self._evident = [
            (f"{long} ", f"{short} ")
            for long in ontology.words["names.evident_heads"]
            for short in self.listing_heads
            if long.startswith(f"{short} ")
        ]
        self.headed = re.compile(rf"(?:{any_of(heads, apart=True)}) $")

    def plain(self, core: str) -> str:
        """A name with its noun in short: 'hệ thống giấy phép' for 'hệ thống thông tin giấy phép'."""
        return next((short + core[len(long) :] for long, short in self._evident if core.startswith(long)), core)


class Shortenings:
    """The names of one document, and what may be short for them."""

    def __init__(self, rules: ShorteningRules) -> None:
        self._rules = rules
        self._names: dict[str, dict[str, Mention]] = {}
        """The first mention of each name proper, by the place of its system."""

    def note(self, mention: Mention, place: str) -> None:
        """Keep a name of a system of a place; in the order of the text."""
        self._names.setdefault(place, {}).setdefault(mention.core, mention)

    def fuller(self, mention: Mention, place: str) -> Mention | None:
        """The one fuller name of the same place that an open name shortens: by its last words, or by the noun before it.

        A name that the document brings in short is none.
        """
        if mention.kind is not None or mention.brand or mention.distinct or mention.core.count(" ") < _SHORTEST:
            return None
        own = self._names.get(place, {})
        near = [other for core, other in own.items() if self._shortens(mention, core, other, own)]
        if not near and not mention.scope.sort:  # whose it is was told with the fuller name
            far = (names for other_place, names in self._names.items() if other_place != place)
            near = [
                other for names in far for core, other in names.items() if self._shortens(mention, core, other, own)
            ]
        return near[0] if len(near) == 1 else None

    def _shortens(self, mention: Mention, core: str, other: Mention, own: Mapping[str, Mention]) -> bool:
        """Whether a mention says the first words of a name told before it, or all but the noun before the rest."""
        first = min(mention.start, own.get(mention.core, mention).start)
        if other.start < first and self._rules.plain(core).startswith(f"{self._rules.plain(mention.core)} "):
            return True
        return core.endswith(f" {mention.core}") and core.removesuffix(f" {mention.core}") in self._rules.listing_heads

    def headless(self, normal: Normal) -> Iterator[tuple[Mention, int, int]]:
        """Where a name that only one place has stands without its noun: the name, start and end."""
        named = Counter(core for names in self._names.values() for core in names)
        for mention in [m for names in self._names.values() for m in names.values() if named[m.core] == 1]:
            if rest := self._without_head(mention):
                for match in re.finditer(rf"(?<![\w-]){re.escape(rest)}(?!\w)", normal.low):
                    start, end = match.span()
                    goes_on = normal.text[end + 1 : end + 2].isupper()
                    if not goes_on and not self._rules.headed.search(normal.low[max(0, start - _NOUN) : start]):
                        yield mention, start, end

    def _without_head(self, mention: Mention) -> str:
        """The words behind the noun of an open name, where they alone may stand for it; empty where not."""
        if mention.head is None or mention.kind is not None or mention.brand:
            return ""
        nouns = [w.lower() for w in mention.head.wordings if mention.core.startswith(f"{w.lower()} ")]
        rest = mention.core[len(max(nouns, key=len, default=mention.core)) :].strip()
        told = rest.endswith(self._rules.telling_tails) and not self._rules.begins_with_verb.match(rest)
        return rest if told and rest.count(" ") >= _SHORTEST else ""


def acronyms(head: Concept) -> tuple[str, ...]:
    """Wordings of a head noun that hold an acronym, in lower case."""
    short = (w for w in head.wordings if any(p.isupper() and len(p) > 1 for p in w.split()))
    return tuple(map(str.lower, short))
