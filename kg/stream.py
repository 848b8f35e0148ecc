"""A sentence as a stream of tagged chunks, and what earlier sentences leave behind: the values that links are read from."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.mention import Mention
from kg.pieces import Piece

VERBS = "CGYXMLEhjpcUf>"
TRIGGERS = VERBS + "Ns|-meTI"
"""Tags of the words that state links; the rules are tried at TRIGGERS: at these, at a bare denial, between table cells and at 'trên'."""
POINTING = ("z", "r")
"""Tags of pieces that may point back to a system."""
PARTIES = "connectsTo"
"""What pointers signal that stand for two ends: 'hai bên'."""
GOVERNORS = "WIFTQB"


class Chunk(NamedTuple):
    """One letter of the stream. `refs` are ids of systems, for tags S and, after resolution, Z."""

    start: int
    end: int
    tag: str
    low: str
    refs: tuple[str, ...] = ()
    signals: str | None = None
    """Local name of the relation or status its cue stands for."""
    plural: bool = False
    head: str = ""


_made = Chunk._make
"""As the class itself, and faster: a text is made of many chunks."""


def tags_of(row: Iterable[Chunk]) -> str:
    """The tags of chunks as one string."""
    return "".join([chunk.tag for chunk in row])


@dataclass(slots=True)
class Discourse:
    """What earlier sentences leave behind: who was spoken of, and who was the subject."""

    recent: list[str] = field(default_factory=list)
    """Ids in the order of their mentions, the latest last."""
    latest: tuple[str, ...] = ()
    """Ids that the last sentence mentioned."""
    closing: frozenset[str] = frozenset()
    """Those of them that its last clause mentioned; empty where it named none."""
    subject: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    """The one system that all the links of the last sentence went to; empty where they went to several, or none."""
    topic: tuple[str, ...] = ()
    topics: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)
    """Topics of the lines above by depth, the deepest last."""

    @property
    def about(self) -> tuple[str, ...]:
        """What the last sentence was about: where several stood on one side of its links, the one on the other."""
        return (len(self.subject) > 1 and self.common) or self.subject or self.topic

    def enter(self, depth: float, same: bool) -> None:
        """A line of this depth begins; `same`: it goes on as an item of the list before it."""
        while self.topics and self.topics[-1][0] >= depth:
            self.topics.pop()
        self.topic = self.topics[-1][1] if self.topics else ()
        if not same:
            self.subject = ()

    def leave(self, depth: float, refs: tuple[str, ...]) -> None:
        """The first sentence of a line of this depth spoke of `refs`: deeper lines are about them."""
        if refs:
            while self.topics and self.topics[-1][0] >= depth:
                self.topics.pop()
            self.topics.append((depth, refs))

    def mention(self, ids: Sequence[str], closing: Iterable[str] = ()) -> None:
        """Note that `ids` were just spoken of, `closing` by the last clause."""
        self.latest, self.closing = tuple(ids), frozenset(closing)
        self.recent.extend(ids)
        del self.recent[:-40]


class Stream(NamedTuple):
    """Chunks with their tags as one string, and the intermediaries that were taken out of it."""

    chunks: tuple[Chunk, ...]
    tags: str
    via: tuple[tuple[int, Chunk], ...]
    """Each with the index of the chunk it stood before."""

    @property
    def closing(self) -> tuple[str, ...]:
        """Ids of the systems behind the last semicolon; empty where there is none."""
        place = self.tags.rfind(";")
        return (
            tuple(i for chunk in self.chunks[place + 1 :] if chunk.tag == "S" for i in chunk.refs) if place >= 0 else ()
        )

    @property
    def sole(self) -> tuple[str, ...]:
        """Ids of what is named alone, object as it is; empty where the sentence names more, or nothing."""
        named = {chunk.refs for chunk in self.chunks if chunk.tag == "S"}
        return named.pop() if len(named) == 1 and not self.via else ()

    def own_words(self, index: int) -> tuple[int, int]:
        """Where the words about the link at `index` begin and end: a clause that speaks of other systems is none of its own."""
        tags, stop = self.tags, index
        while stop < len(tags) and tags[stop] != ";":
            if tags[stop] == "," and _OTHERS.match(tags, stop + 1):
                break
            stop += 1
        return self.chunks[tags.rfind(";", 0, index) + 1].start, self.chunks[stop - 1].end

    def with_ways(self, used: Container[str]) -> tuple[Stream, list[int]]:
        """The stream with each intermediary in its place of which nothing is `used`, and the indices at which these stand."""
        chunks, left, places = list(self.chunks), [], list[int]()
        for place, chunk in self.via:
            at = place + 2 * len(places)
            if any(ref in used for ref in chunk.refs):
                left.append((at, chunk))
            else:
                chunks[at:at] = [Chunk(chunk.start, chunk.start, "Q", ""), chunk]
                places.append(at + 1)
        return Stream(tuple(chunks), tags_of(chunks), tuple(left)), places

    def followed_by(self, other: Stream) -> Stream:
        """Both as one, as a list item goes on from the line that introduces it."""
        size = len(self.chunks)
        via = (*self.via, *((place + size, chunk) for place, chunk in other.via))
        return Stream(self.chunks + other.chunks, self.tags + other.tags, via)


_OTHERS = re.compile(f"[^,;]*[S{re.escape(VERBS)}]")
"""A clause that names a system, or states a link."""


def chunks(row: Sequence[Piece], named: Sequence[tuple[Mention, tuple[str, ...]]]) -> list[Chunk]:
    """Pieces and mentions of a sentence as chunks; words that say nothing are one chunk a run."""
    out: list[Chunk] = []
    mentions = {m.start: (m, ids) for m, ids in named}
    skip_to = -1
    run: list[Piece] = []
    running = ""
    for piece in row:
        start, tag = piece.start, piece.tag
        if start < skip_to:
            continue
        if start in mentions:
            _flush(out, run)
            mention, ids = mentions[start]
            out.append(_named(mention, ids))
            skip_to = mention.end
        elif tag in _RUNS:
            if run and running != _RUNS[tag]:
                _flush(out, run)
            running = _RUNS[tag]
            run.append(piece)
        elif tag != '"':
            if run:
                _flush(out, run)
            _push(out, piece)
    _flush(out, run)
    return out


OWNED = "of "
"""Begins what is signalled by a pointer that names an owner, 'trung tâm của X': the owner's name follows, none for the home."""


