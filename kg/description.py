"""What the endpoint says of itself: its SPARQL 1.1 service description, and its OpenAPI document."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from kg import __version__
from kg.api import CHOICES, commands, many, public
from kg.local import LocalStore
from kg.problems import MEDIA
from kg.protocol import FORM, GRAPHS, QUERY, ROWS
from kg.rdf import Quad, iri
from kg.results import Result
from kg.store import Store
from kg.vocab import RDF

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip

_SAYS: Mapping[str, str] = {
    "system": "a label, alias, acronym, IRI or prefixed name, with or without diacritics",
    "id": "IRI or prefixed name, or the name of a system",
    "a": "where the path begins: a system",
    "b": "where it ends: a system",
    "what": "the kind of thing",
    "status": "statuses of the connections that count, separated by commas, or all",
    "as_of": "only what was stated up to this date: YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD",
    "units": "count by the provincial units before 2025-07-01 (2024) or after (2025)",
    "lang": "language of labels and notes",
    "province": "only what belongs to this province",
    "type": "only systems of this type, and connections of one",
    "count": "how many",
    "derived": "whether links count that no text states but several connections make",
    "without": "what if this system were not there",
    "with": "what if this connection, 'A -> B', were there",
    "merge": "what if these provinces, 'P + Q', were one",
    "move": "what if all connections of a system went to another, 'HUB -> HUB2'",
}


def service(store: Store, endpoint: str) -> Result:
    """The service description of the endpoint at the address `endpoint`, as a graph."""
    graphs = [row["g"] for row in store.select("SELECT DISTINCT ?g { GRAPH ?g {} }")]
    base, data, union = endpoint, f"{endpoint}#dataset", f"{endpoint}#default"
    said = [
        (base, RDF + "type", _SD + "Service"),
        (base, _SD + "endpoint", endpoint),
        (base, _SD + "supportedLanguage", _SD + "SPARQL11Query"),
        (base, _SD + "feature", _SD + "UnionDefaultGraph"),
        *((base, _SD + "resultFormat", _FORMATS + name) for name in _RESULTS),
        (base, _SD + "defaultDataset", data),
        (data, RDF + "type", _SD + "Dataset"),
        (data, _SD + "defaultGraph", union),
        (union, RDF + "type", _SD + "Graph"),
    ]
    for number, graph in enumerate(sorted(name for name in graphs if name), 1):
        entry = f"{endpoint}#graph-{number}"
        said += [
            (data, _SD + "namedGraph", entry),
            (entry, RDF + "type", _SD + "NamedGraph"),
            (entry, _SD + "name", graph),
        ]
    quads = (Quad(iri(subject), iri(predicate), iri(object_)) for subject, predicate, object_ in said)
    return LocalStore.memory(quads).query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o")


def openapi() -> dict[str, Any]:
    """The OpenAPI description of everything that the server answers."""
    paths: dict[str, Any] = {f"/api/{name}": {"get": _command(name)} for name in commands()}
    paths["/api/query"] = {"get": _operation("The named questions, with their parameters.", [], _json())}
    paths["/api/query/{name}"] = {
        "get": _operation(
            "Answer of a named question; its parameters, see /api/query, are those of the address.",
            [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
            _content({**ROWS, **GRAPHS}),
        )
    }
    paths["/sparql"] = {"get": _query(), "post": _query(post=True)}
    paths["/health"] = {"get": _operation("Whether the graph can be asked, and which build it is.", [], _json())}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg",
            "version": __version__,
            "summary": "A knowledge graph of Vietnam's e-government systems and how they connect",
        },
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": {"Answer": _ANSWER, "Problem": _PROBLEM}},
    }


_ANSWER: dict[str, Any] = {
    "type": "object",
    "required": ["question", "parameters", "rows", "notes"],
    "properties": {
        "question": {"type": "string"},
        "parameters": {"type": "object"},
        "rows": {"type": "array", "items": {"type": "object"}},
        "notes": {"type": "array", "items": {"type": "string"}},
    },
}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
        "choices": {"type": "array", "items": {"type": "string"}},
    },
}
_FAULTS = {
    "400": "the request makes no sense as it stands",
    "404": "nothing is called so; choices are the nearest names",
    "409": "several things are called so; choices names them",
    "503": "a time limit, too many queries at once, or no graph to read",
}


def _command(name: str) -> dict[str, Any]:
    parameters = [_parameter(parameter) for parameter in commands()[name]]
    answer = _content(["application/json"], {"$ref": "#/components/schemas/Answer"})
    return {"operationId": name, **_operation(f"The same answer as `kg {name}`.", parameters, answer)}


def _parameter(parameter: inspect.Parameter) -> dict[str, Any]:
    name, required = public(parameter), parameter.default is inspect.Parameter.empty
    schema: dict[str, Any] = {"type": "integer" if str(parameter.annotation).startswith("int") else "string"}
    if name in CHOICES:
        schema["enum"] = list(CHOICES[name])
    if not required and parameter.default is not None:
        default = parameter.default
        text = str(default).lower() if isinstance(default, bool) else default
        schema["default"] = ",".join(default) if isinstance(default, tuple) else text
    if many(parameter) and name != "status":
        schema = {"type": "array", "items": {"type": "string"}}
    described = {"description": _SAYS[name]} if name in _SAYS else {}
    return {"name": name, "in": "query", "required": required, "schema": schema, **described}


def _query(post: bool = False) -> dict[str, Any]:
    text = {"type": "string"}
    graphs = {"type": "array", "items": {"type": "string", "format": "uri"}}
    names = ("default-graph-uri", "named-graph-uri")
    parameters: list[Any] = [{"name": name, "in": "query", "schema": graphs} for name in names]
    if not post:
        parameters.insert(0, {"name": "query", "in": "query", "schema": text})
    said = _operation("SPARQL 1.1 Protocol, query operation.", parameters, _content({**ROWS, **GRAPHS}))
    if post:
        form = {"type": "object", "required": ["query"], "properties": {"query": text, **dict.fromkeys(names, graphs)}}
        said["requestBody"] = {"required": True, "content": {FORM: {"schema": form}, QUERY: {"schema": text}}}
    return said


def _operation(summary: str, parameters: list[Any], content: dict[str, Any]) -> dict[str, Any]:
    problem = _content([MEDIA], {"$ref": "#/components/schemas/Problem"})
    faults = {status: {"description": text, "content": problem} for status, text in _FAULTS.items()}
    answered = {"200": {"description": "the answer", "content": content}}
    return {"summary": summary, "parameters": parameters, "responses": {**answered, **faults}}


def _json() -> dict[str, Any]:
    return _content(["application/json"], {"type": "object"})


def _content(types: Any, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {media: {"schema": schema} if schema else {} for media in types}
