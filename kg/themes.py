"""Lines that say what links those below them: 'III. Nguồn dữ liệu tích hợp vào IOC', 'a) Từ A đến', a legend of codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.model import Dating
from kg.status import Claim
from kg.stream import Chunk, Stream, tags_of
from kg.subjects import Subject
from kg.theme import ITEM, Theme
from kg.vocab import RELATIONS

_SOURCES = re.compile(
    r"^[lnu]*x?(?:[RZ]|xd?|d)[xRoOnd]{0,4}[uNbt]*(?P<verb>[CGYMEhj])[ubdt]{0,3}x?(?:[WIT]x?){0,2}S[^S;.|]*:?$"
)
"""A class of systems, a verb and the system that all of the class are linked to."""
_INTO = re.compile(r"^[uNbt]*(?P<verb>[GYEM](?=[dx]{0,2}I)|C(?=W[^:]*:))[dx]{0,2}[IW][xT]?S[xO]*[.:]?$")
"""A verb and the system into which what follows goes, or with which it is linked."""
_GROUP = re.compile(r"^[lnxROd]+:$")
"""A line that only names a group of those that follow."""
_TARGETS = re.compile(r"^[lnuxd]{0,3}(?P<verb>[cCGYX])[xdou]{0,3}oS(?:[WI][^S]*)?[.:]?$")
"""The links of one system to those that follow."""
_FROM = re.compile(r"^[lnu]*(?P<verb>F)S[uMC]*I[.:]?$")
"""The system from which links go to those that follow."""
_HERE = re.compile(r"^[lnu]*R[xRoO]{0,3}[uNbt]*(?P<verb>[hj])[utxgr]*:$")
"""Systems that run where the line above said: 'Các hệ thống đang chạy tại đây gồm:'."""
_ASKED = re.compile(r"^[lnux]{0,3}S[uNbt]*(?P<verb>[CYX])[dxou]{0,2}[WI](?:[lnxORtu]{1,5}|x)N?[.:]?$")
"""What a system is linked to, asked or left open: 'A đã kết nối với những hệ thống nào?', 'A nối với ai'."""
_GATHERED = re.compile(r"^[lnux]{0,3}S[uNbt]*(?P<verb>G)[ubd]{0,2}[lRxnd]{1,4}[.:]?$")
"""What a system takes in: 'IOC tích hợp được những nguồn nào'."""
_OF_EACH = re.compile(r"^[lnu]*[RZx][xRoOnd]{0,4}[uNbt]*(?P<verb>[CYX])[dxou]{0,2}[WI]?S[uN]{0,2}[.:]?$")
"""The question what of a class is linked to a system: 'Hệ thống nào của tỉnh đã kết nối B?'."""
_WITH = re.compile(r"^[nx]{0,2}(?P<verb>W)S:$")
"""'Với B:' above what is linked to it or not."""
_NAME_ONLY = re.compile(r"^\|?S(?:[.:;,(|/-]|$)")
"""A line that opens with a name and goes on with no verb."""
_ARROW = re.compile(r"(?:=>|->|→)\s*$")
_PAIR = re.compile(r"^\|?[lnux]{0,3}(?:B(?P<both>S)|(?P<one>S)-(?P<other>S))(?=[:(|,;-])[^S]*$")
"""A line that sets two systems side by side and tells how they stand: 'Giữa A và B: chưa', 'A - B: đã thông'."""
_DONE = re.compile(r"[:(|,-][ubt]{0,3}C(?=[.,;)]|$)")
_OF_ABOVE = re.compile(r"^\|?[nu]{0,2}(?P<other>S)[:(-][uNbt]{0,4}(?P<verb>[CGYL])[uNbt]{0,4}(?=[.;,)]|$)")
"""A line that tells of a system that it is linked or not, and leaves to the line above with what: 'B: đã kết nối' below 'A:'."""
_OF_PAIRS = re.compile(r"^[lnut]*[xRd]{0,3}[uNbt]*(?P<verb>[CGYc])[uNbtxhd]{0,6}:$")
"""A heading that says how the pairs below it stand: 'Các kết nối đã hoàn thành:', 'Chưa kết nối:'."""
_ITEM_PAIR = re.compile(r"^\|?(?P<one>S)[W>-](?P<other>S)(?=[:(|,;.]|$)")
"""Two systems side by side below such a heading."""
_FIELD = re.compile(r"^[^S:;.|]{1,7}:")
"""A line of a record: what comes before its colon names no system."""
_LONGEST_CODE, _RECALL = 3, 4
"""Letters of a code, and how many mentions back 'tại đây' may find what it means."""
RULE = "heading"


class Themes:
    """The heading that the lines being read stand below, if it states links; and the codes that a legend explains."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.theme: Theme | None = None
        self.codes: dict[str, str] = {}
        """Status by code: {'KO': 'absent'}."""
        self._groups: set[int] = set()
        """Ends of the lines that only name a group of items."""
        self._pairs: tuple[float, Claim] | None = None
        """Depth of a heading of pairs, and how they stand."""
        self._record: tuple[str, ...] = ()
        """The system that the lines of the record at hand are about."""

    def enter(self, depth: float) -> None:
        """A line of this depth begins: a heading no higher than it ends."""
        if self.theme and depth <= self.theme.depth:
            self.theme = None
        if self._pairs and depth <= self._pairs[0]:
            self._pairs = None

    def heading(self, row: Sequence[Chunk], unit: Unit) -> bool:
        """Note a line that opens a paragraph; whether it is such a heading."""
        tags = tags_of(row)
        if stated := _OF_PAIRS.match(tags):
            claim = self.matcher.status.claim(
                Stream(tuple(row), tags, ()), stated.start("verb"), len(row) - 1, None, unit.mood, "", subject=True
            )
            self._pairs = unit.depth, claim
        patterns = [_SOURCES, _TARGETS, _FROM, _INTO, _HERE, _ASKED, _GATHERED, _WITH]
        if self._ends(unit, "?"):
            patterns.insert(0, _OF_EACH)
        match = next((found for pattern in patterns if (found := pattern.match(tags))), None)
        asked = match is not None and match.re in (_ASKED, _GATHERED, _OF_EACH)
        if match is None or "|" in tags or (asked and not self._asks(row, unit)):
            self._groups |= {unit.end} if _GROUP.match(tags) else set()
            return False
        refs = self._host() if match.re is _HERE else row[tags.index("S")].refs
        if tags.count("S") > 1 or not refs:
            return False
        verb = match.start("verb")
        stream = Stream(tuple(row), tags, ())
        claim = self.matcher.status.claim(stream, verb, len(row), None, unit.mood, "", subject=True)
        claim = Claim("operational", False) if asked else claim
        signals = row[verb].signals
        relation = signals if signals in RELATIONS else "connectsTo"
        self.theme = Theme(
            refs,
            match.re not in (_TARGETS, _FROM, _ASKED) and not (match.re is _WITH and self._ours(refs)),
            relation,
            claim,
            Dating(self.matcher.date, "document"),
            (row[verb].start, row[verb].end),
            unit.depth,
            unit.end,
            ITEM if match.re in (_SOURCES, _TARGETS) else _NAME_ONLY,
            told=match.re is _WITH,
        )
        return True

    def _asks(self, row: Sequence[Chunk], unit: Unit) -> bool:
        """Whether a heading leaves open what is linked: it asks, or ends with who, where or a class of systems."""
        words = next((c.low.split() for c in reversed(row) if c.tag not in ".:"), [])
        left_open = not self.matcher.asking.isdisjoint(words[-1:])
        return self._ends(unit, "?") or left_open or any(c.tag == "R" for c in row)

    def _ends(self, unit: Unit, mark: str) -> bool:
        return self.matcher.normal.text[unit.start : unit.end].rstrip(" \"'").endswith(mark)

    def record(self, row: Sequence[Chunk]) -> tuple[str, ...]:
        """The system that a line of a record is about: 'Kết nối: B' below 'Tên hệ thống: A'."""
        match = _FIELD.match(tags_of(row))
        if match is None:
            self._record = ()
            return ()
        label = " ".join(chunk.low for chunk in row[: match.end() - 1])
        named = [chunk for chunk in row[match.end() :] if chunk.tag == "S"]
        if label in self.matcher.record_names and len(named) == 1:
            self._record = named[0].refs
        return self._record

    def _ours(self, refs: tuple[str, ...]) -> bool:
        """Whether the systems are no nation's: then what is listed with them is rather what they draw on."""
        return all(self.matcher.entities[ref].level != "national" for ref in refs)

    def go_through(self, stream: Stream) -> None:
        """'Tất cả đi qua C': the way of all the links, where a sentence names nothing else."""
        if self.theme and stream.via and "S" not in stream.tags and not self.theme.via:
            refs = tuple(i for _, chunk in stream.via for i in chunk.refs if i not in self.theme.refs)
            self.theme = replace(self.theme, via=refs if self.matcher.roles.carries(refs) else ())

    def links(self, stream: Stream, row: Sequence[Chunk], unit: Unit) -> Iterator[Found]:
        """Links of an item with the system of its heading, or of a line behind an arrow with that of the line above."""
        if pair := self._paired(stream, unit) or self._of_above(stream, unit):
            yield pair
            return
        theme = self._pointed_at(unit) or self.theme
        item = unit.item or "|" in stream.tags
        own_lead = theme is not None and unit.intro is not None and unit.intro[1] not in (theme.end, *self._groups)
        match = theme.item.match(stream.tags) if theme else None
        if theme is None or not item or own_lead or match is None or unit.depth <= theme.depth:
            return
        place = stream.tags.index("S")
        chunk, rest = stream.chunks[place], stream.chunks[place:]
        stated = self.matcher.status.gravest_of(stream.chunks) or self.matcher.bracketed.get(chunk.refs[0])
        if theme.told and not stated:
            return
        claim = Claim(stated, True) if stated else theme.claim
        dating = self.matcher.dating(chunk.start, claim, unit) if stated else theme.dating
        via = tuple(i for _, c in stream.via for i in c.refs) or self._bracketed(row) or theme.via
        for ref in chunk.refs:
            for end in theme.refs:
                source, target = (ref, end) if theme.sources else (end, ref)
                way = tuple(i for i in via if i not in (source, target))
                last = max(c.end for c in rest)
                if source != target:
                    yield Found(
                        source, theme.relation, target, way, claim, dating, RULE, 0.8, chunk.start, last, (theme.cue,)
                    )

    def _paired(self, stream: Stream, unit: Unit) -> Found | None:
        """The link of two systems that a line sets side by side, where it tells how they stand."""
        below = _ITEM_PAIR.match(stream.tags) if self._pairs and unit.depth > self._pairs[0] else None
        match = below or _PAIR.match(stream.tags)
        if match is None:
            return None
        one, other = ("both", "both") if not below and match["both"] else ("one", "other")
        stated = self.matcher.status.gravest_of(stream.chunks[match.end(other) :])
        if stated is None and below and self._pairs:
            stated = self._pairs[1].status
        stated = stated or (_DONE.match(stream.tags, match.end(other)) and "operational")
        if not stated:
            return None
        first = stream.chunks[match.start(one)]
        refs = first.refs if one == "both" else (*first.refs, *stream.chunks[match.start("other")].refs)
        ends = [self.matcher.entities[ref] for ref in refs]
        if len(ends) != 2 or (ends[0].type, ends[0].scope) == (ends[1].type, ends[1].scope):
            return None
        claim = Claim(stated, True)
        way = tuple(i for _, chunk in stream.via for i in chunk.refs if i not in refs)
        dating = self.matcher.dating(first.start, claim, unit)
        return Found(
            refs[0], "connectsTo", refs[1], way, claim, dating, RULE, 0.8, first.start, stream.chunks[-1].end, ()
        )

    def _of_above(self, stream: Stream, unit: Unit) -> Found | None:
        """The link of the one system that a line is about with that of the line above, where it says no more than how."""
        match = _OF_ABOVE.match(stream.tags)
        topics = self.matcher.discourse.topics
        above = next((refs for depth, refs in reversed(topics) if depth < unit.depth), ())
        if match is None or len(above) != 1 or self.theme is not None:
            return None
        other = stream.chunks[match.start("other")]
        if len(other.refs) != 1 or other.refs == above:
            return None
        verb = match.start("verb")
        claim, dating = self.matcher.said(stream, verb, verb + 1, unit, Subject(above, "topic"))
        relation = stream.chunks[verb].signals
        relation = relation if relation in RELATIONS else "connectsTo"
        into = relation == "integratedInto" or self.matcher.roles.gathers(above[0])
        ends = (other.refs[0], above[0]) if into else (above[0], other.refs[0])
        end = stream.chunks[match.end() - 1].end
        return Found(ends[0], relation, ends[1], (), claim, dating, RULE, 0.8, other.start, end, ())

    def _pointed_at(self, unit: Unit) -> Theme | None:
        """'=> B' below a line about A."""
        before = self.matcher.normal.text[max(0, unit.start - 4) : unit.start]
        topics = self.matcher.discourse.topics
        above = next((refs for depth, refs in reversed(topics) if depth < unit.depth), ())
        if not above or not _ARROW.search(before):
            return None
        dating = Dating(self.matcher.date, "document")
        cue = (unit.start - len(before.rstrip()[-2:]) - 1, unit.start)
        return Theme(above, False, "connectsTo", Claim("operational", False), dating, cue, -1.0, -1, _NAME_ONLY)

    def _host(self) -> tuple[str, ...]:
        """What 'tại đây' means: the system that others run on, spoken of last."""
        recent = self.matcher.discourse.recent[-_RECALL:]
        return next(((i,) for i in reversed(recent) if self.matcher.roles.hosts((i,))), ())

    def _bracketed(self, row: Sequence[Chunk]) -> tuple[str, ...]:
        """Intermediaries that brackets name behind the system: 'B (qua C, D)', 'B (đồng bộ, qua C)'."""
        match = re.search(r"\([^()]*?Q(S(?:[,A]+S)*)[^()]*\)", tags_of(row))
        refs = tuple(i for chunk in row[match.start(1) : match.end(1)] for i in chunk.refs) if match else ()
        return refs if self.matcher.roles.carries(refs) else ()

    # -- codes -------------------------------------------------------------------------------------------------------

    def legend(self, row: Sequence[Chunk]) -> None:
        """Learn the codes of 'VH: đang vận hành; TN: thử nghiệm; KO: chưa kết nối'."""
        found: dict[str, str] = {}
        part: list[Chunk] = []
        for chunk in (*row, None):
            if chunk is not None and chunk.tag not in ";,":
                part.append(chunk)
                continue
            spoken = next((n for n, c in enumerate(part) if c.tag in "uUNhG" and not self._code(c)), 0)
            codes = [code for c in part[:spoken] if c.tag in "xu" and (code := self._code(c))]
            if codes:
                found[codes[-1]] = self.matcher.status.gravest_of(part[spoken:]) or "operational"
            part = []
        if len(found) > 1 and set(found.values()) != {"operational"}:
            self.codes = found

    def decode(self, row: list[Chunk]) -> list[Chunk]:
        """The row with each code of the legend as the status that it stands for."""
        if not self.codes:
            return row
        return [
            chunk._replace(tag="u", signals=status)
            if chunk.tag == "x" and (status := self.codes.get(self.matcher.normal.text[chunk.start : chunk.end]))
            else chunk
            for chunk in row
        ]

    def _code(self, chunk: Chunk) -> str:
        """The capitals that a chunk begins with, '' where it begins with a word."""
        word = self.matcher.normal.text[chunk.start : chunk.end].split(" ")[0]
        return word if word.isalpha() and word.isupper() and len(word) <= _LONGEST_CODE else ""
