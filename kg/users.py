"""Who may use a system: classes of organisations with a number or share, organisations by name, people; a sentence as words with tags.

Classes, determiners, people and what is no user are data (rules/statements.yaml, table `uses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg.passages import (
    NUMBER,
    OUT_OF,
    UNJOINED,
    Page,
    Sentence,
    alternatives,
    at_words,
    value_of,
    with_letters,
    words_of,
)
from kg.text import normalise

_NEAR = 8
"""Characters before a number that tell whether it is a date's."""
_BRACKETS = re.compile(r"\([^()]*\)")


class Token(NamedTuple):
    """A word by its tag, or a phrase: a system ('S', with its ids) or one who may use it.

    Tags of users: 'A' a class with a number or share, 'a' one without, 'G' anything else that a number counts, 'O' an
    organisation by name, 'P' people. Of words: 'u' verbs of those who use it, 'V' other verbs, 'T' and 's' prepositions, 'D'
    what denies, 'N' what begins what is no longer said of the same, ',' commas and 'và', ';' what separates clauses and cells, 'x' others,
    '.' other marks.
    """

    tag: str
    start: int
    end: int
    word: str = ""
    """The word; '' for a phrase."""
    refs: tuple[str, ...] = ()
    number: float | None = None


class Users:
    """Finds in a sentence whoever may use a system."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        lists = {key: words_of(table[key]) for key in _LISTS}
        self._numerals = _numerals(table)
        self._actor, self._bracket = _actor(table, lists, self._numerals), _bracket(lists)
        self._not_after = re.compile(table["not_after"])
        begun = [rf"{digit}{UNJOINED}" for digit in "0123456789"]
        numeral = alternatives({word.split()[0] for word in self._numerals}, apart=True)
        opening = (numeral, alternatives(lists["determiners"], apart=True), alternatives(lists["people"], apart=True))
        self._opening = re.compile("|".join((*begun, *opening)))
        self._organisation = re.compile(with_letters(table["organisation"]))
        self._tags = {word: tag for key, tag in _TAGS for word in lists[key]}
        self._word = re.compile(rf"(?:{alternatives(list(self._tags))})(?!\w)|\w+(?:[./-]\w+)*|[^\w\s\"']")
        self._tags |= {",": ",", ";": ";", ":": ";", "|": ";"}

    def phrases(self, page: Page, sentence: Sentence) -> list[Token]:
        """Systems and users of the sentence, in order, without overlap."""
        unit = sentence.unit
        systems = [Token("S", m.start, m.core_end, "", ids) for m, ids in sentence.named if ids]
        found = [
            Token("O", *span.span()) for span in at_words(self._organisation, page.normal.text, unit.start, unit.end)
        ]
        found += self._counted(page.normal.low, unit.start, unit.end)
        found.sort(key=lambda token: (token.tag == "G", token.start, -token.end))
        taken, out = bytearray(unit.end - unit.start), []
        for token in (*systems, *found):
            place = slice(token.start - unit.start, token.end - unit.start)
            if not any(taken[place]):
                taken[place] = bytes([1]) * (token.end - token.start)
                out.append(token)
        return sorted(out, key=lambda token: token.start)

    def row(self, page: Page, sentence: Sentence, phrases: list[Token]) -> list[Token]:
        """The sentence as words, with the phrases in their places; what stands in brackets is left out."""
        row: list[Token] = []
        place = sentence.unit.start
        for phrase in phrases:
            row += self._plain(page.normal.low, place, phrase.start)
            row.append(phrase)
            place = phrase.end
        return [*row, *self._plain(page.normal.low, place, sentence.unit.end)]

    def _counted(self, low: str, start: int, end: int) -> Iterator[Token]:
        """Users with a number, a share or a word such as "các", and people: tried where one may begin, which is fast to find."""
        place = start
        while opening := self._opening.search(low, place, end):
            match = self._actor.match(low, opening.start(), end)
            number = self._number(match, low[max(start, match.start() - _NEAR) : match.start()]) if match else None
            place = match.end() if match and number is not None else opening.start() + 1
            if match and number is not None:
                if not number and (told := self._bracket.match(low, place, end)):
                    number, place = value_of(told["n"]), told.end()
                tag = "P" if match["people"] else "G" if match["other"] else "A" if match["share"] or number else "a"
                yield Token(tag, match.start(), place, number=number or None)

    def _number(self, match: re.Match[str], before: str) -> float | None:
        """How many they are, 0 where that is not told; None where they would need a number, or the one there is a date's."""
        if match["n"] and match.start("n") == match.start() and self._not_after.search(before):
            return None
        if match["n"]:
            return 0.0 if match["share"] else value_of(match["n"])
        number = self._numerals.get(match["numeral"] or "", 0.0)
        return None if match["other"] or (match["noun"] and not number) else number

    def _plain(self, low: str, start: int, end: int) -> Iterator[Token]:
        """Words that are neither systems nor users."""
        words, tags = low[start:end], self._tags
        if "(" in words:
            words = _BRACKETS.sub(lambda found: " " * len(found[0]), words)
        for match in self._word.finditer(words):
            word = match[0]
            tag = tags.get(word) or ("x" if word[0].isalnum() else ".")
            yield Token(tag, start + match.start(), start + match.end(), word)


