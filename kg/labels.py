"""Lines that a label begins, below the name of what they are about: 'Đầu vào: A, B', 'Nguồn chờ: C', 'Với D: đang thử'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.status import Claim
from kg.stream import Stream

RULE = "label"
_WITH = re.compile(r"[ukn|]{0,2}[Wk](?P<system>S)[xO]{0,2}:[utn]{1,5}(?=[.,;(]|$)")
"""'Với D: đang thử': a system, and how its link stands."""
_LISTED = re.compile(r"[^S]{1,10}(?P<system>S)(?=[.,;(]|$)")


class Labels:
    """Reads one document, line after line."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def read(self, stream: Stream, unit: Unit, about: tuple[str, ...]) -> Iterator[Found]:
        """The links of a line with what those above are about, where that is one system."""
        if len(about) != 1:
            return
        if stated := _WITH.match(stream.tags):
            yield from self._links(stream, unit, stated.start("system"), about[0], "connectsTo", drawn=False)
        elif listed := _LISTED.match(stream.tags):
            place = listed.start("system")
            label = self._matcher.normal.low[unit.start : stream.chunks[place].start]
            drawn, handed = (pattern.match(label) for pattern in self._matcher.labels)
            if drawn or handed:
                relation = "integratedInto" if drawn and "G" in stream.tags[:place] else "connectsTo"
                yield from self._links(stream, unit, place, about[0], relation, drawn=bool(drawn))

    def _links(
        self, stream: Stream, unit: Unit, place: int, about: str, relation: str, *, drawn: bool
    ) -> Iterator[Found]:
        """Links with the systems at `place`; `drawn`: from them, else to them."""
        status = self._matcher.status.gravest_of(stream.chunks)
        claim = Claim(status or "operational", status is not None)
        chunk, first = stream.chunks[place], stream.chunks[0]
        dating = self._matcher.dating(chunk.start, claim, unit)
        via = tuple(i for _, way in stream.via for i in way.refs)
        for ref in chunk.refs:
            source, target = (ref, about) if drawn else (about, ref)
            if source != target:
                way = tuple(i for i in via if i not in (source, target))
                yield Found(
                    source, relation, target, way, claim, dating, RULE, 0.8, first.start, stream.chunks[-1].end, ()
                )
