"""The connections of a graph as plain values: what every dependency question and every page is computed from.

A connection keeps every claim on it, and `current` picks the one that counts on a date, so that a layer ("what runs
today") is a filter and not another graph. Nothing here knows where the values come from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.errors import UsageError
from kg.text import fold
from kg.vocab import PLACE, STATUS_RANK, STATUSES, local_name

COUNTRY = f"{PLACE}vn"
UNATTESTED = "unattested"
"""Status of a connection that nothing claims: only RDF from elsewhere holds such ones."""
_ACRONYM_LENGTH = range(2, 8)
_DATE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?")


class Claim(NamedTuple):
    """What one document says of one connection or system."""

    id: str
    """IRI of the attestation."""
    status: str
    """Local name in the status scheme."""
    day: str
    """First day of the period it speaks of, as an ISO date; '' where no date is known."""
    as_of: str
    """The date in the precision the text gives; '' where no date is known."""
    due: str
    document: str
    """IRI of the document."""
    confidence: float | None = None
    """How sure its best passage is read, 0 to 1; None where nothing says so."""


class Edge(NamedTuple):
    """A connection with all claims on it, oldest first."""

    id: str
    source: str
    relation: str
    target: str
    via: tuple[str, ...]
    claims: tuple[Claim, ...]
    supposed: bool = False
    """Whether no text states it: it belongs to a what-if question."""

    @property
    def path(self) -> tuple[str, ...]:
        """Source, intermediaries in order, target."""
        return (self.source, *self.via, self.target)


class Edges(Mapping[str, Edge]):
    """Connections by IRI, in IRI order, and by the systems that stand on them."""

    def __init__(self, known: Mapping[str, Edge], touching: Mapping[str, Sequence[str]] | None = None) -> None:
        """Take the connections and, where that is known, system → its connections in IRI order."""
        self._known, self._touching = known, touching

    def __getitem__(self, iri: str) -> Edge:
        return self._known[iri]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def values(self) -> ValuesView[Edge]:
        """All connections."""
        return self._known.values()

    def at(self, system: str) -> list[Edge]:
        """The connections on which `system` stands, as an end or between, in IRI order."""
        if self._touching is None:
            found: dict[str, list[str]] = {}
            for edge in self._known.values():
                for iri in dict.fromkeys(edge.path):
                    found.setdefault(iri, []).append(edge.id)
            self._touching = found
        return [self._known[iri] for iri in self._touching.get(system, ())]


@dataclass(frozen=True, slots=True)
class System:
    """A system; `types` most telling first, `scope` an administrative unit or '', `level` a local name or ''."""

    id: str
    types: tuple[str, ...]
    scope: str
    level: str
    operators: tuple[str, ...] = ()
    """IRIs of the organisations that texts say run it."""
    told: bool = True
    """Whether the graph says anything of it; False where only the lexicon knows its name."""
    column: int = 0
    """Its column in the matrix of provinces and platforms; 0 for none."""
    relay: bool = False
    """Whether it passes on what comes in: derived links go through it."""


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit; `parent` the unit it lies in, `successor` the unit it was merged into, '' for none."""

    id: str
    parent: str
    successor: str
    kind: str
    """The common noun that goes before its name; '' where none is known."""
    since: str = ""
    """First day, for units that began with the merger."""
    until: str = ""
    """Last day, for units that ended with it."""


@dataclass(frozen=True, slots=True)
class Succession:
    """A body or system that goes on as another one, or under another name."""

    id: str
    before: tuple[str, ...]
    """IRIs of those that it went on from."""
    names: tuple[str, ...]
    """What it was called before, where it is one and the same thing."""
    after: str
    date: str
    """First day."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was read; `province` is an IRI, and each field is '' where it is not known."""

    id: str
    file: str
    title: str
    publisher: str
    date: str
    province: str
    source_file: str
    """File of the text of which this one is a brief."""