def _actor(table: Mapping[str, Any], lists: Mapping[str, Sequence[str]], numerals: Iterable[str]) -> re.Pattern[str]:
    """Whoever a number, a share or a determiner introduces, and people, who need none."""
    unit = alternatives(words_of(table["listed"]))
    joined = rf"(?:,|\s(?:{alternatives(lists['and'])}))?\s"
    classes = rf"(?:{unit})(?!\w)(?:{joined}(?:{unit})(?!\w))+|{alternatives(lists['classes'])}"
    numeral, determiner = (alternatives(words, apart=True) for words in (numerals, lists["determiners"]))
    ends = alternatives([word for key in _ENDING for word in lists[key]])
    counted = rf"(?!(?:{alternatives(lists['no_users'])})(?!\w))[^\W\d_]+"
    other = rf"{counted}(?:\s(?!(?:{ends})(?!\w))[^\W\d_]+){{0,3}}"
    return re.compile(
        rf"(?:{NUMBER}(?:{OUT_OF}\s|\s?(?P<share>%)\s)\s?|(?P<numeral>{numeral})\s(?!\d)|(?:{determiner})\s){{1,3}}"
        rf"(?:(?P<class>{classes})(?!\w){table['class_tail']}|(?P<noun>{counted}{table['any_users']})|(?P<other>{other}))"
        rf"|(?P<people>{alternatives(lists['people'], apart=True)})(?!\w){table['people_tail']}"
    )


def _bracket(lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """A number in brackets that tells how many those before it are."""
    noun = rf"\s(?!(?:{alternatives(lists['no_users'])})(?!\w))[^\W\d_,]+"
    return re.compile(rf"\s?\({NUMBER}{OUT_OF}(?:{noun}){{0,3}}\)")


def _numerals(table: Mapping[str, Any]) -> dict[str, float]:
    """Numbers written as words, from two to ninety-nine.

    >>> table = {"numerals": {"ba": 3, "bốn": 4}, "ten": "mười", "tens": "mươi", "behind_tens": {"tư": 4}}
    >>> sorted(_numerals(table).items(), key=lambda item: item[1])[-2:]
    [('bốn mươi bốn', 44.0), ('bốn mươi tư', 44.0)]
    """
    units = {normalise(word).low: float(value) for word, value in table["numerals"].items()}
    behind = units | {normalise(word).low: float(value) for word, value in table["behind_tens"].items()}
    ten, tens = normalise(table["ten"]).low, normalise(table["tens"]).low
    full = {ten: 10.0} | {f"{word} {tens}": 10 * value for word, value in units.items()}
    joined = {f"{word} {unit}": value + more for word, value in full.items() for unit, more in behind.items()}
    return units | full | joined


_TAGS = (("verbs", "V"), ("acts", "u"), ("at", "T"), ("skipped", "s"), ("denials", "D"), ("turns", "N"), ("and", ","))
_ENDING = (*dict(_TAGS), "behind")
"""Lists of words that end what a number counts."""
_LISTS = (*_ENDING, "classes", "determiners", "people", "no_users")
