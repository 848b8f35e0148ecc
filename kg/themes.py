"""Headings that say what links the items below them: 'III. Nguồn dữ liệu tích hợp vào IOC', 'II. Kết nối của A với các bộ'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.model import Dating
from kg.status import Claim
from kg.stream import Chunk, Stream, tags_of
from kg.vocab import RELATIONS

_SOURCES = re.compile(
    r"^[lnu]*(?:[RZ]|xd?|d)[xRoOnd]{0,4}[uNbt]*(?P<verb>[CGYMEhj])[ubdt]{0,3}x?(?:[WIT]x?){0,2}S[xO.:]*$"
)
"""A class of systems, a verb and the system that all of the class are linked to."""
_TARGETS = re.compile(r"^[lnuxd]{0,3}(?P<verb>[cCGYX])[xdou]{0,3}oS(?:[WI][^S]*)?[.:]?$")
"""The links of one system to those that follow."""
_ITEM = re.compile(r"^\|?(?:[uUNtxnG]{1,5}:?)?S")
"""A line that names a system first, behind no more than a number or a status."""
RULE = "heading"


@dataclass(frozen=True, slots=True)
class Theme:
    """What a heading says of the items below it."""

    refs: tuple[str, ...]
    """The one system."""
    sources: bool
    """Whether the items are the sources of the links; else they are the targets."""
    relation: str
    claim: Claim
    dating: Dating
    cue: tuple[int, int]
    depth: float
    end: int
    """Where the heading ends."""
    via: tuple[str, ...] = ()


class Themes:
    """The heading that the lines being read stand below, if it states links."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.theme: Theme | None = None

    def enter(self, depth: float) -> None:
        """A line of this depth begins: a heading no higher than it ends."""
        if self.theme and depth <= self.theme.depth:
            self.theme = None

    def heading(self, row: Sequence[Chunk], unit: Unit) -> bool:
        """Note a line that opens a paragraph; whether it is such a heading."""
        tags = tags_of(row)
        match = _SOURCES.match(tags) or _TARGETS.match(tags)
        if match is None or tags.count("S") != 1 or "|" in tags:
            return False
        verb, system = match.start("verb"), row[tags.index("S")]
        stream = Stream(tuple(row), tags, ())
        claim = self.matcher.status.claim(stream, verb, len(row), None, None, "", subject=True)
        signals = row[verb].signals
        relation = signals if signals in RELATIONS else "connectsTo"
        dating = Dating(self.matcher.date, "document")
        cue = (row[verb].start, row[verb].end)
        sources = match.re is _SOURCES
        self.theme = Theme(system.refs, sources, relation, claim, dating, cue, unit.depth, unit.end)
        return True

    def go_through(self, stream: Stream) -> None:
        """'Tất cả đi qua C': the way of all the links, where a sentence names nothing else."""
        if self.theme and stream.via and "S" not in stream.tags and not self.theme.via:
            refs = tuple(i for _, chunk in stream.via for i in chunk.refs if i not in self.theme.refs)
            self.theme = replace(self.theme, via=refs if self.matcher.roles.carries(refs) else ())

    def links(self, stream: Stream, unit: Unit) -> Iterator[Found]:
        """Links of an item with the system of its heading."""
        theme = self.theme
        item = unit.item or "|" in stream.tags
        own_lead = theme is not None and unit.intro is not None and unit.intro[1] != theme.end
        match = _ITEM.match(stream.tags)
        if theme is None or not item or own_lead or match is None or unit.depth <= theme.depth:
            return
        chunk = stream.chunks[match.end() - 1]
        stated = self.matcher.status.gravest_of(stream.chunks)
        claim = Claim(stated, True) if stated else theme.claim
        dating = self.matcher.dating(chunk.start, claim, unit) if stated else theme.dating
        for ref in chunk.refs:
            for end in theme.refs:
                source, target = (ref, end) if theme.sources else (end, ref)
                if source != target:
                    way = tuple(i for i in theme.via if i not in (source, target))
                    last = max(c.end for c in stream.chunks[match.end() - 1 :])
                    yield Found(
                        source, theme.relation, target, way, claim, dating, RULE, 0.8, chunk.start, last, (theme.cue,)
                    )
