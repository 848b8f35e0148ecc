"""How two systems hang together, against all paths that there are."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.asking import asked
from kg.errors import UsageError
from kg.links import Edge, Links
from kg.model import Answer
from kg.paths import path
from kg.vocab import SYS
from tests.nets import SYSTEMS, edge, many, net, nets, operational


def ask(*edges: Edge, a: str = "a1", b: str = "n1", count: int = 5, **options: str) -> Answer:
    return path(asked(net(edges), **options), f"{SYS}{a}", f"{SYS}{b}", count)


def paths(answer: Answer) -> list[str]:
    return [" ".join(row["path"]) for row in answer.rows]


def all_paths(links: Links, start: str, end: str, directed: bool) -> list[list[str]]:
    """Every walk without repeats, by length and then by names."""
    steps = {step for e in operational(links) for step in zip(e.path, e.path[1:])}
    if not directed:
        steps |= {(there, here) for here, there in steps}
    done, waiting = [], [[start]]
    while waiting:
        walk = waiting.pop()
        if walk[-1] == end:
            done.append(walk)
        else:
            waiting.extend([*walk, there] for here, there in steps if here == walk[-1] and there not in walk)
    return sorted(done, key=lambda walk: (len(walk), walk))


@many
@given(nets(), st.permutations(SYSTEMS), st.integers(1, 4))
def test_paths_are_the_first_of_all_that_there_are(links: Links, systems: list[str], count: int) -> None:
    start, end = systems[:2]
    answer = path(asked(links), start, end, count)
    expected = all_paths(links, start, end, directed=True) or all_paths(links, start, end, directed=False)
    assert [row["path_id"] for row in answer.rows] == expected[:count]
    assert answer.parameters["directed"] == bool(all_paths(links, start, end, directed=True))


@many
@given(nets(), st.permutations(SYSTEMS))
def test_every_hop_is_a_step_of_the_connection_it_names(links: Links, systems: list[str]) -> None:
    for row in path(asked(links), *systems[:2]).rows:
        assert row["length"] == len(row["hops"]) == len(row["path"]) - 1
        for hop in row["hops"]:
            own = links.edges[hop["id"]].path
            assert (hop["source_id"], hop["target_id"]) in set(itertools.pairwise(own))
        assert row["derived"] == (len(row["connection_id"]) > 1)


def test_an_intermediary_is_a_step_of_its_own() -> None:
    (row,) = ask(edge("c", "a1 a2 n1")).rows
    assert [(hop["source"], hop["target"]) for hop in row["hops"]] == [("a1", "a2"), ("a2", "n1")]
    assert (row["derived"], row["evidence"]) == (False, ["att:c"])


def test_as_few_connections_as_can_be_make_up_a_path() -> None:
    (row,) = ask(edge("a", "a1 a2"), edge("b", "a1 a2 n1"), edge("c", "a2 n1")).rows
    assert {hop["id"][-1] for hop in row["hops"]} == {"b"}


def test_against_the_direction_only_where_nothing_else_leads_there() -> None:
    answer = ask(edge("c", "n1 a1"), lang="en")
    assert paths(answer) == ["a1 n1"]
    assert (answer.rows[0]["hops"][0]["source"], answer.parameters["directed"]) == ("n1", False)
    assert any(note.startswith("No path follows the direction") for note in answer.notes)
    assert paths(ask(edge("c", "n1 a1"), edge("d", "a1 a2 n1"))) == ["a1 a2 n1"]


def test_a_path_of_several_connections_is_marked_as_derived() -> None:
    answer = ask(edge("c", "a1 a2"), edge("d", "a2 n1", day="2020-01-01"), lang="en")
    (row,) = answer.rows
    assert (row["derived"], row["status"], row["as_of"]) == (True, "operational", "2020")
    assert any("no text states them as a whole" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("found", "words"),
    [((), "No evidence"), ((edge("c", "a1 n1", "discontinued"),), "Denied: a1 → n1")],
)
def test_no_path_is_an_answer_that_says_why(found: tuple[Edge, ...], words: str) -> None:
    answer = ask(*found, lang="en")
    assert answer.rows == ()
    assert any(note.startswith(words) for note in answer.notes)


def test_where_no_path_runs_the_one_that_is_planned_is_told() -> None:
    found = (edge("c", "a1 a2"), edge("d", "a2 n1", "planned"), edge("e", "n1 a1"))
    for edges in (found, found[:2]):
        notes = ask(*edges, lang="en").notes
        assert sum(note.startswith("With connections that do not run yet there is a path of 2 steps") for note in notes)
    assert not any("do not run yet" in note for note in ask(*found[2:], lang="en").notes)


@pytest.mark.parametrize("count", [1, 2, 9, 40])
def test_paths_round_a_hub_are_found_though_all_systems_hang_on_it(count: int) -> None:
    found = [
        edge(f"{name}{way}", path)
        for name in ("a1", "a2", "b1", "b2")
        for way, path in enumerate((f"{name} n1", f"n1 {name}"))
    ]
    links = net([*found, edge("x", "a1 n2 n3 a2")])
    answer = path(asked(links), f"{SYS}a1", f"{SYS}a2", count)
    assert [row["path_id"] for row in answer.rows] == all_paths(links, f"{SYS}a1", f"{SYS}a2", directed=True)[:count]


def test_many_paths_of_one_length_are_cut_after_sorting() -> None:
    found = [edge(f"c{name}", f"a1 {name} n1") for name in ("b2", "a2", "n3", "b1")]
    assert paths(ask(*found, count=2)) == ["a1 a2 n1", "a1 b1 n1"]


@pytest.mark.parametrize("options", [{"a": "n1"}, {"count": 0}])
def test_a_question_without_sense_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        ask(edge("c", "a1 n1"), **options)
