"""Pairs of systems that a sentence may link: the candidates that the pair model weighs.

A candidate joins two systems of one sentence, or one of it and one that earlier sentences spoke of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from kg.stream import VERBS, Stream

REACH = 6
"""How many systems may stand between the two of a pair."""
WAY = "way-"
_RELATING = re.compile(f"[{re.escape(VERBS)}NVWTFI]")
"""Tags of words without which a sentence says nothing of what others named: verbs, denials, and prepositions of ends."""


class Pair(NamedTuple):
    """Two systems, or lists of systems, of which a sentence may say that they are linked."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    first: int | None
    """Index of the source's chunk; None where an earlier sentence named it."""
    last: int
    """Index of the target's chunk."""
    how: str
    """'here', 'within' where one list names both, 'lead' where the introducing line names the source of an item, or what the
    source was before: 'topic', 'subject', 'first' or 'last' of the sentence before, 'opening' of the paragraph, 'hub' of the
    document; with WAY before it where the target is said to lie on a way that no rule takes."""
    signs: tuple[str, ...] = ()
    """How much in mind a source is that an earlier sentence named."""


def lead_pairs(lead: Stream, item: Stream) -> Iterator[Pair]:
    """Candidates of a line that introduces a list with an item of it, as places in both joined."""
    size = len(lead.tags)
    sources = [i for i, tag in enumerate(lead.tags) if tag == "S"][-REACH:]
    targets = [size + i for i, tag in enumerate(item.tags) if tag == "S"][:REACH]
    for first in sources:
        for last in targets:
            pair = Pair(lead.chunks[first].refs, item.chunks[last - size].refs, first, last, "lead")
            if not set(pair.source) & set(pair.target):
                yield pair


def way_pairs(
    stream: Stream,
    places: Collection[int],
    earlier: Sequence[tuple[str, tuple[str, ...]]],
    signs: Callable[[tuple[str, ...]], tuple[str, ...]],
) -> Iterator[Pair]:
    """Candidates of a sentence that its intermediaries at these places are the target of."""
    for pair in pairs(stream, earlier, signs):
        if pair.last in places and pair.first not in places and pair.how != "within":
            yield pair._replace(how=WAY + pair.how)


def pairs(
    stream: Stream,
    earlier: Sequence[tuple[str, tuple[str, ...]]],
    signs: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda _: (),
) -> Iterator[Pair]:
    """Candidates of a sentence, by their target from left to right.

    Args:
        stream: the sentence.
        earlier: what sentences before it spoke of, each with the role it had there. Of a sentence that only names systems,
            none but the topic is a source.
        signs: how much in mind each of those is.

    """
    places = [i for i, tag in enumerate(stream.tags) if tag == "S"]
    if not _RELATING.search(stream.tags):
        earlier = [(how, refs) for how, refs in earlier if how == "topic"]
    sources = [(how, refs, signs(refs)) for how, refs in earlier if refs] if places else []
    for order, last in enumerate(places):
        target = stream.chunks[last].refs
        members = set(target)
        if len(target) == 2:
            yield Pair(target[:1], target[1:], last, last, "within")
        for first in places[max(0, order - REACH) : order]:
            source = stream.chunks[first].refs
            if source != target and set(source) != members:
                yield Pair(source, target, first, last, "here")
        known: set[tuple[str, ...]] = set()
        for how, refs, mind in sources:
            if refs not in known and members.isdisjoint(refs):
                known.add(refs)
                yield Pair(refs, target, None, last, how, mind)
