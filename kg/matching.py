"""Links of a clause: the rules tried at each of its verbs, roles filled, intermediaries and status read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.context import Home
from kg.dating import DateReader
from kg.entity import Entity
from kg.fit import Fit, roles_of
from kg.layout import Unit
from kg.model import Dating
from kg.nouns import Nouns, NounsOfTypes
from kg.ontology import Ontology
from kg.revisions import Reviser
from kg.roles import Roles, RoleTypes
from kg.rules import RelationRule
from kg.states import SystemStates
from kg.status import Claim, StatusReader
from kg.stream import TRIGGERS, Chunk, Discourse, Stream, clause_tags, tags_of
from kg.subjects import Subject, subject_of
from kg.tables import Columns
from kg.text import Normal, alternation, any_of
from kg.unreal import Unreal
from kg.vocab import RELATIONS


@dataclass(frozen=True, slots=True)
class Found:
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


class Rules:
    """The relation rules of an ontology by the verb they look at."""

    def __init__(self, ontology: Ontology) -> None:
        self.services = alternation(ontology.words["relate.services"])
        self.unlinking = alternation(ontology.words["relate.unlinking"], apart=True)
        led = any_of(ontology.words["relate.ways_led"], apart=True)
        again = any_of(ontology.words["relate.ways_again"])
        self.two_ways = alternation(ontology.words["relate.two_ways"], apart=True)
        self.ways_again = re.compile(rf"(?:{led}) (?:{again})(?!\w)")
        self.partners = alternation(ontology.words["relate.partners"], apart=True)
        self.doers = alternation(ontology.words["relate.doers"])
        given, drawn, handed = (any_of(ontology.words[f"relate.label{name}"]) for name in ("_states", "s_in", "s_out"))
        stage = rf"(?: (?:{any_of(ontology.words['relate.label_stages'])})[^:;.|]{{0,30}})?"
        self.labels = [re.compile(rf"(?:{label})(?: (?:{given}))?{stage}\s*:\s*$") for label in (drawn, handed)]
        self.asking = frozenset(ontology.words["relate.asking"])
        self.likewise = frozenset(ontology.words["relate.likewise"])
        self.record_names = frozenset(ontology.words["relate.record_names"])
        self.affirmative = frozenset(ontology.words["relate.affirmative"])
        self.unreal = Unreal(ontology)
        self.roles, self.nouns = RoleTypes(ontology), NounsOfTypes(ontology)
        self.attaching = frozenset(ontology.words["relate.attaching"])
        self.status = StatusReader(ontology)
        self.states = SystemStates(ontology, self.status)
        self.dates = DateReader(ontology)
        self.columns = Columns(ontology)
        self.reviser = Reviser(ontology, self.status)
        self.at: dict[str, list[RelationRule]] = {
            verb: [rule for rule in ontology.relations if verb in rule.verbs] for verb in TRIGGERS
        }


class Matcher:
    """Reads the links of one document, sentence after sentence."""

    def __init__(self, rules: Rules, normal: Normal, entities: Mapping[str, Entity], home: Home) -> None:
        self.rules = rules.at
        self.status, self.dates = rules.status, rules.dates
        self.normal = normal
        self.entities = entities
        self.date = home.date
        self.discourse = Discourse()
        self.main: tuple[str, ...] = ()
        self.way: tuple[str, ...] = ()
        """Intermediaries that the sentence set up for the links it lists: 'dùng X trên Y để kết nối …: …'."""
        self.bracketed: Mapping[str, str] = {}
        """What brackets behind systems of the sentence tell of their links."""
        self.table = False
        self.services, self.unlinking, self.doers = rules.services, rules.unlinking, rules.doers
        self.unreal = rules.unreal
        self.partners, self.likewise, self.labels = rules.partners, rules.likewise, rules.labels
        self._attaching = rules.attaching
        self.ways_again, self.two_ways = rules.ways_again, rules.two_ways
        self.asking, self.record_names, self.affirmative = rules.asking, rules.record_names, rules.affirmative
        self.roles, self.nouns = Roles(rules.roles, entities, home), Nouns(rules.nouns, entities)

    def links(self, stream: Stream, unit: Unit, discourse: Discourse) -> Iterator[Found]:
        """Links of one sentence, in the order of its verbs; leaves its subject in `discourse`."""
        earlier: Subject | None = None
        main: Subject | None = None
        self.main = self.way = ()
        claim: Claim | None = None
        consumed = 0
        first: tuple[str, ...] = ()
        targets: set[str] = set()
        for index, tag in enumerate(stream.tags):
            if tag == "S" and not first and not (index and stream.tags[index - 1] in "WIFTQBo"):
                first = stream.chunks[index].refs
            if self.table and consumed:
                break
            if tag not in TRIGGERS or index < consumed or (tag == "|" and not self.table):
                continue
            if main and ":" in stream.tags[consumed:index]:
                main = None
            who = partial(subject_of, stream, index, earlier, main, consumed, discourse)
            read = self._apply(stream, index, who, unit, claim)
            if read is None:
                continue
            subject, links, claim, consumed = read
            said = subject.how in ("near", "shared")
            sources = tuple(dict.fromkeys(f.source for f in links))
            earlier = subject if said else Subject(sources, "near", links[0].start)
            main = main or earlier
            self.main = main.refs
            self.way = self.way or self._set_up(stream, links, consumed)
            targets |= {f.target for f in links}
            yield from links
        discourse.common = tuple(targets) if len(targets) == 1 else ()
        if earlier and earlier.refs:
            discourse.subject = earlier.refs
        elif first := first or (() if discourse.subject or discourse.topic else stream.sole):
            discourse.subject = first

    def _apply(
        self, stream: Stream, index: int, who: Callable[[], Subject], unit: Unit, claim: Claim | None
    ) -> tuple[Subject, list[Found], Claim, int] | None:
        """Subject and links of the first rule that gives any at the verb `index`, their claim, the index behind them."""
        subject: Subject | None = None
        for rule in self.rules[stream.tags[index]]:
            after = rule.after.match(stream.tags, index + 1)
            before = rule.before.search(stream.tags[:index]) if rule.before and after else None
            if after is None or (rule.before and before is None):
                continue
            if self.publishes(stream, index, after.end()):
                continue
            subject = subject or who()
            fit = Fit(rule, stream, index, after.end(), roles_of(stream, before, after), subject)
            now = self._claim(stream, index, fit.end, claim, unit, subject)
            links = self._links_of(fit, now, unit)
            if links and (now.stated or not self.unreal.told(stream, index)):
                return subject, links, now, fit.end
        return None

    def _claim(self, stream: Stream, index: int, end: int, claim: Claim | None, unit: Unit, subject: Subject) -> Claim:
        low = self.normal.low[unit.start : unit.end]
        now = self.status.claim(stream, index, end, claim, unit.mood, low, subject=subject.how in ("near", "shared"))
        if not now.stated:
            start, stop = stream.own_words(index)
            own = self.normal.low[max(start, unit.start) : min(stop, unit.end)]
            at = max(0, stream.chunks[index].start - max(start, unit.start))
            if self.dates.future(own, at, self.date) or self.dates.not_before(own[:at], self.date):
                return Claim("planned", True)
        if now.status == "absent" and end < len(stream.tags) and self.put_off(stream.chunks[end:]):
            return Claim("planned", True)
        return now

    def put_off(self, clause: Sequence[Chunk]) -> bool:
        """Whether words behind a link that does not stand say when it will: 'quý I năm sau mới nối'."""
        low = self.normal.low[clause[0].start : clause[-1].end]
        return _TO_BE.search(tags_of(clause)) is not None and self.dates.future(low, 0, self.date)

    def dating(self, place: int, claim: Claim, unit: Unit) -> Dating:
        """Date of a claim made at `place`, an offset in the text."""
        low = self.normal.low[unit.start : unit.end]
        return self.dates.dating(low, claim.status, self.date, max(0, place - unit.start))

    def said(self, stream: Stream, index: int, end: int, unit: Unit, subject: Subject) -> tuple[Claim, Dating]:
        """Status and date of what the chunk at `index` says, whose complement ends before `end`."""
        claim = self._claim(stream, index, end, None, unit, subject)
        return claim, self.dating(stream.chunks[index].start, claim, unit)

    def told(self, target: str, claim: Claim) -> Claim:
        """The claim of a link, or what brackets behind its target tell of it where the clause tells of nothing amiss."""
        status = self.bracketed.get(target) if claim.status == "operational" else None
        return Claim(status, True) if status else claim

    def _links_of(self, fit: Fit, claim: Claim, unit: Unit) -> list[Found]:
        sources, targets, via, relation = self._sides(fit)
        verb = fit.stream.chunks[fit.verb]
        dating = self.dating(verb.start, claim, unit)
        extent = fit.extent(via)
        cues = ((verb.start, verb.end),)
        rule, confidence = fit.rule.name, fit.confidence()
        return [
            Found(source, relation, target, middle, self.told(target, claim), dating, rule, confidence, *extent, cues)
            for source in sources
            for target in targets
            if source != target and self._allowed(fit.rule, target)
            for middle in [tuple(i for i in via if i not in (source, target))]
        ]

    def _sides(self, fit: Fit) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]:
        """Sources, targets, intermediaries and relation that a fitting rule gives."""
        rule, subject = fit.rule, fit.subject
        relation = rule.relation or self._relation(fit.stream, fit.verb)
        via = self.via(fit.stream, fit.verb, fit.end) or (self.way if ":" in fit.stream.tags[: fit.verb] else ())
        exchanged = "X" in fit.stream.tags[: fit.verb + 1]
        sources, targets = self._ends(rule, fit.roles, subject, exchanged)
        if rule.same_type and not self._alike(sources, targets):
            return (), (), (), relation
        if rule.target == "via":
            return sources, via[-1:], via[:-1], "connectsTo"
        if rule.source != "subject" and subject.how == "near" and self._between(subject, sources, targets):
            via = (*[i for i in subject.refs if i not in via], *via)
        if "via" in fit.roles:
            via = (*fit.roles["via"].refs, *via)
        return sources, targets, via, relation

    def _relation(self, stream: Stream, verb: int) -> str:
        """What the verb signals; 'gắn' is to take in, 'gắn với' to connect."""
        signals = stream.chunks[verb].signals
        attached = stream.chunks[verb].low in self._attaching and _WITH.match(stream.tags, verb + 1)
        return "connectsTo" if attached or signals not in RELATIONS else str(signals)

    def _ends(
        self, rule: RelationRule, roles: Mapping[str, Chunk], subject: Subject, exchanged: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        def side(name: str) -> tuple[str, ...]:
            if name == "last":
                return tuple(self.discourse.recent[-1:])
            if name in ("previous", "before"):
                return (name == "previous" and self.main) or self.discourse.about
            if name == "subject":
                fits = not rule.subject_types or all(self.entities[i].type in rule.subject_types for i in subject.refs)
                return subject.refs if fits and (rule.inherit or subject.how != "inherited") else ()
            return roles[name].refs if name in roles else ()

        sources, targets = side(rule.source), side(rule.target)
        if not sources and rule.source == "subject" and exchanged:
            sources = self.roles.exchanger()
        if rule.pair and "target" not in roles:
            targets, sources = sources[1:], sources[:1]  # "giữa A và B": the list itself holds both ends
        return sources, targets

    def publishes(self, stream: Stream, verb: int, end: int) -> bool:
        """Whether services, not data, are what the verb brings into a portal: 'tích hợp 795 dịch vụ lên Cổng …'."""
        inside = stream.chunks[verb + 1 : end]
        return stream.tags[verb] in "GEC" and any(c.tag in "xd" and self.services.match(c.low) for c in inside)

    def _set_up(self, stream: Stream, links: Sequence[Found], done: int) -> tuple[str, ...]:
        """'Triển khai X trên Y để kết nối …: A với B': what was set up is the way of the links that follow."""
        ends = tuple(dict.fromkeys(i for link in links for i in (link.source, link.target)))
        hosted = all(link.relation == "hostedOn" for link in links)
        return ends if hosted and self.roles.carries(ends) and _PURPOSE.match(stream.tags, done) else ()

    def _between(self, subject: Subject, sources: tuple[str, ...], targets: tuple[str, ...]) -> bool:
        """Whether the subject of "X kết nối A với B" is an intermediary between the two."""
        apart = not set(subject.refs) & {*sources, *targets}
        return len(subject.refs) == 1 and apart and self.roles.carries(subject.refs)

    def _alike(self, sources: tuple[str, ...], targets: tuple[str, ...]) -> bool:
        types = {self.entities[i].type for i in (*sources, *targets)}
        return len(sources) > 1 and len(targets) == 1 and len(types) == 1

    def via(self, stream: Stream, index: int, end: int) -> tuple[str, ...]:
        """Intermediaries of the verb at `index`: those between it and the next verb, else those in front."""
        tags = clause_tags(stream.tags)
        later = [i for i in range(index + 1, len(tags)) if tags[i] in "CGYXML;" and i >= end]
        stop = later[0] if later else len(tags) + 1
        behind = [chunk for place, chunk in stream.via if index < place <= stop]
        previous = max((i for i in range(index) if tags[i] in "CGYXML;"), default=-1)
        front = [
            chunk
            for place, chunk in stream.via
            if previous < place <= index and not _OF_PREVIOUS.search(stream.tags, previous + 1, place)
        ]
        if not (behind or front) and ";" not in stream.tags[:index]:
            opening = not re.search("[SCGYXM]", stream.tags[: stream.via[0][0]]) if stream.via else False
            front = [chunk for place, chunk in stream.via if opening and place == stream.via[0][0]]
        return tuple(dict.fromkeys(i for chunk in behind or front for i in chunk.refs))

    def _allowed(self, rule: RelationRule, target: str) -> bool:
        return not rule.target_types or self.entities[target].type in rule.target_types


_OF_PREVIOUS = re.compile("(?<=[WICGYXML])S[^,;A]*$")
"""Tags between a verb and what stands behind its complement."""
_WITH = re.compile("[ubtdx]{0,2}W")
_TO_BE = re.compile(r"^[^SZ]*[cCGYXM](?![^;]*S)")
_PURPOSE = re.compile(r"[^S;.:]*u[^S;.:]*C[^S;.:]*:")
