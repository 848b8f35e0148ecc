"""A document → what it says: mentions linked, clauses matched with the rules, facts with their evidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.clauses import NOBODY, TRIGGERS, Chunk, Discourse, Stream, Subject, chunks, leading_system, rewrite, subject_of, topic_of
from kg.context import Context, Home
from kg.layout import Layout, Unit
from kg.lexicon import ALIAS, PLACE, Entry, Hit, Lexicon, merged
from kg.link import Entity, Linker
from kg.model import ConnectionFact, Dating, Document, Evidence, Fact, Reading, Span, SystemFact, SystemRef
from kg.ontology import Concept, Ontology, RelationRule
from kg.pieces import Grammar, Piece, pieces
from kg.recognise import Mention, mentions
from kg.status import Claim, StatusReader
from kg.text import Normal, normalise
from kg.vocab import RELATIONS, attestation_iri, connection_iri


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A unit with its pieces and the systems it names."""

    unit: Unit
    row: list[Piece]
    named: list[tuple[Mention, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A link as a rule read it, before ids are made."""

    source: str
    relation: str
    target: str
    via: tuple[str, ...]
    claim: Claim
    dating: Dating
    rule: str
    confidence: float
    start: int
    end: int
    cues: tuple[tuple[int, int], ...]


class Reader:
    """Reads documents by an ontology. One reader serves any number of documents; it keeps nothing of them.

    >>> from kg.ontology import load_ontology
    >>> reader = Reader(load_ontology())
    """

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.lexicon = Lexicon(ontology)
        self.grammar = Grammar(ontology, self.lexicon)
        self.context = Context(ontology, self.lexicon)
        self.layout = Layout(ontology)
        self.status = StatusReader(ontology)
        self.beside = frozenset(ontology.words["names.beside"])
        self.intermediary = frozenset(ontology.words["relate.intermediary_types"])
        self.rules: dict[str, list[RelationRule]] = {
            verb: [rule for rule in ontology.relations if verb in rule.verbs] for verb in TRIGGERS
        }

    def names_place(self, row: Sequence[Piece], index: int) -> bool:
        """Whether the place at `index` only says whose the name before it is."""
        return index > 0 and row[index - 1].tag not in ",;:" and any(
            p.sort in ("system", "kind", "head") for p in row[max(0, index - 3) : index]
        )

    def read(self, document: Document) -> Reading:
        """Everything `document` says, in the order of its text. Pure: same document, same reading."""
        return _DocumentReader(self, document).read()


class _DocumentReader:
    """One document being read."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self.r = reader
        self.document = document
        self.normal: Normal = normalise(document.text, document.body)
        self.hits = reader.lexicon.find(self.normal, 0, len(self.normal.low))
        self.home: Home = reader.context.home(document, self.normal, self.hits)
        self.linker = Linker(reader.ontology, reader.context, self.home, self.normal)
        self.discourse = Discourse()
        self.states: dict[str, str] = {}
        self.table = False
        self.main: tuple[str, ...] = ()

    def read(self) -> Reading:
        """The reading."""
        sentences = self._sentences()
        found = list(self._links(sentences))
        facts: list[Fact] = [*self._systems(found), *self._connections(found)]
        facts.sort(key=lambda f: (f.evidence.start, f.evidence.end, f.kind, f.id if not isinstance(f, SystemFact) else f.ref.id))
        place = self.home.place.id if self.home.place else None
        return Reading(self.document, place, self.home.clue, self.home.date, tuple(facts))

    # -- names -------------------------------------------------------------------------------------------------------

    def _sentences(self) -> list[_Sentence]:
        """Units with their names: read once for the short names the document introduces, again where those occur."""
        units = list(self.r.layout.units(self.normal))
        hits = merged(self.hits, self.r.grammar.brands(self.normal))
        read = [(unit, *self._named(unit, hits)) for unit in units]
        for _, _, found in read:
            for mention in found:
                self.linker.define(mention)
        aliases = list(_aliases(self.normal, self.linker.aliases))
        again = {id(u) for u in units for h in aliases if u.start <= h.start < u.end}
        hits = merged(hits, aliases)
        out = []
        for unit, row, found in read:
            if id(unit) in again:
                row, found = self._named(unit, hits)
            self.linker.elsewhere = self._elsewhere(row)
            out.append(_Sentence(unit, row, [(m, self._ids(m)) for m in found]))
        return out

    def _elsewhere(self, row: Sequence[Piece]) -> Concept | None:
        """Another province that the sentence is about: its name stands where the subject does."""
        home = self.home.place
        for index, piece in enumerate(row):
            if piece.sort != PLACE or piece.concept is None or home is None or piece.concept.label() == home.label():
                continue
            before = row[index - 1] if index else None
            behind = row[index + 1] if index + 1 < len(row) else None
            opens = before is None or before.low in self.r.beside or before.tag in ",;:"
            if opens and behind is not None and behind.tag in "ubN," and not self.r.names_place(row, index):
                return piece.concept
        return None

    def _named(self, unit: Unit, hits: list[Hit]) -> tuple[list[Piece], list[Mention]]:
        low, high = (bisect_left(hits, place, key=lambda h: h.start) for place in (unit.start, unit.end))
        row = pieces(self.normal, hits[low:high], unit.start, unit.end)
        return row, mentions(self.r.grammar, self.normal, row)

    def _ids(self, mention: Mention) -> tuple[str, ...]:
        return self.linker.systems(mention) if mention.sort == "name" else ()

    # -- links -------------------------------------------------------------------------------------------------------

    def _links(self, sentences: Sequence[_Sentence]) -> Iterator[_Found]:
        discourse, paragraph = self.discourse, -1
        rows: dict[tuple[int, int], list[Chunk]] = {}
        for sentence in sentences:
            unit = sentence.unit
            opening = unit.paragraph != paragraph
            if opening:
                paragraph = unit.paragraph
                discourse.enter(unit.depth, unit.item)
            row = chunks(sentence.row, sentence.named)
            self.table = self._in_table("".join(c.tag for c in row))
            rows[unit.start, unit.end] = row
            if unit.intro is not None:
                row = [*self._lead(rows, unit.intro, row), *row]
            stream = rewrite(row, discourse, self._heads)
            self._note_states(stream, unit)
            topic = topic_of(stream)
            if topic:
                discourse.topic = topic
            yield from self._clause_links(stream, unit, discourse)
            if opening:
                discourse.leave(unit.depth, topic or leading_system(stream))
            discourse.mention([i for _, ids in sentence.named for i in ids])

    def _in_table(self, tags: str) -> bool:
        """Whether a row belongs to a table whose head says that it lists links."""
        if "|" not in tags:
            return False
        return self.table or re.search(r"[|:][^|]*[CGYX][^|]*(?:\||$)", tags) is not None and "S|S" not in tags

    @staticmethod
    def _lead(rows: dict[tuple[int, int], list[Chunk]], intro: tuple[int, int], item: list[Chunk]) -> list[Chunk]:
        """Chunks of the introducing line that an item beginning with a system completes."""
        lead = next((row for (start, end), row in rows.items() if end == intro[1]), [])
        tags = "".join(c.tag for c in lead)
        opens = "".join(c.tag for c in item[:8])
        if not re.search(r"[CGYXMLEhjpg][^S]*:$", tags) or not re.match(r"[lu]?S(?:[,;.:(]|$)", opens):
            return []
        return lead[:-1] if tags.endswith(":") else lead

    def _heads(self, iri: str) -> frozenset[str]:
        """Words that may point back to a system: the first words of its wordings."""
        entity = self.linker.entities[iri]
        words = [w.lower() for w in (entity.label, *entity.wordings)]
        return frozenset(" ".join(w.split()[:n]) for w in words for n in (1, 2, 3))

    def _clause_links(self, stream: Stream, unit: Unit, discourse: Discourse) -> Iterator[_Found]:
        earlier: Subject | None = None
        main: Subject | None = None
        self.main = ()
        claim: Claim | None = None
        consumed = 0
        first: tuple[str, ...] = ()
        for index, tag in enumerate(stream.tags):
            if tag == "S" and not first and not re.search(r"[WIFTQBo]$", stream.tags[:index]):
                first = stream.chunks[index].refs
            if tag not in TRIGGERS or index < consumed or tag == "|" and not self.table:
                continue
            subject = subject_of(stream, index, earlier, main, consumed, discourse)
            read = self._apply(stream, index, subject, unit, claim)
            if read is None:
                continue
            links, claim, consumed = read
            earlier = subject if subject.refs else Subject(tuple(dict.fromkeys(f.source for f in links)), "near", links[0].start)
            main = main or earlier
            self.main = main.refs
            yield from links
        if earlier and earlier.refs:
            discourse.subject = earlier.refs
        elif first:
            discourse.subject = first

    def _apply(
        self, stream: Stream, index: int, subject: Subject, unit: Unit, claim: Claim | None
    ) -> tuple[list[_Found], Claim, int] | None:
        verb = stream.chunks[index]
        for rule in self.r.rules[verb.tag]:
            after = rule.after.match(stream.tags, index + 1)
            before = rule.before.search(stream.tags[:index]) if rule.before else None
            if after is None or (rule.before and before is None):
                continue
            roles = _roles(rule, stream, before, after)
            if roles is None:
                continue
            now = self._claim(stream, index, after.end(), claim, unit, subject)
            links = self._links_of(rule, stream, index, after.end(), roles, subject, now, unit)
            if links:
                return links, now, after.end()
        return None

    def _claim(self, stream: Stream, index: int, end: int, claim: Claim | None, unit: Unit, subject: Subject) -> Claim:
        low = self.normal.low[unit.start : unit.end]
        now = self.r.status.claim(stream, index, end, claim, unit.mood, low, subject=subject.how in ("near", "shared"))
        at = max(0, stream.chunks[index].start - unit.start)
        if not now.stated and self.r.status.future(low, at, self.home.date):
            return Claim("planned", True)
        return now

    def _links_of(
        self, rule: RelationRule, stream: Stream, index: int, end: int, roles: dict[str, Chunk], subject: Subject,
        claim: Claim, unit: Unit,
    ) -> list[_Found]:
        verb = stream.chunks[index]
        relation = rule.relation or (verb.signals if verb.signals in RELATIONS else "connectsTo")
        via = self._via(stream, index, end)
        sources, targets = self._ends(rule, roles, subject, via)
        if rule.target == "via":
            if not via:
                return []
            targets, via, relation = via[-1:], via[:-1], "connectsTo"
        if rule.source != "subject" and subject.how == "near" and self._carries(subject, sources, targets):
            via = (*[i for i in subject.refs if i not in via], *via)
        if "via" in roles:
            via = (*roles["via"].refs, *via)
        low = self.normal.low[unit.start : unit.end]
        at = max(0, verb.start - unit.start)
        dating = self.r.status.dating(low, claim.status, self.home.date, at)
        start, stop = self._extent(stream, index, end, roles, subject, rule, via)
        found = []
        for source in sources:
            for target in targets:
                middle = tuple(i for i in via if i not in (source, target))
                if source != target and self._allowed(rule, target):
                    found.append(_Found(source, relation, target, middle, claim, dating, rule.name, self._confidence(rule, subject),
                                        start, stop, ((verb.start, verb.end),)))
        return found

    def _ends(
        self, rule: RelationRule, roles: dict[str, Chunk], subject: Subject, via: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        def side(name: str) -> tuple[str, ...]:
            if name == "previous":
                return self.main or self.discourse.subject
            if name == "subject":
                fits = not rule.subject_types or all(self.linker.entities[i].type in rule.subject_types for i in subject.refs)
                return subject.refs if fits and (rule.inherit or subject.how != "inherited") else ()
            return roles[name].refs if name in roles else ()

        sources, targets = side(rule.source), side(rule.target)
        if rule.target == "target" and "target" not in roles:
            targets, sources = sources[1:], sources[:1]  # "giữa A và B": the list itself holds both ends
        return sources, targets

    def _carries(self, subject: Subject, sources: tuple[str, ...], targets: tuple[str, ...]) -> bool:
        """Whether the subject of "X kết nối A với B" is an intermediary between the two."""
        return len(subject.refs) == 1 and all(
            i not in sources + targets and self.linker.entities[i].type in self.r.intermediary for i in subject.refs
        )

    def _via(self, stream: Stream, index: int, end: int) -> tuple[str, ...]:
        """Intermediaries of the verb at `index`: those between it and the next verb, else those in front."""
        later = [i for i in range(index + 1, len(stream.tags)) if stream.tags[i] in "CGYXML;" and i >= end]
        stop = later[0] if later else len(stream.tags) + 1
        behind = [chunk for place, chunk in stream.via if index < place <= stop]
        previous = max((i for i in range(index) if stream.tags[i] in "CGYXML;"), default=-1)
        front = [chunk for place, chunk in stream.via if previous < place <= index]
        return tuple(dict.fromkeys(i for chunk in (front or behind) for i in chunk.refs)) if not behind else tuple(
            dict.fromkeys(i for chunk in behind for i in chunk.refs)
        )

    def _allowed(self, rule: RelationRule, target: str) -> bool:
        return not rule.target_types or self.linker.entities[target].type in rule.target_types

    @staticmethod
    def _confidence(rule: RelationRule, subject: Subject) -> float:
        discount = {"near": 1.0, "shared": 0.95, "inherited": 0.85}.get(subject.how, 1.0) if rule.source == "subject" else 1.0
        return round(rule.confidence * discount, 2)

    @staticmethod
    def _extent(
        stream: Stream, index: int, end: int, roles: dict[str, Chunk], subject: Subject, rule: RelationRule, via: tuple[str, ...]
    ) -> tuple[int, int]:
        """Offsets of the shortest stretch that holds subject, verb, roles and intermediaries."""
        verb = stream.chunks[index]
        places = [verb.start, verb.end, *(p for c in roles.values() for p in (c.start, c.end))]
        places += [p for _, c in stream.via if set(c.refs) & set(via) for p in (c.start, c.end)]
        if subject.start is not None and "subject" in (rule.source, rule.target):
            places.append(subject.start)
        return min(places), max(places)

    # -- facts -------------------------------------------------------------------------------------------------------

    def _evidence(self, start: int, end: int, rule: str, confidence: float, cues: tuple[tuple[int, int], ...] = ()) -> Evidence:
        begin, stop = self.normal.raw(start, end)
        spans = tuple(Span(*self.normal.raw(*cue)) for cue in cues)
        return Evidence(self.document.file, begin, stop, self.document.text[begin:stop], rule, confidence, spans)

    def _ref(self, iri: str) -> SystemRef:
        entity = self.linker.entities[iri]
        return SystemRef(entity.id, entity.label, entity.type, entity.scope)

    def _connections(self, found: Sequence[_Found]) -> Iterator[ConnectionFact]:
        grouped: dict[tuple[str, str], list[_Found]] = {}
        for link in found:
            key = connection_iri(link.source, link.relation, link.target, link.via)
            grouped.setdefault((key, link.claim.status), []).append(link)
        for (connection, status), links in grouped.items():
            best = links[0]
            passages = [self._evidence(x.start, x.end, x.rule, x.confidence, x.cues) for x in links]
            yield ConnectionFact(
                attestation_iri(self.document.name, connection, status, passages[0].start), connection,
                self._ref(best.source), best.relation, self._ref(best.target), tuple(self._ref(i) for i in best.via),
                status, best.dating, passages[0], tuple(passages[1:]),
            )

    def _systems(self, found: Sequence[_Found]) -> Iterator[SystemFact]:
        for entity in self.linker.entities.values():
            start, end = entity.mentions[0]
            alts = tuple(w for w in entity.wordings if w != entity.label)
            yield SystemFact(
                self._ref(entity.id), alts, entity.place, entity.level, entity.owner, entity.operator,
                self._state(entity), Dating(self.home.date, "document"), self._evidence(start, end, "name", 0.9),
            )

    def _note_states(self, stream: Stream, unit: Unit) -> None:
        """Keep the first thing said of each system's own status; a plain 'đã' yields to what tells more."""
        low = self.normal.low[unit.start : unit.end]
        for iri, status in self.r.status.system_claims(stream, unit.mood, low):
            if self.states.get(iri, "operational") == "operational":
                self.states[iri] = status

    def _state(self, entity: Entity) -> str:
        return self.states.get(entity.id, "operational")


def _roles(rule: RelationRule, stream: Stream, before: re.Match[str] | None, after: re.Match[str]) -> dict[str, Chunk] | None:
    """Chunks by group name."""
    roles: dict[str, Chunk] = {}
    for match in (before, after):
        for name in match.groupdict() if match else ():
            if match is not None and match.group(name):
                roles[name] = stream.chunks[match.start(name)]
    return roles


def _aliases(normal: Normal, aliases: Iterable[str]) -> Iterator[Hit]:
    """Where the document's own short names stand as words, case and all."""
    for alias in aliases:
        text, at = normal.text, normal.text.find(alias)
        while at >= 0:
            stop = at + len(alias)
            if not (at and text[at - 1].isalnum()) and not (stop < len(text) and text[stop].isalnum()):
                yield Hit(at, stop, (Entry(alias, ALIAS, None, "", ""),))
            at = text.find(alias, stop)


__all__ = ["NOBODY", "Reader"]
