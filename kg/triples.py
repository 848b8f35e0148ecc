"""What one document states, as quads of its own named graph: no blank node, every claim with the words that make it.

A connection is a node (source, target, intermediaries, hops); an attestation says of it, or of a system, what status
the document claims, and points to the passage by its exact words and by offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never
from urllib.parse import quote

from kg.dates import first_day
from kg.model import (
    ConnectionFact,
    Dating,
    Document,
    Evidence,
    Fact,
    MeasureFact,
    PolicyFact,
    Reading,
    SystemFact,
    SystemRef,
    UseFact,
)
from kg.rdf import RDF_TYPE, NamedNode, Quad, Term, iri, literal
from kg.text import fold
from kg.vocab import (
    AGENCY,
    DCTERMS,
    DOC,
    LV,
    METRIC,
    OA,
    ORG,
    PROV,
    SDO,
    SKOS,
    ST,
    VNE,
    attestation_iri,
    document_iri,
    graph_iri,
    short_hash,
    slug,
)

CONTEXT = 32
"""Characters kept before and after a quote, so that it can be found again in a text that was reflowed."""
READ_KEYS = ("retrieved", "accessed", "read")
"""Front matter that says when the text was fetched: the third of the three dates."""

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called over all documents, and which of them the ontology describes already."""

    preferred: Mapping[str, str] = field(default_factory=dict)
    """IRI → the one Vietnamese label."""
    known: frozenset[str] = frozenset()
    """IRIs that the ontology describes: documents add wordings to these, no label and no place."""
    agencies: Mapping[str, str] = field(default_factory=dict)
    """Folded label or alias of an organisation → its IRI."""
    metrics: Mapping[str, str] = field(default_factory=dict)
    """Folded label of a metric → its IRI."""
    homes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """IRI of a system → its place and level, the same in every document."""

    def agency(self, label: str) -> str:
        """IRI of the organisation of this label: the ontology's, or one made of the label."""
        known = self.agencies.get(fold(label))
        name = slug(label)
        if known is None and len(name) > _LONGEST_NAME:
            name = f"{name[:_LONGEST_NAME].strip('-')}-{short_hash(name)}"
        return known or AGENCY + name

    def metric(self, words: str) -> str:
        """IRI of the metric that these words name, else the one for all others."""
        return self.metrics.get(fold(words), METRIC + "other")


def document_quads(reading: Reading, names: Names) -> list[Quad]:
    """All that the document of `reading` states, in `graph:<document>`; a quad may come twice."""
    pen = _Pen(reading.document, names)
    pen.describe(reading)
    for fact in reading.facts:
        pen.state(fact)
    described = {fact.ref.id for fact in reading.facts if isinstance(fact, SystemFact)}
    for ref in _mentioned(reading.facts):
        if ref.id not in described:
            pen.system(ref, ())
    return pen.out


def _mentioned(facts: Iterable[Fact]) -> Iterable[SystemRef]:
    for fact in facts:
        if isinstance(fact, ConnectionFact):
            yield from (fact.source, fact.target, *fact.via)
        elif isinstance(fact, UseFact):
            yield fact.system
        elif isinstance(fact, MeasureFact) and isinstance(fact.subject, SystemRef):
            yield fact.subject


