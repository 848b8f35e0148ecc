"""The query operations of the W3C test suite for the SPARQL 1.1 Protocol, by the names it gives them.

The requests are those that its manifest describes (sparql11/protocol of w3c/rdf-tests), with graphs of the demo in the place
of its data. Its update operations have no answer here: each is refused, with the status that its bad requests must have.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph
import pytest

from kg.vocab import DOC, GRAPH
from tests.serving import FORM, QUERY, Got, Serving, serving

NAMES = ("ninh-binh-2022", "ha-nam-2021", "khanh-hoa-2021")
ONE, TWO, THREE = (f"{GRAPH}{name}" for name in NAMES)
TYPED_1, TYPED_2, TYPED_3 = (f"<{DOC}{name}> a ?type" for name in NAMES)
UPDATE = "application/sparql-update"

BOOLEANS = {"application/sparql-results+xml", "application/sparql-results+json"}
ROWS = {*BOOLEANS, "text/csv", "text/tab-separated-values"}
GRAPHS = {"application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"}


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(built, tmp_path_factory.mktemp("log") / "log") as running:
        yield running


def get(server: Serving, **fields: str | list[str]) -> Got:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return server.get(f"/sparql?{urlencode(named, doseq=True)}")


def form(server: Serving, **fields: str | list[str]) -> Got:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return server.send("POST", "/sparql", urlencode(named, doseq=True), {"Content-Type": FORM})


def true(got: Got) -> bool:
    assert 200 <= got.status < 400, got.body
    assert got.media in BOOLEANS
    return got.json["boolean"] is True


def test_query_get(server: Serving) -> None:
    assert true(get(server, query="ASK {}", default_graph_uri=ONE))


def test_query_post_form(server: Serving) -> None:
    assert true(form(server, query="ASK {}", default_graph_uri=ONE))


def test_query_post_direct(server: Serving) -> None:
    path = f"/sparql?{urlencode({'default-graph-uri': ONE})}"
    assert true(server.send("POST", path, "ASK {}", {"Content-Type": QUERY}))


def test_query_dataset_default_graph(server: Serving) -> None:
    assert true(form(server, query=f"ASK {{ {TYPED_1} }}", default_graph_uri=ONE))
    assert not true(form(server, query=f"ASK {{ {TYPED_1} }}", default_graph_uri=TWO))


def test_query_dataset_default_graphs_get(server: Serving) -> None:
    assert true(get(server, query=f"ASK {{ {TYPED_1} . {TYPED_2} }}", default_graph_uri=[ONE, TWO]))


def test_query_dataset_default_graphs_post(server: Serving) -> None:
    assert true(form(server, query=f"ASK {{ {TYPED_1} . {TYPED_2} }}", default_graph_uri=[ONE, TWO]))


NAMED = f"ASK {{ GRAPH ?g1 {{ {TYPED_1} }} GRAPH ?g2 {{ {TYPED_2} }} }}"


def test_query_dataset_named_graphs_get(server: Serving) -> None:
    assert true(get(server, query=NAMED, named_graph_uri=[ONE, TWO]))
    assert not true(get(server, query=NAMED, named_graph_uri=[ONE]))


def test_query_dataset_named_graphs_post(server: Serving) -> None:
    assert true(form(server, query=NAMED, named_graph_uri=[ONE, TWO]))


def test_query_dataset_full(server: Serving) -> None:
    query = f"ASK {{ {TYPED_3} GRAPH ?g1 {{ {TYPED_1} }} GRAPH ?g2 {{ {TYPED_2} }} }}"
    assert true(form(server, query=query, default_graph_uri=THREE, named_graph_uri=[ONE, TWO]))
    assert not true(form(server, query=query, default_graph_uri=ONE, named_graph_uri=[ONE, TWO]))


def test_query_multiple_dataset(server: Serving) -> None:
    """The dataset of the request counts, not that of the query."""
    query = f"ASK FROM <data1.rdf> {{ GRAPH ?g1 {{ {TYPED_1} }} GRAPH ?g2 {{ {TYPED_2} }} }}"
    path = f"/sparql?{urlencode({'default-graph-uri': THREE, 'named-graph-uri': [ONE, TWO]}, doseq=True)}"
    assert true(server.send("POST", path, query, {"Content-Type": QUERY}))


@pytest.mark.parametrize(
    ("query", "types"),
    [
        pytest.param("SELECT (1 AS ?value) {}", ROWS, id="query_content_type_select"),
        pytest.param("ASK {}", BOOLEANS, id="query_content_type_ask"),
        pytest.param("DESCRIBE <http://example.org/>", GRAPHS, id="query_content_type_describe"),
        pytest.param("CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPHS, id="query_content_type_construct"),
    ],
)
def test_query_content_type(server: Serving, query: str, types: set[str]) -> None:
    got = form(server, query=query, default_graph_uri=ONE)
    assert 200 <= got.status < 400, got.body
    assert got.media in types


def test_relative_names_are_relative_to_the_endpoint_unless_the_query_says_otherwise(server: Serving) -> None:
    def subject(query: str) -> str:
        (triple,) = pyoxigraph.parse(form(server, query=query).body, pyoxigraph.RdfFormat.TURTLE)
        return str(triple.subject)

    assert subject("CONSTRUCT { <s> a 1 } WHERE {}") == f"<{server.url}s>"
    assert subject("BASE <http://example.org/x/> CONSTRUCT { <s> a 1 } WHERE {}") == "<http://example.org/x/s>"


def test_relative_graphs_of_a_query_are_merged_too(server: Serving) -> None:
    count = "SELECT (COUNT(*) AS ?n) {}{{ SELECT DISTINCT * {{ ?s ?p ?o }} }}"
    plain = count.replace("{{ SELECT DISTINCT * {{ ?s ?p ?o }} }}", "{{ ?s ?p ?o }}")
    told = f"FROM <{NAMES[0]}> FROM <{NAMES[1]}> "
    numbers = {
        get(server, query=f"BASE <{GRAPH}> " + text.format(told)).json["results"]["bindings"][0]["n"]["value"]
        for text in (count, plain)
    }
    assert len(numbers) == 1
    assert numbers != {"0"}


UTF_16 = {"Content-Type": f"{QUERY}; charset=UTF-16"}
DATASET = urlencode({"default-graph-uri": ONE})
USING = urlencode({"using-graph-uri": ONE})
BAD = {
    "bad_query_method": ("PUT", f"/sparql?query=ASK%20%7B%7D&{DATASET}", None, {}),
    "bad_multiple_queries": ("GET", f"/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D&{DATASET}", None, {}),
    "bad_query_wrong_media_type": ("POST", f"/sparql?{DATASET}", "ASK {}", {"Content-Type": "text/plain"}),
    "bad_query_missing_form_type": ("POST", "/sparql", f"query=ASK%20%7B%7D&{DATASET}", {}),
    "bad_query_missing_direct_type": ("POST", f"/sparql?{DATASET}", "ASK {}", {}),
    "bad_query_non_utf8": ("POST", f"/sparql?{DATASET}", "ASK {}".encode("utf-16"), UTF_16),
    "bad_query_syntax": ("GET", f"/sparql?query=ASK%20%7B&{DATASET}", None, {}),
    "bad_update_get": ("GET", f"/sparql?update=CLEAR%20ALL&{USING}", None, {}),
    "bad_multiple_updates": (
        "POST",
        f"/sparql?{USING}",
        "update=CLEAR%20ALL&update=CLEAR%20DEFAULT",
        {"Content-Type": FORM},
    ),
    "bad_update_wrong_media_type": ("POST", f"/sparql?{USING}", "CLEAR NAMED", {"Content-Type": "text/plain"}),
    "bad_update_missing_form_type": ("POST", f"/sparql?{USING}", "CLEAR NAMED", {}),
    "bad_update_non_utf8": (
        "POST",
        f"/sparql?{USING}",
        "CLEAR NAMED".encode("utf-16"),
        {"Content-Type": f"{UPDATE}; charset=UTF-16"},
    ),
    "bad_update_syntax": ("POST", f"/sparql?{USING}", "update=CLEAR%20XYZ", {"Content-Type": FORM}),
    "bad_update_dataset_conflict": (
        "POST",
        "/sparql",
        urlencode({"using-named-graph-uri": ONE, "update": f"WITH <{TWO}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"}),
        {"Content-Type": FORM},
    ),
    "update_post_form": ("POST", "/sparql", "update=CLEAR%20ALL", {"Content-Type": FORM}),
    "update_post_direct": ("POST", f"/sparql?{USING}", "CLEAR ALL", {"Content-Type": UPDATE}),
}


@pytest.mark.parametrize(("method", "path", "body", "headers"), BAD.values(), ids=BAD)
def test_bad_requests_and_updates_are_refused_and_change_nothing(server: Serving, method, path, body, headers) -> None:  # type: ignore[no-untyped-def]
    got = server.send(method, path, body, headers)
    assert 400 <= got.status < 500
    assert got.media == "application/problem+json"
    assert got.json["detail"]
    assert true(get(server, query=f"ASK {{ {TYPED_1} }}", default_graph_uri=ONE))
