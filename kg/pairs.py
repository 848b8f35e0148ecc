"""Pairs of systems that a sentence may link, and what there is to see of each: the candidates that the pair model weighs.

A candidate joins two systems of one sentence, or one of it and one that earlier sentences spoke of. Its features are those of
feature-based relation extraction (Zhou, Su, Zhang and Zhang, 2005): words and tags between and around, order, distance, types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.link import Entity
from kg.stream import VERBS, Chunk, Stream

REACH = 6
"""How many systems may stand between the two of a pair."""
_SPOKEN = "xudNbk" + VERBS + "OR"
"""Tags of chunks whose words tell something of the pair."""
_PREPOSITIONS = "WIFTQBo"


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


def features(
    pair: Pair, stream: Stream, entities: Mapping[str, Entity], links: Sequence[tuple[str, str]]
) -> frozenset[str]:
    """What there is to see of a candidate, as names of features that hold.

    Args:
        pair: the candidate.
        stream: its sentence.
        entities: by id.
        links: source and target of the links that rules read in the sentence, but for those of the pair itself.

    """
    return frozenset(
        (*_between(pair, stream), *_around(pair, stream), *_kinds(pair, entities), *_linked(pair, stream, links))
    )


def _between(pair: Pair, stream: Stream) -> Iterator[str]:
    """What stands between the two; from the start of the sentence where the source is of an earlier one."""
    start = -1 if pair.first is None else pair.first
    chunks = stream.chunks[start + 1 : pair.last]
    shape = _shape(stream.tags[start + 1 : pair.last])
    near = chunks[-1].tag if chunks else "^"
    yield f"how={pair.how}"
    yield f"near={near}"
    yield f"near={near}&{pair.how}"
    if chunks and near in _PREPOSITIONS:
        yield f"preposition={chunks[-1].low}"
    governor = next((c.tag for c in reversed(chunks) if c.tag not in "nxodOut"), None)
    if governor:
        yield f"governor={governor}"
        yield f"governor={governor}&{pair.how}"
    if len(shape) <= 5:
        yield f"shape={shape}"
        yield f"shape={shape}&{pair.how}"
    yield from (f"tags={a}{b}" for a, b in zip("^" + shape, shape + "$", strict=True))
    yield from (f"has={tag}" for tag in shape)
    yield f"systems={min(shape.count('S'), 3)}"
    yield from (f"apart={tag}&{pair.how}" for tag in shape if tag in ",;:.A")
    parted = sum(shape.count(mark) for mark in ",;:")
    yield f"parted={min(parted, 4)}"
    yield f"parted={min(parted, 4)}&near={near}"
    yield f"sentence={_size(len(stream.tags) // 2)}"
    verbs = [c.tag for c in chunks if c.tag in VERBS]
    yield f"verbs={min(len(verbs), 3)}"
    if verbs:
        yield f"verb={verbs[-1]}&{near}"
        yield f"first-verb={verbs[0]}"
        yield f"last-verb={verbs[-1]}"
    words = list(_words(chunks))
    yield f"distance={_size(len(words))}"
    yield from (f"word={word}" for word in words)
    yield from (f"words={a} {b}" for a, b in pairwise(words))
    yield from (f"word-={word}" for word in words[-3:])
    yield from (f"word+={word}" for word in words[:3])


def _around(pair: Pair, stream: Stream) -> Iterator[str]:
    """What stands before the first and behind the last of the two."""
    tags, chunks = stream.tags, stream.chunks
    first = pair.first or 0
    yield f"before={_shape(tags[max(0, first - 2) : first]) or '^'}"
    if first and tags[first - 1] in _PREPOSITIONS:
        yield f"before={chunks[first - 1].low}"
    yield f"behind={tags[pair.last + 1 : pair.last + 2] or '$'}"
    yield f"behind={_shape(tags[pair.last + 1 : pair.last + 4])}"
    yield from (f"verb-behind={c.tag}" for c in [c for c in chunks[pair.last + 1 :] if c.tag in VERBS + "NV"][:2])
    yield from (f"verb-before={c.tag}" for c in [c for c in chunks[:first] if c.tag in VERBS + "B"][-2:])
    yield from (f"word-before={word}" for word in list(_words(chunks[max(0, first - 2) : first]))[-3:])
    yield from (f"word-behind={word}" for word in list(_words(chunks[pair.last + 1 : pair.last + 4]))[:3])
    yield f"stated={any(c.tag in VERBS for c in chunks)}"
    if pair.first is None:
        yield f"opening={_shape(tags[:6])}"
        yield f"opening={_shape(tags[:3])}"
        yield f"systems-before={min(tags[: pair.last].count('S'), 2)}"


def _kinds(pair: Pair, entities: Mapping[str, Entity]) -> Iterator[str]:
    """Types and levels of the two."""
    source, target = entities[pair.source[0]], entities[pair.target[0]]
    yield f"source={source.type}"
    yield f"target={target.type}"
    yield f"types={source.type}>{target.type}"
    yield f"levels={source.level}>{target.level}"
    yield f"source={source.type}&{source.level}"
    yield f"target={target.type}&{target.level}"
    if source.type == target.type:
        yield "same-type"
    if len(pair.source) > 1:
        yield "sources"
    if len(pair.target) > 1:
        yield "targets"


def _linked(pair: Pair, stream: Stream, links: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What rules already read in the sentence."""
    yield f"named={min(stream.tags.count('S'), 4)}"
    yield f"links={min(len(links), 3)}"
    for source, target in links:
        for end, refs in (("source", pair.source), ("target", pair.target)):
            if source in refs:
                yield f"{end}-links-on"
            if target in refs:
                yield f"{end}-linked"


def _shape(tags: str) -> str:
    """Tags with runs of what says little as one letter."""
    return re.sub("[ut]+", "u", re.sub("[xOnR]+", "x", tags))


def _size(count: int) -> str:
    return str(count) if count < 4 else "4-6" if count < 7 else "7-12" if count < 13 else "13-"


def _words(chunks: Sequence[Chunk]) -> Iterator[str]:
    for chunk in chunks:
        if chunk.tag in _SPOKEN:
            yield from chunk.low.split()
        else:
            yield chunk.low if len(chunk.low) < 8 and chunk.tag != "S" else chunk.tag
