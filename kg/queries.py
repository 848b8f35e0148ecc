"""Questions in SPARQL: a text, a file, or one of `ontology/questions` by its name, with typed parameters.

The comment lines at the head of a question say what it asks and what it wants to know:

    # title@vi: …
    # title@en: …
    # description@vi: …
    # description@en: …
    # param NAME: TYPE = DEFAULT      (without `= DEFAULT` a value must be given)
    # portable: no, WHY               (where a store that is in use does not answer it as SPARQL 1.1 says)

TYPE is system, place, status, level, class, iri, text, date or number. In the query the parameter is the variable
`?NAME`, bound to the value before anything else is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import fetch
from kg.dates import days
from kg.errors import OntologyError, QuerySyntaxError, StoreError, UnknownNameError, UsageError
from kg.names import Named, nearest, resolve, resolve_alike
from kg.ontology import ontology_folder
from kg.rdf import NamedNode, literal
from kg.results import Result, Value
from kg.sparql import Token, tokens
from kg.store import Store
from kg.vocab import LV, ST, STATUSES, expand, slug

TYPES = ("system", "place", "status", "level", "class", "iri", "text", "date", "number")
"""What a parameter may be."""

_HEAD = re.compile(r"#\s*(title|description)@(\w+)\s*:\s*(.*?)\s*")
_PARAM = re.compile(r"#\s*param\s+(\w+)\s*:\s*(\w+)\s*(?:=\s*(.*?))?\s*")
_UNPORTABLE = re.compile(r"^#\s*portable:\s*no\b", re.MULTILINE)
_NAME = re.compile(r"[\w-]+")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a question wants to be told."""

    name: str
    type: str
    """One of `TYPES`."""
    default: str | None
    """None where a value must be given."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query with a name."""

    name: str
    text: str
    titles: Mapping[str, str]
    """By language."""
    descriptions: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    portable: bool
    """Whether every store that kg is tested with answers it alike."""

    def title(self, lang: str = "vi") -> str:
        """Title in `lang`, else in Vietnamese, else the name."""
        return self.titles.get(lang) or self.titles.get("vi") or self.name


def questions(folder: Path | None = None) -> dict[str, Question]:
    """Read the questions that come with the ontology, by name.

    Raises:
        OntologyError: the head of one of them is broken.

    """
    folder = folder or ontology_folder()
    return {path.stem: _question(path) for path in sorted((folder / "questions").glob("*.rq"))}


def run(store: Store, query: str | Path, params: Mapping[str, str] | None = None) -> Result:
    """Run a query on `store`.

    Args:
        store: the graph.
        query: path of a file that exists, else the name of a question, else SPARQL text.
        params: values by parameter name, as a user writes them.

    Raises:
        UnknownNameError: no question of that name, no such parameter, or nothing that a value names.
        QuerySyntaxError: it does not parse.
        UsageError: a value is missing or of the wrong kind.

    """
    question = find(query)
    return store.query(bind(question, values(store, question, params or {})))


def find(query: str | Path, folder: Path | None = None) -> Question:
    """Find the question that `query` means: a file, a name, or the text itself.

    Raises:
        UnknownNameError: it looks like a name and there is no such question.
        StoreError: the file cannot be read.

    """
    text = str(query)
    if _is_file(text):
        return _question(Path(text))
    if _NAME.fullmatch(text.strip()) or isinstance(query, Path):
        known = questions(folder)
        if text.strip() in known:
            return known[text.strip()]
        near = nearest(text, (Named(name, (name, *question.titles.values())) for name, question in known.items()))
        raise UnknownNameError(f"no question or file is called {text!r}", near, hint=f"questions: {', '.join(known)}")
    return _parsed("query", text, None)


def _is_file(text: str) -> bool:
    try:
        return "\n" not in text and Path(text).is_file()
    except (OSError, ValueError):
        return False


def _question(path: Path) -> Question:
    try:
        return _parsed(path.stem, path.read_text(encoding="utf-8-sig"), path)
    except (OSError, UnicodeDecodeError) as problem:
        raise StoreError(f"{path} cannot be read: {problem}") from problem


def _parsed(name: str, text: str, path: Path | None) -> Question:
    heads: dict[str, dict[str, str]] = {"title": {}, "description": {}}
    parameters = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            break
        head, param = _HEAD.fullmatch(line), _PARAM.fullmatch(line)
        if head:
            heads[head[1]][head[2]] = head[3]
        elif param and param[2] in TYPES:
            parameters.append(Parameter(param[1], param[2], param[3] or None))
        elif re.match(r"#\s*param\b", line) and path:
            raise OntologyError(path, number, f"not a parameter: {line}", f"# param NAME: {'|'.join(TYPES)} = DEFAULT")
    return Question(name, text, heads["title"], heads["description"], tuple(parameters), not _UNPORTABLE.search(text))


