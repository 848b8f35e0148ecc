"""Removing a document and building again removes exactly what it claims; adding it back gives the same bytes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import cached
from kg.local import LocalStore
from kg.ontology import load_ontology
from kg.pipeline import build
from kg.relate import Reader
from kg.store import open_store
from kg.vocab import DOC, RESERVED_GRAPHS, graph_iri

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted((*(PROJECT / "seeds").glob("*.md"), *(PROJECT / "tests" / "corpus" / "texts").glob("*.txt")))
COMPUTED = {graph_iri(name) for name in RESERVED_GRAPHS}
Build = Callable[[frozenset[Path]], Path]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Builds a graph of some documents, without pages; always anew."""
    ontology = load_ontology()
    reader = Reader(ontology)

    def run(documents: frozenset[Path]) -> Path:
        folder = tmp_path_factory.mktemp("texts")
        for path in documents:
            shutil.copy(path, folder / path.name)
        out = tmp_path_factory.mktemp("out") / "out"
        build([folder], out, reader=reader, ontology=ontology, pages=lambda store, folder: None)
        return out

    return run


def of_documents(out: Path) -> dict[str, set[str]]:
    """Graph of a document → its triples as text."""
    store = open_store(out)
    assert isinstance(store, LocalStore)
    with store:
        return {name: {str(quad) for quad in store.quads(name)} for name in store.graphs() if name not in COMPUTED}


def facts(out: Path) -> dict[str, list[object]]:
    """Document → its facts in order."""
    found: dict[str, list[object]] = {}
    for line in (out / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        found.setdefault(fact["document"], []).append(fact)
    return found


def claims(out: Path) -> dict[str, set[str]]:
    """Document → the attestations of connections and systems that questions see."""
    links = cached.links(open_store(out))
    found: dict[str, set[str]] = {}
    for stated in (*(edge.claims for edge in links.edges.values()), *links.claims.values()):
        for claim in stated:
            found.setdefault(claim.document, set()).add(claim.id)
    return found


def bytes_of(out: Path) -> dict[str, bytes]:
    names = ("graph.trig", "facts.jsonl", "report.json", cached.NAME)
    return {name: (out / name).read_bytes() for name in names}


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_a_document_takes_its_claims_with_it_and_no_others(make: Build, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(DOCUMENTS), min_size=2, max_size=3, unique=True))
    gone = data.draw(st.sampled_from(chosen))
    name = next(iter(facts(make(frozenset({gone})))), gone.name)
    whole, rest = make(frozenset(chosen)), make(frozenset(chosen) - {gone})
    assert facts(rest) == {file: found for file, found in facts(whole).items() if file != name}
    own = {graph_iri(gone.stem)}
    assert of_documents(rest) == {graph: found for graph, found in of_documents(whole).items() if graph not in own}
    assert claims(rest) == {paper: found for paper, found in claims(whole).items() if paper != DOC + gone.stem}
    assert bytes_of(make(frozenset(chosen))) == bytes_of(whole)
