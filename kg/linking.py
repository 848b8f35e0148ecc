"""Sentences with their systems → the links they state: chunks rewritten, rules tried, pairs weighed, later words heeded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, Protocol

from kg.answers import Answers
from kg.axes import Axes
from kg.cells import row_links
from kg.clauses import rewrite
from kg.company import Seen
from kg.context import Home
from kg.entity import Entity
from kg.labels import Labels
from kg.layout import HEADER, PLAIN, Unit
from kg.leads import Leads
from kg.learned import PairReader
from kg.matching import Found, Matcher, Rules
from kg.mention import Mention
from kg.parallel import Parallels
from kg.pieces import Piece
from kg.ranker import PairModel
from kg.routes import Routes
from kg.status import Claim
from kg.stream import Chunk, Stream, chunks, clauses_of
from kg.subjects import leading_system, name_alone, opening_system, topic_of
from kg.tables import Table
from kg.text import Normal
from kg.themes import Themes


class Sentence(NamedTuple):
    """A unit with its pieces and the systems it names."""

    unit: Unit
    pieces: Callable[[], list[Piece]]
    """Made when they are asked for."""
    named: list[tuple[Mention, tuple[str, ...]]]
    silent: bool
    """Whether nothing in it names a system, points to one or leads in a list: then it states no link."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence as it was read, for one who looks on."""

    unit: Unit
    named: Sequence[tuple[Mention, tuple[str, ...]]]
    stream: Stream
    found: Sequence[Found]
    """The links whose words begin in it, as the whole document leaves them."""
    topic: tuple[str, ...]
    """Ids of what the lines at hand are about."""
    subject: tuple[str, ...]
    """Ids of the subject that the sentence leaves to the next one."""
    pairs: Sequence[Seen]
    """What the pair model saw."""


class Observer(Protocol):
    """Looks on while a document is read; what it does changes nothing."""

    def __call__(self, heard: Heard, /) -> None:
        """See one sentence."""


