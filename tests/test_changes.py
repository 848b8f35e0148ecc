"""What changed between two states of a graph."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from kg.asking import asked
from kg.changes import diff
from kg.links import Claim, Edge, Links
from kg.model import Answer
from kg.vocab import CONN, DOC, SYS
from tests.nets import edge, many, net, nets


def ask(before: Links, after: Links, **options: str) -> Answer:
    options = {"status": "all", "lang": "en", **options}
    return diff(asked(before, **options), asked(after, **options), ("A", "B"))


def changes(answer: Answer, kind: str = "connection") -> set[tuple[str, str]]:
    return {(row["change"], row["id"].rpartition("/")[2]) for row in answer.rows if row["kind"] == kind}


@many
@given(nets(), nets())
def test_connections_that_differ_are_the_rows(before: Links, after: Links) -> None:
    """Every connection has one claim at most here, so its status and date are all that can change."""

    def spoken(links: Links) -> dict[str, tuple[str, ...]]:
        return {iri: tuple(f"{c.status} {c.as_of}" for c in e.claims) for iri, e in links.edges.items()}

    old, new = spoken(before), spoken(after)
    expected = {("added", iri) for iri in new.keys() - old.keys()} | {
        ("removed", iri) for iri in old.keys() - new.keys()
    }
    paths = {iri: e.path for iri, e in before.edges.items()}
    both = old.keys() & new.keys()
    expected |= {("changed", iri) for iri in both if old[iri] != new[iri] or paths[iri] != after.edges[iri].path}
    assert {(row["change"], row["id"]) for row in ask(before, after).rows if row["kind"] == "connection"} == expected


@given(nets())
def test_nothing_differs_from_itself(links: Links) -> None:
    answer = ask(links, links)
    assert answer.rows == ()
    assert answer.notes[2] == "Nothing differs."


def test_a_change_shows_status_and_date_before_and_after() -> None:
    answer = ask(net([edge("c", "a1 n1", "planned")]), net([edge("c", "a1 n1", day="2023-01-01")]))
    (row,) = [row for row in answer.rows if row["kind"] == "connection"]
    assert (row["change"], row["before"], row["after"]) == ("changed", "planned (2022)", "operational (2023)")
    assert (row["before_status"], row["after_status"], row["label"]) == ("planned", "operational", "a1 → n1")
    assert (row["provinces"], row["evidence"]) == (["a"], ["att:c"])


def test_one_claim_more_is_a_change() -> None:
    one = edge("c", "a1 n1")
    two = one._replace(claims=(*one.claims, Claim("att:d", "operational", "2022-01-01", "2022", "", f"{DOC}e")))
    (row,) = [row for row in ask(net([one]), net([two])).rows if row["kind"] == "connection"]
    assert (row["before"], row["after"]) == ("operational (2022)", "operational (2022); 2 claims")


def test_documents_are_compared_too() -> None:
    links = net([])
    without = replace(links, papers={})
    assert changes(ask(without, links), "document") == {("added", "d")}
    assert changes(ask(links, without), "document") == {("removed", "d")}


def test_two_dates_of_one_graph() -> None:
    links = net([edge("c", "a1 n1", day="2020-01-01"), edge("d", "a2 n1", day="2022-01-01")])
    before, after = asked(links, "all", "2021", lang="en"), asked(links, "all", "2022", lang="en")
    answer = diff(before, after, ("2021", "2022"))
    assert changes(answer) == {("added", "d")}
    assert changes(answer, "document") == {("added", "d")}
    assert ("added", "a2") in changes(answer, "system")
    assert answer.notes[0] == "2021: The graph holds no document."


def test_the_layer_filters_connections_and_not_systems() -> None:
    answer = ask(net([edge("c", "a1 n1", "planned")]), net([edge("c", "a1 n1")]), status="operational")
    assert changes(answer) == {("added", "c")}
    assert changes(answer, "system") == set()
    assert f"{CONN}c" in {row["id"] for row in answer.rows}
    assert not any(row["id"].startswith(SYS) for row in answer.rows)


def test_edges_are_named_by_their_path() -> None:
    found: list[Edge] = [edge("c", "a1 a2 n1")]
    assert [row["label"] for row in ask(net([]), net(found)).rows if row["kind"] == "connection"] == ["a1 → a2 → n1"]
