"""Figures that a text gives: a number, what it counts, the metric in the words around it, and whose it is.

Units and patterns are data (rules/statements.yaml, tables `units`, `money`, `scales` and `measures`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.dating import DateReader
from kg.model import MeasureFact, PlaceRef, SystemRef
from kg.passages import NUMBER, OUT_OF, Page, Sentence, alternatives, value_of, words_of
from kg.vocab import statement_iri

_BOUND = re.compile(r"[;:|(]|[.!?]\s")
_BEFORE, _BEHIND = 160, 110
"""Characters read before and behind a number: a sentence may be long."""
_NEAR = 24
"""Characters before a number, longer than any wording that makes it none that counts."""
_DATES = 200
"""Characters on either side of a number that may date it: a sentence of many numbers is not read anew for each."""
_SHORT = 4
"""Words of a clause that say what is counted; a longer clause says something else."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A number where it stands."""

    page: Page
    sentence: Sentence
    match: re.Match[str]
    before: str
    """What stands before it in its sentence, lower case."""
    head: re.Match[str] | None
    """Head of its metric in `before`."""

    @property
    def offset(self) -> int:
        """Where `before` begins."""
        return self.match.start() - len(self.before)

    @property
    def free(self) -> str:
        """The part of `before` behind the last name."""
        last = max((m.end for m, _ in self.sentence.named if m.end <= self.match.start()), default=0)
        return self.before[max(0, last - self.offset) :]

    def reach(self, over_names: bool) -> int:
        """Where words behind the number that belong to its metric must end."""
        end = min(self.sentence.unit.end, self.match.end() + _BEHIND)
        names = (m.start for m, _ in self.sentence.named if m.start >= self.match.end())
        return end if over_names else min(end, next(names, end))


