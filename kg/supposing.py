"""What if: a graph without some systems, with more connections, with provinces merged or a hub moved, and what differs.

Nothing is written anywhere. What is supposed stands in the graph like what texts state, but marked as supposed, without
a document, and every answer says what it supposes.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from kg.errors import UsageError
from kg.links import COUNTRY, Claim, Edge, Edges, Links, Place, current
from kg.messages import say
from kg.model import Answer
from kg.vocab import PLACE, STATUSES, connection_iri, local_name

T = TypeVar("T")

COMPARED: Mapping[str, tuple[str, ...]] = {
    "linked": ("province_id", "connection_id", "status"),
    "impact": ("system_id", "role", "hop", "status"),
    "needs": ("system_id", "role", "hop", "status"),
    "path": ("path_id", "status"),
    "weak": ("system_id", "cut_off_id"),
    "gaps": ("province_id", "platform_id", "state"),
}
"""Question → the keys that make two rows the same; where one differs, a row is removed and another added."""

_ALWAYS = "0000-00-00"
"""The day of what is supposed: it holds on whatever date is asked for."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a question supposes, by IRI; empty for a question on the graph as it is."""

    without: tuple[str, ...] = ()
    """Systems that are not there, nor any connection on which they stand."""
    joined: tuple[tuple[str, ...], ...] = ()
    """Connections that run, each from its source over intermediaries to its target."""
    merged: tuple[tuple[str, ...], ...] = ()
    """Provinces that are one."""
    moved: tuple[tuple[str, str], ...] = ()
    """Hubs whose connections have all gone to another."""

    def __bool__(self) -> bool:
        return bool(self.without or self.joined or self.merged or self.moved)


def chain(text: str) -> list[str]:
    """The names of 'A -> B' or 'A -> B -> C', at least two.

    Raises:
        UsageError: there are fewer, or one of them is empty.
    """
    return _parts(text, r"->|→", "A -> B")


def sum_of(text: str) -> list[str]:
    """The names of 'A + B', at least two.

    Raises:
        UsageError: there are fewer, or one of them is empty.
    """
    return _parts(text, r"\+", "A + B")


def _parts(text: str, sign: str, example: str) -> list[str]:
    parts = [part.strip() for part in re.split(sign, text)]
    if len(parts) < 2 or not all(parts):
        raise UsageError(f"not of the form {example!r}: {text!r}", hint=f"two names: {example}")
    return parts


def suppose(links: Links, supposed: Supposed) -> Links:
    """The graph as it would be.

    Systems are taken out first, then hubs moved, connections added and provinces merged.

    Raises:
        UsageError: the suppositions contradict each other.
    """
    _consistent(supposed)
    gone = {edge.id for iri in supposed.without for edge in links.edges.at(iri)}
    added: dict[str, Edge] = {}
    for old, new in supposed.moved:
        taken = [edge for edge in links.edges.at(old) if edge.id not in gone]
        taken += [added.pop(iri) for iri in sorted(added) if old in added[iri].path]
        gone.update(edge.id for edge in taken)
        for edge in filter(None, (_moved(edge, old, new) for edge in taken)):
            stated = [edge, *filter(None, [added.get(edge.id)])]
            if edge.id in links.edges and edge.id not in gone:
                stated.append(links.edges[edge.id])
            added[edge.id] = min(reversed(stated), key=_distance)
    for path in supposed.joined:
        edge = _joined(path)
        added[edge.id] = edge
    places, labels = _merged(links, supposed.merged)
    return replace(
        links,
        systems=_Altered(links.systems, set(supposed.without), {}),
        edges=_AlteredEdges(links.edges, gone, added),
        places=places,
        labels=labels,
    )


def _consistent(supposed: Supposed) -> None:
    named = Counter([*supposed.without, *(old for old, _ in supposed.moved)])
    used = {iri for path in supposed.joined for iri in path} | {new for _, new in supposed.moved}
    units = Counter(unit for units in supposed.merged for unit in set(units))
    for iri, times in (*named.items(), *units.items()):
        if times > 1:
            raise UsageError(f"supposed more than once: {local_name(iri)}", hint="name it once")
    clash = sorted(used & set(supposed.without))
    if clash:
        raise UsageError(f"taken out and used at once: {local_name(clash[0])}", hint="choose one of the two")
    for path in (*supposed.joined, *supposed.moved):
        if len(set(path)) < len(path):
            raise UsageError(f"the same system twice: {' -> '.join(map(local_name, path))}", hint="name different ones")


def _joined(path: tuple[str, ...]) -> Edge:
    source, *via, target = path
    claim = Claim("", "operational", _ALWAYS, "", "", "")
    return Edge(
        connection_iri(source, "connectsTo", target, via), source, "connectsTo", target, tuple(via), (claim,), True
    )


