"""Hand-made readings of invented documents: what the reader would give, for tests of everything after it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg.local import LocalStore
from kg.model import (
    ConnectionFact,
    Dating,
    Document,
    Evidence,
    Fact,
    MeasureFact,
    PlaceRef,
    PolicyFact,
    Reading,
    Span,
    SystemFact,
    SystemRef,
    UseFact,
)
from kg.vocab import PLACE, POLICY, SYS, attestation_iri, connection_iri, slug, statement_iri

LGSP = SystemRef(f"{SYS}binh-minh-lgsp", "LGSP tỉnh Bình Minh", "IntegrationPlatform", "Bình Minh")
PORTAL = SystemRef(f"{SYS}binh-minh-cong-dvc", "Cổng dịch vụ công tỉnh Bình Minh", "PublicServicePortal", "Bình Minh")
HUB = SystemRef(f"{SYS}ndxp", "Trục quốc gia", "IntegrationPlatform", "national")
NATIONAL = SystemRef(f"{SYS}cong-dvcqg", "Cổng DVC quốc gia", "PublicServicePortal", "national")
REGISTER = SystemRef(f"{SYS}csdl-dan-cu", "Cơ sở dữ liệu dân cư", "Database", "national")

TEXT = (
    "LGSP tỉnh Bình Minh đã vận hành.\n"
    "Cổng dịch vụ công tỉnh Bình Minh đã kết nối Cổng DVC quốc gia qua LGSP, NGSP.\n"
    "LGSP chưa kết nối Cơ sở dữ liệu dân cư.\n"
    "18 sở, ngành sử dụng Cổng dịch vụ công; có 2.042 hồ sơ theo Nghị quyết 01-NQ/TU.\n"
)


def document(name: str = "bao-cao", text: str = TEXT, **meta: str) -> Document:
    """A document `<name>.md` with front matter `meta`."""
    digest = hashlib.sha256((name + text).encode()).hexdigest()
    return Document(name, f"{name}.md", digest, text, 0, tuple(meta.items()))


def evidence(paper: Document, quote: str, *cues: str, rule: str = "verb", confidence: float = 0.93) -> Evidence:
    """The first place in `paper` that says `quote`, with the words `cues` in it."""
    start = paper.text.index(quote)
    places = tuple(Span(start + quote.index(cue), start + quote.index(cue) + len(cue)) for cue in cues)
    return Evidence(paper.file, start, start + len(quote), quote, rule, confidence, places)


def system(
    paper: Document,
    ref: SystemRef = LGSP,
    quote: str = "",
    status: str = "operational",
    as_of: str = "2022-03",
    *,
    aliases: tuple[str, ...] = (),
    operator: str | None = None,
    place: str = "binh-minh",
    level: str = "province",
) -> SystemFact:
    """The document speaks of `ref`; the quote is its label unless another is given."""
    words = evidence(paper, quote or ref.label)
    return SystemFact(ref, aliases, f"{PLACE}{place}", level, None, operator, status, Dating(as_of, "document"), words)


def connection(
    paper: Document,
    source: SystemRef = PORTAL,
    target: SystemRef = NATIONAL,
    via: tuple[SystemRef, ...] = (),
    status: str = "operational",
    as_of: str = "2022-03",
    quote: str = "đã kết nối Cổng DVC quốc gia qua LGSP, NGSP",
    *,
    relation: str = "connectsTo",
    due: str | None = None,
) -> ConnectionFact:
    """The document claims `status` of the connection."""
    words = evidence(paper, quote, *(["kết nối"] if "kết nối" in quote else []))
    node = connection_iri(source.id, relation, target.id, [ref.id for ref in via])
    att = attestation_iri(paper.name, node, status, words.start)
    return ConnectionFact(att, node, source, relation, target, via, status, Dating(as_of, "text", due), words)


def use(paper: Document, actor: str = "18 sở, ngành", ref: SystemRef = PORTAL, count: float | None = 18) -> UseFact:
    """The document says that `actor` uses `ref`."""
    words = evidence(paper, actor)
    node = statement_iri(paper.name, "use", actor, ref.id)
    return UseFact(node, actor, ref, count, Dating("2022-03", "document"), words)


def measure(paper: Document, value: float = 2042, subject: SystemRef | PlaceRef = PORTAL) -> MeasureFact:
    """The document gives a figure on `subject`."""
    words = evidence(paper, "2.042 hồ sơ")
    node = statement_iri(paper.name, "measure", subject.id, value)
    return MeasureFact(node, subject, "số hồ sơ", value, "hồ sơ", Dating("2022", "text"), words)


def policy(paper: Document, label: str = "Nghị quyết 01-NQ/TU", issuer: str | None = "Tỉnh ủy Bình Minh") -> PolicyFact:
    """The document cites a policy."""
    return PolicyFact(POLICY + slug(label), label, issuer, evidence(paper, label))


def reading(paper: Document, *facts: Fact, date: str | None = "2022-03-19", clue: str = "front matter") -> Reading:
    """What `paper` was found to say."""
    return Reading(paper, f"{PLACE}binh-minh", clue, date, facts, (("Trục lạ", Span(0, 4)),))


def report(name: str = "bao-cao", **meta: str) -> Reading:
    """One reading with a fact of every kind."""
    return Reader().read(document(name, **meta))


ONTOLOGY = {
    "core.ttl": """@prefix vne: <https://w3id.org/vn-egov/ont#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
