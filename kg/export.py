"""The graph as a file for other programs: `kg export`.

RDF holds everything; GraphML holds the connections of a layer, for tools that draw and measure networks.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from kg.rdf import Quad, serialise
from kg.trig import write_blocks

if TYPE_CHECKING:
    from kg.store import Store
    from kg.topology import MultiGraph


def _trig(store: Store, out: BinaryIO) -> None:
    """The same bytes as the `graph.trig` of a build."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    write_blocks(((name, store.quads(name)) for name in store.graphs()), text)
    text.detach()


def _nquads(store: Store, out: BinaryIO) -> None:
    """Graph by graph, sorted within each."""
    for name in store.graphs():
        out.write(serialise(sorted(store.quads(name), key=str), "nquads"))


def _turtle(store: Store, out: BinaryIO) -> None:
    """Every triple once, without the graphs."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    write_blocks([("", store.triples())], text, bare=True)
    text.detach()


def _jsonld(store: Store, out: BinaryIO) -> None:
    out.write(serialise(_sorted(store), "jsonld"))


def _sorted(store: Store) -> Iterator[Quad]:
    for name in store.graphs():
        yield from sorted(store.quads(name), key=str)


RDF_EXPORTERS: dict[str, Callable[[Store, BinaryIO], None]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "jsonld": _jsonld,
}
"""Format → what writes a whole graph in it; the same graph gives the same bytes."""


def write_graphml(graph: MultiGraph, out: BinaryIO) -> None:
    """The connections of `graph` (see `kg.topology.to_networkx`) as GraphML.

    GraphML knows text and numbers only: a list becomes its items with `; ` between, what is not known is left out.
    """
    import networkx

    plain: MultiGraph = networkx.MultiDiGraph()
    for node in sorted(graph):
        plain.add_node(node, **_plain(graph.nodes[node]))
    for source, target, key in sorted(graph.edges(keys=True)):
        data = graph.edges[source, target, key]
        # The key of an edge is the connection; one connection has several hops.
        plain.add_edge(source, target, key=f"{key}#{data['hop']}", connection=key, **_plain(data))
    networkx.write_graphml_xml(plain, out, prettyprint=True)


def _plain(data: dict[str, object]) -> dict[str, str | int | float]:
    found: dict[str, str | int | float] = {}
    for name, value in data.items():
        if isinstance(value, list | tuple):
            found[name] = "; ".join(map(str, value))
        elif isinstance(value, str | int | float):
            found[name] = value
    return found