class _Pen:
    """Writes the quads of one document."""

    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.names = names
        self.node = document_iri(document.name)
        self.graph = iri(graph_iri(document.name))
        self.out: list[Quad] = []

    def add(self, subject: str, predicate: str, value: Term) -> None:
        self.out.append(Quad(iri(subject), iri(predicate), value, self.graph))

    def kind(self, subject: str, *classes: str) -> None:
        self.out.extend(Quad(iri(subject), RDF_TYPE, iri(name), self.graph) for name in classes)

    def text(self, subject: str, predicate: str, value: str | None, lang: str | None = None) -> None:
        if value:
            self.add(subject, predicate, literal(value, lang))

    def day(self, subject: str, predicate: str, period: str | None) -> None:
        day = first_day(period)
        if day:
            self.add(subject, predicate, literal(day, datatype="date"))

    def describe(self, reading: Reading) -> None:
        document, node = self.document, self.node
        self.kind(node, f"{SDO}DigitalDocument", f"{PROV}Entity")
        self.text(node, f"{DCTERMS}identifier", document.file)
        self.text(node, f"{DCTERMS}title", document.get("title"), "vi")
        self.text(node, f"{DCTERMS}publisher", document.get("publisher"), "vi")
        self.text(node, f"{VNE}digest", document.digest)
        self.day(node, f"{DCTERMS}issued", reading.date)
        self.text(node, f"{DCTERMS}date", reading.date)
        self.text(node, f"{VNE}provinceClue", reading.province_clue)
        self.text(node, f"{VNE}readOn", next(filter(None, map(document.get, READ_KEYS)), None))
        if reading.province:
            self.add(node, f"{DCTERMS}spatial", iri(reading.province))
        origin, source = document.get("source_file"), node
        if origin:
            # Document names hold no dot and no percent sign, so that a source cannot be taken for another document.
            source = DOC + quote(origin if "." in origin else f"{origin}.source", safe="")
            self.add(node, f"{PROV}wasDerivedFrom", iri(source))
            self.kind(source, f"{PROV}Entity")
            self.text(source, f"{DCTERMS}identifier", origin)
        self.text(source, f"{SDO}url", document.get("url"))

    def state(self, fact: Fact) -> None:
        match fact:
            case SystemFact():
                self.system_fact(fact)
            case ConnectionFact():
                self.connection(fact)
            case UseFact():
                self.use(fact)
            case MeasureFact():
                self.measure(fact)
            case PolicyFact():
                self.policy(fact)
            case _:
                assert_never(fact)

    def name(self, node: str, wordings: Iterable[str]) -> None:
        preferred = self.names.preferred.get(node)
        for wording in wordings:
            if wording != preferred:
                self.text(node, f"{SKOS}altLabel", wording, "vi")
            elif node not in self.names.known:
                self.text(node, f"{SKOS}prefLabel", wording, "vi")

    def system(self, ref: SystemRef, alt_labels: Iterable[str]) -> None:
        self.kind(ref.id, f"{VNE}System", VNE + ref.type)
        self.name(ref.id, (ref.label, *alt_labels))

    def organisation(self, label: str) -> NamedNode:
        node = self.names.agency(label)
        if node not in self.names.known:
            self.kind(node, f"{ORG}Organization")
        self.name(node, (label,))
        return iri(node)

    def system_fact(self, fact: SystemFact) -> None:
        node = fact.ref.id
        self.system(fact.ref, fact.alt_labels)
        if node not in self.names.known:
            place, level = self.names.homes.get(node, (fact.place, fact.level))
            self.add(node, f"{VNE}scope", iri(place))
            self.add(node, f"{VNE}level", iri(LV + level))
            self.text(node, f"{VNE}scopeWording", fact.ref.scope, "vi")
        for predicate, label in (("owner", fact.owner), ("operator", fact.operator)):
            if label:
                self.add(node, VNE + predicate, self.organisation(label))
        att = attestation_iri(self.document.name, node, fact.status, fact.evidence.start)
        self.attest(att, node, (fact.evidence,), fact.dating, fact.status)

    def connection(self, fact: ConnectionFact) -> None:
        node = fact.connection
        self.kind(node, f"{VNE}Connection")
        self.add(node, f"{VNE}source", iri(fact.source.id))
        self.add(node, f"{VNE}target", iri(fact.target.id))
        self.add(node, f"{VNE}relationType", iri(VNE + fact.relation))
        for order, ref in enumerate(fact.via, 1):
            hop = f"{node}-h{order}"
            self.add(node, f"{VNE}via", iri(ref.id))
            self.add(node, f"{VNE}hop", iri(hop))
            self.kind(hop, f"{VNE}Hop")
            self.add(hop, f"{VNE}hopOrder", literal(order))
            self.add(hop, f"{VNE}hopSystem", iri(ref.id))
        self.attest(fact.id, node, (fact.evidence, *fact.more), fact.dating, fact.status)

    def use(self, fact: UseFact) -> None:
        self.kind(fact.id, f"{VNE}UsageStatement")
        self.add(fact.id, f"{VNE}actor", self.organisation(fact.actor))
        self.add(fact.id, f"{VNE}usesSystem", iri(fact.system.id))
        if fact.count is not None:
            self.add(fact.id, f"{SDO}value", literal(fact.count))
        self.statement(fact.id, fact.evidence, fact.dating)

    def measure(self, fact: MeasureFact) -> None:
        metric = self.names.metric(fact.metric)
        self.kind(fact.id, f"{VNE}MeasureStatement")
        self.add(fact.id, f"{VNE}measureOf", iri(fact.subject.id))
        self.add(fact.id, f"{VNE}metric", iri(metric))
        self.text(fact.id, f"{VNE}metricWording", fact.metric, "vi")
        self.add(fact.id, f"{SDO}value", literal(fact.value))
        self.text(fact.id, f"{SDO}unitText", fact.unit, "vi")
        self.day(fact.id, f"{VNE}asOf", fact.dating.as_of)
        self.statement(fact.id, fact.evidence, fact.dating)

    def policy(self, fact: PolicyFact) -> None:
        self.kind(fact.id, f"{VNE}PolicyDocument")
        self.name(fact.id, (fact.label,))
        if fact.issuer:
            self.add(fact.id, f"{DCTERMS}creator", self.organisation(fact.issuer))
        self.statement(fact.id, fact.evidence, None)

    def statement(self, node: str, evidence: Evidence, dating: Dating | None) -> None:
        self.attest(attestation_iri(self.document.name, node, "", evidence.start), node, (evidence,), dating)

    def attest(
        self, att: str, node: str, passages: tuple[Evidence, ...], dating: Dating | None, status: str | None = None
    ) -> None:
        """Say that the document claims something of `node`; without `status` it only mentions it."""
        self.kind(att, f"{VNE}Attestation")
        self.add(att, f"{VNE}attests", iri(node))
        self.add(node, f"{VNE}attestedBy", iri(att))
        if status:
            self.add(att, f"{VNE}status", iri(ST + status))
        if dating:
            self.day(att, f"{VNE}asOf", dating.as_of)
            self.text(att, f"{DCTERMS}temporal", dating.as_of)
            self.text(att, f"{VNE}asOfSource", dating.source if dating.as_of else None)
            self.text(att, f"{VNE}due", dating.due)
        for number, passage in enumerate(passages, 1):
            self.passage(att, number, passage)

    def passage(self, att: str, number: int, passage: Evidence) -> None:
        target = f"{att}-t{number}"
        words, place = f"{target}-quote", f"{target}-position"
        text, start, end = self.document.text, passage.start, passage.end
        self.add(att, f"{OA}hasTarget", iri(target))
        self.kind(target, f"{OA}SpecificResource")
        self.add(target, f"{OA}hasSource", iri(self.node))
        self.add(target, f"{OA}hasSelector", iri(words))
        self.add(target, f"{OA}hasSelector", iri(place))
        self.kind(words, f"{OA}TextQuoteSelector")
        self.add(words, f"{OA}exact", literal(passage.quote))
        self.text(words, f"{OA}prefix", text[max(0, start - CONTEXT) : start])
        self.text(words, f"{OA}suffix", text[end : end + CONTEXT])
        self.position(place, start, end)
        for index, cue in enumerate(passage.cues, 1):
            self.add(target, f"{VNE}cue", iri(f"{target}-cue{index}"))
            self.position(f"{target}-cue{index}", cue.start, cue.end)
        # The first passage speaks for the attestation; further ones may have been read by other rules.
        reader = att if number == 1 else target
        self.text(reader, f"{VNE}rule", passage.rule)
        self.add(reader, f"{VNE}confidence", literal(passage.confidence, datatype="decimal"))

    def position(self, node: str, start: int, end: int) -> None:
        self.kind(node, f"{OA}TextPositionSelector")
        self.add(node, f"{OA}start", literal(start))
        self.add(node, f"{OA}end", literal(end))
