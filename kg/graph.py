"""Readings of many documents → one graph: equal facts joined, all evidence kept, one name a thing.

    Reading, Reading, … ─gather─▶ Graph ─quads─▶ one named graph a document

What a document says stays in that document's own graph; joined is only what must be one over all of them: which label a
thing goes by, and where a system belongs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, assert_never

from kg.dates import first_day
from kg.model import (
    ConnectionFact,
    Dating,
    Evidence,
    Fact,
    MeasureFact,
    PlaceRef,
    PolicyFact,
    Reading,
    SystemFact,
    SystemRef,
    UseFact,
)
from kg.rdf import Literal, NamedNode, Quad
from kg.text import fold
from kg.triples import Names, document_quads
from kg.vocab import AGENCY, METRIC, RDFS, SKOS, STATUS_RANK

_LABELS = {f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{SKOS}hiddenLabel", f"{RDFS}label"}


@dataclass(frozen=True, slots=True)
class System:
    """A system over all documents that speak of it."""

    id: str
    label: str
    """The wording that most documents use, or the ontology's."""
    alt_labels: tuple[str, ...]
    types: tuple[str, ...]
    place: str
    level: str
    documents: tuple[str, ...]
    """Names of the documents, sorted."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection over all documents that claim something of it."""

    id: str
    source: str
    relation: str
    target: str
    via: tuple[str, ...]
    claims: tuple[ConnectionFact, ...]
    """Oldest first; the current claim is the last."""

    @property
    def status(self) -> str:
        """Status of the current claim: the latest, and on one date the weightiest."""
        return self.claims[-1].status


@dataclass(frozen=True, slots=True)
class Graph:
    """What all documents together say, as values."""

    readings: tuple[Reading, ...]
    """By document name, each attestation once."""
    systems: tuple[System, ...]
    connections: tuple[Connection, ...]
    names: Names

    def quads(self) -> Iterator[Quad]:
        """What each document states, in its own named graph, document by document; a quad may come twice."""
        for reading in self.readings:
            yield from document_quads(reading, self.names)

    def facts(self) -> Iterator[Fact]:
        """Every fact, by document and place in it."""
        for reading in sorted(self.readings, key=lambda reading: PurePosixPath(reading.document.file).parts):
            yield from sorted(reading.facts, key=_place)


def _place(fact: Fact) -> tuple[int, int, str, str]:
    return fact.evidence.start, fact.evidence.end, fact.kind, fact.ref.id if isinstance(fact, SystemFact) else fact.id


def stated(reading: Reading) -> tuple[Fact, ...]:
    """The facts of one document, each attestation once, by place: what `gather` makes of it alone."""
    return _joined(reading).facts


def gather(readings: Iterable[Reading], known: Iterable[Quad] = ()) -> Graph:
    """Join what `readings` say into one graph.

    Args:
        readings: what each document was found to say, in any order.
        known: the ontology's own quads; what they describe keeps the label and place they give.

    """
    ordered = tuple(sorted(map(_joined, readings), key=lambda reading: reading.document.name))
    names = _names(ordered, _vocabulary(known))
    return Graph(ordered, tuple(_systems(ordered, names)), tuple(_connections(ordered)), names)


def _joined(reading: Reading) -> Reading:
    """The reading with each attestation once: passages of the same claim become further evidence of the first."""
    claims: dict[str, ConnectionFact] = {}
    others: list[Fact] = []
    for fact in reading.facts:
        if not isinstance(fact, ConnectionFact):
            others.append(fact)
        elif fact.id not in claims:
            claims[fact.id] = fact
        else:
            first = claims[fact.id]
            passages = dict.fromkeys((*first.more, fact.evidence, *fact.more))
            passages.pop(first.evidence, None)
            claims[fact.id] = replace(first, more=tuple(passages))
    return replace(reading, facts=tuple(sorted((*others, *claims.values()), key=_place)))


def _vocabulary(quads: Iterable[Quad]) -> Names:
    """What the ontology calls things."""
    preferred: dict[str, str] = {}
    agencies: dict[str, str] = {}
    metrics: dict[str, str] = {}
    for quad in quads:
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, Literal):
            continue
        if quad.predicate.value in _LABELS and quad.object.language != "en":
            node, label = quad.subject.value, quad.object.value
            if quad.predicate.value == f"{SKOS}prefLabel":
                preferred[node] = min(label, preferred.get(node, label))
            for start, table in ((AGENCY, agencies), (METRIC, metrics)):
                if node.startswith(start):
                    table[fold(label)] = min(node, table.get(fold(label), node))
    return Names(preferred, frozenset(preferred), agencies, metrics)


