"""Links that no rule reads: pairs of systems that the pair model takes for linked, with relation, way and status as they stand.

sentence ─pairs─▶ candidates ─rough─▶ chance of each alone ─company, fine─▶ probability ─▶ links, at the document's end, of what
rules left unlinked
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from kg.company import Company, Seen, together
from kg.layout import Unit
from kg.matching import Found, Matcher
from kg.memory import Memory
from kg.model import Dating
from kg.pairs import Pair, lead_pairs, pairs, way_pairs
from kg.ranker import PairModel, Signs
from kg.sights import View
from kg.status import Claim
from kg.stream import VERBS, Chunk, Discourse, Stream, tags_of
from kg.subjects import Subject
from kg.told import another_matter, cells_apart, goes_in, of_two_ends, rest_behind, told_here, verb_of

RULE = "pair model"
"""Begins the rule's name of each link read here; the features that spoke loudest follow."""
_EXCHANGE = "CXYGLUV"
"""Tags of words that speak of data rather than of where a system runs."""
_RELATIONS = {
    "G": "integratedInto",
    "E": "integratedInto",
    "Y": "synchronisesTo",
    "X": "exchangesDocumentsWith",
    "h": "hostedOn",
    "j": "hostedOn",
    "p": "partOf",
}


class PairReader:
    """Weighs the pairs of one document, sentence after sentence."""

    def __init__(self, model: PairModel, matcher: Matcher, *, thorough: bool) -> None:
        """`thorough`: whether pairs that rules link are weighed as well, for one who looks on; it changes no link."""
        self.model = model
        self.matcher = matcher
        self.thorough = thorough
        self.linked: set[frozenset[str]] = set()
        """Pairs that rules have linked so far."""
        self.memory = Memory()
        self.leads: dict[int, Stream] = {}
        """Sentences that introduce lists, by the place where they end."""
        self.likely: list[Found] = []
        self.latest = 0
        """How many of the likely the last sentence gave, to be revised by the next."""

    def read(self, stream: Stream, unit: Unit, discourse: Discourse, found: Sequence[Found]) -> list[Seen]:
        """The candidates of a sentence whose links by rule are `found`; likely ones are kept for the end."""
        opening = next((chunk.low for chunk in stream.chunks if chunk.tag not in _LEADING), "")
        self.memory.enter(unit.paragraph)
        earlier = [] if self.matcher.doers.match(opening) else self.memory.sources(discourse)
        if own := _OWN_SUBJECT.match(stream.tags):
            noun = stream.chunks[own.end("noun") - 1]
            earlier = [(how, refs) for how, refs in earlier if self._may_be(refs, noun)]
        told = pairs(stream, earlier, self.memory.signs)
        looks = [(stream, [pair for pair in told if not (found and of_two_ends(pair, found))])]
        if unit.intro and (lead := self.leads.get(unit.intro[1])):
            looks.append((lead.followed_by(stream), list(lead_pairs(lead, stream))))
        if stream.via:
            used = {ref for link in found for ref in (link.source, link.target, *link.via)}
            open_, places = stream.with_ways(used)
            looks.append((open_, list(way_pairs(open_, places, earlier, self.memory.signs)) if places else []))
        if stream.tags.endswith(":"):
            self.leads[unit.end] = stream
        self.linked |= {frozenset((link.source, link.target)) for link in found}
        size = len(self.likely)
        seen = [one for where, some in looks if some for one in self._weighed(where, some, unit, found)]
        self.latest = len(self.likely) - size
        self.memory.note(stream, discourse, found)
        return seen

    def _may_be(self, refs: tuple[str, ...], noun: Chunk) -> bool:
        """Whether a noun that opens a sentence may mean what earlier ones spoke of."""
        named = noun.low == noun.head and not noun.plural and not self.matcher.roles.any_may_be(noun.head)
        return not named or all(self.matcher.nouns.may_mean(noun.head, ref) for ref in refs)

    def pass_over(self, paragraph: int, discourse: Discourse) -> None:
        """Go on past a sentence of this paragraph that names nothing."""
        self.latest = 0
        self.memory.enter(paragraph)
        self.memory.pass_over(discourse)

    def revise(self, count: int, claim: Claim, dating: Dating, end: int) -> None:
        """Give the last `count` likely links the claim that words up to `end` make of them."""
        for place in range(len(self.likely) - count, len(self.likely)):
            link = self.likely[place]
            self.likely[place] = replace(link, claim=claim, dating=dating, end=max(link.end, end))

    def send(self, count: int, way: tuple[str, ...]) -> None:
        """Let the last `count` likely links that name no way of their own go this way."""
        for place in range(len(self.likely) - count, len(self.likely)):
            link = self.likely[place]
            if not link.via and not {link.source, link.target} & set(way):
                self.likely[place] = replace(link, via=way)

    def links(self, found: Sequence[Found]) -> Iterator[Found]:
        """Likely links between systems that `found`, all that rules read in the document, does not link; each pair once."""
        linked = {frozenset((link.source, link.target)) for link in found}
        for link in self.likely:
            ends = frozenset((link.source, link.target))
            if ends not in linked:
                linked.add(ends)
                yield link

    def _weighed(
        self, stream: Stream, candidates: Sequence[Pair], unit: Unit, found: Sequence[Found]
    ) -> Iterator[Seen]:
        """What there is to see of each candidate; the links of the likely ones are kept."""
        view = View(stream, self.matcher.entities, self.model.rough)
        alone = [self._alone(view, pair, found) for pair in candidates]
        if not self.thorough and all(one.chance < self.model.rough.threshold for one in alone):
            return
        company = Company(candidates, [one.chance for one in alone])
        likely: list[Seen] = []
        for at, glance in enumerate(alone):
            if not self.thorough and glance.chance < self.model.rough.threshold:
                continue
            settled = self._settled(glance.pair)
            if settled and not self.thorough:
                continue
            one = self._among(glance, company.look(at))
            if one.probability >= self.model.fine.threshold and not (
                settled
                or cells_apart(one.pair, stream)
                or self._publishes(one.pair, stream)
                or self._by(one.pair, stream)
                or self._alike(one.pair, found)
                or told_here(one.pair, stream, found)
                or another_matter(one.pair, stream)
            ):
                likely.append(one)
            yield one
        for one in sorted(likely, key=lambda seen: _apart(seen.pair, stream)):
            if not self._outdone(one.pair, likely):
                self.likely.extend(self._links(one, stream, unit))

    def _alone(self, view: View, pair: Pair, found: Sequence[Found]) -> Seen:
        """A candidate by itself; certain where a rule reads it."""
        others = _others(pair, found) if found else ()
        stated = len(others) < len(found)
        if stated and not self.thorough and self._settled(pair):
            return Seen(pair, (), 1.0)
        parts = view.parts(pair, others)
        if not (stated or self.thorough) and view.hopeless(pair, parts):
            return Seen(pair, (), 0.0)
        parts.append(view.wording(pair))
        chance = 1.0 if stated else self.model.rough.probability(chain.from_iterable(map(_WEIGHTS, parts)))
        unaided = [*view.parts(pair, ()), view.wording(pair)] if self.thorough and found else ()
        return Seen(pair, parts, chance, unaided=list(map(_SIGNS, unaided)))

    def _among(self, alone: Seen, look: Signs) -> Seen:
        """A candidate among the others of its sentence."""
        if alone.chance < self.model.rough.threshold:
            return alone._replace(among=look)
        fine = self.model.fine
        weights = [*(part.again(fine) for part in alone.parts), *map(fine.heard, (together(alone.signs), look))]
        return alone._replace(among=look, probability=fine.probability(chain.from_iterable(weights)))

    def _outdone(self, pair: Pair, likely: Sequence[Seen]) -> bool:
        """Whether the sentence itself names a system of the same type that links with what `pair` links from afar."""
        types = {self.matcher.entities[ref].type for ref in pair.source}
        near = (one.pair for one in likely if one.pair.first is not None and one.pair.last == pair.last)
        return pair.first is None and any(types == {self.matcher.entities[i].type for i in p.source} for p in near)

    def _alike(self, pair: Pair, found: Sequence[Found]) -> bool:
        """Whether rules link either of the two, of one type, with the same kind of third: they are compared, not linked."""
        kind = self.matcher.entities
        one, other = ({kind[f.target].type for f in found if f.source in refs} for refs in (pair.source, pair.target))
        return kind[pair.source[0]].type == kind[pair.target[0]].type and not one.isdisjoint(other)

    def _settled(self, pair: Pair) -> bool:
        """Whether rules have linked the two already: then `links` leaves out what the model thinks of them."""
        return all(a == b or frozenset((a, b)) in self.linked for a in pair.source for b in pair.target)

    def _links(self, seen: Seen, stream: Stream, unit: Unit) -> Iterator[Found]:
        pair = seen.pair
        verb = verb_of(pair, stream)
        at = max(pair.last - 1, 0) if verb is None else verb
        end = max(pair.last, at) + 1
        claim, dating = self.matcher.said(
            stream, at, end, unit, Subject(pair.source, "near" if "S" in stream.tags[:at] else "none")
        )
        if not claim.stated:
            near, far = (self.matcher.status.gravest_of(rest_behind(pair, stream, marks)) for marks in (",;", ";"))
            told = near or (far if far != "planned" else None)  # a plan behind a comma is of something else
            claim = Claim(told, True) if told else claim
        if not claim.stated and self.matcher.unreal.told(stream, at):
            return
        via = self.matcher.via(stream, at, end)
        relation = self._relation(pair, stream, verb)
        turned = self._turned(pair, stream, relation)
        sources, targets = (pair.target, pair.source) if turned else (pair.source, pair.target)
        chunks = stream.chunks
        first = pair.first if pair.first is not None else min(at, pair.last)
        start, stop = min(chunks[first].start, chunks[at].start), max(chunks[pair.last].end, chunks[at].end)
        cues = () if verb is None else ((chunks[verb].start, chunks[verb].end),)
        rule = f"{RULE}: {'; '.join(self.model.fine.reasons(seen.features))}"
        for source in sources:
            for target in targets:
                if source != target:
                    way = tuple(i for i in via if i not in (source, target))
                    confidence = round(seen.probability, 2)
                    said = self.matcher.told(source, self.matcher.told(target, claim))
                    yield Found(source, relation, target, way, said, dating, rule, confidence, start, stop, cues)

    def _publishes(self, pair: Pair, stream: Stream) -> bool:
        verb = verb_of(pair, stream)
        return verb is not None and verb < pair.last and self.matcher.publishes(stream, verb, pair.last)

    def _by(self, pair: Pair, stream: Stream) -> bool:
        """Whether the one is only built after the other, in its place, or spoken of: 'theo chuẩn kết nối của B', 'thay thế B'."""
        between = stream.chunks[(pair.first if pair.first is not None else -1) + 1 : pair.last]
        return bool(_ABOUT.search(tags_of(between))) or any(
            self.matcher.unlinking.search(chunk.low) for chunk in between
        )

    def _relation(self, pair: Pair, stream: Stream, verb: int | None) -> str:
        """What the verb says; where one of the two hosts others and no other link is spoken of, that it does so."""
        between = stream.tags[(pair.first if pair.first is not None else -1) + 1 : pair.last]
        governed = pair.first and stream.tags[pair.first - 1] in "IW"
        if "g" in between and not governed and not any(tag in VERBS for tag in between):
            return "partOf"
        relation = _RELATIONS.get(stream.tags[verb], "connectsTo") if verb is not None else "connectsTo"
        if relation == "partOf" and "p" not in between:
            relation = "connectsTo"  # 'tính năng kết nối A với B' is part of neither
        hosts = self.matcher.roles.hosts(pair.source) or self.matcher.roles.hosts(pair.target)
        if relation == "hostedOn":
            plain = verb is not None and stream.tags[verb] == "j"
            return relation if plain or hosts or self.matcher.roles.carries(pair.target) else "connectsTo"
        exchanged = any(stream.tags[i] in _EXCHANGE for i in range(pair.first or 0, pair.last))
        return "hostedOn" if relation == "connectsTo" and hosts and not exchanged else relation

    def _turned(self, pair: Pair, stream: Stream, relation: str) -> bool:
        """Whether the link goes from the second to the first: it hosts, gathers or contains the other."""
        one, other = pair.source, pair.target
        if relation == "hostedOn":
            return self.matcher.roles.hosts(one) and not self.matcher.roles.hosts(other)
        if relation == "integratedInto" and self.matcher.roles.centres(one) != self.matcher.roles.centres(other):
            return self.matcher.roles.centres(one)
        between = stream.tags[(pair.first if pair.first is not None else -1) + 1 : pair.last]
        if relation == "partOf":
            return "g" in between or re.search("p[ue:]", between) is not None
        if relation == "connectsTo" and self.matcher.roles.centres(one) and not self.matcher.roles.centres(other):
            return "L" not in between and not between.endswith("W")
        if relation == "connectsTo" and pair.first is not None:
            return _FRONTED.fullmatch(between) is not None and _VERB_NEXT.match(stream.tags, pair.last + 1) is not None
        if relation not in ("integratedInto", "synchronisesTo"):
            return False
        if pair.first and _INTO.search(stream.tags[: pair.first]):
            return True
        if pair.first is None and _OPENING.fullmatch(between) and goes_in(stream, pair.last):
            return True
        return _DRAWN.search(between) is not None or (relation == "integratedInto" and bool(_TAKEN_IN.search(between)))


