"""A graph of any size in the shape of the country: real provinces, made-up systems, each connection with its words.

The same for the same size. A province's systems connect through its integration platform to national ones, so that there
are hubs, chains and intermediaries as in texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.asking import units_of
from kg.derive import ontology_quads
from kg.fetch import links
from kg.links import COUNTRY, Claim, Edge, Links, Paper, System
from kg.local import LocalStore
from kg.model import Evidence, Span
from kg.ontology import ontology_folder
from kg.vocab import ATT, CONN, DOC, STATUSES, SYS

NATIONAL = 20
KINDS = ("IntegrationPlatform", "PublicServicePortal", "OneStopSystem", "Database", "ReportingSystem", "Network")
_QUOTE = (
    "Đến nay, {source} đã kết nối với {target} qua nền tảng tích hợp, chia sẻ dữ liệu của tỉnh, phục vụ {n} đơn vị."
)


def nation(count: int) -> Links:
    """The country with `count` systems, about two connections a provincial system."""
    known = links(LocalStore.memory(ontology_quads(ontology_folder())))
    provinces = units_of(known, "2024")
    made = [_system(index, provinces) for index in range(count)]
    edges = {edge.id: edge for edge in _edges(made)}
    papers = {paper: Paper(paper, f"{paper[-4:]}.md", "Báo cáo", "Sở", "2022", "", "") for paper in _documents()}
    labels = {system.id: _label(known, system, index) for index, system in enumerate(made)}
    return replace(
        known,
        systems={system.id: system for system in sorted(made, key=lambda system: system.id)},
        edges=type(known.edges)(dict(sorted(edges.items()))),
        claims={},
        papers=papers,
        labels={lang: {**texts, **labels} for lang, texts in known.labels.items()},
        aliases={},
    )


def words(known: Links, claims: Iterable[str]) -> Mapping[str, tuple[Evidence, ...]]:
    """The passage behind each of `claims`."""
    edges = {claim.id: edge for edge in known.edges.values() for claim in edge.claims}
    found = {}
    for claim in claims:
        edge = edges[claim]
        quote = _QUOTE.format(source=known.label(edge.source), target=known.label(edge.target), n=len(edge.path))
        start = quote.index("kết nối")
        found[claim] = (Evidence("0000.md", 0, len(quote), quote, "linked-to", 0.9, (Span(start, start + 7),)),)
    return found


def _documents() -> list[str]:
    return [f"{DOC}{index:04d}" for index in range(200)]


def _system(index: int, provinces: list[str]) -> System:
    kind = (KINDS[(index // 63) % len(KINDS)],)
    if index < NATIONAL:
        return System(f"{SYS}n-{index:05d}", (KINDS[index % len(KINDS)],), COUNTRY, "national")
    return System(f"{SYS}p-{index:05d}", kind, provinces[(index - NATIONAL) % len(provinces)], "province")


def _label(known: Links, system: System, index: int) -> str:
    if index < NATIONAL:
        return f"Nền tảng quốc gia số {index}"
    return f"Hệ thống thông tin chuyên ngành số {index // 63} tỉnh {known.label(system.scope)}"


def _edges(systems: list[System]) -> Iterable[Edge]:
    hubs: dict[str, str] = {}
    papers = _documents()
    for index, system in enumerate(systems[NATIONAL:]):
        hub = hubs.setdefault(system.scope, system.id)
        target = systems[index % 7].id
        status = STATUSES[index % 5] if index % 3 == 0 else "operational"
        legs = [(system.id, target, () if hub == system.id else (hub,))]
        if hub != system.id:
            legs.append((system.id, hub, ()))
        for number, (source, end, via) in enumerate(legs):
            name = f"{index:05d}-{number}"
            paper = papers[index % len(papers)]
            claim = Claim(f"{ATT}{name}", status, f"202{index % 4}-03-01", f"202{index % 4}-03", "", paper)
            yield Edge(f"{CONN}{name}", source, "connectsTo", end, via, (claim,))
