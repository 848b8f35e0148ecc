"""The values that flow from step to step: frozen, whole, made of plain parts.

    Document ─▶ Mention ─▶ Link ─▶ Fact ─▶ Graph ─▶ Answer

A value is complete or it is of an earlier type: no field is ever "not yet filled". Offsets are code points of the
document's own text, end exclusive, so that `document.text[start:end]` is the quote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it was read, untouched, with what its front matter says of it."""

    name: str
    """Slug of the path below the given folder: names the graph `graph:<name>`."""
    file: str
    """File name as users know it (with ending); the `document` key of facts."""
    digest: str
    """SHA-256 of the bytes, in hex."""
    text: str
    """The text of a text file: a BOM and each CR counted; of any other file, the text that was taken out of it."""
    body: int = 0
    """Offset where the prose begins: after the front matter, if there is any."""
    meta: tuple[tuple[str, str], ...] = ()
    """Front matter, in its order: title, publisher, province, date, source_file, url, summary …"""

    def get(self, key: str) -> str | None:
        """Front-matter value of `key`, None where there is none."""
        return dict(self.meta).get(key)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words of a document that state a fact, and how they were read."""

    document: str
    """`Document.file`."""
    start: int
    end: int
    quote: str
    """Exactly `text[start:end]`."""
    rule: str
    """Name of the rule that read it."""
    confidence: float
    """0 to 1, two decimals."""
    cues: tuple[Span, ...] = ()
    """The words inside the quote that made the rule speak."""


@dataclass(frozen=True, slots=True)
class Dating:
    """When a claim holds: `as_of` in one of YYYY, YYYY-Qn, YYYY-MM, YYYY-MM-DD, or None where nothing is known."""

    as_of: str | None
    source: str
    """'text' where the claim itself names the date, 'document' where it is the document's."""
    due: str | None = None
    """The date a plan names."""


@dataclass(frozen=True, slots=True)
class SystemRef:
    """A system as an end or intermediary of a connection."""

    id: str
    """Full IRI."""
    label: str
    type: str
    """Local name of the class, such as 'Database'."""
    scope: str
    """Province in full, 'national', or the organisation or district, as the document words it."""


@dataclass(frozen=True, slots=True)
class SystemFact:
    """A document speaks of a system."""

    ref: SystemRef
    alt_labels: tuple[str, ...]
    place: str
    """IRI of the administrative unit the system belongs to; place:vn for national and ministry systems."""
    level: str
    """Local name in the level scheme: national, ministry, province, district, commune."""
    owner: str | None
    """Label of the organisation the name itself gives ("… của Bộ Y tế"), else None."""
    operator: str | None
    """Label of the organisation the text says runs it, else None."""
    status: str
    dating: Dating
    evidence: Evidence
    kind = "system"


@dataclass(frozen=True, slots=True)
class ConnectionFact:
    """A document claims something of a connection: that it runs, is planned, is denied …"""

    id: str
    """IRI of the attestation."""
    connection: str
    """IRI of the connection: the same for the same source, relation, target and intermediaries in every document."""
    source: SystemRef
    relation: str
    """Local name of the relation, such as 'connectsTo'."""
    target: SystemRef
    via: tuple[SystemRef, ...]
    """Intermediaries in the order of the path."""
    status: str
    dating: Dating
    evidence: Evidence
    more: tuple[Evidence, ...] = ()
    """Further passages of the same document that claim the same."""
    kind = "connection"


@dataclass(frozen=True, slots=True)
class UseFact:
    """An organisation, or a class of them, uses a system."""

    id: str
    actor: str
    system: SystemRef
    count: float | None
    dating: Dating
    evidence: Evidence
    kind = "use"


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place as the subject of a measure."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """A figure that a document publishes on a system or a place."""

    id: str
    subject: SystemRef | PlaceRef
    metric: str
    value: float
    unit: str
    dating: Dating
    evidence: Evidence
    kind = "measure"


@dataclass(frozen=True, slots=True)
class PolicyFact:
    """A document names a resolution, decision, plan …"""

    id: str
    label: str
    issuer: str | None
    evidence: Evidence
    kind = "policy"


Fact = SystemFact | ConnectionFact | UseFact | MeasureFact | PolicyFact


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document was found to say."""

    document: Document
    province: str | None
    """IRI of the administrative unit the document is about, None where it is about none or could not be told."""
    province_clue: str
    """What told it, such as 'front matter', 'text: tỉnh X', 'area code 0226'; '' where nothing did."""
    date: str | None
    """The document's date, ISO with lesser precision allowed."""
    facts: tuple[Fact, ...]
    """In the order of the text."""
    unlinked: tuple[tuple[str, Span], ...] = ()
    """Names that look like a system's but could not be resolved, with their place."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows that answer a question, and what must be said beside them."""

    question: str
    parameters: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The one JSON object of the contract: question, parameters, rows, notes."""
        return {
            "question": self.question,
            "parameters": dict(self.parameters),
            "rows": list(self.rows),
            "notes": list(self.notes),
        }
