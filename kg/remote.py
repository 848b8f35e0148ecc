"""Any SPARQL 1.1 endpoint as a store: the same questions, asked over HTTP.

A query is read by our own engine first, so that what does not parse is told in the same words everywhere; then it goes out
with the prefixes it uses declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, Triple, parse, parse_query_results
from pyoxigraph import Store as Oxigraph

from kg.errors import StoreError, UsageError
from kg.rdf import FORMATS, RdfFormat
from kg.results import TABLE_FORMATS, Answering, Result
from kg.sparql import check, syntax_error, undeclared
from kg.vocab import PREFIXES
from kg.wire import Got, Wire

_ROWS = {
    "application/sparql-results+json": TABLE_FORMATS["json"],
    "application/json": TABLE_FORMATS["json"],
    "application/sparql-results+xml": TABLE_FORMATS["xml"],
    "application/xml": TABLE_FORMATS["xml"],
}
_GRAPHS = {
    "application/n-triples": FORMATS["ntriples"],
    "text/plain": FORMATS["ntriples"],
    "text/turtle": FORMATS["turtle"],
    "application/rdf+xml": FORMATS["rdfxml"],
}
_CUT = "x-sparql-maxrows"
"""Header by which Virtuoso says how many rows it gives at most."""


class RemoteStore(Answering):
    """The graph behind the SPARQL endpoint at `address`; see `kg.store.Store`.

    Raises:
        UsageError: it is no address.

    """

    digest = ""
    """Nobody tells when the content changes."""

    def __init__(self, address: str) -> None:
        self.wire = Wire(address)
        self.location = self.wire.location

    def query(
        self, query: str, dataset: tuple[Sequence[str], Sequence[str]] | None = None, base: str | None = None
    ) -> Result:
        """Run any SPARQL 1.1 query; arguments as `kg.local.LocalStore.query`.

        Raises:
            QuerySyntaxError: it does not parse, is an update, or would ask another endpoint.
            UsageError: the store cannot run it.
            StoreError: the store cannot be reached, refuses, or cuts the answer short.

        """
        check(query)
        form = _form(query, base)
        fields = [("query", _declared(query, base))]
        for name, graphs in zip(("default-graph-uri", "named-graph-uri"), dataset or ((), ()), strict=True):
            fields += [(name, graph) for graph in graphs]
        got = self.wire.send(
            "POST",
            self.location,
            urlencode(fields).encode(),
            Content_Type="application/x-www-form-urlencoded",
            Accept=_accept(_GRAPHS if form == "graph" else _ROWS),
        )
        if not got.ok:
            raise _refusal(self.location, got)
        try:
            return Result(_triples(got) if form == "graph" else _rows(got, form))
        except (SyntaxError, ValueError, KeyError) as problem:
            raise StoreError(
                f"{self.location} gives an answer of type {got.media or '(none)'} that cannot be read",
                "name the address of its SPARQL endpoint",
            ) from problem

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted."""
        rows = self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        return tuple(sorted(row["g"] for row in rows if row["g"]))

    def quads(self, *graphs: str) -> Iterator[Quad]:
        """Quads of the named graphs `graphs` (IRIs), or of all of them, graph by graph in IRI order."""
        for graph in graphs or self.graphs():
            for triple in self.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"):
                yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))

    def triples(self) -> Iterator[Quad]:
        """Every triple once, as a quad of the default graph."""
        for triple in self.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
            yield Quad(triple.subject, triple.predicate, triple.object)


def _form(query: str, base: str | None) -> str:
    """Form of the answer: rows, boolean or graph."""
    try:
        return Result(Oxigraph().query(query, prefixes=PREFIXES, base_iri=base)).form
    except SyntaxError as problem:
        raise syntax_error(query, problem) from problem
    except RuntimeError as problem:
        raise UsageError(f"the query cannot be run: {problem}") from problem


def _declared(query: str, base: str | None) -> str:
    """`query` with the prefixes declared that it uses and does not declare, on its first line: places stay the same."""
    head = [f"BASE <{base}>"] if base else []
    head += [f"PREFIX {name}: <{PREFIXES[name]}>" for name in undeclared(query)]
    return " ".join((*head, query))


def _accept(known: Mapping[str, object]) -> str:
    return ", ".join(f"{media};q={1 - 0.1 * rank:.1f}" for rank, media in enumerate(known))


def _rows(got: Got, form: str) -> QuerySolutions | QueryBoolean:
    found = parse_query_results(got.body, _ROWS[got.media])
    if form == "boolean" and isinstance(found, QuerySolutions):
        # Virtuoso answers some ASK queries with one row that holds 1 or 0.
        values = [getattr(value, "value", "") for row in found for value in row]
        found = parse_query_results(
            b'{"head":{},"boolean":%s}' % (b"true" if values in (["1"], ["true"]) else b"false"), TABLE_FORMATS["json"]
        )
    if isinstance(found, QuerySolutions) and got.headers.get(_CUT, "").isdecimal():
        again = parse_query_results(got.body, _ROWS[got.media])
        most = int(got.headers[_CUT])
        if isinstance(again, QuerySolutions) and sum(1 for _ in again) >= most:
            raise StoreError(
                f"the store gives no more than {most:,} rows: this answer may lack some",
                "raise ResultSetMaxRows in virtuoso.ini",
            )
    return found


def _triples(got: Got) -> Iterator[Triple]:
    kind: RdfFormat = _GRAPHS[got.media]
    return iter([quad.triple for quad in parse(got.body, kind)])


def _refusal(location: str, got: Got) -> StoreError | UsageError:
    if got.status == 400:
        return UsageError(f"{location} cannot run the query: {got.said}")
    if got.status in {401, 403}:
        return StoreError(f"{location} asks who you are: {got.said}", "set KG_USER and KG_PASSWORD")
    if 300 <= got.status < 400:
        return StoreError(f"{location} sends to another address: {got.headers.get('location', '')}", "name that one")
    return StoreError(f"{location} refuses: {got.said}", "name the address of its SPARQL endpoint")
