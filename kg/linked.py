"""Which provinces, and which of their systems, link to a system, and what the others state instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.asking import Asked, beside, proof
from kg.chains import chains
from kg.links import Claim, Edge, Paper, alphabet, chosen, current, last_day
from kg.messages import say
from kg.model import Answer
from kg.notes import standing
from kg.vocab import DENIED, ST

Quotes = Callable[[Collection[str]], Mapping[str, str]]
"""Attestation IRIs → their quotes."""


def linked(asked: Asked, system: str, quotes: Quotes | None = None, derived: bool = False) -> Answer:
    """Which provinces, and which of their systems, link to `system`.

    A province counts when it is the scope of an end or intermediary other than `system`, in either direction; two
    connections are never chained. A commune's or district's system counts for its province.

    Args:
        asked: Layer and language.
        system: IRI of the system asked about.
        quotes: Where to look up the quotes; without it they are ''.
        derived: Whether links count, too, that no text states: those of `kg.chains`.

    Returns:
        One row a connection and province, sorted by province; `role` is the part that `system` plays in the
        connection, `path` its labels from source to target, `chain` the connections of a derived link. Notes name the
        provinces that were read without such a link and what they state instead.
    """
    found = [
        (province, edge, claim) for edge, claim in asked.at(system) for province in beside(asked, edge, system) - {""}
    ]
    texts = quotes({claim.id for _, _, claim in found if claim and claim.id}) if quotes else {}
    about = _About(asked, system, texts)
    rows = [_row(about, province, edge, claim) for province, edge, claim in found]
    rows += _derived(about) if derived else ()
    rows.sort(
        key=lambda row: (
            alphabet(row["province"]),
            [alphabet(label) for label in row["path"]],
            str(row["connection_id"]),
        )
    )
    parameters = asked.parameters(system=asked.label(system), system_id=system)
    told = (say("note.derived", asked.lang),) if derived else ()
    return Answer("linked", parameters, tuple(rows), (*_notes(asked, system, found), *told))


@dataclass(frozen=True, slots=True)
class _About:
    asked: Asked
    system: str
    texts: Mapping[str, str]
    """Attestation → its quote."""


def _row(about: _About, province: str, edge: Edge, claim: Claim | None) -> dict[str, Any]:
    asked, system = about.asked, about.system
    participant, far_end = _participant(asked, system, province, edge)
    document = asked.links.papers.get(claim.document) if claim else None
    status = claim.status if claim else None
    stated = {asked.links.province_of(iri) for iri in edge.path if iri != system}
    return {
        "province": asked.label(province),
        "system": asked.label(participant),
        "target": asked.label(far_end),
        "role": _role(system, edge),
        "path": asked.labels(edge.path),
        "status": status,
        "as_of": claim.as_of or None if claim else None,
        "derived": edge.supposed or province not in stated,
        "quote": about.texts.get(claim.id, "") if claim else "",
        "document": document.file if document else "",
        "evidence": [other.id for other in edge.claims if other.status == status and other.id],
        "status_label": asked.label(ST + status) if status else None,
        "chain": [],
        "relation": edge.relation,
        "province_id": province,
        "system_id": participant,
        "target_id": far_end,
        "path_id": list(edge.path),
        "status_id": ST + status if status else None,
        "connection_id": edge.id,
        "document_id": claim.document if claim else None,
    }


def _derived(about: _About) -> Iterator[dict[str, Any]]:
    """Rows of derived links of provinces' systems, with the evidence of every connection of their chain."""
    asked = about.asked
    for chain in chains(asked, about.system):
        edge, province = chain.edge, asked.province_of(chain.edge.source)
        if province:
            row = _row(about, province, edge, chain.claim)
            steps = [asked.path(link.path) for link, _ in chain.pairs]
            yield {**row, "chain": steps, "evidence": proof(chain.pairs), "connection_id": chain.ids}


def _role(system: str, edge: Edge) -> str:
    if system == edge.source:
        return "source"
    return "target" if system == edge.target else "via"


def _participant(asked: Asked, system: str, province: str, edge: Edge) -> tuple[str, str]:
    """The province's system on this connection, and the end that lies far from it.

    An end goes before an intermediary, and a nation-wide source speaks for the province through which it goes.
    """

    def within(iri: str) -> bool:
        return iri != system and asked.province_of(iri) == province

    if within(edge.source):
        return edge.source, edge.target
    if within(edge.target):
        return edge.target, edge.source
    if edge.source != system and not asked.province_of(edge.source):
        return edge.source, edge.target
    return next(iri for iri in edge.via if within(iri)), edge.target


def _notes(asked: Asked, system: str, found: Sequence[tuple[str, Edge, Claim | None]]) -> Iterator[str]:
    named = [iri for _, edge, _ in found for iri in edge.path if iri != system]
    yield from asked.notes([claim for _, _, claim in found], named, (system,))
    yield from _silent(asked, system, {province for province, _, _ in found})
    yield say("note.silence", asked.lang)


def _silent(asked: Asked, system: str, linked: Collection[str]) -> Iterator[str]:
    """A sentence a province whose documents were read and that has no row."""
    links = asked.links
    read: dict[str, list[Paper]] = {}
    for paper in links.papers.values():
        if not asked.as_of or (paper.date and paper.date <= last_day(asked.as_of)):
            read.setdefault(links.province(paper.province, asked.units), []).append(paper)
    silent = sorted(set(read) - {"", *linked}, key=asked.order)
    instead = _instead(asked, system, silent)
    for province in silent:
        newest = max(paper.date for paper in read[province]) or say("note.undated", asked.lang)
        stated = instead[province]
        text = (
            say("linked.instead", asked.lang, stated="; ".join(stated)) if stated else say("linked.nothing", asked.lang)
        )
        count = len(read[province])
        label = asked.label(province)
        yield say("linked.without", asked.lang, province=label, count=count, newest=newest, instead=text)


def _instead(asked: Asked, system: str, provinces: Collection[str]) -> dict[str, list[str]]:
    """What each province's documents state instead: links on other layers, then systems of the same type."""
    links = asked.links
    found: dict[str, list[str]] = {province: [] for province in provinces}
    if not found:
        return found
    for edge, claim in chosen(links.edges.at(system), (), asked.as_of):
        for province in beside(asked, edge, system) & found.keys():
            if claim:
                found[province].append(_claimed(asked, asked.path(edge.path), claim))
    known = links.systems.get(system)
    wanted = set(known.types) if known else set()
    alike = [iri for iri, other in links.systems.items() if wanted & set(other.types) and iri != system]
    homes = {iri: province for iri in alike if (province := asked.province_of(iri)) in found}
    for iri in sorted(homes, key=asked.order):
        claim = current(links.claims.get(iri, ()), asked.as_of)
        if claim:
            acronym = links.acronym(iri)
            label = asked.label(iri)
            named = f"{label} ({acronym})" if acronym and acronym not in label else label
            found[homes[iri]].append(_claimed(asked, named, claim))
    return found


def _claimed(asked: Asked, label: str, claim: Claim) -> str:
    key = "linked.denied" if claim.status in DENIED else "linked.system"
    return say(key, asked.lang, label=label, standing=standing(asked.links, claim, asked.lang))
