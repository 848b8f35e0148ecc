"""RDF files in and out: terms, Turtle with places of errors, and TriG that has the same bytes for the same quads.

No file that is written holds a blank node: those of an ontology file get an IRI by their order in the file.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import InputMissingError, KgError, OntologyError, StoreError
from kg.vocab import BASE, RDF, XSD

if TYPE_CHECKING:
    import rdflib

__all__ = ["BlankNode", "DefaultGraph", "Literal", "NamedNode", "Quad", "RdfFormat", "Term", "Triple"]

Term = NamedNode | Literal
"""What stands in a written quad."""

RDF_TYPE = NamedNode(RDF + "type")
SKOLEM = f"{BASE}/.well-known/genid/"

FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "n3": RdfFormat.N3,
}
"""Formats by the names that commands take."""

ENDINGS: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".n3": RdfFormat.N3,
}
"""Formats by file name ending."""

PACKED = ".gz"
"""Ending of a file that gzip has packed."""

_TELL_AFTER = 20_000
"""Quads between two words on how far a file has been read."""


def iri(value: str) -> NamedNode:
    """Node of a full IRI; text that is no IRI is refused with ValueError."""
    return NamedNode(value)


def literal(value: str | float, lang: str | None = None, datatype: str | None = None) -> Literal:
    """Literal of `value`: tagged `lang`, or of `datatype` (local name in XSD), or a plain string; numbers type themselves.

    A whole number is an xsd:integer, any other an xsd:decimal written without exponent.

    >>> str(literal(2.50)), str(literal(3.0))
    ('"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"3"^^<http://www.w3.org/2001/XMLSchema#integer>')
    """
    if isinstance(value, str):
        if lang:
            return Literal(value, language=lang)
        return Literal(value, datatype=NamedNode(XSD + datatype)) if datatype else Literal(value)
    text = number_text(value)
    return Literal(text, datatype=NamedNode(XSD + (datatype or ("decimal" if "." in text else "integer"))))


def number_text(value: float) -> str:
    """Shortest decimal writing of `value`, without exponent or closing zeros.

    >>> number_text(0.93), number_text(2042.0), number_text(1e-7)
    ('0.93', '2042', '0.0000001')
    """
    from decimal import Decimal

    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_turtle(path: Path) -> Iterator[Triple]:
    """Triples of a Turtle file of the ontology, in its order; blank nodes become IRIs named after the file.

    Raises:
        OntologyError: the file cannot be read or does not parse; the message begins with `file:line:`.

    """
    names: dict[str, NamedNode] = {}

    def named(term: object) -> object:
        if isinstance(term, BlankNode):
            return names.setdefault(term.value, NamedNode(f"{SKOLEM}{path.stem}-{len(names) + 1}"))
        return term

    try:
        with path.open("rb") as source:
            for quad in parse(source, format=RdfFormat.TURTLE, base_iri=f"{BASE}/ont"):
                yield Triple(named(quad.subject), quad.predicate, named(quad.object))  # type: ignore[arg-type]
    except SyntaxError as problem:
        raise OntologyError(path, problem.lineno, problem.msg) from problem
    except OSError as problem:
        raise OntologyError(path, None, problem.strerror or str(problem)) from problem


def is_rdf(path: Path) -> bool:
    """Whether the name of `path` says that it is RDF, packed by gzip or not.

    >>> is_rdf(Path("a.nq.gz")), is_rdf(Path("a.gz"))
    (True, False)
    """
    return _ending(path) in ENDINGS


def _ending(path: Path) -> str:
    return Path(path.stem if path.suffix.lower() == PACKED else path.name).suffix.lower()


def format_of(path: Path) -> RdfFormat:
    """RDF format that the ending of `path` says; `.gz` may follow it.

    Raises:
        InputMissingError: the ending is none that we know.

    """
    known = ENDINGS.get(_ending(path))
    if known is None:
        raise InputMissingError(
            f"{path}: not a known RDF file", hint=f"known endings: {' '.join(sorted(ENDINGS))}, each also with {PACKED}"
        )
    return known


def parse_quads(path: Path, told: Callable[[int], object] | None = None, base: str | None = None) -> Iterator[Quad]:
    """Quads of any RDF file, in its order, blank nodes as they are.

    Args:
        path: the file, packed by gzip or not.
        told: hears now and then how many bytes of the file have been read.
        base: IRI that relative ones are relative to; by default that of the file.

    Raises:
        InputMissingError: no such file, or an ending that we do not know.
        StoreError: the file does not parse; the message begins with `file:line:`.

    """
    known = format_of(path)
    try:
        with path.open("rb") as file:
            found = parse(_unpacked(path, file), format=known, base_iri=base or path.resolve().as_uri())
            for number, quad in enumerate(found):
                if told and number % _TELL_AFTER == 0:
                    told(file.tell())
                yield quad
    except SyntaxError as problem:
        place = f"{path}:{problem.lineno}" if problem.lineno else str(path)
        raise StoreError(f"{place}: {problem.msg}") from problem
    except FileNotFoundError as problem:
        raise InputMissingError(f"no such file: {path}") from problem
    except (OSError, EOFError, zlib.error) as problem:
        raise StoreError(f"{path}: {getattr(problem, 'strerror', None) or problem}") from problem


def _unpacked(path: Path, file: BinaryIO) -> BinaryIO:
    if path.suffix.lower() != PACKED:
        return file
    import gzip

    return cast("BinaryIO", gzip.GzipFile(fileobj=file))


def serialise(statements: Iterable[Triple] | Iterable[Quad], name: str = "ntriples") -> bytes:
    """`statements` in the format `name` of `FORMATS`, in their order."""
    return serialize(statements, format=FORMATS[name]) or b""


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """One rdflib graph of the triples of `quads`, whatever graph they stand in."""
    import rdflib

    nodes: dict[str, rdflib.URIRef] = {}

    def node(term: object) -> rdflib.term.Node:
        if isinstance(term, NamedNode):
            return nodes.setdefault(term.value, rdflib.URIRef(term.value))
        if isinstance(term, BlankNode):
            return rdflib.BNode(term.value)
        if not isinstance(term, Literal):
            raise KgError(f"a triple term cannot be validated: {term}")
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == XSD + "string"
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))

    graph = rdflib.Graph()
    for quad in quads:
        graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return graph
