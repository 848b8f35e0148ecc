"""The store: one union, no duplicates, closed to writing once it is built."""

import json
import shutil

import pytest

from kg.errors import InputMissingError, QuerySyntaxError, StoreError, TooLargeError, UsageError
from kg.graph import gather
from kg.local import LocalStore
from kg.rdf import Quad, iri, literal
from kg.store import Store, open_store
from kg.trig import write_trig
from kg.vocab import GRAPH, SYS
from tests.fakes import report

P = iri("http://x/p")


def quad(subject: str, value: str, graph: str) -> Quad:
    return Quad(iri(f"{SYS}{subject}"), P, literal(value, "vi"), iri(GRAPH + graph))


TWICE = [quad("a", "1", "x"), quad("a", "1", "y"), quad("b", "2", "y")]


@pytest.fixture(params=["memory", "disk"])
def store(request, tmp_path):
    if request.param == "memory":
        return LocalStore.memory(TWICE)
    built = LocalStore.create(tmp_path / "store")
    built.fill(TWICE)
    built.finish()
    return LocalStore.open(tmp_path)


def test_a_triple_that_two_documents_state_counts_once(store):
    assert [row["n"] for row in store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")] == ["2"]
    assert len(store) == 2
    assert len(list(store.triples())) == 2


def test_each_named_graph_can_be_asked_alone(store):
    assert [row["n"] for row in store.select("SELECT (COUNT(*) AS ?n) FROM graph:x { ?s ?p ?o }")] == ["1"]
    assert [row["g"] for row in store.select("SELECT ?g { GRAPH ?g { sys:a ?p ?o } } ORDER BY ?g")] == [
        GRAPH + "x",
        GRAPH + "y",
    ]
    assert store.graphs() == (GRAPH + "x", GRAPH + "y")
    assert len(list(store.quads())) == 3
    assert len(list(store.quads(GRAPH + "y"))) == 2


def test_a_dataset_goes_before_what_the_query_says(store):
    def count(query, default, named):
        (row,) = store.query(
            query, dataset=([GRAPH + name for name in default], [GRAPH + name for name in named])
        ).rows()
        return row["n"]

    everything, inside = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(everything, ["x"], []) == "1"
    assert count(everything, ["x", "y"], []) == "2"
    assert count(everything, [], ["x"]) == "0"
    assert count(inside, ["x"], []) == "0"
    assert count(inside, ["x"], ["y"]) == "2"
    assert count(inside, ["x", "y"], ["y"]) == "2"
    assert count("SELECT (COUNT(*) AS ?n) FROM graph:y { ?s ?p ?o }", ["x"], []) == "1"
    assert count("SELECT (COUNT(*) AS ?n) FROM graph:y { ?s ?p ?o }", ["x", "y"], []) == "2"


@pytest.mark.parametrize(
    ("clauses", "default", "named"),
    [
        ("FROM graph:x FROM graph:y", "2", "0"),
        (f"FROM <{GRAPH}x> from<{GRAPH}y> FROM NAMED graph:x", "2", "1"),
        ("FROM graph:y", "2", "0"),
        ("FROM NAMED graph:x FROM NAMED graph:y", "0", "3"),
        ("FROM graph:x FROM graph:x", "1", "0"),
    ],
)
def test_graphs_that_a_query_names_are_merged_as_sets(store, clauses, default, named):
    (row,) = store.select(f"SELECT (COUNT(*) AS ?n) {clauses} {{ ?s ?p ?o }}")
    assert row["n"] == default
    (row,) = store.select(f"PREFIX q: <{GRAPH}> SELECT (COUNT(*) AS ?n) {clauses} {{ GRAPH ?g {{ ?s ?p ?o }} }}")
    assert row["n"] == named


def test_a_construct_may_name_its_graphs_behind_the_template(store):
    query = f"PREFIX q: <{GRAPH}> CONSTRUCT {{ ?s q:from ?o }} FROM q:x FROM q:y WHERE {{ ?s ?p ?o }}"
    assert len(list(store.construct(query))) == 2


@pytest.mark.parametrize(
    ("query", "name"), [("SELECT * { ?s ?p ?o }", "csv"), ("CONSTRUCT WHERE { ?s ?p ?o }", "turtle")]
)
def test_an_answer_beyond_its_limit_is_an_error(store, query, name):
    size = len(store.query(query).serialise(name))
    assert len(store.query(query).serialise(name, limit=size)) == size
    with pytest.raises(TooLargeError):
        store.query(query).serialise(name, limit=size - 1)


def test_rows_are_plain_text_and_none_where_unbound(store):
    rows = list(store.select("SELECT ?s ?o ?none { ?s ?p ?o } ORDER BY ?s"))
    assert rows[0] == {"s": f"{SYS}a", "o": "1", "none": None}


def test_every_form_of_query_answers_in_its_standard_formats(store):
    rows = store.query("SELECT ?o { sys:b ?p ?o }")
    assert (rows.form, rows.variables) == ("rows", ("o",))
    assert json.loads(rows.serialise("json"))["results"]["bindings"] == [
        {"o": {"type": "literal", "value": "2", "xml:lang": "vi"}}
    ]
    assert store.query("ASK { sys:b ?p ?o }").serialise("json") == b'{"head":{},"boolean":true}'
    turtle = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s = sys:b) }").serialise("turtle")
    assert b'sys:b <http://x/p> "2"@vi' in turtle
    assert len(list(store.construct("DESCRIBE sys:a"))) == 1


