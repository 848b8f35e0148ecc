"""A method of the library is an address: its parameters are read from there, by their names and kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from kg.api import ask, commands, public
from kg.description import openapi
from kg.knowledge import KnowledgeGraph
from kg.local import LocalStore
from kg.model import Answer
from kg.problems import RefusedError


def impact(
    self: KnowledgeGraph,
    system: str,
    without: Sequence[str] = (),
    with_: Sequence[str] = (),
    hops: int = 3,
    lang: str = "vi",
    **_: object,
) -> Answer:
    """Answer with what was given."""
    return Answer("impact", {"system": system, "without": without, "with": with_, "hops": hops, "lang": lang}, ())


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> KnowledgeGraph:
    monkeypatch.setattr(KnowledgeGraph, "impact", impact, raising=False)
    return KnowledgeGraph(LocalStore.memory())


def test_values_come_in_the_kinds_that_the_method_takes(graph: KnowledgeGraph) -> None:
    given = {"system": ["x"], "without": ["a", "b"], "with": ["a -> b"], "hops": ["2"], "lang": [""]}
    assert ask(graph, "impact", given).parameters == {
        "system": "x",
        "without": ("a", "b"),
        "with": ("a -> b",),
        "hops": 2,
        "lang": "vi",
    }


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"system": [" "]},
        {"system": ["x", "y"]},
        {"system": ["x"], "hops": ["many"]},
        {"system": ["x"], "lang": ["xx"]},
        {"system": ["x"], "self": ["y"]},
        {"system": ["x"], "with_": ["y"]},
        {"system": ["x"], "_": ["y"]},
    ],
)
def test_what_the_method_does_not_take_is_refused(graph: KnowledgeGraph, given: Mapping[str, Sequence[str]]) -> None:
    with pytest.raises(RefusedError) as caught:
        ask(graph, "impact", given)
    assert caught.value.status == 400


@pytest.mark.parametrize("name", ["show", "build", "open", "query", "diff", "rdf", "__init__", ""])
def test_only_questions_are_addresses(graph: KnowledgeGraph, name: str) -> None:
    with pytest.raises(RefusedError) as caught:
        ask(graph, name, {})
    assert caught.value.status == 404


@pytest.mark.usefixtures("graph")
def test_every_parameter_is_described() -> None:
    paths = openapi()["paths"]
    for name, parameters in commands().items():
        described = [parameter["name"] for parameter in paths[f"/api/{name}"]["get"]["parameters"]]
        assert described == [public(parameter) for parameter in parameters]
