"""A linear model: named features → how likely, and which of them made it so. Trained by `make train`, read from JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import OntologyError

Sign = tuple[str, str | None]
"""A feature in two parts: ("verb", "C") is the feature "verb=C", ("same-type", None) the feature "same-type"."""


def feature(sign: Sign) -> str:
    """The name of a feature.

    >>> feature(("verb", "C")), feature(("same-type", None))
    ('verb=C', 'same-type')
    """
    kind, value = sign
    return kind if value is None else f"{kind}={value}"


@dataclass(frozen=True, slots=True)
class Ranker:
    """Logistic regression over features that hold or do not.

    >>> ranker = Ranker({"sky=rain": 2.0, "wind": -0.5}, -1.0, 0.5)
    >>> round(ranker.probability([("sky", "rain"), ("sky", "fog")]), 2)
    0.73
    >>> ranker.reasons({"sky=rain", "wind"})
    ('sky=rain', 'wind')
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    """Probability from which on it says yes."""
    _signs: Mapping[Sign, float] = field(init=False, repr=False)
    """The weights by sign."""

    def __post_init__(self) -> None:
        parts = ((name.partition("="), weight) for name, weight in self.weights.items())
        signs = {(kind, value if equals else None): weight for (kind, equals, value), weight in parts}
        object.__setattr__(self, "_signs", signs)

    def probability(self, signs: Iterable[Sign]) -> float:
        """How likely, from 0 to 1; each sign comes once."""
        weights = filter(None, map(self._signs.get, signs))
        total = math.fsum((self.bias, *weights))
        return 1 / (1 + math.exp(-total)) if total > _FAR else 0.0

    def reasons(self, features: Iterable[str], count: int = 3) -> tuple[str, ...]:
        """The features that speak loudest for it, the loudest first."""
        known = [name for name in features if name in self.weights]
        return tuple(sorted(known, key=lambda name: (-self.weights[name], name))[:count])


_FAR = -700.0
"""The least sum of weights: below it the exponential has no value."""


def _number(value: object) -> float:
    number = float(str(value))
    if not math.isfinite(number):
        raise ValueError(f"not a number: {value}")
    return number


def load_ranker(path: Path) -> Ranker:
    """The model in a JSON file: `bias`, `threshold` and `weights` by feature.

    Raises:
        OntologyError: the file cannot be read or holds something else; names the file.

    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): _number(weight) for name, weight in data["weights"].items()}
        return Ranker(weights, _number(data["bias"]), _number(data["threshold"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise OntologyError(path, None, f"no model: {problem}", "make train writes it") from problem
