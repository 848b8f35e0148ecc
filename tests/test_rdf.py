"""RDF in and out: equal quads, equal bytes."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputMissingError, KgError, OntologyError, StoreError
from kg.rdf import BlankNode, Literal, NamedNode, Quad, iri, literal, parse_quads, parse_turtle
from kg.trig import write_trig
from kg.vocab import DOC, GRAPH, SYS, VNE
from tests.fakes import report

A = iri(f"{SYS}a")
LABEL = iri("http://www.w3.org/2004/02/skos/core#prefLabel")
G = iri(f"{GRAPH}g")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_any_text_comes_back_as_it_was_written(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("rdf") / "a.trig"
    quads = {Quad(A, LABEL, Literal(text, language="vi"), G) for text in texts}
    write_trig(quads, path)
    assert set(parse_quads(path)) == quads


def test_the_order_of_quads_does_not_show(tmp_path):
    quads = [Quad(iri(f"{SYS}{n % 7}"), LABEL, literal(str(n), "vi"), iri(f"{GRAPH}{n % 3}")) for n in range(50)]
    assert write_trig(quads, tmp_path / "a.trig") == 50
    write_trig([*reversed(quads), quads[3]], tmp_path / "b.trig")
    assert (tmp_path / "a.trig").read_bytes() == (tmp_path / "b.trig").read_bytes()


SCRIPT = """
import sys
from pathlib import Path
from kg.graph import gather
from kg.trig import write_trig
from tests.fakes import report
write_trig(gather([report("b"), report("a")]).quads(), Path(sys.argv[1]))
"""


def test_the_bytes_do_not_hang_on_the_hash_seed(tmp_path, project):
    files = []
    for seed in ("1", "2"):
        files.append(tmp_path / f"{seed}.trig")
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", SCRIPT, files[-1]], cwd=project, env=environment, check=True)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_reads_well_is_written_well(tmp_path):
    path = tmp_path / "a.trig"
    quads = [
        Quad(A, iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), iri(f"{VNE}Database"), G),
        Quad(A, iri(f"{VNE}confidence"), literal(0.93), G),
        Quad(A, iri(f"{VNE}asOf"), literal("2022-03-01", datatype="date"), G),
        Quad(A, iri(f"{VNE}asOf"), literal("2021-03-01", datatype="date"), G),
        Quad(iri(f"{DOC}b%20c"), iri(f"{VNE}hopOrder"), literal(1), G),
    ]
    write_trig(quads, path)
    assert path.read_text(encoding="utf-8").split("\n\n")[1] == (
        "graph:g {\n"
        "<https://w3id.org/vn-egov/id/doc/b%20c> vne:hopOrder 1 .\n"
        "sys:a a vne:Database ;\n"
        '    vne:asOf "2021-03-01"^^xsd:date , "2022-03-01"^^xsd:date ;\n'
        "    vne:confidence 0.93 .\n"
        "}\n"
    )


def test_a_blank_node_is_never_written(tmp_path):
    with pytest.raises(KgError, match="blank node"):
        write_trig([Quad(BlankNode("x"), LABEL, literal("a"), G)], tmp_path / "a.trig")
    with pytest.raises(KgError, match="without an IRI"):
        write_trig([Quad(A, LABEL, literal("a"), BlankNode("g"))], tmp_path / "a.trig")


def test_blank_nodes_of_the_ontology_get_names_by_their_order(tmp_path):
    path = tmp_path / "shapes.ttl"
    path.write_text("@prefix : <http://x/> .\n:a :p [ :q (1 2) ] .\n", encoding="utf-8")
    triples = list(parse_turtle(path))
    assert triples == list(parse_turtle(path))
    assert all(isinstance(triple.subject, NamedNode) for triple in triples)
    assert any(triple.subject.value.endswith("/genid/shapes-1") for triple in triples)


def test_a_broken_ontology_file_is_named_with_its_line(tmp_path):
    path = tmp_path / "core.ttl"
    path.write_text("@prefix : <http://x/> .\n:a :p 1 .\n:b q:r 2 .\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"core\.ttl:3: .*q:") as refusal:
        list(parse_turtle(path))
    assert refusal.value.line == 3
    with pytest.raises(OntologyError, match="No such file"):
        list(parse_turtle(tmp_path / "gone.ttl"))


def test_other_peoples_rdf_is_refused_with_its_line(tmp_path):
    broken = tmp_path / "a.nt"
    broken.write_text("<http://x/a> <http://x/b> .\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"a\.nt:1: "):
        list(parse_quads(broken))
    with pytest.raises(InputMissingError, match="no such file"):
        list(parse_quads(tmp_path / "gone.ttl"))
    with pytest.raises(InputMissingError, match="not a known RDF file"):
        list(parse_quads(tmp_path / "a.docx"))


def test_no_graph_of_ours_holds_a_blank_node():
    from kg.graph import gather

    for quad in gather([report()]).quads():
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)
