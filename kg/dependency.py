"""Who is hit when a system is down, and what it needs itself: chains of dependence over any number of hops."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from kg.asking import Asked, Memo, strength, units_of
from kg.links import UNATTESTED, Claim, Edge
from kg.messages import say
from kg.model import Answer
from kg.vocab import FEEDS, ST

T = TypeVar("T")
_STRONGEST = (1, "", "")
"""Strength of a way of no connection."""


class Way(NamedTuple):
    """Connections one after the other, and what makes them hold or not; its lists are nobody else's."""

    path: list[str]
    """All systems on the way, in the direction of the connections."""
    connections: list[str]
    evidence: list[str]
    """IRIs of the attestations, perhaps with repeats."""
    weakest: Claim | None = None
    strength: tuple[int, str, str] = _STRONGEST
    """Of the weakest claim."""
    sure: float = math.inf
    """How sure the least sure connection is read; infinite where nothing says so."""
    supposed: bool = False

    @classmethod
    def along(cls, edge: Edge, claim: Claim | None, first: str, last: str) -> Way:
        """The part of a connection from one system on it to a later one."""
        systems = [*edge.path]
        start = systems.index(first)
        path = systems[start : systems.index(last, start + 1) + 1]
        alike = [other for other in edge.claims if claim and other.status == claim.status]
        # A connection is read as surely as the best of the claims that give it its status.
        sure = max([other.confidence for other in alike if other.confidence is not None], default=math.inf)
        evidence = [other.id for other in alike if other.id]
        return cls(path, [edge.id], evidence, claim, strength(claim), sure, edge.supposed)

    def then(self, on: Way) -> Way:
        """This way and on from its end."""
        held = self if self.strength <= on.strength else on
        return Way(
            self.path + on.path[1:],
            self.connections + on.connections,
            self.evidence + on.evidence,
            held.weakest,
            held.strength,
            min(self.sure, on.sure),
            self.supposed or on.supposed,
        )

    @property
    def preference(self) -> tuple[int, list[str]]:
        """Of ways of as many connections the one is shown where this is least."""
        return len(self.path), self.connections


Found = dict[str, tuple[Way, Way]]
"""System → how it hangs together with the one asked about, and the connection of that way that is farthest from it."""


class Round(NamedTuple):
    """The systems that an answer lists for one hop and role."""

    hop: int
    role: str
    """dependent or counterpart."""
    found: Found


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
    return _answer(asked, "impact", system, [*_rounds(asked, system, backward=True)])


def needs(asked: Asked, system: str) -> Answer:
    """What `system` depends on: the reverse of `impact`, with the same keys; see there.

    `path` runs from `system` to what it depends on, or from a counterpart to `system`.
    """
    return _answer(asked, "needs", system, [*_rounds(asked, system, backward=False)])


def _rounds(asked: Asked, system: str, backward: bool) -> Iterator[Round]:
    """Dependents of each hop, the counterparts after those of the first; the last round is empty."""
    for hop, found in enumerate(_dependents(asked, system, backward), 1):
        yield Round(hop, "dependent", found)
        if hop == 1:
            yield Round(hop, "counterpart", _counterparts(asked, system, backward))


def _dependents(asked: Asked, system: str, backward: bool) -> Iterator[Found]:
    """Dependents of each hop, until there are none.

    Breadth first, so that the hop is the least one; among chains of one hop the shortest path is shown.
    """
    steps = _kept(asked, _backward if backward else _forward)
    reached = {system: Way([system], [], [])}
    frontier = [system]
    while frontier:
        found: Found = {}
        for here in frontier:
            rest = reached[here]
            for there, leg in steps[here]:
                nearer = there in found and len(found[there][0].path) < len(leg.path) + len(rest.path) - 1
                if there not in reached and not nearer:
                    way = leg.then(rest) if backward else rest.then(leg)
                    if there not in found or way.preference < found[there][0].preference:
                        found[there] = way, leg
        reached.update((there, way) for there, (way, _) in found.items())
        yield found
        frontier = list(found)


Step = tuple[str, Way]
"""A system that another one leads to by one connection, and the part of the connection between them."""


