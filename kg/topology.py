"""The connections of a layer as NetworkX graphs: the library's only door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.asking import Stated
from kg.links import Claim, Edge, Links, layer, on_layer

if TYPE_CHECKING:
    import networkx as nx

    MultiGraph: TypeAlias = nx.MultiDiGraph[str]


def to_networkx(links: Links, status: str | Iterable[str] = ("operational",), as_of: str | None = None) -> MultiGraph:
    """The connections of a layer as a directed multigraph, their intermediaries as nodes on the way.

    Args:
        links: The graph's connections.
        status: Statuses of the layer, or 'all'.
        as_of: Only claims until this date count.

    Returns:
        Nodes are system IRIs with `label`, `types`, `scope` and `level`; systems without a connection are nodes too.
        A connection is one edge a hop, source → intermediary → … → target, each keyed by the connection's IRI, with
        `hop` (from 1), `source`, `target`, `via`, `relation`, `status`, `as_of`, `due`, `claims` (how many),
        `documents` (how many) and `evidence` (IRIs of the attestations). Connections that differ in relation or
        intermediaries stay apart; claims on one and the same are one edge with the status of the current claim.

    >>> graph = to_networkx(links, "all")               # doctest: +SKIP
    >>> graph.in_degree("https://w3id.org/vn-egov/id/system/ndxp")    # doctest: +SKIP
    15
    """
    import networkx

    graph: MultiGraph = networkx.MultiDiGraph()
    for system in links.systems.values():
        graph.add_node(
            system.id, label=links.label(system.id), types=system.types, scope=system.scope, level=system.level
        )
    for edge, claim in on_layer(links, layer(status), as_of):
        for hop, (here, there) in enumerate(pairwise(edge.path), 1):
            graph.add_edge(here, there, key=edge.id, hop=hop, **_attributes(edge, claim))
    return graph


def _attributes(edge: Edge, claim: Claim | None) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "via": edge.via,
        "relation": edge.relation,
        "status": claim.status if claim else None,
        "as_of": claim.as_of if claim else None,
        "due": claim.due if claim else None,
        "claims": len(edge.claims),
        "documents": len({other.document for other in edge.claims if other.document}),
        "evidence": tuple(other.id for other in edge.claims if other.id),
    }


def dependencies(edges: Iterable[Stated]) -> MultiGraph:
    """Who depends on whom, one step: an edge from the source of each connection to its target and each intermediary.

    An intermediary depends on nothing by that connection, not even on what follows it: the rule is that of
    `ontology/derive/04-depends-on.rq`. Edges are keyed by the connection's IRI; nothing depends on itself.
    """
    import networkx

    graph: MultiGraph = networkx.MultiDiGraph()
    for edge, _ in edges:
        for on in (*edge.via, edge.target):
            if on != edge.source:
                graph.add_edge(edge.source, on, key=edge.id)
    return graph


def simple_graph(steps: Iterable[tuple[str, str]], directed: bool = True) -> nx.DiGraph[str] | nx.Graph[str]:
    """A graph of these steps, its nodes and edges in IRI order, so that a search always answers the same."""
    import networkx

    ordered = sorted(set(steps))
    graph: nx.DiGraph[str] | nx.Graph[str] = networkx.DiGraph() if directed else networkx.Graph()
    graph.add_nodes_from(sorted({iri for step in ordered for iri in step}))
    graph.add_edges_from(ordered)
    return graph


def shortest_paths(graph: nx.Graph[str], start: str, end: str) -> Iterator[list[str]]:
    """Paths without repeats between two nodes, the shortest first; none where either is unknown.

    Source: J. Y. Yen, "Finding the k shortest loopless paths in a network" (1971), as NetworkX has it.
    """
    import networkx

    try:
        yield from networkx.shortest_simple_paths(graph, start, end)
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        return
