"""Single points of failure: systems without which others no longer reach a national system that they reached.

A connection is a path source → intermediaries → target, and paths are chained where one ends and the next begins: at a
target that is the source of another connection. An intermediary is no junction, for no text says that what comes in on
one connection may go out on another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.asking import Asked, Stated, is_national, proof
from kg.links import Claim, Edge, Links
from kg.messages import say
from kg.model import Answer
from kg.notes import standing
from kg.vocab import PLANNED

Cuts = Mapping[int, frozenset[str]]
"""Number of a group that reaches a goal → the systems on every path there, the goal included, its members not."""
Lost = Mapping[str, frozenset[str]]
"""System that is cut off → the goals that it loses."""


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
    losses = _losses(routes, everywhere)
    # Sorting by label costs more than finding the points: each system is placed once for all rows.
    rank = {iri: place for place, iri in enumerate(asked.by_label({*losses, *goals}.union(*losses.values())))}
    planned = _planned(asked)
    through = _through(asked, losses)
    rows = [
        _row(asked, point, lost, through[point], [*_round(point, lost, planned, routes, everywhere)], rank)
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
    """Systems in groups: those whose connections lead the same ways lose the same, whatever is taken out."""

    groups: Sequence[Sequence[str]]
    """The systems of each group."""
    ways: Sequence[Sequence[tuple[str, ...]]]
    """The ways on from each group: intermediaries and target of a connection."""
    group: Mapping[str, int]
    """System that connections begin at → number of its group."""
    junctions: Sequence[Sequence[str]]
    """The systems of each group that connections end at, too."""
    ending: Mapping[str, Collection[int]]
    """System → groups from which a way ends at it."""
    touching: Mapping[str, Collection[int]]
    """System → groups from which a way ends at it or goes through it."""

    @classmethod
    def of(cls, edges: Iterable[Edge]) -> Routes:
        """Sort connections by their systems."""
        onward: dict[str, dict[tuple[str, ...], None]] = {}
        for edge in edges:
            onward.setdefault(edge.source, {})[(*edge.via, edge.target)] = None
        groups: dict[frozenset[tuple[str, ...]], list[str]] = {}
        for system, ways in onward.items():
            groups.setdefault(frozenset(ways), []).append(system)
        ending: dict[str, dict[int, None]] = {}
        touching: dict[str, dict[int, None]] = {}
        for number, members in enumerate(groups.values()):
            for way in onward[members[0]]:
                ending.setdefault(way[-1], {})[number] = None
                for system in way:
                    touching.setdefault(system, {})[number] = None
        group = {system: number for number, members in enumerate(groups.values()) for system in members}
        ways_on = [list(onward[members[0]]) for members in groups.values()]
        junctions = [[system for system in members if system in ending] for members in groups.values()]
        return cls(list(groups.values()), ways_on, group, junctions, ending, touching)

    def cuts(self, goal: str) -> dict[int, frozenset[str]]:
        """For each group that reaches `goal`, what stands on every path there: the dominators of its members.

        The equations of dominance are solved by iteration from the goal backwards (F. Allen and J. Cocke, "Graph
        theoretic constructs for program control flow analysis", 1972): what every path from a system needs is the
        system itself and what all its ways on have in common. Dominator trees, such as NetworkX's, know nodes that
        stand at one place; an intermediary stands on many connections at once, and sets of names hold it all the same.
        No system has to be taken out and tried.
        """
        needed: dict[int, frozenset[str]] = {}
        waiting = set(self.touching.get(goal, ()))
        while waiting:
            changed = []
            for number in waiting:
                now = self._needed(number, goal, needed)
                if now != needed.get(number):
                    needed[number] = now
                    changed.append(number)
            reached = {system for number in changed for system in self.junctions[number]} - {goal}
            waiting = {number for system in reached for number in self.ending[system]}
        return needed

    def _needed(self, number: int, goal: str, needed: Cuts) -> frozenset[str]:
        """What all ways on from a group have in common, as far as is known yet."""
        common: frozenset[str] | None = None
        for way in self.ways[number]:
            if goal in way:
                needs = frozenset(way[: way.index(goal) + 1])
            elif (further := needed.get(self.group.get(way[-1], -1))) is not None:
                needs = further.union(way)
            else:
                continue
            common = needs if common is None else common & needs
        assert common is not None, "a group is looked at when one of its ways is known to lead to the goal"
        return common


def _losses(routes: Routes, everywhere: Mapping[str, Cuts]) -> dict[str, Lost]:
    """Single point of failure → whom it cuts off from what."""
    found: dict[str, dict[int, set[str]]] = {}
    for goal, cuts in everywhere.items():
        for number, needed in cuts.items():
            for point in needed - {goal}:
                found.setdefault(point, {}).setdefault(number, set()).add(goal)
    losses: dict[str, Lost] = {}
    for point, groups in found.items():
        lost: dict[str, frozenset[str]] = {}
        for number, goals in groups.items():
            whole = frozenset(goals)
            for system in routes.groups[number]:
                # Neither does a system lose itself, nor is it cut off by itself.
                own = whole - {system} if system in whole else whole
                if own and system != point:
                    lost[system] = own
        if lost:
            losses[point] = lost
    return losses


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
    lost: Lost,
    planned: Mapping[str, Sequence[tuple[Edge, Claim]]],
    routes: Routes,
    everywhere: Mapping[str, Cuts],
) -> Iterator[tuple[Edge, Claim]]:
    """The planned connections that would lead a system that `point` cuts off to what it loses, by source."""
    for source in sorted(lost.keys() & planned.keys()):
        for edge, claim in planned[source]:
            group = routes.group.get(edge.target, -1)
            if point not in edge.path and any(
                _leads(edge, goal, point, everywhere[goal].get(group)) for goal in lost[source]
            ):
                yield edge, claim


def _leads(edge: Edge, goal: str, point: str, needed: frozenset[str] | None) -> bool:
    """Whether a connection leads to a goal: itself, or with others from its target, which does not need `point`."""
    return goal in edge.path[1:] or (needed is not None and point not in needed)


def _row(
    asked: Asked,
    point: str,
    lost: Lost,
    through: Sequence[Stated],
    alternative: Sequence[tuple[Edge, Claim]],
    rank: Mapping[str, int],
) -> dict[str, Any]:
    cut_off = sorted(lost, key=rank.__getitem__)
    goals = sorted(frozenset().union(*set(lost.values())), key=rank.__getitem__)
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
