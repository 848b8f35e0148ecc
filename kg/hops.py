"""Chains of connections from a system over any number of hops, each way kept as the JSON that rows show of it.

Ways share most of what they are made of: what each connection adds is written once for a layer, and put together as bytes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from kg.asking import Asked, Memo, strength
from kg.jsontext import value
from kg.links import Claim, Edge
from kg.vocab import FEEDS

K = TypeVar("K")
T = TypeVar("T")
_STRONGEST = (1, "", "")
"""Strength of a way of no connection."""


class Way(NamedTuple):
    """Connections one after the other, and what makes them hold or not.

    Lists are JSON without brackets. A leg, of one connection, lists all systems but the one that it shares with the rest
    of the way, and a comma on that side; the connections of such a rest have theirs.
    """

    steps: int
    """How many systems are listed."""
    labels: bytes
    """Of all systems on the way, in the direction of the connections."""
    systems: bytes
    """IRIs of the same."""
    connections: bytes = b""
    """IRIs."""
    evidence: tuple[bytes, ...] = ()
    """IRIs of the attestations, perhaps with repeats, each as JSON."""
    weakest: Claim | None = None
    strength: tuple[int, str, str] = _STRONGEST
    """Of the weakest claim."""
    sure: float = math.inf
    """How sure the least sure connection is read; infinite where nothing says so."""
    supposed: bool = False

    def beyond(self, leg: Way, backward: bool) -> Way:
        """This rest, and a leg more before it where it is followed backward, else after it."""
        first, second = (leg, self) if backward else (self, leg)
        held = first if first.strength <= second.strength else second
        return Way(
            first.steps + second.steps,
            first.labels + second.labels,
            first.systems + second.systems,
            b"," + leg.connections + self.connections if backward else self.connections + leg.connections + b",",
            first.evidence + second.evidence,
            held.weakest,
            held.strength,
            min(leg.sure, self.sure),
            leg.supposed or self.supposed,
        )


NOTHING = Way(0, b"", b"")
Found = dict[str, tuple[Way, Way]]
"""System → how it hangs together with the one asked about: the leg that is farthest from it, and the rest."""


class Round(NamedTuple):
    """The systems that an answer lists for one hop and role."""

    hop: int
    role: str
    """dependent or counterpart."""
    found: Found


def rounds(asked: Asked, system: str, backward: bool) -> Iterator[Round]:
    """Dependents of each hop, the counterparts after those of the first.

    Args:
        asked: Layer and language.
        system: IRI.
        backward: Whether those that depend on `system` are asked for, not those that it depends on.
    """
    for hop, found in enumerate(_dependents(asked, system, backward), 1):
        yield Round(hop, "dependent", found)
        if hop == 1:
            yield Round(hop, "counterpart", _counterparts(asked, system, backward))


def _dependents(asked: Asked, system: str, backward: bool) -> Iterator[Found]:
    """Dependents of each hop, until there are none.

    Breadth first, so that the hop is the least one; among chains of one hop the shortest path is shown.
    """
    steps = kept(asked, _backward if backward else _forward)
    reached = {system}
    frontier = {system: Way(1, value(asked.names[system]), value(system))}
    while frontier:
        found: Found = {}
        for here, rest in frontier.items():
            for there, leg in steps[here]:
                if there not in reached and (
                    there not in found or _preference(leg, rest, backward) < _preference(*found[there], backward)
                ):
                    found[there] = leg, rest
        yield found
        reached |= found.keys()
        # Most systems are the last of their way: only where it goes on is it put together.
        frontier = {there: rest.beyond(leg, backward) for there, (leg, rest) in found.items() if steps[there]}


def _preference(leg: Way, rest: Way, backward: bool) -> tuple[int, bytes, bytes]:
    """Of ways of as many connections the one is shown where this is least."""
    first, second = (leg, rest) if backward else (rest, leg)
    return leg.steps + rest.steps, first.connections, second.connections


Step = tuple[str, Way]
"""A system that another one leads to by one connection, and the part of the connection between them."""


def _backward(asked: Asked, here: str) -> list[Step]:
    """Who depends on a system by one connection: `kg.topology.dependencies`."""
    return [
        (edge.source, _leg(asked, edge, claim, _between(edge, edge.source, here)[:-1], after=b","))
        for edge, claim in asked.at(here)
        if edge.source != here
    ]


def _forward(asked: Asked, here: str) -> list[Step]:
    """On whom a system depends by one connection."""
    return [
        (there, _leg(asked, edge, claim, _between(edge, here, there)[1:], before=b","))
        for edge, claim in asked.at(here)
        if edge.source == here
        for there in dict.fromkeys((*edge.via, edge.target))
        if there != here
    ]


def _counterparts(asked: Asked, system: str, backward: bool) -> Found:
    found: Found = {}
    for edge, claim in asked.at(system):
        for through in (*edge.via, *((edge.source,) if edge.relation in FEEDS else ())):
            here, there = (through, edge.target) if backward else (edge.target, through)
            if here == system and there != system:
                way = _leg(asked, edge, claim, _between(edge, through, edge.target))
                if there not in found or _preference(way, NOTHING, backward) < _preference(*found[there], backward):
                    found[there] = way, NOTHING
    return found


def _leg(
    asked: Asked, edge: Edge, claim: Claim | None, systems: Sequence[str], before: bytes = b"", after: bytes = b""
) -> Way:
    """The part of a connection on which `systems` lie."""
    text = kept(asked, quoted)
    alike = [other for other in edge.claims if claim and other.status == claim.status]
    # A connection is read as surely as the best of the claims that give it its status.
    sure = max([other.confidence for other in alike if other.confidence is not None], default=math.inf)
    return Way(
        len(systems),
        before + value(asked.labels(systems))[1:-1] + after,
        before + value(systems)[1:-1] + after,
        value(edge.id),
        tuple(text[other.id] for other in alike if other.id),
        claim,
        strength(claim),
        sure,
        edge.supposed,
    )


def _between(edge: Edge, first: str, last: str) -> Sequence[str]:
    """The systems of a connection from one on it to a later one."""
    systems = edge.path
    start = systems.index(first)
    return systems[start : systems.index(last, start + 1) + 1]


def quoted(_: Asked, text: str) -> bytes:
    """A text as JSON."""
    return value(text)


def kept(asked: Asked, find: Callable[[Asked, K], T]) -> Mapping[K, T]:
    """What `find` finds for each thing on a layer, looked up once."""
    found: Mapping[K, T] = asked.kept.setdefault(find, Memo(partial(find, asked)))
    return found
