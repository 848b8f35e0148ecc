"""Pairs of systems that a sentence may link, and what there is to see of each: the candidates that the pair model weighs.

A candidate joins two systems of one sentence, or one of it and one that earlier sentences spoke of. Its features are those of
feature-based relation extraction (Zhou, Su, Zhang and Zhang, 2005): words and tags between and around, order, distance, types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, repeat

from kg.link import Entity
from kg.ranker import Sign
from kg.stream import VERBS, Chunk, Stream

REACH = 6
"""How many systems may stand between the two of a pair."""
_SPOKEN = "xudNbk" + VERBS + "OR"
"""Tags of chunks whose words tell something of the pair."""
_PREPOSITIONS = "WIFTQBo"
_SAYING, _GOVERNING = VERBS + "NV", VERBS + "B"
_VERB = re.compile(f"[{re.escape(VERBS)}]")
_PLAIN, _SLIGHT = re.compile("[xOnR]+"), re.compile("[ut]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two systems, or lists of systems, of which a sentence may say that they are linked."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    first: int | None
    """Index of the source's chunk; None where an earlier sentence named it."""
    last: int
    """Index of the target's chunk."""
    how: str
    """'here', 'lead' where the introducing line names the source of an item, or what the source was before: 'topic',
    'subject', 'first' or 'last' of the sentence before."""


def lead_pairs(lead: Stream, item: Stream) -> Iterator[Pair]:
    """Candidates of a line that introduces a list with an item of it, as places in both joined."""
    size = len(lead.tags)
    sources = [i for i, tag in enumerate(lead.tags) if tag == "S"][-REACH:]
    targets = [size + i for i, tag in enumerate(item.tags) if tag == "S"][:REACH]
    for first in sources:
        for last in targets:
            pair = Pair(lead.chunks[first].refs, item.chunks[last - size].refs, first, last, "lead")
            if not set(pair.source) & set(pair.target):
                yield pair


def pairs(stream: Stream, earlier: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Pair]:
    """Candidates of a sentence, by their target from left to right.

    Args:
        stream: the sentence.
        earlier: what sentences before it spoke of, each with the role it had there.

    """
    places = [i for i, tag in enumerate(stream.tags) if tag == "S"]
    for order, last in enumerate(places):
        target = stream.chunks[last].refs
        for first in places[max(0, order - REACH) : order]:
            source = stream.chunks[first].refs
            if set(source) != set(target):
                yield Pair(source, target, first, last, "here")
        known: set[tuple[str, ...]] = set()
        for how, refs in earlier:
            if refs and refs not in known and not set(refs) & set(target):
                known.add(refs)
                yield Pair(refs, target, None, last, how)


def signs(pair: Pair, stream: Stream, entities: Mapping[str, Entity], links: Sequence[tuple[str, str]]) -> list[Sign]:
    """What there is to see of a candidate, each sign once.

    Args:
        pair: the candidate.
        stream: its sentence.
        entities: by id.
        links: source and target of the links that rules read in the sentence, but for those of the pair itself.

    """
    return [*_between(pair, stream), *_around(pair, stream), *_kinds(pair, entities), *_linked(pair, stream, links)]


def _all(kind: str, values: Iterable[str]) -> Iterator[Sign]:
    """A sign of this kind for each different value."""
    return zip(repeat(kind), set(values))