class Figures:
    """Numbers with what they count."""

    def __init__(self, tables: Mapping[str, Any], words: Mapping[str, Sequence[str]], dates: DateReader) -> None:
        table = tables["measures"]
        self._dates = dates
        self._money: Mapping[str, str] = tables["money"]
        self._scales: Mapping[str, int] = tables["scales"]
        money, scales = alternatives(list(self._money)), alternatives(list(self._scales))
        units = alternatives([*words["units"], *words["spans"]])
        self._figure = re.compile(
            rf"{NUMBER}{OUT_OF}\s?(?:(?P<share>%)|(?:(?P<scale>{scales})\s+)?(?P<unit>{units})(?!\w)|(?P<money>{money})(?!\w))"
        )
        self._patterns = {
            name: re.compile(table[name])
            for name in (
                "where",
                "constant",
                "not_after",
                "not_before",
                "head",
                "tail",
                "share_tail",
                "clause",
                "idle",
                "planned",
            )
        }
        self._spans, self._areas = frozenset(words["spans"]), frozenset(words["areas"])
        self._timed, self._durations = frozenset(words_of(table["timed"])), frozenset(words_of(table["durations"]))
        self._shares, self._counts = frozenset(words_of(table["shares"])), frozenset(words_of(table["counts"]))
        self._nouns: Mapping[str, str] = table

    def read(self, page: Page, sentence: Sentence, topic: str) -> Iterator[MeasureFact]:
        """Figures that the sentence gives; `topic`: id of the system its paragraph opens with, or ''."""
        unit, low = sentence.unit, page.normal.low
        for match in self._figure.finditer(low, unit.start, unit.end):
            at = match.start()
            before = low[max(unit.start, at - _BEFORE) : at]
            if any(m.start < at < m.core_end for m, _ in sentence.named) or not self._counts_here(low, match, before):
                continue
            head = self._patterns["head"].search(before)
            if match["unit"] in self._spans and not (head and head["head"] in self._timed):
                continue
            subject = self._subject(page, sentence, match, topic)
            if subject is not None:
                yield self._fact(_Place(page, sentence, match, before, head), subject)

    def _counts_here(self, low: str, match: re.Match[str], before: str) -> bool:
        patterns = self._patterns
        if patterns["not_after"].search(before.rstrip()[-_NEAR:]) or patterns["not_before"].match(low, match.end()):
            return False
        if match["unit"] not in self._areas:
            return True
        known = patterns["constant"].match(low, match.start()) is not None
        return not known and (match["of"] is not None or patterns["where"].search(before) is None)

    def _fact(self, place: _Place, subject: SystemRef | PlaceRef) -> MeasureFact:
        page, unit, at = place.page, place.sentence.unit, place.match.start()
        value, what = self._value(place)
        metric, start, end = self._metric(place, what)
        planned = unit.mood == "planned" or self._patterns["planned"].search(place.before) is not None
        if planned:
            metric = f"{metric} {self._nouns['target']}"
        first = max(unit.start, at - _DATES)
        near = page.normal.low[first : min(unit.end, at + _DATES)]
        dating = self._dates.dating(near, "planned" if planned else "", page.home.date, at - first)
        node = statement_iri(page.document.name, "measure", subject.id, metric, value, what, dating.as_of)
        return MeasureFact(node, subject, metric, value, what, dating, page.evidence(start, end, "figure", 0.7))

    def _value(self, place: _Place) -> tuple[float, str]:
        """Value and unit: '1,28 triệu hồ sơ' is 1280000 'hồ sơ', '1,9 tỷ' is 1.9 'tỷ đồng'."""
        match = place.match
        number = value_of(match["n"])
        if match["money"]:
            return number, self._money[" ".join(match["money"].split())]
        scale = self._scales[match["scale"]] if match["scale"] else 1
        unit = match["share"] or place.page.normal.text[match.start("unit") : match.end("unit")]
        return round(number * scale, 6), " ".join(unit.split())

    def _metric(self, place: _Place, what: str) -> tuple[str, int, int]:
        """Metric, and the offsets of the passage that states it: of its head, else the words behind, else those before."""
        match, text, share = place.match, place.page.normal.text, what == "%"
        if place.head:
            return self._headed(place, place.head, what), place.offset + place.head.start(), match.end()
        noun = self._noun(match, what)
        tail = self._patterns["share_tail" if share else "tail"].match(
            place.page.normal.low, match.end(), place.reach(share)
        )
        if tail:
            return self._clean(f"{noun} {text[tail.start() : tail.end()].lstrip(',')}"), match.start(), tail.end()
        clause = self._patterns["clause"].search(place.free)
        if clause is None or (not share and len(clause["metric"].split()) > _SHORT):
            return noun, match.start(), match.end()
        start, end = (match.start() - len(place.free) + at for at in clause.span("metric"))
        return self._clean(f"{noun} {text[start:end]}"), start, match.end()

    def _noun(self, match: re.Match[str], what: str) -> str:
        nouns = self._nouns
        if what in self._durations:
            return nouns["duration"]
        return nouns["share"] if what == "%" else nouns["amount"] if match["money"] else f"{nouns['count']} {what}"

    def _headed(self, place: _Place, head: re.Match[str], what: str) -> str:
        """The metric whose head stands before the number; a share of what "số …" counts is "tỷ lệ …"."""
        start, end = (place.offset + at for at in head.span("metric"))
        words = place.page.normal.text[start:end]
        words = words[:1].lower() + words[1:]
        share = self._nouns["share"]
        if what != "%" or head["head"] in self._shares:
            return self._clean(f"{words} {what}" if words in self._counts else words)
        return self._clean(
            f"{share} {words[len(head['head']) :]}" if head["head"] in self._counts else f"{share} {words}"
        )

    def _clean(self, words: str) -> str:
        return " ".join(self._patterns["idle"].sub("", " ".join(words.split())).split())

    @staticmethod
    def _subject(page: Page, sentence: Sentence, match: re.Match[str], topic: str) -> SystemRef | PlaceRef | None:
        """The first system of its part of the sentence, else one right behind it, else the first of all, the paragraph's, the place."""
        named = [(m, ids) for m, ids in sentence.named if ids]
        before = [(m, ids) for m, ids in named if m.start < match.start()]
        part = page.normal.text.rfind(";", sentence.unit.start, match.start())
        for mention, ids in before:
            if mention.start > part:
                return page.ref(ids[0])
        behind = next(((m, ids) for m, ids in named if m.start >= match.end()), None)
        if behind and not _BOUND.search(page.normal.text, match.end(), behind[0].start):
            return page.ref(behind[1][0])
        if before:
            return page.ref(before[0][1][0])
        return page.ref(topic) if topic else page.place()
