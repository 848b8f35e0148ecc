"""What the ontology adds to a graph: its own files as named graphs, and what its rules compute into `graph:derived`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import OntologyError, UsageError
from kg.local import LocalStore
from kg.rdf import NamedNode, Quad, parse_turtle
from kg.vocab import graph_iri

APART = ("shapes",)
"""Turtle files beside core.ttl that check the graph and are no part of it."""

DERIVED = graph_iri("derived")


def ontology_quads(folder: Path) -> Iterator[Quad]:
    """Every triple of the Turtle files right in `folder`, each file in a graph of its own (`core.ttl`: graph:ontology).

    Raises:
        OntologyError: a file does not parse.

    """
    for path in sorted(folder.glob("*.ttl")):
        if path.stem.split("-")[0] not in APART:
            graph = NamedNode(graph_iri("ontology" if path.stem == "core" else path.stem))
            for triple in parse_turtle(path):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)


def derive(store: LocalStore, folder: Path) -> Iterator[str]:
    """Run the rules `derive/*.rq` of `folder` in the order of their names; each sees what those before it added.

    Yields:
        The name of each rule before it is run.

    Raises:
        OntologyError: a rule does not parse or is no CONSTRUCT.

    """
    graph = NamedNode(DERIVED)
    for path in sorted((folder / "derive").glob("*.rq")):
        yield path.stem
        try:
            triples = list(store.construct(path.read_text(encoding="utf-8")))
        except UsageError as problem:
            raise OntologyError(path, None, problem.message, problem.hint) from problem
        store.fill(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
