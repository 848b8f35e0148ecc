"""The library of questions as a list, and what a query is before its rows matter: as it is asked, and what makes it slow."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.messages import say
from kg.model import Answer
from kg.queries import Question, bind, find, questions, values
from kg.results import Result
from kg.sparql import Token, datasets, tokens, undeclared
from kg.store import Store


def library(lang: str = "vi") -> Answer:
    """The named questions, by name: what each asks and wants to be told."""
    rows = tuple(
        {
            "name": question.name,
            "title": question.title(lang),
            "parameters": _parameters(question),
            "description": question.descriptions.get(lang) or question.descriptions.get("en", ""),
            "portable": question.portable,
        }
        for question in questions().values()
    )
    return Answer("questions", {"lang": lang}, rows, (say("query.counted", lang, count=len(rows)),))


def _parameters(question: Question) -> str:
    return ", ".join(
        f"{one.name}: {one.type}" + (f" = {one.default}" if one.default else "") for one in question.parameters
    )


def explain(store: Store, query: str | Path, params: Mapping[str, str] | None = None, lang: str = "vi") -> Answer:
    """How `query` is asked of `store`, how long it takes, and what in it is known to be slow; arguments as `kg.queries.run`.

    Returns:
        One row: name, form (rows, boolean or graph), columns, parameters (as terms), prefixes (those it does not declare
        itself), graphs (that it names with FROM), count (of rows or triples), milliseconds, text (with parameters bound).

    """
    question = find(query)
    bound = values(store, question, params or {})
    text = bind(question, bound)
    begin = time.perf_counter()
    result = store.query(text)
    form, columns = result.form, result.variables
    count = _count(result)
    taken = time.perf_counter() - begin
    named = datasets(text) or ((), ())
    row = {
        "name": question.name,
        "form": form,
        "columns": ", ".join(columns),
        "parameters": ", ".join(f"{name} = {' '.join(map(str, terms))}" for name, terms in sorted(bound.items())),
        "prefixes": ", ".join(undeclared(text)),
        "graphs": ", ".join((*named[0], *named[1])),
        "count": count,
        "milliseconds": round(taken * 1000, 1),
        "text": text.strip(),
    }
    return Answer("explain", {"query": str(query), **(params or {})}, (row,), tuple(_warnings(text, lang)))


def _count(result: Result) -> int:
    if result.form == "rows":
        return sum(1 for _ in result.rows())
    return 1 if result.form == "boolean" else sum(1 for _ in result.triples())


def _warnings(text: str, lang: str) -> Iterator[str]:
    """What the engine does badly: a test for existence over several patterns is joined anew for every row."""
    found = list(tokens(text))
    for place, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "EXISTS" and _patterns(found[place + 1 :]) > 1:
            line = text.count("\n", 0, token.start) + 1
            yield say("query.slow-exists", lang, line=line)


def _patterns(found: list[Token]) -> int:
    """Triple patterns in the braces with which `found` begins, filters left out."""
    depth, inside, count, pending = 0, 0, 0, False
    for token in found:
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
        inside += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "sign" else 0
        if depth == 0:
            break
        if token.kind == "sign" and token.text in ".;}":
            count, pending = count + pending, False
        elif token.kind in {"variable", "iri", "name"} and not inside:
            pending = True
    return count + pending
