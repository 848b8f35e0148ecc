"""What if: the graph as it would be, against a graph that is built so, and the difference to today."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import KnowledgeGraph
from kg.api import ask
from kg.asking import Asked, asked
from kg.coverage import gaps, matrix
from kg.dependency import impact, needs
from kg.errors import UsageError
from kg.linked import linked
from kg.links import Edge, Links
from kg.model import Answer
from kg.paths import path
from kg.supposing import Supposed, chain, compared, sum_of, suppose
from kg.vocab import PLACE, SYS
from kg.weakness import weak
from tests.nets import SYSTEMS, edge, many, net, nets

COLUMNS = (f"{SYS}n1", f"{SYS}n2")
QUESTIONS: dict[str, Callable[[Asked], Answer]] = {
    "linked": lambda asked: linked(asked, f"{SYS}n1"),
    "impact": lambda asked: impact(asked, f"{SYS}n1"),
    "needs": lambda asked: needs(asked, f"{SYS}a1"),
    "path": lambda asked: path(asked, f"{SYS}a1", f"{SYS}n1"),
    "weak": weak,
    "gaps": gaps,
}
any_question = st.sampled_from(list(QUESTIONS.values()))


def systems(*names: str) -> tuple[str, ...]:
    return tuple(f"{SYS}{name}" for name in names)


def rebuilt(links: Links, edges: list[Edge], *gone: str) -> Links:
    """A graph of other connections, made from the ground up."""
    fresh = net(edges, COLUMNS)
    return replace(fresh, systems={iri: links.systems[iri] for iri in links.systems if iri not in gone})


def answers(question: Callable[[Asked], Answer], links: Links) -> tuple[object, ...]:
    return question(asked(links, "all")).rows


@many
@given(nets(), st.lists(st.sampled_from(SYSTEMS), unique=True, max_size=3), any_question)
def test_without_systems_is_the_graph_that_never_had_them(links: Links, gone: list[str], question) -> None:
    left = [e for e in links.edges.values() if not set(gone) & set(e.path)]
    would_be = suppose(links, Supposed(without=tuple(gone)))
    assert answers(question, would_be) == answers(question, rebuilt(links, left, *gone))


@many
@given(nets(), st.permutations(SYSTEMS), st.integers(2, 4), any_question)
def test_with_a_connection_is_the_graph_that_has_it(links: Links, order: list[str], length: int, question) -> None:
    would_be = suppose(links, Supposed(joined=(tuple(order[:length]),)))
    (new,) = [e for e in would_be.edges.values() if e.supposed]
    assert (new.path, new.claims[0].status, new.relation) == (tuple(order[:length]), "operational", "connectsTo")
    assert answers(question, would_be) == answers(question, rebuilt(links, [*links.edges.values(), new]))


@many
@given(nets(), st.permutations(SYSTEMS), any_question)
def test_a_hub_that_moved_has_nothing_and_the_other_has_it_all(links: Links, order: list[str], question) -> None:
    old, new = order[:2]
    would_be = suppose(links, Supposed(moved=((old, new),)))
    assert would_be.edges.at(old) == []
    expected = set()
    for e in links.edges.values():
        source, *via, target = (new if iri == old else iri for iri in e.path)
        if source != target or e.source == e.target:
            if old in e.path:
                via = [iri for iri in dict.fromkeys(via) if iri not in (source, target)]
            expected.add((source, e.relation, target, tuple(via)))
    assert {(e.source, e.relation, e.target, e.via) for e in would_be.edges.values()} == expected
    assert answers(question, would_be) == answers(question, rebuilt(links, list(would_be.edges.values())))


@many
@given(nets(), any_question)
def test_to_suppose_nothing_changes_nothing(links: Links, question) -> None:
    assert not Supposed()
    today = question(asked(links, "all"))
    supposed = Supposed(without=(f"{SYS}nowhere",))
    answer = compared(today, question(asked(suppose(links, supposed), "all")), supposed, str)
    assert [row["change"] for row in answer.rows] == ["same"] * len(today.rows)
    assert [{**row, "change": None} for row in answer.rows] == [{**row, "change": None} for row in today.rows]


@many
@given(nets(), st.sampled_from(SYSTEMS), any_question)
def test_same_and_removed_are_today_same_and_added_are_tomorrow(links: Links, gone: str, question) -> None:
    supposed = Supposed(without=(gone,))
    today, then = question(asked(links, "all")), question(asked(suppose(links, supposed), "all"))
    rows = compared(today, then, supposed, str).rows
    counts = {change: len([row for row in rows if row["change"] == change]) for change in ("same", "added", "removed")}
    assert counts["same"] + counts["removed"] == len(today.rows)
    assert counts["same"] + counts["added"] == len(then.rows)


def what_if(question: str, *edges: Edge, status: str = "operational", **supposed: object) -> Answer:
    links = net(edges, COLUMNS)
    wanted = Supposed(**supposed)  # type: ignore[arg-type]
    ask = QUESTIONS[question]
    then = ask(asked(suppose(links, wanted), status, lang="en"))
    return compared(ask(asked(links, status, lang="en")), then, wanted, lambda iri: iri.rpartition("/")[2])


def changes(answer: Answer, *keys: str) -> list[tuple[object, ...]]:
    return [(row["change"], *(row[key] for key in keys)) for row in answer.rows]


def test_whoever_hung_on_it_only_is_hit_no_more() -> None:
    found = (edge("c", "a1 b1 n1"), edge("d", "a2 n1"))
    answer = what_if("impact", *found, without=systems("b1"))
    assert changes(answer, "system") == [("same", "a2"), ("removed", "a1")]
    assert answer.notes[:2] == ("Suppose: without b1.", "Against today: 0 added, 1 removed, 1 the same.")
    assert answer.parameters["without"] == list(systems("b1"))


def test_what_is_supposed_is_derived_and_names_no_evidence() -> None:
    answer = what_if("linked", edge("c", "a1 n1"), joined=(systems("b1", "n1"),))
    assert changes(answer, "system", "derived", "evidence") == [
        ("same", "a1", False, ["att:c"]),
        ("added", "b1", True, []),
    ]


def test_a_planned_connection_may_be_supposed_to_run() -> None:
    answer = what_if("gaps", edge("c", "a1 n1", "planned"), joined=(systems("a1", "n1"),), status="all")
    found = [(row["change"], row["state"]) for row in answer.rows if row["change"] != "same"]
    assert sorted(found) == [("added", "stated"), ("removed", "planned")]


def test_a_connection_that_is_moved_keeps_what_states_it() -> None:
    (now, was) = what_if("linked", edge("c", "a1 n2"), edge("d", "b1 n1"), moved=(systems("n2", "n1"),)).rows[0:2]
    assert (now["change"], now["system"], now["derived"], now["evidence"]) == ("added", "a1", True, ["att:c"])
    assert (was["change"], was["system"], was["derived"]) == ("same", "b1", False)


def test_where_both_hubs_are_reached_the_connection_that_runs_counts() -> None:
    found = (edge("c", "a1 n2"), edge("d", "a1 n1", "planned"))
    answer = what_if("linked", *found, moved=(systems("n2", "n1"),))
    assert changes(answer, "system", "status") == [("added", "a1", "operational")]


def test_merged_provinces_are_one_row() -> None:
    found = (edge("c", "a1 n1"), edge("d", "b1 n2"))
    answer = what_if("gaps", *found, merged=((f"{PLACE}a", f"{PLACE}b"),), status="all")
    assert {row["province"] for row in answer.rows if row["change"] == "added"} == {"a + b"}
    assert [row["state"] for row in answer.rows if row["change"] == "added"] == ["stated", "stated"]
    assert {row["province"] for row in answer.rows if row["change"] == "removed"} == {"a", "b"}


def test_a_cell_that_differs_shows_both_states() -> None:
    answer = matrix(what_if("gaps", edge("c", "a1 n1"), without=systems("a1"), status="all"))
    assert {**answer.rows[0]} == {"province": "a", "1": "● 2022 → ·", "2": "·"}


@pytest.mark.parametrize(
    "supposed",
    [
        {"without": systems("n1", "n1")},
        {"without": systems("n1"), "joined": (systems("a1", "n1"),)},
        {"without": systems("n1"), "moved": (systems("n2", "n1"),)},
        {"joined": (systems("a1", "a1"),)},
        {"moved": (systems("n1", "n2"), systems("n1", "n3"))},
        {"merged": ((f"{PLACE}a", f"{PLACE}b"), (f"{PLACE}b", f"{PLACE}c-2025"))},
    ],
    ids=str,
)
def test_suppositions_that_contradict_each_other_are_refused(supposed: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(UsageError):
        suppose(net([]), Supposed(**supposed))  # type: ignore[arg-type]


def test_chains_and_sums_are_read_as_they_are_written() -> None:
    assert chain("A -> B → C") == ["A", "B", "C"]
    assert sum_of("P + Q+R") == ["P", "Q", "R"]
    for text in ("A", "A ->", "-> B", ""):
        with pytest.raises(UsageError):
            chain(text)


@pytest.fixture
def demo(built) -> KnowledgeGraph:
    return KnowledgeGraph.open(built)


ASKED = [
    ("linked", {"system": "NGSP"}),
    ("impact", {"system": "NGSP"}),
    ("needs", {"system": "EMC"}),
    ("path", {"a": "EMC", "b": "NGSP"}),
    ("weak", {}),
    ("gaps", {}),
]
WHAT_IF = {
    "without": ["sys:khanh-hoa-lgsp"],
    "with": ["sys:ha-nam-lgsp -> cong dich vu cong quoc gia"],
    "merge": ["Hà Nam + Ninh Bình"],
    "move": ["NGSP -> Trục liên thông văn bản quốc gia"],
}


@pytest.mark.parametrize(("question", "names"), ASKED, ids=[name for name, _ in ASKED])
def test_command_method_and_address_give_one_answer(kg, built, demo, question: str, names: dict[str, str]) -> None:
    options = {"with_" if name == "with" else name: texts for name, texts in WHAT_IF.items()}
    answer = getattr(demo, question)(**names, **options)
    flags = [part for name, texts in WHAT_IF.items() for text in texts for part in (f"--{name}", text)]
    _, out, _ = kg(question, *names.values(), *flags, "--store", built, "-f", "json")
    assert json.loads(out) == json.loads(json.dumps(answer.as_json()))
    given = {**{name: [value] for name, value in names.items()}, **WHAT_IF}
    assert ask(demo, question, given) == answer
    assert {row["change"] for row in answer.rows} <= {"same", "added", "removed"}
    assert {row["change"] for row in answer.rows} - {"same"}


def test_one_name_stands_for_a_list_of_one(demo: KnowledgeGraph) -> None:
    assert demo.impact("NGSP", without="EMC") == demo.impact("NGSP", without=["EMC"])


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--without", "LGSP"), "are called"),
        (("--with", "NGSP"), "'A -> B'"),
        (("--merge", "Hà Nam + Ha Nam"), "twice"),
        (("--merge", "Hà Nam"), "'A + B'"),
        (("--move", "NGSP -> EMC -> VNPost"), "moves to one other"),
        (("--without", "Hệ thống không có"), "no system is called"),
    ],
)
def test_what_cannot_be_supposed_is_refused(kg, built, flags: tuple[str, str], words: str) -> None:
    code, out, err = kg("impact", "NGSP", *flags, "--store", built)
    assert (code, out) == (2, "")
    assert words in err