def values(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, tuple[Value, ...]]:
    """Turn what the user gave, and defaults, into terms: parameter → one or, for a province before and after a merger, more.

    Raises:
        UsageError: as `run`.

    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise UnknownNameError(
                f"no parameter {name!r}", tuple(known), hint=f"parameters of {question.name}: {listed}"
            )
    found: dict[str, tuple[Value, ...]] = {}
    for parameter in question.parameters:
        text = given.get(parameter.name, parameter.default)
        if text is None:
            raise UsageError(
                f"{question.name} wants a value for {parameter.name!r}", hint=f"--param {parameter.name}=…"
            )
        found[parameter.name] = _READERS[parameter.type](store, text.strip())
    return found


def bind(question: Question, bound: Mapping[str, Sequence[Value]]) -> str:
    """Text of `question` with its parameters bound: VALUES right inside the braces of WHERE.

    A substitution by the engine takes one value only, and none in CONSTRUCT and ASK.

    Raises:
        QuerySyntaxError: the query has no braces to put them in.

    """
    if not bound:
        return question.text
    place = _where(list(tokens(question.text)))
    if place is None:
        raise QuerySyntaxError(f"{question.name} has no WHERE {{ … }}")
    # All on one line: places in error messages stay right but for the column.
    clauses = "".join(f" VALUES ?{name} {{ {' '.join(map(str, terms))} }}" for name, terms in sorted(bound.items()))
    return f"{question.text[:place]}{clauses} {question.text[place:]}"


def _where(found: list[Token]) -> int | None:
    """Offset behind the brace that opens WHERE: the first one, or the second in CONSTRUCT { … } WHERE { … }."""
    depth, blocks = 0, 0
    wanted = 1
    for token in found:
        if token.kind == "word" and token.text.upper() == "CONSTRUCT" and depth == 0:
            wanted = 2
        if token.kind == "word" and token.text.upper() == "WHERE" and depth == 0:
            wanted = blocks + 1
        if token.text == "{":
            blocks += depth == 0
            depth += 1
            if depth == 1 and blocks == wanted:
                return token.start + 1
        elif token.text == "}":
            depth -= 1
    return None


def _system(store: Store, text: str) -> tuple[Value, ...]:
    return (NamedNode(_iri(text) or resolve(text, fetch.named_systems(fetch.links(store)), "system")),)


def _place(store: Store, text: str) -> tuple[Value, ...]:
    known = _iri(text)
    found = (known,) if known else resolve_alike(text, fetch.named_provinces(fetch.links(store)), "province")
    return tuple(NamedNode(iri) for iri in found)


def _class(store: Store, text: str) -> tuple[Value, ...]:
    known = _iri(text)
    return (NamedNode(known or resolve(text, fetch.named_types(store, fetch.links(store)), "type")),)


def _status(_: Store, text: str) -> tuple[Value, ...]:
    names = [_iri(part) or ST + part.strip() for part in text.split(",")]
    for name in names:
        if name.removeprefix(ST) not in STATUSES:
            raise UnknownNameError(
                f"no such status: {name.removeprefix(ST)}", STATUSES, hint=f"one of: {', '.join(STATUSES)}"
            )
    return tuple(map(NamedNode, names))


def _level(_: Store, text: str) -> tuple[Value, ...]:
    return (NamedNode(_iri(text) or LV + slug(text)),)


def _date(_: Store, text: str) -> tuple[Value, ...]:
    stretch = days(text)
    if not stretch:
        raise UsageError(f"not a date: {text!r}", hint="YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD")
    return (literal(stretch[0], datatype="date"),)


def _number(_: Store, text: str) -> tuple[Value, ...]:
    if not _NUMBER.fullmatch(text):
        raise UsageError(f"not a number: {text!r}")
    return (literal(float(text)),)


def _plain(_: Store, text: str) -> tuple[Value, ...]:
    return (literal(text),)


def _any(_: Store, text: str) -> tuple[Value, ...]:
    known = _iri(text)
    if not known:
        raise UsageError(f"not an IRI or prefixed name: {text!r}")
    return (NamedNode(known),)


def _iri(text: str) -> str | None:
    """The IRI that `text` is, by itself or as a prefixed name; None where it is a name."""
    if ":" not in text or " " in text.strip():
        return None
    iri = expand(text)
    try:
        NamedNode(iri)
    except ValueError as problem:
        raise UsageError(f"not an IRI: {text!r}") from problem
    return iri


_READERS: dict[str, Callable[[Store, str], tuple[Value, ...]]] = {
    "system": _system,
    "place": _place,
    "status": _status,
    "level": _level,
    "class": _class,
    "iri": _any,
    "text": _plain,
    "date": _date,
    "number": _number,
}
