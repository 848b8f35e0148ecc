"""What a document says beside names and links: policies it cites, figures it gives, organisations that use a system.

sentences ─┬─ citations ─▶ PolicyFact
           ├─ figures ───▶ MeasureFact
           └─ uses ──────▶ UseFact
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from kg.citations import Citations
from kg.dating import DateReader
from kg.figures import Figures
from kg.model import MeasureFact, PolicyFact, UseFact
from kg.ontology import Ontology
from kg.passages import Page, Sentence, words_of
from kg.uses import Earlier, Uses, Weighed

Statement = UseFact | MeasureFact | PolicyFact

_DIGIT, _LETTERS = re.compile(r"\d"), re.compile(r"[^\W\d_]+")
_OPENING = 12
"""Characters before a name that still opens its paragraph."""


class StatementReader:
    """Reads policies, measures and uses; serves any number of documents."""

    def __init__(self, ontology: Ontology, dates: DateReader) -> None:
        tables = {
            key.split(".", 1)[1]: value for key, value in ontology.tables.items() if key.startswith("statements.")
        }
        words = {key.split(".", 1)[1]: value for key, value in ontology.words.items() if key.startswith("statements.")}
        lists = {key: words_of("|".join(value)) for key, value in words.items()}
        self._citations = Citations(tables["policies"], lists["units"])
        self._figures = Figures(tables, lists, dates)
        self._uses = Uses(tables["uses"], ontology.use_model)

    def read(
        self,
        page: Page,
        sentences: Sequence[Sentence],
        subjects: Mapping[int, tuple[str, ...]],
        onlooker: Callable[[Weighed], object] | None = None,
    ) -> Iterator[Statement]:
        """The statements of a document, each once, sentence by sentence.

        Args:
            page: the document; `sentences` hold offsets of its text in one spelling.
            sentences: its units with the systems they name.
            subjects: what each sentence goes on about, by its start.
            onlooker: is shown each user and system that was weighed.

        """
        earlier = Earlier()
        seen: set[object] = set()
        paragraph, topic = -1, ""
        for sentence in sentences:
            unit = sentence.unit
            if unit.paragraph != paragraph:
                paragraph, topic = unit.paragraph, _topic(sentence)
            subject = subjects.get(unit.start, ())
            earlier.enter(sentence)
            about = subject[0] if len(subject) == 1 else topic
            uses = self._uses.read(page, sentence, earlier, about, onlooker)
            for fact in chain(self._facts(page, sentence, topic), uses):
                if seen.isdisjoint(keys := _keys(fact)):
                    seen |= keys
                    yield fact
            earlier.leave(sentence)

    def _facts(self, page: Page, sentence: Sentence, topic: str) -> Iterator[Statement]:
        start, end = sentence.unit.start, sentence.unit.end
        numbered = _DIGIT.search(page.normal.low, start, end) is not None
        yield from self._citations.read(page, start, end, numbered=numbered)
        if numbered:
            yield from self._figures.read(page, sentence, topic)


def _keys(fact: Statement) -> set[object]:
    """What no other statement may share: its id; of a use, whom so many are of, for '18 sở' are '18 sở, ngành' told again."""
    if not isinstance(fact, UseFact) or fact.count is None:
        return {fact.id}
    noun = _LETTERS.search(fact.actor.lower())
    return {fact.id, (fact.system.id, fact.count, noun[0] if noun else "")}


def _topic(sentence: Sentence) -> str:
    """Id of the system that a paragraph, whose first sentence this is, opens with; '' without."""
    first = next(((m, ids) for m, ids in sentence.named if ids), None)
    return first[1][0] if first and first[0].start - sentence.unit.start <= _OPENING else ""
