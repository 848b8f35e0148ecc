"""What a text calls a system: the value that recognition hands on, and names that share one head noun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.lexicon import KIND, SYSTEM
from kg.ontology import Concept
from kg.pieces import Grammar, Piece
from kg.scope import NOWHERE, Scope
from kg.text import Normal


class Mention(NamedTuple):
    """A stretch of text that names a system, a class of systems, or points back to one."""

    start: int
    end: int
    core_end: int
    """End of the name proper: before scope and alias."""
    head: Concept | None
    known: Concept | None
    kind: Concept | None
    core: str
    """Name proper in lower case, without scope and alias."""
    brand: str = ""
    alias: str = ""
    """The short name, where the document itself introduced it elsewhere."""
    aliases: tuple[str, ...] = ()
    """Short names that this mention introduces."""
    scope: Scope = NOWHERE
    operator: str | None = None
    distinct: str = ""
    plural: bool = False
    pointed: bool = False
    """Whether 'này', 'đó' and the like point back."""
    sort: str = "name"
    """'name', 'class' (generic), 'anaphor'."""


def shared_head(
    g: Grammar, normal: Normal, row: Sequence[Piece], first: int, at: int, head: Concept | None, head_low: str
) -> list[Mention]:
    """'các CSDL A, B và C', 'các phần mềm quản lý A, kê khai B', '8 cơ sở dữ liệu gồm: A, B': one head for a list of names."""
    before = row[first - 1] if first else None
    if before is None or before.tag not in "ln":
        return []
    if head_low in g.listing_heads:
        tasks = _shares(g, row, _behind_helped(g, row, at), ",A;", opened=False)
        named = len(tasks) > 1 and all(e - b > 1 and row[b].low in g.verbs for b, e in tasks)
        return [_share(g, normal, row, b, e, head, head_low) for b, e in tasks] if named else []
    if head_low not in g.sharing_heads:
        return []
    listed = at
    while listed < len(row) and listed < at + 8 and row[listed].tag not in "ge:.;(":
        listed += 1
    opened = listed < len(row) and row[listed].tag in "ge:" and _generic_between(g, row, at, listed)
    if opened:
        at = listed + 1
        if at < len(row) and row[at].tag == ":":
            at += 1
    shares = _shares(g, row, at, ";" if opened and any(p.tag == ";" for p in row[at:]) else ",A;", opened=opened)
    shares = [(b, e) for b, e in shares if not g.generic.fullmatch(" ".join(p.low for p in row[b:e]))]
    if len(shares) < 2:
        return []
    return [_share(g, normal, row, b, e, head, head_low) for b, e in shares]


def coined(normal: Normal, row: Sequence[Piece], index: int) -> bool:
    """Whether a coined name stands near behind the noun: 'phân hệ xét nghiệm LIS'."""
    for piece in row[index + 1 : index + 5]:
        if piece.tag not in "xw":
            return False
        if normal.text[piece.start : piece.end].isupper() and piece.end - piece.start > 2:
            return True
    return False


def introduced(g: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> list[Mention]:
    """'một số nền tảng số: họp trực tuyến, đào tạo trực tuyến': what stands behind the colon, two at least, under the head."""
    before = row[index - 1] if index else None
    head = row[index]
    if before is None or before.tag not in "ln":
        return []
    noun = max((noun for noun in g.listing_heads if f"{head.low} ".startswith(f"{noun} ")), key=len, default="")
    if not noun:
        return []
    colon = next((i for i in range(index + 1, min(index + 18, len(row))) if row[i].tag in ":.;"), len(row))
    if colon == len(row) or row[colon].tag != ":" or any(p.tag in "CGYXMLE" for p in row[index:colon]):
        return []
    found: list[Mention] = []
    begin = colon + 1
    for place in range(colon + 1, len(row) + 1):
        if place == len(row) or row[place].tag in ",;.)…":
            if _tells(g, row[begin:place]):
                found.append(_share(g, normal, row, begin, place, head.concept, noun))
            begin = place + 1
            if place < len(row) and row[place].tag == ".":
                break
    return found if len(found) > 1 else []


def _tells(g: Grammar, item: Sequence[Piece]) -> bool:
    """Whether an item of a list is a system by its last word: 'họp trực tuyến', 'thương mại điện tử'."""
    words = [word for piece in item for word in piece.low.split()]
    telling = " ".join(words).endswith(g.telling_tails)
    return 1 < len(words) < 8 and telling and all(p.tag in "xwdA" or p.low in g.verbs for p in item)


def _behind_helped(g: Grammar, row: Sequence[Piece], at: int) -> int:
    """Behind 'hỗ trợ người nộp thuế': where the first task of a list begins that several systems do for somebody."""
    if at == len(row) or row[at].low not in g.helping:
        return at
    stop = next((i for i in range(at, len(row)) if row[i].tag in ",;.:("), len(row))
    tasks = [i for i in range(at + 2, min(stop, at + 8)) if row[i].low in g.verbs]
    return tasks[-1] if tasks else at


def _generic_between(g: Grammar, row: Sequence[Piece], start: int, stop: int) -> bool:
    between = [p for p in row[start:stop] if p.tag not in "on"]
    return all(g.generic.fullmatch(p.low) or p.tag in "PO" or g.province.match(p.low) for p in between)


def _shares(g: Grammar, row: Sequence[Piece], at: int, separators: str, *, opened: bool) -> list[tuple[int, int]]:
    shares: list[tuple[int, int]] = []
    begin = index = at
    while index <= len(row):
        piece = row[index] if index < len(row) else None
        inside = (
            piece is not None
            and piece.tag not in separators
            and (
                piece.tag in "xwd-,KPOqA"
                or piece.low in g.verbs
                or (piece.low in g.about and index == begin)
                or (opened and piece.tag in "hMLCu")
                or (piece.tag == "u" and index > begin and row[min(index + 1, len(row) - 1)].tag in separators)
            )
        )
        if inside and index - begin < 8:
            index += 1
            continue
        if index > begin and (piece is None or piece.tag in separators + ".)…" or piece.tag not in "xwd"):
            shares.append((begin, index))
        if piece is None or piece.tag not in separators:
            break
        begin = index = index + 1
    return shares


def _share(
    g: Grammar, normal: Normal, row: Sequence[Piece], begin: int, end: int, head: Concept | None, head_low: str
) -> Mention:
    start, stop = row[begin].start, row[end - 1].end
    core = f"{head_low} {normal.low[start:stop]}"
    meaning = g.lexicon.spelt(core)
    best = meaning[0] if meaning and meaning[0].sort in (SYSTEM, KIND) else None
    known = best.concept if best and best.sort == SYSTEM else None
    kind = best.concept if best and best.sort == KIND else None
    return Mention(start, stop, stop, head, known, kind, core)


def parts(g: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> list[Mention]:
    """'9 phân hệ (gồm: giám sát A; điều hành B; …)', 'ba phân hệ của X là A, B và C': each item names a part."""
    before = row[index - 1] if index else None
    if before is None or before.tag not in "ln":
        return []
    at, counted = _parts_begin(g, row, index)
    if not at:
        return []
    stop = next((i for i in range(at, len(row)) if row[i].tag in (").;" if counted else ").")), len(row))
    if (first := next((i for i in range(at, stop) if row[i].tag == ";"), 0)) and any(
        p.tag in "uN" for p in row[first:stop]
    ):
        stop = first  # behind it stands what is told of the parts
    separators = ";" if any(p.tag == ";" for p in row[at:stop]) else ",A"
    found: list[Mention] = []
    begin = at
    for position in range(at, stop + 1):
        if position == stop or row[position].tag in separators:
            fitting = separators == ";" or not found or row[begin].low in g.verbs or (counted and row[begin].capital)
            if position > begin and fitting:
                start, end = row[begin].start, row[position - 1].end
                words = " ".join(normal.low[start:end].split())
                core = words if row[begin].low in g.parts or counted else f"{row[index].low} {words}"
                found.append(Mention(start, end, end, g.part_head, None, None, core))
            begin = position + 1
    return found if len(found) > 1 else []


def _parts_begin(g: Grammar, row: Sequence[Piece], index: int) -> tuple[int, bool]:
    """Where the parts are listed behind their noun, 0 where nowhere; and whether 'là' and capitals set them out."""
    at = index + 1
    while at < len(row) and at < index + 4 and row[at].tag not in "(:ge":
        at += 1
    if at < len(row) and row[at].tag in "(:ge":
        while at < len(row) and row[at].tag in "(:ge":
            at += 1
        return at, False
    for place in range(index + 1, min(index + 14, len(row) - 1)):
        if row[place].tag in ",;.:CGYXML":
            return 0, False
        if row[place].low in g.equals:
            return (place + 1, True) if row[place + 1].capital else (0, False)
    return 0, False


def same_owner(g: Grammar, row: Sequence[Piece], found: list[Mention]) -> list[Mention]:
    """'…; A, B của Bộ X; …': the members of one group of a list have one owner, said behind the last."""
    if ";" not in [piece.tag for piece in row]:
        return found
    at = {piece.start: index for index, piece in enumerate(row)}
    ends = {piece.end: index for index, piece in enumerate(row)}
    out = list(found)
    for number in range(len(out) - 2, -1, -1):
        name, follow = out[number], out[number + 1]
        first, stop, then = at.get(name.start), ends.get(name.end), at.get(follow.start)
        if first is None or stop is None or then is None:
            continue
        grouped = first > 0 and row[first - 1].tag == ";" and then == stop + 2 and row[stop + 1].tag in ",A"
        if not grouped or name.known is not None or name.scope.sort:
            continue
        if follow.scope.sort == "agency":
            out[number] = name._replace(scope=follow.scope)
        elif follow.known is not None:
            out[number] = name._replace(known=_owned_alike(g, name.core, follow.core))
    return out


def _owned_alike(g: Grammar, name: str, model: str) -> Concept | None:
    """The system that the lexicon knows by `name` with the owner that `model` ends in."""
    owners = [f" {word} {model.split(f' {word} ', 1)[1]}" for word in sorted(g.owned_by) if f" {word} " in model]
    found = [e.concept for owner in owners for e in g.lexicon.spelt(name + owner) if e.sort == SYSTEM]
    return found[0] if found else None
