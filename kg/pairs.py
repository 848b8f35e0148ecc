"""Pairs of systems that a sentence may link, and what there is to see of each: the candidates that the pair model weighs.

A candidate joins two systems of one sentence, or one of it and one that earlier sentences spoke of. Its features are those of
feature-based relation extraction (Zhou, Su, Zhang and Zhang, 2005): words and tags between and around, order, distance, types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import add
from typing import NamedTuple

from kg.entity import Entity
from kg.ranker import Ranker, Signs
from kg.stream import VERBS, Chunk, Stream

REACH = 6
"""How many systems may stand between the two of a pair."""
_SPOKEN = "xudNbk" + VERBS + "OR"
"""Tags of chunks whose words tell something of the pair."""
_PREPOSITIONS = "WIFTQBo"
_VERB, _SAYING, _GOVERNING = (re.compile(f"[{re.escape(tags)}]") for tags in (VERBS, VERBS + "NV", VERBS + "B"))
_RELATING = re.compile(f"[{re.escape(VERBS)}NVWTFI]")
"""Tags of words without which a sentence says nothing of what others named: verbs, denials, and prepositions of ends."""
_LIKE = str.maketrans("OnRt", "xxxu")  # tags that say as little as another


@dataclass(frozen=True, slots=True)
class Pair:
    """Two systems, or lists of systems, of which a sentence may say that they are linked."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    first: int | None
    """Index of the source's chunk; None where an earlier sentence named it."""
    last: int
    """Index of the target's chunk."""
    how: str
    """'here', 'lead' where the introducing line names the source of an item, or what the source was before: 'topic',
    'subject', 'first' or 'last' of the sentence before, 'opening' of the paragraph, 'hub' of the document."""
    signs: tuple[str, ...] = ()
    """How much in mind a source is that an earlier sentence named."""


def lead_pairs(lead: Stream, item: Stream) -> Iterator[Pair]:
    """Candidates of a line that introduces a list with an item of it, as places in both joined."""
    size = len(lead.tags)
    sources = [i for i, tag in enumerate(lead.tags) if tag == "S"][-REACH:]
    targets = [size + i for i, tag in enumerate(item.tags) if tag == "S"][:REACH]
    for first in sources:
        for last in targets:
            pair = Pair(lead.chunks[first].refs, item.chunks[last - size].refs, first, last, "lead")
            if not set(pair.source) & set(pair.target):
                yield pair


def pairs(
    stream: Stream,
    earlier: Sequence[tuple[str, tuple[str, ...]]],
    signs: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda _: (),
) -> Iterator[Pair]:
    """Candidates of a sentence, by their target from left to right.

    Args:
        stream: the sentence.
        earlier: what sentences before it spoke of, each with the role it had there. Of a sentence that only names systems,
            none but the topic is a source.
        signs: how much in mind each of those is.

    """
    places = [i for i, tag in enumerate(stream.tags) if tag == "S"]
    if not _RELATING.search(stream.tags):
        earlier = [(how, refs) for how, refs in earlier if how == "topic"]
    sources = [(how, refs, signs(refs)) for how, refs in earlier if refs] if places else []
    for order, last in enumerate(places):
        target = stream.chunks[last].refs
        for first in places[max(0, order - REACH) : order]:
            source = stream.chunks[first].refs
            if source != target and set(source) != set(target):
                yield Pair(source, target, first, last, "here")
        known: set[tuple[str, ...]] = set()
        for how, refs, mind in sources:
            if refs not in known and refs != target and not set(refs) & set(target):
                known.add(refs)
                yield Pair(refs, target, None, last, how, mind)


class Part(NamedTuple):
    """Features of a candidate, and the weights of those that the model knows."""

    signs: Signs
    weights: Sequence[float]
    total: float


Look = dict[str, Collection[str | None]]


