"""What is in the graph: its systems, provinces, documents and connections as plain rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import UnknownNameError
from kg.links import UNATTESTED, Links, alphabet, current, layer, on_layer
from kg.model import Answer
from kg.notes import brief_note, read_note
from kg.vocab import ST, VNE


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list, and of which language."""

    links: Links
    provinces: frozenset[str]
    """IRIs; none means every one."""
    types: frozenset[str]
    """Local names of classes; none means every one."""
    status: tuple[str, ...]
    """Of connections; none means every one."""
    as_of: str | None
    units: str | None
    lang: str

    def label(self, iri: str) -> str:
        """Label of `iri` in the language asked for; '' for no IRI."""
        return self.links.label(iri, self.lang) if iri else ""

    def has_system(self, iri: str) -> bool:
        """Whether a system is of the wanted types and provinces."""
        known = self.links.systems.get(iri)
        if known is None or not known.told:
            return False
        return (not self.types or bool(self.types & set(known.types))) and self.has_place(known.scope)

    def has_place(self, place: str) -> bool:
        """Whether a unit is one of the wanted provinces or lies in one."""
        if not self.provinces:
            return True
        return bool({self.links.province(place, self.units), self.links.province(place), place} & self.provinces)


def listing(what: str, wanted: Wanted) -> Answer:
    """Rows of one kind of thing, sorted by label.

    Args:
        what: One of `KINDS`.
        wanted: Filters and language. Type and province filter connections by any of their systems.

    Raises:
        UnknownNameError: there is no such kind of thing.
    """
    if what not in KINDS:
        raise UnknownNameError(f"cannot list {what!r}", tuple(KINDS), hint=f"one of: {', '.join(KINDS)}")
    parameters = {
        "what": what,
        "province": sorted(wanted.provinces) or None,
        "type": sorted(wanted.types) or None,
        "status": list(wanted.status) or ["all"],
        "as_of": wanted.as_of,
        "units": wanted.units,
        "lang": wanted.lang,
    }
    rows = tuple(KINDS[what](wanted))
    return Answer("list", parameters, rows, (read_note(wanted.links.papers.values(), wanted.lang),))


def _systems(wanted: Wanted) -> Iterator[dict[str, Any]]:
    links = wanted.links
    used = Counter(iri for edge, _ in on_layer(links, (), wanted.as_of) for iri in set(edge.path))
    chosen = [iri for iri in links.systems if wanted.has_system(iri)]
    for iri in _by_label(wanted, chosen):
        system, claim = links.systems[iri], current(links.claims.get(iri, ()), wanted.as_of)
        yield {
            "system": wanted.label(iri),
            "type": system.types[0] if system.types else None,
            "scope": wanted.label(system.scope),
            "level": system.level or None,
            "operator": [wanted.label(operator) for operator in system.operators],
            "status": claim.status if claim else None,
            "as_of": (claim.as_of or None) if claim else None,
            "connections": used[iri],
            "types": list(system.types),
            "type_label": ", ".join(wanted.label(VNE + name) for name in system.types),
            "status_label": wanted.label(ST + claim.status) if claim else None,
            "system_id": iri,
            "scope_id": system.scope or None,
        }


def _provinces(wanted: Wanted) -> Iterator[dict[str, Any]]:
    links = wanted.links
    papers = Counter(links.province(paper.province, wanted.units) for paper in links.papers.values())
    systems = Counter(links.province_of(iri, wanted.units) for iri in links.systems if wanted.has_system(iri))
    edges: Counter[str] = Counter()
    for edge, _ in on_layer(links, wanted.status, wanted.as_of):
        edges.update({links.province_of(iri, wanted.units) for iri in edge.path})
    newest: dict[str, str] = {}
    for paper in links.papers.values():
        home = links.province(paper.province, wanted.units)
        newest[home] = max(newest.get(home, ""), paper.date)
    spoken_of = {iri for iri in {*papers, *systems} if iri and wanted.has_place(iri)}
    for iri in _by_label(wanted, spoken_of):
        yield {
            "province": wanted.label(iri),
            "documents": papers[iri],
            "newest": newest.get(iri) or None,
            "systems": systems[iri],
            "connections": edges[iri],
            "province_id": iri,
        }


def _documents(wanted: Wanted) -> Iterator[dict[str, Any]]:
    links = wanted.links
    stated = Counter(claim.document for edge in links.edges.values() for claim in edge.claims)
    named = Counter(claim.document for claims in links.claims.values() for claim in claims)
    for paper in sorted(links.papers.values(), key=lambda paper: (alphabet(paper.file), paper.id)):
        if wanted.has_place(paper.province):
            yield {
                "document": paper.file,
                "title": paper.title or None,
                "publisher": paper.publisher or None,
                "date": paper.date or None,
                "province": wanted.label(paper.province) or None,
                "brief": brief_note(paper, wanted.lang) or None,
                "systems": named[paper.id],
                "connections": stated[paper.id],
                "document_id": paper.id,
                "province_id": paper.province or None,
            }


def _connections(wanted: Wanted) -> Iterator[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for edge, claim in on_layer(wanted.links, wanted.status, wanted.as_of):
        if any(wanted.has_system(iri) for iri in edge.path):
            status = claim.status if claim else UNATTESTED
            rows.append(
                {
                    "source": wanted.label(edge.source),
                    "relation": edge.relation,
                    "target": wanted.label(edge.target),
                    "via": [wanted.label(iri) for iri in edge.via],
                    "status": status,
                    "as_of": (claim.as_of or None) if claim else None,
                    "due": (claim.due or None) if claim else None,
                    "claims": len(edge.claims),
                    "relation_label": wanted.label(VNE + edge.relation),
                    "status_label": wanted.label(ST + status),
                    "connection_id": edge.id,
                    "source_id": edge.source,
                    "target_id": edge.target,
                    "via_id": list(edge.via),
                }
            )
    yield from sorted(rows, key=lambda row: (alphabet(row["source"]), alphabet(row["target"]), row["connection_id"]))


def _by_label(wanted: Wanted, iris: Iterable[str]) -> Collection[str]:
    return sorted(iris, key=lambda iri: (alphabet(wanted.label(iri)), iri))


KINDS: dict[str, Callable[[Wanted], Iterator[dict[str, Any]]]] = {
    "systems": _systems,
    "provinces": _provinces,
    "documents": _documents,
    "connections": _connections,
}
"""What can be listed."""


def wanted(
    links: Links,
    provinces: Iterable[str] = (),
    types: Iterable[str] = (),
    status: str | Iterable[str] | None = "all",
    as_of: str | None = None,
    units: str | None = None,
    lang: str = "vi",
) -> Wanted:
    """Filters as users give them."""
    return Wanted(links, frozenset(provinces), frozenset(types), layer(status), as_of, units, lang)
