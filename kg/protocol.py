"""SPARQL 1.1 Protocol, the query operation: from a request to the query that it asks, and to the format of the answer.

Nothing here knows a web server: a request is its method, its query string, its content type and its body.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.problems import RefusedError
from kg.sparql import tokens

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types of rows and of yes or no → format; of two that are liked as well, the first is given."""

GRAPHS: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "application/x-turtle": "turtle",
    "text/plain": "ntriples",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
}
"""Media types of graphs → format."""

OFFERS: Mapping[str, Mapping[str, str]] = {"rows": ROWS, "boolean": ROWS, "graph": GRAPHS}
"""Media types by the form of an answer; see `kg.results.Result.form`."""

_FIELDS = 1000
"""Parameters that a request may have."""
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]+")
_QUALITY = re.compile(r"[01](?:\.[0-9]{0,3})?")
_CHANGING = frozenset({"NOW", "RAND", "UUID", "STRUUID"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One query operation."""

    query: str
    default: tuple[str, ...] = ()
    """IRIs of default-graph-uri."""
    named: tuple[str, ...] = ()
    """IRIs of named-graph-uri."""

    @property
    def dataset(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The graphs that the request names; None where it leaves that to the query."""
        return (self.default, self.named) if self.default or self.named else None


def operation(method: str, query_string: bytes, content_type: str = "", body: bytes = b"") -> Operation | None:
    """Read the query operation of a request; None for the bare GET that asks for the service description.

    Raises:
        RefusedError: 400 for no query, several, an update, text that is not UTF-8, a graph that is no absolute IRI;
            415 for a body of another type.

    >>> operation("GET", b"query=ASK%20%7B%7D").query
    'ASK {}'
    """
    given = list(_fields(query_string))
    if method in {"GET", "HEAD"}:
        return _operation(given) if query_string else None
    media, charset = _content_type(content_type)
    if media == UPDATE:
        raise _bad("update is refused: this endpoint is read-only", "ask a query")
    if media not in {FORM, QUERY}:
        raise RefusedError(
            415,
            "media-type",
            f"a body of type {media or '(none)'} is not taken",
            f"{FORM} or {QUERY}",
            Accept_Post=f"{FORM}, {QUERY}",
        )
    if charset not in {"", "utf-8", "utf8"}:
        raise RefusedError(415, "media-type", "the body is not said to be in UTF-8", "send UTF-8")
    if any(name in {"query", "update"} for name, _ in given):
        raise _bad("a POST has its query in the body, not in the address")
    return _operation([*given, *(_fields(body) if media == FORM else [("query", _text(body))])])


def _operation(given: Iterable[tuple[str, str]]) -> Operation:
    found: dict[str, list[str]] = {"query": [], "update": [], "default-graph-uri": [], "named-graph-uri": []}
    for name, value in given:
        if name in found:  # others are for other servers: clients send their own
            found[name].append(value)
    if found["update"]:
        raise _bad("update is refused: this endpoint is read-only", "ask a query")
    if len(found["query"]) != 1:
        raise _bad(f"{len(found['query']) or 'no'} queries in one request", "send exactly one as query=…")
    for name in ("default-graph-uri", "named-graph-uri"):
        for iri in found[name]:
            if not _IRI.fullmatch(iri):
                raise _bad(f"{name} is not an absolute IRI: {iri[:100]!r}")
    default, named = (tuple(dict.fromkeys(found[name])) for name in ("default-graph-uri", "named-graph-uri"))
    return Operation(found["query"][0], default, named)


def fields(query_string: bytes) -> dict[str, tuple[str, ...]]:
    """Values by name, each name with all its values in order.

    Raises:
        RefusedError: it is not UTF-8, or there are too many.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, value in _fields(query_string):
        found[name] = (*found.get(name, ()), value)
    return found


def _fields(text: bytes) -> Iterator[tuple[str, str]]:
    try:
        yield from parse_qsl(
            text.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError as error:
        raise _bad("the request is not UTF-8") from error
    except ValueError as error:
        raise _bad(f"more than {_FIELDS} parameters") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _bad("the query is not UTF-8") from error


def _content_type(header: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type, in small letters."""
    media, *parameters = (part.strip() for part in header.lower().split(";"))
    charset = next((part[8:].strip(' "') for part in parameters if part.startswith("charset=")), "")
    return media, charset


def _bad(message: str, hint: str = "") -> RefusedError:
    return RefusedError(400, "bad-request", message, hint)


def negotiate(accept: str, offers: Iterable[str]) -> str:
    """The media type among `offers` that a request with this Accept header likes most.

    The most specific range that names an offer gives its quality. Of equal ones the more specifically named wins, then
    the one that the header names first, then the first offer.

    Raises:
        RefusedError: 406, none is acceptable.

    >>> negotiate("text/csv;q=0.5, application/*;q=0.9", ROWS)
    'application/sparql-results+json'
    """
    listed = tuple(offers)
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    best: tuple[float, int, int, int] | None = None
    for order, offer in enumerate(listed):
        named = [
            (specific, -place, quality)
            for place, (name, quality) in enumerate(ranges)
            if (specific := _specific(name, offer))
        ]
        if not named:
            continue
        specific, place, quality = max(named)
        rank = (quality, specific, place, -order)
        if quality > 0 and (best is None or rank > best):
            best = rank
    if best is None:
        error = RefusedError(406, "not-acceptable", "the answer cannot be given in any format that the request accepts")
        error.choices = listed
        raise error
    return listed[-best[3]]


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((piece[2:].strip() for piece in parameters if piece.startswith("q=")), "1")
        if name and _QUALITY.fullmatch(quality):
            yield name, min(float(quality), 1.0)


def _specific(name: str, offer: str) -> int:
    """How closely a media range names an offer: 3 by itself, 2 by its kind, 1 as anything, 0 not at all."""
    if name == offer:
        return 3
    if name == "*/*":
        return 1
    return 2 if name.endswith("/*") and offer.startswith(name[:-1]) else 0


def content_type(media: str) -> str:
    """Content-Type header for `media`: text says its encoding."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def changing(query: str) -> bool:
    """Whether the same query may answer otherwise on the same graph: it asks the clock or chance."""
    return any(token.kind == "word" and token.text.upper() in _CHANGING for token in tokens(query))


def tag(*parts: object) -> str:
    """Entity tag of an answer: the same for the same parts, such as build, query and media type."""
    return f'"{hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]}"'


def matches(header: str, *tags: str) -> bool:
    """Whether an If-None-Match header names one of `tags`; weak and strong ones are the same to it."""
    named = {part.strip().removeprefix("W/") for part in header.split(",")}
    return not named.isdisjoint(tags)