class LinkReader:
    """Reads the links of one document, sentence after sentence."""

    def __init__(
        self,
        rules: Rules,
        model: PairModel,
        normal: Normal,
        entities: Mapping[str, Entity],
        home: Home,
        observer: Observer | None,
    ) -> None:
        self.rules = rules
        self.normal = normal
        self.entities = entities
        self.observer = observer
        self.table = Table(rules.columns)
        self.matcher = Matcher(rules, normal, entities, home)
        self.pairs = PairReader(model, self.matcher, thorough=observer is not None)
        self.themes = Themes(self.matcher)
        self.answers, self.parallels = Answers(self.matcher), Parallels(self.matcher)
        self.leads = Leads()
        self.axes, self.labels = Axes(self.matcher), Labels(self.matcher)
        self.states: dict[str, str] = {}
        """What was first said of each system's own status."""
        self.pointed: dict[int, tuple[str, ...]] = {}
        """The systems that words beginning at a place name or point to; where a sentence begins, what it goes on about."""
        self._found: list[Found] = []
        self._said: list[int] = []
        """Places in `_found` of the links that the last linking sentence of the paragraph stated."""
        self._opened = 0
        """How many links were found before the paragraph."""
        self._routes = Routes(self.matcher)
        self._likely = 0
        """How many likely links of the pair model it gave."""
        self._paragraph = -1

    def read(self, sentences: Sequence[Sentence]) -> list[Found]:
        """All links, those of rules before those of the pair model."""
        heard = [one for sentence in sentences if (one := self._read(sentence))]
        found = [*self._found, *self.pairs.links(self._found)]
        if self.observer:
            starts = [one.unit.start for one in heard]
            stated: dict[int, list[Found]] = {}
            for link in found:
                stated.setdefault(bisect_right(starts, link.start) - 1, []).append(link)
            for number, one in enumerate(heard):
                self.observer(replace(one, found=stated.get(number, [])))
        return found

    def _read(self, sentence: Sentence) -> Heard | None:
        """Read one sentence; how it was heard, where somebody looks on."""
        unit, discourse = sentence.unit, self.matcher.discourse
        self.pointed[unit.start] = discourse.subject or discourse.topic
        opening = unit.paragraph != self._paragraph
        if opening:
            self._enter(unit)
        if sentence.silent and not (self._said or self._likely or self.answers.open or self.observer):
            self._pass_over(unit.paragraph)
            return None
        row = self.themes.decode(chunks(sentence.pieces(), sentence.named))
        row = self.table.read(row, unit.paragraph)
        self.matcher.table = self.table.links
        if row and row[-1].tag == ":":
            self.leads.keep(unit, row)
            self._routes.introduce(row, unit.end)
        lead = [] if self._below_theme(unit) else self.leads.of(unit, row)
        stream = rewrite([*lead, *row], discourse, self.matcher.nouns, self.matcher.roles)
        self._note_states(stream, unit)
        self.pointed |= {chunk.start: chunk.refs for chunk in stream.chunks if chunk.tag == "S"}
        topic = topic_of(stream) or (self.themes.record(row) if opening else ())
        if topic:
            discourse.topic = topic
        found, seen = self._stated(sentence, stream, row, opening=opening)
        self._routes.note(stream)
        way, since = self._routes.told(unit, sentence.named, [*self._found, *found])
        if since is not None:
            found = [f for f in found if f.source not in way or (f.cues[0][0] if f.cues else f.start) < since]
        self._keep(found, row, unit)
        if way:
            self._send(way, 0, len(self._found) - len(found))
        heard = None
        if self.observer:
            heard = Heard(unit, sentence.named, stream, found, discourse.topic, discourse.subject, seen)
        if opening:
            depth = HEADER if unit.depth == PLAIN and name_alone(stream) else unit.depth
            discourse.leave(depth, topic or leading_system(stream))
        discourse.mention([i for _, ids in sentence.named for i in ids], stream.closing)
        discourse.latest += opening_system(stream)
        return heard

    def _enter(self, unit: Unit) -> None:
        """Begin a paragraph."""
        self._paragraph, self._opened = unit.paragraph, len(self._found)
        self.matcher.discourse.enter(unit.depth, unit.item)
        self.matcher.discourse.subject = self.matcher.discourse.subject or self.answers.about
        self.answers.about = ()
        self.themes.enter(unit.depth)
        self._said, self._likely = [], 0

    def _stated(
        self, sentence: Sentence, stream: Stream, row: list[Chunk], *, opening: bool
    ) -> tuple[list[Found], list[Seen]]:
        """Links of a sentence: by columns where it is a row of a table, else by rules or the heading above, and likely ones."""
        unit, discourse = sentence.unit, self.matcher.discourse
        heading = opening and self.themes.heading(row, unit)
        if not sentence.named:
            self.themes.legend(row)
        if self.table.stated:
            stated = row_links(self.table.stated, self.matcher, self._routes.usual, row, unit)
            return [*stated, *self._told_by_cells(unit)], []
        if heading:
            discourse.subject = ()
            return [], []
        answered = self.answers.given(stream, unit, discourse)
        if self.answers.asks(stream, unit, discourse):
            return [], []
        self.matcher.bracketed, about = self.rules.reviser.in_brackets(row), discourse.about
        found = answered or [*self._told_by_cells(unit), *self.matcher.links(stream, unit, discourse)]
        found += self.themes.links(stream, row, unit) if opening and not found else ()
        if labelled := list(self.labels.read(stream, unit, about)) if opening and not found else ():
            discourse.subject = about
            found += labelled
        found += list(self.parallels.read(stream, found, unit))
        found += list(self.axes.read(stream, found, unit))
        seen = self.pairs.read(stream, unit, discourse, found)
        self.themes.go_through(stream)
        return found, seen

    def _told_by_cells(self, unit: Unit) -> Iterator[Found]:
        """Links that cells of a row tell of what it is about."""
        for clause in self.table.clauses:
            yield from self.matcher.links(
                rewrite(clause, self.matcher.discourse, self.matcher.nouns, self.matcher.roles),
                unit,
                self.matcher.discourse,
            )

    def _pass_over(self, line: int) -> None:
        """Leave behind what a silent sentence leaves: no table, no pairs, nobody spoken of."""
        self.table.read([], line)
        self.matcher.table = self.table.links
        self.pairs.pass_over(line, self.matcher.discourse)
        self.matcher.discourse.mention([])

    # -- what later words say of a link ------------------------------------------------------------------------------

    def _keep(self, found: list[Found], row: Sequence[Chunk], unit: Unit) -> None:
        """Keep the links of a sentence; where it, or the end of it, only speaks of links just stated, these change."""
        if at_once := bool(found or self.pairs.latest):
            self._said = list(range(len(self._found), len(self._found) + len(found)))
            self._found += found
            self._likely = self.pairs.latest
        clauses = clauses_of(row) if self._said or self._likely else iter(())
        for clause in islice(clauses, int(at_once), None):
            low = self.normal.low[clause[0].start : clause[-1].end]
            down = any(link.claim.status in _DOWN for link in self._latest())
            status = self._at_last(clause, low, at_once=at_once) or self.rules.reviser.verdict(clause, low, down=down)
            if status is not None:
                self._revise(status, clause, unit)
            way = self.rules.reviser.way(clause)
            if way and self.matcher.roles.carries(way):
                several = any(chunk.plural or chunk.tag == "l" for chunk in clause[:_OPENING])
                self._send(way, clause[-1].end, self._opened if several else min(self._said, default=len(self._found)))

    def _latest(self) -> list[Found]:
        """The links that were stated last, likely ones too."""
        return [self._found[place] for place in self._said] + self.pairs.likely[len(self.pairs.likely) - self._likely :]

    def _at_last(self, clause: Sequence[Chunk], low: str, *, at_once: bool) -> str | None:
        """'planned' where links just denied are announced: '…; Sở cam kết quý II sẽ thông'."""
        latest = self._latest()
        if not latest or any(link.claim.status != "absent" for link in latest):
            return None
        reviser, matcher = self.rules.reviser, self.matcher
        promised = reviser.promises(clause, low, at_once=at_once) and matcher.dates.future(low, 0, matcher.date)
        return "planned" if promised or reviser.announces(clause) or matcher.put_off(clause) else None

    def _revise(self, status: str, clause: Sequence[Chunk], unit: Unit) -> None:
        claim = Claim(status, True)
        dating = self.matcher.dating(clause[0].start, claim, unit)
        for place in self._said:
            link = self._found[place]
            self._found[place] = replace(link, claim=claim, dating=dating, end=max(link.end, clause[-1].end))
        self.pairs.revise(self._likely, claim, dating, clause[-1].end)

    def _send(self, way: tuple[str, ...], end: int, since: int) -> None:
        """Links from this place on, where they name no way of their own, go this way, as words up to `end` say."""
        for place in range(since, len(self._found)):
            link = self._found[place]
            apart = not {link.source, link.target} & set(way)
            if not link.via and apart and link.relation not in _GOING_NO_WAY:
                self._found[place] = replace(link, via=way, end=max(link.end, end))
        self.pairs.send(self._likely, way)

    # -- what is looked up -------------------------------------------------------------------------------------------

    def _below_theme(self, unit: Unit) -> bool:
        """Whether the line that introduces a list is a heading that says itself what its items have to do with it."""
        theme = self.themes.theme
        return theme is not None and unit.intro is not None and theme.end == unit.intro[1]

    def _note_states(self, stream: Stream, unit: Unit) -> None:
        """Keep the first thing said of each system's own status; a plain 'đã' yields to what tells more."""
        low = self.normal.low[unit.start : unit.end]
        for iri, status in self.rules.states.claims(stream, unit.mood, low):
            if self.states.get(iri, "operational") == "operational":
                self.states[iri] = status


_DOWN = ("suspended", "discontinued")
_GOING_NO_WAY = ("hostedOn", "partOf")
"""Relations that take no intermediaries from what is told of several links."""
_OPENING = 6  # chunks of a clause within which 'hai', 'các' tell that it speaks of several links
