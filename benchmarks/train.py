"""Train the pair model on the annotated texts, and measure what it adds where it has not seen the document.

    python -m benchmarks.train             train on the texts of tests/corpus, write ontology/models/pairs.json
    python -m benchmarks.train --measure   leave each document out once: links by rules alone and with the model

L2-regularised logistic regression (scikit-learn, liblinear) over the features of `kg.pairs`, those of three documents and more.
Candidates that a rule reads anyway weigh less: the model is asked about the others. Rules know the training texts and read less of
any other: so each candidate of a sentence that they read is shown once more as if they had read nothing. Candidates whose
annotation is optional, or stands at another place of the text, teach nothing and are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.measure import Count, Item, score
from benchmarks.score_report import Corpus, corpora
from kg.documents import Unreadable, read_documents
from kg.graph import fact_json, gather
from kg.learned import RULE
from kg.linking import Heard
from kg.model import Document
from kg.ontology import PAIR_MODEL, load_ontology, ontology_folder
from kg.ranker import Ranker
from kg.relate import Reader
from kg.text import normalise

STRENGTH = 0.1
"""Inverse of the regularisation."""
READ_BY_RULE = 0.3
"""Weight of candidates that a rule reads anyway."""
UNAIDED = 0.5
"""Weight of candidates shown as if no rule had read their sentence."""
THRESHOLD = 0.7
LEAST_DOCUMENTS = 3
"""A feature of fewer documents is not learned."""
THRESHOLDS = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Sample:
    """A candidate with its label."""

    features: frozenset[str]
    linked: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated document and what it teaches."""

    corpus: str
    name: str
    document: Document
    gold: Item
    samples: tuple[Sample, ...]


def lessons(corpus: Corpus, reader: Reader) -> Iterator[Lesson]:
    """Each annotated document of a corpus with the samples found in it."""
    for document in read_documents([corpus.texts]):
        path = corpus.gold / f"{document.file.rsplit('.', 1)[0]}.json"
        if not isinstance(document, Unreadable) and path.exists():
            gold = json.loads(path.read_text(encoding="utf-8"))
            yield Lesson(corpus.name, path.stem, document, gold, tuple(_samples(document, gold, reader)))


def _samples(document: Document, gold: Item, reader: Reader) -> Iterator[Sample]:
    heard: list[Heard] = []
    facts = [fact_json(fact) for fact in gather([reader.read(document, heard.append)]).facts()]
    scored = score(document.name, gold, facts)
    known = {scored.systems[i]["id"]: gold["systems"][j]["id"] for i, j in scored.pairs.items()}
    normal = normalise(document.text, document.body)
    for sentence in heard:
        place = normal.raw(sentence.unit.start, sentence.unit.end)
        read = {frozenset((link.source, link.target)) for link in sentence.found if not link.rule.startswith(RULE)}
        for seen in sentence.pairs:
            ends = [(a, b) for a in seen.pair.source for b in seen.pair.target if a != b]
            labels = [_label(frozenset((known.get(a), known.get(b))), gold, document, place) for a, b in ends]
            linked = labels.count(True) * 2 >= len(labels) and True in labels
            if linked or None not in labels:
                yield Sample(seen.features, linked, READ_BY_RULE if any(frozenset(e) in read for e in ends) else 1.0)
                if seen.unaided:
                    yield Sample(seen.features_unaided, linked, UNAIDED)


def _label(ends: frozenset[str | None], gold: Item, document: Document, place: tuple[int, int]) -> bool | None:
    """Whether the annotation links the two at this place; None where it does so elsewhere, or only optionally."""
    links = [link for link in gold["connections"] if ends == {link["source"], link["target"]}]
    if not links:
        return False
    starts = [(document.text.find(link["quote"]), len(link["quote"])) for link in links if not link.get("optional")]
    return True if any(start < place[1] and place[0] < start + size for start, size in starts) else None


def trained(samples: Sequence[tuple[int, Sample]], threshold: float) -> Ranker:
    """The model of samples, each with the number of its document."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

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
    weights = {str(name): round(float(weight), 3) for name, weight in pairs if abs(weight) >= 0.005}
    return Ranker(weights, round(float(model.intercept_[0]), 3), threshold)


def measure(taught: Sequence[Lesson], reader: Reader) -> None:
    """Print links per corpus by rules alone and at each threshold, every document read by a model that never saw it."""
    counts: dict[tuple[str, float], Counter[str]] = defaultdict(Counter)
    for number, lesson in enumerate(taught):
        rest = [(n, sample) for n, other in enumerate(taught) if n != number for sample in other.samples]
        ranker = trained(rest, 1.0)
        for threshold in (1.0, *THRESHOLDS):
            reader.ontology = replace(reader.ontology, pair_model=replace(ranker, threshold=threshold))
            facts = [fact_json(fact) for fact in gather([reader.read(lesson.document)]).facts()]
            for kind in ("links", "full"):
                count = score(lesson.name, lesson.gold, facts).counts[kind]
                for corpus in (lesson.corpus, "all"):
                    counts[corpus, threshold].update(
                        {f"{kind} {key}": getattr(count, key) for key in ("right", "predicted", "gold")}
                    )
        print(f"\r{number + 1} of {len(taught)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for (corpus, threshold), sums in sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] % 1.0)):
        cells = [
            Count(*(sums[f"{kind} {key}"] for key in ("right", "predicted", "gold"))) for kind in ("links", "full")
        ]
        told = "  ".join(f"P {c.precision:.3f} R {c.recall:.3f} F1 {c.f1:.3f}" for c in cells)
        print(f"{corpus:14} {'rules alone' if threshold == 1.0 else f'from {threshold:.2f} on':13} {told}")


def main() -> int:
    """Run as a command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="leave each document out once")
    args = parser.parse_args()
    reader = Reader(load_ontology())
    taught = [lesson for corpus in corpora(os.environ.get("KG_CORPUS")) for lesson in lessons(corpus, reader)]
    if args.measure:
        measure(taught, reader)
        return 0
    ranker = trained([(n, sample) for n, lesson in enumerate(taught) for sample in lesson.samples], THRESHOLD)
    path = ontology_folder() / PAIR_MODEL
    data = {
        "documents": len(taught),
        "bias": ranker.bias,
        "threshold": ranker.threshold,
        "weights": dict(sorted(ranker.weights.items())),
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(ranker.weights)} features of {len(taught)} documents, {path.stat().st_size // 1000} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
