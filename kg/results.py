"""The answer to one SPARQL query: rows, yes or no, or a graph, and the standard formats each is written in."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import StoreError, TooLargeError, UsageError
from kg.rdf import FORMATS
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

Value = NamedNode | Literal

TABLE_FORMATS: dict[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
"""Formats of rows and of yes or no, by the names that commands take."""

GRAPH_FORMATS: dict[str, RdfFormat] = {name: FORMATS[name] for name in FORMATS if name not in {"n3"}}
"""Formats of the graphs that CONSTRUCT and DESCRIBE give."""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one query, to be read once: by rows, by triples, or written in a standard format."""

    inner: QuerySolutions | QueryBoolean | QueryTriples | Iterator[Triple]

    @property
    def form(self) -> str:
        """One of 'rows', 'boolean', 'graph'."""
        if isinstance(self.inner, QuerySolutions):
            return "rows"
        return "boolean" if isinstance(self.inner, QueryBoolean) else "graph"

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the columns, () where there are none."""
        return tuple(v.value for v in self.inner.variables) if isinstance(self.inner, QuerySolutions) else ()

    def __bool__(self) -> bool:
        """Tell what an ASK query answered.

        Raises:
            UsageError: it is not the answer to an ASK query.

        """
        if not isinstance(self.inner, QueryBoolean):
            raise UsageError("this query does not answer yes or no", hint="use ASK { … }")
        return bool(self.inner)

    def rows(self) -> Iterator[dict[str, str | None]]:
        """Solutions as variable → IRI or lexical value, None where unbound.

        Raises:
            UsageError: it is not the answer to a SELECT query.

        """
        if not isinstance(self.inner, QuerySolutions):
            raise UsageError("this query gives no rows", hint="use SELECT … WHERE { … }")
        names = self.variables
        with reading():
            for solution in self.inner:
                yield {name: None if (term := solution[name]) is None else _text(term) for name in names}

    def triples(self) -> Iterator[Triple]:
        """Triples of a CONSTRUCT or DESCRIBE query.

        Raises:
            UsageError: it is the answer to another form of query.

        """
        if isinstance(self.inner, QuerySolutions | QueryBoolean):
            raise UsageError("this query gives no graph", hint="use CONSTRUCT { … } WHERE { … }")
        return iter(self.inner)

    def serialise(self, name: str, limit: int | None = None) -> bytes:
        """Bytes of the whole answer in the format `name`.

        Args:
            name: one of `TABLE_FORMATS` or, for a graph, of `GRAPH_FORMATS`.
            limit: bytes that the answer may have at most.

        Raises:
            UsageError: a graph cannot be written as rows, or rows as a graph, or the format is unknown.
            TooLargeError: there is more than `limit`; the rest is not even looked for.

        """
        sink = _Bounded(limit)
        if not isinstance(self.inner, QuerySolutions | QueryBoolean):
            if name not in GRAPH_FORMATS:
                raise UsageError(f"a graph is not written as {name}", hint=f"one of: {', '.join(GRAPH_FORMATS)}")
            with reading():
                serialize(self.inner, sink, format=GRAPH_FORMATS[name], prefixes=PREFIXES)
            return sink.getvalue()
        if name not in TABLE_FORMATS:
            raise UsageError(f"rows are not written as {name}", hint=f"one of: {', '.join(TABLE_FORMATS)}")
        with reading():
            self.inner.serialize(sink, format=TABLE_FORMATS[name])
        return sink.getvalue()


class _Bounded(io.BytesIO):
    """Memory that takes so many bytes and no more."""

    def __init__(self, limit: int | None) -> None:
        super().__init__()
        self.limit = limit

    def write(self, part: Buffer) -> int:
        written = super().write(part)
        if self.limit is not None and self.tell() > self.limit:
            raise TooLargeError(f"the answer is larger than {self.limit:,} bytes", hint="ask for less, or LIMIT it")
        return written


@contextmanager
def reading() -> Iterator[None]:
    """Turn a failure of the disk below the store into an error of ours."""
    try:
        yield
    except OSError as problem:
        raise StoreError(f"the store cannot be read: {problem}", hint="run `kg build` again") from problem


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


class Answering(ABC):
    """A graph that answers any SPARQL query: what each form of query gives."""

    @abstractmethod
    def query(self, query: str) -> Result:
        """Answer of any query."""

    def select(self, query: str) -> Iterator[dict[str, str | None]]:
        """Rows of a SELECT query: variable → IRI or lexical value, None where unbound. Raises as `query`."""
        return self.query(query).rows()

    def ask(self, query: str) -> bool:
        """Answer of an ASK query. Raises as `query`."""
        return bool(self.query(query))

    def construct(self, query: str) -> Iterator[Triple]:
        """Triples of a CONSTRUCT query. Raises as `query`."""
        return self.query(query).triples()
