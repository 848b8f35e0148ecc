"""A small graph in the project's RDF, and a store over it, for tests of what reads graphs."""

from __future__ import annotations

import pyoxigraph

from kg.local import LocalStore
from kg.vocab import PREFIXES, graph_iri

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

TERMS = """
vne:System rdfs:label "Hệ thống thông tin"@vi .
vne:IntermediarySystem rdfs:subClassOf vne:System .
vne:IntegrationPlatform rdfs:subClassOf vne:IntermediarySystem ; rdfs:label "Integration platform"@en , "Nền tảng tích hợp"@vi .
vne:PublicServicePortal rdfs:subClassOf vne:System ; rdfs:label "Public service portal"@en , "Cổng dịch vụ công"@vi .
vne:Database rdfs:subClassOf vne:System ; rdfs:label "Database"@en , "Cơ sở dữ liệu"@vi .
vne:connectsTo rdfs:label "connects to"@en , "kết nối với"@vi .
st:operational skos:prefLabel "đang vận hành"@vi ; rdfs:label "operational"@en .
st:planned skos:prefLabel "kế hoạch"@vi ; rdfs:label "planned"@en .
st:absent skos:prefLabel "chưa có"@vi ; rdfs:label "absent"@en .
st:suspended skos:prefLabel "tạm ngừng"@vi ; rdfs:label "suspended"@en .

place:vn a vne:AdministrativeUnit ; skos:prefLabel "Việt Nam"@vi .
place:ninh-binh a vne:AdministrativeUnit ; skos:prefLabel "Ninh Bình"@vi ; rdfs:label "Ninh Binh"@en ; vne:kind "tỉnh"@vi ;
    dcterms:isPartOf place:vn ; vne:validUntil "2025-06-30"^^xsd:date ; vne:mergedInto place:ninh-binh-2025 .
place:ha-nam a vne:AdministrativeUnit ; skos:prefLabel "Hà Nam"@vi ; vne:kind "tỉnh"@vi ; dcterms:isPartOf place:vn ;
    vne:validUntil "2025-06-30"^^xsd:date ; vne:mergedInto place:ninh-binh-2025 .
place:ninh-binh-2025 a vne:AdministrativeUnit ; skos:prefLabel "Ninh Bình"@vi ; vne:kind "tỉnh"@vi ;
    dcterms:isPartOf place:vn ; vne:validFrom "2025-07-01"^^xsd:date .
place:khanh-hoa a vne:AdministrativeUnit ; skos:prefLabel "Khánh Hòa"@vi ; rdfs:label "Khanh Hoa"@en ; vne:kind "tỉnh"@vi ;
    dcterms:isPartOf place:vn .
place:dien-bien a vne:AdministrativeUnit ; skos:prefLabel "Điện Biên"@vi ; vne:kind "tỉnh"@vi ; dcterms:isPartOf place:vn .
place:quang-ninh a vne:AdministrativeUnit ; skos:prefLabel "Quảng Ninh"@vi ; vne:kind "tỉnh"@vi ; dcterms:isPartOf place:vn .
place:xa-a a vne:AdministrativeUnit ; skos:prefLabel "xã A"@vi ; dcterms:isPartOf place:khanh-hoa .

sys:ndxp a vne:IntegrationPlatform ; skos:prefLabel "Nền tảng tích hợp, chia sẻ dữ liệu quốc gia (NDXP)"@vi ;
    rdfs:label "National Data Exchange Platform (NDXP)"@en ; skos:altLabel "NGSP"@vi , "Trục quốc gia"@vi ;
    vne:scope place:vn ; vne:level lv:national .
sys:cong-dvcqg a vne:PublicServicePortal ; skos:prefLabel "Cổng Dịch vụ công quốc gia"@vi ; vne:scope place:vn ; vne:level lv:national .
sys:csdl-ho-tich a vne:Database ; skos:prefLabel "Cơ sở dữ liệu hộ tịch"@vi ; vne:scope place:vn ; vne:level lv:ministry .
"""


def system(slug: str, label: str, kind: str, place: str, *aliases: str) -> str:
    """A provincial system."""
    names = "".join(f' ; skos:altLabel "{alias}"@vi' for alias in aliases)
    return f'sys:{slug} a vne:{kind} ; skos:prefLabel "{label}"@vi{names} ; vne:scope place:{place} ; vne:level lv:province .\n'


def document(name: str, place: str, date: str, title: str = "Báo cáo", source: str = "") -> str:
    """A document that was read, perhaps a brief of another."""
    origin = f" ; prov:wasDerivedFrom doc:{source}.txt" if source else ""
    named = f'doc:{source}.txt dcterms:identifier "{source}.txt" .\n' if source else ""
    return named + (
        f'doc:{name} a sdo:DigitalDocument ; dcterms:identifier "{name}.md" ; dcterms:title "{title}"@vi ; '
        f'dcterms:publisher "Sở Thông tin" ; dcterms:issued "{date}" ; dcterms:spatial place:{place}{origin} .\n'
    )