def _others(pair: Pair, found: Sequence[Found]) -> list[tuple[str, str]]:
    """Ends of the links that are not between the two."""
    own = {*pair.source, *pair.target}
    return [(f.source, f.target) for f in found if not (f.source in own and f.target in own)]


def _apart(pair: Pair, stream: Stream) -> bool:
    """Whether a semicolon parts the two: then what the sentence says of them elsewhere goes first."""
    return pair.first is not None and ";" in stream.tags[pair.first : pair.last]


_WEIGHTS, _SIGNS = attrgetter("weights"), attrgetter("signs")
_TAKEN_IN = re.compile("b[ut]*[GE][ud]*$")
"""Tags of 'A đã được tích hợp B', by which B goes into A."""
_INTO = re.compile("(?:^|[;,:])[^S;,:]*[GYE][^S;,:]{0,4}I$")
"""Tags before the first named where no subject is: 'đồng bộ về B dữ liệu của A'."""
_OPENING = re.compile("[uknt,]*")
"""Tags before what goes into a system spoken of: 'Chữ ký số: đã tích hợp'."""
_DRAWN = re.compile("F[^WIT;]*$")
_FRONTED = re.compile("[^ACGYXMLEhI;S]*[,u:]")
"""Tags between what is named first and the subject behind it: 'với B, A …', 'B thì A …'."""
_VERB_NEXT = re.compile("[uxNbnt]*[CGYXMLE]")
_OWN_SUBJECT = re.compile(f"(?P<noun>[uknt,]*R)[ubtnN]*[{re.escape(VERBS)}]")
"""Tags of a sentence about something that a noun alone names: 'Cổng lấy dữ liệu từ B'."""
_LEADING = "uknt,"
"""Tags of what may stand before the subject of a sentence."""
_ABOUT = re.compile("CW[xO]+(?:I|A[ut]*x+)$")
"""Tags of 'chia sẻ với doanh nghiệp về', 'kết nối với đối tác và hỗ trợ bảo trì'."""
