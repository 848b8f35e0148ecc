"""Dependency questions over the connections of a graph. NetworkX's only door."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.links import Claim, Edge, Links, Paper, alphabet, current, last_day, layer, on_layer
from kg.messages import say
from kg.model import Answer
from kg.notes import read_note, standing
from kg.vocab import DENIED, ST

if TYPE_CHECKING:
    import networkx as nx

Quotes = Callable[[Collection[str]], Mapping[str, str]]
"""Attestation IRIs → their quotes."""


def to_networkx(
    links: Links, status: str | Iterable[str] = ("operational",), as_of: str | None = None
) -> nx.MultiDiGraph[str]:
    """The connections of a layer as a directed multigraph.

    Args:
        links: The graph's connections.
        status: Statuses of the layer, or 'all'.
        as_of: Only claims until this date count.

    Returns:
        Nodes are system IRIs with `label`, `types`, `scope` and `level`; edges go from source to target, keyed by the
        connection's IRI, with `relation`, `status`, `as_of` and `via` (IRIs in order). Systems without a connection
        are nodes too.

    >>> to_networkx(links, "all").number_of_edges()    # doctest: +SKIP
    74
    """
    import networkx

    graph: nx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for system in links.systems.values():
        graph.add_node(
            system.id, label=links.label(system.id), types=system.types, scope=system.scope, level=system.level
        )
    for edge, claim in on_layer(links, layer(status), as_of):
        graph.add_edge(
            edge.source,
            edge.target,
            key=edge.id,
            relation=edge.relation,
            status=claim.status if claim else None,
            as_of=claim.as_of if claim else None,
            via=edge.via,
        )
    return graph


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question about one system, as asked."""

    links: Links
    system: str
    status: tuple[str, ...]
    as_of: str | None
    units: str | None
    lang: str

    def label(self, iri: str) -> str:
        return self.links.label(iri, self.lang)

    def province_of(self, system: str) -> str:
        return self.links.province_of(system, self.units)

    def provinces(self, edge: Edge) -> set[str]:
        """Provinces of the ends and intermediaries other than the system asked about."""
        return {self.province_of(iri) for iri in edge.path if iri != self.system} - {""}


def linked(
    links: Links,
    system: str,
    status: str | Iterable[str] = ("operational",),
    as_of: str | None = None,
    units: str | None = None,
    lang: str = "vi",
    quotes: Quotes | None = None,
) -> Answer:
    """Which provinces, and which of their systems, link to `system`.

    A province counts when it is the scope of an end or intermediary other than `system`, in either direction; two
    connections are never chained. A commune's or district's system counts for its province.

    Args:
        links: The graph's connections.
        system: IRI of the system asked about.
        status: Statuses that count, or 'all'.
        as_of: Only claims until this date count.
        units: '2025' counts by the 34 units after the merger, '2024' by the 63 before.
        lang: Language of labels and notes.
        quotes: Where to look up the quotes; without it they are ''.

    Returns:
        One row a connection and province, sorted by province; `role` is the part that `system` plays in the
        connection, `path` its labels from source to target. Notes name the provinces that were read without such a
        link and what they state instead.
    """
    asked = _Asked(links, system, layer(status), as_of, units, lang)
    found = [
        (province, edge, claim)
        for edge, claim in on_layer(links, asked.status, as_of)
        if system in edge.path
        for province in asked.provinces(edge)
    ]
    texts = quotes({claim.id for _, _, claim in found if claim}) if quotes else {}
    rows = [_row(asked, province, edge, claim, texts) for province, edge, claim in found]
    rows.sort(
        key=lambda row: (alphabet(row["province"]), [alphabet(label) for label in row["path"]], row["connection_id"])
    )
    parameters = {
        "system": asked.label(system),
        "system_id": system,
        "status": list(asked.status) or ["all"],
        "as_of": as_of,
        "units": units,
        "lang": lang,
    }
    return Answer("linked", parameters, tuple(rows), tuple(_notes(asked, found)))


