"""What the makers of facts share: the document being read, its sentences, and patterns made of word lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.context import Home
from kg.layout import Unit
from kg.link import Linker
from kg.mention import Mention
from kg.model import Document, Evidence, PlaceRef, Span, SystemRef
from kg.rows import Rows
from kg.text import Normal, any_of, normalise

UNJOINED = r"(?<![\w.,/:+-].)"
"""Behind the first digit of a number: it goes on with nothing before it."""
NUMBER = r"(?P<n>\d" + UNJOINED + r"(?:\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d*(?:[.,]\d+)?))"
"""A Vietnamese number, as group `n`: a dot between thousands, a comma before decimals."""
OUT_OF = r"(?P<of>\s?/\s?\d[\d.]*)?"
"""What follows the number in "28/28"."""


class Sentence(Protocol):
    """A unit of text with the systems that it names and their ids."""

    @property
    def unit(self) -> Unit:
        """Where it stands."""

    @property
    def named(self) -> Sequence[tuple[Mention, tuple[str, ...]]]:
        """Its mentions in order, each with the systems it names."""


@dataclass(frozen=True, slots=True)
class Page:
    """The document being read, with what makes parts of facts out of offsets in its normalised text."""

    document: Document
    normal: Normal
    linker: Linker
    home: Home
    rows: Rows = field(default_factory=Rows, compare=False)
    """Of the tables, as far as they are read."""

    def evidence(
        self, start: int, end: int, rule: str, confidence: float, cues: Iterable[tuple[int, int]] = ()
    ) -> Evidence:
        """The document's own words at these offsets, and where the cues stand among them."""
        begin, stop = self.normal.raw(start, end)
        spans = tuple(Span(*self.normal.raw(*cue)) for cue in cues)
        return Evidence(self.document.file, begin, stop, self.document.text[begin:stop], rule, confidence, spans)

    def ref(self, iri: str) -> SystemRef:
        """The system of this id."""
        entity = self.linker.entities[iri]
        return SystemRef(entity.id, entity.label, entity.type, entity.scope)

    def place(self) -> PlaceRef | None:
        """Whom a statement is about where it names nobody: the document's place, else its agency."""
        home = self.home.place or self.home.agency
        return PlaceRef(home.id, home.label()) if home else None

    def placed(self, name: str) -> str:
        """`name` with the document's place for {home} ("tỉnh X") and {name} ("X")."""
        place = self.home.place
        label = place.label() if place else ""
        kind = place.one("kind") or "" if place else ""
        return " ".join(name.replace("{home}", f"{kind} {label}").replace("{name}", label).split())


def words_of(text: str) -> list[str]:
    """The words of a list "a | b | c", in the spelling of normalised lower-case text."""
    return [normalise(word.strip()).low for word in text.split("|")]


def alternatives(words: Iterable[str], *, apart: bool = False) -> str:
    """Pattern of any of `words`, the longest first, any single blank between their parts; `apart`: from a word's start."""
    return any_of(words, blank=r"\s", apart=apart)


def at_words(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches that begin where a word does; faster than a pattern that looks back before it looks at what is there."""
    while match := pattern.search(text, start, end):
        begin = match.start()
        inside = begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] == "_")
        start = begin + 1 if inside else match.end()
        if not inside:
            yield match


def with_letters(pattern: str) -> str:
    """`pattern` with classes of letters for {upper}, {lower} and {letter}: `re` has none."""
    return filled(pattern, _letters())


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """`pattern` with each name of `values` replaced by its value."""
    for name, value in values.items():
        pattern = pattern.replace(name, value)
    return pattern


def _letters() -> dict[str, str]:
    upper = "".join(c for c in map(chr, range(0x41, 0x1F00)) if unicodedata.category(c) == "Lu" and _vietnamese(c))
    return {"{upper}": f"[{upper}]", "{lower}": f"[{upper.lower()}]", "{letter}": r"[^\W\d_]"}


def _vietnamese(char: str) -> bool:
    """Whether a letter is Latin, plain or with the marks that Vietnamese writes."""
    name = unicodedata.name(char, "")
    return name.startswith("LATIN CAPITAL LETTER") and (ord(char) < 0x1B1 or ord(char) >= 0x1EA0)


def value_of(text: str) -> float:
    """'1.296' → 1296, '98,2' → 98.2, '2.5' → 2.5."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))
