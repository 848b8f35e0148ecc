"""Chunks → stream: pointers resolved, lists joined, brackets, asides and owners taken out, intermediaries set apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from kg.nouns import Nouns
from kg.pointers import resolved
from kg.roles import Roles
from kg.stream import GOVERNORS, VERBS, Chunk, Discourse, Stream, tags_of
from kg.ways import intermediaries


def rewrite(
    row: list[Chunk],
    discourse: Discourse,
    heads: Nouns,
    roles: Roles,
) -> Stream:
    """The cascade: pointers, brackets, owners, lists, introduced lists, intermediaries.

    Args:
        row: chunks of the sentence.
        discourse: what earlier sentences leave behind.
        heads: words that may point back to a system.
        roles: what the systems do for others.

    """
    row = resolved(row, discourse, heads, roles)
    brackets, of_wholes = partial(_without_brackets, carries=roles.carries), partial(_of_wholes, part=roles.part)
    row, tags = _after(
        row, tags_of(row), brackets, _without_pointers, _without_asides, of_wholes, _without_owners, _joined
    )
    if "WS" in tags:
        row, tags = _after(row, tags, _with_verdicts)
    kept, via = intermediaries(row, tags, roles.carries)
    kept, tags = _after(kept, tags if kept is row else tags_of(kept), _introduced, _without_idle_colons, _joined)
    places = tuple((sum(c.start < offset for c in kept), chunk) for offset, chunk in via)
    return Stream(tuple(kept), tags, places)


def _after(row: list[Chunk], tags: str, *steps: Callable[[list[Chunk], str], list[Chunk]]) -> tuple[list[Chunk], str]:
    """The row and its tags after some steps; a step that has nothing to do gives the very row it was given."""
    for step in steps:
        changed = step(row, tags)
        if changed is not row:
            row, tags = changed, tags_of(changed)
    return row, tags


def _without_brackets(row: list[Chunk], tags: str, carries: Callable[[tuple[str, ...]], bool]) -> list[Chunk]:
    """Brackets go; but one that lists the members of a class just named stands for it, and one with a way is that."""
    if "(" not in tags and ")" not in tags:
        return row
    out: list[Chunk] = []
    told: list[Chunk] = []
    depth, inside = 0, list[Chunk]()
    for chunk in row:
        if chunk.tag == "(":
            depth += 1
        elif chunk.tag == ")":
            depth = max(0, depth - 1)
            if depth == 0:
                members = [c for c in inside if c.tag == "S"]
                way = members and carries(members[0].refs) and re.fullmatch("Q?S", tags_of(inside))
                routed = re.fullmatch("QS(?:[,A]S)*", tags_of(inside)) and all(carries(m.refs) for m in members)
                if out and out[-1].tag == "S" and members and inside[0].tag in "ge":
                    refs = tuple(dict.fromkeys((*out[-1].refs, *(i for c in members for i in c.refs))))
                    out[-1] = out[-1]._replace(refs=refs)
                elif way and out and out[-1].tag == "S" and any(c.tag in VERBS for c in out):
                    out += [Chunk(chunk.start, chunk.start, "Q", ""), members[0]]
                elif routed and any(c.tag in VERBS for c in out):
                    out += inside
                elif out and out[-1].tag == "S" and _STATED.match(tags_of(inside)):
                    told += [Chunk(chunk.start, chunk.start, ";", ";"), out[-1], *inside]
                elif out and members and _class_before(out) and not any(c.tag in VERBS for c in inside):
                    out.extend([Chunk(chunk.start, chunk.start, ":", ":"), *[c for c in inside if c.tag in "S,;A"]])
                inside = []
        elif depth:
            inside.append(chunk)
        else:
            out.append(chunk)
    return out + inside + told


_STATED = re.compile("[ubtN]{0,3}[CGYXMEh][dxou]{0,3}[WIFT]?S")
"""Brackets that say of the system before them what it is linked to: 'A (đã kết nối với B)'; read as a clause behind the rest."""


def _class_before(out: list[Chunk]) -> bool:
    return re.search(r"(?:R[^SCGYXMLE.;]{0,10}|p[ux]{0,3})$", tags_of(out)) is not None


_VERDICTS = ("pilot", "planned", "ready", "in_progress")


def _with_verdicts(row: list[Chunk], tags: str) -> list[Chunk]:
    """'… còn với B thì đang thử': the status alone says what becomes of the link to B; tagged 's'."""
    return [c._replace(tag="s") if c.tag == "u" and _verdict(c, tags, i) else c for i, c in enumerate(row)]


def _verdict(chunk: Chunk, tags: str, index: int) -> bool:
    if chunk.signals not in _VERDICTS:
        return False
    fronted = re.search(r"(?:^|[;,.])[ukn]{0,2}WS[ux]{0,3}(?:Su{0,2})?$", tags[:index])
    return fronted is not None and not re.match(r"[^,;.]*[CGYXML]", tags[index + 1 :])


_IDLE_COLON = re.compile(r":(?=S)(?:(?<=[CGYXMLWIFTBg].)|(?<=[CGYXMLWIFTBg][nu].))")


def _without_idle_colons(row: list[Chunk], tags: str) -> list[Chunk]:
    """A colon between a verb or preposition and its object goes: 'đã kết nối: A; B'."""
    return _without(row, {match.start() for match in _IDLE_COLON.finditer(tags)})


_ONCE = re.compile("l(?=[ub]?[CGYXMLEcj])")
"""'từng' before a verb that links: not each, but once upon a time."""


def _without_pointers(row: list[Chunk], tags: str) -> list[Chunk]:
    """Plurals and pointing words go; what points behind a verb, 'cắm vào đó', stays as a word that says nothing."""
    if "l" not in tags and "r" not in tags:
        return row
    once = {match.start() for match in _ONCE.finditer(tags)}
    row = [chunk._replace(tag="u") if i in once and chunk.signals else chunk for i, chunk in enumerate(row)]
    tags = tags_of(row)
    ends = {i for i, tag in enumerate(tags) if tag == "r" and tags[i - 1 : i] in tuple("CGYXMLE")}
    row = [chunk._replace(tag="x") if i in ends else chunk for i, chunk in enumerate(row)]
    return _without(row, {i for i, tag in enumerate(tags) if tag in "lr" and i not in ends})


def _without(row: list[Chunk], gone: set[int]) -> list[Chunk]:
    return [c for i, c in enumerate(row) if i not in gone] if gone else row


_OF_WHOLE = re.compile("(?<=S)[oT](?=S)")


def _of_wholes(row: list[Chunk], tags: str, part: Callable[[str], bool]) -> list[Chunk]:
    """'Phân hệ A của B', 'mô-đun A trên B': the preposition behind a part tells what it belongs to."""
    places = {m.start() for m in _OF_WHOLE.finditer(tags) if part(row[m.start() - 1].low)}
    return [c._replace(tag="m") if i in places else c for i, c in enumerate(row)] if places else row


_OWNER = re.compile(r"(?<=S),x(?=A[WI]S)|(?<=S)[omT][nx]?O(?:[,;A]{1,2}n?(?:O|x(?=[AW.;,])))*(?![CGYXMLEU])")


def _without_owners(row: list[Chunk], tags: str) -> list[Chunk]:
    """'của 18 sở, ban, ngành' behind a system says whose it is and no more."""
    return _without(row, {i for match in _OWNER.finditer(tags) for i in range(*match.span())})


_LISTED = re.compile(r"S[,;A/nFWITQo+]+[SR]|:S,[xd]{1,2}[,A]")


def _joined(row: list[Chunk], tags: str) -> list[Chunk]:
    """Systems with only separators between them become one list."""
    if not _LISTED.search(tags):
        return row
    out: list[Chunk] = []
    index = 0
    while index < len(row):
        chunk = row[index]
        if chunk.tag == "S":
            stop = _list_end(row, index)
            members = [c for c in row[index:stop] if c.tag == "S"]
            if len(members) > 1:
                refs = tuple(dict.fromkeys(i for c in members for i in c.refs))
                chunk = Chunk(chunk.start, members[-1].end, "S", chunk.low, refs, None, True, chunk.head)
            index = stop
        else:
            index += 1
        out.append(chunk)
    return out


def _list_end(row: list[Chunk], index: int) -> int:
    governed = index > 0 and row[index - 1].tag in GOVERNORS + VERBS + "k"  # 'đối với A, B …' governs too
    lacking = index > 0 and row[index - 1].tag == "N" and any(c.tag == "D" for c in row[:index])
    listed = index > 1 and row[index - 1].tag == ":"
    stop = index + 1
    while stop < len(row):
        ahead = stop
        while ahead < len(row) and row[ahead].tag in ",;A/nFWITQo+" and ahead < stop + 4:
            ahead += 1
        if listed and (other := re.match(",[xd]{1,2}(?=[,A])", tags_of(row[stop : stop + 4]))):
            stop += other.end()  # an item that names no system
            continue
        if ahead == stop or ahead >= len(row) or row[ahead].tag not in "SR":
            break
        between = tags_of(row[stop:ahead])
        again = re.fullmatch(r"(?:[,;/]?A|,)n?([WIFTQo])n?", between)
        if again and not (index and row[index - 1].tag == again.group(1)):
            break
        if not again and not re.fullmatch(r"(?:[,;/]?A|[,;/+])n?F?", between):
            break
        if (row[ahead].tag == "R" and not _member(row, ahead)) or (lacking and between == ","):
            break  # 'Do chưa có A, B chưa nối …'
        target = index > 0 and row[index - 1].tag in "WI"
        if (target if between == "A" else governed) and _starts_clause(row, ahead, linked=between == "A"):
            break
        stop = ahead + 1
    return stop


def _member(row: list[Chunk], index: int) -> bool:
    """A class of systems at the end of a list is passed over."""
    return index + 1 >= len(row) or row[index + 1].tag in ".;," + GOVERNORS


def _starts_clause(row: list[Chunk], index: int, *, linked: bool) -> bool:
    """Whether the system at `index` is the subject of what follows rather than the last of a list.

    `linked`: behind 'và' only a verb with its auxiliary shows that.
    """
    ahead = index + 1
    seen = ""
    if row[index - 1].tag == ";" and ahead < len(row) and row[ahead].tag in VERBS:
        return True
    if tags_of(row[index - 1 : index]) == ";" and tags_of(row[ahead : ahead + 1]) == ",":
        ahead, seen = ahead + 1, ","
    while ahead < len(row) and row[ahead].tag in "ubNUtx":
        seen += row[ahead].tag
        ahead += 1
    follows = ahead < len(row) and row[ahead].tag in VERBS
    return bool(seen) and (follows or (not linked and ("b" in seen or "u" in seen)))


_LIST_OPENED = re.compile(
    r"n?[RO](?:[xodOuTn]|[,A](?=O)){0,8}(?:[,;]?[eg]n?R?[xo]{0,2}:?|:)S|(?<=[WIFTB])n[xodOu]{0,6}(?:,?[eg]n?R?[xo]{0,2}:?|:)S|(?<=[WI])x,?eS"
)


def _introduced(row: list[Chunk], tags: str) -> list[Chunk]:
    """'với 7 CSDL của Trung ương, gồm: A, B' → 'với A, B'."""
    return _without(row, {i for match in _LIST_OPENED.finditer(tags) for i in range(match.start(), match.end() - 1)})


_ASIDE = re.compile(
    r"v[^SCGYXML;.]*,(?=v)"  # 'vừa giám sát, vừa'
    r"|(?<=S)-[^S\-;.]{1,10}-(?=[ubNUCGYXML])"  # 'A - nền tảng lõi của tỉnh - đã kết nối'
    r"|(?<=S),[^SCGYXML;.:]*,(?=[WI]x?S)"  # 'từ A, 12 xã đang dùng, vào B'
    r"|(?<=S),[xuondbWITO]{1,10},(?=[ub]{1,3}[CGYXMLEhj][^;.]{0,4}S)"  # 'A, vốn phải thuê chỗ, đã chạy trên B'
)


def _without_asides(row: list[Chunk], tags: str) -> list[Chunk]:
    """'A - nền tảng lõi của tỉnh - đã kết nối', 'A vừa giám sát, vừa kết nối': what tells nothing of links goes."""
    gone = {i for match in _ASIDE.finditer(tags) for i in range(*match.span())}
    if not gone and "v" not in tags:
        return row
    return [c._replace(tag="u") if c.tag == "v" else c for i, c in enumerate(row) if i not in gone]
