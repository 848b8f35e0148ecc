"""Links that follow from several connections: found over systems that pass data on, marked, and off unless asked for."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg import KnowledgeGraph, fetch
from kg.asking import Asked, asked
from kg.chains import chains
from kg.coverage import gaps
from kg.derive import ontology_quads
from kg.linked import linked
from kg.links import Edge, Links
from kg.local import LocalStore
from kg.ontology import ontology_folder
from kg.vocab import SYS
from tests.nets import SYSTEMS, edge, many, net, nets, operational

N1, HUBS = f"{SYS}n1", ("a2", "n2")


def over(links: Links, *hubs: str) -> Links:
    """The graph with these systems passing data on."""
    wanted = {f"{SYS}{hub}" for hub in hubs}
    return replace(links, systems={iri: replace(one, relay=iri in wanted) for iri, one in links.systems.items()})


def ask(*edges: Edge, hubs: tuple[str, ...] = HUBS, **options: str) -> Asked:
    return asked(over(net(edges, (N1,)), *hubs), **options)


def slow(links: Links, hubs: list[str], platform: str) -> dict[str, int]:
    """System → connections of its shortest chain, tried one length after the other."""
    running = [e for e in operational(links) if e.source != e.target]
    ways = [[e] for e in running if e.target == platform]
    far: dict[str, int] = {}
    for length in range(1, len(SYSTEMS) + 1):
        for way in ways:
            far.setdefault(way[0].source, length)
        ways = [
            [e, *way]
            for way in ways
            if way[0].source in hubs
            for e in running
            if e.target == way[0].source and e.source not in {platform, *far}
        ]
    stated = {e.source for e in operational(links) if platform in e.path[1:]}
    return {source: length for source, length in far.items() if length > 1 and source not in stated}


@many
@given(nets(), st.lists(st.sampled_from(SYSTEMS), unique=True), st.sampled_from(SYSTEMS))
def test_chains_are_the_shortest_over_hubs(links: Links, hubs: list[str], platform: str) -> None:
    found = list(chains(asked(over(links, *(hub.removeprefix(SYS) for hub in hubs))), platform))
    assert {chain.edge.source: len(chain.pairs) for chain in found} == slow(links, hubs, platform)
    for chain in found:
        ends = [(edge.source, edge.target) for edge, _ in chain.pairs]
        assert all(one[1] == other[0] and one[1] in hubs for one, other in pairwise(ends))


def test_a_derived_link_names_its_chain_and_the_evidence_of_each_step() -> None:
    question = ask(edge("c", "a1 a2"), edge("d", "a2 n2 n1", day="2020-01-01"))
    stated, derived = sorted(linked(question, N1, derived=True).rows, key=lambda row: row["derived"])
    assert (stated["system"], stated["derived"], stated["chain"]) == ("a2", False, [])
    assert (derived["system"], derived["path"]) == ("a1", ["a1", "a2", "n2", "n1"])
    assert derived["chain"] == ["a1 → a2", "a2 → n2 → n1"]
    assert (derived["as_of"], derived["evidence"]) == ("2020", ["att:c", "att:d"])


def test_no_link_is_derived_unless_asked_for() -> None:
    question = ask(edge("c", "a1 a2"), edge("d", "a2 n1"))
    assert [row["system"] for row in linked(question, N1).rows] == ["a2"]
    only_far = ask(edge("c", "a1 n2"), edge("d", "n2 n1"))
    assert {row["state"] for row in gaps(only_far).rows} == {"no evidence"}


def test_no_link_is_derived_over_a_system_that_passes_nothing_on() -> None:
    question = ask(edge("c", "a1 a2"), edge("d", "a2 n1"), hubs=())
    assert [row["system"] for row in linked(question, N1, derived=True).rows] == ["a2"]


def test_a_cell_of_which_no_text_speaks_may_be_filled_and_a_denied_one_may_not() -> None:
    found = (edge("c", "a1 n2"), edge("d", "n2 n1"), edge("e", "b1 n2"), edge("f", "b2 n1", "absent"))
    question = ask(*found, status="operational,absent")
    rows = {row["province"]: row for row in gaps(question, derived=True).rows}
    assert (rows["a"]["state"], rows["a"]["derived"], rows["a"]["chain"]) == ("stated", True, ["a1 → n2", "n2 → n1"])
    assert rows["a"]["evidence"] == ["att:c", "att:d"]
    assert (rows["b"]["state"], rows["b"]["chain"]) == ("denied", [])


def test_the_status_of_a_derived_link_is_the_weakest_of_its_chain() -> None:
    question = ask(edge("c", "a1 a2", "planned"), edge("d", "a2 n1"), status="all")
    row = next(row for row in linked(question, N1, derived=True).rows if row["derived"])
    assert row["status"] == "planned"


def test_the_ontology_says_what_passes_data_on() -> None:
    links = fetch.links(LocalStore.memory(ontology_quads(ontology_folder())))
    assert links.systems[f"{SYS}ndxp"].relay
    assert not links.systems[f"{SYS}cong-dvcqg"].relay


def test_facts_and_counts_hold_no_derived_link(built) -> None:
    graph = KnowledgeGraph.open(built)
    connections = graph.list("connections").rows
    assert {row["connection_id"] for row in connections} == set(graph.links.edges)
    assert not any(edge.supposed for edge in graph.links.edges.values())


def test_the_command_and_the_address_take_the_flag(kg, built) -> None:
    from kg.api import ask as over_http

    graph = KnowledgeGraph.open(built)
    _, out, _ = kg("gaps", "--derived", "--store", built, "-f", "jsonl")
    assert len(out.splitlines()) == len(graph.gaps(derived=True).rows)
    assert over_http(graph, "gaps", {"derived": ["true"]}) == graph.gaps(derived=True)
    assert over_http(graph, "gaps", {"derived": ["false"]}) == graph.gaps()
