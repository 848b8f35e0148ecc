"""Samples → a linear model: L2-regularised logistic regression (scikit-learn, liblinear); the same samples give the same model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.ranker import Ranker

STRENGTH = 0.1
"""Inverse of the regularisation."""
LEAST_DOCUMENTS = 4
"""A feature of fewer documents is not learned."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A candidate as a model sees it, with its label."""

    features: frozenset[str]
    linked: bool
    weight: float = 1.0


def fitted(samples: Iterable[tuple[int, Sample]], threshold: float, least_weight: float) -> Ranker:
    """The model of samples, each with the number of its document; weights below the least are left out."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    samples = list(samples)
    documents: dict[str, set[int]] = defaultdict(set)
    for number, sample in samples:
        for name in sample.features:
            documents[name].add(number)
    learned = {name for name, where in documents.items() if len(where) >= LEAST_DOCUMENTS}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(sorted(s.features & learned), 1) for _, s in samples])
    # liblinear takes no 64-bit indices, which some releases of scipy give
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=1000, tol=1e-6)
    model.fit(matrix, [int(s.linked) for _, s in samples], sample_weight=[s.weight for _, s in samples])
    pairs = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(name): round(float(weight), 3) for name, weight in pairs if abs(weight) >= least_weight}
    return Ranker(weights, round(float(model.intercept_[0]), 3), threshold)
