"""Ways that a text tells apart from the links that go them: for a list, for all of a table, 'cũng theo đường ấy', 'qua hai trục này'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.mention import Mention
from kg.stream import Chunk, Stream, tags_of


class Routes:
    """The ways of one document, told sentence after sentence."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.usual: tuple[str, ...] = ()
        """Intermediaries of all links of the document's tables that name none."""
        self._listed: dict[int, tuple[str, ...]] = {}
        """Intermediaries of the links of a list, by the place where the line ends that introduces it."""
        self._carriers: list[str] = []
        """What carries links of others, in the order in which the text names it."""

    def introduce(self, row: Sequence[Chunk], end: int) -> None:
        """Note what a line that ends at `end` gives to the whole list below it: 'Các kết nối sau đều đi qua C:'."""
        match = _OF_LIST.search(tags_of(row))
        refs = tuple(ref for chunk in row[match.start(1) : match.end(1)] for ref in chunk.refs) if match else ()
        self._listed[end] = refs if self._matcher.roles.carries(refs) else ()

    def note(self, stream: Stream) -> None:
        """'Mọi kết nối đều đi qua C': the way of what tables list from there on, where they name none."""
        if stream.via and _OF_ALL.match(stream.tags):
            refs = tuple(ref for _, chunk in stream.via for ref in chunk.refs)
            self.usual = refs if self._matcher.roles.carries(refs) else ()

    def told(
        self, unit: Unit, named: Sequence[tuple[Mention, tuple[str, ...]]], before: Sequence[Found]
    ) -> tuple[tuple[str, ...], int | None]:
        """The way that links of a sentence go which name none, with the place from where on what goes there is not that way itself.

        Args:
            unit: the sentence.
            named: its mentions.
            before: the links so far, in the order of the text.

        """
        roles, low = self._matcher.roles, self._matcher.normal.low
        listed = self._listed.get(unit.intro[1], ()) if unit.intro else ()
        again = self._matcher.ways_again.search(low, unit.start, unit.end)
        place = again.start() if again else unit.end
        carriers = [(mention.start, ref) for mention, ids in named for ref in ids if roles.carries((ref,))]
        earlier = [*self._carriers, *(ref for start, ref in carriers if start < place)]
        self._carriers = [*self._carriers, *(ref for _, ref in carriers)][-_KEPT:]
        if again is None:
            return listed, None
        if self._matcher.two_ways.search(again.group()):
            both = tuple(dict.fromkeys(earlier[::-1]))[:2][::-1]
            return (both, place) if len(both) > 1 else (listed, None)
        return next((link.via for link in reversed(before) if roles.carries(link.via)), listed), place


_KEPT = 8
"""Carriers remembered: 'hai trục này' are among those named last."""
_OF_ALL = re.compile(r"[lnu]*[cC][^SCGYXM]*$")
"""What is left of 'Mọi kết nối đều đi qua C' without its way."""
_OF_LIST = re.compile(r"Q[xdou]{0,2}(S(?:[,A]+S)*)[^SQ]*:$")
"""The way that a line before a list names last: 'Các kết nối sau đều đi qua C:'."""
