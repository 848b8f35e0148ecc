"""Ways from one system to another over the steps of connections, the shortest first.

A graph of a whole nation is not gone through: only systems that lie between the two are looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice, pairwise

from kg.asking import Asked
from kg.topology import shortest_paths, simple_graph

_LOOKED_AT = 50
"""Paths of equal length that are compared before the first of them are shown, where they are not the shortest."""

_DETOURS = (1, 2, 3, 4, 6)
"""Steps that a path may be longer than the shortest, tried in this order before all paths are."""


class Ways:
    """The steps of the connections of a layer, in their direction or in either."""

    def __init__(self, asked: Asked, directed: bool) -> None:
        self.asked = asked
        self.directed = directed
        self._next: dict[tuple[str, bool], list[str]] = {}

    @classmethod
    def of(cls, asked: Asked, directed: bool) -> Ways:
        """The steps of a layer, with those that were looked up before."""
        found = asked.kept.setdefault((cls, directed), cls(asked, directed))
        assert isinstance(found, cls)
        return found

    def steps(self, here: str, forward: bool = True) -> list[str]:
        """Where one step leads to from `here`, or where one step comes from, in the order of their labels."""
        if (here, forward) not in self._next:
            found = set()
            for edge, _ in self.asked.at(here):
                for one, other in pairwise(edge.path):
                    if one == here and (forward or not self.directed):
                        found.add(other)
                    if other == here and not (forward and self.directed):
                        found.add(one)
            self._next[here, forward] = sorted(found - {here})
        return self._next[here, forward]

    def distances(
        self,
        start: str,
        forward: bool,
        within: Collection[str] | None = None,
        until: str = "",
        most: int | None = None,
    ) -> dict[str, int]:
        """System → steps from `start` (or, backwards, to it), of those in `within`, as far as `until` or `most` steps."""
        found, frontier, far = {start: 0}, [start], 0
        while frontier and until not in found and far != most:
            far += 1
            reached = {there for here in frontier for there in self.steps(here, forward)}
            frontier = [there for there in reached if there not in found and (within is None or there in within)]
            found.update(dict.fromkeys(frontier, far))
        return found

    def between(self, start: str, end: str, limit: int | None) -> set[str]:
        """The systems that walks of at most `limit` steps pass, of any number where that is None."""
        near: set[str] | None = None
        if limit is not None and not self.directed:
            # Half a walk lies near its start, half of it near its end. In their direction, steps lead to few systems.
            half = limit // 2
            near = {*self.distances(start, True, most=limit - half), *self.distances(end, False, most=half)}
        away = self.distances(start, True, near, most=limit)
        left = self.distances(end, False, away, most=limit)
        return {iri for iri, far in left.items() if limit is None or away[iri] + far <= limit}


def ranked(ways: Ways, start: str, end: str, count: int) -> list[list[str]]:
    """The first `count` paths without repeats by length, then by the labels on the way.

    Where fewer than `count` are shortest, longer ones are searched for among the systems that paths of their length can
    pass, and of each length only so many are compared by label.

    Source: J. Y. Yen, "Finding the k shortest loopless paths in a network" (1971), as NetworkX has it.
    """
    away = ways.distances(start, forward=True, until=end)
    if end not in away or start == end:
        return []
    left = ways.distances(end, forward=False, within=away, until=start)
    found = list(islice(_shortest(ways, left, start), count))
    for more in (*_DETOURS, None):
        if len(found) >= count:
            break
        limit = None if more is None else left[start] + more
        found = _longer(ways, (start, end), count, limit)
    return found[:count]


def _shortest(ways: Ways, left: Mapping[str, int], start: str) -> Iterator[list[str]]:
    """All shortest paths, by label."""
    waiting = [[start]]
    while waiting:
        path = waiting.pop()
        far = left[path[-1]]
        if not far:
            yield path
        on = (there for there in ways.steps(path[-1]) if left.get(there) == far - 1)
        waiting.extend([*path, there] for there in sorted(on, key=ways.asked.order, reverse=True))


def _longer(ways: Ways, ends: tuple[str, str], count: int, limit: int | None) -> list[list[str]]:
    """The first paths no longer than `limit`, by length and label."""
    found: list[list[str]] = []
    for seen, nodes in enumerate(shortest_paths(simple_graph(_passable(ways, ends, limit), ways.directed), *ends)):
        full = len(found) >= count and (len(nodes) > len(found[-1]) or seen >= count + _LOOKED_AT)
        if full or (limit is not None and len(nodes) - 1 > limit):
            break
        found.append(nodes)
    return sorted(found, key=lambda nodes: (len(nodes), [ways.asked.order(iri) for iri in nodes]))


def _passable(ways: Ways, ends: tuple[str, str], limit: int | None) -> list[tuple[str, str]]:
    """The steps that paths no longer than `limit` may take: none into what can only be left the way it was entered."""
    passed = ways.between(*ends, limit)
    steps = [(here, there) for here in passed for there in ways.steps(here) if there in passed]
    beside: dict[str, set[str]] = {iri: set() for iri in passed}
    for here, there in steps:
        beside[here].add(there)
        beside[there].add(here)
    waiting = [iri for iri in passed if iri not in ends and len(beside[iri]) < 2]
    while waiting:
        blind = waiting.pop()
        for other in beside.pop(blind):
            beside[other].discard(blind)
            if len(beside[other]) == 1 and other not in ends:
                waiting.append(other)
    return [(here, there) for here, there in steps if here in beside and there in beside]
