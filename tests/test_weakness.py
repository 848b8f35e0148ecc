"""Single points of failure, against taking each system out and trying who still gets where."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.asking import asked, is_national
from kg.links import Edge, Links
from kg.model import Answer
from kg.weakness import Routes, weak
from tests.nets import SYSTEMS, edge, many, net, nets, operational


def ask(*edges: Edge, **options: str) -> Answer:
    return weak(asked(net(edges), **options))


def cut_off(answer: Answer) -> dict[str, set[str]]:
    return {row["system"]: set(row["cut_off"]) for row in answer.rows}


def reached(edges: list[Edge], start: str, without: str = "") -> set[str]:
    """What a system gets to: along each connection as far as the gap, and on from its end."""
    if start == without:
        return set()
    found, ends = set(), {start}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for e in edges:
            if e.source != here:
                continue
            way = e.path[1:]
            whole = without not in way
            found.update(way if whole else way[: way.index(without)])
            if whole and e.target not in ends:
                ends.add(e.target)
                waiting.append(e.target)
    return found


def brute_force(links: Links) -> dict[str, dict[str, set[str]]]:
    edges = operational(links)
    found: dict[str, dict[str, set[str]]] = {}
    for point in SYSTEMS:
        for start in SYSTEMS:
            if start != point:
                lost = reached(edges, start) - reached(edges, start, point) - {start, point}
                goals = {iri for iri in lost if is_national(links, iri)}
                if goals:
                    found.setdefault(point, {})[start] = goals
    return found


@many
@given(nets())
def test_weak_points_are_those_that_taking_each_system_out_finds(links: Links) -> None:
    expected = brute_force(links)
    rows = {row["system_id"]: row for row in weak(asked(links)).rows}
    assert {point: set(row["cut_off_id"]) for point, row in rows.items()} == {
        point: set(lost) for point, lost in expected.items()
    }
    for point, row in rows.items():
        assert set(row["lost_id"]) == set().union(*expected[point].values())
        assert row["count"] == len(row["cut_off"])


@many
@given(st.lists(st.tuples(st.sampled_from(SYSTEMS), st.sampled_from(SYSTEMS)), max_size=15), st.sampled_from(SYSTEMS))
def test_without_intermediaries_cuts_are_the_dominators_that_networkx_finds(
    pairs: list[tuple[str, str]], goal: str
) -> None:
    edges = [Edge(f"c{n}", source, "connectsTo", target, (), ()) for n, (source, target) in enumerate(pairs)]
    tree = networkx.DiGraph([(e.target, e.source) for e in edges])
    tree.add_node(goal)
    above = networkx.immediate_dominators(tree, goal)
    expected = {}
    for system in set(above) - {goal}:
        chain = {system, goal}
        here = system
        while here != goal:
            here = above[here]
            chain.add(here)
        expected[system] = frozenset(chain)
    routes = Routes.of(edges)
    cuts = routes.cuts(goal)
    assert {
        system: cuts[number] | {system} for system, number in routes.group.items() if number in cuts and system != goal
    } == expected


def test_an_intermediary_on_the_only_way_is_weak() -> None:
    assert cut_off(ask(edge("c", "a1 a2 n1 n2"))) == {"a2": {"a1"}, "n1": {"a1"}}


def test_a_second_way_makes_it_weak_no_more() -> None:
    assert cut_off(ask(edge("c", "a1 a2 n2"), edge("d", "a1 b1 n2"))) == {}


def test_an_intermediary_on_all_ways_is_weak_though_each_is_another_connection() -> None:
    found = (edge("c", "a1 a2 n2"), edge("d", "a1 a2 b1"), edge("e", "b1 n2"))
    assert cut_off(ask(*found))["a2"] == {"a1"}


def test_connections_are_chained_at_their_ends_and_not_at_intermediaries() -> None:
    """Two provinces share a hub: the one does not get where the other goes from there."""
    found = (edge("c", "a1 n1 n2"), edge("d", "b1 n1 b2 n3"))
    assert cut_off(ask(*found)) == {"n1": {"a1", "b1"}, "b2": {"b1"}}
    assert cut_off(ask(edge("c", "a1 a2"), edge("d", "a2 n2"))) == {"a2": {"a1"}}


def test_most_cut_off_come_first_then_labels() -> None:
    found = (edge("c", "a1 b2 n2"), edge("d", "a2 b2 n2"), edge("e", "b1 n1 n3"), edge("f", "n3 n1 n2"))
    assert [(row["count"], row["system"]) for row in ask(*found).rows] == [(2, "b2"), (2, "n1"), (1, "n3")]


@pytest.mark.parametrize(
    ("way", "leads_round"),
    [("a1 b1 n2", True), ("a1 b2", True), ("a1 a2 b1 n2", False), ("b1 n2", False), ("a1 n3", False)],
)
def test_a_planned_connection_is_an_alternative_where_it_leads_round(way: str, leads_round: bool) -> None:
    found = (edge("c", "a1 a2 n2"), edge("d", "b2 n2"), edge("p", way, "planned"))
    (row,) = ask(*found, lang="en").rows
    assert row["system"] == "a2"
    assert [iri[-1] for iri in row["alternative_id"]] == (["p"] if leads_round else [])
    assert all(text.endswith(": planned (2022)") for text in row["alternative"])


def test_denied_connections_are_no_alternative() -> None:
    (row,) = ask(edge("c", "a1 a2 n2"), edge("p", "a1 n2", "absent")).rows
    assert row["alternative"] == []


def test_a_row_leads_back_to_what_states_it() -> None:
    (row,) = ask(edge("c", "a1 a2 n2"), edge("p", "a1 n2", "planned")).rows
    assert (row["connection_id"][0][-1], row["evidence"]) == ("c", ["att:c", "att:p"])


@pytest.mark.parametrize(
    ("found", "words"),
    [((), "No evidence"), ((edge("c", "a1 n1", "suspended"),), "Denied: a1 → n1"), ((edge("c", "a1 n1"),), "0 single")],
)
def test_no_weak_point_is_an_answer_that_says_why(found: tuple[Edge, ...], words: str) -> None:
    answer = ask(*found, lang="en")
    assert answer.rows == ()
    assert any(note.startswith(words) for note in answer.notes)
