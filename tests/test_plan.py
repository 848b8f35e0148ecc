"""The list of questions, and what is said of a query beside its rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.plan import explain, library
from kg.queries import questions
from kg.sparql import undeclared
from tests.graphs import store_of


def test_the_list_names_every_question_in_the_language_asked_for() -> None:
    rows = library("en").rows
    assert [row["name"] for row in rows] == sorted(questions())
    (one,) = [row for row in rows if row["name"] == "compare-provinces"]
    assert one["title"] == questions()["compare-provinces"].titles["en"]
    assert one["parameters"] == "province: place = place:ninh-binh, other: place = place:ha-nam"
    assert one["description"]
    assert {row["portable"] for row in rows} == {True, False}


def test_a_question_is_explained_with_its_parameters_bound() -> None:
    (row,) = explain(store_of(), "hub-links", {"system": "NGSP"}).rows
    assert (row["name"], row["form"]) == ("hub-links", "rows")
    assert row["columns"].startswith("system, role, other")
    assert row["parameters"] == "system = <https://w3id.org/vn-egov/id/system/ndxp>"
    assert "VALUES ?system { <https://w3id.org/vn-egov/id/system/ndxp> }" in row["text"]
    assert row["count"] == len(list(store_of().select(row["text"])))
    assert row["milliseconds"] > 0


@pytest.mark.parametrize(
    ("query", "form", "count", "prefixes", "graphs"),
    [
        ("ASK { ?c a vne:Connection }", "boolean", 1, "vne", ""),
        ("CONSTRUCT { ?c a vne:Connection } WHERE { ?c a vne:Connection }", "graph", 6, "vne", ""),
        ("SELECT ?c FROM graph:x { ?c ?p ?o }", "rows", 0, "graph", "https://w3id.org/vn-egov/id/graph/x"),
        ("PREFIX vne: <http://x/> SELECT ?c { ?c a vne:Connection , skos:Concept }", "rows", 0, "skos", ""),
    ],
)
def test_every_form_is_explained(query: str, form: str, count: int, prefixes: str, graphs: str) -> None:
    (row,) = explain(store_of(), query).rows
    assert (row["form"], row["count"], row["prefixes"], row["graphs"]) == (form, count, prefixes, graphs)


@pytest.mark.parametrize(
    ("group", "warned"),
    [
        ("FILTER NOT EXISTS { ?c vne:source ?s . ?c vne:target ?t }", True),
        ("filter exists { ?c vne:source ?s ; vne:target ?t . }", True),
        ("FILTER NOT EXISTS { { ?c vne:source ?s } UNION { ?c vne:target ?s } }", True),
        ("FILTER NOT EXISTS { ?c vne:source ?s }", False),
        ("FILTER NOT EXISTS { ?c vne:source ?s . }", False),
        ("FILTER NOT EXISTS { ?c vne:source ?s FILTER(?c != ?x) }", False),
        ("MINUS { ?c vne:source ?s ; vne:target ?t }", False),
        ("?s ?p 'NOT EXISTS { ?a ?b ?c . ?d ?e ?f }'", False),
    ],
)
def test_existence_over_several_patterns_is_warned_of(group: str, warned: bool) -> None:
    notes = explain(store_of(), f"SELECT ?s {{ ?s a vne:Database .\n{group} }}", lang="en").notes
    assert [note.startswith("line 2: EXISTS over several patterns") for note in notes] == [True] * warned


def test_prefixes_are_told_apart_from_what_looks_like_them() -> None:
    assert undeclared("ASK { ?s st:a 'vne:b' , <vne:c> } # sys:d") == ["st"]
    assert undeclared("prefix st: <x:> ASK { ?s st:a nope:b }") == []


def test_the_command_lists_and_explains(kg, built: Path) -> None:  # type: ignore[no-untyped-def]
    listed = json.loads(kg("query", "--list", "-f", "json", "--lang", "en").out)
    assert len(listed["rows"]) == len(questions())
    said = kg("query", "aliases", "--explain", "--store", built)
    assert said.code == 0
    assert "name          aliases\n" in said.out
    assert "\nSELECT DISTINCT ?system ?kind ?name WHERE {" in said.out
    assert json.loads(kg("query", "aliases", "--explain", "-f", "json", "--store", built).out)["rows"][0]["count"] == 50
    assert (
        kg("query").code,
        kg("query", "--list", "-f", "xml").code,
        kg("query", "x y", "--explain", "--store", built).code,
    ) == (
        2,
        2,
        2,
    )
