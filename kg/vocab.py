"""The few IRIs that code must name: namespaces, prefixes, statuses, relations, and how new names are minted.

Everything else the ontology knows stays under `ontology/`. Names are deterministic: the same parts give the same IRI
in every run, on every machine.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from kg.errors import UnknownNameError

BASE = "https://w3id.org/vn-egov"

VNE = f"{BASE}/ont#"
SYS = f"{BASE}/id/system/"
PLACE = f"{BASE}/id/place/"
AGENCY = f"{BASE}/id/org/"
DOC = f"{BASE}/id/doc/"
CONN = f"{BASE}/id/connection/"
ATT = f"{BASE}/id/attestation/"
STMT = f"{BASE}/id/statement/"
POLICY = f"{BASE}/id/policy/"
GRAPH = f"{BASE}/id/graph/"
ST = f"{BASE}/voc/status/"
LV = f"{BASE}/voc/level/"
LAYER = f"{BASE}/voc/layer/"
METRIC = f"{BASE}/voc/metric/"
KIND = f"{BASE}/voc/kind/"
CUE = f"{BASE}/voc/cue/"

SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
SDO = "https://schema.org/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"

OWN = (VNE, SYS, PLACE, AGENCY, ST, LV, LAYER, METRIC, KIND)
"""Namespaces whose terms are declared under `ontology/` or nowhere."""

PREFIXES: dict[str, str] = {
    "vne": VNE,
    "sys": SYS,
    "place": PLACE,
    "org": ORG,
    "agency": AGENCY,
    "doc": DOC,
    "conn": CONN,
    "att": ATT,
    "stmt": STMT,
    "policy": POLICY,
    "graph": GRAPH,
    "st": ST,
    "lv": LV,
    "layer": LAYER,
    "metric": METRIC,
    "kind": KIND,
    "cue": CUE,
    "skos": SKOS,
    "oa": OA,
    "dcterms": DCTERMS,
    "prov": PROV,
    "sdo": SDO,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
}
"""Predeclared in every query and in every file that is written."""

STATUSES: tuple[str, ...] = (
    "operational",
    "in_progress",
    "pilot",
    "ready",
    "planned",
    "suspended",
    "discontinued",
    "absent",
)
"""Local names in the status scheme, in the order users see them."""

STATUS_RANK: dict[str, int] = {
    "discontinued": 8,
    "suspended": 7,
    "operational": 6,
    "pilot": 5,
    "ready": 4,
    "in_progress": 3,
    "planned": 2,
    "absent": 1,
}
"""Which claim is the current one among several of the same date: the highest."""

STATED = ("operational", "pilot")
PLANNED = ("ready", "in_progress", "planned")
DENIED = ("absent", "suspended", "discontinued")

RELATIONS: tuple[str, ...] = (
    "connectsTo",
    "integratedInto",
    "synchronisesTo",
    "exchangesDocumentsWith",
    "partOf",
    "hostedOn",
)
"""Local names of the six relations between systems."""

FEEDS = ("integratedInto", "synchronisesTo")
"""Relations by which the source feeds the target (`vne:feeds`, in the ontology with the reasons): without it the target
still runs, but on old data or none."""

RESERVED_GRAPHS: tuple[str, ...] = (
    "cues",
    "derived",
    "lexicon",
    "ontology",
    "places",
    "schemes",
    "successions",
    "wordings",
)
"""Names of graphs that are no document's: a document of such a name takes another."""

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
_CURIE = re.compile(r"([A-Za-z][A-Za-z0-9_\-]*):(\S+)")
# Letters that Unicode does not decompose into a plain letter and a mark.
_UNDECOMPOSED = str.maketrans({"đ": "d", "Đ": "D", "ø": "o", "ł": "l"})


def expand(curie: str) -> str:
    """Full IRI of `curie`; an IRI, bare or in angle brackets, is returned as it is.

    >>> expand("sys:ndxp")
    'https://w3id.org/vn-egov/id/system/ndxp'

    Raises:
        UnknownNameError: the prefix is none of `PREFIXES`.

    """
    text = curie.strip()
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    if text.startswith(("http://", "https://", "urn:")):
        return text
    match = _CURIE.fullmatch(text)
    if match and match[1] in PREFIXES:
        return PREFIXES[match[1]] + match[2]
    raise UnknownNameError(
        f"not an IRI or a known prefixed name: {curie!r}", hint=f"known prefixes: {', '.join(sorted(PREFIXES))}"
    )


def compact(iri: str) -> str:
    """Prefixed name of `iri`, or the IRI itself where no prefix fits.

    >>> compact("https://w3id.org/vn-egov/voc/status/ready")
    'st:ready'
    """
    best = max((p for p in PREFIXES if iri.startswith(PREFIXES[p])), key=lambda p: len(PREFIXES[p]), default=None)
    if best is None:
        return iri
    name = iri[len(PREFIXES[best]) :]
    return f"{best}:{name}" if _LOCAL.fullmatch(name) else iri


def local_name(iri: str) -> str:
    """Part of `iri` after its last `#` or `/`.

    >>> local_name("https://w3id.org/vn-egov/ont#Database")
    'Database'
    """
    return iri.rpartition("#")[2].rpartition("/")[2]


def slug(text: str) -> str:
    """Name of `text` in lower-case ASCII letters, digits and single hyphens; 'x' where nothing is left.

    >>> slug("Bộ Y tế (cũ)")
    'bo-y-te-cu'
    """
    plain = unicodedata.normalize("NFD", text.translate(_UNDECOMPOSED)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "x"


def short_hash(*parts: object) -> str:
    """Twelve hex digits of the SHA-256 of `parts`, kept apart by a character that no name holds.

    >>> short_hash("a", "b") == short_hash("ab")
    False
    """
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def connection_iri(source: str, relation: str, target: str, via: Sequence[str] = ()) -> str:
    """IRI of the connection with these ends, relation (local name) and intermediaries, all ends as IRIs."""
    return CONN + short_hash(source, relation, target, *via)


def attestation_iri(document_name: str, subject: str, status: str, start: int) -> str:
    """IRI of what document `document_name` says of `subject` (a connection's or system's IRI) at offset `start`."""
    return f"{ATT}{document_name}-{short_hash(subject, status, start)}"


def statement_iri(document_name: str, kind: str, *parts: object) -> str:
    """IRI of a usage or measure statement (`kind` 'use' or 'measure') of one document."""
    return f"{STMT}{document_name}-{short_hash(kind, *parts)}"


def document_iri(document_name: str) -> str:
    """IRI of a document, by its name."""
    return DOC + document_name


def graph_iri(name: str) -> str:
    """IRI of a named graph: a document's name, or one of ontology, lexicon, places, derived and so on."""
    return GRAPH + name
