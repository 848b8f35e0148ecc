"""A dependency question as asked: the layer of connections it is about, and what every answer to one must say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from kg.errors import UsageError
from kg.links import COUNTRY, Claim, Edge, Links, alphabet, chosen, last_day, layer, on_layer
from kg.messages import LANGUAGES, say
from kg.notes import read_note, standing
from kg.succession import crossed, crossed_units
from kg.vocab import DENIED, STATUSES

Stated = tuple[Edge, Claim | None]
"""A connection with its current claim."""
UNITS = ("2024", "2025")
"""Generations of provinces: before and after the merger."""
_NAMED = 5
_NONE = (-len(STATUSES) - 1, "", "")
"""Strength of a connection that nothing claims."""
K = TypeVar("K")
T = TypeVar("T")


class Memo(dict[K, T]):
    """What was found for each key that was ever asked for.

    >>> lengths = Memo(len)
    >>> lengths["four"], lengths
    (4, {'four': 4})
    """

    def __init__(self, find: Callable[[K], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: K) -> T:
        found = self[key] = self._find(key)
        return found


@dataclass(frozen=True)
class Asked:
    """The connections a question is about, on their layer, and the language of its answer.

    Large graphs are not gone through where a question looks at a few systems only: `at` reads what stands on one.
    """

    links: Links
    status: tuple[str, ...]
    """Statuses of the layer; () for all."""
    as_of: str | None
    units: str | None
    lang: str

    @cached_property
    def edges(self) -> tuple[Stated, ...]:
        """The connections of the layer, in IRI order."""
        return tuple(on_layer(self.links, self.status, self.as_of))

    @cached_property
    def _at(self) -> Mapping[str, tuple[Stated, ...]]:
        return Memo(lambda system: tuple(chosen(self.links.edges.at(system), self.status, self.as_of)))

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What questions have looked up on this layer and may need again, by whatever they call it."""
        return {}

    @cached_property
    def _stated_homes(self) -> Mapping[str, str]:
        return Memo(self.links.province_of)

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        # Without units a system counts for the province that its texts name.
        return Memo(lambda system: self.links.province_of(system, self.units)) if self.units else self._stated_homes

    @cached_property
    def names(self) -> Mapping[str, str]:
        """IRI → label in the language asked for, of whatever is asked."""
        return Memo(lambda iri: self.links.label(iri, self.lang))

    @cached_property
    def _orders(self) -> Mapping[str, tuple[tuple[str, str], str]]:
        return Memo(lambda iri: (alphabet(self.label(iri)), iri))

    def at(self, system: str) -> tuple[Stated, ...]:
        """The connections of the layer on which `system` stands, in IRI order."""
        return self._at[system]

    def label(self, iri: str) -> str:
        """Label in the language asked for."""
        return self.names[iri]

    def labels(self, iris: Iterable[str]) -> list[str]:
        """Labels in the order of `iris`."""
        return list(map(self.names.__getitem__, iris))

    def by_label(self, iris: Iterable[str]) -> list[str]:
        """`iris` without repeats, sorted by their labels."""
        return sorted(set(iris), key=self._orders.__getitem__)

    def order(self, iri: str) -> tuple[tuple[str, str], str]:
        """Sort key of a thing: its label, then its IRI."""
        return self._orders[iri]

    def province_of(self, system: str) -> str:
        """The province a system counts for, '' for none."""
        return self._homes[system]

    def provinces(self, systems: Iterable[str]) -> list[str]:
        """The provinces that systems count for, sorted by label."""
        return self.by_label(set(map(self._homes.__getitem__, systems)) - {""})

    def moved(self, system: str) -> bool:
        """Whether a system counts for another unit than the one its texts name."""
        return self._homes is not self._stated_homes and self._homes[system] != self._stated_homes[system]

    def others(self, *systems: str) -> Iterator[tuple[Edge, Claim]]:
        """The connections that texts speak of until the date, but not on this layer: of these systems, else all."""
        own = {edge.id: edge for iri in systems for edge in self.links.edges.at(iri)}
        edges = (own[iri] for iri in sorted(own)) if systems else self.links.edges.values()
        for edge, claim in chosen(edges, (), self.as_of):
            if claim and self.status and claim.status not in self.status:
                yield edge, claim

    def parameters(self, **own: Any) -> dict[str, Any]:
        """Parameters of the answer: `own` first, then the options that every question has."""
        options = {"status": list(self.status) or ["all"], "as_of": self.as_of, "units": self.units, "lang": self.lang}
        return {**own, **options}

    def notes(
        self,
        claims: Iterable[Claim | None],
        systems: Iterable[str],
        about: Iterable[str] = (),
        bodies: Iterable[str] = (),
    ) -> Iterator[str]:
        """What every answer says: documents read, those it rests on, the date and units it counts by, what became of whom.

        Args:
            claims: Those on which the rows rest.
            systems: Those that the rows name.
            about: Those that the question names.
            bodies: Those that the rows name as running a system.
        """
        claims, systems, about = list(claims), frozenset(systems), frozenset(about)
        yield read_note(self.links.papers.values(), self.lang)
        resting = {claim.document for claim in claims if claim and claim.document}
        if resting:
            yield say("note.rows-rest-on", self.lang, count=len(resting))
        yield from self.options_notes(systems)
        things = systems.union(about, bodies)
        days = {claim.day for claim in claims if claim}
        until = last_day(self.as_of) if self.as_of else "~"
        yield from crossed(self.links, things, days, until, self.lang, about)
        homes = set(map(self._stated_homes.__getitem__, systems)) - {""}
        yield from crossed_units(self.links, homes, self.units, until, self.lang)

    def options_notes(self, systems: Iterable[str]) -> Iterator[str]:
        """What the date and the units asked for mean for the answer."""
        if self.as_of:
            yield say("note.as-of", self.lang, date=self.as_of)
        if self.units:
            yield say(f"note.units-{self.units}", self.lang)
        if self.units == "2024":
            newer = [iri for iri in self.provinces(systems) if self.links.places[iri].since]
            if newer:
                yield say("note.units-not-split", self.lang, provinces=", ".join(self.labels(newer)))

    def silence(self, near: Iterable[tuple[Edge, Claim]], about: str) -> Iterator[str]:
        """Why an answer is empty: what is denied or stated on another layer, else that nothing is stated.

        Args:
            near: Connections that would have answered, were they on the layer.
            about: The thing asked about.
        """
        found = sorted(near, key=lambda pair: (_distance(pair[1].status), pair[0].id))
        if not found:
            yield say("asked.nothing", self.lang, about=about)
        for edge, claim in found[:_NAMED]:
            key = "asked.denied" if claim.status in DENIED else "asked.elsewhere"
            yield say(key, self.lang, path=self.path(edge.path), standing=standing(self.links, claim, self.lang))
        if len(found) > _NAMED:
            yield say("asked.more", self.lang, count=len(found) - _NAMED)

    def path(self, systems: Iterable[str]) -> str:
        """Systems as one line, in their order."""
        return " → ".join(self.labels(systems))


