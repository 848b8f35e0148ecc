"""What every answer to a dependency question says, and how claims along a path are weighed."""

from __future__ import annotations

import pytest

from kg.asking import asked, is_national, proof, units_of, weakest
from kg.errors import UsageError
from kg.links import Claim
from kg.vocab import PLACE, SYS
from tests.nets import edge, net


def said(name: str, status: str, day: str = "2022-01-01") -> Claim:
    return Claim(name, status, day, day[:4], "", "")


@pytest.mark.parametrize("options", [{"status": "x"}, {"as_of": "x"}, {"units": "2023"}, {"lang": "fr"}], ids=str)
def test_options_without_sense_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        asked(net([edge("c", "a1 n1")]), **options)


def test_the_weakest_claim_is_the_farthest_from_operation_then_the_oldest() -> None:
    assert weakest([said("a", "operational"), said("b", "planned"), said("c", "pilot")]) == said("b", "planned")
    assert weakest([said("a", "operational"), said("b", "operational", "2020-01-01")]) == said(
        "b", "operational", "2020-01-01"
    )
    assert weakest([said("a", "operational"), None]) is None


def test_proof_is_the_claims_that_say_what_counts_now() -> None:
    links = net([edge("c", "a1 n1")])
    (pair,) = asked(links).edges
    assert proof([pair, pair]) == ["att:c"]
    assert proof([(pair[0], said("x", "planned"))]) == []


def test_notes_name_documents_date_and_units() -> None:
    question = asked(net([edge("c", "a1 n1")]), as_of="2022", units="2024", lang="en")
    assert list(question.notes([claim for _, claim in question.edges], [f"{SYS}a1"])) == [
        "Based on 1 documents read; the newest is of 2022.",
        "The rows rest on 1 of them.",
        "Only claims up to 2022 count.",
        "Provinces are the 63 units before 2025-07-01.",
    ]


def test_silence_names_what_is_denied_and_counts_what_it_leaves_out() -> None:
    question = asked(net([edge(f"c{n}", "a1 n1", "absent") for n in range(8)]), lang="en")
    notes = list(question.silence(question.others(), "x"))
    assert len(notes) == 6
    assert notes[-1] == "… and 3 more such connections."


def test_a_status_from_elsewhere_breaks_nothing() -> None:
    question = asked(net([edge("c", "a1 n1", "flying"), edge("d", "a1 n1", "absent")]), lang="en")
    assert [note.split(":")[0] for note in question.silence(question.others(), "x")] == [
        "Denied",
        "Stated, but with another status",
    ]
    assert weakest([said("a", "absent"), said("b", "flying")]) == said("b", "flying")


def test_units_and_national_systems() -> None:
    links = net([])
    assert units_of(links, "2024") == [f"{PLACE}a", f"{PLACE}b"]
    assert units_of(links, "2025") == [f"{PLACE}b", f"{PLACE}c-2025"]
    assert is_national(links, f"{SYS}n1")
    assert not is_national(links, f"{SYS}a1")
    assert not is_national(links, f"{SYS}unknown")