def _between(pair: Pair, stream: Stream) -> list[Sign]:
    """What stands between the two; from the start of the sentence where the source is of an earlier one."""
    start = -1 if pair.first is None else pair.first
    chunks, tags, how = stream.chunks[start + 1 : pair.last], stream.tags[start + 1 : pair.last], pair.how
    shape = _shape(tags)
    near, governor = tags[-1:] or "^", tags.rstrip("nxodOut")[-1:]
    verbs = [tag for tag in tags if tag in VERBS]
    words = _words(chunks)
    parted = min(sum(map(shape.count, ",;:")), 4)
    seen: list[Sign] = [
        ("how", how),
        ("near", near),
        ("near", f"{near}&{how}"),
        ("systems", str(min(shape.count("S"), 3))),
        ("parted", str(parted)),
        ("parted", f"{parted}&near={near}"),
        ("sentence", _size(len(stream.tags) // 2)),
        ("verbs", str(min(len(verbs), 3))),
        ("distance", _size(len(words))),
        *_all("tags", [a + b for a, b in pairwise(f"^{shape}$")]),
        *_all("has", shape),
        *_all("apart", [f"{tag}&{how}" for tag in shape if tag in ",;:.A"]),
        *_all("word", words),
        *_all("words", [f"{a} {b}" for a, b in pairwise(words)]),
        *_all("word-", words[-3:]),
        *_all("word+", words[:3]),
    ]
    if near in _PREPOSITIONS:
        seen.append(("preposition", chunks[-1].low))
    if governor:
        seen += (("governor", governor), ("governor", f"{governor}&{how}"))
    if len(shape) <= 5:
        seen += (("shape", shape), ("shape", f"{shape}&{how}"))
    if verbs:
        seen += (("verb", f"{verbs[-1]}&{near}"), ("first-verb", verbs[0]), ("last-verb", verbs[-1]))
    return seen


def _around(pair: Pair, stream: Stream) -> list[Sign]:
    """What stands before the first and behind the last of the two."""
    tags, chunks, last = stream.tags, stream.chunks, pair.last
    first = pair.first or 0
    before = [_shape(tags[max(0, first - 2) : first]) or "^"]
    if first and tags[first - 1] in _PREPOSITIONS:
        before.append(chunks[first - 1].low)
    seen: list[Sign] = [
        ("stated", str(_VERB.search(tags) is not None)),
        *_all("before", before),
        *_all("behind", (tags[last + 1 : last + 2] or "$", _shape(tags[last + 1 : last + 4]))),
        *_all("verb-behind", islice((tag for tag in tags[last + 1 :] if tag in _SAYING), 2)),
        *_all("verb-before", islice((tag for tag in reversed(tags[:first]) if tag in _GOVERNING), 2)),
        *_all("word-before", _words(chunks[max(0, first - 2) : first])[-3:]),
        *_all("word-behind", _words(chunks[last + 1 : last + 4])[:3]),
    ]
    if pair.first is None:
        seen += _all("opening", (_shape(tags[:6]), _shape(tags[:3])))
        seen.append(("systems-before", str(min(tags[:last].count("S"), 2))))
    return seen


def _kinds(pair: Pair, entities: Mapping[str, Entity]) -> Iterator[Sign]:
    """Types and levels of the two."""
    source, target = entities[pair.source[0]], entities[pair.target[0]]
    yield "source", source.type
    yield "target", target.type
    yield "types", f"{source.type}>{target.type}"
    yield "levels", f"{source.level}>{target.level}"
    yield "source", f"{source.type}&{source.level}"
    yield "target", f"{target.type}&{target.level}"
    if source.type == target.type:
        yield "same-type", None
    if len(pair.source) > 1:
        yield "sources", None
    if len(pair.target) > 1:
        yield "targets", None


def _linked(pair: Pair, stream: Stream, links: Sequence[tuple[str, str]]) -> set[Sign]:
    """What rules already read in the sentence."""
    seen: set[Sign] = {("named", str(min(stream.tags.count("S"), 4))), ("links", str(min(len(links), 3)))}
    for source, target in links:
        for end, refs in (("source", pair.source), ("target", pair.target)):
            if source in refs:
                seen.add((f"{end}-links-on", None))
            if target in refs:
                seen.add((f"{end}-linked", None))
    return seen


def _shape(tags: str) -> str:
    """Tags with runs of what says little as one letter."""
    return _SLIGHT.sub("u", _PLAIN.sub("x", tags))


def _size(count: int) -> str:
    return str(count) if count < 4 else "4-6" if count < 7 else "7-12" if count < 13 else "13-"


def _words(chunks: Sequence[Chunk]) -> list[str]:
    words: list[str] = []
    for chunk in chunks:
        if chunk.tag in _SPOKEN:
            words += chunk.low.split()
        else:
            words.append(chunk.low if len(chunk.low) < 8 and chunk.tag != "S" else chunk.tag)
    return words
