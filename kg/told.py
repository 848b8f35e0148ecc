"""What a sentence says of two of its systems: the verb that speaks of both, and what follows the second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from kg.matching import Found
from kg.pairs import Pair
from kg.stream import VERBS, Chunk, Stream

_OPENS = re.compile("[,;][uknxt]{0,3}W?$")
_GOES_ON = re.compile(f"[^S;:]*?[{re.escape(VERBS)}]")
"""A target that begins a clause, and the verb that comes behind it."""


def verb_of(pair: Pair, stream: Stream) -> int | None:
    """The verb that speaks of both: the last between them, else the next behind, else the last before.

    Before a target that a preposition leads in, 'việc đồng bộ từ A lên B tạm dừng', the one before goes first; where the target
    begins a clause of its own, '…, còn với B thì mới liên thông', the one behind.
    """
    first = -1 if pair.first is None else pair.first
    places = [i for i, tag in enumerate(stream.tags) if tag in VERBS]
    between = [i for i in places if first < i < pair.last]
    close = stream.tags.find(";", pair.last)
    behind = [i for i in places if pair.last < i and not -1 < close < i]
    before = [i for i in places if i < first]
    led = pair.last > 0 and stream.tags[pair.last - 1] in "IW" and before and ";" not in stream.tags[before[-1] : first]
    ordered = (between[-1:], before[-1:], behind[:1]) if led else (between[-1:], behind[:1], before[-1:])
    if between and _OPENS.search(stream.tags[: pair.last]) and _GOES_ON.match(stream.tags, pair.last + 1):
        ordered = (behind[:1], between[-1:], before[-1:])
    return next((found[0] for found in ordered if found), None)


def rest_behind(pair: Pair, stream: Stream, marks: str) -> Sequence[Chunk]:
    """What is said behind the second of the two, up to the next system or one of `marks`."""
    return list(takewhile(lambda chunk: chunk.tag not in "S" + marks, stream.chunks[pair.last + 1 :]))


def of_two_ends(pair: Pair, found: Sequence[Found]) -> bool:
    """Whether one of the two is a list of systems that a rule links with each other: 'mối nối giữa A và B'."""
    return any(
        {link.source, link.target} <= refs
        for refs in (set(pair.source), set(pair.target))
        if len(refs) > 1
        for link in found
    )


def goes_in(stream: Stream, place: int) -> bool:
    """Whether what is named at `place` goes into what was spoken of: 'Chữ ký số: đã tích hợp'."""
    return _GOES_IN.match(stream.tags, place + 1) is not None


def cells_apart(pair: Pair, stream: Stream) -> bool:
    """Whether the two are cells of a row that says nothing of links: then the heads of their columns would tell."""
    parted = pair.first is not None and "|" in stream.tags[pair.first : pair.last]
    return parted and not any(tag in VERBS for tag in stream.tags)


def another_matter(pair: Pair, stream: Stream) -> bool:
    """Whether the target begins a clause behind a semicolon that says something else of it: '…; B mới được ba xã dùng'; or
    what is shown on the source goes into the target too: 'đăng trên A và cập nhật vào B'."""
    shown = pair.first and stream.tags[pair.first - 1] == "T" and _TOO.fullmatch(stream.tags, pair.first + 1, pair.last)
    if shown:
        return True
    if pair.first is None or not _SEMICOLON.search(stream.tags, pair.first, pair.last):
        return False
    return _OWN_PREDICATE.match(stream.tags, pair.last + 1) is not None


def told_here(pair: Pair, stream: Stream, found: Sequence[Found]) -> bool:
    """Whether the sentence itself says who is linked with what `pair` links from afar, or that it is but the way there."""
    here = {ref for chunk in stream.chunks if chunk.tag == "S" for ref in chunk.refs}
    ways = {ref for _, chunk in stream.via for ref in chunk.refs}
    told = any(link.target in pair.target and link.source in here for link in found)
    return pair.first is None and (told or ways.issuperset(pair.source))


_GOES_IN = re.compile("[:,]?[ubtNx]{0,4}[GEY](?![^.;]*S)")
"""Tags of a verb of integration with no object behind it."""
_TOO = re.compile("A[ubt]*[MYGE][dxubt]*I")
"""Tags between two that both take in the same."""
_SEMICOLON = re.compile(";[ukn]*$")
_OWN_PREDICATE = re.compile(rf"[ubntN]*(?:[xO][^;S{re.escape(VERBS)}]*|[hj][^;S]*)[.;]")
"""Tags of the start of a clause, and of one that says something else than a link of what it begins with."""
