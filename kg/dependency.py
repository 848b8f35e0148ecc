"""Who is hit when a system is down, and what it needs itself: chains of dependence over any number of hops."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from kg.asking import Asked, units_of
from kg.hops import Round, kept, quoted, rounds
from kg.jsontext import Rows, members, value
from kg.links import UNATTESTED, Edge
from kg.messages import say
from kg.model import Answer
from kg.vocab import FEEDS, ST


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
    return _answer(asked, "impact", system, backward=True)


def needs(asked: Asked, system: str) -> Answer:
    """What `system` depends on: the reverse of `impact`, with the same keys; see there.

    `path` runs from `system` to what it depends on, or from a counterpart to `system`.
    """
    return _answer(asked, "needs", system, backward=False)


_TRUTH = (b"false", b"true")
_WIDTH = 20
"""Parts of a row."""


class Home(NamedTuple):
    """Where a system belongs, and what its row says of it: parts of the JSON, up to what stands after them."""

    operators: tuple[str, ...]
    """IRIs."""
    order: tuple[Any, ...]
    """Sort key of its row, among those of one hop and role."""
    moved: bool
    """Whether it counts for another province than the one its texts name."""
    name: bytes
    place: bytes
    """Province and operators."""
    ids: bytes
    """IRIs of all these."""


def _home(asked: Asked, system: str) -> Home:
    province = asked.province_of(system)
    known = asked.links.systems.get(system)
    operators = known.operators if known else ()
    order = (asked.order(province) if province else (), [asked.order(iri) for iri in operators], asked.order(system))
    ids = {"system_id": system, "province_id": province or None, "operator_id": operators}
    name = members({"system": asked.names[system]})
    return Home(
        operators,
        order,
        asked.moved(system),
        b"{" + name,
        kept(asked, _place)[province, operators],
        members(ids) + b',"path_id":[',
    )


def _place(asked: Asked, of: tuple[str, tuple[str, ...]]) -> bytes:
    province, operators = of
    labels = {"province": asked.label(province) if province else None, "operator": asked.labels(operators)}
    return members(labels) + b',"path":['


class Standing(NamedTuple):
    """What rows say of the status of a way: parts of their JSON."""

    name: bytes
    label: bytes
    id: bytes


def _standing(asked: Asked, status: str) -> Standing:
    """The same for '', where nothing is claimed."""
    known = status or UNATTESTED
    return Standing(
        b"]," + members({"status": known}),
        b"]," + members({"status_label": asked.names[ST + known]}) + b",",
        b"]," + members({"status_id": ST + status if status else None}) + b',"connection_id":[',
    )


def _sure(_: Asked, confidence: float) -> bytes:
    return b',"confidence":' + value(None if confidence == math.inf else confidence) + b',"evidence":['


def _answer(asked: Asked, question: str, system: str, backward: bool) -> Answer:
    found = [*rounds(asked, system, backward)]
    homes = kept(asked, _home)
    parts: list[bytes] = []
    for listed in found:
        for row in _rows(asked, listed, sorted(listed.found, key=lambda iri: homes[iri].order), backward):
            parts += row
    parameters = asked.parameters(system=asked.label(system), system_id=system)
    return Answer(question, parameters, Rows(parts, _WIDTH), tuple(_notes(asked, question, system, found)))


def _rows(asked: Asked, found: Round, systems: Sequence[str], backward: bool) -> Iterator[tuple[bytes, ...]]:
    """A row a system, in this order: the parts of its JSON."""
    homes, standings, text, sures = kept(asked, _home), kept(asked, _standing), kept(asked, quoted), kept(asked, _sure)
    hop, far, ways = b',"hop":%d,' % found.hop, found.hop > 1, found.found
    stated, derived = (b',"derived":%s,"role":"%s","as_of":' % (told, found.role.encode()) for told in _TRUTH)
    for iri in systems:
        first, second = ways[iri] if backward else ways[iri][::-1]
        _, labels, path, connections, evidence, claim, firm, sure, supposed = first
        _, more_labels, more_path, more_connections, more_evidence, other, firmness, surely, supposing = second
        if firmness < firm:
            claim = other
        _, _, moved, name, place, ids = homes[iri]
        status, label, status_id = standings[claim.status if claim else ""]
        yield (
            name,
            hop,
            place,
            labels,
            more_labels,
            status,
            derived if far or supposed or supposing or moved else stated,
            text[claim.as_of] if claim and claim.as_of else b"null",
            sures[sure if sure < surely else surely],
            b",".join(dict.fromkeys(evidence + more_evidence)),
            label,
            ids,
            path,
            more_path,
            status_id,
            connections,
            more_connections,
            b'],"weakest_id":',
            text[claim.id] if claim and claim.id else b"null",
            b"},",
        )


def _notes(asked: Asked, question: str, system: str, rounds: Sequence[Round]) -> Iterator[str]:
    # What lies nearer on a way is listed itself.
    claims = [leg.weakest for _, _, found in rounds for leg, _ in found.values()]
    systems = frozenset(chain.from_iterable(found for _, _, found in rounds))
    homes = kept(asked, _home)
    bodies = chain.from_iterable(homes[iri].operators for iri in systems)
    yield from asked.notes(claims, systems, (system,), bodies)
    counts: Counter[str] = Counter()
    for _, role, listed in rounds:
        counts[role] += len(listed)
    if not systems:
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
