"""SPARQL 1.1 Protocol, the query operation: each rule of the recommendation, kept and broken, against a running server."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as Xml

import pyoxigraph
import pytest

from kg.vocab import GRAPH
from tests.serving import FORM, QUERY, Got, Serving, serving

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMES = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
SELECT = "SELECT ?c { ?c a vne:Connection } ORDER BY ?c LIMIT 3"
ASK = "ASK { ?c a vne:Connection }"
CONSTRUCT = "CONSTRUCT { ?c a vne:Connection } WHERE { ?c a vne:Connection }"
DESCRIBE = "DESCRIBE sys:ndxp"
ONE, TWO = GRAPH + "ninh-binh-2022", GRAPH + "ha-nam-2021"


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(built, tmp_path_factory.mktemp("log") / "log") as running:
        yield running


def encoded(*pairs: tuple[str, str]) -> str:
    return urlencode(pairs, quote_via=quote)


def by_get(server: Serving, *pairs: tuple[str, str], accept: str = "application/sparql-results+json") -> Got:
    return server.get(f"/sparql?{encoded(*pairs)}", Accept=accept)


def by_form(server: Serving, *pairs: tuple[str, str], accept: str = "application/sparql-results+json") -> Got:
    return server.send("POST", "/sparql", encoded(*pairs), {"Content-Type": FORM, "Accept": accept})


def by_body(server: Serving, *pairs: tuple[str, str], accept: str = "application/sparql-results+json") -> Got:
    (query,) = [value for name, value in pairs if name == "query"]
    rest = encoded(*(pair for pair in pairs if pair[0] != "query"))
    return server.send(
        "POST", f"/sparql?{rest}" if rest else "/sparql", query, {"Content-Type": QUERY, "Accept": accept}
    )


WAYS = {"get": by_get, "post form": by_form, "post body": by_body}
in_every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def number(got: Got) -> int:
    assert got.status == 200, got.body
    return int(got.json["results"]["bindings"][0]["n"]["value"])


def names(got: Got) -> set[str]:
    assert got.status == 200, got.body
    return {row["g"]["value"] for row in got.json["results"]["bindings"]}


# 2.1.1 - 2.1.3: three ways to ask


@in_every_way
def test_each_form_of_query_is_answered(server: Serving, way) -> None:
    assert len(way(server, ("query", SELECT)).json["results"]["bindings"]) == 3
    assert way(server, ("query", ASK)).json["boolean"] is True
    for query in (CONSTRUCT, DESCRIBE):
        got = way(server, ("query", query), accept="application/n-triples")
        assert got.status == 200
        assert len(list(pyoxigraph.parse(got.body, pyoxigraph.RdfFormat.N_TRIPLES))) > 10


@in_every_way
def test_text_beyond_ascii_arrives_as_it_is(server: Serving, way) -> None:
    got = way(server, ("query", 'SELECT ("Ninh Bình + ế%41 \U0001f310" AS ?x) {}'))
    assert got.json["results"]["bindings"][0]["x"]["value"] == "Ninh Bình + ế%41 \U0001f310"


def test_a_plus_in_an_encoded_query_is_a_blank(server: Serving) -> None:
    assert server.get("/sparql?query=ASK+%7B%7D", Accept="application/json").json["boolean"] is True
    got = server.send("POST", "/sparql", "query=ASK+%7B%7D", {"Content-Type": FORM})
    assert got.json["boolean"] is True


@pytest.mark.parametrize("media", [FORM, f"{FORM}; charset=UTF-8", FORM.upper(), f'{FORM};charset="utf-8"'])
def test_the_type_of_a_form_may_be_written_in_any_way(server: Serving, media: str) -> None:
    assert server.send("POST", "/sparql", encoded(("query", ASK)), {"Content-Type": media}).status == 200


@pytest.mark.parametrize("media", [QUERY, f"{QUERY};charset=utf-8", QUERY.title()])
def test_the_type_of_a_query_may_be_written_in_any_way(server: Serving, media: str) -> None:
    assert server.send("POST", "/sparql", ASK, {"Content-Type": media}).status == 200


def test_a_query_may_come_in_pieces(server: Serving) -> None:
    got = server.send("POST", "/sparql", iter([b"ASK ", b"{}"]), {"Content-Type": QUERY})
    assert got.json["boolean"] is True


def test_parameters_that_the_protocol_does_not_know_are_let_be(server: Serving) -> None:
    assert by_get(server, ("query", ASK), ("output", "xml"), ("timeout", "0")).json["boolean"] is True


def test_head_answers_as_get_without_a_body(server: Serving) -> None:
    path = f"/sparql?{encoded(('query', ASK))}"
    got, head = server.get(path), server.send("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers["ETag"] == got.headers["ETag"]


def test_the_address_may_end_in_a_slash(server: Serving) -> None:
    assert server.get("/sparql/?query=ASK%7B%7D", Accept="application/json").json["boolean"] is True


# 2.1.4: the dataset


@in_every_way
def test_without_a_dataset_the_default_graph_is_all_of_them(server: Serving, way) -> None:
    one = number(way(server, ("query", COUNT), ("default-graph-uri", ONE)))
    assert number(way(server, ("query", COUNT))) > one > 0
    assert {ONE, TWO} < names(way(server, ("query", NAMES)))


@in_every_way
def test_default_graphs_are_merged_and_nothing_else_can_be_named(server: Serving, way) -> None:
    one = number(way(server, ("query", COUNT), ("default-graph-uri", ONE)))
    two = number(way(server, ("query", COUNT), ("default-graph-uri", TWO)))
    both = number(way(server, ("query", COUNT), ("default-graph-uri", ONE), ("default-graph-uri", TWO)))
    distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"
    assert max(one, two) < both <= one + two
    assert both == number(way(server, ("query", distinct), ("default-graph-uri", ONE), ("default-graph-uri", TWO)))
    assert names(way(server, ("query", NAMES), ("default-graph-uri", ONE))) == set()


@in_every_way
def test_named_graphs_can_be_named_and_the_default_graph_is_empty(server: Serving, way) -> None:
    assert names(way(server, ("query", NAMES), ("named-graph-uri", ONE))) == {ONE}
    assert names(way(server, ("query", NAMES), ("named-graph-uri", ONE), ("named-graph-uri", TWO))) == {ONE, TWO}
    assert number(way(server, ("query", COUNT), ("named-graph-uri", ONE))) == 0


@in_every_way
def test_default_and_named_graphs_together(server: Serving, way) -> None:
    dataset = (("default-graph-uri", ONE), ("named-graph-uri", TWO))
    assert number(way(server, ("query", COUNT), *dataset)) > 0
    assert names(way(server, ("query", NAMES), *dataset)) == {TWO}


@in_every_way
def test_the_dataset_of_the_request_goes_before_that_of_the_query(server: Serving, way) -> None:
    told = f"SELECT (COUNT(*) AS ?n) FROM <{TWO}> {{ ?s ?p ?o }}"  # noqa: S608 - SPARQL
    two, one = (number(way(server, ("query", COUNT), ("default-graph-uri", iri))) for iri in (TWO, ONE))
    assert number(way(server, ("query", told))) == two
    assert number(way(server, ("query", told), ("default-graph-uri", ONE))) == one
    named = f"SELECT DISTINCT ?g FROM NAMED <{TWO}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"  # noqa: S608 - SPARQL
    assert names(way(server, ("query", named))) == {TWO}
    assert names(way(server, ("query", named), ("named-graph-uri", ONE))) == {ONE}


def test_a_graph_that_is_not_there_is_empty_and_not_fetched(server: Serving) -> None:
    assert number(by_get(server, ("query", COUNT), ("default-graph-uri", f"{server.url}health"))) == 0


# 2.1.5, 2.1.6: formats


def rows_of_json(body: bytes) -> int:
    return len(json.loads(body)["results"]["bindings"])


def rows_of_xml(body: bytes) -> int:
    return len(Xml.fromstring(body).findall(".//{*}result"))  # noqa: S314 - our own answer


def rows_of_csv(body: bytes) -> int:
    return len(list(csv.reader(io.StringIO(body.decode())))) - 1


def rows_of_tsv(body: bytes) -> int:
    return len(body.decode().splitlines()) - 1


TABLES = {
    "application/sparql-results+json": rows_of_json,
    "application/sparql-results+xml": rows_of_xml,
    "text/csv": rows_of_csv,
    "text/tab-separated-values": rows_of_tsv,
    "application/json": rows_of_json,
    "application/xml": rows_of_xml,
    "text/xml": rows_of_xml,
}
GRAPHS = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
    "application/ld+json": pyoxigraph.RdfFormat.JSON_LD,
    "application/trig": pyoxigraph.RdfFormat.TRIG,
    "application/n-quads": pyoxigraph.RdfFormat.N_QUADS,
}


@pytest.mark.parametrize("media", TABLES)
def test_rows_come_in_every_format_asked_for(server: Serving, media: str) -> None:
    got = server.ask(SELECT, media)
    assert (got.status, got.media) == (200, media)
    assert TABLES[media](got.body) == 3
    truth = server.ask(ASK, media)
    assert (truth.status, truth.media) == (200, media)
    assert b"true" in truth.body


@pytest.mark.parametrize("media", GRAPHS)
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
def test_graphs_come_in_every_format_asked_for(server: Serving, media: str, query: str) -> None:
    got, plain = server.ask(query, media), server.ask(query, "application/n-triples")
    assert (got.status, got.media) == (200, media)
    read = {str(quad.triple) for quad in pyoxigraph.parse(got.body, GRAPHS[media])}
    assert read == {str(quad.triple) for quad in pyoxigraph.parse(plain.body, pyoxigraph.RdfFormat.N_TRIPLES)}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("*/*;q=0.1, text/csv", "text/csv"),
        ("text/csv, */*", "text/csv"),
        ("text/csv;q=0, text/*", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("image/png, TEXT/CSV ; Q=0.5", "text/csv"),
        ("application/sparql-results+xml; charset=utf-8", "application/sparql-results+xml"),
        ("text/turtle, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
        ("text/csv;q=nonsense, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
    ],
)
def test_the_format_liked_most_is_given(server: Serving, accept: str, media: str) -> None:
    got = server.ask(SELECT, accept)
    assert (got.status, got.media) == (200, media)
    assert "Accept" in got.headers["Vary"]


def test_a_graph_is_turtle_where_nothing_else_is_asked_for(server: Serving) -> None:
    assert server.ask(CONSTRUCT).media == "text/turtle"
    assert server.ask(CONSTRUCT, "text/html, */*;q=0.1").media == "text/turtle"


# 2.1.7 and the bounds of each operation: what is refused, and how

BAD = {
    "no query": ("GET", "/sparql?default-graph-uri=http%3A%2F%2Fx%2Fy", None, {}, 400),
    "an empty query": ("GET", "/sparql?query=", None, {}, 400),
    "two queries": ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, {}, 400),
    "bad syntax": ("GET", "/sparql?query=SELECT%20%7B", None, {}, 400),
    "an update as a query": ("GET", "/sparql?query=DELETE%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D", None, {}, 400),
    "an update parameter": ("GET", "/sparql?update=CLEAR%20ALL", None, {}, 400),
    "a query that is not UTF-8": ("GET", "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%E9%22%7D", None, {}, 400),
    "a graph that is no IRI": ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=a%20b", None, {}, 400),
    "a relative graph": ("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=%2Fx", None, {}, 400),
    "another service": ("GET", "/sparql?query=ASK%7BSERVICE%20%3Chttp%3A%2F%2Fx%2F%3E%7B%7D%7D", None, {}, 400),
    "a form without a query": ("POST", "/sparql", "x=1", {"Content-Type": FORM}, 400),
    "an empty form": ("POST", "/sparql", "", {"Content-Type": FORM}, 400),
    "a form with two queries": ("POST", "/sparql", "query=ASK%7B%7D&query=ASK%7B%7D", {"Content-Type": FORM}, 400),
    "a form with an update": ("POST", "/sparql", "update=CLEAR%20ALL", {"Content-Type": FORM}, 400),
    "a form with its query in the address": ("POST", "/sparql?query=ASK%7B%7D", "", {"Content-Type": FORM}, 400),
    "a body and a query in the address": ("POST", "/sparql?query=ASK%7B%7D", "ASK{}", {"Content-Type": QUERY}, 400),
    "an empty body": ("POST", "/sparql", "", {"Content-Type": QUERY}, 400),
    "a body that is not UTF-8": (
        "POST",
        "/sparql",
        'ASK { ?s ?p "é" }'.encode("latin-1"),
        {"Content-Type": QUERY},
        400,
    ),
    "a form that is not UTF-8": ("POST", "/sparql", b"query=ASK%7B%7D%23%E9", {"Content-Type": FORM}, 400),
    "bad syntax in a body": ("POST", "/sparql", "ASK { ", {"Content-Type": QUERY}, 400),
    "an update body": ("POST", "/sparql", "CLEAR ALL", {"Content-Type": "application/sparql-update"}, 400),
    "an undeclared prefix": ("POST", "/sparql", "ASK { ?s nope:x ?o }", {"Content-Type": QUERY}, 400),
    "a body without a type": ("POST", "/sparql", "ASK {}", {}, 415),
    "a body of another type": ("POST", "/sparql", "ASK {}", {"Content-Type": "text/plain"}, 415),
    "a form of many parts": ("POST", "/sparql", "x", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
    "a form without its type": ("POST", "/sparql", "query=ASK%7B%7D", {}, 415),
    "a body in UTF-16": ("POST", "/sparql", "ASK {}".encode("utf-16"), {"Content-Type": QUERY}, 400),
    "another charset": ("POST", "/sparql", "ASK {}", {"Content-Type": f"{QUERY}; charset=utf-16"}, 415),
    "no format for rows": ("GET", f"/sparql?query={quote(SELECT)}", None, {"Accept": "text/turtle"}, 406),
    "no format for a graph": ("GET", f"/sparql?query={quote(CONSTRUCT)}", None, {"Accept": "text/csv"}, 406),
    "no format at all": ("GET", f"/sparql?query={quote(ASK)}", None, {"Accept": "image/png"}, 406),
    "every format refused": ("GET", f"/sparql?query={quote(ASK)}", None, {"Accept": "*/*;q=0"}, 406),
    "no format for the description": ("GET", "/sparql", None, {"Accept": "text/csv"}, 406),
    "put": ("PUT", "/sparql", "ASK {}", {"Content-Type": QUERY}, 405),
    "delete": ("DELETE", "/sparql?query=ASK%7B%7D", None, {}, 405),
    "patch": ("PATCH", "/sparql", "", {}, 405),
}


@pytest.mark.parametrize(("method", "path", "body", "headers", "status"), BAD.values(), ids=BAD)
def test_what_breaks_a_rule_is_refused_with_its_reason(server: Serving, method, path, body, headers, status) -> None:
    got = server.send(method, path, body, headers)
    assert got.status == status
    assert got.media == "application/problem+json"
    assert got.json["status"] == status
    assert got.json["detail"]
    if status == 405:
        assert got.headers["Allow"] == "GET, HEAD, POST"
    if status == 406:
        assert got.json["choices"]


def test_a_syntax_error_shows_its_line(server: Serving) -> None:
    hint = server.ask("SELECT ?s\nWHERE { ?s ?p }").json["hint"]
    assert hint.splitlines()[0] == "WHERE { ?s ?p }"
    assert hint.splitlines()[1].strip() == "^"


# SPARQL 1.1 Service Description


@pytest.mark.parametrize("media", GRAPHS)
def test_the_bare_address_describes_the_service(server: Serving, media: str) -> None:
    got = server.get("/sparql", Accept=media)
    assert (got.status, got.media) == (200, media)
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(*quad.triple) for quad in pyoxigraph.parse(got.body, GRAPHS[media]))
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
    described = (
        f"ASK {{ ?s a sd:Service ; sd:endpoint <{server.url}sparql> ; sd:supportedLanguage sd:SPARQL11Query ; "
        f"sd:resultFormat ?f ; sd:defaultDataset/sd:namedGraph/sd:name <{ONE}> }}"
    )
    assert bool(store.query(sd + described))


def test_a_browser_gets_the_description_in_turtle(server: Serving) -> None:
    assert server.get("/sparql", Accept="text/html,application/xhtml+xml,*/*;q=0.8").media == "text/turtle"
