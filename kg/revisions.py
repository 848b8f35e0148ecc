"""What a later clause says of a link just stated: 'Luồng này tạm dừng từ …', 'hôm qua đã thông trở lại', 'thực tế chưa có'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.ontology import Ontology
from kg.status import StatusReader
from kg.stream import PARTIES, Chunk, tags_of
from kg.text import alternation

_BRACKETED = re.compile(r"S\(([^()S]{1,8})\)")
_CUT = re.compile(r"u{0,2}U(?=[untk.,;]|$)")
"""Tags of a clause without a subject that tells of an outage: 'Rồi tạm ngưng từ tháng 3'."""
_PILOT = re.compile("[ut]{1,4}(?=[TnO.,;)]|$)")
"""Tags of words that tell how something stands, with no object behind them."""
_OPENING = 8
"""Chunks of a clause within which it must come to speak of the link."""


class Reviser:
    """Tells whether a clause takes up the link before it, and which status it gives it."""

    def __init__(self, ontology: Ontology, status: StatusReader) -> None:
        self._link = alternation(ontology.words["status.link_nouns"], apart=True)
        self._fact = alternation(ontology.words["status.in_fact"])
        self._restored = alternation(ontology.words["status.restored"], apart=True)
        self._promised = alternation(ontology.words["status.promised"], apart=True)
        self._promised_at_once = alternation(ontology.words["status.promised_at_once"], apart=True)
        self._deferred = frozenset(ontology.words["status.deferred"])
        self._status = status

    def verdict(self, clause: Sequence[Chunk], low: str, *, down: bool) -> str | None:
        """Status that `clause`, in lower case `low`, gives to the link before it; None where it speaks of no link.

        A clause that names a system speaks of that. `down`: whether the link is out of operation, and may be up again.
        """
        if any(map(_named, clause)):
            return None
        if down and self._status.said(self._restored, low):
            return "operational"
        if not (self._taken_up(clause) or self._fact.match(low.lstrip())):
            return None
        status = self._status.repaired(low) or self._status.gravest_of(clause)
        return status if status != "planned" or _to_be_linked(clause) else None

    def in_brackets(self, row: Sequence[Chunk]) -> dict[str, str]:
        """Status that brackets right behind systems tell of their links: 'A, B (đang thử)'. Work under way may be on the system."""
        told: dict[str, str] = {}
        for match in _BRACKETED.finditer(tags_of(row)):
            status = self._status.gravest_of(row[match.start(1) : match.end(1)])
            if status and status not in ("operational", "in_progress"):
                told |= dict.fromkeys(row[match.start()].refs, status)
        return told

    def announces(self, clause: Sequence[Chunk]) -> bool:
        """Whether a clause that names no system plans to link, or puts it off: 'hai bên đưa vào kế hoạch năm sau'."""
        if any(map(_named, clause)):
            return False
        return _to_be_linked(clause) or any(chunk.low in self._deferred for chunk in clause[:_OPENING])

    def promises(self, clause: Sequence[Chunk], low: str, *, at_once: bool) -> bool:
        """Whether a clause, in lower case `low`, that names no system promises something: 'hai bên hẹn hoàn thành'.

        `at_once`: whether it stands in the sentence of what is promised.
        """
        if any(map(_named, clause)):
            return False
        if self._promised.search(low):
            return True
        opening = next((chunk.tag for chunk in clause if chunk.tag not in "ut,;"), "x")
        return at_once and opening != "x" and self._promised_at_once.search(low) is not None

    def way(self, clause: Sequence[Chunk]) -> tuple[str, ...]:
        """Systems through which `clause` says that the link before it goes; empty where it says nothing of the kind."""
        tags = "".join(chunk.tag for chunk in clause)
        through = tags.find("Q")
        if through < 0 or re.search("[SZ]", tags[:through]) or not self._taken_up(clause):
            return ()
        return tuple(dict.fromkeys(i for chunk in clause[through:] if chunk.tag == "S" for i in chunk.refs))

    def _taken_up(self, clause: Sequence[Chunk]) -> bool:
        """Whether the clause opens with 'kết nối này', 'việc đồng bộ', 'đường truyền', 'hai bên'."""
        opening = clause[:_OPENING]
        if _CUT.match(tags_of(opening)) or _tried(opening):
            return True
        objects = [n for n, chunk in enumerate(opening) if n and chunk.tag == "Z" and opening[n - 1].tag in "CGYXM"]
        if self._link.search(" ".join(chunk.low for n, chunk in enumerate(opening) if n not in objects)):
            return True
        for index, chunk in enumerate(opening):
            pointed = any(c.tag == "r" for c in clause[index + 1 : index + 3])
            nominal = chunk.tag in "cCGY" and (index == 0 or clause[index - 1].tag in "u,")
            if (chunk.tag in "cCGYXM" and pointed) or (nominal and _says(clause, index)):
                return True
        return False


def _named(chunk: Chunk) -> bool:
    """Whether a chunk names or stands for a system; 'hai bên' stands for the ends of a link."""
    return chunk.tag == "S" or (chunk.tag == "Z" and chunk.signals != PARTIES)


def _tried(opening: Sequence[Chunk]) -> bool:
    """Whether a clause without a subject tells of a pilot: 'Hiện đang chạy thử ở hai huyện', not 'Thử nghiệm phần mềm mới'."""
    match = _PILOT.match(tags_of(opening))
    return match is not None and opening[match.end() - 1].signals == "pilot"


def _to_be_linked(clause: Sequence[Chunk]) -> bool:
    """Whether a link is what the clause plans: 'sang năm mới nối', not 'sẽ được nâng cấp'."""
    plan = next((n for n, chunk in enumerate(clause) if chunk.signals == "planned"), len(clause))
    return any(chunk.tag in "CGYXM" for chunk in clause[plan:])


def _says(clause: Sequence[Chunk], index: int) -> bool:
    """Whether a word of status follows the noun, with nothing that would be an object of it as a verb."""
    tags = "".join(chunk.tag for chunk in clause[index + 1 :])
    return re.match(r"[ubtnr]*[UN]", tags) is not None