def claim(name: str, subject: str, status: str, date: str, doc: str, quote: str = "Đã kết nối.", start: int = 0) -> str:
    """What a document says of a system or connection; `date` in any precision."""
    day = (date + "-01-01")[: 10 if len(date) < 10 else None] if len(date) != 7 else date + "-01"
    text = quote.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return (
        f'att:{name} a vne:Attestation ; vne:attests {subject} ; vne:status st:{status} ; vne:asOf "{day}"^^xsd:date ; '
        f'dcterms:temporal "{date}" ; vne:confidence 0.9 ; vne:rule "verb" ; oa:hasTarget att:{name}-t .\n'
        f"att:{name}-t oa:hasSource doc:{doc} ; oa:hasSelector att:{name}-q , att:{name}-p .\n"
        f'att:{name}-q a oa:TextQuoteSelector ; oa:exact "{text}" .\n'
        f"att:{name}-p a oa:TextPositionSelector ; oa:start {start} ; oa:end {start + len(quote)} .\n"
    )


def connection(name: str, source: str, target: str, *via: str, relation: str = "connectsTo") -> str:
    """A connection with its hops in order; ends are local names of systems."""
    out = f"conn:{name} a vne:Connection ; vne:source sys:{source} ; vne:target sys:{target} ; vne:relationType vne:{relation} .\n"
    for order, step in enumerate(via, 1):
        out += f"conn:{name} vne:via sys:{step} ; vne:hop conn:{name}-h{order} .\n"
        out += f"conn:{name}-h{order} a vne:Hop ; vne:hopOrder {order} ; vne:hopSystem sys:{step} .\n"
    return out


NATION = TERMS + "".join(
    (
        document("nb", "ninh-binh", "2022-04-01", source="000"),
        document("hn", "ha-nam", "2021"),
        document("kh", "khanh-hoa", "2022-03-26"),
        document("db", "dien-bien", "2020-11-24"),
        document("qn", "quang-ninh", "2022-03-19"),
        system("ninh-binh-lgsp", "LGSP tỉnh Ninh Bình", "IntegrationPlatform", "ninh-binh", "LGSP"),
        system("ninh-binh-cong-dvc", "Cổng dịch vụ công tỉnh Ninh Bình", "PublicServicePortal", "ninh-binh"),
        system("ha-nam-lgsp", "LGSP tỉnh Hà Nam", "IntegrationPlatform", "ha-nam", "LGSP"),
        system("khanh-hoa-cong-dvc", "Cổng dịch vụ công tỉnh Khánh Hòa", "PublicServicePortal", "khanh-hoa"),
        system("khanh-hoa-csdl", "Cơ sở dữ liệu khách hàng tỉnh Khánh Hòa", "Database", "khanh-hoa"),
        system("dien-bien-lgsp", "LGSP tỉnh Điện Biên", "IntegrationPlatform", "dien-bien", "LGSP"),
        system("quang-ninh-cong-dvc", "Cổng dịch vụ công tỉnh Quảng Ninh", "PublicServicePortal", "quang-ninh"),
        connection("c1", "ninh-binh-cong-dvc", "cong-dvcqg", "ninh-binh-lgsp", "ndxp"),
        claim("nb-1", "conn:c1", "operational", "2022-03", "nb", "kết nối Cổng DVC quốc gia qua LGSP, NGSP", 40),
        connection("c2", "csdl-ho-tich", "ndxp", "ninh-binh-lgsp"),
        claim("nb-2", "conn:c2", "operational", "2022-03", "nb"),
        connection("c3", "ha-nam-lgsp", "ndxp"),
        claim("hn-1", "conn:c3", "operational", "2021", "hn"),
        connection("c4", "ndxp", "khanh-hoa-csdl"),
        claim("kh-1", "conn:c4", "operational", "2021", "kh"),
        connection("c5", "khanh-hoa-cong-dvc", "ndxp"),
        claim("kh-2", "conn:c5", "planned", "2022-03-26", "kh"),
        connection("c6", "quang-ninh-cong-dvc", "cong-dvcqg"),
        claim("qn-1", "conn:c6", "operational", "2022-03-19", "qn"),
        claim("db-1", "sys:dien-bien-lgsp", "planned", "2020", "db"),
        claim("nb-3", "sys:ninh-binh-lgsp", "operational", "2022-03", "nb"),
    )
)


def store_of(turtle: str = NATION, lexicon: str = "") -> LocalStore:
    """A store in memory that holds `turtle` in one named graph and `lexicon` in the lexicon's."""
    quads: list[pyoxigraph.Quad] = []
    for name, text in (("test", turtle), ("lexicon", lexicon)):
        graph = pyoxigraph.NamedNode(graph_iri(name))
        parsed = pyoxigraph.parse(input=HEAD + text, format=pyoxigraph.RdfFormat.TURTLE)
        quads.extend(pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in parsed)
    return LocalStore.memory(quads)
