"""What there is to see of a candidate pair: its features and what they weigh.

Its features are those of feature-based relation extraction (Zhou, Su, Zhang and Zhang, 2005): words and tags between and
around, order, distance, types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from operator import add

from kg.entity import Entity
from kg.pairs import Pair
from kg.ranker import Part, Ranker, Signs
from kg.stream import VERBS, Chunk, Stream

_SPOKEN = "xudNbk" + VERBS + "OR"
"""Tags of chunks whose words tell something of the pair."""
_PREPOSITIONS = "WIFTQBo"
_VERB, _SAYING, _GOVERNING = (re.compile(f"[{re.escape(tags)}]") for tags in (VERBS, VERBS + "NV", VERBS + "B"))
_OWN_REST = re.compile("[^S;.]*")
"""Tags of what is said of a list behind it."""
_LIKE = str.maketrans("OnRt", "xxxu")  # tags that say as little as another


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
        self._settings: dict[tuple[int | None, int], list[Part]] = {}

    def parts(self, pair: Pair, links: Sequence[tuple[str, str]]) -> list[Part]:
        """What there is to see of a candidate but for the words between, each feature once.

        Args:
            pair: the candidate.
            links: source and target of the links that rules read in the sentence, but for those of the pair itself.

        """
        setting = self._settings.get((pair.first, pair.last))
        if setting is None:
            setting = self._settings[pair.first, pair.last] = list(self._setting(pair))
        one, other, ranker = self._entities[pair.source[0]], self._entities[pair.target[0]], self._ranker
        parts = [
            *setting,
            *_role(ranker, pair.how, setting[0].signs),
            ranker.part(_kinds, one.type, one.level, other.type, other.level),
            ranker.part(_linked, min(len(links), 3), tuple(_ends(pair, links)) if links else ()),
        ]
        if len(pair.source) > 1 or len(pair.target) > 1:
            parts.append(ranker.part(_several, len(pair.source) > 1, len(pair.target) > 1))
        if pair.first is None:
            parts.append(ranker.part(_in_mind, pair.how, pair.signs))
        return parts

    def wording(self, pair: Pair) -> Part:
        """The words between the two; from the start of the sentence where the source is of an earlier one."""
        return self._once(View._wording, *self._span(pair))

    def hopeless(self, pair: Pair, parts: Sequence[Part]) -> bool:
        """Whether the words between cannot make a candidate likely that is otherwise seen as `parts`."""
        start, stop = self._span(pair)
        loud = self._loud[self._starts[stop]] - self._loud[self._starts[start]]
        return self._ranker.hopeless(sum([part.total for part in parts]) + loud)

    def _once(self, look: Callable[[View, int, int], Look], start: int, stop: int) -> Part:
        part = self._seen.get((look, start, stop))
        if part is None:
            part = self._seen[look, start, stop] = Part(look(self, start, stop), self._ranker)
        return part

    def _span(self, pair: Pair) -> tuple[int, int]:
        """Where what speaks of both begins and ends: between them, or behind the list that names both, up to the next system."""
        if pair.first != pair.last:
            return 0 if pair.first is None else pair.first + 1, pair.last
        match = _OWN_REST.match(self.tags, pair.last + 1)
        return pair.last + 1, match.end() if match else pair.last + 1

    def _setting(self, pair: Pair) -> Iterator[Part]:
        """What all candidates at these places have in common, what stands between first."""
        first, last = pair.first, pair.last
        yield self._once(View._between, *self._span(pair))
        yield self._once(View._whole, 0, 0)
        yield self._once(View._before, 0, first or 0)
        yield self._once(View._behind, last, 0)
        if first is None:
            yield self._once(View._opening, 0, 0)

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
        if not start:
            seen["systems-before"] = (str(min(tags.count("S"), 2)),)
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


def _role(ranker: Ranker, how: str, between: Signs) -> Iterator[Part]:
    """Where the source was named, alone and with what stands between the two."""
    apart = "".join([tag for tag in ",;:.A" if tag in between["has"]])
    yield ranker.part(_placed, how, apart, *between["near"], *between.get("governor", ()))
    if "shape" in between:
        yield Part({"shape": [f"{shape}&{how}" for shape in between["shape"]]}, ranker)


def _placed(how: str, apart: str, near: str, *governors: str) -> Look:
    return {
        "how": (how,),
        "apart": [f"{tag}&{how}" for tag in apart],
        "near": (f"{near}&{how}",),
        "governor": [f"{governor}&{how}" for governor in governors],
    }


_HOLDS = (None,)
"""The value of a feature that has none."""


def _kinds(source: str, level: str, target: str, other: str) -> Look:
    """Types and levels of the two."""
    seen: Look = {
        "source": (source, f"{source}&{level}"),
        "target": (target, f"{target}&{other}"),
        "types": (f"{source}>{target}",),
        "levels": (f"{level}>{other}",),
    }
    if source == target:
        seen["same-type"] = _HOLDS
    return seen


def _several(sources: bool, targets: bool) -> Look:
    """Which of the two are lists."""
    return {name: _HOLDS for name, several in (("sources", sources), ("targets", targets)) if several}


def _linked(count: int, ends: Iterable[str]) -> Look:
    """What rules already read in the sentence: how many links, and of which of the two."""
    return {"links": (str(count),), **dict.fromkeys(ends, _HOLDS)}


def _in_mind(how: str, signs: Iterable[str]) -> Look:
    """How much in mind a source is that an earlier sentence named."""
    return {"in-mind": [*signs, *(f"{sign}&{how}" for sign in signs)]}


def _ends(pair: Pair, links: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Features of those of the two that links begin or end at."""
    for end, refs in (("source", pair.source), ("target", pair.target)):
        if any(source in refs for source, _ in links):
            yield f"{end}-links-on"
        if any(target in refs for _, target in links):
            yield f"{end}-linked"


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
