"""Clauses that leave out what the link before them says: 'A đã kết nối với B, còn C thì chưa', 'C cũng đã kết nối'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.entity import Entity
from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.status import Claim
from kg.stream import Stream

_CLAUSE = re.compile(
    r"(?:^|(?<=[,;]))(?P<mark>[ukx,]{0,3}?)(?P<system>S)(?P<rest>,?[ukt]{0,4}(?:N|u|(?=C))(?:C[bU]?)?(?:[tT][nxO]{0,3})?)(?=[.,;]|$)"
)
"""A system and how it stands, with no other end named."""
RULE = "parallel"


class Parallels:
    """The link stated last, as far as the clause at hand may leave out what it says."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._last: Found | None = None
        self._paragraph = -1

    def read(self, stream: Stream, found: Sequence[Found], unit: Unit) -> Iterator[Found]:
        """Links of clauses that share an end with the link before them.

        Args:
            stream: the sentence.
            found: the links that rules read in it.
            unit: where it stands.

        """
        if unit.paragraph != self._paragraph:
            self._paragraph, self._last = unit.paragraph, None
        linked = {end for link in found for end in (link.source, link.target, *link.via)}
        for clause in _CLAUSE.finditer(stream.tags):
            place = clause.start("system")
            system = stream.chunks[place]
            before = [link for link in found if link.end <= system.start]
            model = max(before, key=lambda link: link.end) if before else None if found else self._last
            claim = self._claim(stream, clause, model)
            if model is None or claim is None or linked & {*system.refs} or not _marked(stream, clause):
                continue
            for ref in system.refs:
                if ref not in (model.source, model.target):
                    dating = self._matcher.dating(system.start, claim, unit)
                    unsaid = model in found and all(model.source not in chunk.refs for chunk in stream.chunks)
                    ends = {"target": ref} if unsaid or self._like_target(ref, model) else {"source": ref}
                    stop = stream.chunks[clause.end("rest") - 1].end
                    yield replace(
                        model,
                        **ends,
                        claim=claim,
                        dating=dating,
                        via=(),
                        rule=RULE,
                        confidence=0.8,
                        start=system.start,
                        end=stop,
                        cues=(),
                    )
        self._last = found[-1] if found else self._last

    def _claim(self, stream: Stream, clause: re.Match[str], model: Found | None) -> Claim | None:
        """What the clause claims; without a verb no more than that the system is not linked: the rest may be said of it alone."""
        rest = stream.chunks[clause.start("rest") : clause.end("rest")]
        if model and any(chunk.low in self._matcher.likewise for chunk in rest):
            ends = stream.tags[clause.end() : clause.end() + 1] != ","  # behind a comma it says otherwise
            return model.claim if ends else None
        told = self._matcher.status.gravest_of(rest)
        return Claim(told, True) if told and (told == "absent" or "C" in clause["rest"]) else None

    def _like_target(self, ref: str, model: Found) -> bool:
        """Whether the system stands rather in the place of the link's target than of its source."""
        system, source, target = (self._matcher.entities[i] for i in (ref, model.source, model.target))
        return _likeness(system, target) > _likeness(system, source)


def _likeness(one: Entity, other: Entity) -> tuple[bool, bool]:
    return (one.level == other.level, one.type == other.type)


def _marked(stream: Stream, clause: re.Match[str]) -> bool:
    """Whether a word sets the clause beside the one before: 'còn', 'riêng', 'thì', 'cũng'."""
    around = [*stream.chunks[clause.start("mark") : clause.end("mark")], stream.chunks[clause.start("system") + 1]]
    return any(chunk.tag in "uk" and chunk.signals is None for chunk in around)
