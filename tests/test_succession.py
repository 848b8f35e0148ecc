"""An answer that crosses a succession says so, and rewrites nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from kg import KnowledgeGraph, fetch
from kg.asking import asked
from kg.dependency import impact, needs
from kg.derive import ontology_quads
from kg.links import Links, Place, Succession
from kg.local import LocalStore
from kg.ontology import ontology_folder
from kg.vocab import AGENCY, PLACE, SYS
from tests.nets import PLACES, edge, net

OLD, NEW = f"{AGENCY}old", f"{AGENCY}new"


@pytest.fixture(scope="module")
def ontology() -> Links:
    return fetch.links(LocalStore.memory(ontology_quads(ontology_folder())))


def graph(day: str = "2022-01-01", scope: str = "") -> Links:
    """a1 → n1; a1 is run by a body that was merged in 2025, n1 had another name until 2021."""
    links = net([edge("c", "a1 n1", day=day)])
    runs = replace(links.systems[f"{SYS}a1"], operators=(OLD,))
    if scope:
        runs = replace(runs, scope=scope)
    events = (
        Succession("e1", (OLD,), (), NEW, "2025-03-01"),
        Succession("e2", (), ("N0",), f"{SYS}n1", "2021-01-01"),
    )
    return replace(
        links, systems={**links.systems, f"{SYS}a1": runs}, successions={event.id: event for event in events}
    )


def notes(links: Links, system: str = "n1", **options: Any) -> list[str]:
    said = impact(asked(links, lang="en", **options), f"{SYS}{system}").notes
    return [note for note in said if "since" in note or note.startswith("Merged")]


def test_the_ontology_holds_the_mergers_of_ministries_with_their_dates(ontology: Links) -> None:
    merged = {
        (ontology.label(before, "en"), ontology.label(event.after, "en"), event.date)
        for event in ontology.successions.values()
        for before in event.before
    }
    assert ("Ministry of Information and Communications", "Ministry of Science and Technology", "2025-03-01") in merged
    assert len([date for _, _, date in merged if date == "2025-03-01"]) >= 7


def test_a_platform_that_was_renamed_stays_one_system(ontology: Links) -> None:
    (event,) = [event for event in ontology.successions.values() if event.after == f"{SYS}ndxp"]
    assert (event.names, event.before, event.date) == (("NGSP",), (), "2020-04-09")


def test_63_units_became_34(ontology: Links) -> None:
    before = [iri for iri in ontology.places if ontology.province(iri) == iri and not ontology.places[iri].since]
    assert len(before) == 63
    after = Counter(ontology.province(iri, "2025") for iri in before)
    assert len(after) == 34
    assert sum(count > 1 for count in after.values()) == 23
    assert all(ontology.places[iri].since == "2025-07-01" for iri, count in after.items() if count > 1)


def test_a_body_that_was_merged_is_named_as_the_text_names_it_and_its_successor_told() -> None:
    links = graph()
    (row,) = impact(asked(links), f"{SYS}n1").rows
    assert row["operator_id"] == [OLD]
    assert "old: since 2025-03-01 new. The name that the texts give is kept." in notes(links)


def test_before_its_date_a_succession_is_not_told() -> None:
    assert notes(graph(), as_of="2023") == ["N0 is since 2021-01-01 n1; both count as one system."]


@pytest.mark.parametrize(("day", "told"), [("2019-01-01", 1), ("2022-01-01", 0)])
def test_a_former_name_is_told_where_claims_are_older(day: str, told: int) -> None:
    said = needs(asked(graph(day), lang="en"), f"{SYS}a1").notes
    assert sum("N0" in note for note in said) == told


def test_units_of_2025_name_what_was_merged() -> None:
    assert "Merged: a → c-2025 (2025-07-01)." in notes(graph(), units="2025")


@pytest.mark.parametrize(
    ("options", "told"),
    [({}, False), ({"as_of": "2024"}, False), ({"as_of": "2026"}, True), ({"units": "2024"}, False)],
)
def test_a_unit_that_had_ended_by_the_date_is_told(options: dict[str, str], told: bool) -> None:
    assert any("Counted by the units that the texts name" in note for note in notes(graph(), **options)) == told


def test_units_of_both_generations_in_one_answer_are_told() -> None:
    links = net([edge("c", "a1 n1"), edge("d", "b1 n1")])
    mixed = replace(links.systems[f"{SYS}b1"], scope=PLACES["c"].id)
    links = replace(links, systems={**links.systems, f"{SYS}b1": mixed})
    assert any(note.startswith("Counted by the units that the texts name") for note in notes(links))


def test_nothing_is_retired_by_a_succession(built) -> None:
    before = KnowledgeGraph.open(built).impact("NGSP").rows
    assert [{**row, "derived": None} for row in before] == [
        {**row, "derived": None} for row in KnowledgeGraph.open(built).impact("NGSP", as_of="2026").rows
    ]


def test_a_place_without_a_date_is_no_unit_that_ended() -> None:
    links = graph(scope=f"{PLACE}x")
    links = replace(links, places={**links.places, f"{PLACE}x": Place(f"{PLACE}x", PLACES["n"].id, "", "")})
    assert not any("Counted by" in note for note in notes(links, as_of="2026"))
