"""Who uses a system: each user of a sentence beside each system that it names or that was named before, weighed by the use model."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from kg.model import Dating, UseFact
from kg.passages import Page, Sentence
from kg.ranker import Part, Ranker, Signs, features
from kg.users import Token, Users
from kg.usesigns import MANY, USERS, denied, from_afar, of_both, of_row, of_type, of_user, together
from kg.vocab import statement_iri

RULE = "use model"
"""Begins the rule's name of each use that the model reads; the features that spoke loudest follow."""
COLUMN, LABEL = "users-column", "users-label"
"""The rules of uses that a table's column of users tells, or a label in front of them."""

_NEAREST, _WINDOW = 4, 60
"""Systems on either side of a user that are weighed, and within how many words."""


class Weighed(NamedTuple):
    """A user and a system, with what there was to see of them, for one who looks on."""

    sentence: Sentence
    user: str
    number: float | None
    system: str
    signs: Signs


class Earlier:
    """The systems named before the sentence at hand, by where that was."""

    def __init__(self) -> None:
        self.number = 0
        """Of the sentence in its paragraph, from 1."""
        self._paragraph = -1
        self._opening = ""
        """The first system of the paragraph's first sentence."""
        self._last: list[str] = []
        """The systems of the last sentence that named any."""

    def enter(self, sentence: Sentence) -> None:
        """Come to a sentence."""
        self.number += 1
        if sentence.unit.paragraph != self._paragraph:
            self._paragraph, self.number = sentence.unit.paragraph, 1
            self._opening = next((ids[0] for _, ids in sentence.named if ids), "")

    def leave(self, sentence: Sentence) -> None:
        """Leave a sentence."""
        self._last = [ids[0] for _, ids in sentence.named if ids] or self._last

    def systems(self, subject: str) -> dict[str, list[str]]:
        """Ids of systems, each with where it was named; `subject` is what the sentence goes on about, '' for nothing."""
        opening = self._opening if self.number > 1 else ""
        places = [("subject", subject), ("opening", opening)]
        places += [("first", self._last[0]), ("last", self._last[-1])] if self._last else []
        found: dict[str, list[str]] = {}
        for where, system in places:
            if system:
                found.setdefault(system, []).append(where)
        return found


class Uses:
    """Who uses a system; serves any number of documents."""

    def __init__(self, table: Mapping[str, Any], model: Ranker) -> None:
        self._users = Users(table)
        self._model = model
        self._head, self._label = re.compile(table["column"]), re.compile(table["label"])

    def read(
        self,
        page: Page,
        sentence: Sentence,
        earlier: Earlier,
        subject: str,
        onlooker: Callable[[Weighed], object] | None = None,
    ) -> Iterator[UseFact]:
        """Uses that the sentence states, of a system that it names or that was named before; `onlooker` is shown what was weighed."""
        phrases = self._users.phrases(page, sentence)
        users = [phrase for phrase in phrases if phrase.tag != "S"]
        if not users:
            self._cell(page, sentence)
            return
        yield from self._in_column(page, sentence, phrases)
        yield from self._labelled(page, sentence, phrases, subject)
        systems = [phrase for phrase in phrases if phrase.tag == "S"]
        afar = earlier.systems(subject)
        for here in systems:
            for ref in here.refs:
                afar.pop(ref, None)
        if not systems and not afar:
            return
        row = self._users.row(page, sentence, phrases)
        for user, ref, place, parts in self._candidates(page, row, afar, earlier.number):
            signs = [part.signs for part in parts]
            if onlooker:
                onlooker(Weighed(sentence, _words(page, user), user.number, ref, together(signs)))
            probability = self._model.probability(chain.from_iterable(part.weights for part in parts))
            if probability >= self._model.threshold:
                reasons = "; ".join(self._model.reasons(chain.from_iterable(map(features, signs))))
                yield _fact(page, f"{RULE}: {reasons}", user, ref, place, round(probability, 2))

    def _candidates(
        self, page: Page, row: Sequence[Token], afar: Mapping[str, Sequence[str]], number: int
    ) -> Iterator[tuple[Token, str, Token, tuple[Part, ...]]]:
        """Each user of a row with each system near, the phrase that names it, or the user where none does, and what there is to see."""
        model, entities = self._model, page.linker.entities
        systems = [place for place, token in enumerate(row) if token.tag == "S"]
        users = [place for place, token in enumerate(row) if token.tag in USERS]
        crowd = model.part(of_row, min(len(systems), MANY), min(len(users), MANY))
        for at, user in ((at, row[at]) for at in users):
            alone = Part(of_user(row, at, page.normal.low), model)
            for place in _near(systems, at):
                if not denied(row, at, place):
                    both = Part(of_both(row, at, place), model)
                    for ref in row[place].refs:
                        kind = model.part(of_type, entities[ref].type, user.tag)
                        yield user, ref, row[place], (crowd, alone, kind, both)
            if not denied(row, at, at):
                for ref, where in afar.items():
                    far = Part(from_afar(alone.signs, where, number, here=bool(systems)), model)
                    yield user, ref, user, (crowd, alone, model.part(of_type, entities[ref].type, user.tag), far)

    def _cell(self, page: Page, sentence: Sentence) -> tuple[int, int] | None:
        """Where the row's cell of users stands; rows are asked in their order, for heads come first."""
        low = page.normal.low
        if "|" not in low[sentence.unit.start : sentence.unit.end]:
            return None
        return page.rows.cell(low, sentence.unit.start, self._head)

    def _in_column(self, page: Page, sentence: Sentence, phrases: Sequence[Token]) -> Iterator[UseFact]:
        """Who stands in the column of users of a table, with the system that the row names first."""
        cell = self._cell(page, sentence)
        if cell is None:
            return
        inside = [token for token in phrases if cell[0] <= token.start < cell[1]]
        system = next((token for token in phrases if token.tag == "S" and token not in inside), None)
        if system is not None:
            for user in inside:
                if user.tag not in "SG":
                    yield _fact(page, COLUMN, user, system.refs[0], system, 0.75)

    def _labelled(self, page: Page, sentence: Sentence, phrases: Sequence[Token], subject: str) -> Iterator[UseFact]:
        """Who stands behind a label such as 'Đơn vị sử dụng:', with the system in front of it, or else the subject."""
        label = self._label.search(page.normal.low, sentence.unit.start, sentence.unit.end)
        if label is None:
            return
        before = [token for token in phrases if token.tag == "S" and token.end <= label.start()]
        system = before[-1].refs[0] if before else subject
        for user in phrases:
            if system and user.tag in "AaOP" and user.start >= label.end():
                yield _fact(page, LABEL, user, system, before[-1] if before else user, 0.75)


def _near(systems: Sequence[int], at: int) -> list[int]:
    """Those of the places of systems that stand near a place: what is far from a user is not what it uses."""
    behind = bisect(systems, at)
    return [place for place in systems[max(0, behind - _NEAREST) : behind + _NEAREST] if abs(place - at) <= _WINDOW]


def _words(page: Page, token: Token) -> str:
    return " ".join(page.normal.text[token.start : token.end].split())


def _fact(page: Page, rule: str, user: Token, system: str, place: Token, confidence: float) -> UseFact:
    ref, words = page.ref(system), _words(page, user)
    node = statement_iri(page.document.name, "use", ref.id, words)
    evidence = page.evidence(min(user.start, place.start), max(user.end, place.end), rule, confidence)
    return UseFact(node, words, ref, user.number, Dating(page.home.date, "document"), evidence)
