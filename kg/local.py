"""Oxigraph as our store: a folder on disk that is built once and then only read, or memory.

Every triple stands in its named graph and once more in the default graph, which so is the union of all: the engine's own
union counts a triple once for each graph that holds it, and is slower. A query knows every prefix of `kg.vocab`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
)
from pyoxigraph import Store as Oxigraph

from kg.errors import StoreError, UsageError
from kg.rdf import format_of, parse_quads
from kg.results import Answering, Result, reading
from kg.sparql import check, datasets, syntax_error
from kg.vocab import PREFIXES

Graph = NamedNode | BlankNode | DefaultGraph
Dataset = tuple[Sequence[str], Sequence[str]]
"""IRIs of the graphs whose union is the default graph of a query, and of those that it can name."""

OPTIMISE_FROM = 1_000_000
"""Triples from which a store is compacted after loading: large ones answer up to ten times faster then."""

PORTION = 100_000
"""Quads that are loaded at once."""


def _with_union(quads: Iterable[Quad]) -> Iterator[Quad]:
    for quad in quads:
        yield quad
        if not isinstance(quad.graph_name, DefaultGraph):
            yield Quad(quad.subject, quad.predicate, quad.object)


class LocalStore(Answering):
    """A set of named graphs that answers SPARQL queries; see `kg.store.Store`."""

    def __init__(self, inner: Oxigraph, location: str, digest: str) -> None:
        self.inner = inner
        self.location = location
        self.digest = digest

    @classmethod
    def open(cls, folder: Path) -> LocalStore:
        """Open the build folder `folder` (or the `store` folder in it) for reading.

        Raises:
            StoreError: there is no store, or it cannot be read.

        """
        inside = folder / "store" if (folder / "store").is_dir() else folder
        if not (inside / "CURRENT").is_file():
            raise StoreError(f"no graph in {folder}", hint="run `kg build` first, or name a build folder with --store")
        try:
            inner = Oxigraph.read_only(str(inside))
        except (OSError, RuntimeError) as problem:
            raise StoreError(
                f"the store in {folder} cannot be read: {problem}", hint="run `kg build` again"
            ) from problem
        return cls(inner, str(folder), _digest(inside))

    @classmethod
    def memory(cls, quads: Iterable[Quad] = (), digest: str = "memory") -> LocalStore:
        """Make a store in memory that holds `quads`."""
        inner = Oxigraph()
        inner.extend(_with_union(quads))
        return cls(inner, "memory", digest)

    @classmethod
    def read(cls, file: Path) -> LocalStore:
        """Read an RDF file into memory.

        Raises:
            InputMissingError: no such file, or of an unknown kind.
            StoreError: it does not parse.

        """
        format_of(file)
        store = cls.memory(parse_quads(file), hashlib.sha256(file.read_bytes()).hexdigest())
        store.location = str(file)
        return store

    @classmethod
    def create(cls, folder: Path) -> LocalStore:
        """Make an empty store on disk, to be filled.

        Raises:
            StoreError: the folder cannot be written.

        """
        try:
            return cls(Oxigraph(str(folder)), str(folder), "new")
        except OSError as problem:
            raise StoreError(f"no store can be made in {folder}: {problem}") from problem

    def fill(self, quads: Iterable[Quad]) -> None:
        """Add many quads; not atomic, so only for a store that nobody reads yet."""
        waiting = _with_union(quads)
        # The loader keeps what it is given in memory: by the portion it needs a tenth of it, and no more time.
        while portion := list(islice(waiting, PORTION)):
            self.inner.bulk_extend(portion)

    def settle(self) -> None:
        """Write everything to disk, and compact the store where that pays."""
        if len(self) >= OPTIMISE_FROM:
            self.inner.optimize()
        self.inner.flush()

    def finish(self) -> None:
        """Settle the store and let go of its files."""
        self.settle()
        self.close()

    def close(self) -> None:
        """Let go of the files; the store answers nothing more."""
        self.inner = Oxigraph()

    def __enter__(self) -> LocalStore:
        """Enter a block at whose end the store is closed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def __len__(self) -> int:
        """Count the triples, each once."""
        (row,) = self.select("SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }")
        return int(row["count"] or 0)

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted."""
        return tuple(sorted(graph.value for graph in self.inner.named_graphs() if isinstance(graph, NamedNode)))

    def quads(self, *graphs: str) -> Iterator[Quad]:
        """Quads of the named graphs `graphs` (IRIs), or of all of them, graph by graph in IRI order."""
        for graph in graphs or self.graphs():
            yield from self.inner.quads_for_pattern(None, None, None, NamedNode(graph))

    def triples(self) -> Iterator[Quad]:
        """Every triple once, as a quad of the default graph."""
        return iter(self.inner.quads_for_pattern(None, None, None, DefaultGraph()))

    def query(self, query: str, dataset: Dataset | None = None, base: str | None = None) -> Result:
        """Run any SPARQL 1.1 query.

        Args:
            query: its text; the prefixes of `kg.vocab` need no declaration.
            dataset: the graphs to ask instead of all, whatever the text says with FROM.
            base: IRI that relative ones are relative to, unless the text says BASE; without it they are an error.

        Raises:
            QuerySyntaxError: it does not parse, is an update, or would ask another endpoint.
            StoreError: the store fails while reading.

        """
        check(query)
        named_in_text = datasets(query, base) if dataset is None else None
        if named_in_text and named_in_text[0]:
            dataset = named_in_text
        default: list[Graph] = list(map(NamedNode, dataset[0])) if dataset else []
        named: list[NamedNode | BlankNode] = list(map(NamedNode, dataset[1])) if dataset else []
        try:
            with reading():
                # The engine would count a triple once for each graph that holds it.
                inner = self._merge(default, named) if len(default) > 1 else self.inner
                found = inner.query(
                    query,
                    base_iri=base,
                    prefixes=PREFIXES,
                    default_graph=(default if inner is self.inner else [DefaultGraph()]) if dataset else None,
                    named_graphs=named if dataset else None,
                )
        except SyntaxError as problem:
            raise syntax_error(query, problem) from problem
        except RuntimeError as problem:
            raise UsageError(f"the query cannot be run: {problem}") from problem
        return Result(found)

    def _merge(self, default: Iterable[Graph], named: Iterable[NamedNode | BlankNode]) -> Oxigraph:
        """A store whose default graph holds every triple of `default` once, beside the graphs `named`."""
        merged = Oxigraph()
        for graph in default:
            found = self.inner.quads_for_pattern(None, None, None, graph)
            merged.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in found)
        for graph in named:
            merged.extend(self.inner.quads_for_pattern(None, None, None, graph))
        return merged


def _digest(folder: Path) -> str:
    """Digest of the graph that the build's report names, else one of the store's own list of files."""
    report = folder.parent / "report.json"
    try:
        digest = json.loads(report.read_text(encoding="utf-8"))["digest"]
    except (OSError, ValueError, KeyError, TypeError):
        names = sorted((path.name, path.stat().st_size) for path in folder.iterdir() if path.is_file())
        return hashlib.sha256(repr(names).encode()).hexdigest()
    return str(digest)
