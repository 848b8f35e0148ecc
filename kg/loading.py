"""RDF that others made → a build folder: `kg load`.

files ─▶ quads in named graphs ─▶ ontology ─▶ derive ─▶ validate ─▶ complete ─▶ swap in

What stands in no named graph of its file goes into one named after the file, blank nodes get IRIs, and the graphs that kg
makes itself (the ontology's own, and what is derived) are made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.completion import complete
from kg.derive import derive, ontology_quads
from kg.errors import InputMissingError
from kg.folder import building
from kg.local import LocalStore
from kg.pipeline import OntologyFolder, Progress, broken_shapes, default_ontology, quiet
from kg.rdf import SKOLEM, BlankNode, DefaultGraph, NamedNode, Quad, format_of, parse_quads
from kg.report import BuildReport, DocumentRead, file_digest, loaded_report
from kg.store import Store
from kg.validate import contradictions
from kg.vocab import RESERVED_GRAPHS, graph_iri, slug

_MADE_HERE = frozenset(graph_iri(name) for name in RESERVED_GRAPHS)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that is loaded."""

    path: Path
    digest: str
    graph: str
    """IRI of the graph for what its file puts into none."""


def load(
    files: Sequence[Path], out: Path, ontology: OntologyFolder | None = None, progress: Progress = quiet
) -> BuildReport:
    """Put the RDF of `files`, the ontology and what follows from both into the build folder `out`.

    Args:
        files: RDF files, packed by gzip or not; of equal ones only the first is read.
        out: replaced as a whole when everything else is done, or not at all.
        ontology: where terms, places and rules are; by default the project's own.
        progress: is told how far it has come.

    Raises:
        InputMissingError: a file is not there, or its ending is not one of RDF.
        StoreError: a file does not parse.
        OutputError: `out` cannot be written or holds things that are not kg's.
        OntologyError: a file of the ontology is broken.

    """
    sources = _sources(files)
    with building(out) as folder:
        ontology = ontology or default_ontology()
        with LocalStore.create(folder / "store") as store:
            store.fill(ontology_quads(ontology.folder))
            left_out = sum(_fill(store, source, progress) for source in sources)
            for rule in derive(store, ontology.folder):
                progress(f"derive {rule}")
            progress("validate")
            found = broken_shapes(store, ontology)
            clashes = contradictions(store)
            digest = hashlib.sha256("\n".join((*(one.digest for one in sources), ontology.digest)).encode()).hexdigest()
            complete(store, folder, digest, progress)
            progress("count")
            report = loaded_report(digest, ontology.digest, _documents(store), _counts(store, left_out), found, clashes)
        report.write(folder / "report.json")
        progress("replace")
    return report


def _sources(files: Sequence[Path]) -> tuple[_Source, ...]:
    """The files in the order of their names, each content once; raises before anything is read."""
    for path in files:
        if not path.is_file():
            raise InputMissingError(f"no such file: {path}", hint="kg load FILE.nq [FILE.ttl …]")
        format_of(path)
    found: dict[str, _Source] = {}
    taken = set(_MADE_HERE)
    for path in sorted(files):
        digest = file_digest(path)
        if digest not in found:
            name = slug(path.name.split(".", 1)[0])
            graph = graph_iri(name if graph_iri(name) not in taken else f"{name}-{digest[:8]}")
            taken.add(graph)
            found[digest] = _Source(path, digest, graph)
    return tuple(found.values())


def _fill(store: LocalStore, source: _Source, progress: Progress) -> int:
    """Add what stands in a file; returns how many quads were left out since kg makes their graph itself."""
    size = max(1, source.path.stat().st_size >> 20)

    def told(done: int) -> None:
        progress(f"load {source.path.name}, MB", done >> 20, size)

    left_out = 0
    home = NamedNode(source.graph)
    names: dict[str, NamedNode] = {}

    def named(blank: BlankNode) -> NamedNode:
        return names.setdefault(blank.value, NamedNode(f"{SKOLEM}{source.digest[:12]}/b{len(names) + 1}"))

    def quads() -> Iterator[Quad]:
        nonlocal left_out
        for quad in parse_quads(source.path, told, base=f"{source.graph}/"):
            subject, predicate, value, graph = quad
            if isinstance(graph, DefaultGraph):
                graph = home
            elif graph.value in _MADE_HERE:
                left_out += 1
                continue
            yield Quad(
                named(subject) if isinstance(subject, BlankNode) else subject,
                predicate,
                named(value) if isinstance(value, BlankNode) else value,
                named(graph) if isinstance(graph, BlankNode) else graph,
            )

    store.fill(quads())
    return left_out


_DOCUMENTS = """
SELECT ?d (MIN(?name) AS ?file) (MIN(?sum) AS ?digest) (MIN(?about) AS ?place) (MIN(?told) AS ?clue)
       (MIN(?day) AS ?date) (MIN(?called) AS ?title) WHERE {
  ?d a sdo:DigitalDocument .
  OPTIONAL { ?d dcterms:identifier ?name } OPTIONAL { ?d vne:digest ?sum } OPTIONAL { ?d dcterms:spatial ?about }
  OPTIONAL { ?d vne:provinceClue ?told } OPTIONAL { ?d dcterms:title ?called }
  OPTIONAL { ?d dcterms:date ?stated } OPTIONAL { ?d dcterms:issued ?issued }
  BIND(COALESCE(STR(?stated), STR(?issued)) AS ?day)
} GROUP BY ?d ORDER BY ?d"""


def _documents(store: Store) -> Iterator[DocumentRead]:
    for row in store.select(_DOCUMENTS):
        name = (row["d"] or "").rpartition("/")[2]
        yield DocumentRead(
            name, row["file"] or name, row["digest"] or "", row["place"], row["clue"] or "", row["date"], row["title"]
        )


_COUNTED = {
    "systems": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?c vne:involves ?x }",
    "connections": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x vne:source ?end }",
    "claims": "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a vne:attests ?x . ?x vne:source ?end }",
    "uses": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a vne:UsageStatement }",
    "measures": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a vne:MeasureStatement }",
    "policies": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a vne:PolicyDocument }",
    "documents": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a sdo:DigitalDocument }",
}


def _counts(store: LocalStore, left_out: int) -> Iterator[tuple[str, int]]:
    for name, query in _COUNTED.items():
        (row,) = store.select(query)
        yield name, int(row["n"] or 0)
    yield "triples", len(store)
    yield "left_out", left_out
