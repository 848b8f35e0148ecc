"""Which provinces, and which of their systems, link to a system, and what the others state instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.asking import Asked, asked
from kg.links import Claim, Edge, Links, Paper, alphabet, current, last_day, on_layer
from kg.messages import say
from kg.model import Answer
from kg.notes import standing
from kg.vocab import DENIED, ST

Quotes = Callable[[Collection[str]], Mapping[str, str]]
"""Attestation IRIs → their quotes."""


@dataclass(frozen=True, slots=True)
class _About(Asked):
    """A question about one system, as asked."""

    system: str

    def beside(self, edge: Edge) -> set[str]:
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
    frame = asked(links, status, as_of, units, lang)
    about = _About(links, frame.status, as_of, units, lang, frame.edges, system)
    found = [
        (province, edge, claim) for edge, claim in about.edges if system in edge.path for province in about.beside(edge)
    ]
    texts = quotes({claim.id for _, _, claim in found if claim}) if quotes else {}
    rows = [_row(about, province, edge, claim, texts) for province, edge, claim in found]
    rows.sort(
        key=lambda row: (alphabet(row["province"]), [alphabet(label) for label in row["path"]], row["connection_id"])
    )
    parameters = about.parameters(system=about.label(system), system_id=system)
    return Answer("linked", parameters, tuple(rows), tuple(_notes(about, found)))


def _row(about: _About, province: str, edge: Edge, claim: Claim | None, texts: Mapping[str, str]) -> dict[str, Any]:
    participant, far_end = _participant(about, province, edge)
    document = about.links.papers.get(claim.document) if claim else None
    status = claim.status if claim else None
    return {
        "province": about.label(province),
        "system": about.label(participant),
        "target": about.label(far_end),
        "role": _role(about.system, edge),
        "path": [about.label(iri) for iri in edge.path],
        "status": status,
        "as_of": claim.as_of or None if claim else None,
        "derived": province not in {about.links.province_of(iri) for iri in edge.path if iri != about.system},
        "quote": texts.get(claim.id, "") if claim else "",
        "document": document.file if document else "",
        "evidence": [other.id for other in edge.claims if other.status == status and other.id],
        "status_label": about.label(ST + status) if status else None,
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


def _participant(about: _About, province: str, edge: Edge) -> tuple[str, str]:
    """The province's system on this connection, and the end that lies far from it.

    An end goes before an intermediary, and a nation-wide source speaks for the province through which it goes.
    """

    def within(iri: str) -> bool:
        return iri != about.system and about.province_of(iri) == province

    if within(edge.source):
        return edge.source, edge.target
    if within(edge.target):
        return edge.target, edge.source
    if edge.source != about.system and not about.province_of(edge.source):
        return edge.source, edge.target
    return next(iri for iri in edge.via if within(iri)), edge.target


def _notes(about: _About, found: Sequence[tuple[str, Edge, Claim | None]]) -> Iterator[str]:
    named = [iri for _, edge, _ in found for iri in edge.path if iri != about.system]
    yield from about.notes([claim for _, _, claim in found], named)
    yield from _silent(about, {province for province, _, _ in found})
    yield say("note.silence", about.lang)


def _silent(about: _About, linked: Collection[str]) -> Iterator[str]:
    """A sentence a province whose documents were read and that has no row."""
    links = about.links
    read: dict[str, list[Paper]] = {}
    for paper in links.papers.values():
        if not about.as_of or (paper.date and paper.date <= last_day(about.as_of)):
            read.setdefault(links.province(paper.province, about.units), []).append(paper)
    for province in sorted(set(read) - {"", *linked}, key=lambda iri: (alphabet(about.label(iri)), iri)):
        newest = max(paper.date for paper in read[province]) or say("note.undated", about.lang)
        stated = list(_stated(about, province))
        instead = (
            say("linked.instead", about.lang, stated="; ".join(stated)) if stated else say("linked.nothing", about.lang)
        )
        count = len(read[province])
        label = about.label(province)
        yield say("linked.without", about.lang, province=label, count=count, newest=newest, instead=instead)


def _stated(about: _About, province: str) -> Iterator[str]:
    """What the province's documents state instead: links on other layers, then systems of the same type."""
    links = about.links
    for edge, claim in on_layer(links, (), about.as_of):
        if claim and about.system in edge.path and province in about.beside(edge):
            yield _claimed(about, " → ".join(about.label(iri) for iri in edge.path), claim)
    known = links.systems.get(about.system)
    wanted = set(known.types) if known else set()
    alike = [iri for iri, system in links.systems.items() if wanted & set(system.types)]
    for iri in sorted(alike, key=lambda iri: (alphabet(about.label(iri)), iri)):
        claim = current(links.claims.get(iri, ()), about.as_of)
        if claim and iri != about.system and about.province_of(iri) == province:
            acronym = links.acronym(iri)
            label = about.label(iri)
            yield _claimed(about, f"{label} ({acronym})" if acronym and acronym not in label else label, claim)


def _claimed(about: _About, label: str, claim: Claim) -> str:
    key = "linked.denied" if claim.status in DENIED else "linked.system"
    return say(key, about.lang, label=label, standing=standing(about.links, claim, about.lang))
