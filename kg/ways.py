"""Intermediaries of a sentence: 'qua trục A', 'thông qua B, C' taken out of the row of chunks, with their places."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.stream import VERBS, Chunk, tags_of


def intermediaries(
    row: list[Chunk], tags: str, carries: Callable[[tuple[str, ...]], bool]
) -> tuple[list[Chunk], list[tuple[int, Chunk]]]:
    """The row, with these tags, without them, and each with the place it stood at; the very row where it has none.

    `carries`: whether systems carry links of others.
    """
    kept: list[Chunk] = []
    via: list[tuple[int, Chunk]] = []
    if "Q" not in tags and "TS" not in tags:
        return row, via
    row = _by_itself(row, tags, carries)
    index = 0
    while index < len(row):
        chunk = _read_as(row, index, kept, carries)
        if chunk.tag == "Q" and (manner := _MANNER.match(tags_of(row[index : index + 4]))):
            index += manner.end()
            continue
        behind = _taken(row, index, kept, via, carries) if chunk.tag == "Q" and index + 1 < len(row) else 0
        if not behind:
            kept.append(chunk)
        index = behind or index + 1
    return kept, via


def _read_as(row: list[Chunk], index: int, kept: list[Chunk], carries: Callable[[tuple[str, ...]], bool]) -> Chunk:
    """The chunk at `index`: 'Trên B, …' and 'A kết nối với C trên B' open a way, 'A chuyển hồ sơ qua B' names an end."""
    chunk = row[index]
    if chunk.tag == "T" and _on_the_way(row, index, kept, carries):
        return chunk._replace(tag="Q")
    if chunk.tag != "Q" or index + 1 == len(row) or _denied(kept):
        return chunk
    ahead = _ahead(row, index)
    over = row[ahead].tag == "S" and _sent_over(row, ahead, kept, carries)
    return chunk._replace(tag="I") if over else chunk


def _on_the_way(row: list[Chunk], index: int, kept: list[Chunk], carries: Callable[[tuple[str, ...]], bool]) -> bool:
    """Whether the next system carries links, and what stands on it is one with both ends elsewhere: before it, or around it."""
    behind = tags_of(row[index + 1 : index + 6])
    if not behind.startswith("S"):
        return False
    if not kept and _subject_part(row, index + 1, carries):
        return True
    if not carries(row[index + 1].refs):
        return False
    before = tags_of(kept)
    if not kept:
        return behind.startswith("S,")
    if before.endswith("S("):
        return behind.startswith("S)")
    around = _VERB_LAST.search(before) is not None and re.match("S[uxn]{0,2}WS", behind) is not None
    return around or _BOTH_ENDS.search(before) is not None


def _taken(
    row: list[Chunk],
    index: int,
    kept: list[Chunk],
    via: list[tuple[int, Chunk]],
    carries: Callable[[tuple[str, ...]], bool],
) -> int:
    """Take the way that begins at `index` out, if one does; the index behind it, else 0."""
    ahead = _ahead(row, index)
    if _denied(kept) and row[ahead].tag in "SR":
        kept.pop()
        return ahead + 1
    subject = None if row[ahead].tag != "S" or _has_system(kept) else _subject_part(row, ahead, carries)
    if row[ahead].tag != "S" or not (subject or not _relative_subject(row, ahead, kept)):
        return 0
    way, rest = subject or (row[ahead], None)
    via.append((row[ahead].start, way))
    if rest:
        kept += [row[index]._replace(tag="u"), rest] if kept else [rest]
    index = ahead + 1
    while leads_on := _next_way(row, index, carries):
        via.append((row[leads_on].start, row[leads_on]))
        index = leads_on + 1
    return index + 1 if index < len(row) and row[index].tag == "," and not kept else index


def _ahead(row: list[Chunk], index: int) -> int:
    """Where the system of the way that begins at `index` may stand."""
    ahead = index + 1
    while ahead < len(row) - 1 and row[ahead].tag in "xdou" and ahead < index + 3:
        ahead += 1
    return ahead


def _denied(kept: list[Chunk]) -> bool:
    """Whether 'không' stands before a way: 'không qua A'."""
    return bool(kept) and kept[-1].tag == "N"


_ACTS = re.compile(
    f"[^S;]*?(?P<through>Q)[xdou]{{0,2}}(?P<actor>S)[ubtnN]{{0,3}}[{re.escape(VERBS)}][dxoub]{{0,3}}[WIF]?S"
)


def _by_itself(row: list[Chunk], tags: str, carries: Callable[[tuple[str, ...]], bool]) -> list[Chunk]:
    """'Nhờ A đã kết nối với B, …': A, which carries nothing, is no way but does it itself."""
    match = _ACTS.match(tags)
    if match is None or any(carries((ref,)) for ref in row[match.start("actor")].refs):
        return row
    place = match.start("through")
    return [*row[:place], row[place]._replace(tag="x"), *row[place + 1 :]]


def _next_way(row: list[Chunk], index: int, carries: Callable[[tuple[str, ...]], bool]) -> int:
    """Where the next stage of a way stands, 0 where there is none: 'qua A rồi tới B', 'qua A, rồi lên B'."""
    match = re.match(r"(?:,?A(?:u{0,2}I|u{1,2})|-)S", tags_of(row[index : index + 6]))
    place = index + match.end() - 1 if match else 0
    return place if place and carries(row[place].refs) else 0


def _sent_over(row: list[Chunk], index: int, kept: list[Chunk], carries: Callable[[tuple[str, ...]], bool]) -> bool:
    """'A chuyển hồ sơ qua B', 'nộp phí trên A qua B': B carries nothing, and no other end stands in the clause."""
    before = tags_of(kept)
    behind = tags_of(row[index + 1 :])
    if carries(row[index].refs):
        return False
    if _NO_END.search(before) and not re.match("[^;.]*S", behind):
        return True
    return (re.search(r"M[dxnOubt]{0,6}$", before) or _ONE_END.search(before)) is not None and re.match(
        r"[^S;.]*[IWF][^;.]{0,3}S", behind
    ) is None


_BOTH_ENDS = re.compile(f"S[^;.S]*[CYXL][^;.S{re.escape(VERBS)}]*[WI]S[^;.S{re.escape(VERBS)}]*$")
"""'A kết nối với B': a link told with both its ends."""
_MANNER = re.compile("Q[xd]{1,2}(?=W)")
"""'kết nối thông qua API với': how, not which way."""
_VERB_LAST = re.compile(f"S[^;.S]*[CYXL][^;.S{re.escape(VERBS)}]*$")
"""'A đã kết nối': a link whose other end is yet to come."""
_NO_END = re.compile(f"(?:^|[;.])[^S;.{re.escape(VERBS)}L]*[CL][^S;.{re.escape(VERBS)}L]*$")
"""A clause of a link that has named none: 'xác thực người nộp hồ sơ qua'."""
_ONE_END = re.compile(f"(?:^|[;.])[^S;.{re.escape(VERBS)}]*S[^S;.{re.escape(VERBS)}LG]*G?[^S;.{re.escape(VERBS)}]*$")
"""A clause that has named one system so far, and no verb that would link it to another."""


def _subject_part(
    row: list[Chunk], index: int, carries: Callable[[tuple[str, ...]], bool]
) -> tuple[Chunk, Chunk] | None:
    """'Qua trục A, hệ thống B đã kết nối …' read as one list: what carries is the way, the rest the subject."""
    refs = row[index].refs
    ways = next((n for n, ref in enumerate(refs) if not carries((ref,))), len(refs))
    behind = tags_of(row[index + 1 : index + 16])
    if not 0 < ways < len(refs) or not re.match(r"(?:,D[^,;S]{1,8},)?[ubNtnxU]{0,4}[CGYXMLE]", behind):
        return None
    return row[index]._replace(refs=refs[:ways]), row[index]._replace(refs=refs[ways:], end=row[index].end)


def _has_system(kept: list[Chunk]) -> bool:
    """Whether a system of the clause was kept already."""
    return "S" in tags_of(kept).rpartition(";")[2]


def _relative_subject(row: list[Chunk], index: int, kept: list[Chunk]) -> bool:
    """'nộp qua cổng thanh toán X, đã tích hợp trên Y': X is what the rest speaks of."""
    behind = tags_of(row[index + 1 : index + 5])
    return re.match(r",[ub]+[CGY]|u*b[ub]*[CGY]", behind) is not None and not any(c.tag == "S" for c in kept)
