"""The questions of `KnowledgeGraph` as they are asked over HTTP: names and values from an address, answers as JSON.

A parameter of a method is a parameter of the address by the same name, so a question that the library learns can be asked
here as well.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kg.asking import UNITS
from kg.dates import days
from kg.errors import UsageError
from kg.knowledge import KnowledgeGraph
from kg.links import layer
from kg.listing import KINDS
from kg.messages import LANGUAGES
from kg.model import Answer
from kg.problems import RefusedError
from kg.queries import Question
from kg.vocab import STATUSES

COMMANDS = ("linked", "needs", "impact", "path", "weak", "gaps", "why", "list")
"""Questions that are answered under /api/. Not `diff`: it opens whatever folder it is told of."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "lang": LANGUAGES,
    "units": UNITS,
    "what": tuple(KINDS),
    "derived": ("true", "false"),
}
"""What a parameter may be, where that is a short list."""

_PLAIN = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
_NUMBERS: Mapping[str, Callable[[str], Any]] = {"int": int, "float": float, "bool": "true".__eq__}


def commands() -> dict[str, tuple[inspect.Parameter, ...]]:
    """Names of the questions and their parameters."""
    known = {name: getattr(KnowledgeGraph, name) for name in COMMANDS}
    return {
        name: tuple(p for p in inspect.signature(method).parameters.values() if p.name != "self" and p.kind in _PLAIN)
        for name, method in known.items()
    }


def public(parameter: inspect.Parameter) -> str:
    """Name of a parameter in an address: Python cannot call one `with`."""
    return parameter.name.rstrip("_")


def many(parameter: inspect.Parameter) -> bool:
    """Whether it may be given more than once."""
    return any(word in str(parameter.annotation) for word in ("Sequence", "Iterable", "tuple", "list", "Statuses"))


def ask(graph: KnowledgeGraph, command: str, given: Mapping[str, Sequence[str]]) -> Answer:
    """Answer a question of `COMMANDS` with what an address gives.

    Raises:
        RefusedError: 404 where there is no such question; 400 for a parameter that is unknown, missing, given too often or
            of the wrong kind.
        UnknownNameError: nothing is called so.
        AmbiguousNameError: several things are.
        UsageError: a value is not what it should be.
    """
    known = commands()
    if command not in known:
        raise _refused(404, f"no such question: {command!r}", tuple(known))
    parameters = {public(parameter): parameter for parameter in known[command]}
    for name in given:
        if name not in parameters:
            raise _refused(400, f"{command} has no parameter {name!r}", tuple(parameters))
    values: dict[str, Any] = {}
    for name, parameter in parameters.items():
        texts = tuple(text for text in given.get(name, ()) if text.strip())
        if texts:
            values[parameter.name] = _value(name, parameter, texts)
        elif parameter.default is inspect.Parameter.empty:
            raise _refused(400, f"{command} wants a value for {name!r}", CHOICES.get(name, ()))
    found = getattr(graph, command)(**values)
    assert isinstance(found, Answer)
    return found


def _value(name: str, parameter: inspect.Parameter, texts: tuple[str, ...]) -> Any:
    """The value that the method takes.

    Raises:
        RefusedError: it is of the wrong kind.
    """
    if len(texts) > 1 and not many(parameter):
        raise _refused(400, f"{name!r} is given {len(texts)} times")
    if name == "status":
        return layer(",".join(texts)) or "all"
    if many(parameter):
        return texts
    (text,) = texts
    if name in CHOICES and text not in CHOICES[name]:
        raise _refused(400, f"{name!r} cannot be {text!r}", CHOICES[name])
    if name == "as_of" and not days(text):
        raise UsageError(f"not a date: {text!r}", hint="YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD")
    try:
        return _NUMBERS.get(str(parameter.annotation).removesuffix(" | None"), str)(text)
    except ValueError as problem:
        raise _refused(400, f"{name!r} is not a number: {text!r}") from problem


def arguments(question: Question, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Values for a named SPARQL question.

    Raises:
        RefusedError: a parameter is unknown, given twice, missing, or no such status.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name, texts in given.items():
        if name not in known:
            raise _refused(400, f"{question.name} has no parameter {name!r}", tuple(known))
        if len(texts) > 1:
            raise _refused(400, f"{name!r} is given {len(texts)} times")
        if known[name].type == "status" and not all(_is_status(text) for text in texts[0].split(",")):
            raise _refused(400, f"no such status: {texts[0]!r}", STATUSES)
    return {name: texts[0] for name, texts in given.items()}


def _is_status(text: str) -> bool:
    try:
        return bool(text.strip()) and text.strip() != "all" and bool(layer(text))
    except UsageError:
        return False


def catalogue(questions: Mapping[str, Question]) -> dict[str, Any]:
    """The named questions with what they ask and want, as JSON."""
    return {
        "questions": [
            {
                "name": question.name,
                "title": dict(question.titles),
                "description": dict(question.descriptions),
                "parameters": [
                    {"name": parameter.name, "type": parameter.type, "default": parameter.default}
                    for parameter in question.parameters
                ],
                "href": f"/api/query/{question.name}",
            }
            for question in questions.values()
        ]
    }


def _refused(status: int, message: str, choices: tuple[str, ...] = ()) -> RefusedError:
    hint = f"one of: {', '.join(choices)}" if choices else ""
    error = RefusedError(status, "unknown-name" if status == 404 else "bad-request", message, hint)
    error.choices = choices
    return error