def _backward(asked: Asked, here: str) -> list[Step]:
    """Who depends on a system by one connection: `kg.topology.dependencies`."""
    return [
        (edge.source, Way.along(edge, claim, edge.source, here))
        for edge, claim in asked.at(here)
        if edge.source != here
    ]


def _forward(asked: Asked, here: str) -> list[Step]:
    """On whom a system depends by one connection."""
    return [
        (there, Way.along(edge, claim, here, there))
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
                way = Way.along(edge, claim, through, edge.target)
                if there not in found or way.preference < found[there][0].preference:
                    found[there] = way, way
    return found


def _kept(asked: Asked, find: Callable[[Asked, str], T]) -> Mapping[str, T]:
    """What `find` finds for each system of a layer, looked up once."""
    found: Mapping[str, T] = asked.kept.setdefault(find, Memo(partial(find, asked)))
    return found


class Home(NamedTuple):
    """Where a system belongs."""

    province: str
    """IRI, '' for none."""
    name: str | None
    """Label of the province."""
    operators: tuple[str, ...]
    """IRIs."""
    named: tuple[str, ...]
    """Labels of the operators."""
    order: tuple[Any, ...]
    """Sort key of its row, among those of one hop and role."""


def _home(asked: Asked, system: str) -> Home:
    province = asked.province_of(system)
    known = asked.links.systems.get(system)
    operators = known.operators if known else ()
    order = (asked.order(province) if province else (), [asked.order(iri) for iri in operators], asked.order(system))
    name = asked.label(province) if province else None
    return Home(province, name, operators, tuple(asked.labels(operators)), order)


def _answer(asked: Asked, question: str, system: str, rounds: Sequence[Round]) -> Answer:
    homes = _kept(asked, _home)
    rows = [
        _row(asked, there, hop, role, found[there][0], homes[there])
        for hop, role, found in rounds
        for there in sorted(found, key=lambda iri: homes[iri].order)
    ]
    parameters = asked.parameters(system=asked.label(system), system_id=system)
    return Answer(question, parameters, tuple(rows), tuple(_notes(asked, question, system, rounds)))


def _row(asked: Asked, system: str, hop: int, role: str, way: Way, home: Home) -> dict[str, Any]:
    path, connections, evidence, least, _, sure, supposed = way
    status = least.status if least else UNATTESTED
    names = asked.names
    return {
        "system": names[system],
        "hop": hop,
        "province": home.name,
        "operator": [*home.named],
        "path": [*map(names.__getitem__, path)],
        "status": status,
        "derived": hop > 1 or supposed or asked.moved(system),
        "role": role,
        "as_of": (least.as_of or None) if least else None,
        "confidence": None if sure == math.inf else sure,
        "evidence": [*dict.fromkeys(evidence)],
        "status_label": names[ST + status],
        "system_id": system,
        "province_id": home.province or None,
        "operator_id": [*home.operators],
        "path_id": path,
        "status_id": ST + status if least else None,
        "connection_id": connections,
        "weakest_id": (least.id or None) if least else None,
    }


def _notes(asked: Asked, question: str, system: str, rounds: Sequence[Round]) -> Iterator[str]:
    # What lies nearer on a way is listed itself.
    claims = [leg.weakest for _, _, found in rounds for _, leg in found.values()]
    systems = set(chain.from_iterable(found for _, _, found in rounds))
    homes = _kept(asked, _home)
    bodies = chain.from_iterable(homes[iri].operators for iri in systems)
    yield from asked.notes(claims, systems, (system,), bodies)
    counts = Counter(role for _, role, found in rounds for _ in found)
    if not counts:
        backward = question == "impact"
        near = (pair for pair in asked.others(system) if _answers(pair[0], system, backward))
        yield from asked.silence(near, asked.label(system))
        return
    yield say(
        f"{question}.counted",
        asked.lang,
        dependents=counts["dependent"],
        counterparts=counts["counterpart"],
        hops=max(hop for hop, _, found in rounds if found),
    )
    provinces = asked.provinces(iri for _, role, found in rounds if role == "dependent" for iri in found)
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
