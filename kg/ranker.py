"""Linear models: named features → how likely, and which of them made it so. Trained by `make train`, read from JSON."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import OntologyError

Model = TypeVar("Model")
Signs = Mapping[str, Collection[str | None]]
"""Features by kind, each once: {"verb": ["C"], "same-type": [None]} are the features "verb=C" and "same-type"."""


def features(signs: Signs) -> Iterator[str]:
    """The names of features.

    >>> list(features({"verb": ["C"], "same-type": [None]}))
    ['verb=C', 'same-type']
    """
    return (kind if value is None else f"{kind}={value}" for kind, values in signs.items() for value in values)


@dataclass(frozen=True, slots=True)
class Ranker:
    """Logistic regression over features that hold or do not.

    >>> ranker = Ranker({"sky=rain": 2.0, "wind": -0.5}, -1.0, 0.5)
    >>> round(ranker.probability(ranker.heard({"sky": ["rain", "fog"]})), 2)
    0.73
    >>> ranker.reasons({"sky=rain", "wind"})
    ('sky=rain', 'wind')
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    """Probability from which on it says yes."""
    _kinds: Mapping[str, Mapping[str | None, float]] = field(init=False, repr=False)
    """The weights by kind and value."""
    _loud: Mapping[str, Mapping[str | None, float]] = field(init=False, repr=False)
    """Those that speak for it."""
    _least: float = field(init=False, repr=False)
    """The sum of weights, without the bias, below which it certainly says no."""
    _parts: dict[tuple[Callable[..., Signs], tuple[Hashable, ...]], Part] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """What `part` has weighed, by what it is of."""

    def __post_init__(self) -> None:
        kinds: defaultdict[str, dict[str | None, float]] = defaultdict(dict)
        for name, weight in self.weights.items():
            kind, equals, value = name.partition("=")
            kinds[kind][value if equals else None] = weight
        object.__setattr__(self, "_kinds", dict(kinds))
        loud = {kind: {value: w for value, w in known.items() if w > 0} for kind, known in kinds.items()}
        object.__setattr__(self, "_loud", loud)
        certain = 0 < self.threshold < 1
        least = math.log(self.threshold / (1 - self.threshold)) - self.bias - _ROUNDING if certain else -math.inf
        object.__setattr__(self, "_least", least)

    def heard(self, signs: Signs) -> list[float]:
        """The weights of those features that it knows."""
        kinds = self._kinds
        return [
            known[value]
            for kind, values in signs.items()
            if kind in kinds
            for known in (kinds[kind],)
            for value in values
            if value in known
        ]

    def part(self, look: Callable[..., Signs], *what: Hashable) -> Part:
        """The features that `look` sees of `what`, weighed once: for what takes few values, such as types."""
        part = self._parts.get((look, what))
        if part is None:
            part = self._parts[look, what] = Part(look(*what), self)
        return part

    def loud(self, kind: str, values: Iterable[str]) -> list[float]:
        """How much the feature of each value speaks for it, 0 where it speaks against it or the model knows nothing of it."""
        return list(map(self._loud.get(kind, {}).get, values, repeat(0.0)))

    def hopeless(self, total: float) -> bool:
        """Whether weights of no more than `total` cannot make it say yes."""
        return total < self._least

    def probability(self, weights: Iterable[float]) -> float:
        """How likely features of these weights make it, from 0 to 1; the same in whatever order they come."""
        total = math.fsum((self.bias, *weights))
        return 1 / (1 + math.exp(-total)) if total > _FAR else 0.0

    def reasons(self, features: Iterable[str], count: int = 3) -> tuple[str, ...]:
        """The features that speak loudest for it, the loudest first."""
        known = [name for name in features if name in self.weights]
        return tuple(sorted(known, key=lambda name: (-self.weights[name], name))[:count])


class Part:
    """Features of a candidate, and the weights of those that a ranker knows."""

    __slots__ = ("_again", "signs", "total", "weights")

    def __init__(self, signs: Signs, ranker: Ranker) -> None:
        self.signs = signs
        self.weights = ranker.heard(signs)
        self.total = sum(self.weights)
        self._again: Sequence[float] | None = None

    def again(self, ranker: Ranker) -> Sequence[float]:
        """Their weights for the other ranker that looks at them, however many candidates share them."""
        if self._again is None:
            self._again = ranker.heard(self.signs)
        return self._again


_ROUNDING = 1e-6
"""More than the error of a sum of weights."""
_FAR = -700.0
"""The least sum of weights: below it the exponential has no value."""


def _number(value: object) -> float:
    number = float(str(value))
    if not math.isfinite(number):
        raise ValueError(f"not a number: {value}")
    return number


def _ranker(data: Mapping[str, Any]) -> Ranker:
    weights = {str(name): _number(weight) for name, weight in data["weights"].items()}
    return Ranker(weights, _number(data["bias"]), _number(data["threshold"]))


@dataclass(frozen=True, slots=True)
class PairModel:
    """What weighs pairs of systems."""

    rough: Ranker
    """Weighs each pair by itself; below its threshold a pair is as good as not there."""
    fine: Ranker
    """Weighs a pair among the others of its sentence."""


def load_pair_model(path: Path) -> PairModel:
    """The model in a JSON file: `rough` and `fine`, of each `bias`, `threshold` and `weights` by feature.

    Raises:
        OntologyError: the file cannot be read or holds something else; names the file.

    """
    return _read(path, lambda data: PairModel(_ranker(data["rough"]), _ranker(data["fine"])))


def load_ranker(path: Path) -> Ranker:
    """The model in a JSON file: `bias`, `threshold` and `weights` by feature.

    Raises:
        OntologyError: the file cannot be read or holds something else; names the file.

    """
    return _read(path, _ranker)


def _read(path: Path, made: Callable[[Any], Model]) -> Model:
    try:
        return made(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise OntologyError(path, None, f"no model: {problem}", "make train writes it") from problem