@dataclass(frozen=True, slots=True)
class Links:
    """Systems, connections, places and documents of a graph, each by IRI and in IRI order."""

    systems: Mapping[str, System]
    edges: Edges
    claims: Mapping[str, tuple[Claim, ...]]
    """What is claimed of each system, oldest first."""
    places: Mapping[str, Place]
    papers: Mapping[str, Paper]
    labels: Mapping[str, Mapping[str, str]]
    """Language → IRI → label, of everything that has one."""
    aliases: Mapping[str, tuple[str, ...]]
    """IRI → other wordings and acronyms, sorted."""
    successions: Mapping[str, Succession] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] | None = None
    """Loose spelling of a name (`kg.names.loose`) → the systems that may be meant; None where none were gathered."""

    def label(self, iri: str, lang: str = "vi") -> str:
        """Label of `iri` in `lang`, else the Vietnamese one, else the local name."""
        return self.labels[lang].get(iri) or self.labels["vi"].get(iri) or local_name(iri)

    def acronym(self, iri: str) -> str:
        """The acronym it goes by: one that its label gives in brackets, else the shortest alias; '' for none."""
        label = self.label(iri)
        bracketed = [name for name in re.findall(r"\(([^()]+)\)", label) if _is_acronym(name)]
        found = [alias for alias in self.aliases.get(iri, ()) if _is_acronym(alias)]
        return next(iter(bracketed), min(found, key=lambda name: (len(name), name), default=""))

    def short(self, iri: str, lang: str = "vi") -> str:
        """A name for small room: the acronym, else the label without the name of the province it ends with."""
        if acronym := self.acronym(iri):
            return acronym
        label = self.label(iri, lang)
        if home := self.province_of(iri):
            name = self.label(home, lang)
            for ending in (f" {self.places[home].kind} {name}", f" {name}"):
                if label.endswith(ending) and len(label) > len(ending):
                    return label.removesuffix(ending)
        return label

    def province(self, place: str, units: str | None = None) -> str:
        """The province that `place` is or lies in, '' for the country and for unknown places.

        Args:
            place: IRI of an administrative unit.
            units: '2025' follows mergers to the unit of today; otherwise the unit stays what it is.
        """
        seen: set[str] = set()
        while place and place not in seen:
            seen.add(place)
            known = self.places.get(place)
            if known is None or place == COUNTRY:
                return ""
            if known.parent and known.parent != COUNTRY:
                place = known.parent
            elif units == "2025" and known.successor:
                place = known.successor
            else:
                return place
        return ""

    def province_of(self, system: str, units: str | None = None) -> str:
        """The province of a system's scope, '' for national and ministry systems."""
        known = self.systems.get(system)
        return self.province(known.scope, units) if known else ""


def current(claims: Sequence[Claim], as_of: str | None = None) -> Claim | None:
    """The claim that counts: the latest until `as_of`; on one date the weightier status.

    Undated claims count least, and not at all where a date is asked for. None where nothing is claimed.
    """
    if len(claims) == 1 and not as_of:
        return claims[0]
    limit = last_day(as_of) if as_of else "~"
    dated = [claim for claim in claims if claim.day <= limit and (claim.day or not as_of)]
    return max(dated, key=lambda claim: (claim.day, STATUS_RANK.get(claim.status, 0), claim.id), default=None)


def status_of(claims: Sequence[Claim], as_of: str | None = None) -> str:
    """Status of the current claim, `UNATTESTED` where there is none."""
    return claim.status if (claim := current(claims, as_of)) else UNATTESTED


def chosen(
    edges: Iterable[Edge], statuses: Collection[str], as_of: str | None = None
) -> Iterator[tuple[Edge, Claim | None]]:
    """Those of `edges` whose current claim has one of `statuses`, with that claim, in their order.

    An empty collection means every status. Connections that no claim speaks of before `as_of` are left out.
    """
    for edge in edges:
        claim = current(edge.claims, as_of)
        if claim is None and (as_of or statuses):
            continue
        if not statuses or (claim and claim.status in statuses):
            yield edge, claim


def on_layer(links: Links, statuses: Collection[str], as_of: str | None = None) -> Iterator[tuple[Edge, Claim | None]]:
    """Those of a graph that `chosen` finds, in IRI order."""
    return chosen(links.edges.values(), statuses, as_of)


def layer(status: str | Iterable[str] | None) -> tuple[str, ...]:
    """Statuses that `status` names, in the order of the scheme; () for 'all'.

    >>> layer("planned,operational")
    ('operational', 'planned')

    Raises:
        UsageError: one of them is no status.
    """
    parts = status.split(",") if isinstance(status, str) else list(status or ())
    wanted = {local_name(part.strip()).removeprefix("st:") for part in parts if part.strip()}
    if "all" in wanted:
        return ()
    unknown = sorted(wanted - set(STATUSES))
    if unknown:
        raise UsageError(f"no such status: {', '.join(unknown)}", hint=f"one of: {', '.join(STATUSES)}, all")
    return tuple(status for status in STATUSES if status in wanted)


def last_day(date: str) -> str:
    """A string that sorts after every ISO day of the period `date` (YYYY, YYYY-Qn, YYYY-MM, YYYY-MM-DD).

    Raises:
        UsageError: `date` has none of these forms.
    """
    match = _DATE.fullmatch(date.strip())
    if not match:
        raise UsageError(f"not a date: {date!r}", hint="YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD")
    year, quarter, month, day = match.groups()
    month = f"{int(quarter) * 3:02d}" if quarter else month
    return "-".join(part for part in (year, month, day) if part) + "~"


def _is_acronym(name: str) -> bool:
    plain = name.replace("&", "")
    return len(name) in _ACRONYM_LENGTH and plain.isalnum() and name[0].isalpha() and name == name.upper()


@lru_cache(maxsize=1 << 16)
def alphabet(label: str) -> tuple[str, str]:
    """Sort key of a label: by its plain letters, then as written."""
    return fold(label), label
