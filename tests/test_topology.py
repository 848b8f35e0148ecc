"""The connections of a layer as NetworkX graphs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from kg.asking import asked
from kg.fetch import links
from kg.links import Links
from kg.topology import shortest_paths, simple_graph, to_networkx
from kg.vocab import ATT, CONN, SYS
from tests.graphs import NATION, claim, connection, store_of
from tests.nets import nets

NDXP = f"{SYS}ndxp"
PORTAL, LGSP, NATIONAL = (f"{SYS}{name}" for name in ("ninh-binh-cong-dvc", "ninh-binh-lgsp", "cong-dvcqg"))


@pytest.mark.parametrize(("status", "edges"), [("operational", 8), ("all", 9), ("planned", 1)])
def test_a_connection_is_one_edge_a_hop_of_the_layer(status: str, edges: int) -> None:
    graph = to_networkx(links(store_of()), status)
    assert graph.number_of_edges() == edges
    assert NDXP in graph


def test_intermediaries_are_nodes_on_the_way() -> None:
    graph = to_networkx(links(store_of()))
    assert not graph.has_edge(PORTAL, NATIONAL)
    steps = [(PORTAL, LGSP), (LGSP, NDXP), (NDXP, NATIONAL)]
    assert [graph.get_edge_data(*step)[f"{CONN}c1"]["hop"] for step in steps] == [1, 2, 3]


def test_an_edge_says_what_states_it() -> None:
    data = to_networkx(links(store_of())).get_edge_data(PORTAL, LGSP)[f"{CONN}c1"]
    assert (data["relation"], data["status"], data["as_of"]) == ("connectsTo", "operational", "2022-03")
    assert (data["source"], data["target"], data["via"]) == (PORTAL, NATIONAL, (LGSP, NDXP))
    assert (data["claims"], data["documents"], data["evidence"]) == (1, 1, (f"{ATT}nb-1",))


def test_other_intermediaries_are_another_edge_and_another_claim_is_not() -> None:
    extra = connection("d1", "ninh-binh-cong-dvc", "cong-dvcqg", "ninh-binh-lgsp") + claim(
        "x", "conn:d1", "operational", "2022", "nb"
    )
    extra += claim("y", "conn:c1", "operational", "2021", "hn")
    graph = to_networkx(links(store_of(NATION + extra)))
    edges = graph.get_edge_data(PORTAL, LGSP)
    assert set(edges) == {f"{CONN}c1", f"{CONN}d1"}
    assert (edges[f"{CONN}c1"]["claims"], edges[f"{CONN}c1"]["documents"]) == (2, 2)


@given(nets())
def test_every_system_is_a_node_and_every_step_an_edge(links: Links) -> None:
    graph = to_networkx(links, "all")
    assert set(graph) == set(links.systems)
    steps = {step for edge, _ in asked(links, "all").edges for step in pairwise(edge.path)}
    assert set(graph.edges()) == steps


def test_no_path_is_no_error() -> None:
    graph = simple_graph([(PORTAL, NATIONAL)])
    assert list(shortest_paths(graph, NATIONAL, PORTAL)) == []
    assert list(shortest_paths(graph, "nowhere", PORTAL)) == []
