"""What every store answers, and how a location becomes one.

A location is a build folder, an RDF file (read into memory), or the URL of a SPARQL 1.1 endpoint.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kg.errors import StoreError
from kg.folder import settle
from kg.local import Dataset, LocalStore
from kg.rdf import is_rdf
from kg.results import Result

if TYPE_CHECKING:
    from kg.rdf import Quad, Triple


@runtime_checkable
class Store(Protocol):
    """A graph that answers SPARQL queries, all its named graphs seen as one."""

    @property
    def location(self) -> str:
        """Where it is, for messages."""

    @property
    def digest(self) -> str:
        """The same as long as the content is: what a cache is kept under; '' where nobody knows."""

    def select(self, query: str) -> Iterator[dict[str, str | None]]:
        """Rows of a SELECT query: variable → IRI or lexical value, None where unbound."""

    def ask(self, query: str) -> bool:
        """Answer of an ASK query."""

    def construct(self, query: str) -> Iterator[Triple]:
        """Triples of a CONSTRUCT query."""

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted."""

    def quads(self, *graphs: str) -> Iterator[Quad]:
        """Quads of the named graphs `graphs` (IRIs), or of all of them, graph by graph in IRI order."""

    def triples(self) -> Iterator[Quad]:
        """Every triple once, as a quad of the default graph."""

    def query(self, query: str, dataset: Dataset | None = None, base: str | None = None) -> Result:
        """Answer of any query; `dataset` overrides what it says with FROM, relative IRIs are relative to `base`."""


def is_address(location: str | Path) -> bool:
    """Whether `location` is the address of a store elsewhere."""
    return str(location).startswith(("http://", "https://"))


def open_store(location: str | Path) -> Store:
    """Open the store at `location` for reading.

    Raises:
        StoreError: there is none, or it cannot be read.
        UsageError: it is no address.

    """
    text = str(location)
    if is_address(text):
        from kg.remote import RemoteStore

        return RemoteStore(text)
    path = settle(Path(text))
    if path.is_file() and is_rdf(path):
        return LocalStore.read(path)
    if not path.exists():
        raise StoreError(f"no store at {path}", hint="run `kg build` first, or name a build folder with --store")
    return LocalStore.open(path)
