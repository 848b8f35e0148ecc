"""The matrix of provinces and platforms: every cell, what it says, and that silence is not denial."""

from __future__ import annotations

import pytest
from hypothesis import given

from kg.asking import asked
from kg.coverage import STATES, gaps, matrix
from kg.links import Edge, Links
from kg.model import Answer
from kg.vocab import DENIED, PLACE, PLANNED, STATED, SYS
from tests.nets import PLACES, edge, many, net, nets

COLUMNS = (f"{SYS}n2", f"{SYS}n1")


def ask(*edges: Edge, **options: str) -> Answer:
    return gaps(asked(net(edges, COLUMNS), **{"status": "all", **options}))


def cells(answer: Answer) -> dict[tuple[str, str], tuple[str, str | None]]:
    return {(row["province"], row["platform"]): (row["state"], row["as_of"]) for row in answer.rows}


def slow_state(links: Links, province: str, platform: str) -> str:
    """The first of the four that any connection between the two gives."""
    statuses = set()
    for e in links.edges.values():
        homes = {links.systems[iri].scope for iri in e.path if iri != platform}
        if platform in e.path and PLACES[province].id in homes:
            statuses.update(claim.status for claim in e.claims)
    for state, group in zip(STATES, (STATED, PLANNED, DENIED)):
        if statuses & set(group):
            return state
    return STATES[3]


@many
@given(nets())
def test_every_cell_is_what_the_connections_between_the_two_say(links: Links) -> None:
    found = cells(gaps(asked(links, "all")))
    expected = {(p, n): slow_state(links, p, f"{SYS}{n}") for p in ("a", "b") for n in ("n1", "n2")}
    assert {cell: state for cell, (state, _) in found.items()} == expected


def test_every_province_and_platform_has_a_row_in_the_order_of_the_ontology() -> None:
    assert [(row["province"], row["platform"]) for row in ask().rows] == [
        ("a", "n2"),
        ("a", "n1"),
        ("b", "n2"),
        ("b", "n1"),
    ]
    assert {row["state"] for row in ask().rows} == {"no evidence"}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("operational", "stated"),
        ("pilot", "stated"),
        ("ready", "planned"),
        ("suspended", "denied"),
        ("absent", "denied"),
    ],
)
def test_a_cell_says_what_the_status_means(status: str, state: str) -> None:
    answer = ask(edge("c", "a1 a2 n1", status))
    assert cells(answer)["a", "n1"] == (state, "2022")
    assert cells(answer)["b", "n1"] == ("no evidence", None)


def test_the_newest_date_of_the_claims_that_give_the_state_is_shown() -> None:
    found = (
        edge("c", "a1 n1", day="2020-01-01"),
        edge("d", "a2 n1", day="2021-01-01"),
        edge("e", "a1 a2 n1", "planned"),
    )
    answer = ask(*found)
    assert cells(answer)["a", "n1"] == ("stated", "2021")
    assert next(row for row in answer.rows if row["state"] == "stated")["evidence"] == ["att:c", "att:d"]


def test_the_layer_decides_what_counts() -> None:
    assert cells(ask(edge("c", "a1 n1", "planned"), status="operational"))["a", "n1"] == ("no evidence", None)


def test_units_of_2025_take_what_was_said_of_their_predecessors() -> None:
    answer = ask(edge("c", "a1 n1"), units="2025")
    assert {row["province_id"] for row in answer.rows} == {f"{PLACE}b", f"{PLACE}c-2025"}
    assert [row["derived"] for row in answer.rows if row["state"] == "stated"] == [True]


def test_where_texts_speak_of_new_units_these_are_the_rows() -> None:
    links = net((edge("c", "a1 n1"),), COLUMNS)
    newer = {**links.systems, f"{SYS}a1": links.systems[f"{SYS}a1"].__class__(f"{SYS}a1", (), f"{PLACE}c-2025", "")}
    answer = gaps(asked(Links(newer, links.edges, {}, links.places, links.papers, links.labels, {}), "all"))
    assert answer.parameters["units"] == "2025"
    assert [row["state"] for row in answer.rows if row["province_id"] == f"{PLACE}c-2025"].count("stated") == 1


def test_the_notes_count_the_cells() -> None:
    notes = ask(edge("c", "a1 n1"), edge("d", "b1 n1", "absent"), lang="en").notes
    assert "2 provinces × 2 platforms: 1 stated, 0 planned, 1 denied, 2 without evidence." in notes


def test_the_table_has_a_sign_and_a_year_a_cell() -> None:
    table = matrix(ask(edge("c", "a1 n1"), edge("d", "b1 n1", "absent"), lang="en"))
    assert table.rows == ({"province": "a", "1": "·", "2": "● 2022"}, {"province": "b", "1": "·", "2": "× 2022"})
    assert table.notes[:2] == ("1: n2", "2: n1")
