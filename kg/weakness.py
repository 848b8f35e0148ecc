"""Single points of failure: systems without which others no longer reach a national system that they reached.

A connection is a path source → intermediaries → target, and paths are chained where one ends and the next begins: at a
target that is the source of another connection. An intermediary is no junction, for no text says that what comes in on
one connection may go out on another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.asking import Asked, Stated, is_national, proof
from kg.links import Claim, Edge, Links
from kg.messages import say
from kg.model import Answer
from kg.notes import standing
from kg.vocab import PLANNED

Cuts = Mapping[str, frozenset[str]]
"""System that reaches a goal → the systems on every path there, both ends included."""


def weak(asked: Asked) -> Answer:
    """Systems that are single points of failure on the layer.

    Returns:
        One row a system X, by number of systems cut off, then by label: `cut_off` are the systems that without X no
        longer reach some national system that they reached, `lost` are these national ones, `alternative` planned
        connections that would lead round X. Neither X itself nor the reaching of X counts.
    """
    goals = national_goals(asked.links, (edge for edge, _ in asked.edges))
    routes = Routes.of(edge for edge, _ in asked.edges)
    everywhere = {goal: routes.cuts(goal) for goal in goals}
    losses: dict[str, dict[str, set[str]]] = {}
    for goal, cuts in everywhere.items():
        for system, needed in cuts.items():
            for point in needed - {system, goal}:
                losses.setdefault(point, {}).setdefault(system, set()).add(goal)
    # Sorting by label costs more than finding the points: each system is placed once for all rows.
    rank = {iri: place for place, iri in enumerate(asked.by_label({*losses, *goals}.union(*losses.values())))}
    planned = _planned(asked)
    through = _through(asked, losses)
    rows = [
        _row(asked, point, lost, through[point], [*_round(point, lost, planned, everywhere)], rank)
        for point, lost in losses.items()
    ]
    rows.sort(key=lambda row: (-row["count"], rank[row["system_id"]]))
    claims = [claim for pairs in through.values() for _, claim in pairs]
    notes = [*asked.notes(claims, losses), *_notes(asked, goals, rows)]
    return Answer("weak", asked.parameters(), tuple(rows), tuple(notes))


def national_goals(links: Links, edges: Iterable[Edge]) -> list[str]:
    """National systems that some connection leads to or through, sorted."""
    return sorted({iri for edge in edges for iri in edge.path[1:] if is_national(links, iri)})


@dataclass(frozen=True, slots=True)
class Routes:
    """Connections by where they lead."""

    ending: Mapping[str, Sequence[Edge]]
    """System → connections that end at it."""
    passing: Mapping[str, Sequence[Edge]]
    """System → connections that it is an intermediary of."""
    starting: Mapping[str, Sequence[Edge]]
    """System → connections that begin at it."""

    @classmethod
    def of(cls, edges: Iterable[Edge]) -> Routes:
        """Sort connections by their systems."""
        ending: dict[str, list[Edge]] = {}
        passing: dict[str, list[Edge]] = {}
        starting: dict[str, list[Edge]] = {}
        for edge in edges:
            ending.setdefault(edge.target, []).append(edge)
            starting.setdefault(edge.source, []).append(edge)
            for via in edge.via:
                passing.setdefault(via, []).append(edge)
        return cls(ending, passing, starting)

    def cuts(self, goal: str) -> dict[str, frozenset[str]]:
        """For each system that reaches `goal`, what stands on every path there: its dominators.

        The equations of dominance are solved by iteration from the goal backwards (F. Allen and J. Cocke, "Graph
        theoretic constructs for program control flow analysis", 1972): what every path from a system needs is the
        system itself and what all its ways on have in common. Dominator trees, such as NetworkX's, know nodes that
        stand at one place; an intermediary stands on many connections at once, and sets of names hold it all the same.
        No system has to be taken out and tried.
        """
        needed: dict[str, frozenset[str]] = {goal: frozenset((goal,))}
        for edge in self.passing.get(goal, ()):
            if edge.source != goal:
                needed[edge.source] = self._needed(edge.source, goal, needed)
        waiting = deque(needed)
        while waiting:
            for edge in self.ending.get(waiting.popleft(), ()):
                source = edge.source
                if source == goal:
                    continue
                now = self._needed(source, goal, needed)
                if now != needed.get(source):
                    needed[source] = now
                    waiting.append(source)
        del needed[goal]
        return needed

    def _needed(self, system: str, goal: str, needed: Cuts) -> frozenset[str]:
        """What all ways on from `system` have in common, as far as is known yet, and the system itself."""
        common: frozenset[str] | None = None
        for edge in self.starting[system]:
            way = _way(edge, goal, needed)
            if way is not None:
                common = way if common is None else common & way
        return (common or frozenset()) | {system}


def _way(edge: Edge, goal: str, needed: Cuts) -> frozenset[str] | None:
    """What a connection and the ways on from its target need; None where it does not lead to the goal."""
    if goal in edge.path[1:]:
        return frozenset(edge.path[: edge.path.index(goal, 1) + 1])
    further = needed.get(edge.target)
    return None if further is None else further.union(edge.path)


def _planned(asked: Asked) -> dict[str, list[tuple[Edge, Claim]]]:
    """Source → its planned connections."""
    found: dict[str, list[tuple[Edge, Claim]]] = {}
    for edge, claim in asked.others():
        if claim.status in PLANNED:
            found.setdefault(edge.source, []).append((edge, claim))
    return found


def _through(asked: Asked, points: Collection[str]) -> dict[str, list[Stated]]:
    """System → the connections of the layer on which it stands."""
    found: dict[str, list[Stated]] = {point: [] for point in points}
    for pair in asked.edges:
        for point in dict.fromkeys(pair[0].path):
            if point in found:
                found[point].append(pair)
    return found


def _round(
    point: str,
    lost: Mapping[str, set[str]],
    planned: Mapping[str, Sequence[tuple[Edge, Claim]]],
    everywhere: Mapping[str, Cuts],
) -> Iterator[tuple[Edge, Claim]]:
    """The planned connections that would lead a system that `point` cuts off to what it loses, by source."""
    for source in sorted(lost.keys() & planned.keys()):
        for edge, claim in planned[source]:
            if point not in edge.path and any(_leads(edge, goal, point, everywhere[goal]) for goal in lost[source]):
                yield edge, claim


def _leads(edge: Edge, goal: str, point: str, cuts: Cuts) -> bool:
    """Whether a connection leads to a goal, itself or with others, without `point`."""
    return goal in edge.path[1:] or (edge.target in cuts and point not in cuts[edge.target])


def _row(
    asked: Asked,
    point: str,
    lost: Mapping[str, set[str]],
    through: Sequence[Stated],
    alternative: Sequence[tuple[Edge, Claim]],
    rank: Mapping[str, int],
) -> dict[str, Any]:
    cut_off = sorted(lost, key=rank.__getitem__)
    goals = sorted(set().union(*lost.values()), key=rank.__getitem__)
    provinces = asked.provinces(cut_off)
    return {
        "system": asked.label(point),
        "count": len(cut_off),
        "cut_off": asked.labels(cut_off),
        "alternative": [
            f"{asked.path(edge.path)}: {standing(asked.links, claim, asked.lang)}" for edge, claim in alternative
        ],
        "lost": asked.labels(goals),
        "provinces": asked.labels(provinces),
        "evidence": proof([*through, *alternative]),
        "system_id": point,
        "cut_off_id": cut_off,
        "lost_id": goals,
        "alternative_id": [edge.id for edge, _ in alternative],
        "provinces_id": provinces,
        "connection_id": [edge.id for edge, _ in through],
    }


def _notes(asked: Asked, goals: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not goals:
        near = (pair for pair in asked.others() if any(is_national(asked.links, iri) for iri in pair[0].path[1:]))
        yield from asked.silence(near, say("weak.about", asked.lang))
        return
    yield say("weak.counted", asked.lang, points=len(rows), goals=len(goals))
    yield say("weak.stated", asked.lang)
