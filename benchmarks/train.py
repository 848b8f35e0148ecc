"""Train the models on the annotated texts, and measure what they read where they have not seen the document.

    python -m benchmarks.train             train on the texts of tests/corpus, write ontology/models/{pairs,uses}.json
    python -m benchmarks.train --measure   leave a tenth of the documents out at a time: links by rules alone and with the pair
                                           model, uses by the use model

The pair model is a logistic regression twice: the rough model weighs each pair by itself, by the features of
`kg.sights`; the fine one weighs it again beside the others of its sentence, by those of `kg.company`. Its training pairs are judged
by rough models that never saw their document (stacked generalisation: Wolpert, 1992).
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
from pathlib import Path

from benchmarks import train_uses
from benchmarks.fitting import Sample, fitted
from benchmarks.measure import Count, Item, score
from benchmarks.score_report import Corpus, annotated, corpora
from kg.company import FAINT, Company, names, together
from kg.graph import fact_json, gather
from kg.learned import RULE
from kg.linking import Heard
from kg.model import Document
from kg.ontology import PAIR_MODEL, USE_MODEL, load_ontology, ontology_folder
from kg.pairs import WAY, Pair
from kg.ranker import PairModel, Ranker, Signs
from kg.relate import Reader
from kg.text import normalise

READ_BY_RULE = 0.3
"""Weight of candidates that a rule reads anyway."""
UNAIDED = 0.5
"""Weight of candidates shown as if no rule had read their sentence."""
THRESHOLD = 0.65
LEAST_WEIGHT = {"rough": 0.005, "fine": 0.04}
"""Weights below it are left out of either model."""
PARTS, TENTHS = 5, 10
"""How many parts the documents are split into, to judge those of one by the others: for the fine model, and to measure."""
THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.78, 0.8)


@dataclass(frozen=True, slots=True)
class View:
    """A candidate by itself."""

    alone: frozenset[str]
    together: frozenset[str]
    """Those of its features that are two at a time."""


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate with its label: None where the annotation does not tell."""

    pair: Pair
    linked: bool | None
    read: bool
    """Whether a rule reads it."""
    aided: View
    unaided: View | None
    """As if no rule had read the sentence; None where none did."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated document and what it teaches: the candidates that stand among each other."""

    corpus: str
    name: str
    document: Document
    gold: Item
    scenes: tuple[tuple[Example, ...], ...]


def lessons(corpus: Corpus, reader: Reader) -> Iterator[Lesson]:
    """Each annotated document of a corpus with the candidates found in it."""
    for document, gold in annotated(corpus):
        yield Lesson(corpus.name, Path(document.file).stem, document, gold, tuple(_scenes(document, gold, reader)))


def _scenes(document: Document, gold: Item, reader: Reader) -> Iterator[tuple[Example, ...]]:
    heard: list[Heard] = []
    facts = [fact_json(fact) for fact in gather([reader.read(document, heard.append)]).facts()]
    scored = score(document.name, gold, facts)
    known = {scored.systems[i]["id"]: gold["systems"][j]["id"] for i, j in scored.pairs.items()}
    normal = normalise(document.text, document.body)
    for sentence in heard:
        place = normal.raw(sentence.unit.start, sentence.unit.end)
        read = {frozenset((link.source, link.target)) for link in sentence.found if not link.rule.startswith(RULE)}
        for look in ("", "lead", WAY):
            scene = []
            for seen in (one for one in sentence.pairs if _look(one.pair) == look):
                ends = [(a, b) for a in seen.pair.source for b in seen.pair.target if a != b]
                labels = [_label(frozenset((known.get(a), known.get(b))), gold, document, place) for a, b in ends]
                linked = labels.count(True) * 2 >= len(labels) and True in labels
                known_label = linked if linked or None not in labels else None
                stated = any(frozenset(end) in read for end in ends)
                unaided = _view(seen.unaided) if seen.unaided else None
                scene.append(Example(seen.pair, known_label, stated, _view(seen.signs), unaided))
            if scene:
                yield tuple(scene)


def _look(pair: Pair) -> str:
    """Which look at a sentence gives a candidate: those of one stand among each other."""
    return next((look for look in ("lead", WAY) if pair.how.startswith(look)), "")


def _view(signs: Sequence[Signs]) -> View:
    return View(names(signs), names([together(signs)]))


def _label(ends: frozenset[str | None], gold: Item, document: Document, place: tuple[int, int]) -> bool | None:
    """Whether the annotation links the two at this place; None where it does so elsewhere, or only optionally."""
    links = [link for link in gold["connections"] if ends == {link["source"], link["target"]}]
    if not links:
        return False
    starts = [(document.text.find(link["quote"]), len(link["quote"])) for link in links if not link.get("optional")]
    return True if any(start < place[1] and place[0] < start + size for start, size in starts) else None


