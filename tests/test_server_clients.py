"""Clients that people have work against a running server as they are: rdflib, SPARQLWrapper, pandas, curl."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pandas
import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.knowledge import KnowledgeGraph
from kg.vocab import GRAPH, VNE
from tests.conftest import PROJECT, need
from tests.serving import Serving, serving

SELECT = f"PREFIX vne: <{VNE}> SELECT ?c {{ ?c a vne:Connection }}"
CONSTRUCT = f"PREFIX vne: <{VNE}> CONSTRUCT {{ ?c a vne:Connection }} WHERE {{ ?c a vne:Connection }}"
ASK = f"PREFIX vne: <{VNE}> ASK {{ ?c a vne:Connection }}"


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(built, tmp_path_factory.mktemp("log") / "log") as running:
        yield running


@pytest.fixture(scope="module")
def connections(built: Path) -> set[str]:
    rows = KnowledgeGraph.open(built).store.select(SELECT)
    return {row["c"] or "" for row in rows}


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_rows(server: Serving, connections: set[str], method: str, format: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.url}sparql", returnFormat=format, method=method))
    assert {str(row[0]) for row in graph.query(SELECT)} == connections


def test_rdflib_reads_graphs_truths_and_triples(server: Serving, connections: set[str]) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.url}sparql"))
    assert bool(graph.query(ASK)) is True
    assert {str(s) for s in graph.query(CONSTRUCT).graph.subjects()} == connections
    assert {str(s) for s in graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{VNE}Connection"))} == connections


def test_rdflib_reads_one_named_graph(server: Serving, built: Path) -> None:
    name = rdflib.URIRef(f"{GRAPH}ninh-binh-2022")
    graph = rdflib.Graph(SPARQLStore(f"{server.url}sparql"), identifier=name)
    (row,) = KnowledgeGraph.open(built).store.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
    assert len(graph) == int(row["n"] or 0) > 0


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("direct", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
def test_sparqlwrapper_reads_rows(server: Serving, connections: set[str], method: str, direct: str) -> None:
    if method == SPARQLWrapper.GET and direct == SPARQLWrapper.POSTDIRECTLY:
        pytest.skip("a GET has no body")
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}sparql")
    client.setMethod(method)
    client.setRequestMethod(direct)
    client.setQuery(SELECT)
    client.setReturnFormat(SPARQLWrapper.JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert {row["c"]["value"] for row in rows} == connections
    client.setReturnFormat(SPARQLWrapper.CSV)
    assert len(list(csv.DictReader(io.StringIO(client.queryAndConvert().decode())))) == len(connections)
    client.setReturnFormat(SPARQLWrapper.XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == len(connections)


@pytest.mark.parametrize("format", [SPARQLWrapper.TURTLE, SPARQLWrapper.JSONLD, SPARQLWrapper.RDFXML])
def test_sparqlwrapper_reads_graphs(server: Serving, connections: set[str], format: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}sparql")
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(format)
    found = client.queryAndConvert()
    if isinstance(found, bytes):
        found = rdflib.Graph().parse(data=found, format="turtle")
    assert len(found) == len(connections)


def test_sparqlwrapper_knows_a_bad_query(server: Serving) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}sparql")
    client.setQuery("SELECT {")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed):
        client.query()


def test_sparqlwrapper_names_its_dataset(server: Serving) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}sparql", defaultGraph=f"{GRAPH}nothing")
    client.setQuery(ASK)
    client.setReturnFormat(SPARQLWrapper.JSON)
    assert client.queryAndConvert()["boolean"] is False


def test_pandas_reads_rows_as_csv(server: Serving, connections: set[str]) -> None:
    query = urlencode({"query": f"{SELECT} ORDER BY ?c"})
    frame = pandas.read_csv(f"{server.url}sparql?{query}", storage_options={"Accept": "text/csv"})
    assert list(frame.columns) == ["c"]
    assert set(frame["c"]) == connections


def test_pandas_reads_a_named_question(server: Serving) -> None:
    frame = pandas.read_csv(f"{server.url}api/query/hubs", storage_options={"Accept": "text/csv"})
    assert list(frame.columns) == ["system", "name", "links"]
    assert frame["links"].is_monotonic_decreasing


LINES = re.findall(r"^curl .*http://127\.0\.0\.1:8000.*$", (PROJECT / "README.md").read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("line", LINES)
def test_the_curl_lines_of_the_readme_work(server: Serving, line: str) -> None:
    need("curl", "curl")
    command = line.replace("http://127.0.0.1:8000/", server.url).replace("curl ", "curl --fail ", 1)
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    if "text/csv" in line:
        assert len(done.stdout.splitlines()) > 1
    else:
        assert json.loads(done.stdout)


def test_the_readme_has_curl_lines() -> None:
    assert len(LINES) >= 4