vne:IntermediarySystem rdfs:subClassOf vne:System .
vne:IntegrationPlatform rdfs:subClassOf vne:IntermediarySystem .
vne:PublicServicePortal rdfs:subClassOf vne:System .
vne:Database rdfs:subClassOf vne:System .
""",
    "places.ttl": """@prefix place: <https://w3id.org/vn-egov/id/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vne: <https://w3id.org/vn-egov/ont#> .
place:vn a vne:AdministrativeUnit ; skos:prefLabel "Việt Nam"@vi .
place:binh-minh a vne:AdministrativeUnit ; skos:prefLabel "Bình Minh"@vi .
""",
    "lexicon.ttl": """@prefix sys: <https://w3id.org/vn-egov/id/system/> .
@prefix agency: <https://w3id.org/vn-egov/id/org/> .
@prefix place: <https://w3id.org/vn-egov/id/place/> .
@prefix lv: <https://w3id.org/vn-egov/voc/level/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vne: <https://w3id.org/vn-egov/ont#> .
sys:ndxp a vne:IntegrationPlatform ; skos:prefLabel "Nền tảng tích hợp, chia sẻ dữ liệu quốc gia (NDXP)"@vi ;
    skos:altLabel "NGSP"@vi ; vne:scope place:vn ; vne:level lv:national .
sys:cong-dvcqg a vne:PublicServicePortal ; skos:prefLabel "Cổng Dịch vụ công quốc gia"@vi ; vne:scope place:vn ; vne:level lv:national .
agency:so-tttt a org:Organization ; skos:prefLabel "Sở Thông tin và Truyền thông"@vi ; skos:altLabel "Sở Thông tin"@vi .
""",
    "shapes.ttl": """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix vne: <https://w3id.org/vn-egov/ont#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
vne:ConnectionShape a sh:NodeShape ; sh:targetClass vne:Connection ;
    sh:property vne:OneTarget .
vne:OneTarget a sh:PropertyShape ; sh:path vne:target ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:message "Kết nối phải có đúng một đích"@vi , "A connection has exactly one target"@en .
vne:LabelShape a sh:NodeShape ; sh:targetClass vne:IntegrationPlatform ;
    sh:property vne:EnglishLabel .
vne:EnglishLabel a sh:PropertyShape ; sh:path skos:altLabel ; sh:minCount 1 ; sh:severity sh:Warning ;
    sh:message "Nên có tên khác"@vi , "Another name would be good"@en .
""",
    "derive/10-status.rq": """# Status of the current claim.
CONSTRUCT { ?x vne:latestStatus ?status } WHERE {
  ?x vne:attestedBy ?a . ?a vne:status ?status
  MINUS { ?x vne:attestedBy ?b . ?a vne:asOf ?day . ?b vne:asOf ?later . FILTER(?later > ?day) }
}
""",
    "derive/20-short-cuts.rq": """# Short cuts on the operational layer.
CONSTRUCT { ?s ?p ?o } WHERE {
  ?c vne:latestStatus st:operational ; vne:source ?s ; vne:relationType ?p ; vne:target ?o
}
""",
}
"""A small ontology by file name: enough to build, derive and validate."""


@dataclass(frozen=True)
class Ontology:
    """An ontology folder as a build wants it."""

    folder: Path
    digest: str = "0" * 64

    def require_terms(self, path: Path) -> None:
        """Every term will do."""


def ontology(folder: Path, **changed: str) -> Ontology:
    """Write the small ontology into `folder`; `changed` gives other text for a file, by its name's stem."""
    for name, text in ONTOLOGY.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, text), encoding="utf-8")
    return Ontology(folder)


class Reader:
    """Reads every document as a report that says the same: one fact of every kind."""

    def read(self, document: Document) -> Reading:
        """Facts at the places where the fixed text has them; a text that lacks it says nothing."""
        if TEXT not in document.text:
            return reading(document)
        return reading(
            document,
            system(document, aliases=("LGSP",), operator="Sở Thông tin"),
            system(document, PORTAL),
            connection(document, via=(LGSP, HUB)),
            connection(document, LGSP, REGISTER, status="absent", quote="LGSP chưa kết nối Cơ sở dữ liệu dân cư"),
            use(document),
            measure(document),
            policy(document),
        )


def pages(store: LocalStore, folder: Path) -> None:
    """Write a page that says how much is in the store."""
    (folder / "index.html").write_text(f"<p>{len(store)}</p>\n", encoding="utf-8")


def texts(folder: Path, *names: str, text: str = TEXT) -> Path:
    """Write documents of these names into `folder`; each has a line of its own, so that none is a copy."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.md").write_text(f"{text}{name}\n", encoding="utf-8")
    return folder
