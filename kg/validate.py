"""Does the graph keep to the shapes, and do its sources agree: answers as values, worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.dates import days
from kg.rdf import SKOLEM, Quad, parse_turtle, to_rdflib
from kg.vocab import DENIED, PLANNED, STATED, local_name

if TYPE_CHECKING:
    import rdflib

    from kg.store import Store

LIMIT = 200_000
"""Triples up to which a build is validated: beyond, it would take minutes."""

SEVERITIES = ("violation", "warning", "info")
_GROUPS = {status: number for number, group in enumerate((STATED, PLANNED, DENIED)) for status in group}


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that does not keep to a shape."""

    severity: str
    """One of `SEVERITIES`; only a violation fails a check."""
    focus: str
    """IRI of the node."""
    label: str
    """Vietnamese label of the node, or its local name."""
    shape: str
    """IRI of the shape; of the shape around it where that has no name of its own."""
    path: str
    """IRI of the property, '' where the shape speaks of the whole node."""
    value: str
    """The offending value, '' where something is missing."""
    message_vi: str
    message_en: str
    mend_vi: str = ""
    """What to do about it."""
    mend_en: str = ""

    def as_json(self) -> dict[str, str]:
        """Its fields by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One side of a contradiction."""

    evidence: str
    """IRI of the attestation."""
    status: str
    as_of: str
    document: str
    """File name."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims on one connection or system that cannot hold at the same time."""

    id: str
    """IRI of what is spoken of."""
    label: str
    claims: tuple[Claimed, ...]

    def as_json(self) -> dict[str, Any]:
        """Its fields by name, claims as a list of objects."""
        return {"id": self.id, "label": self.label, "claims": [asdict(claim) for claim in self.claims]}


def violations(triples: Iterable[Quad], shapes: Path) -> tuple[Violation, ...]:
    """Check `triples`, whatever graph they stand in, against the SHACL shapes of a Turtle file.

    Returns:
        What does not conform: violations first, then by shape and node.

    Raises:
        OntologyError: the shapes cannot be read.

    """
    import pyshacl

    rules = to_rdflib(Quad(triple.subject, triple.predicate, triple.object) for triple in parse_turtle(shapes))
    data = to_rdflib(triples)
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none", advanced=False)
    found = _results(report, data, rules)
    return tuple(
        sorted(found, key=lambda one: (SEVERITIES.index(one.severity), one.shape, one.focus, asdict(one).items()))
    )


def _results(report: rdflib.Graph, data: rdflib.Graph, rules: rdflib.Graph) -> Iterator[Violation]:
    from rdflib import RDF, RDFS, SH, SKOS

    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        labels = sorted(str(label) for label in data.objects(focus, SKOS.prefLabel))
        severity = local_name(str(report.value(result, SH.resultSeverity) or "")).lower()
        shape = report.value(result, SH.sourceShape)
        messages = list(report.objects(result, SH.resultMessage))
        named = _named(rules, shape)
        mends = list(rules.objects(named, RDFS.comment))
        yield Violation(
            severity=severity if severity in SEVERITIES else SEVERITIES[0],
            focus=str(focus),
            label=labels[0] if labels else local_name(str(focus)),
            shape=str(named),
            path=str(report.value(result, SH.resultPath) or ""),
            value=str(report.value(result, SH.value) or ""),
            message_vi=_message(messages, "vi"),
            message_en=_message(messages, "en"),
            mend_vi=_message(mends, "vi"),
            mend_en=_message(mends, "en"),
        )


def _named(rules: rdflib.Graph, shape: Any) -> Any:
    """The shape itself, or the nearest one around it that has a name."""
    from rdflib import SH

    seen: set[Any] = set()
    while str(shape).startswith(SKOLEM) and shape not in seen:
        seen.add(shape)
        around = sorted(rules.subjects(SH.property, shape), key=str) or sorted(rules.subjects(None, shape), key=str)
        shape = around[0] if around else shape
    return shape


def _message(messages: list[Any], lang: str) -> str:
    """The message in `lang`, else one without a language, else any."""
    ranked = sorted(messages, key=lambda text: (text.language != lang, text.language is not None, str(text)))
    return str(ranked[0]) if ranked else ""


_CLAIMS = """
SELECT DISTINCT ?x ?a ?status ?period ?file WHERE {
  ?a vne:status ?status ; vne:attests ?x ; oa:hasTarget/oa:hasSource ?d .
  OPTIONAL { ?a vne:asOf ?day } OPTIONAL { ?a dcterms:temporal ?words } BIND(COALESCE(?words, STR(?day)) AS ?period)
  OPTIONAL { ?d dcterms:identifier ?name } BIND(COALESCE(?name, STR(?d)) AS ?file)
}"""


def contradictions(store: Store) -> tuple[Contradiction, ...]:
    """Find what sources claim of one thing, for times that overlap, that cannot all be true.

    Claims agree when their statuses are of one group (it runs, it is to come, it is not there), and so do "not there" and
    "to come": the one explains the other.
    """
    claims: dict[str, set[tuple[str, str, str, str]]] = defaultdict(set)
    for row in store.select(_CLAIMS):
        status, period = local_name(row["status"] or ""), row["period"] or ""
        if status in _GROUPS and days(period):
            claims[row["x"] or ""].add((period, status, row["a"] or "", row["file"] or ""))
    found = {node: _clashing(sorted(stated)) for node, stated in claims.items() if len(stated) > 1}
    clashes = {node: stated for node, stated in found.items() if stated}
    labels = labels_of(store, clashes)
    return tuple(
        Contradiction(node, labels.get(node, local_name(node)), stated) for node, stated in sorted(clashes.items())
    )


def _clashing(claims: list[tuple[str, str, str, str]]) -> tuple[Claimed, ...]:
    # Thousands of documents may speak of one national system: what is compared is each period and status once.
    stated = sorted({(period, status) for period, status, _, _ in claims})
    clashing = {claim for pair in combinations(stated, 2) if _clash(*pair) for claim in pair}
    return tuple(
        Claimed(att, status, period, file) for period, status, att, file in claims if (period, status) in clashing
    )


def _clash(one: tuple[str, str], other: tuple[str, str]) -> bool:
    first, second = days(one[0]), days(other[0])
    statuses = {one[1], other[1]}
    if not first or not second or max(first[0], second[0]) > min(first[1], second[1]):
        return False
    # What is to come is not there yet: the one explains the other.
    explained = "absent" in statuses and statuses.isdisjoint(STATED)
    return _GROUPS[one[1]] != _GROUPS[other[1]] and not explained


def labels_of(store: Store, nodes: Iterable[str]) -> dict[str, str]:
    """Vietnamese label of each node; of a connection, those of its ends."""
    found: dict[str, str] = {}
    ordered = sorted(nodes)
    for start in range(0, len(ordered), 500):
        values = " ".join(f"<{node}>" for node in ordered[start : start + 500])
        query = (
            f"SELECT ?x ?own ?from ?to WHERE {{ VALUES ?x {{ {values} }} OPTIONAL {{ ?x skos:prefLabel ?own }}"
            " OPTIONAL { ?x vne:source/skos:prefLabel ?from ; vne:target/skos:prefLabel ?to } } ORDER BY ?x ?own ?from ?to"
        )
        for row in store.select(query):
            label = row["own"] or (f"{row['from']} → {row['to']}" if row["from"] else None)
            if row["x"] and label:
                found.setdefault(row["x"], label)
    return found
