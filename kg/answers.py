"""Questions whether systems are linked, and what answers them: 'A đã kết nối với B chưa?' – 'Đã kết nối từ tháng 3, qua C.'"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.status import Claim
from kg.stream import Discourse, Stream

_OPEN = re.compile(r"N\.*$")
"""Tags of a question that leaves open whether something is so, 'đã nối chưa?'."""
_FIRST = 4
"""Chunks within which a bare yes comes."""


class Answers:
    """The question asked last, until something else is spoken of."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.asked: list[Found] = []
        """Links that the question is about."""

    def asks(self, stream: Stream, unit: Unit, discourse: Discourse) -> bool:
        """Whether a sentence is such a question; its links are kept until they are answered."""
        text = self._matcher.normal.text[unit.start : unit.end].rstrip("\"' ")
        if not (text.endswith("?") and _OPEN.search(stream.tags)):
            return False
        self.asked = list(self._matcher.links(stream, unit, discourse))
        return True

    def given(self, stream: Stream, unit: Unit) -> Iterator[Found]:
        """The links that were asked about, as the sentence behind the question answers; one that names a system is no answer."""
        asked, self.asked = self.asked, []
        if not asked or "S" in stream.tags:
            return
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
