"""Readings → graph: joined where things are one, apart where documents are."""

from dataclasses import replace

from kg.graph import fact_json, gather
from kg.local import LocalStore
from kg.model import PlaceRef, Reading, SystemFact
from kg.rdf import Quad, iri, literal
from kg.triples import CONTEXT
from kg.vocab import AGENCY, DOC, METRIC, PLACE, SKOS, SYS
from tests.fakes import (
    HUB,
    LGSP,
    NATIONAL,
    PORTAL,
    REGISTER,
    connection,
    document,
    evidence,
    measure,
    reading,
    report,
    system,
)

KNOWN = [
    Quad(iri(HUB.id), iri(f"{SKOS}prefLabel"), literal("NDXP", "vi"), iri("http://x/g")),
    Quad(iri(f"{AGENCY}so-tttt"), iri(f"{SKOS}prefLabel"), literal("Sở TTTT", "vi"), iri("http://x/g")),
    Quad(iri(f"{AGENCY}so-tttt"), iri(f"{SKOS}altLabel"), literal("Sở Thông tin", "vi"), iri("http://x/g")),
    Quad(iri(f"{METRIC}files"), iri(f"{SKOS}prefLabel"), literal("số hồ sơ", "vi"), iri("http://x/g")),
]


def store(*readings: Reading) -> LocalStore:
    return LocalStore.memory(gather(readings, KNOWN).quads())


def rows(store: LocalStore, query: str) -> list[tuple]:
    return [tuple(row.values()) for row in store.select(query)]


def test_the_order_of_documents_does_not_matter():
    one, other = report("a"), report("b")
    assert gather([one, other]) == gather([other, one])


def test_equal_claims_of_two_documents_are_one_connection_with_two_attestations():
    graph = gather([report("a"), report("b")])
    assert [len(found.claims) for found in graph.connections] == [2, 2]
    counted = rows(
        store(report("a"), report("b")),
        "SELECT ?c (COUNT(?a) AS ?n) { ?c vne:attestedBy ?a ; a vne:Connection } GROUP BY ?c",
    )
    assert [count for _, count in counted] == ["2", "2"]


def test_each_document_states_only_what_it_says():
    paper = document("b")
    found = store(report("a"), reading(paper, system(paper, NATIONAL, quote="Cổng DVC quốc gia")))
    assert rows(found, "SELECT ?g { GRAPH ?g { ?c a vne:Connection } }") != []
    assert rows(found, "SELECT ?c { GRAPH graph:b { ?c a vne:Connection } }") == []


def test_passages_of_one_claim_are_further_evidence_of_it():
    paper = document()
    first = connection(paper)
    again = replace(first, evidence=evidence(paper, "LGSP, NGSP", rule="list", confidence=0.5))
    graph = gather([reading(paper, first, again, first)])
    (claim,) = graph.connections[0].claims
    assert (claim.evidence.quote, [passage.quote for passage in claim.more]) == (first.evidence.quote, ["LGSP, NGSP"])
    found = LocalStore.memory(graph.quads())
    assert rows(found, "SELECT ?q { ?a vne:attests ?c ; oa:hasTarget/oa:hasSelector/oa:exact ?q } ORDER BY ?q") == [
        ("LGSP, NGSP",),
        (first.evidence.quote,),
    ]
    assert rows(found, "SELECT ?rule { ?t oa:hasSource ?d ; vne:rule ?rule }") == [("list",)]


def test_the_wording_of_most_documents_is_the_label_and_the_rest_are_aliases():
    other = replace(LGSP, label="Trục LGSP tỉnh Bình Minh")
    readings = []
    for name, ref in (("a", LGSP), ("b", LGSP), ("c", other)):
        paper = document(name)
        readings.append(reading(paper, system(paper, ref, quote="LGSP tỉnh Bình Minh")))
    (found,) = gather(readings).systems
    assert (found.label, found.alt_labels) == (LGSP.label, (other.label,))
    assert found.documents == ("a", "b", "c")
    labels = rows(
        store(*readings),
        f"SELECT ?p ?l {{ <{LGSP.id}> ?p ?l FILTER(?p IN (skos:prefLabel, skos:altLabel)) }} ORDER BY ?l",
    )
    assert labels == [(f"{SKOS}prefLabel", LGSP.label), (f"{SKOS}altLabel", other.label)]


