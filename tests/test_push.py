"""The graph in stores of others: Oxigraph's server and Virtuoso, for real, give the answers that the build gives."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.errors import QuerySyntaxError, StoreError, UsageError
from kg.knowledge import KnowledgeGraph
from kg.local import LocalStore
from kg.model import Answer
from kg.push import push
from kg.queries import questions
from kg.rdf import Quad, iri, literal
from kg.remote import RemoteStore
from kg.store import Store, open_store
from kg.vocab import GRAPH, SYS, VNE
from tests.conftest import PROJECT
from tests.stores import PASSWORD, Other, oxigraph, virtuoso

STORES = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="module", params=STORES)
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Other]:
    """Each store, one after the other; Virtuoso wants to know who writes."""
    with pytest.MonkeyPatch.context() as patch, STORES[request.param](tmp_path_factory.mktemp("other")) as running:
        if request.param == "virtuoso":
            patch.setenv("KG_USER", "dba")
            patch.setenv("KG_PASSWORD", PASSWORD)
        yield running


@pytest.fixture(scope="module")
def pushed(other: Other, built: Path) -> KnowledgeGraph:
    """The demo graph in that store."""
    done = KnowledgeGraph.open(built).push(other.query)
    assert done.union == (other.name == "virtuoso")
    assert done.way.address == other.graphs
    return KnowledgeGraph.open(other.query)


def sizes(store: Store) -> dict[str, int]:
    rows = store.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {row["g"] or "": int(row["n"] or 0) for row in rows if (row["g"] or "").startswith(GRAPH)}


def of_graph(*names: str, word: str = "x", graph: str = "report-a") -> LocalStore:
    return LocalStore.memory(
        Quad(iri(SYS + name), iri(VNE + "note"), literal(word, "vi"), iri(GRAPH + graph)) for name in names
    )


def test_every_graph_arrives_whole_and_again_without_a_change(
    pushed: KnowledgeGraph, other: Other, built: Path
) -> None:
    mine = KnowledgeGraph.open(built)
    assert sizes(pushed.store) == sizes(mine.store)
    mine.push(other.query)
    assert sizes(pushed.store) == sizes(mine.store)
    (row,) = pushed.store.select(
        "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?s ?p ?o FILTER(STRSTARTS(STR(?s), STR(sys:))) } }"
    )
    (same,) = mine.store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), STR(sys:))) }")
    assert row == same


ANSWERS: dict[str, Callable[[KnowledgeGraph], Answer]] = {
    "linked": lambda graph: graph.linked("NGSP", status="all"),
    "impact": lambda graph: graph.impact("NGSP"),
    "needs": lambda graph: graph.needs("sys:ninh-binh-cong-dvc"),
    "path": lambda graph: graph.path("sys:ninh-binh-cong-dvc", "NGSP"),
    "weak": lambda graph: graph.weak(),
    "gaps": lambda graph: graph.gaps(),
    "why": lambda graph: graph.why("NGSP"),
    **{f"list {what}": lambda graph, what=what: graph.list(what) for what in ("systems", "provinces", "documents", "connections")},
}  # fmt: skip


@pytest.mark.parametrize("ask", ANSWERS.values(), ids=ANSWERS)
def test_every_command_answers_the_same(
    pushed: KnowledgeGraph, built: Path, ask: Callable[[KnowledgeGraph], Answer]
) -> None:
    answer = ask(pushed)
    assert answer.rows
    assert answer.as_json() == ask(KnowledgeGraph.open(built)).as_json()


def test_diff_takes_an_address(pushed: KnowledgeGraph, other: Other, built: Path) -> None:
    assert KnowledgeGraph.open(built).diff(built, other.query).rows == ()


def as_set(graph: KnowledgeGraph, name: str) -> set[tuple[Any, ...]]:
    """Rows of a question; joined values as sets, since no store says in which order it joins them."""

    def value(text: str | None) -> object:
        return frozenset(re.split(r" \| | / ", text)) if text and re.search(r" \| | / ", text) else text

    return {tuple((key, value(text)) for key, text in row.items()) for row in graph.query(name).rows()}


PORTABLE = [name for name, question in questions().items() if question.portable]
NOT_PORTABLE = sorted(set(questions()) - set(PORTABLE))


@pytest.mark.parametrize("name", PORTABLE)
def test_portable_questions_have_the_same_rows(pushed: KnowledgeGraph, built: Path, name: str) -> None:
    assert as_set(pushed, name) == as_set(KnowledgeGraph.open(built), name)


@pytest.mark.parametrize("name", NOT_PORTABLE)
def test_only_what_virtuoso_cannot_answer_is_not_portable(
    pushed: KnowledgeGraph, other: Other, built: Path, name: str
) -> None:
    """A store that keeps to SPARQL 1.1 answers these too; once Virtuoso does, they are portable."""
    mine = as_set(KnowledgeGraph.open(built), name)
    try:
        theirs = as_set(pushed, name)
    except StoreError:
        theirs = None
    assert (theirs == mine) == (other.name != "virtuoso")


def test_the_readme_names_what_is_not_portable() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    (listed,) = re.findall(r"Virtuoso does not answer (.*?) as SPARQL 1\.1 says", " ".join(text.split()))
    assert sorted(re.findall(r"`([\w-]+)`", listed)) == NOT_PORTABLE


def test_every_form_of_query_comes_back(pushed: KnowledgeGraph, built: Path) -> None:
    mine = open_store(built)
    for query in ("CONSTRUCT { ?c a vne:Connection } WHERE { ?c a vne:Connection }", "DESCRIBE sys:ndxp"):
        triples = set(pushed.store.construct(query))
        assert len(triples) > 10
        assert query.startswith("DESCRIBE") or triples == set(mine.construct(query))
    assert pushed.store.ask("ASK { ?c a vne:Connection }")
    assert pushed.store.ask("ASK {}")
    assert not pushed.store.ask("ASK { ?c a vne:Nothing }")
    query = "SELECT ?name { sys:ndxp skos:prefLabel ?name } ORDER BY ?name"
    for form in ("json", "csv", "tsv", "xml"):
        assert pushed.query(query).serialise(form) == mine.query(query).serialise(form)


def test_a_dataset_can_be_named(pushed: KnowledgeGraph) -> None:
    one = f"{GRAPH}ninh-binh-2022"
    (row,) = pushed.store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", ((one,), ())).rows()
    assert int(row["n"] or 0) == sizes(pushed.store)[one]


def test_mistakes_are_told_in_the_same_words(pushed: KnowledgeGraph, built: Path) -> None:
    for query in (
        "SELECT ?s\nWHERE { ?s ?p }",
        "CLEAR ALL",
        "SELECT * { SERVICE <http://x/> {} }",
        "ASK { ?s nope:x ?o }",
    ):
        with pytest.raises(QuerySyntaxError) as here:
            open_store(built).query(query)
        with pytest.raises(QuerySyntaxError) as there:
            pushed.store.query(query)
        assert (here.value.message, here.value.hint) == (there.value.message, there.value.hint)


@pytest.mark.parametrize("way", ["graphs", "updates"])
def test_a_graph_replaces_the_one_of_its_name_and_no_other(
    pushed: KnowledgeGraph, other: Other, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr("kg.push.PORTION", 2)
    monkeypatch.setattr("kg.push._LINES", 2)
    before = sizes(pushed.store)
    places = {"graphs_at": other.graphs} if way == "graphs" else {"updates_at": other.updates}
    for words in (("a", "b", "c", "d", "e"), ("b", "c", "ế"), ()):
        done = push(of_graph(*words, word='"ế"\n\\ \U0001f310'), other.query, **places)
        assert done.way.updates == (way == "updates")
        assert sizes(pushed.store) == {**before, **({f"{GRAPH}report-a": len(words)} if words else {})} or not words
        before.pop(f"{GRAPH}report-a", None)
    # A graph without triples is none: what was there stays, is named, and goes when that is asked for.
    assert f"{GRAPH}report-a" in done.others


def test_what_earlier_pushes_left_is_taken_away_on_demand(other: Other, pushed: KnowledgeGraph, built: Path) -> None:
    push(of_graph("a", graph="old"), other.query)
    mine = KnowledgeGraph.open(built)
    assert f"{GRAPH}old" in mine.push(other.query).others
    assert mine.push(other.query, prune=True).dropped >= 1
    assert sizes(pushed.store) == sizes(mine.store)
    assert not pushed.store.ask("ASK { sys:a vne:note ?o }")
    assert not any("probe" in name for name in pushed.store.graphs())  # type: ignore[attr-defined]


def test_the_commands_take_the_address(kg, pushed: KnowledgeGraph, other: Other, built: Path) -> None:  # type: ignore[no-untyped-def]
    said = kg("push", other.query, "--store", built, "--lang", "en", "--prune")
    assert said.code == 0, said.err
    assert f"by the Graph Store Protocol at {other.graphs}." in said.out
    for command in (["linked", "NGSP"], ["query", "hubs"], ["list", "documents"], ["gaps", "-f", "csv"]):
        there, here = (kg(*command, "--store", store) for store in (other.query, built))
        assert (there.code, sorted(there.out)) == (here.code, sorted(here.out))


def test_a_store_of_others_is_left_alone(tmp_path: Path) -> None:
    """What stands in a default graph that is not ours is not replaced."""
    with oxigraph(tmp_path) as running:
        wire = RemoteStore(running.query).wire
        assert wire.send("PUT", f"{running.graphs}?default", b"<a:b> <a:c> <a:d> .", Content_Type="text/turtle").ok
        with pytest.raises(StoreError, match="a default graph of others"):
            push(of_graph("a"), running.query)
        assert RemoteStore(running.query).graphs() == ()


def test_virtuoso_wants_to_know_who_writes_and_says_when_it_cuts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_USER", raising=False)
    with virtuoso(tmp_path, rows=50) as running:
        with pytest.raises(StoreError, match=r"takes no graphs: .*40[13]") as refusal:
            push(of_graph("a"), running.query)
        assert "KG_USER" in refusal.value.hint
        with pytest.raises(StoreError, match="takes no graphs"):
            push(of_graph("a"), running.query.replace("//", "//dba:wrong@"))
        push(of_graph(*(f"s{n}" for n in range(80))), running.query.replace("//", "//dba:dba@"))
        assert len(list(open_store(running.query).select("SELECT ?s { ?s vne:note ?o } LIMIT 49"))) == 49
        with pytest.raises(StoreError, match="no more than 50 rows"):
            open_store(running.query).select("SELECT ?s { ?s vne:note ?o }")


# Servers that are none, or not the right one


class Odd(BaseHTTPRequestHandler):
    """Answers every request with what the test wants."""

    answer: tuple[int, dict[str, str], bytes] = (200, {}, b"")

    def do_POST(self) -> None:
        """Answer, whatever is asked."""
        status, headers, body = self.answer
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_POST  # noqa: N815 - the name that the library calls
    do_DELETE = do_POST  # noqa: N815 - as above

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Odd)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/query"
    server.shutdown()
    server.server_close()
    thread.join()


JSON = {"Content-Type": "application/sparql-results+json"}
ODD = {
    "a web page": ((200, {"Content-Type": "text/html"}, b"<p>hello"), StoreError, "type text/html"),
    "nothing": ((200, {}, b""), StoreError, r"type \(none\)"),
    "broken rows": ((200, JSON, b'{"head":'), StoreError, "cannot be read"),
    "not there": ((404, {}, b"<h1>no\x1b[31m such\nthing</h1>"), StoreError, "refuses: 404 no"),
    "no entry": ((403, {}, b"no"), StoreError, "asks who you are"),
    "elsewhere": ((302, {"Location": "http://127.0.0.1:1/x"}, b""), StoreError, "sends to another address"),
    "cannot run it": ((400, {}, b"too deep"), UsageError, "400 too deep"),
    "a failure": ((500, {}, b"x" * 9999), StoreError, "500 x{200}$"),
}


@pytest.mark.parametrize(("answer", "error", "told"), ODD.values(), ids=ODD)
def test_odd_answers_are_told_as_what_they_are(odd: str, monkeypatch, answer, error, told: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(Odd, "answer", answer)
    with pytest.raises(error, match=told):
        list(open_store(odd).select("SELECT ?s { ?s ?p ?o }"))
    with pytest.raises(StoreError):
        push(of_graph("a"), odd)


def test_an_endless_answer_is_cut_off(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Odd, "answer", (200, JSON, b" " * 5000))
    with pytest.raises(StoreError, match="more than 1,000 bytes"):
        RemoteStore(odd).wire.send("POST", odd, limit=1000)


def test_a_password_is_never_shown(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Odd, "answer", (500, {}, b""))
    store = open_store(odd.replace("//", "//me:secret@"))
    with pytest.raises(StoreError) as refusal:
        store.query("ASK {}")
    assert "secret" not in f"{refusal.value.message} {store.location}"


def test_a_store_that_is_not_there_ends_with_its_code(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    said = kg("linked", "NGSP", "--store", "http://127.0.0.1:1/query")
    assert said.code == 4
    assert said.err.startswith("kg: http://127.0.0.1:1/query cannot be reached: ")
    assert kg("linked", "NGSP", "--store", "http:///x").code == 2
    assert kg("linked", "NGSP", "--store", "http://x:y/").code == 2
    assert kg("serve", "--store", "http://127.0.0.1:1/query").code == 2
