"""Who is hit when a system is down: the rule, over all hops, against the most obvious way to reckon it."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.asking import asked
from kg.dependency import impact, needs
from kg.derive import derive
from kg.jsontext import encode, written
from kg.links import Edge, Links
from kg.local import LocalStore
from kg.model import Answer
from kg.ontology import ontology_folder
from kg.rdf import NamedNode, Quad, parse_turtle
from kg.topology import dependencies
from kg.vocab import ATT, FEEDS, RELATIONS, SYS, VNE, graph_iri
from tests.graphs import claim, connection, store_of
from tests.nets import SYSTEMS, edge, many, net, nets, operational

X = f"{SYS}n1"


def hops(answer: Answer) -> dict[str, int]:
    return {row["system_id"]: row["hop"] for row in answer.rows if row["role"] == "dependent"}


def counterparts(answer: Answer) -> set[str]:
    return {row["system_id"] for row in answer.rows if row["role"] == "counterpart"}


def ask(*edges: Edge, question=impact, system: str = "n1", **options: str) -> Answer:
    return question(asked(net(edges), **options), f"{SYS}{system}")


def slow_hops(links: Links, system: str) -> dict[str, int]:
    """Round after round: whoever is the source of a connection over something hit before is hit now."""
    hit, hop = {system: 0}, 0
    while True:
        hop += 1
        now = {e.source for e in operational(links) if hit.keys() & {*e.via, e.target}} - hit.keys()
        if not now:
            return {iri: at for iri, at in hit.items() if iri != system}
        hit.update(dict.fromkeys(now, hop))


def slow_counterparts(links: Links, system: str) -> set[str]:
    return {
        e.target
        for e in operational(links)
        if system in e.via or (system == e.source and e.relation in {"integratedInto", "synchronisesTo"})
    } - {system}


@many
@given(nets(), st.sampled_from(SYSTEMS))
def test_impact_is_the_rule_of_the_contract_on_random_graphs(links: Links, system: str) -> None:
    answer = impact(asked(links), system)
    assert hops(answer) == slow_hops(links, system)
    assert counterparts(answer) == slow_counterparts(links, system)


@many
@given(nets())
def test_needs_is_the_reverse_of_impact(links: Links) -> None:
    question = asked(links)
    for role in (hops, counterparts):
        hit = {(row, iri) for iri in SYSTEMS for row in role(impact(question, iri))}
        assert {(iri, row) for iri in SYSTEMS for row in role(needs(question, iri))} == hit


@many
@given(nets(), st.sampled_from(SYSTEMS), st.sampled_from([impact, needs]))
def test_an_answer_is_written_as_its_rows_are_read(links: Links, system: str, question) -> None:
    answer = question(asked(links), system)
    assert written(answer) == encode(answer.as_json())
    assert answer.rows[:2] == tuple(answer.rows)[:2]


@many
@given(nets(), st.sampled_from(SYSTEMS), st.sampled_from([impact, needs]))
def test_every_path_is_made_of_the_connections_that_the_row_names(links: Links, system: str, question) -> None:
    for row in question(asked(links), system).rows:
        assert len(row["connection_id"]) == row["hop"]
        assert {row["path_id"][0], row["path_id"][-1]} == {system, row["system_id"]}
        steps = set(zip(row["path_id"], row["path_id"][1:]))
        stated = {
            step for iri in row["connection_id"] for step in zip(links.edges[iri].path, links.edges[iri].path[1:])
        }
        assert steps <= stated
        assert row["evidence"]


def derived(links: Links) -> set[tuple[str, str]]:
    """vne:dependsOn as the rules of the ontology compute it from RDF."""
    turtle = ""
    for each in links.edges.values():
        name = each.id.rpartition("/")[2]
        source, *via, target = (iri.removeprefix(SYS) for iri in each.path)
        turtle += connection(name, source, target, *via, relation=each.relation)
        for said in each.claims:
            turtle += claim(name, f"conn:{name}", said.status, said.day, "d")
    quads = [*store_of(turtle).quads()]
    scheme = NamedNode(graph_iri("schemes"))
    quads += [Quad(t.subject, t.predicate, t.object, scheme) for t in parse_turtle(ontology_folder() / "schemes.ttl")]
    store = LocalStore.memory(quads)
    list(derive(store, ontology_folder()))
    return {(row["s"] or "", row["o"] or "") for row in store.select(f"SELECT ?s ?o {{ ?s <{VNE}dependsOn> ?o }}")}


@many
@given(nets())
def test_hop_one_is_what_the_ontology_derives_as_depends_on(links: Links) -> None:
    assert set(dependencies(asked(links).edges).edges()) == derived(links)


@many
@given(nets(), st.sampled_from(SYSTEMS))
def test_dependents_are_the_ancestors_that_networkx_finds(links: Links, system: str) -> None:
    graph = dependencies(asked(links).edges)
    graph.add_nodes_from(SYSTEMS)
    assert set(hops(impact(asked(links), system))) == networkx.ancestors(graph, system)
    assert set(hops(needs(asked(links), system))) == networkx.descendants(graph, system)


def test_the_ontology_says_of_each_relation_why_who_depends_and_which_feed() -> None:
    said: dict[str, set[str]] = {}
    for triple in parse_turtle(ontology_folder() / "core.ttl"):
        name = triple.subject.value.removeprefix(VNE)
        if name in RELATIONS and triple.predicate.value.endswith(("scopeNote", "feeds")):
            said.setdefault(name, set()).add(getattr(triple.object, "language", None) or "feeds")
    assert {name for name, found in said.items() if {"vi", "en"} <= found} == set(RELATIONS)
    assert {name for name, found in said.items() if "feeds" in found} == set(FEEDS)


@pytest.mark.parametrize("relation", ["hostedOn", "partOf", "connectsTo"])
def test_what_runs_on_a_system_or_is_part_of_it_depends_on_it(relation: str) -> None:
    assert hops(ask(edge("c", "a1 n1", relation=relation))) == {f"{SYS}a1": 1}


def test_an_intermediary_before_the_system_is_not_hit_for_that() -> None:
    assert hops(ask(edge("c", "a1 a2 n1 n2"))) == {f"{SYS}a1": 1}


def test_counterparts_carry_nothing_further() -> None:
    answer = ask(edge("c", "a1 n1 n2"), edge("d", "b1 n2"))
    assert (hops(answer), counterparts(answer)) == ({f"{SYS}a1": 1}, {f"{SYS}n2"})


def test_a_system_may_be_hit_and_out_of_reach_at_once() -> None:
    answer = ask(edge("c", "a1 n1 n2"), edge("d", "n2 n1"))
    assert [row["role"] for row in answer.rows if row["system_id"] == f"{SYS}n2"] == ["dependent", "counterpart"]


def test_a_chain_is_derived_and_has_the_status_of_its_weakest_connection() -> None:
    answer = ask(edge("c", "a2 a1", "planned"), edge("d", "a1 n1", "operational"), status="all")
    found = {row["system_id"]: row for row in answer.rows}
    assert (found[f"{SYS}a1"]["status"], found[f"{SYS}a1"]["derived"]) == ("operational", False)
    assert (found[f"{SYS}a2"]["status"], found[f"{SYS}a2"]["derived"]) == ("planned", True)
    assert found[f"{SYS}a2"]["path_id"] == [f"{SYS}a2", f"{SYS}a1", X]
    assert found[f"{SYS}a2"]["weakest_id"] == "att:c"


def test_the_confidence_of_a_row_is_that_of_its_weakest_evidence() -> None:
    question = asked(net((edge("c", "a2 a1", sure=0.5), edge("d", "a1 n1", sure=0.9))))
    assert {row["hop"]: row["confidence"] for row in impact(question, X).rows} == {1: 0.9, 2: 0.5}


def test_rows_go_by_hop_then_province() -> None:
    answer = ask(edge("c", "b1 n1"), edge("d", "a1 n1"), edge("e", "n3 n1"), edge("f", "a2 b1"))
    assert [(row["hop"], row["province"]) for row in answer.rows] == [(1, None), (1, "a"), (1, "b"), (2, "a")]


def test_units_of_2025_count_a_province_for_its_successor_and_mark_it() -> None:
    (row,) = ask(edge("c", "a1 n1"), units="2025").rows
    assert (row["province"], row["derived"]) == ("c-2025", True)


def test_notes_give_the_share_of_provinces() -> None:
    notes = ask(edge("c", "a1 n1"), edge("d", "n2 n1"), lang="en").notes
    assert "Hits 1 of 2 provinces: a. Of the others there is no evidence." in notes


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ((), "No evidence: no text that was read states this of n1"),
        ((edge("c", "a1 n1", "absent"),), "Denied: a1 → n1"),
        ((edge("c", "a1 n1", "planned"),), "Stated, but with another status: a1 → n1"),
    ],
)
def test_an_empty_answer_says_whether_nothing_is_stated_or_something_denied(
    found: tuple[Edge, ...], words: str
) -> None:
    answer = ask(*found, lang="en")
    assert answer.rows == ()
    assert any(note.startswith(words) for note in answer.notes)


def test_an_attestation_of_two_connections_on_a_way_is_named_once() -> None:
    (one,) = edge("c", "a2 n1").claims
    edges = [edge(name, path)._replace(claims=(one,)) for name, path in (("c1", "a1 a2"), ("c2", "a2 n1"))]
    assert [row["evidence"] for row in ask(*edges).rows] == [[one.id], [one.id]]


def test_the_date_asked_for_decides_what_counts() -> None:
    late = edge("c", "a1 n1", day="2022-01-01")
    assert hops(ask(late, as_of="2021")) == {}
    assert hops(ask(late, as_of="2022")) == {f"{SYS}a1": 1}


def test_an_attestation_leads_back_to_a_row() -> None:
    store = store_of()
    from kg.fetch import links

    rows = impact(asked(links(store)), f"{SYS}ndxp").rows
    assert all(iri.startswith(ATT) for row in rows for iri in row["evidence"])
