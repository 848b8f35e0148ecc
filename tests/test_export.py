"""The graph as files for other programs: whole, stable, and readable by the libraries that read such files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib

from kg.errors import UsageError
from kg.knowledge import KnowledgeGraph
from kg.loading import load
from kg.store import open_store
from tests.graphs import store_of


def exported(graph: KnowledgeGraph, format: str, **options: str) -> bytes:
    out = io.BytesIO()
    graph.export(format, out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def graph(built: Path) -> KnowledgeGraph:
    return KnowledgeGraph.open(built)


def test_trig_is_that_of_the_build(graph: KnowledgeGraph, built: Path) -> None:
    assert exported(graph, "trig") == (built / "graph.trig").read_bytes()


@pytest.mark.parametrize(
    ("format", "read"), [("nquads", pyoxigraph.RdfFormat.N_QUADS), ("jsonld", pyoxigraph.RdfFormat.JSON_LD)]
)
def test_formats_with_graphs_hold_every_quad(graph: KnowledgeGraph, built: Path, format: str, read) -> None:  # type: ignore[no-untyped-def]
    data = exported(graph, format)
    assert set(pyoxigraph.parse(data, read)) == set(open_store(built).quads())
    assert exported(KnowledgeGraph.open(built), format) == data


def test_turtle_holds_every_triple_once(graph: KnowledgeGraph) -> None:
    data = exported(graph, "turtle")
    found = list(pyoxigraph.parse(data, pyoxigraph.RdfFormat.TURTLE))
    assert len(found) == len(set(found))
    assert {quad.triple for quad in found} == {quad.triple for quad in graph.store.triples()}


def test_rdflib_reads_turtle() -> None:
    data = exported(KnowledgeGraph(store_of()), "turtle")
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == len(store_of())


def test_what_is_exported_can_be_loaded_again(graph: KnowledgeGraph, tmp_path: Path, built: Path) -> None:
    (tmp_path / "a.nq").write_bytes(exported(graph, "nquads"))
    load([tmp_path / "a.nq"], tmp_path / "out")
    assert set(open_store(tmp_path / "out").quads()) == set(open_store(built).quads())


@pytest.mark.parametrize("status", ["all", "operational", "planned,absent"])
def test_graphml_holds_the_connections_of_the_layer(graph: KnowledgeGraph, status: str) -> None:
    found = networkx.read_graphml(io.BytesIO(exported(graph, "graphml", status=status)), force_multigraph=True)
    layer = graph.topology(status)
    assert sorted((a, b, data["connection"]) for a, b, data in found.edges(data=True)) == sorted(layer.edges(keys=True))
    assert {node: data["label"] for node, data in found.nodes(data=True)} == dict(layer.nodes(data="label"))
    assert all(data["status"] in status or status == "all" for _, _, data in found.edges(data=True))


def test_a_layer_of_rdf_and_an_unknown_format_are_refused(graph: KnowledgeGraph) -> None:
    for name, options in (("turtle", {"status": "planned"}), ("trig", {"as_of": "2022"}), ("xlsx", {})):
        with pytest.raises(UsageError):
            exported(graph, name, **options)


def test_the_command_writes_a_file_as_a_whole(kg, built: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    said = kg("export", "nquads", "-o", tmp_path / "a.nq", "--store", built)
    assert said.out == f"{tmp_path / 'a.nq'}\n"
    assert (tmp_path / "a.nq").read_bytes() == exported(KnowledgeGraph.open(built), "nquads")
    assert [path.name for path in tmp_path.iterdir()] == ["a.nq"]
    assert kg("export", "csv", "-o", tmp_path / "a.csv", "--store", built, "--status", "planned").code == 0
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert {row["status"] for row in rows} == {"planned"}
    assert len(rows) == len(KnowledgeGraph.open(built).list("connections", status="planned").rows)


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(kg, built: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    said = kg("export", "csv", "-o", tmp_path / "none" / "a.csv", "--store", built)
    assert said.code == 2
    assert "cannot be written" in said.err
    assert list(tmp_path.iterdir()) == []