def asked(
    links: Links,
    status: str | Iterable[str] = ("operational",),
    as_of: str | None = None,
    units: str | None = None,
    lang: str = "vi",
) -> Asked:
    """A question over the connections of `links` whose current claim has one of the statuses.

    Raises:
        UsageError: a status, date, unit generation or language that there is not.
    """
    check(units, lang)
    statuses = layer(status)
    if as_of:
        last_day(as_of)
    return Asked(links, statuses, as_of, units, lang)


def check(units: str | None, lang: str) -> None:
    """Refuse units and languages that there are not.

    Raises:
        UsageError: there is no such unit generation or language.
    """
    if units is not None and units not in UNITS:
        raise UsageError(f"no such units: {units}", hint=f"one of: {', '.join(UNITS)}")
    if lang not in LANGUAGES:
        raise UsageError(f"no such language: {lang}", hint=f"one of: {', '.join(LANGUAGES)}")


def weakest(claims: Sequence[Claim | None]) -> Claim | None:
    """Of the claims along a path the one that holds least: unattested, else farthest from operational, else oldest."""
    return min(claims, key=strength, default=None)


def strength(claim: Claim | None) -> tuple[int, str, str]:
    """How firmly a claim holds: the `weakest` of several has the least."""
    return (-_distance(claim.status), claim.day, claim.id) if claim else _NONE


def proof(pairs: Iterable[Stated]) -> list[str]:
    """Attestations that support the current claims of connections, without repeats, in order."""
    return list(
        dict.fromkeys(
            other.id
            for edge, claim in pairs
            for other in edge.claims
            if claim and other.id and other.status == claim.status
        )
    )


def beside(asked: Asked, edge: Edge, system: str) -> set[str]:
    """Provinces that the ends and intermediaries other than `system` count for; '' for national ones."""
    return {asked.province_of(iri) for iri in edge.path if iri != system}


def is_national(links: Links, system: str) -> bool:
    """Whether a system serves the whole country: those of ministries do, too."""
    known = links.systems.get(system)
    return known is not None and known.scope == COUNTRY


def units_of(links: Links, generation: str) -> list[str]:
    """IRIs of the provinces of a generation: '2024' those before the merger, '2025' those after it."""
    tops = [place for place in links.places.values() if place.parent == COUNTRY]
    if generation == "2025":
        return [place.id for place in tops if not place.until]
    return [place.id for place in tops if not place.since]


def _distance(status: str) -> int:
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)
