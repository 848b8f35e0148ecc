"""Who does what a verb says: the free system before it, a topic, or whoever was spoken of before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.stream import GOVERNORS, VERBS, Discourse, Stream


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does what a verb says: `refs` empty where it is no system or nobody. `how`: near, shared, inherited, none."""

    refs: tuple[str, ...]
    how: str
    start: int | None = None


NOBODY = Subject((), "none")


def subject_of(
    stream: Stream, verb: int, earlier: Subject | None, main: Subject | None, done: int, discourse: Discourse
) -> Subject:
    """The subject of the verb at index `verb`.

    Nearest free system to the left, else that of the verb it is coordinated with, else the topic, else that of the
    sentence before. An organisation or any other noun right before the verb is a subject of its own: then nobody.

    `earlier` is the subject of the link read last, `main` that of the sentence's first, `done` the index behind it.
    """
    return _Search(stream, verb, earlier, main, done, discourse).run()


class _Search:
    """A walk from a verb to the left until somebody is found."""

    def __init__(
        self, stream: Stream, verb: int, earlier: Subject | None, main: Subject | None, done: int, discourse: Discourse
    ) -> None:
        self.row, self.tags, self.verb, self.done = stream.chunks, stream.tags, verb, done
        self.earlier = earlier if earlier and earlier.refs else None
        self.main = main if main and main.refs else None
        self.discourse = discourse
        tags = stream.tags
        match = (
            _LEADING.match(tags, tags.rfind(";", 0, verb) + 1)
            or _LEADING.match(tags)
            or _SET_OFF.match(tags, tags.rfind(":", 0, verb) + 1)
            or _ROW.match(tags)
        )
        self.leading = match.end() - 1 if match else None
        self.passive = False
        self.crossed = ""
        """The separator first crossed: itself right before the verb's own words, 'x' after others."""
        self.words = 0
        self.coordinated = False
        """Whether 'và' stands right before the verb's own words: then what is left of it has the same subject."""

    def run(self) -> Subject:
        """The subject."""
        for index in range(self.verb - 1, -1, -1):
            found = self._step(index, self.tags[index])
            if found is not None:
                return found
        return self._inherited() if self.words == 0 or self._set_in_front() else NOBODY

    def _set_in_front(self) -> bool:
        """Whether all that stands before the verb's own words is one phrase with a comma: 'Mấy tháng nay, đồng bộ về B'."""
        return self.crossed == "," and self.tags.count(",", 0, self.verb) == 1 and not _DOER.match(self.tags)

    def _step(self, index: int, tag: str) -> Subject | None:
        if tag == "S":
            return self._system(index)
        if tag in "A,;":
            return self._separator(index, tag)
        if tag == ":":
            led = self.leading is not None and self.leading < index
            return self._shared(self.main) or (self._at(self.leading or 0) if led else self._inherited())
        if tag == "b":
            self.passive = True
        elif tag == "x" and not (index and self.tags[index - 1] in GOVERNORS + "oD"):
            self.words += 1
            return NOBODY if self.crossed and self.words > 2 and not self.coordinated else None
        elif ((tag == "O" and not self._helps(index)) or tag == "R") and not self.crossed:
            return self._announced() or NOBODY
        elif tag in VERBS:
            return self._shared(self.earlier)
        return None

    def _system(self, index: int) -> Subject | None:
        if self.tags[index + 1] == "A" and _DONE_TO.search(self.tags[:index]):
            return NOBODY
        if not _governed(self.tags, index) and (index >= self.done or not self.earlier):
            opens = self.crossed == "," and self.leading is not None and self.leading < index
            return self._at(self.leading if opens and self.leading is not None else index)
        self.words = 0
        return self._shared(self.earlier)

    def _separator(self, index: int, tag: str) -> Subject | None:
        if self.words and tag != "A" and not self.coordinated:
            return self._announced() or NOBODY
        if tag == "," and not self.crossed and self._leads():
            return self._at(self.leading or 0)
        self.coordinated = self.coordinated or (tag == "A" and self.words == 0)
        self.crossed = self.crossed or (tag if self.words == 0 else "x")
        if tag == ";" and self.main:
            return self._shared(self.main)
        if self.earlier and self.words == 0 and not self._new_system(index):
            return self._shared(self.earlier)
        if tag == ";" and self.words == 0 and not self.earlier:
            return self._at(self.leading) if self.leading is not None else self._object(index) or self._inherited()
        return None

    def _object(self, end: int) -> Subject | None:
        """What the clause before `end` does something to: 'Nâng cấp A; kết nối với B'."""
        match = _ORDERED.match(self.tags, self.tags.rfind(";", 0, end) + 1, end)
        return self._at(match.end() - 1) if match else None

    def _leads(self) -> bool:
        """Whether a system leads the clause, no link of which has been read yet."""
        return self.leading is not None and (not self.earlier or self.leading >= self.done)

    def _helps(self, index: int) -> bool:
        """Whether the organisation at `index` is no subject: 'được Sở X kết nối', 'phối hợp với Sở X để kết nối'."""
        return self.passive or re.search(r"b[xOn]*$|uW$", self.tags[:index]) is not None

    def _announced(self) -> Subject | None:
        """The system that 'Đối với A, …' sets as topic."""
        return Subject(self.row[1].refs, "near", self.row[1].start) if re.match(r"kS,", self.tags) else None

    def _at(self, index: int) -> Subject:
        return Subject(self.row[index].refs, "near", self.row[index].start)

    @staticmethod
    def _shared(other: Subject | None) -> Subject | None:
        return Subject(other.refs, "shared", other.start) if other else None

    def _inherited(self) -> Subject:
        if self.discourse.topic:
            return Subject(self.discourse.topic, "topic")
        return Subject(self.discourse.subject, "inherited") if self.discourse.subject else NOBODY

    def _new_system(self, index: int) -> bool:
        """Whether a system not yet part of a link stands right before a comma or 'và'."""
        before = index - 1
        return before >= self.done and self.tags[before] == "S" and not _governed(self.tags, before)