def _names(readings: Iterable[Reading], known: Names) -> Names:
    """`known`, with the most used label and home of everything else."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    homes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for reading in readings:
        for node, label in {(node, label) for fact in reading.facts for node, label in _labelled(fact, known)}:
            labels[node][label] += 1
        for fact in reading.facts:
            if isinstance(fact, SystemFact):
                homes[fact.ref.id][fact.place, fact.level] += 1
    chosen = {node: _usual(found) for node, found in labels.items() if node not in known.known}
    places = {node: min(found, key=lambda home: (-found[home], home)) for node, found in homes.items()}
    return replace(known, preferred={**chosen, **known.preferred}, homes=places)


def _usual(labels: Counter[str]) -> str:
    """The most used label; of several the longest, which tells most, and of those the first in code point order."""
    return min(labels, key=lambda label: (-labels[label], -len(label), label))


def _labelled(fact: Fact, known: Names) -> Iterator[tuple[str, str]]:
    """Each thing that `fact` names, with the label it gives."""
    match fact:
        case SystemFact():
            yield fact.ref.id, fact.ref.label
            yield from ((known.agency(label), label) for label in (fact.owner, fact.operator) if label)
        case ConnectionFact():
            yield from ((ref.id, ref.label) for ref in (fact.source, fact.target, *fact.via))
        case UseFact():
            yield known.agency(fact.actor), fact.actor
            yield fact.system.id, fact.system.label
        case MeasureFact():
            if isinstance(fact.subject, SystemRef):
                yield fact.subject.id, fact.subject.label
        case PolicyFact():
            yield fact.id, fact.label
            if fact.issuer:
                yield known.agency(fact.issuer), fact.issuer
        case _:
            assert_never(fact)


def _systems(readings: Iterable[Reading], names: Names) -> Iterator[System]:
    found: dict[str, list[tuple[str, SystemFact]]] = defaultdict(list)
    for reading in readings:
        for fact in reading.facts:
            if isinstance(fact, SystemFact):
                found[fact.ref.id].append((reading.document.name, fact))
    for node, facts in sorted(found.items()):
        label = names.preferred[node]
        wordings = {wording for _, fact in facts for wording in (fact.ref.label, *fact.alt_labels)}
        place, level = names.homes[node]
        yield System(
            id=node,
            label=label,
            alt_labels=tuple(sorted(wordings - {label})),
            types=tuple(sorted({fact.ref.type for _, fact in facts})),
            place=place,
            level=level,
            documents=tuple(sorted({document for document, _ in facts})),
        )


def _connections(readings: Iterable[Reading]) -> Iterator[Connection]:
    found: dict[str, list[ConnectionFact]] = defaultdict(list)
    for reading in readings:
        for fact in reading.facts:
            if isinstance(fact, ConnectionFact):
                found[fact.connection].append(fact)
    for node, claims in sorted(found.items()):
        ordered = tuple(sorted(claims, key=_weight))
        one = ordered[0]
        yield Connection(node, one.source.id, one.relation, one.target.id, tuple(ref.id for ref in one.via), ordered)


def _weight(claim: ConnectionFact) -> tuple[str, int, str]:
    return first_day(claim.dating.as_of) or "", STATUS_RANK[claim.status], claim.id


def fact_json(fact: Fact) -> dict[str, Any]:
    """The object that `kg facts` writes for `fact`, keys in their order."""
    node = fact.ref.id if isinstance(fact, SystemFact) else fact.id
    return {"kind": fact.kind, "id": node, **_evidence_json(fact.evidence), **_own_json(fact)}


def _own_json(fact: Fact) -> Mapping[str, Any]:
    match fact:
        case SystemFact():
            ref = fact.ref
            return {
                "label": ref.label,
                "alt_labels": sorted(set(fact.alt_labels)),
                "type": ref.type,
                "scope": ref.scope,
                "operator": fact.operator,
                "status": fact.status,
                **_dating_json(fact.dating),
            }
        case ConnectionFact():
            return {
                "connection": fact.connection,
                "source": _ref_json(fact.source),
                "relation": fact.relation,
                "target": _ref_json(fact.target),
                "via": [_ref_json(ref) for ref in fact.via],
                "status": fact.status,
                **_dating_json(fact.dating),
                "due": fact.dating.due,
            }
        case UseFact():
            return {"actor": fact.actor, "system": _ref_json(fact.system), "count": _number(fact.count)}
        case MeasureFact():
            numbers = {"metric": fact.metric, "value": _number(fact.value), "unit": fact.unit}
            return {"subject": _ref_json(fact.subject), **numbers, **_dating_json(fact.dating)}
        case PolicyFact():
            return {"label": fact.label, "issuer": fact.issuer}
        case _:
            assert_never(fact)


def _evidence_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }


def _dating_json(dating: Dating) -> dict[str, Any]:
    return {"as_of": dating.as_of, "as_of_source": dating.source if dating.as_of else None}


def _ref_json(ref: SystemRef | PlaceRef) -> dict[str, str]:
    if isinstance(ref, PlaceRef):
        return {"id": ref.id, "label": ref.label}
    return {"id": ref.id, "label": ref.label, "type": ref.type, "scope": ref.scope}


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value