class View:
    """A sentence as its candidates are looked at; what several of them share is looked at once.

    Args:
        stream: the sentence.
        entities: by id.
        ranker: weighs what is seen.

    """

    def __init__(self, stream: Stream, entities: Mapping[str, Entity], ranker: Ranker) -> None:
        self.chunks, self.tags = stream.chunks, stream.tags
        self._entities, self._ranker = entities, ranker
        words = [c.low.split() if c.tag in _SPOKEN else (_sign(c),) for c in stream.chunks]
        self._starts = list(accumulate(map(len, words), initial=0))
        self._words = [word for some in words for word in some]
        self._twos = [f"{one} {other}" for one, other in pairwise(self._words)]
        loud = map(add, ranker.loud("word", self._words), [*ranker.loud("words", self._twos), 0.0])
        self._loud = list(accumulate(loud, initial=0.0))
        """What the words up to each may at most speak for a link."""
        self._seen: dict[tuple[Callable[..., Look], int, int], Part] = {}

    def parts(self, pair: Pair, links: Sequence[tuple[str, str]]) -> list[Part]:
        """What there is to see of a candidate but for the words between, each feature once.

        Args:
            pair: the candidate.
            links: source and target of the links that rules read in the sentence, but for those of the pair itself.

        """
        start = 0 if pair.first is None else pair.first + 1
        between = self._once(View._between, start, pair.last)
        own = {**_role(pair.how, between.signs), **_kinds(pair, self._entities), **_linked(pair, links)}
        if pair.first is None:
            own["systems-before"] = (str(min(self.tags.count("S", 0, pair.last), 2)),)
            own["in-mind"] = [*pair.signs, *(f"{sign}&{pair.how}" for sign in pair.signs)]
        parts = [
            between,
            self._once(View._whole, 0, 0),
            self._once(View._before, 0, pair.first or 0),
            self._once(View._behind, pair.last, 0),
            self._part(own),
        ]
        if pair.first is None:
            parts.append(self._once(View._opening, 0, 0))
        return parts

    def wording(self, pair: Pair) -> Part:
        """The words between the two; from the start of the sentence where the source is of an earlier one."""
        return self._once(View._wording, 0 if pair.first is None else pair.first + 1, pair.last)

    def hopeless(self, pair: Pair, parts: Sequence[Part]) -> bool:
        """Whether the words between cannot make a candidate likely that is otherwise seen as `parts`."""
        start = 0 if pair.first is None else pair.first + 1
        loud = self._loud[self._starts[pair.last]] - self._loud[self._starts[start]]
        return self._ranker.hopeless(sum([part.total for part in parts]) + loud)

    def _once(self, look: Callable[[View, int, int], Look], start: int, stop: int) -> Part:
        part = self._seen.get((look, start, stop))
        if part is None:
            part = self._seen[look, start, stop] = self._part(look(self, start, stop))
        return part

    def _part(self, signs: Signs) -> Part:
        weights = self._ranker.heard(signs)
        return Part(signs, weights, sum(weights))

    def _spoken(self, start: int, stop: int) -> list[str]:
        """The words of the chunks from index `start` up to `stop`."""
        return self._words[self._starts[start] : self._starts[min(stop, len(self.tags))]]

    def _wording(self, start: int, stop: int) -> Look:
        """The words between the two."""
        begin, end = self._starts[start], self._starts[stop]
        return {"word": set(self._words[begin:end]), "words": set(self._twos[begin : max(end - 1, 0)])}

    def _between(self, start: int, stop: int) -> Look:
        """What else stands between the two; from the start of the sentence where the source is of an earlier one."""
        tags, words = self.tags[start:stop], self._spoken(start, stop)
        shape = _shape(tags)
        near, governor = tags[-1:] or "^", tags.rstrip("nxodOut")[-1:]
        verbs = _VERB.findall(tags)
        parted = min(shape.count(",") + shape.count(";") + shape.count(":"), 4)
        seen: Look = {
            "near": (near,),
            "systems": (str(min(shape.count("S"), 3)),),
            "parted": (str(parted), f"{parted}&near={near}"),
            "verbs": (str(min(len(verbs), 3)),),
            "distance": (_size(len(words)),),
            "tags": {a + b for a, b in pairwise(f"^{shape}$")},
            "has": set(shape),
            "word-": set(words[-3:]),
            "word+": set(words[:3]),
        }
        if near in _PREPOSITIONS:
            seen["preposition"] = (self.chunks[stop - 1].low,)
        if governor:
            seen["governor"] = (governor,)
        if len(shape) <= 5:
            seen["shape"] = (shape,)
        if verbs:
            seen |= {"verb": (f"{verbs[-1]}&{near}",), "first-verb": verbs[:1], "last-verb": verbs[-1:]}
        return seen

    def _before(self, start: int, first: int) -> Look:
        """What stands before the first of the two."""
        near = max(start, first - 2)
        before = {_shape(self.tags[near:first]) or "^"}
        if first and self.tags[first - 1] in _PREPOSITIONS:
            before.add(self.chunks[first - 1].low)
        return {
            "before": before,
            "verb-before": set(_GOVERNING.findall(self.tags, start, first)[-2:]),
            "word-before": set(self._spoken(near, first)[-3:]),
        }

    def _behind(self, last: int, _: int) -> Look:
        """What stands behind the last of the two."""
        return {
            "behind": {self.tags[last + 1 : last + 2] or "$", _shape(self.tags[last + 1 : last + 4])},
            "verb-behind": set(_SAYING.findall(self.tags, last + 1)[:2]),
            "word-behind": set(self._spoken(last + 1, last + 4)[:3]),
        }

    def _opening(self, _: int, __: int) -> Look:
        """How the sentence begins, where an earlier one names the first of the two."""
        return {"opening": {_shape(self.tags[:6]), _shape(self.tags[:3])}}

    def _whole(self, _: int, __: int) -> Look:
        """What kind of sentence it is."""
        return {
            "sentence": (_size(len(self.tags) // 2),),
            "stated": (str(_VERB.search(self.tags) is not None),),
            "named": (str(min(self.tags.count("S"), 4)),),
        }


def _role(how: str, between: Signs) -> Look:
    """Where the source was named, alone and with what stands between the two."""
    seen: Look = {
        "how": (how,),
        "apart": [f"{tag}&{how}" for tag in ",;:.A" if tag in between["has"]],
    }
    for kind in ("near", "governor", "shape"):
        if kind in between:
            seen[kind] = [f"{value}&{how}" for value in between[kind]]
    return seen


def _kinds(pair: Pair, entities: Mapping[str, Entity]) -> Look:
    """Types and levels of the two."""
    source, target = entities[pair.source[0]], entities[pair.target[0]]
    seen: Look = {
        "source": (source.type, f"{source.type}&{source.level}"),
        "target": (target.type, f"{target.type}&{target.level}"),
        "types": (f"{source.type}>{target.type}",),
        "levels": (f"{source.level}>{target.level}",),
    }
    if source.type == target.type:
        seen["same-type"] = _HOLDS
    if len(pair.source) > 1:
        seen["sources"] = _HOLDS
    if len(pair.target) > 1:
        seen["targets"] = _HOLDS
    return seen


_HOLDS = (None,)
"""The value of a feature that has none."""


def _linked(pair: Pair, links: Sequence[tuple[str, str]]) -> Look:
    """What rules already read in the sentence."""
    seen: Look = {"links": (str(min(len(links), 3)),)}
    for source, target in links:
        for end, refs in (("source", pair.source), ("target", pair.target)):
            if source in refs:
                seen[f"{end}-links-on"] = _HOLDS
            if target in refs:
                seen[f"{end}-linked"] = _HOLDS
    return seen


def _shape(tags: str) -> str:
    """Tags with runs of what says little as one letter."""
    shape = tags.translate(_LIKE)
    for twice in ("xx", "uu"):
        while twice in shape:
            shape = shape.replace(twice, twice[0])
    return shape


def _size(count: int) -> str:
    return str(count) if count < 4 else "4-6" if count < 7 else "7-12" if count < 13 else "13-"


def _sign(chunk: Chunk) -> str:
    """A chunk whose words tell little of the pair as one word: itself where it is short, else its tag."""
    return chunk.low if len(chunk.low) < 8 and chunk.tag != "S" else chunk.tag
