"""How a document was read, sentence by sentence: the chunk stream that rules match, and what they made of it.

document ─relate, looked on by an observer─▶ Trace, Trace, … ─▶ `kg facts --explain`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.linking import Heard
from kg.matching import Found
from kg.model import ConnectionFact, Document, Reading, SystemFact
from kg.relate import Reader
from kg.stream import VERBS, Chunk
from kg.text import Normal, normalise
from kg.vocab import compact

_LONGEST = 48
"""Characters of a chunk's words that a line shows."""


@dataclass(frozen=True, slots=True)
class Word:
    """One letter of the stream with its words."""

    tag: str
    text: str
    systems: tuple[str, ...]
    """Prefixed ids; a pointer has those it was resolved to."""
    signals: str | None
    """Relation or status that its cue stands for."""


@dataclass(frozen=True, slots=True)
class Way:
    """An intermediary that was taken out of the stream."""

    before: int
    """Index of the word that it stood before."""
    systems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a rule read."""

    rule: str
    source: str
    relation: str
    target: str
    via: tuple[str, ...]
    status: str
    stated: bool
    """Whether words of the sentence say the status; else it is what goes without saying."""
    as_of: str | None
    due: str | None
    confidence: float
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A policy, figure or use that was read."""

    kind: str
    rule: str
    quote: str


@dataclass(frozen=True, slots=True)
class Trace:
    """A sentence, the stream it became, and what was read in it. Offsets are those of the document's own text."""

    document: str
    start: int
    end: int
    text: str
    tags: str
    words: tuple[Word, ...]
    via: tuple[Way, ...]
    mood: str | None
    """Status that the section or genre gives to what is not itself dated."""
    topic: tuple[str, ...]
    """Systems that the lines at hand are about."""
    subject: tuple[str, ...]
    """Systems that the sentence leaves as the subject of the next one."""
    links: tuple[Link, ...]
    unread: tuple[str, ...]
    """Words that could state a link and stand in none that was read."""
    said: tuple[Said, ...]

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        return asdict(self)


def traces(reader: Reader, document: Document) -> tuple[Trace, ...]:
    """How `reader` reads `document`: one trace a sentence, in the order of the text.

    >>> from kg.ontology import load_ontology
    >>> trace, = traces(Reader(load_ontology()), Document("a", "a.txt", "", "LGSP ↔ NGSP"))
    >>> trace.tags, trace.links[0].relation
    ('S>S', 'connectsTo')
    """
    heard: list[Heard] = []
    reading = reader.read(document, heard.append)
    normal = normalise(document.text, document.body)
    return tuple(_trace(reading, normal, one) for one in heard)


def _trace(reading: Reading, normal: Normal, heard: Heard) -> Trace:
    document, unit, stream = reading.document, heard.unit, heard.stream
    start, end = normal.raw(unit.start, unit.end)

    def quote(begin: int, stop: int) -> str:
        first, last = normal.raw(begin, stop) if begin < stop else (0, 0)
        return " ".join(document.text[first:last].split())

    return Trace(
        document.file,
        start,
        end,
        quote(unit.start, unit.end),
        stream.tags,
        tuple(Word(c.tag, quote(c.start, c.end) or c.low, _ids(c.refs), c.signals) for c in stream.chunks),
        tuple(Way(index, _ids(c.refs)) for index, c in stream.via),
        unit.mood,
        _ids(heard.topic),
        _ids(heard.subject),
        tuple(_link(found, tuple(quote(*cue) for cue in found.cues)) for found in heard.found),
        tuple(quote(c.start, c.end) for c in stream.chunks if _unread(c, heard.found)),
        tuple(_said(reading, start, end)),
    )


def _ids(iris: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(compact, iris))


def _link(found: Found, cues: tuple[str, ...]) -> Link:
    claim, dating = found.claim, found.dating
    return Link(
        found.rule,
        compact(found.source),
        found.relation,
        compact(found.target),
        _ids(found.via),
        claim.status,
        claim.stated,
        dating.as_of,
        dating.due,
        found.confidence,
        cues,
    )


def _unread(chunk: Chunk, found: Sequence[Found]) -> bool:
    return chunk.tag in VERBS and not any(link.start <= chunk.start < link.end for link in found)


def _said(reading: Reading, start: int, end: int) -> Iterator[Said]:
    for fact in reading.facts:
        if not isinstance(fact, SystemFact | ConnectionFact) and start <= fact.evidence.start < end:
            yield Said(fact.kind, fact.evidence.rule, fact.evidence.quote)


# -- for people ------------------------------------------------------------------------------------------------------


def shown(trace: Trace) -> Iterator[str]:
    """The lines that a terminal shows of a trace: place and text, stream, intermediaries, and what was read."""
    yield f"{trace.document}:{trace.start}-{trace.end}  {trace.text}"
    yield f"  stream   {trace.tags}"
    yield "  words    " + " ".join(map(_word, trace.words))
    if trace.via:
        yield "  via      " + "; ".join(f"{', '.join(way.systems)} (before word {way.before})" for way in trace.via)
    around = {"mood": trace.mood or "", "topic": ", ".join(trace.topic), "subject": ", ".join(trace.subject)}
    yield from (f"  {name:8} {value}" for name, value in around.items() if value)
    for link in trace.links:
        through = f" via {', '.join(link.via)}" if link.via else ""
        yield f"  => {link.source} {link.relation} {link.target}{through}"
        yield "     " + "  ".join(_reasons(link))
    if trace.unread:
        yield "  unread   " + ", ".join(trace.unread)
    yield from (f"  {one.kind:8} {one.quote}  (rule {one.rule})" for one in trace.said)


def _word(word: Word) -> str:
    if word.systems:
        return f"{word.tag}={','.join(word.systems)}"
    text = word.text if len(word.text) <= _LONGEST else word.text[:_LONGEST] + "…"
    signals = f"!{word.signals}" if word.signals else ""
    return f"{word.tag}[{text}]{signals}"


def _reasons(link: Link) -> Iterator[str]:
    yield f"rule {link.rule}"
    yield f"status {link.status}" + ("" if link.stated else " (unsaid)")
    if link.as_of or link.due:
        yield " ".join([f"as of {link.as_of}" if link.as_of else "", f"due {link.due}" if link.due else ""]).strip()
    yield f"confidence {link.confidence}"
    yield f"cues {', '.join(link.cues)}"
