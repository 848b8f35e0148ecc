"""A document → what it says: mentions linked, clauses matched with the rules, facts with their evidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from itertools import zip_longest

from kg.context import Context, Home
from kg.elsewhere import Elsewhere
from kg.facts import connection_facts, system_facts
from kg.layout import Layout, Unit
from kg.lexicon import ALIAS, PLACE, Entry, Hit, Lexicon, alias_hits, merged
from kg.link import Linker
from kg.linking import LinkReader, Observer, Sentence
from kg.linkrules import LinkRules
from kg.listed import ListedNames, numbered, with_listed
from kg.marks import unmarked, without_marks
from kg.matching import Rules
from kg.mention import Mention
from kg.model import Document, Fact, Reading, SystemFact
from kg.nameproper import OPENING
from kg.naming import codes
from kg.ontology import Ontology
from kg.passages import Page
from kg.pieces import Grammar, Piece, brandish, pieces, pointing_back, with_hits
from kg.recognise import mentions
from kg.statements import StatementReader
from kg.stream import POINTING
from kg.text import Normal, lines, normalise
from kg.uses import Weighed

_ELSEWHERE = ("place", "unit", "units", "there")
"""Kinds of scopes by which a description says that a system is another province's or town's."""
_TELLING = frozenset((*POINTING, ":", "|"))
"""Tags of pieces that tell something of links in a sentence without a name: pointers, introductions of lists, tables."""
_LONG = 2_000_000
"""Characters above which a text's pieces are made anew where they are needed: kept, they take 40 times its size."""

_Named = tuple[list[Piece], list[Mention]] | None
"""Pieces and mentions of a unit; None where it is silent."""


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
        self.linking = LinkRules(ontology, self.context)
        self.layout = Layout(ontology)
        self.listed = ListedNames(ontology)
        self.rules = Rules(ontology)
        self.statements = StatementReader(ontology, self.rules.dates)

    def read(
        self,
        document: Document,
        observer: Observer | None = None,
        onlooker: Callable[[Weighed], object] | None = None,
    ) -> Reading:
        """Everything `document` says, in the order of its text. Pure: same document, same reading.

        `observer` is shown each sentence as it is read, `onlooker` each user beside each system.
        """
        normal = normalise(document.text, document.body)
        reader = self.plain if unmarked(normal.text) else self
        return _DocumentReader(reader, document, normal, observer).read(onlooker)

    @cached_property
    def plain(self) -> Reader:
        """A reader of texts without diacritics."""
        return Reader(without_marks(self.ontology))