@pytest.mark.parametrize(
    ("query", "use"),
    [
        ("SELECT ?s { ?s ?p ?o }", bool),
        ("SELECT ?s { ?s ?p ?o }", lambda result: result.triples()),
        ("SELECT ?s { ?s ?p ?o }", lambda result: result.serialise("turtle")),
        ("ASK { ?s ?p ?o }", lambda result: list(result.rows())),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", lambda result: result.serialise("csv")),
    ],
)
def test_an_answer_of_another_form_is_refused(query, use):
    with pytest.raises(UsageError):
        use(LocalStore.memory(TWICE).query(query))


def test_a_built_store_cannot_be_changed(tmp_path):
    LocalStore.create(tmp_path / "store").finish()
    store = LocalStore.open(tmp_path)
    with pytest.raises(RuntimeError, match="read-write"):
        store.inner.add(TWICE[0])
    with pytest.raises(QuerySyntaxError):
        store.query("INSERT DATA { <http://a> <http://b> <http://c> }")


def test_a_query_may_not_call_others():
    with pytest.raises(QuerySyntaxError, match="SERVICE"):
        LocalStore.memory().query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_a_folder_without_a_store_is_refused(tmp_path):
    with pytest.raises(StoreError, match="no graph in"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="no store at"):
        open_store(tmp_path / "gone")
    assert not (tmp_path / "gone").exists()


def test_a_damaged_store_is_refused(tmp_path):
    LocalStore.create(tmp_path / "store").finish()
    for path in (tmp_path / "store").iterdir():
        path.write_bytes(b"nonsense")
    with pytest.raises(StoreError, match="cannot be read"):
        open_store(tmp_path)


def test_a_store_can_be_a_file(tmp_path):
    write_trig(gather([report()]).quads(), tmp_path / "a.trig")
    store = open_store(tmp_path / "a.trig")
    assert store.ask("ASK { ?c a vne:Connection }")
    with pytest.raises(InputMissingError):
        LocalStore.read(tmp_path / "a.docx")
    (tmp_path / "b.ttl").write_text("nonsense", encoding="utf-8")
    with pytest.raises(StoreError, match=r"b\.ttl:1"):
        open_store(tmp_path / "b.ttl")


def test_every_store_keeps_the_protocol():
    assert isinstance(LocalStore.memory(), Store)


def test_the_digest_of_a_build_is_that_of_its_graph(tmp_path):
    LocalStore.create(tmp_path / "store").finish()
    bare = LocalStore.open(tmp_path).digest
    (tmp_path / "report.json").write_text('{"digest": "abc"}', encoding="utf-8")
    assert LocalStore.open(tmp_path).digest == "abc"
    shutil.move(tmp_path / "report.json", tmp_path / "gone.json")
    assert LocalStore.open(tmp_path).digest == bare