def _row(asked: _Asked, province: str, edge: Edge, claim: Claim | None, texts: Mapping[str, str]) -> dict[str, Any]:
    participant, far_end = _participant(asked, province, edge)
    document = asked.links.papers.get(claim.document) if claim else None
    status = claim.status if claim else None
    return {
        "province": asked.label(province),
        "system": asked.label(participant),
        "target": asked.label(far_end),
        "role": _role(asked.system, edge),
        "path": [asked.label(iri) for iri in edge.path],
        "status": status,
        "as_of": claim.as_of or None if claim else None,
        "derived": province not in {asked.links.province_of(iri) for iri in edge.path if iri != asked.system},
        "quote": texts.get(claim.id, "") if claim else "",
        "document": document.file if document else "",
        "evidence": [other.id for other in edge.claims if other.status == status and other.id],
        "status_label": asked.label(ST + status) if status else None,
        "relation": edge.relation,
        "province_id": province,
        "system_id": participant,
        "target_id": far_end,
        "path_id": list(edge.path),
        "status_id": ST + status if status else None,
        "connection_id": edge.id,
        "document_id": claim.document if claim else None,
    }


def _role(system: str, edge: Edge) -> str:
    if system == edge.source:
        return "source"
    return "target" if system == edge.target else "via"


def _participant(asked: _Asked, province: str, edge: Edge) -> tuple[str, str]:
    """The province's system on this connection, and the end that lies far from it.

    An end goes before an intermediary, and a nation-wide source speaks for the province through which it goes.
    """

    def within(iri: str) -> bool:
        return iri != asked.system and asked.province_of(iri) == province

    if within(edge.source):
        return edge.source, edge.target
    if within(edge.target):
        return edge.target, edge.source
    if edge.source != asked.system and not asked.province_of(edge.source):
        return edge.source, edge.target
    return next(iri for iri in edge.via if within(iri)), edge.target


def _notes(asked: _Asked, found: Sequence[tuple[str, Edge, Claim | None]]) -> Iterator[str]:
    links, lang = asked.links, asked.lang
    yield read_note(links.papers.values(), lang)
    resting = {claim.document for _, _, claim in found if claim and claim.document}
    if resting:
        yield say("note.rows-rest-on", lang, count=len(resting))
    yield from _silent(asked, {province for province, _, _ in found})
    yield say("note.silence", lang)
    if asked.as_of:
        yield say("note.as-of", lang, date=asked.as_of)
    if asked.units:
        yield say(f"note.units-{asked.units}", lang)
    if asked.units == "2024":
        newer = {province for province, _, _ in found if links.places[province].since}
        if newer:
            yield say("note.units-not-split", lang, provinces=_listed(asked.label(iri) for iri in newer))


def _silent(asked: _Asked, linked: Collection[str]) -> Iterator[str]:
    """A sentence a province whose documents were read and that has no row."""
    links = asked.links
    read: dict[str, list[Paper]] = {}
    for paper in links.papers.values():
        if not asked.as_of or (paper.date and paper.date <= last_day(asked.as_of)):
            read.setdefault(links.province(paper.province, asked.units), []).append(paper)
    for province in sorted(set(read) - {"", *linked}, key=lambda iri: (alphabet(asked.label(iri)), iri)):
        newest = max(paper.date for paper in read[province]) or say("note.undated", asked.lang)
        stated = list(_stated(asked, province))
        instead = (
            say("linked.instead", asked.lang, stated="; ".join(stated)) if stated else say("linked.nothing", asked.lang)
        )
        count = len(read[province])
        label = asked.label(province)
        yield say("linked.without", asked.lang, province=label, count=count, newest=newest, instead=instead)


def _stated(asked: _Asked, province: str) -> Iterator[str]:
    """What the province's documents state instead: links on other layers, then systems of the same type."""
    links = asked.links
    for edge, claim in on_layer(links, (), asked.as_of):
        if claim and asked.system in edge.path and province in asked.provinces(edge):
            yield _claimed(asked, " → ".join(asked.label(iri) for iri in edge.path), claim)
    known = links.systems.get(asked.system)
    wanted = set(known.types) if known else set()
    alike = [iri for iri, system in links.systems.items() if wanted & set(system.types)]
    for iri in sorted(alike, key=lambda iri: (alphabet(asked.label(iri)), iri)):
        claim = current(links.claims.get(iri, ()), asked.as_of)
        if claim and iri != asked.system and asked.province_of(iri) == province:
            acronym = links.acronym(iri)
            label = asked.label(iri)
            yield _claimed(asked, f"{label} ({acronym})" if acronym and acronym not in label else label, claim)


def _claimed(asked: _Asked, label: str, claim: Claim) -> str:
    key = "linked.denied" if claim.status in DENIED else "linked.system"
    return say(key, asked.lang, label=label, standing=standing(asked.links, claim, asked.lang))


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(sorted(labels, key=alphabet))
