"""What earlier sentences spoke of, as the sources of what a sentence leaves unsaid: each with its role there and its weight.

A sentence without a name of its own goes on about what stands foremost in mind: the topic, the subject before, what the
paragraph began with, what the document keeps coming back to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.matching import Found
from kg.stream import Discourse, Stream

Refs = tuple[str, ...]
_HUB = 3
"""Mentions that make a system one that the document keeps coming back to."""


_LONG_AGO = 4
"""Sentences from which on it does not matter how many."""


class Memory:
    """What was spoken of in one document so far."""

    def __init__(self) -> None:
        self._sentence = 0
        self._paragraph = -1
        self._latest: tuple[tuple[str, Refs], ...] = ()
        """What the sentence before spoke of, each with the role it had there."""
        self._older: tuple[tuple[str, Refs], ...] = ()
        """First and last of the last sentence before that one that named any."""
        self._opening: Refs = ()
        """The first that the paragraph named."""
        self._seen: dict[str, int] = {}
        """Number of the last sentence that named each."""
        self._role: dict[str, str] = {}
        """Which end of the links stated last each was."""
        self._times: Counter[str] = Counter()
        self._hub = (0, "")
        """What was named most often, and how often."""
        self._degree: Counter[str] = Counter()

    def enter(self, paragraph: int) -> None:
        """Come to a sentence of this paragraph."""
        self._sentence += 1
        if paragraph != self._paragraph:
            self._paragraph, self._opening = paragraph, ()
            self._role = {}

    def sources(self, discourse: Discourse) -> list[tuple[str, Refs]]:
        """What a sentence may go on about, the likeliest role first."""
        times, hub = self._hub
        kept = (hub,) if times >= _HUB else ()
        return [("topic", discourse.topic), *self._latest, ("opening", self._opening), *self._older, ("hub", kept)]

    def signs(self, refs: Refs) -> tuple[str, ...]:
        """How much in mind a system is: how often it was named, how long ago, how many links it had and in which end."""
        first = refs[0]
        gap = self._sentence - self._seen.get(first, -_LONG_AGO)
        return (
            f"times={min(self._times.get(first, 0), 4)}",
            f"gap={min(gap, _LONG_AGO)}",
            f"links={min(self._degree.get(first, 0), 3)}",
            f"role={self._role.get(first, 'none' if self._role else '')}",
        )

    def note(self, stream: Stream, discourse: Discourse, found: Sequence[Found]) -> None:
        """Keep what a sentence spoke of."""
        systems = [chunk.refs for chunk in stream.chunks if chunk.tag == "S"]
        for refs in systems:
            for one in refs:
                self._times[one] += 1
                self._hub = max(self._hub, (self._times[one], one))
                self._seen[one] = self._sentence
        if found:
            self._role = {link.target: "to" for link in found} | {link.source: "from" for link in found}
        for link in found:
            self._degree.update((link.source, link.target))
        if systems:
            self._opening = self._opening or systems[0]
            self._older = tuple(self._ended())
        ends = (("first", systems[0]), ("last", systems[-1])) if systems else ()
        self._latest = (("subject", discourse.subject), *ends)

    def pass_over(self, discourse: Discourse) -> None:
        """Go on past a sentence that names nothing."""
        self._older = tuple(self._ended()) or self._older
        self._latest = (("subject", discourse.subject),)

    def _ended(self) -> Iterator[tuple[str, Refs]]:
        return ((f"older-{how}", refs) for how, refs in self._latest if how != "subject")