def _named(mention: Mention, ids: tuple[str, ...]) -> Chunk:
    """The chunk of a mention."""
    back = mention.pointed and mention.kind is not None and not mention.scope.sort
    tag = "Z" if mention.sort == "anaphor" or back else "S" if ids else "R"
    head = mention.core if back else mention.head.label() if mention.head else ""
    pointed = "pointed" if mention.pointed else _owner(mention)
    return Chunk(mention.start, mention.end, tag, mention.core, ids, pointed, mention.plural, head.lower())


def _owner(mention: Mention) -> str | None:
    scope = mention.scope
    if mention.sort != "anaphor" or not scope.sort:
        return None
    return OWNED + ("" if scope.sort in ("home", "nearby") else scope.concept.label() if scope.concept else scope.text)


_AS = {"w": "x", "y": "x", "q": "x", "K": "x", "H": "x", "a": "O", "i": "O", "P": "O", "t": "u", "?": "."}
_RUNS = {tag: _AS.get(tag, tag) for tag in "xwyqKHOaiP"}
"""Tags of pieces of which a run is one chunk, with its tag."""


def _flush(out: list[Chunk], run: list[Piece]) -> None:
    """Put the run behind `out` as one chunk, and begin another."""
    if not run:
        return
    if len(run) == 1:
        _push(out, run[0])
    else:
        low = " ".join([piece.low for piece in run])
        out.append(_made((run[0].start, run[-1].end, _RUNS[run[0].tag], low, (), None, False, "")))
    run.clear()


def _push(out: list[Chunk], piece: Piece) -> None:
    tag = _AS.get(piece.tag, piece.tag)
    cue = piece.concept if piece.sort == "cue" else None
    several = cue is not None and tag in "zl" and cue.one("counts") is not None
    if tag == "z" or (tag == "r" and out and out[-1].tag in "WIFQj"):
        signals = "there" if tag == "r" else cue.one("signals") or "pointed" if cue and several else None
        out.append(Chunk(piece.start, piece.end, "Z", piece.low, (), signals, several))
        return
    out.append(_made((piece.start, piece.end, tag, piece.low, (), cue.one("signals") if cue else None, several, "")))
    if tag == "C" and cue is not None and cue.one("counts") is not None:
        out.append(_made((piece.end, piece.end, "V", "", (), None, False, "")))  # 'thông nhau' says both


_OTHER_END = re.compile(",(?=[uA]{1,2}W)")


def clause_tags(tags: str) -> str:
    """Tags of a sentence with ';' also before 'còn với B', 'và với B', which begin a clause on another end.

    >>> clause_tags("SXWS,uWOu.")
    'SXWS;uWOu.'
    """
    return _OTHER_END.sub(";", tags)


def clauses_of(row: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """Runs of chunks between semicolons."""
    clause: list[Chunk] = []
    for chunk in row:
        if chunk.tag == ";":
            if clause:
                yield clause
            clause = []
        else:
            clause.append(chunk)
    if clause:
        yield clause
