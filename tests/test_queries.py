"""Named questions: found by file, name or text, and told what they want to know."""

import pytest

from kg.errors import AmbiguousNameError, OntologyError, QuerySyntaxError, UnknownNameError, UsageError
from kg.graph import gather
from kg.local import LocalStore
from kg.ontology import ontology_folder
from kg.queries import TYPES, bind, find, questions, run, values
from kg.rdf import iri, literal
from kg.vocab import PLACE, SYS
from tests import fakes

TEXT = """# title@vi: Hệ thống của tỉnh?
# title@en: Systems of the province?
# description@en: All of them.
# param province: place = Bình Minh
# param system: system
SELECT ?province ?system ?label WHERE { ?system vne:scope ?province ; skos:prefLabel ?label }
"""


@pytest.fixture
def store(tmp_path):
    from kg.derive import ontology_quads

    known = list(ontology_quads(fakes.ontology(tmp_path / "ontology").folder))
    return LocalStore.memory([*known, *gather([fakes.report()], known).quads()])


@pytest.fixture
def question(tmp_path):
    path = tmp_path / "of-province.rq"
    path.write_text(TEXT, encoding="utf-8")
    return find(path)


def test_the_head_of_a_question_says_what_it_asks(question):
    assert (question.name, question.title("en"), question.title("fr")) == (
        "of-province",
        "Systems of the province?",
        "Hệ thống của tỉnh?",
    )
    assert [(one.name, one.type, one.default) for one in question.parameters] == [
        ("province", "place", "Bình Minh"),
        ("system", "system", None),
    ]


def test_names_become_iris_and_defaults_stand_in(store, question):
    rows = list(run(store, question.text, {"system": "lgsp"}).rows())
    assert rows == [{"province": f"{PLACE}binh-minh", "system": fakes.LGSP.id, "label": fakes.LGSP.label}]


@pytest.mark.parametrize("given", ["sys:binh-minh-lgsp", fakes.LGSP.id, "LGSP tỉnh Bình Minh", "lgsp tinh binh minh"])
def test_a_system_may_be_given_by_any_of_its_names(store, question, given):
    assert values(store, question, {"system": given})["system"] == (iri(fakes.LGSP.id),)


def test_what_is_missing_unknown_or_nameless_is_told(store, question):
    with pytest.raises(UsageError, match="wants a value for 'system'"):
        values(store, question, {})
    with pytest.raises(UnknownNameError, match="no parameter 'nope'") as refusal:
        values(store, question, {"nope": "x"})
    assert refusal.value.choices == ("province", "system")
    with pytest.raises(UnknownNameError, match="no system is called"):
        values(store, question, {"system": "Hệ thống lạ"})
    with pytest.raises(AmbiguousNameError):
        values(store, question, {"system": _ambiguous(store)})


def _ambiguous(store):
    """Two systems get the same alias."""
    from kg.rdf import Quad

    alias = iri("http://www.w3.org/2004/02/skos/core#altLabel")
    store.fill(
        Quad(iri(node), alias, literal("Cổng", "vi"), iri("http://x/g")) for node in (fakes.LGSP.id, fakes.PORTAL.id)
    )
    return "Cổng"


@pytest.mark.parametrize(
    ("kind", "text", "terms"),
    [
        (
            "status",
            "planned,st:ready",
            ["https://w3id.org/vn-egov/voc/status/planned", "https://w3id.org/vn-egov/voc/status/ready"],
        ),
        ("level", "province", ["https://w3id.org/vn-egov/voc/level/province"]),
        ("class", "Database", ["https://w3id.org/vn-egov/ont#Database"]),
        ("class", "vne:Database", ["https://w3id.org/vn-egov/ont#Database"]),
        ("iri", "sys:x", [f"{SYS}x"]),
        ("text", 'a" } DROP ALL #', ['a" } DROP ALL #']),
        ("date", "2022-Q2", ["2022-04-01"]),
        ("number", "2.50", ["2.5"]),
    ],
)
def test_a_value_is_read_by_its_type(store, kind, text, terms):
    asked = find(f"# param x: {kind}\nSELECT ?x {{ }}")
    assert [term.value for term in values(store, asked, {"x": text})["x"]] == terms
    assert [row["x"] for row in run(store, asked.text, {"x": text}).rows()] == terms


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("status", "nope"),
        ("date", "hôm qua"),
        ("number", "1; DROP"),
        ("iri", "x"),
        ("iri", "http://a/<b>"),
        ("system", "nope:x"),
    ],
)
def test_a_value_of_another_type_is_refused(store, kind, text):
    with pytest.raises(UsageError):
        run(store, f"# param x: {kind}\nSELECT ?x {{ }}", {"x": text})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x ?p ?o }",
        "# { in a comment\nSELECT ('{' AS ?y) ?x WHERE { { ?x ?p ?o } UNION { ?x a vne:System } }",
        "CONSTRUCT { ?x ?p ?o } WHERE { ?x ?p ?o }",
        "CONSTRUCT WHERE { ?x ?p ?o }",
        "ASK { ?x ?p ?o }",
        "SELECT ?x FROM graph:bao-cao { ?x ?p ?o } GROUP BY ?x",
        "DESCRIBE ?x WHERE { ?x ?p ?o }",
    ],
)
def test_a_parameter_is_bound_inside_where_in_every_form_of_query(store, text):
    asked = find(f"# param x: iri\n{text}")
    terms = {"x": (iri(fakes.LGSP.id), iri(fakes.HUB.id))}
    if text.startswith("CONSTRUCT WHERE"):
        with pytest.raises(QuerySyntaxError):  # this short form takes triples only
            store.query(bind(asked, terms))
    else:
        result = store.query(bind(asked, terms))
        assert result.serialise("turtle" if result.form == "graph" else "json")


def test_a_bound_query_without_braces_is_refused():
    with pytest.raises(QuerySyntaxError, match="no WHERE"):
        bind(find("DESCRIBE sys:a"), {"x": (literal("1"),)})


def test_a_broken_head_is_an_error_of_the_ontology(tmp_path):
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "a.rq").write_text("# title@en: A\n# param x: colour\nASK {}", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"a\.rq:2: not a parameter"):
        questions(tmp_path)


def test_a_word_that_is_no_question_gets_the_nearest_ones(tmp_path):
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "hub-links.rq").write_text("ASK {}", encoding="utf-8")
    assert find("hub-links", tmp_path).text == "ASK {}"
    with pytest.raises(UnknownNameError) as refusal:
        find("hub-link", tmp_path)
    assert refusal.value.choices == ("hub-links",)


@pytest.mark.parametrize("name", sorted(questions(ontology_folder())))
def test_every_question_of_the_ontology_parses_and_says_what_it_is(store, name):
    asked = questions()[name]
    assert set(asked.titles) == {"vi", "en"}
    assert all(one.type in TYPES for one in asked.parameters)
    terms = {one.name: (iri(f"{SYS}ndxp"),) for one in asked.parameters}
    assert store.query(bind(asked, terms)).variables
