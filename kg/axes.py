"""Documents that go through an axis to nobody named: 'còn với các bộ thì A gửi qua trục B' links A with B."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.stream import Stream, clause_tags
from kg.subjects import Subject

RULE = "document-axis"
_SENDING = "CGYXML"
"""Tags of verbs by which documents go through an axis."""
_TO_SYSTEM = re.compile("[WI]S")
"""'với A', 'về A': the far end is named."""


class Axes:
    """Reads one document, sentence after sentence."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def read(self, stream: Stream, found: Sequence[Found], unit: Unit) -> Iterator[Found]:
        """Links with each axis for documents that is the way of no link and end of none.

        Args:
            stream: the sentence.
            found: the links that rules read in it.
            unit: where it stands.

        """
        roles = self._matcher.roles
        used = {end for link in found for end in (link.source, link.target, *link.via)}
        for place, axis in stream.via:
            if used & set(axis.refs) or not roles.passes_documents(axis.refs):
                continue
            verb = self._verb(stream, place)
            if self._partner(stream, verb, place):
                continue
            sources = self._sender(stream, place)
            said_of = Subject(sources, "near" if "S" in stream.tags[:verb] else "none")
            claim, dating = self._matcher.said(stream, verb, min(place, len(stream.tags)), unit, said_of)
            first = stream.chunks[verb].start
            for source in sources:
                for target in axis.refs:
                    begin, end = min(first, axis.start), max(stream.chunks[verb].end, axis.end)
                    yield Found(source, "connectsTo", target, (), claim, dating, RULE, 0.8, begin, end, ())

    def _partner(self, stream: Stream, verb: int, place: int) -> bool:
        """Whether the clause names whose system is at the far end, or several that exchange with each other."""
        end = clause_tags(stream.tags).find(";", place)
        clause = stream.chunks[_clause_start(stream, place) : end if end >= 0 else None]
        roles = self._matcher.roles
        several = {ref for chunk in clause if chunk.tag == "S" and roles.exchange(chunk.refs) for ref in chunk.refs}
        between = stream.chunks[verb:place]
        told = _TO_SYSTEM.search(stream.tags, verb, place) is not None
        words = (chunk.low for chunk in between if chunk.tag != "S")
        return len(several) > 1 or told or any(map(self._matcher.partners.search, words))

    def _sender(self, stream: Stream, place: int) -> tuple[str, ...]:
        """Whose documents go there: the system for them named last in the clause, else first in the sentence, else the subject."""
        roles = self._matcher.roles
        named = [i for i, chunk in enumerate(stream.chunks) if chunk.tag == "S" and roles.exchange(chunk.refs)]
        near = [index for index in named if _clause_start(stream, place) <= index < place][-1:] or named[:1]
        if near:
            return stream.chunks[near[0]].refs
        subject = self._matcher.discourse.subject
        return subject if roles.exchange(subject) else roles.exchanger() if "X" in stream.tags else ()

    @staticmethod
    def _verb(stream: Stream, place: int) -> int:
        """Where what is said of it begins: at the verb before the axis in its clause, else where the clause does."""
        begin = _clause_start(stream, place)
        verbs = [index for index in range(begin, min(place, len(stream.tags))) if stream.tags[index] in _SENDING]
        return verbs[-1] if verbs else min(begin, len(stream.tags) - 1)


def _clause_start(stream: Stream, place: int) -> int:
    """Index of the first chunk of the clause around `place`."""
    return clause_tags(stream.tags).rfind(";", 0, place) + 1
