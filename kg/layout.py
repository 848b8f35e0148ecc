"""Lines of a document → units to read: furniture left out, list items joined to what introduces them, moods of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.ontology import Ontology
from kg.text import Line, Normal, any_of, sentences

LONGEST = 4000
"""Characters of a sentence that are read at once; a longer one is cut."""
_BELOW = 0.5
"""How much deeper than an item the lines are that go on about it without a marker."""
PLAIN, HEADER = 5.0, 4.5
"""Depth of a line of plain text, and of a line without a number that plain text stands below: a row, a name alone."""


class Unit(NamedTuple):
    """A stretch that is read as one sentence, as offsets in the normalised text."""

    start: int
    end: int
    paragraph: int
    """Number of the line it stands in: subjects are carried over within one."""
    mood: str | None
    """What the section it stands in gives to what it does not itself date: 'planned' in a plan's tasks, 'directive' where
    only what has no subject is to be done, or None."""
    intro: tuple[int, int] | None = None
    """The line that introduces the list it is an item of."""
    item: bool = False
    depth: float = PLAIN
    """How deep the line lies in the outline: 1 for 'II.', 2 for '1.', 3 for '1.1.', 4 for 'a)', 5 for plain text, 6 for a bullet."""


class Layout:
    """Splits normalised texts into units."""

    def __init__(self, ontology: Ontology) -> None:
        patterns = ontology.tables["layout.patterns"]
        self._furniture, self._rest, self._heading = (
            re.compile(patterns[name]) for name in ("furniture", "rest", "heading")
        )
        self._label = re.compile(patterns["label"])
        self._directive, self._reporting = re.compile(patterns["directive"]), re.compile(patterns["reporting"])
        moods = ontology.tables["layout.moods"]
        self._planned, self._none = _words(moods["planned"]), _words(moods["none"])
        self._abbreviations = frozenset(word.rstrip(".") for word in ontology.words["layout.abbreviations"])

    def units(self, normal: Normal, rows: Sequence[Line]) -> Iterator[Unit]:
        """The units of a text whose lines are `rows`, in order."""
        genre = self._genre(normal, rows)
        mood = genre
        intros: list[tuple[Line, Line | None]] = []
        above: Line | None = None
        for number, line in enumerate(self._kept(normal, rows)):
            above = line if line.marker else above if above and _continues(normal, line, above) else None
            low = normal.low[line.content : line.end].strip()
            mood = self._mood(normal.low[line.start : line.end].strip(), mood, genre)
            item = bool(line.marker) or low.endswith(";")
            while intros and not (item and _below(line, *intros[-1])):
                intros.pop()
            lead = (intros[-1][0].content, intros[-1][0].end) if intros else None
            if intros and line.marker and intros[-1][1] is None:
                intros[-1] = (intros[-1][0], line)
            depth = _depth(line) if line.marker or not above else _depth(above) + _BELOW
            if not line.marker and not above and "|" in normal.text[line.start : line.end]:
                depth = HEADER
            yield from self._sentences(normal, Unit(0, 0, number, mood, lead, item, depth), line)
            above = above._replace(end=line.end) if above else None
            if low.endswith(":"):
                intros.append((line, None))

    def _genre(self, normal: Normal, rows: Sequence[Line]) -> str | None:
        """'directive' for a letter, plan, order or contract: what it says without a subject is to be done."""
        head = [normal.low[x.start : x.end].strip() for x in rows[:14]]
        reports = any(self._reporting.search(low) for low in head)
        return "directive" if not reports and any(self._directive.match(low) for low in head) else None

    def _kept(self, normal: Normal, rows: Sequence[Line]) -> list[Line]:
        kept: list[Line] = []
        for number, line in enumerate(rows):
            low = normal.low[line.start : line.end].strip()
            if self._rest.match(low) and number > len(rows) // 2:
                break
            if not self._furniture.match(low):
                kept.append(self._numbered(normal, line))
        return kept

    def _numbered(self, normal: Normal, line: Line) -> Line:
        """A line that is numbered in words, 'Câu 2.', 'Gói 1 - ', as one that begins with the number."""
        label = None if line.marker else self._label.match(normal.low, line.content, line.end)
        return line._replace(marker=f"{label[1]}.", content=label.end()) if label else line

    def _mood(self, low: str, mood: str | None, genre: str | None) -> str | None:
        if len(low) > 110 or low[-1:] in ".;," or not self._heading.match(low):
            return mood
        if self._none.search(low) or self._reporting.search(low):
            return genre
        return ("planned" if genre else "directive") if self._planned.search(low) else mood

    def _sentences(self, normal: Normal, unit: Unit, line: Line) -> Iterator[Unit]:
        """The sentences of a line, each as `unit` but for its place."""
        for start, end in sentences(normal, line.content, line.end, self._abbreviations):
            for begin in range(start, end, LONGEST):
                yield unit._replace(start=begin, end=min(end, begin + LONGEST))


def _continues(normal: Normal, line: Line, above: Line) -> bool:
    """Whether a line without a marker belongs to the item above: indented deeper, and right below what was said of it."""
    return line.indent > above.indent and normal.text.count("\n", above.end, line.start) == 1


def _below(line: Line, intro: Line, first: Line | None) -> bool:
    """Whether an item belongs to the list that `intro` begins: not where it is marked like `intro` and no deeper.

    Nor where it stands higher in the outline than the `first` item of that list, and no deeper in the page.
    """
    if line.indent < intro.indent:
        return False
    if first and line.marker and line.indent <= first.indent and int(_depth(line)) < int(_depth(first)):
        return False
    return line.indent > intro.indent or not intro.marker or _style(line.marker) != _style(intro.marker)


def _style(marker: str) -> str:
    bare = marker.strip("[]()/. ")
    return "0" if bare[:1].isdigit() else "I" if re.fullmatch(r"[IVX]+", bare) else "a" if bare.isalpha() else bare


def _depth(line: Line) -> float:
    marker = line.marker.strip("[]()/. ")
    indent = min(line.indent, 40) / 100
    if not line.marker:
        return PLAIN
    if re.fullmatch(r"[IVX]+", marker):
        return 1.0
    if marker[:1].isdigit():
        return 2.0 + min(marker.count("."), 3) / 2 + indent
    if marker.isalpha():
        return 4.0 + indent
    return 6.0 + indent


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of((word.strip() for word in text.split('|')), apart=True)})(?!\w)")
