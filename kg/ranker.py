"""A linear model: named features → how likely, and which of them made it so. Trained by `make train`, read from JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Ranker:
    """Logistic regression over features that hold or do not.

    >>> ranker = Ranker({"rain": 2.0, "wind": -0.5}, -1.0, 0.5)
    >>> round(ranker.probability({"rain", "fog"}), 2)
    0.73
    >>> ranker.reasons({"rain", "wind"})
    ('rain', 'wind')
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    """Probability from which on it says yes."""

    def probability(self, features: Iterable[str]) -> float:
        """How likely, from 0 to 1."""
        weights = self.weights
        return 1 / (1 + math.exp(-math.fsum((self.bias, *(weights[name] for name in features if name in weights)))))

    def reasons(self, features: Iterable[str], count: int = 3) -> tuple[str, ...]:
        """The features that speak loudest for it, the loudest first."""
        known = [name for name in features if name in self.weights]
        return tuple(sorted(known, key=lambda name: (-self.weights[name], name))[:count])


def load_ranker(path: Path) -> Ranker:
    """The model in a JSON file: `bias`, `threshold` and `weights` by feature.

    Raises:
        OntologyError: the file cannot be read or holds something else; names the file.

    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): float(weight) for name, weight in data["weights"].items()}
        return Ranker(weights, float(data["bias"]), float(data["threshold"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise OntologyError(path, None, f"no model: {problem}", "make train writes it") from problem
