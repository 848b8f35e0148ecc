"""Systems and links that were read → facts with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.matching import Found
from kg.model import ConnectionFact, Dating, SystemFact
from kg.passages import Page
from kg.vocab import attestation_iri, connection_iri


def connection_facts(page: Page, found: Iterable[Found]) -> Iterator[ConnectionFact]:
    """Each link once, with all passages that state it."""
    grouped: dict[tuple[str, str], list[Found]] = {}
    for link in found:
        key = connection_iri(link.source, link.relation, link.target, link.via)
        grouped.setdefault((key, link.claim.status), []).append(link)
    for (connection, status), links in grouped.items():
        best = links[0]
        passages = [page.evidence(x.start, x.end, x.rule, x.confidence, x.cues) for x in links]
        yield ConnectionFact(
            attestation_iri(page.document.name, connection, status, passages[0].start),
            connection,
            page.ref(best.source),
            best.relation,
            page.ref(best.target),
            tuple(map(page.ref, best.via)),
            status,
            best.dating,
            passages[0],
            tuple(passages[1:]),
        )


def system_facts(page: Page, states: Mapping[str, str]) -> Iterator[SystemFact]:
    """Each system where it is first named; `states` has the status of those of which one is told."""
    for entity in page.linker.entities.values():
        start, end = entity.mentions[0]
        alts = tuple(w for w in entity.wordings if w != entity.label)
        yield SystemFact(
            page.ref(entity.id),
            alts,
            entity.place,
            entity.level,
            entity.owner,
            entity.operator,
            states.get(entity.id, "operational"),
            Dating(page.home.date, "document"),
            page.evidence(start, end, "name", 0.9),
        )
