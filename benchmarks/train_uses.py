"""What annotated texts teach of uses, the model of them, and how it reads where it has not seen the document.

A candidate is a user of a sentence beside a system named there or before. It is a use where the annotation has one of that system
and number whose words meet the sentence; where they stand elsewhere in the text, the candidate teaches nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.fitting import Sample, fitted
from benchmarks.measure import Count, Item, score
from benchmarks.score_report import Corpus, annotated
from kg.company import names
from kg.graph import fact_json, gather
from kg.model import Document
from kg.ranker import Ranker
from kg.relate import Reader
from kg.text import normalise
from kg.uses import Weighed

THRESHOLD = 0.45
LEAST_WEIGHT = 0.03
TENTHS = 10
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated document and the candidates found in it."""

    corpus: str
    document: Document
    gold: Item
    samples: tuple[Sample, ...]


def lessons(corpus: Corpus, reader: Reader) -> Iterator[Lesson]:
    """Each annotated document of a corpus."""
    for document, gold in annotated(corpus):
        yield Lesson(corpus.name, document, gold, tuple(_samples(document, gold, reader)))


def _samples(document: Document, gold: Item, reader: Reader) -> Iterator[Sample]:
    weighed: list[Weighed] = []
    facts = [fact_json(fact) for fact in gather([reader.read(document, onlooker=weighed.append)]).facts()]
    scored = score(document.name, gold, facts)
    known = {scored.systems[i]["id"]: gold["systems"][j]["id"] for i, j in scored.pairs.items()}
    normal = normalise(document.text, document.body)
    for one in weighed:
        place = normal.raw(one.sentence.unit.start, one.sentence.unit.end)
        label = _label(known.get(one.system), one.number, gold, document.text, place)
        if label is not None:
            yield Sample(names([one.signs]), label)


def _label(system: str | None, number: float | None, gold: Item, text: str, place: tuple[int, int]) -> bool | None:
    """Whether the annotation has such a use at this place; None where it has one that counts as many elsewhere."""
    uses = [use for use in gold["uses"] if use["system"] == system and use["count"] == number]
    starts = [(text.find(use["quote"]), len(use["quote"])) for use in uses]
    if any(start < place[1] and place[0] < start + size for start, size in starts):
        return True
    return None if uses and number is not None else False


def taught_model(taught: Sequence[Lesson], threshold: float = THRESHOLD) -> Ranker:
    """The model of annotated documents."""
    samples = ((number, sample) for number, lesson in enumerate(taught) for sample in lesson.samples)
    return fitted(samples, threshold, LEAST_WEIGHT)


def measure(taught: Sequence[Lesson], reader: Reader) -> None:
    """Print uses per corpus at each threshold, every document read by a model that never saw it."""
    counts: dict[tuple[str, float], Counter[str]] = defaultdict(Counter)
    for tenth in range(TENTHS):
        model = taught_model([lesson for n, lesson in enumerate(taught) if n % TENTHS != tenth])
        for threshold in THRESHOLDS:
            reading = Reader(replace(reader.ontology, use_model=replace(model, threshold=threshold)))
            for lesson in taught[tenth::TENTHS]:
                facts = [fact_json(fact) for fact in gather([reading.read(lesson.document)]).facts()]
                count = score(lesson.document.name, lesson.gold, facts).counts["uses"]
                for corpus in (lesson.corpus, "all"):
                    counts[corpus, threshold].update({key: getattr(count, key) for key in _COUNTED})
    for (corpus, threshold), sums in sorted(counts.items()):
        c = Count(*(sums[key] for key in _COUNTED))
        told = f"P {c.precision:.3f} R {c.recall:.3f} F1 {c.f1:.3f}"
        print(f"{corpus:14} uses from {threshold:.2f} on {told}")


_COUNTED = ("right", "predicted", "gold")