class _DocumentReader:
    """One document being read."""

    def __init__(self, reader: Reader, document: Document, normal: Normal, observer: Observer | None = None) -> None:
        self.r = reader
        self.document = document
        self.normal = normal
        self.hits = reader.lexicon.find(self.normal, 0, len(self.normal.low))
        self.long = len(self.normal.low) > _LONG
        self.rows = list(lines(self.normal))
        self.home: Home = reader.context.home(document, self.normal, self.rows, self.hits)
        self.linker = Linker(reader.linking, self.home, self.normal)
        self.elsewhere = Elsewhere(reader.grammar, self.home, self.linker.seats, self.normal)
        self.links = LinkReader(
            reader.rules, reader.ontology.pair_model, self.normal, self.linker.entities, self.home, observer
        )

    def read(self, onlooker: Callable[[Weighed], object] | None) -> Reading:
        """The reading."""
        sentences = self._sentences()
        found = self.links.read(sentences)
        pointed = [self._pointed(sentence) for sentence in sentences]
        page = Page(self.document, self.normal, self.linker, self.home)
        facts: list[Fact] = [*system_facts(page, self.links.states), *connection_facts(page, found)]
        facts += self.r.statements.read(page, pointed, self.links.pointed, onlooker)
        facts.sort(key=_place)
        place = self.home.place.id if self.home.place else None
        return Reading(self.document, place, self.home.clue, self.home.date, tuple(facts))

    def _pointed(self, sentence: Sentence) -> Sentence:
        """A sentence with what its pointers mean, where the links told."""
        named = [(m, ids or self.links.pointed.get(m.start, ())) for m, ids in sentence.named]
        return sentence._replace(named=named) if named != sentence.named else sentence

    # -- names -------------------------------------------------------------------------------------------------------

    def _sentences(self) -> list[Sentence]:
        """Units with their names: read once for the short names the document introduces, again where those occur."""
        units = list(self.r.layout.units(self.normal, self.rows))
        self.listed = self.r.listed.rows(self.normal, units)
        hits = merged(self.hits, self.r.grammar.brands(self.normal), stronger=False)
        read = [(unit, self._first(unit, hits)) for unit in units]
        self._define(read)
        self.linker.number(codes(numbered(self.normal, read), self.r.grammar.item_nouns))
        aliases = [
            *alias_hits(self.normal, self.linker.aliases),
            *map(
                self._alias,
                (*self.linker.numbers(), *self.linker.casual(), *self.linker.headless(), *self.linker.halves()),
            ),
        ]
        starts = [unit.start for unit in units]
        again = {id(units[bisect_right(starts, h.start) - 1]) for h in aliases if units}
        before, hits = hits, merged(hits, aliases, stronger=True)
        out: list[Sentence] = []
        for unit, first in read:
            named = self._again(unit, first, before, hits) if id(unit) in again else first
            if not out or out[-1].unit.paragraph != unit.paragraph:
                self.elsewhere.enter()
            if named is None:
                out.append(Sentence(unit, partial(self._pieces, unit, hits), [], silent=True))
            else:
                row, found = named[0] or self._pieces(unit, hits), named[1]
                kept = partial(self._pieces, unit, hits) if self.long else row.copy
                silent = not found and _TELLING.isdisjoint([piece.tag for piece in row])
                out.append(Sentence(unit, kept, self._linked(row, found), silent))
        return out

    def _define(self, read: Iterable[tuple[Unit, _Named]]) -> None:
        """Make known what the document calls its systems, each where the sentence is at home."""
        paragraph = -1
        for unit, named in read:
            if unit.paragraph != paragraph:
                self.elsewhere.enter()
                paragraph = unit.paragraph
            if named:
                turns = self.elsewhere.read(named[0])
                for mention in self._unexplained(named[1]):
                    self.elsewhere.go(turns, mention.start)
                    self.linker.define(mention)
        self.elsewhere.go((), 0)

    def _alias(self, place: tuple[int, int]) -> Hit:
        return Hit(*place, (Entry(self.normal.text[slice(*place)], ALIAS, None, "", ""),))

    def _linked(self, row: Sequence[Piece], found: Sequence[Mention]) -> list[tuple[Mention, tuple[str, ...]]]:
        """The mentions of a sentence, each with the systems it names."""
        turns = self.elsewhere.read(row)
        linked: list[tuple[Mention, tuple[str, ...]]] = []
        for name, behind in zip_longest(found, found[1:]):
            self.elsewhere.go(turns, name.start)
            if linked and self._explains(linked[-1][0], name):
                systems = linked[-1][1]
            elif behind and behind.scope.sort in _ELSEWHERE and self._explains(name, behind):
                systems = self.linker.systems(behind)
            else:
                systems = self.linker.systems(name) if name.sort == "name" else ()
            linked.append((name, systems))
        return linked

    def _unexplained(self, found: Sequence[Mention]) -> list[Mention]:
        """Mentions without those that only say what the one before them is."""
        return [m for i, m in enumerate(found) if not (i and self._explains(found[i - 1], m))]

    def _explains(self, name: Mention, mention: Mention) -> bool:
        """Whether a mention says what the short name before it is: 'ViLIS, phần mềm đất đai của Sở, …'."""
        return (
            name.sort == mention.sort == "name"
            and (name.known is not None or name.kind is not None)
            and self.r.grammar.naming.explains(self.normal, name.end, mention.start, (mention.core_end, mention.end))
            and all(map(brandish, self.normal.text[name.start : name.end].split()))
            and self.linker.alike(name, mention)
        )

    def _first(self, unit: Unit, hits: list[Hit]) -> _Named:
        """As `_named`; the pieces of a long text are not kept."""
        named = self._named(unit, hits)
        return ([], named[1]) if named and self.long else named

    def _named(self, unit: Unit, hits: list[Hit]) -> _Named:
        """Pieces and mentions of a unit; None where it is silent."""
        own = _within(unit, hits)
        if self._silent(unit, own):
            return None
        return self._read(unit, self._in_pieces(unit, own))

    def _read(self, unit: Unit, row: list[Piece]) -> tuple[list[Piece], list[Mention]]:
        found = mentions(self.r.grammar, self.normal, row)
        told = self.listed.get(unit.start)
        return row, with_listed(self.r.grammar, self.normal, row, found, told) if told else found

    def _again(
        self, unit: Unit, first: tuple[list[Piece], list[Mention]] | None, before: list[Hit], hits: list[Hit]
    ) -> tuple[list[Piece], list[Mention]] | None:
        """As `_named`, with the pieces of the first reading where `hits` add to those of then and take none away."""
        then, now = _within(unit, before), _within(unit, hits)
        known = set(map(id, then))
        added = [hit for hit in now if id(hit) not in known]
        if first and first[0] and len(then) + len(added) == len(now):
            row = with_hits(first[0], self.normal, added)
            if row is not None:
                return self._read(unit, row)
        return self._named(unit, hits)

    def _pieces(self, unit: Unit, hits: list[Hit]) -> list[Piece]:
        return self._in_pieces(unit, _within(unit, hits))

    def _in_pieces(self, unit: Unit, hits: list[Hit]) -> list[Piece]:
        return pointing_back(pieces(self.normal, hits, unit.start, unit.end), self.r.grammar.above)

    def _silent(self, unit: Unit, hits: Sequence[Hit]) -> bool:
        """Whether nothing in a unit names a system, points to one, speaks of another province or leads in a list."""
        home = self.home.place.label() if self.home.place else None
        for hit in hits:
            entry = hit.entries[0]
            away = entry.sort == PLACE and home and entry.concept and entry.concept.label() != home
            if away or entry.sort in OPENING or entry.tag in POINTING:
                return False
        low = self.normal.low[unit.start : unit.end]
        return not any(sign in low for sign in (":", "|", *self.r.grammar.parts))


def _place(fact: Fact) -> tuple[int, int, str, str]:
    """Where a fact stands among others."""
    passage = fact.evidence
    return passage.start, passage.end, fact.kind, fact.ref.id if isinstance(fact, SystemFact) else fact.id


def _within(unit: Unit, hits: list[Hit]) -> list[Hit]:
    low, high = (bisect_left(hits, (place,)) for place in (unit.start, unit.end))
    return hits[low:high]