def _moved(edge: Edge, old: str, new: str) -> Edge | None:
    """A connection with another hub in the place of the old one; None where nothing of it is left."""
    path = tuple(new if iri == old else iri for iri in edge.path)
    source, target = path[0], path[-1]
    if source == target and edge.source != edge.target:
        return None
    via = tuple(iri for iri in dict.fromkeys(path[1:-1]) if iri not in (source, target))
    return edge._replace(
        id=connection_iri(source, edge.relation, target, via),
        source=source,
        target=target,
        via=via,
        supposed=True,
    )


def _distance(edge: Edge) -> int:
    """How far a connection is from running."""
    claim = current(edge.claims)
    return STATUSES.index(claim.status) if claim and claim.status in STATUSES else len(STATUSES)


def _merged(
    links: Links, merged: Collection[tuple[str, ...]]
) -> tuple[Mapping[str, Place], Mapping[str, Mapping[str, str]]]:
    """Places and labels with each group of provinces lying in one new province."""
    changed: dict[str, Place] = {}
    labels = {lang: dict(known) for lang, known in links.labels.items()} if merged else links.labels
    for units in merged:
        names: dict[str, str] = {}
        for unit in units:
            names.setdefault(links.label(unit), unit)
        iri = PLACE + "+".join(local_name(unit) for unit in names.values())
        changed[iri] = Place(iri, COUNTRY, "", "")
        for unit in units:
            changed[unit] = replace(links.places[unit], parent=iri, successor="")
        for lang, known in labels.items():
            assert isinstance(known, dict)
            known[iri] = " + ".join(links.label(unit, lang) for unit in names.values())
    return _Altered(links.places, set(changed) & links.places.keys(), changed), labels


class _Altered(Mapping[str, T]):
    """A mapping in IRI order without some of its keys and with others."""

    def __init__(self, base: Mapping[str, T], gone: Collection[str], added: Mapping[str, T]) -> None:
        self._base, self._gone, self._added = base, frozenset(gone) | added.keys(), added

    def __getitem__(self, iri: str) -> T:
        if iri in self._gone:
            return self._added[iri]
        return self._base[iri]

    def __iter__(self) -> Iterator[str]:
        return heapq.merge((iri for iri in self._base if iri not in self._gone), sorted(self._added))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _AlteredEdges(Edges):
    def __init__(self, base: Edges, gone: Collection[str], added: Mapping[str, Edge]) -> None:
        super().__init__(_Altered(base, gone, added))
        self._base, self._gone, self._added = base, frozenset(gone) | added.keys(), added

    def at(self, system: str) -> list[Edge]:
        found = [edge for edge in self._base.at(system) if edge.id not in self._gone]
        found += [edge for edge in self._added.values() if system in edge.path]
        return sorted(found, key=lambda edge: edge.id)


def compared(before: Answer, after: Answer, supposed: Supposed, label: Callable[[str], str]) -> Answer:
    """The answer under a supposition, each row with its `change` against the answer of today.

    Args:
        before: The answer on the graph as it is.
        after: The answer to the same question on the graph as it would be.
        supposed: The supposition.
        label: IRI → label.

    Returns:
        The rows of `after`, `change` same or added, then those of `before` that are no more, removed; `COMPARED` says
        what makes two rows the same. The notes begin with what is supposed and with how many rows differ.
    """
    keys = COMPARED[after.question]
    lang = after.parameters["lang"]
    was = {_identity(row, keys) for row in before.rows}
    is_now = {_identity(row, keys) for row in after.rows}
    rows = [_changed(row, "same" if _identity(row, keys) in was else "added") for row in after.rows]
    rows += [_changed(row, "removed") for row in before.rows if _identity(row, keys) not in is_now]
    found = Counter(row["change"] for row in rows)
    counts = {change: found[change] for change in ("added", "removed", "same")}
    notes = (*_told(supposed, label, lang), say("what-if.counted", lang, **counts), *after.notes)
    return Answer(after.question, {**after.parameters, **_parameters(supposed)}, tuple(rows), notes)


def _identity(row: Mapping[str, Any], keys: Iterable[str]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value := row[key], list) else value for key in keys)


def _changed(row: Mapping[str, Any], change: str) -> dict[str, Any]:
    return {"change": change, **row}


def _told(supposed: Supposed, label: Callable[[str], str], lang: str) -> Iterator[str]:
    for iri in supposed.without:
        yield say("what-if.without", lang, system=label(iri))
    for path in supposed.joined:
        yield say("what-if.with", lang, path=" → ".join(map(label, path)))
    for units in supposed.merged:
        yield say("what-if.merge", lang, provinces=" + ".join(dict.fromkeys(map(label, units))))
    for old, new in supposed.moved:
        yield say("what-if.move", lang, old=label(old), new=label(new))


def _parameters(supposed: Supposed) -> dict[str, Any]:
    return {
        "without": list(supposed.without),
        "with": [list(path) for path in supposed.joined],
        "merge": [list(units) for units in supposed.merged],
        "move": [list(pair) for pair in supposed.moved],
    }