def test_what_the_ontology_names_keeps_its_label_and_place():
    paper = document()
    found = store(reading(paper, system(paper, HUB, quote="NGSP", place="vn", level="national")))
    assert rows(found, f"SELECT ?l {{ <{HUB.id}> skos:altLabel ?l }}") == [(HUB.label,)]
    assert not found.ask(f"ASK {{ <{HUB.id}> skos:prefLabel|vne:scope|vne:level ?x }}")


def test_every_type_is_kept_and_one_place():
    facts = []
    for name, kind, place in (
        ("a", "Database", "binh-minh"),
        ("b", "DataCentre", "binh-minh"),
        ("c", "Database", "xa-a"),
    ):
        paper = document(name)
        facts.append(reading(paper, system(paper, replace(LGSP, type=kind), place=place)))
    (found,) = gather(facts).systems
    assert found.types == ("DataCentre", "Database")
    assert found.place == f"{PLACE}binh-minh"
    assert len(rows(store(*facts), f"SELECT ?p {{ <{LGSP.id}> vne:scope ?p }}")) == 1


def test_the_current_claim_is_the_latest_and_of_one_day_the_weightiest():
    def status(*claims: tuple[str, str]) -> str:
        readings = []
        for number, (state, as_of) in enumerate(claims):
            paper = document(f"d{number}")
            readings.append(reading(paper, connection(paper, status=state, as_of=as_of)))
        return gather(readings).connections[0].status

    assert status(("operational", "2022-03"), ("suspended", "2022-Q1")) == "operational"
    assert status(("operational", "2022-03"), ("planned", "2022-04-01")) == "planned"
    assert status(("absent", "2022"), ("planned", "2022-01"), ("pilot", "2022-01-01")) == "pilot"


def test_a_system_that_is_only_an_end_of_a_connection_has_type_and_label():
    paper = document()
    found = store(reading(paper, connection(paper, LGSP, REGISTER, quote="LGSP")))
    assert rows(found, f"SELECT ?t ?l {{ <{REGISTER.id}> a ?t ; skos:prefLabel ?l FILTER(?t != vne:System) }}") == [
        ("https://w3id.org/vn-egov/ont#Database", REGISTER.label)
    ]


def test_hops_carry_the_order_of_intermediaries():
    paper = document()
    found = store(reading(paper, connection(paper, via=(LGSP, HUB))))
    assert rows(found, "SELECT ?k ?s { ?c vne:hop ?h . ?h vne:hopOrder ?k ; vne:hopSystem ?s } ORDER BY ?k") == [
        ("1", LGSP.id),
        ("2", HUB.id),
    ]
    assert {name for (name,) in rows(found, "SELECT ?s { ?c vne:via ?s }")} == {LGSP.id, HUB.id}


def test_selectors_find_the_words_in_the_text():
    paper = document()
    found = store(reading(paper, connection(paper)))
    query = (
        "SELECT ?exact ?prefix ?suffix ?start ?end ?cue_start ?cue_end { ?t oa:hasSelector ?q , ?p ; vne:cue ?c ; oa:hasSource ?d ."
        " ?q oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix . ?p oa:start ?start ; oa:end ?end ."
        " ?c oa:start ?cue_start ; oa:end ?cue_end }"
    )
    ((exact, prefix, suffix, start, end, cue_start, cue_end),) = rows(found, query)
    text = paper.text
    assert text[int(start) : int(end)] == exact
    assert text[int(start) - CONTEXT : int(start)] == prefix
    assert text[int(end) : int(end) + CONTEXT] == suffix
    assert text[int(cue_start) : int(cue_end)] == "kết nối"


def test_a_date_is_a_day_and_its_own_words():
    paper = document()
    found = store(reading(paper, connection(paper, as_of="2022-Q3", status="planned", due="2025"), date="2022-10"))
    assert rows(
        found,
        "SELECT ?day ?words ?due ?from { ?a vne:attests ?c ; vne:asOf ?day ; dcterms:temporal ?words ; vne:due ?due ; vne:asOfSource ?from }",
    ) == [("2022-07-01", "2022-Q3", "2025", "text")]
    assert rows(found, "SELECT ?day ?words { ?d dcterms:issued ?day ; dcterms:date ?words }") == [
        ("2022-10-01", "2022-10")
    ]


