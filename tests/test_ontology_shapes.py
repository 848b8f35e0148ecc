"""Each example under ontology/examples/ok conforms; each under examples/bad breaks exactly the shape that it is named after."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.term import Node

from kg.vocab import PREFIXES

ONTOLOGY = Path(__file__).parent.parent / "ontology"
SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = "https://w3id.org/vn-egov/shapes#"
OK = sorted((ONTOLOGY / "examples/ok").glob("*.ttl"))
BAD = sorted((ONTOLOGY / "examples/bad").glob("*.ttl"))


@cache
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl").parse(ONTOLOGY / "shapes-sparql.ttl")


def read(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def named(shape: Node) -> str:
    """Local name of the node shape that `shape` is or is part of."""
    owner = shape if isinstance(shape, URIRef) else next(shapes().subjects(SH.property, shape))
    return str(owner).removeprefix(SHAPES)


def broken(data: Graph) -> set[tuple[str, str]]:
    """Names of the shapes that `data` breaks, with the severity."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none")
    assert isinstance(report, Graph)
    return {
        (named(next(report.objects(result, SH.sourceShape))), str(severity).rpartition("#")[2])
        for result, severity in report.subject_objects(SH.resultSeverity)
    }


def kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def test_every_shape_has_a_counter_example_and_a_message_in_both_languages() -> None:
    graph = shapes()
    names = {kebab(named(shape)) for shape in graph.subjects(RDF.type, SH.NodeShape)}
    assert names == {path.stem for path in BAD}
    for _, _, part in graph.triples((None, SH.property, None)):
        assert {getattr(text, "language", None) for text in graph.objects(part, SH.message)} == {"vi", "en"}


def test_every_shape_says_how_to_mend_what_breaks_it_in_both_languages() -> None:
    graph = shapes()
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        assert sorted(getattr(text, "language", "") or "" for text in graph.objects(shape, RDFS.comment)) == [
            "en",
            "vi",
        ]


def test_every_class_of_ours_has_a_shape() -> None:
    """Its own, or one of a class above it; the shapes of classes reach those below."""
    core, graph = read(ONTOLOGY / "core.ttl"), shapes()
    aimed = set(graph.objects(None, SH.targetClass))
    classes = {node for node in core.subjects(RDF.type, OWL.Class) if str(node).startswith(PREFIXES["vne"])}
    assert len(classes) > 30
    assert {node for node in classes if aimed.isdisjoint(core.transitive_objects(node, RDFS.subClassOf))} == set()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_counter_example_breaks_exactly_its_shape(path: Path) -> None:
    found = broken(read(ONTOLOGY / "core.ttl", ONTOLOGY / "schemes.ttl", path))
    assert {kebab(name) for name, _ in found} == {path.stem}
    told = re.search(r"\((warning|info)\)", path.read_text(encoding="utf-8").partition("\n")[0])
    assert {severity.lower() for _, severity in found} == {told[1] if told else "violation"}


@pytest.mark.parametrize("path", OK, ids=lambda path: path.stem)
def test_an_example_conforms(path: Path) -> None:
    found = broken(read(ONTOLOGY / "core.ttl", ONTOLOGY / "schemes.ttl", path))
    assert not [name for name, severity in found if severity == "Violation"]


def test_our_own_files_conform() -> None:
    names = ("core", "schemes", "places", "lexicon", "wordings", "cues")
    assert broken(read(*(ONTOLOGY / f"{name}.ttl" for name in names))) == set()
