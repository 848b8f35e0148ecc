"""The order of the steps, and nothing else: documents → readings → graph → store, pages and report.

read ─▶ gather ─▶ derive ─▶ validate ─▶ complete ─▶ write ─▶ swap in
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kg.completion import complete
from kg.derive import derive, ontology_quads
from kg.documents import Unreadable, read_documents
from kg.errors import InputMissingError
from kg.folder import building
from kg.formats import is_extracted
from kg.graph import fact_json, gather, stated
from kg.local import LocalStore
from kg.report import BuildReport, file_digest, report_of
from kg.trig import write_trig_blocks
from kg.validate import LIMIT, Violation, contradictions, violations

if TYPE_CHECKING:
    from kg.model import Answer, Document, Fact, Reading
    from kg.trace import Trace

Read = TypeVar("Read")

Pages = Callable[[LocalStore, Path], object]
"""Writes the pages of a graph into a folder."""


class Progress(Protocol):
    """Is told how far a build has come."""

    def __call__(self, step: str, done: int | None = None, total: int | None = None) -> None:
        """Hear that `step` is going on, with `done` of `total` parts done where they can be counted."""


class Reader(Protocol):
    """What turns one document into what it says."""

    def read(self, document: Document) -> Reading:
        """Read `document`."""


class OntologyFolder(Protocol):
    """What a build needs to know of the ontology."""

    @property
    def folder(self) -> Path:
        """Where its files are."""

    @property
    def digest(self) -> str:
        """Digest of all its files."""

    def require_terms(self, path: Path) -> None:
        """Raise an OntologyError where a Turtle file uses a term that nobody declares."""


def quiet(step: str, done: int | None = None, total: int | None = None) -> None:
    """Tell nobody."""


def build(
    paths: Sequence[Path],
    out: Path,
    reader: Reader | None = None,
    ontology: OntologyFolder | None = None,
    pages: Pages | None = None,
    progress: Progress = quiet,
) -> BuildReport:
    """Read the documents at `paths` and put their graph, its store, its pages and a report into `out`.

    Args:
        paths: files and folders, `-` for standard input.
        out: replaced as a whole when everything else is done, or not at all.
        reader: reads documents; by default the one that the ontology's rules make.
        ontology: where the terms, places and shapes are; by default the project's own.
        pages: writes the pages; by default those of `kg.html`.
        progress: is told how far the build has come.

    Raises:
        InputMissingError: a path is not there, or holds no documents; nothing is changed then.
        OutputError: `out` cannot be written or holds things that are not kg's.
        OntologyError: a file of the ontology is broken.

    """
    documents = read_documents(paths, exclude=out)
    with building(out) as folder:
        ontology = ontology or default_ontology()
        kept = _kept(documents, folder / "texts")
        readings, unreadable = _read(kept, reader or _reader(ontology), progress)
        progress("gather")
        known = list(ontology_quads(ontology.folder))
        graph = gather(readings, known)
        with LocalStore.create(folder / "store") as store:
            store.fill(known)
            store.fill(graph.quads())
            for rule in derive(store, ontology.folder):
                progress(f"derive {rule}")
            progress("validate")
            found = broken_shapes(store, ontology)
            clashes = contradictions(store)
            progress("write")
            triples = write_trig_blocks(((name, store.quads(name)) for name in store.graphs()), folder / "graph.trig")
            _write_facts(graph.facts(), folder / "facts.jsonl")
            digest = file_digest(folder / "graph.trig")
            complete(store, folder, digest, progress)
            (pages or _pages())(store, folder)
        report = report_of(graph, digest, ontology.digest, triples, unreadable, found, clashes)
        report.write(folder / "report.json")
        progress("replace")
    return report


def facts(
    paths: Sequence[Path], reader: Reader | None = None, progress: Progress = quiet
) -> Iterator[dict[str, Any] | Unreadable]:
    """Yield what each document at `paths` states, as the objects of `kg facts`, by document and place in it.

    A document that cannot be read comes as an `Unreadable`.

    Raises:
        InputMissingError: a path is not there, or holds no documents.
        OntologyError: a file of the ontology is broken.

    """
    documents = read_documents(paths)
    reader = reader or _reader(default_ontology())
    return _each(documents, lambda document: map(fact_json, stated(reader.read(document))), progress)


def explain(paths: Sequence[Path], progress: Progress = quiet) -> Iterator[Trace | Unreadable]:
    """Yield how each sentence of the documents at `paths` is read, for those who write rules.

    A document that cannot be read comes as an `Unreadable`.

    Raises:
        InputMissingError: a path is not there, or holds no documents.
        OntologyError: a file of the ontology is broken.

    """
    from kg.ontology import load_ontology
    from kg.relate import Reader as RuleReader
    from kg.trace import traces

    documents = read_documents(paths)
    reader = RuleReader(load_ontology())
    return _each(documents, lambda document: traces(reader, document), progress)


def unknown(
    paths: Sequence[Path], store: Path, lang: str = "vi", progress: Progress = quiet
) -> tuple[Answer, list[Unreadable]]:
    """The names in the documents at `paths` that no entry of the lexicon covers, and the documents that cannot be read.

    Args:
        paths: files and folders; none means the texts that a build keeps.
        store: folder of that build.
        lang: language of the notes.
        progress: is told how far it has come.

    Raises:
        InputMissingError: a path is not there or holds no documents, or the build keeps no texts.
        OntologyError: a file of the ontology is broken.

    """
    from kg.ontology import load_ontology
    from kg.relate import Reader as RuleReader
    from kg.words import open_names
    from kg.words import unknown as grouped

    if not paths and not (store / "texts").is_dir():
        raise InputMissingError(f"no texts are kept in {store}", "give the documents: kg words --unknown PATH...")
    documents = read_documents(paths or (store / "texts",))
    ontology = load_ontology()
    reader = RuleReader(ontology)
    seen = list(_each(documents, lambda document: open_names(reader, document), progress))
    names = (one for one in seen if not isinstance(one, Unreadable))
    return grouped(names, ontology, lang), [one for one in seen if isinstance(one, Unreadable)]


def _each(
    documents: Iterable[Document | Unreadable], read: Callable[[Document], Iterable[Read]], progress: Progress
) -> Iterator[Read | Unreadable]:
    """What `read` gives of each document, in their order; those that cannot be read stand between."""
    for number, document in enumerate(documents, 1):
        progress("read", number)
        if isinstance(document, Unreadable):
            yield document
        else:
            yield from read(document)


def default_ontology() -> OntologyFolder:
    """The ontology that comes with kg, or that KG_ONTOLOGY names."""
    from kg.ontology import load_ontology

    return load_ontology()


def _reader(ontology: OntologyFolder) -> Reader:
    from kg.ontology import Ontology, load_ontology
    from kg.relate import Reader as RuleReader

    return RuleReader(ontology if isinstance(ontology, Ontology) else load_ontology(ontology.folder))


def _pages() -> Pages:
    from kg.pages import write_pages

    return write_pages


def _kept(documents: Iterable[Document | Unreadable], folder: Path) -> Iterator[Document | Unreadable]:
    """The documents, a text that was taken out of a file written into `folder` on the way."""
    for document in documents:
        if not isinstance(document, Unreadable) and is_extracted(document.file):
            folder.mkdir(exist_ok=True)
            (folder / f"{document.name}.txt").write_text(document.text, encoding="utf-8", newline="\n")
        yield document


def _read(
    documents: Iterable[Document | Unreadable], reader: Reader, progress: Progress
) -> tuple[list[Reading], list[Unreadable]]:
    readings: list[Reading] = []
    refused: list[Unreadable] = []
    for number, document in enumerate(documents, 1):
        progress("read", number)
        if isinstance(document, Unreadable):
            refused.append(document)
        else:
            readings.append(reader.read(document))
    return readings, refused


def broken_shapes(store: LocalStore, ontology: OntologyFolder) -> tuple[Violation, ...] | None:
    """What the shapes say, None where the graph is too large to ask them."""
    shapes = ontology.folder / "shapes.ttl"
    if not shapes.is_file() or len(store) > LIMIT:
        return None
    ontology.require_terms(shapes)
    return violations(store.triples(), shapes)


def _write_facts(stated: Iterable[Fact], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for fact in stated:
            out.write(json.dumps(fact_json(fact), ensure_ascii=False) + "\n")