def test_a_document_is_described_and_a_brief_names_its_source():
    paper = document(
        "tom-tat", title="Tóm tắt", publisher="Sở", source_file="000.txt", url="https://x.example/a", read="2026-01-02"
    )
    found = store(reading(paper))
    query = (
        "SELECT ?id ?title ?publisher ?place ?clue ?digest ?source ?url ?read { ?d a sdo:DigitalDocument , prov:Entity ; dcterms:identifier ?id ;"
        " dcterms:title ?title ; dcterms:publisher ?publisher ; dcterms:spatial ?place ; vne:provinceClue ?clue ; vne:digest ?digest ;"
        " vne:readOn ?read ; prov:wasDerivedFrom ?origin . ?origin dcterms:identifier ?source ; sdo:url ?url }"
    )
    assert rows(found, query) == [
        (
            "tom-tat.md",
            "Tóm tắt",
            "Sở",
            f"{PLACE}binh-minh",
            "front matter",
            paper.digest,
            "000.txt",
            "https://x.example/a",
            "2026-01-02",
        )
    ]
    assert found.ask(f"ASK {{ doc:tom-tat prov:wasDerivedFrom <{DOC}000.txt> }}")


def test_hostile_front_matter_stays_text():
    paper = document("x", title='a"> <b', source_file="../a b/<c>.txt", url="javascript:alert(1) <x>")
    found = store(reading(paper))
    assert rows(found, "SELECT ?u { ?d sdo:url ?u }") == [("javascript:alert(1) <x>",)]
    assert rows(found, "SELECT ?i { ?d prov:wasDerivedFrom/dcterms:identifier ?i }") == [("../a b/<c>.txt",)]


def test_organisations_are_those_of_the_lexicon_or_named_by_their_label():
    paper = document()
    known, new = system(paper, operator="Sở Thông tin"), system(paper, PORTAL, operator="Ban " + "dài " * 40)
    found = store(reading(paper, known, new))
    operators = dict(rows(found, "SELECT ?s ?o { ?s vne:operator ?o }"))
    assert operators[LGSP.id] == f"{AGENCY}so-tttt"
    assert operators[PORTAL.id].startswith(f"{AGENCY}ban-dai-dai")
    assert len(operators[PORTAL.id]) < len(AGENCY) + 80
    assert not found.ask("ASK { agency:so-tttt skos:prefLabel ?x }")


def test_a_measure_of_a_known_metric_points_to_it():
    paper = document()
    place = PlaceRef(f"{PLACE}binh-minh", "Bình Minh")
    found = store(reading(paper, measure(paper), measure(paper, 2.5, place)))
    assert rows(
        found,
        "SELECT ?v ?of { ?m a vne:MeasureStatement ; vne:metric metric:files ; sdo:value ?v ; vne:measureOf ?of } ORDER BY ?v",
    ) == [
        ("2.5", place.id),
        ("2042", PORTAL.id),
    ]


def test_facts_are_listed_by_document_and_place():
    graph = gather([report("b"), report("a")])
    order = [(fact.evidence.document, fact.evidence.start) for fact in graph.facts()]
    assert order == sorted(order)
    assert len(order) == 14


def test_facts_have_the_keys_that_scripts_rely_on():
    common = ["kind", "id", "document", "start", "end", "quote", "rule", "confidence"]
    own = {
        "system": ["label", "alt_labels", "type", "scope", "operator", "status", "as_of", "as_of_source"],
        "connection": ["connection", "source", "relation", "target", "via", "status", "as_of", "as_of_source", "due"],
        "use": ["actor", "system", "count"],
        "measure": ["subject", "metric", "value", "unit", "as_of", "as_of_source"],
        "policy": ["label", "issuer"],
    }
    seen = {}
    for fact in gather([report()]).facts():
        row = fact_json(fact)
        seen[row["kind"]] = list(row)
        assert row["quote"] == document().text[row["start"] : row["end"]]
        if isinstance(fact, SystemFact):
            assert row["id"].startswith(SYS)
    assert seen == {kind: common + keys for kind, keys in own.items()}


def test_numbers_in_facts_are_whole_where_they_are_whole():
    paper = document()
    values = [fact_json(measure(paper, value))["value"] for value in (2042.0, 2.5)]
    assert values == [2042, 2.5]
    assert isinstance(values[0], int)