_DOER = re.compile("[utnk]*O")
"""An organisation that opens the sentence: what follows is its doing."""
_LEADING = re.compile(r"[utnkIT,x]{0,5}?S(?=[ubNUxhnR,DMjLCGYEXm-])")
"""A system that opens the sentence as its subject."""
_DONE_TO = re.compile("O[^S;:.]*[xh]$")
"""Words behind which a system is what an organisation does something to: 'Sở hướng dẫn cài A và tra B'."""
_ORDERED = re.compile(r"[utnxNhU]{1,5}S(?=[xoO]*$)")
"""A clause that says no more than what is done to a system."""
_SET_OFF = re.compile(r"[utnkIT,x]{0,5}?S(?=,)")
"""The same behind a colon, where a comma sets off what is told of it."""
_ROW = re.compile(r"n?[;|]?S(?=[;|])")
"""A system that a row of a list is about."""


def _governed(tags: str, index: int) -> bool:
    """Whether the system at `index` is the object of a preposition, or an owner."""
    before = index - 1
    while before >= 0 and tags[before] in "nd" and index - before < 3:
        before -= 1
    return before >= 0 and tags[before] in GOVERNORS + "o"


def topic_of(stream: Stream) -> tuple[str, ...]:
    """Systems that a sentence announces as its topic: 'Về X:', 'Đối với X,', 'X:'."""
    match = _TOPIC.match(stream.tags)
    return stream.chunks[match.end() - 1].refs if match else ()


def name_alone(stream: Stream) -> bool:
    """Whether a line says no more than a name, as a heading does."""
    return re.match("S:?$", stream.tags) is not None


def leading_system(stream: Stream) -> tuple[str, ...]:
    """The systems a sentence begins with, as its subject or heading."""
    match = _FIRST.match(stream.tags)
    return stream.chunks[match.end() - 1].refs if match else ()


def opening_system(stream: Stream) -> tuple[str, ...]:
    """The systems that a sentence speaks of first, behind no more than a time or a place: 'Từ tháng 6, Cổng …'."""
    match = _OPENING.match(stream.tags)
    return stream.chunks[match.end() - 1].refs if match else ()


_TOPIC = re.compile(r"(?:[Ikux]{0,2}S(?=:)|kS(?=,)|[^S]{0,6}S(?=:$))")
_FIRST = re.compile(r"\|?[utnkI]{0,3}S")
_OPENING = re.compile(r"\|?[utnkIFT,xO]{0,9}(?<![IFTxO])S")
