"""How two systems hang together: the shortest path and its alternatives, each hop with what states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from kg.asking import Asked, Stated, proof, weakest
from kg.errors import UsageError
from kg.links import UNATTESTED
from kg.messages import say
from kg.model import Answer
from kg.notes import standing
from kg.vocab import PLANNED, ST, STATED
from kg.walks import Ways, ranked

Step = tuple[str, str]


def path(asked: Asked, start: str, end: str, count: int = 5) -> Answer:
    """The `count` shortest paths from one system to another, the shortest first.

    Args:
        asked: Layer and language.
        start: IRI.
        end: IRI.
        count: How many paths at most.

    Returns:
        One row a path, ranked by length (number of hops), then by labels. Intermediaries are steps of their own. Where
        no path follows the direction of the connections, they are taken in either direction, and a note says so; each
        hop keeps the direction that the text states. `derived` marks paths of several connections: no text states
        them as a whole.

    Raises:
        UsageError: start and end are one system, or `count` is less than 1.
    """
    if start == end:
        raise UsageError("a path needs two different systems", hint="kg path A B")
    if count < 1:
        raise UsageError(f"not a number of paths: {count}", hint="at least 1")
    directed = True
    found = ranked(Ways.of(asked, directed), start, end, count)
    if not found:
        directed = False
        found = ranked(Ways.of(asked, directed), start, end, count)
    steps = _steps(asked, found)
    rows = tuple(_row(asked, rank, nodes, steps) for rank, nodes in enumerate(found, 1))
    parameters = asked.parameters(
        a=asked.label(start), b=asked.label(end), count=count, directed=directed, a_id=start, b_id=end
    )
    used = [steps[step] for nodes in found for step in _stated(nodes, steps)]
    claims = [claim for pairs in used for _, claim in pairs]
    notes = [
        *asked.notes(claims, {iri for nodes in found for iri in nodes}, (start, end)),
        *_notes(asked, start, end, rows, directed),
    ]
    return Answer("path", parameters, rows, tuple(notes))


def _steps(asked: Asked, found: Iterable[Sequence[str]]) -> dict[Step, list[Stated]]:
    """Step of a connection that the paths found may take → the connections that take it, in IRI order."""
    steps: dict[Step, list[Stated]] = {}
    for here in sorted({iri for nodes in found for iri in nodes}):
        for pair in asked.at(here):
            for step in dict.fromkeys(pairwise(pair[0].path)):
                if step[0] == here:
                    steps.setdefault(step, []).append(pair)
    return steps


def _stated(nodes: Sequence[str], steps: Mapping[Step, list[Stated]]) -> list[Step]:
    """The steps of a path, each in the direction in which a connection takes it."""
    return [(here, there) if (here, there) in steps else (there, here) for here, there in pairwise(nodes)]


def _chosen(taken: Sequence[Step], steps: Mapping[Step, list[Stated]]) -> list[Stated]:
    """A connection for each step: always the one that carries on longest, so that as few as can be make up the path."""
    chosen: list[Stated] = []
    while len(chosen) < len(taken):
        at = len(chosen)

        def carries(pair: Stated, at: int = at) -> int:
            own = set(pairwise(pair[0].path))
            return next((far for far, step in enumerate(taken[at:]) if step not in own), len(taken) - at)

        # In IRI order the first of the longest is always the same.
        best = max(steps[taken[at]], key=carries)
        chosen.extend([best] * carries(best))
    return chosen


def _row(asked: Asked, rank: int, nodes: Sequence[str], steps: Mapping[Step, list[Stated]]) -> dict[str, Any]:
    taken = _stated(nodes, steps)
    pairs = _chosen(taken, steps)
    least = weakest([claim for _, claim in pairs])
    status = least.status if least else UNATTESTED
    connections = list(dict.fromkeys(edge.id for edge, _ in pairs))
    provinces = asked.provinces(nodes)
    return {
        "rank": rank,
        "length": len(taken),
        "path": asked.labels(nodes),
        "hops": [_hop(asked, step, pair) for step, pair in zip(taken, pairs, strict=True)],
        "status": status,
        "as_of": (least.as_of or None) if least else None,
        "derived": len(connections) > 1 or any(edge.supposed for edge, _ in pairs),
        "provinces": asked.labels(provinces),
        "evidence": proof(pairs),
        "status_label": asked.label(ST + status),
        "path_id": list(nodes),
        "provinces_id": provinces,
        "connection_id": connections,
    }


def _hop(asked: Asked, step: Step, pair: Stated) -> dict[str, Any]:
    edge, claim = pair
    return {
        "source": asked.label(step[0]),
        "target": asked.label(step[1]),
        "relation": edge.relation,
        "status": claim.status if claim else UNATTESTED,
        "as_of": (claim.as_of or None) if claim else None,
        "id": edge.id,
        "source_id": step[0],
        "target_id": step[1],
        "evidence": proof([pair]),
    }


def _notes(asked: Asked, start: str, end: str, rows: Sequence[Mapping[str, Any]], directed: bool) -> Iterator[str]:
    if not rows:
        edges = [(edge, claim) for edge, claim in asked.others(start, end)]
        joining = [pair for pair in edges if {start, end} <= set(pair[0].path)]
        yield from asked.silence(joining or edges, f"{asked.label(start)} – {asked.label(end)}")
        yield from _on_other_layers(asked, start, end)
        return
    if not directed:
        yield say("path.undirected", asked.lang)
        yield from _on_other_layers(asked, start, end)
    if any(row["derived"] for row in rows):
        yield say("path.derived", asked.lang)


def _on_other_layers(asked: Asked, start: str, end: str) -> Iterator[str]:
    """The shortest path in the direction of the connections on the first wider layer that has one."""
    for wider in (STATED, (*STATED, *PLANNED)):
        if not asked.status or set(wider) <= set(asked.status):
            continue
        status = tuple(dict.fromkeys((*asked.status, *wider)))
        other = asked.kept.setdefault(status, replace(asked, status=status))
        for nodes in ranked(Ways.of(other, directed=True), start, end, 1):
            taken = list(pairwise(nodes))
            least = weakest([claim for _, claim in _chosen(taken, _steps(other, [nodes]))])
            words = standing(asked.links, least, asked.lang)
            yield say("path.wider", asked.lang, path=asked.path(nodes), standing=words, length=len(taken))
            return
