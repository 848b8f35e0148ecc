"""Systems and links that were read → facts with their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.context import Home
from kg.entity import Entity
from kg.matching import Found
from kg.model import ConnectionFact, Dating, Document, Evidence, Span, SystemFact, SystemRef
from kg.text import Normal
from kg.vocab import attestation_iri, connection_iri


class FactMaker:
    """Makes the facts of one document."""

    def __init__(self, document: Document, normal: Normal, home: Home, entities: Mapping[str, Entity]) -> None:
        self.document = document
        self.normal = normal
        self.home = home
        self.entities = entities

    def _evidence(
        self, start: int, end: int, rule: str, confidence: float, cues: tuple[tuple[int, int], ...] = ()
    ) -> Evidence:
        begin, stop = self.normal.raw(start, end)
        spans = tuple(Span(*self.normal.raw(*cue)) for cue in cues)
        return Evidence(self.document.file, begin, stop, self.document.text[begin:stop], rule, confidence, spans)

    def _ref(self, iri: str) -> SystemRef:
        entity = self.entities[iri]
        return SystemRef(entity.id, entity.label, entity.type, entity.scope)

    def connections(self, found: Sequence[Found]) -> Iterator[ConnectionFact]:
        """Each link once, with all passages that state it."""
        grouped: dict[tuple[str, str], list[Found]] = {}
        for link in found:
            key = connection_iri(link.source, link.relation, link.target, link.via)
            grouped.setdefault((key, link.claim.status), []).append(link)
        for (connection, status), links in grouped.items():
            best = links[0]
            passages = [self._evidence(x.start, x.end, x.rule, x.confidence, x.cues) for x in links]
            yield ConnectionFact(
                attestation_iri(self.document.name, connection, status, passages[0].start),
                connection,
                self._ref(best.source),
                best.relation,
                self._ref(best.target),
                tuple(self._ref(i) for i in best.via),
                status,
                best.dating,
                passages[0],
                tuple(passages[1:]),
            )

    def systems(self, states: Mapping[str, str]) -> Iterator[SystemFact]:
        """Each system where it is first named; `states` has the status of those of which one is told."""
        for entity in self.entities.values():
            start, end = entity.mentions[0]
            alts = tuple(w for w in entity.wordings if w != entity.label)
            yield SystemFact(
                self._ref(entity.id),
                alts,
                entity.place,
                entity.level,
                entity.owner,
                entity.operator,
                states.get(entity.id, "operational"),
                Dating(self.home.date, "document"),
                self._evidence(start, end, "name", 0.9),
            )
