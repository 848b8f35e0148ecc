"""Links that no text states but several connections together make: from a province's system over its hubs to a platform.

A connection that ends at a system which passes data on (`vne:passesOn` in the ontology) goes on along what that system
is connected to. Such a link is never a fact and counts only where it is asked for; it is marked as derived and names
every connection of its chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.asking import Asked, Stated, weakest
from kg.links import Claim, Edge


@dataclass(frozen=True, slots=True)
class Chain:
    """A derived link."""

    pairs: tuple[Stated, ...]
    """Two or more connections, each ending where the next one begins."""

    @property
    def edge(self) -> Edge:
        """The link as one connection with every system on the way; its claim is the weakest of the chain."""
        first, last = self.pairs[0][0], self.pairs[-1][0]
        way = [iri for edge, _ in self.pairs for iri in edge.path[1:]]
        claim = self.claim
        return Edge("", first.source, last.relation, last.target, tuple(way[:-1]), (claim,) if claim else (), True)

    @property
    def claim(self) -> Claim | None:
        """The claim that holds least; None where one connection has none."""
        return weakest([claim for _, claim in self.pairs])

    @property
    def ids(self) -> list[str]:
        """IRIs of the connections, in order."""
        return [edge.id for edge, _ in self.pairs]


def chains(asked: Asked, platform: str) -> Iterator[Chain]:
    """For each system that no connection leads to `platform`, the shortest chain that does, by the system's IRI.

    Every junction is a system that passes data on. Chains of one length are chosen by the IRIs of their connections.
    """
    ends = _ending(asked, platform)
    stated = {edge.source for edge, _ in asked.at(platform) if platform in edge.path[1:]} | {platform}
    known: dict[str, tuple[Stated, ...]] = {}
    for pair in ends:
        known.setdefault(pair[0].source, (pair,))
    frontier = sorted(known)
    while frontier:
        found: dict[str, tuple[Stated, ...]] = {}
        for hub in frontier:
            system = asked.links.systems.get(hub)
            for pair in _ending(asked, hub) if system and system.relay else ():
                longer = (pair, *known[hub])
                source = pair[0].source
                if source not in known and source != platform and _ids(longer) < _ids(found.get(source, ())):
                    found[source] = longer
        known.update(found)
        frontier = sorted(found)
    for source in sorted(known):
        if source not in stated and len(known[source]) > 1:
            yield Chain(known[source])


def _ending(asked: Asked, system: str) -> list[Stated]:
    """The connections of the layer that end at a system."""
    return [(edge, claim) for edge, claim in asked.at(system) if edge.target == system and edge.source != system]


def _ids(pairs: tuple[Stated, ...]) -> list[str]:
    return [edge.id for edge, _ in pairs] or ["~"]