def rough_samples(taught: Sequence[Lesson]) -> Iterator[tuple[int, Sample]]:
    """What candidates by themselves teach, each with the number of its document."""
    for number, lesson in enumerate(taught):
        for example in (one for scene in lesson.scenes for one in scene):
            if example.linked is not None:
                weight = READ_BY_RULE if example.read else 1.0
                yield number, Sample(example.aided.alone, example.linked, weight)
                if example.unaided:
                    yield number, Sample(example.unaided.alone, example.linked, UNAIDED)


def fine_samples(taught: Sequence[Lesson]) -> Iterator[tuple[int, Sample]]:
    """What candidates among others teach, where rough models that never saw the document do not take them for faint."""
    for part in range(PARTS):
        rough = fitted(
            rough_samples([one for n, one in enumerate(taught) if n % PARTS != part]), FAINT, LEAST_WEIGHT["rough"]
        )
        for number in range(part, len(taught), PARTS):
            for scene in taught[number].scenes:
                for sample in _scene_samples(scene, rough):
                    yield number, sample


def _scene_samples(scene: Sequence[Example], rough: Ranker) -> Iterator[Sample]:
    pairs = [one.pair for one in scene]
    aided = [1.0 if one.read else _chance(rough, one.aided) for one in scene]
    unaided = [_chance(rough, one.unaided or one.aided) for one in scene]
    for chances, weight in ((aided, 1.0), (unaided, UNAIDED)):
        company = Company(pairs, chances)
        for at, example in enumerate(scene):
            view = example.aided if chances is aided else example.unaided
            if view and chances[at] >= FAINT and example.linked is not None and not (example.read and chances is aided):
                among = names([company.look(at)])
                yield Sample(view.alone | view.together | among, example.linked, weight)


def _chance(rough: Ranker, view: View) -> float:
    return rough.probability(rough.weights[name] for name in view.alone if name in rough.weights)


def taught_model(taught: Sequence[Lesson], threshold: float) -> PairModel:
    """The model of annotated documents."""
    rough = fitted(rough_samples(taught), FAINT, LEAST_WEIGHT["rough"])
    return PairModel(rough, fitted(fine_samples(taught), threshold, LEAST_WEIGHT["fine"]))


def measure(taught: Sequence[Lesson], reader: Reader) -> None:
    """Print links per corpus by rules alone and at each threshold, every document read by a model that never saw it."""
    counts: dict[tuple[str, float], Counter[str]] = defaultdict(Counter)
    for tenth in range(TENTHS):
        model = taught_model([lesson for n, lesson in enumerate(taught) if n % TENTHS != tenth], 1.0)
        for lesson in taught[tenth::TENTHS]:
            for threshold in (1.0, *THRESHOLDS):
                fine = replace(model.fine, threshold=threshold)
                reader.ontology = replace(reader.ontology, pair_model=replace(model, fine=fine))
                facts = [fact_json(fact) for fact in gather([reader.read(lesson.document)]).facts()]
                for kind in ("links", "full"):
                    count = score(lesson.name, lesson.gold, facts).counts[kind]
                    for corpus in (lesson.corpus, "all"):
                        counts[corpus, threshold].update(
                            {f"{kind} {key}": getattr(count, key) for key in ("right", "predicted", "gold")}
                        )
        print(f"\r{tenth + 1} of {TENTHS}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for (corpus, threshold), sums in sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] % 1.0)):
        cells = [
            Count(*(sums[f"{kind} {key}"] for key in ("right", "predicted", "gold"))) for kind in ("links", "full")
        ]
        told = "  ".join(f"P {c.precision:.3f} R {c.recall:.3f} F1 {c.f1:.3f}" for c in cells)
        print(f"{corpus:14} {'rules alone' if threshold == 1.0 else f'from {threshold:.2f} on':13} {told}")


def _text(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=0) + "\n"


def _json(ranker: Ranker) -> dict[str, object]:
    return {"bias": ranker.bias, "threshold": ranker.threshold, "weights": dict(sorted(ranker.weights.items()))}


def main() -> int:
    """Run as a command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="leave each document out once")
    args = parser.parse_args()
    reader = Reader(load_ontology())
    taught = [lesson for corpus in corpora(os.environ.get("KG_CORPUS")) for lesson in lessons(corpus, reader)]
    told = [lesson for corpus in corpora(os.environ.get("KG_CORPUS")) for lesson in train_uses.lessons(corpus, reader)]
    if args.measure:
        measure(taught, reader)
        train_uses.measure(told, reader)
        return 0
    uses = train_uses.taught_model(told)
    (ontology_folder() / USE_MODEL).write_text(_text(_json(uses)), encoding="utf-8")
    print(f"{Path(USE_MODEL).name}: {len(uses.weights)} features of {len(told)} documents")
    model = taught_model(taught, THRESHOLD)
    path = ontology_folder() / PAIR_MODEL
    data = {"documents": len(taught), "rough": _json(model.rough), "fine": _json(model.fine)}
    path.write_text(_text(data), encoding="utf-8")
    size = len(model.rough.weights) + len(model.fine.weights)
    print(f"{path.name}: {size} features of {len(taught)} documents, {path.stat().st_size // 1000} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
