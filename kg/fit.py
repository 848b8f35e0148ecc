"""A relation rule that fits at a verb: what it matched there, how sure that is, and which words it covers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.rules import RelationRule
from kg.stream import Chunk, Stream
from kg.subjects import Subject


@dataclass(frozen=True, slots=True)
class Fit:
    """A rule that fits at a verb: what it matched there."""

    rule: RelationRule
    stream: Stream
    verb: int
    end: int
    """Index behind what it matched."""
    roles: Mapping[str, Chunk]
    subject: Subject

    def confidence(self) -> float:
        """The rule's confidence, less where the subject was not at hand."""
        discount = _KNOWN.get(self.subject.how, 1.0) if "subject" in (self.rule.source, self.rule.target) else 1.0
        return round(self.rule.confidence * discount, 2)

    def extent(self, via: tuple[str, ...]) -> tuple[int, int]:
        """Offsets of the shortest stretch that holds subject, verb, roles and the intermediaries `via`."""
        verb = self.stream.chunks[self.verb]
        places = [verb.start, verb.end, *(p for c in self.roles.values() for p in (c.start, c.end))]
        places += [p for _, c in self.stream.via if set(c.refs) & set(via) for p in (c.start, c.end)]
        if self.subject.start is not None and "subject" in (self.rule.source, self.rule.target):
            places.append(self.subject.start)
        return min(places), max(places)


_KNOWN = {"near": 1.0, "shared": 0.95, "topic": 0.9, "inherited": 0.85}
"""How sure a subject is, by how it was found."""


def roles_of(stream: Stream, before: re.Match[str] | None, after: re.Match[str]) -> dict[str, Chunk]:
    """Chunks by group name."""
    roles: dict[str, Chunk] = {}
    for match in (before, after):
        for name in match.groupdict() if match else ():
            if match is not None and match.group(name):
                roles[name] = stream.chunks[match.start(name)]
    return roles
