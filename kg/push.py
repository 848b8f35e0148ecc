"""A graph → another store, over HTTP: `kg push`.

Each named graph replaces the one of its name there, by the Graph Store Protocol, else by SPARQL update. Which addresses
those go to is found by the SPARQL endpoint's: a mark is written, read back through the endpoint, and taken away. The same
mark tells whether the store shows all named graphs as one; where it does not, their union goes into its default graph.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from kg.errors import StoreError
from kg.rdf import NamedNode, Triple, serialise
from kg.remote import RemoteStore
from kg.store import Store
from kg.vocab import GRAPH, graph_iri
from kg.wire import Got

PORTION = 20_000
"""Triples that go in one request."""
_LINES = 1_000
"""Triples of one INSERT DATA: some stores take no long texts."""

Send = Callable[..., Got]
Tell = Callable[[str, int, int], object]


@dataclass(frozen=True, slots=True)
class Way:
    """How triples get into a store."""

    address: str
    updates: bool
    """Whether by SPARQL update; else by the Graph Store Protocol."""

    def put(self, send: Send, graph: str, triples: Iterable[Triple], portion: int = PORTION) -> int:
        """Make `triples` all that stands in the graph ('' for the default one); returns how many they are.

        Raises:
            StoreError: the store refuses.

        """
        count, waiting = 0, iter(triples)
        for number, part in enumerate(_portions(waiting, _LINES if self.updates else portion)):
            got = self._write(send, graph, part, more=number > 0)
            if not got.ok:
                raise StoreError(f"{self.address} refuses: {got.said}", _hint(got))
            count += len(part)
        return count

    def _write(self, send: Send, graph: str, part: list[Triple], more: bool) -> Got:
        lines = serialise(part)
        if self.updates:
            place = f"GRAPH <{graph}>" if graph else "DEFAULT"
            data = lines.decode()
            block = f"GRAPH <{graph}> {{\n{data}}}" if graph else data
            text = f"{'' if more else f'DROP SILENT {place} ; '}INSERT DATA {{\n{block}}}"
            return send("POST", self.address, text.encode(), Content_Type="application/sparql-update")
        named = {"graph": graph} if graph else {"default": ""}
        verb = "POST" if more else "PUT"
        return send(verb, self.address, lines, params=named, Content_Type="application/n-triples")

    def drop(self, send: Send, graph: str) -> Got:
        """Take a named graph away."""
        if self.updates:
            text = f"DROP SILENT GRAPH <{graph}>"
            return send("POST", self.address, text.encode(), Content_Type="application/sparql-update")
        return send("DELETE", self.address, params={"graph": graph})


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was written, and what was found there."""

    way: Way
    graphs: int
    triples: int
    union: bool
    """Whether the store shows its named graphs as one by itself."""
    others: tuple[str, ...]
    """Named graphs of this kind there that this graph does not have."""
    dropped: int
    """How many of those were taken away."""


def push(
    store: Store,
    address: str,
    graphs_at: str | None = None,
    updates_at: str | None = None,
    prune: bool = False,
    progress: Tell = lambda *_: None,
) -> Pushed:
    """Write every named graph of `store` into the store with the SPARQL endpoint `address`, each as a whole.

    Args:
        store: what is written.
        address: the endpoint that answers queries.
        graphs_at: where it takes the Graph Store Protocol; found out by default.
        updates_at: where it takes updates; found out by default.
        prune: whether named graphs of an earlier push that `store` does not have are taken away.
        progress: is told of how many named graphs how many are written.

    Raises:
        StoreError: the store cannot be reached, takes nothing, holds something else in its default graph, or does not
            hold afterwards what was written.

    """
    there = RemoteStore(address)
    send = there.wire.send
    way, union = _way(there, graphs_at, updates_at)
    ours = any(name.startswith(GRAPH) for name in there.graphs())
    if not union and not ours and there.ask("ASK { ?s ?p ?o }"):
        raise StoreError(
            f"{there.location} has a default graph of others, and does not show named graphs as one",
            "give kg a store or dataset of its own",
        )
    names = store.graphs()
    written: dict[str, int] = {}
    for number, name in enumerate(names):
        progress("push", number, len(names))
        written[name] = way.put(send, name, (quad.triple for quad in store.quads(name)))
    if not union:
        progress("push the union", len(names), len(names))
        way.put(send, "", (quad.triple for quad in store.triples()))
    others = tuple(name for name in there.graphs() if name.startswith(GRAPH) and name not in written)
    dropped = [name for name in others if prune and way.drop(send, name).ok]
    if dropped and not union:
        way.put(send, "", (quad.triple for quad in store.triples()))
    _verify(there, written)
    return Pushed(way, len(written), sum(written.values()), union, others, len(dropped))


def _way(there: RemoteStore, graphs_at: str | None, updates_at: str | None) -> tuple[Way, bool]:
    """The first way by which something arrives, and whether it is seen without naming its graph."""
    mark = graph_iri(f"probe-{secrets.token_hex(8)}")
    node = NamedNode(mark)
    refusals = []
    for way in _ways(there.location, graphs_at, updates_at):
        try:
            way.put(there.wire.send, mark, [Triple(node, node, node)])
            if there.ask(f"ASK {{ GRAPH <{mark}> {{ <{mark}> ?p ?o }} }}"):
                return way, there.ask(f"ASK {{ <{mark}> ?p ?o }}")
        except StoreError as problem:
            refusals.append(problem)
        finally:
            way.drop(there.wire.send, mark)
    told = "; ".join(problem.message for problem in refusals) or "what is written does not arrive"
    hint = next((problem.hint for problem in refusals if problem.hint), "name the place with --graphs or --updates")
    raise StoreError(f"{there.location} takes no graphs: {told}", hint)


def _ways(address: str, graphs_at: str | None, updates_at: str | None) -> Iterator[Way]:
    """What to try, as the usual stores lay out their addresses."""
    if graphs_at or updates_at:
        if graphs_at:
            yield Way(graphs_at, updates=False)
        if updates_at:
            yield Way(updates_at, updates=True)
        return
    above, _, last = address.rstrip("/").rpartition("/")
    layouts = {
        "query": (("store", "data"), ("update",)),
        "sparql": (("sparql-graph-crud", "sparql-graph-crud-auth", "data"), ("sparql-auth", "update", "sparql")),
    }
    graphs, updates = layouts.get(last, ((f"{last}/rdf-graphs/service", last), (f"{last}/statements", last)))
    for name in graphs:
        yield Way(f"{above}/{name}", updates=False)
    for name in updates:
        yield Way(f"{above}/{name}", updates=True)


def _portions(triples: Iterator[Triple], size: int) -> Iterator[list[Triple]]:
    """At least one, so that an empty graph replaces what was there."""
    part = list(islice(triples, size))
    yield part
    while part and (part := list(islice(triples, size))):
        yield part


def _hint(got: Got) -> str:
    return "set KG_USER and KG_PASSWORD" if got.status in {401, 403} else ""


def _verify(there: RemoteStore, written: Mapping[str, int]) -> None:
    """See that each graph holds there what was written."""
    rows = there.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    found = {row["g"]: int(row["n"] or 0) for row in rows}
    wrong = [name for name, count in sorted(written.items()) if found.get(name, 0) != count]
    if wrong:
        raise StoreError(
            f"{there.location} holds {found.get(wrong[0], 0)} triples in {wrong[0]}, not {written[wrong[0]]}"
            + (f", and {len(wrong) - 1} more graphs differ" if len(wrong) > 1 else ""),
            "push again",
        )
