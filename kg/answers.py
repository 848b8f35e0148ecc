"""Questions about links, and what answers them.

'A đã kết nối với B chưa?' – 'Đã kết nối từ tháng 3, qua C.' and 'A lấy dữ liệu từ đâu?' – 'Từ B, qua C.'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.status import Claim
from kg.stream import Chunk, Discourse, Stream
from kg.vocab import RELATIONS

RULE = "answer"

_OPEN = re.compile(r"N\.*$")
"""Tags of a question that leaves open whether something is so, 'đã nối chưa?'."""
_FIRST = 4
"""Chunks within which a bare yes comes."""
_ASKED = re.compile("[CGYXML]")
"""Tags of the verb of a question with what: 'lấy dữ liệu từ đâu?'."""
_FRAGMENT = re.compile(r"(?:[^S:]{1,6}:)?[utnxk,.]{0,4}(?P<lead>[WFIT]?)S[^CGYXMLEhjpN]*$")
"""Tags of an answer that names the other ends and states no link of its own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with what is linked to a system."""

    system: str
    verb: Chunk


class Answers:
    """The question asked last, until something else is spoken of."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.asked: list[Found] = []
        """Links that the question is about."""
        self._wanted: Wanted | None = None
        self.about: tuple[str, ...] = ()
        """The one system that the question named: the line of the answer goes on about it."""

    @property
    def open(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self.asked or self._wanted)

    def asks(self, stream: Stream, unit: Unit, discourse: Discourse) -> bool:
        """Whether a sentence is such a question; its links are kept until they are answered."""
        text = self._matcher.normal.low[unit.start : unit.end].rstrip("\"' ")
        if not text.endswith("?"):
            return False
        self.about = stream.sole
        if _OPEN.search(stream.tags):
            self.asked = list(self._matcher.links(stream, unit, discourse))
            return True
        verb = _ASKED.search(stream.tags)
        if self.about and verb and not self._matcher.asking.isdisjoint(re.findall(r"\w+", text)[-1:]):
            self._wanted = Wanted(self.about[0], stream.chunks[verb.start()])
            return True
        return False

    def given(self, stream: Stream, unit: Unit, discourse: Discourse) -> list[Found]:
        """The links that were asked about, as the sentence behind the question answers."""
        asked, self.asked = self.asked, []
        wanted, self._wanted = self._wanted, None
        if wanted:
            return self._named(wanted, stream, unit, discourse)
        return list(self._confirmed(asked, stream, unit)) if asked and "S" not in stream.tags else []

    def _confirmed(self, asked: list[Found], stream: Stream, unit: Unit) -> Iterator[Found]:
        """The links asked about, as a yes or no says."""
        yes = any(chunk.low in self._matcher.affirmative for chunk in stream.chunks[:_FIRST])
        status = self._matcher.status.gravest_of(stream.chunks) or ("operational" if yes else None)
        if status is None:
            return
        way = tuple(ref for _, chunk in stream.via for ref in chunk.refs)
        claim = Claim(status, True)
        dating = self._matcher.dating(unit.start, claim, unit)
        for link in asked:
            via = tuple(ref for ref in way if ref not in (link.source, link.target)) or link.via
            yield replace(link, claim=claim, dating=dating, via=via, end=max(link.end, unit.end))

    def _named(self, wanted: Wanted, stream: Stream, unit: Unit, discourse: Discourse) -> list[Found]:
        """Links of the system asked about with those that a fragment names."""
        match = _FRAGMENT.match(stream.tags)
        if match is None:
            return []
        system, verb = wanted.system, wanted.verb
        status = self._matcher.status.gravest_of(stream.chunks)
        claim = Claim(status or "operational", status is not None)
        dating = self._matcher.dating(unit.start, claim, unit)
        relation = verb.signals if verb.signals in RELATIONS else "connectsTo"
        inward = relation != "connectsTo" and match["lead"] == "F"
        way = tuple(ref for _, chunk in stream.via for ref in chunk.refs)
        place = (stream.chunks[0].start, stream.chunks[-1].end, ((verb.start, verb.end),))
        others = [ref for chunk in stream.chunks if chunk.tag == "S" for ref in chunk.refs if ref != system]
        discourse.subject = (system,)
        return [
            Found(source, relation, target, tuple(i for i in way if i != other), claim, dating, RULE, 0.8, *place)
            for other in dict.fromkeys(others)
            for source, target in [(other, system) if inward else (system, other)]
        ]
