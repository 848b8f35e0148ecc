"""Who is hit when a system is down, and what it needs itself: chains of dependence over any number of hops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from kg.asking import Asked, proof, units_of, weakest
from kg.links import UNATTESTED, Claim, Edge
from kg.messages import say
from kg.model import Answer
from kg.vocab import FEEDS, ST


@dataclass(frozen=True, slots=True)
class Leg:
    """The part of a connection that leads from one system on it to another."""

    edge: Edge
    claim: Claim | None
    path: tuple[str, ...]
    """IRIs in the direction of the connection."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A system that an answer lists, and how it hangs together with the one asked about."""

    system: str
    hop: int
    role: str
    """dependent or counterpart."""
    legs: tuple[Leg, ...]
    """In the direction of the connections; one for each hop."""

    @property
    def path(self) -> tuple[str, ...]:
        """All systems on the way, in the direction of the connections."""
        first, *rest = self.legs
        return (*first.path, *chain.from_iterable(leg.path[1:] for leg in rest))


def impact(asked: Asked, system: str) -> Answer:
    """Who is hit when `system` is down: dependents over all hops, and counterparts.

    Args:
        asked: Layer and language.
        system: IRI.

    Returns:
        One row a system and role, by hop, province and operator. Dependents of hop 1 are the sources of connections
        whose target or intermediary is `system`, hosting and being part of included; those of hop n are the same of
        hop n - 1. Counterparts are the far end of a connection that runs through `system`, and what `system` is
        integrated into or synchronises to. `path` runs from a dependent to `system`, or from `system` to a
        counterpart; `status` and `as_of` are those of the weakest connection on it, `weakest_id` is its claim, and
        `confidence` how sure the least sure connection is read.

    See also:
        needs: the reverse; `a` is in the impact of `b` if and only if `b` is in the needs of `a`.
    """
    return _answer(asked, "impact", system, _hits(asked, system, backward=True))


def needs(asked: Asked, system: str) -> Answer:
    """What `system` depends on: the reverse of `impact`, with the same keys; see there.

    `path` runs from `system` to what it depends on, or from a counterpart to `system`.
    """
    return _answer(asked, "needs", system, _hits(asked, system, backward=False))


def _hits(asked: Asked, system: str, backward: bool) -> list[Hit]:
    found = [*_dependents(asked, system, backward), *_counterparts(asked, system, backward)]
    return sorted(found, key=lambda hit: _order(asked, hit))


def _dependents(asked: Asked, system: str, backward: bool) -> Iterator[Hit]:
    """Breadth first, so that the hop is the least one; among chains of one hop the shortest path is shown."""
    reached: dict[str, tuple[Leg, ...]] = {system: ()}
    frontier, hop = [system], 0
    while frontier:
        hop += 1
        found: dict[str, tuple[Leg, ...]] = {}
        for here in frontier:
            for there, leg in _steps(asked, here, backward):
                if there in reached:
                    continue
                legs = (leg, *reached[here]) if backward else (*reached[here], leg)
                if there not in found or _preference(legs) < _preference(found[there]):
                    found[there] = legs
        reached.update(found)
        frontier = sorted(found)
        for there in frontier:
            yield Hit(there, hop, "dependent", found[there])


def _steps(asked: Asked, here: str, backward: bool) -> Iterator[tuple[str, Leg]]:
    """Who depends on a system by one connection (or, forward, on whom it depends): `kg.topology.dependencies`."""
    for edge, claim in asked.at(here):
        if not backward and edge.source == here:
            for there in dict.fromkeys((*edge.via, edge.target)):
                if there != here:
                    yield there, Leg(edge, claim, _between(edge, here, there))
        elif backward and edge.source != here:
            yield edge.source, Leg(edge, claim, _between(edge, edge.source, here))


def _preference(legs: tuple[Leg, ...]) -> tuple[int, list[str]]:
    return sum(len(leg.path) for leg in legs), [leg.edge.id for leg in legs]


def _between(edge: Edge, first: str, last: str) -> tuple[str, ...]:
    """The part of a connection from one system to a later one."""
    path = edge.path
    start = path.index(first)
    return path[start : path.index(last, start + 1) + 1]


