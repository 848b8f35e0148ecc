"""The second look at a candidate: how likely the others of its sentence are by themselves, and what of it tells more together.

By itself each of two systems that stand before one verb looks like its subject; beside the other it does not. So a second model
weighs what the first made of all candidates: stacked generalisation (Wolpert, 1992), over sequences as of Cohen and Carvalho (2005).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

from kg.pairs import Pair
from kg.ranker import Part, Signs, features
from kg.sights import Look

_LEVELS = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97)
"""What likelihoods are told apart by; below the first, a candidate is as good as not there."""
FAINT = _LEVELS[0]
_FAINT = "0"
_TOLD = (_FAINT, *map(str, _LEVELS))
_KINDS = (
    "before",
    "governor",
    "how",
    "last-verb",
    "near",
    "parted",
    "preposition",
    "source",
    "systems",
    "target",
    "types",
    "verb-before",
    "verbs",
)
"""Features any two of which tell more together."""
_WANTED = frozenset(_KINDS)
_NAMES = [(one, other, f"{one}+{other}") for one, other in combinations(_KINDS, 2)]


class Seen(NamedTuple):
    """A candidate as the model sees it."""

    pair: Pair
    parts: Sequence[Part]
    """What is to see of it by itself."""
    chance: float
    """How likely it is by itself."""
    probability: float = 0.0
    """How likely it is among the others of the sentence; 0 where it is faint by itself."""
    among: Signs = MappingProxyType({})
    """What the others say of it."""
    unaided: Sequence[Signs] = ()
    """What would be to see of it by itself had no rule read the sentence; for one who looks on."""

    @property
    def signs(self) -> list[Signs]:
        """Features of it by itself."""
        return [part.signs for part in self.parts]

    @property
    def features(self) -> frozenset[str]:
        """Names of the features that hold."""
        return names((*self.signs, together(self.signs), self.among))


def names(signs: Iterable[Signs]) -> frozenset[str]:
    """Names of features."""
    return frozenset(name for some in signs for name in features(some))


class Company:
    """The candidates of a sentence.

    Args:
        pairs: the candidates, by their target from left to right.
        chances: how likely each is by itself, from 0 to 1; 1 where a rule reads it.

    """

    def __init__(self, pairs: Sequence[Pair], chances: Sequence[float]) -> None:
        self._pairs, self._chances = pairs, chances
        self._onto: defaultdict[int | None, list[int]] = defaultdict(list)
        """Candidates by their target."""
        self._from: defaultdict[int | None, list[int]] = defaultdict(list)
        """Candidates by their source."""
        self._beside: list[tuple[int | None, int | None]] = [(None, None)] * len(pairs)
        """The candidates of the same source with the target before and the one behind."""
        latest: dict[tuple[int | None, tuple[str, ...]], int] = {}
        for at in sorted(range(len(pairs)), key=lambda index: pairs[index].last):
            pair = pairs[at]
            self._onto[pair.last].append(at)
            if pair.first is not None:
                self._from[pair.first].append(at)
            left = latest.get((pair.first, pair.source))
            latest[pair.first, pair.source] = at
            if left is not None:
                self._beside[at] = (left, None)
                self._beside[left] = (self._beside[left][0], at)

    def look(self, at: int) -> Look:
        """How likely candidate `at` is by itself, and those it stands among."""
        pair, left, right = self._pairs[at], *self._beside[at]
        rivals = [other for other in self._onto[pair.last] if other != at]
        nearer = {other for other in rivals if _nearer(self._pairs[other], pair)}
        alone = _level(self._chances[at])
        seen: Look = {"alone": (alone,)}
        for name, others in (
            ("nearer", nearer),
            ("farther", [other for other in rivals if other not in nearer]),
            ("left", () if left is None else (left,)),
            ("right", () if right is None else (right,)),
            ("onward", self._from.get(pair.last, ())),
            ("inward", self._onto.get(pair.first, ())),
        ):
            if (level := _level(max((self._chances[other] for other in others if other != at), default=0.0))) != _FAINT:
                seen[name] = (level, f"{level}&{alone}")
        if len(seen) == 1:
            seen["only"] = (alone,)
        return seen


def together(parts: Iterable[Signs]) -> Look:
    """Features that tell more together, two at a time.

    >>> together([{"near": ["W", "W&here"]}, {"how": ["here"], "word": ["với"]}])
    {'how+near': ['here|W']}
    """
    known: dict[str, list[str]] = {}
    for signs in parts:
        for kind in signs.keys() & _WANTED:
            if plain := [value for value in signs[kind] if value is not None and "&" not in value]:
                known.setdefault(kind, []).extend(plain)
    return {
        name: [f"{a}|{b}" for a in known[one] for b in known[other]]
        for one, other, name in _NAMES
        if one in known and other in known
    }


def _nearer(one: Pair, other: Pair) -> bool:
    """Whether the source of `one` stands between the source of `other` and the target that they share."""
    return one.first is not None and (other.first is None or one.first > other.first)


def _level(chance: float) -> str:
    """The likelihood that `chance` reaches of those that are told apart."""
    return _TOLD[bisect_right(_LEVELS, chance)]