def _counterparts(asked: Asked, system: str, backward: bool) -> Iterator[Hit]:
    found: dict[str, tuple[Leg, ...]] = {}
    for edge, claim in asked.at(system):
        for through in (*edge.via, *((edge.source,) if edge.relation in FEEDS else ())):
            here, there = (through, edge.target) if backward else (edge.target, through)
            if here == system and there != system:
                legs: tuple[Leg, ...] = (Leg(edge, claim, _between(edge, through, edge.target)),)
                if there not in found or _preference(legs) < _preference(found[there]):
                    found[there] = legs
    for there, legs in found.items():
        yield Hit(there, 1, "counterpart", legs)


def _order(asked: Asked, hit: Hit) -> tuple[Any, ...]:
    province = asked.province_of(hit.system)
    operators = [asked.order(iri) for iri in _operators(asked, hit.system)]
    return (
        hit.hop,
        hit.role != "dependent",
        asked.order(province) if province else (),
        operators,
        asked.order(hit.system),
    )


def _operators(asked: Asked, system: str) -> tuple[str, ...]:
    known = asked.links.systems.get(system)
    return known.operators if known else ()


def _answer(asked: Asked, question: str, system: str, hits: Collection[Hit]) -> Answer:
    rows = tuple(_row(asked, hit) for hit in hits)
    parameters = asked.parameters(system=asked.label(system), system_id=system)
    return Answer(question, parameters, rows, tuple(_notes(asked, question, system, hits)))


def _row(asked: Asked, hit: Hit) -> dict[str, Any]:
    province = asked.province_of(hit.system)
    operators = _operators(asked, hit.system)
    claims = [leg.claim for leg in hit.legs]
    least = weakest(claims)
    status = least.status if least else UNATTESTED
    return {
        "system": asked.label(hit.system),
        "hop": hit.hop,
        "province": asked.label(province) if province else None,
        "operator": asked.labels(operators),
        "path": asked.labels(hit.path),
        "status": status,
        "derived": hit.hop > 1 or asked.moved(hit.system) or any(leg.edge.supposed for leg in hit.legs),
        "role": hit.role,
        "as_of": (least.as_of or None) if least else None,
        "confidence": min((sure for sure in map(_sure, hit.legs) if sure is not None), default=None),
        "evidence": proof((leg.edge, leg.claim) for leg in hit.legs),
        "status_label": asked.label(ST + status),
        "system_id": hit.system,
        "province_id": province or None,
        "operator_id": list(operators),
        "path_id": list(hit.path),
        "status_id": ST + status if least else None,
        "connection_id": [leg.edge.id for leg in hit.legs],
        "weakest_id": (least.id or None) if least else None,
    }


def _sure(leg: Leg) -> float | None:
    """How sure the best of the claims is read that give a connection its status."""
    if leg.claim is None:
        return None
    alike = [claim.confidence for claim in leg.edge.claims if claim.status == leg.claim.status]
    return max((sure for sure in alike if sure is not None), default=None)


def _notes(asked: Asked, question: str, system: str, hits: Collection[Hit]) -> Iterator[str]:
    claims = [leg.claim for hit in hits for leg in hit.legs]
    yield from asked.notes(claims, (hit.system for hit in hits), (system,), bodies=True)
    if not hits:
        backward = question == "impact"
        near = (pair for pair in asked.others(system) if _answers(pair[0], system, backward))
        yield from asked.silence(near, asked.label(system))
        return
    roles = Counter(hit.role for hit in hits)
    hop = max(hit.hop for hit in hits)
    yield say(
        f"{question}.counted",
        asked.lang,
        dependents=roles["dependent"],
        counterparts=roles["counterpart"],
        hops=hop,
    )
    provinces = asked.provinces(hit.system for hit in hits if hit.role == "dependent")
    newer = any(asked.links.places[iri].since for iri in provinces)
    generation = asked.units or ("2025" if newer else "2024")
    if provinces and question == "impact":
        total = len(set(units_of(asked.links, generation)) | set(provinces))
        names = ", ".join(asked.labels(provinces))
        yield say("impact.provinces", asked.lang, count=len(provinces), total=total, names=names)


def _answers(edge: Edge, system: str, backward: bool) -> bool:
    """Whether a connection would be one of hop 1, were it on the layer."""
    if backward:
        return system in edge.path[1:] or (system == edge.source and edge.relation in FEEDS)
    return system == edge.source or (system == edge.target and (bool(edge.via) or edge.relation in FEEDS))
