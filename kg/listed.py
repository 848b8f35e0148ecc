"""Names in lists: what stands below 'Tên hệ thống' or 'Kết nối với' in a table names a system, and goes by the number of its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.layout import Unit
from kg.mention import Mention
from kg.ontology import Ontology
from kg.pieces import Grammar, Piece
from kg.rows import Rows
from kg.text import Normal, any_of

Span = tuple[int, int]

_NUMBER = r"\s*(?:\(\d{1,2}\)\s*)?"
"""What may stand before the words of a column's head."""
_PART = re.compile(r"[^;\[(|]+")
"""What names one system in a cell: brackets tell more of it."""
_PLAIN = frozenset("xwdA-n,q/KHh")
"""Tags of the pieces of a name that nothing else is known of."""
_FEWEST, _MOST = 2, 10
"""Words of such a name."""
_MARGIN = 20
"""Characters before the first name of a line within which its number or code stands."""
_CODE = re.compile(r"\w+ \d+")
"""What only points to another row."""


class InRow(NamedTuple):
    """What the columns of a row say of its cells."""

    named: tuple[Span, ...]
    """Those that name systems."""
    owner: Span | None
    """That of whom the system of the row belongs to."""


class ListedNames:
    """Finds the cells of tables that name systems, and those that name whose they are."""

    def __init__(self, ontology: Ontology) -> None:
        nouns, owners = (any_of(ontology.words[f"layout.{name}_columns"]) for name in ("system", "owner"))
        self._own = re.compile(rf"^{_NUMBER}(?:{nouns})\b")
        self._other = re.compile(rf"^{_NUMBER}(?:{ontology.tables['layout.columns']['target']})")
        self._owner = re.compile(rf"^{_NUMBER}(?:{owners})\b")

    def rows(self, normal: Normal, units: Sequence[Unit]) -> dict[int, InRow]:
        """The rows of tables that list systems, by the start of the unit that a row is."""
        tracks = [(Rows(), head) for head in (self._own, self._other, self._owner)]
        found: dict[int, InRow] = {}
        for unit in units:
            if "|" not in normal.low[normal.low.rfind("\n", 0, unit.start) + 1 : unit.end]:
                continue
            own, other, owner = (rows.cell(normal.low, unit.start, head) for rows, head in tracks)
            if own is not None:
                found[unit.start] = InRow((own, other) if other else (own,), owner)
        return found


def with_listed(g: Grammar, normal: Normal, row: Sequence[Piece], found: list[Mention], told: InRow) -> list[Mention]:
    """The mentions of a row: those that only their cell tells are added, organisations among the owners taken out."""
    if told.owner:
        first, last = told.owner
        found = [m for m in found if not (first <= m.start < last and m.core.startswith(tuple(g.acting_heads)))]
    parts = (part.span() for cell in told.named for part in _PART.finditer(normal.text, *cell))
    more = [name for part in parts if (name := _name(normal, row, found, part))]
    return sorted([*found, *more], key=lambda mention: mention.start) if more else found


def _name(normal: Normal, row: Sequence[Piece], found: Sequence[Mention], part: Span) -> Mention | None:
    """What a part of a cell names that nothing in it tells to be a system; None where it says something else."""
    inside = [piece for piece in row if part[0] <= piece.start and piece.end <= part[1]]
    if not inside or not inside[0].capital or any(m.start < part[1] and part[0] < m.end for m in found):
        return None
    start, end = inside[0].start, inside[-1].end
    words = normal.text[start:end].split()
    plain = all(piece.tag in _PLAIN for piece in inside) and any(piece.tag in "xw" for piece in inside)
    name = " ".join(words)
    if not plain or _CODE.fullmatch(name) or not _FEWEST <= len(words) <= _MOST:
        return None
    return Mention(start, end, end, None, None, None, name.lower(), aliases=(name,))


def numbered(
    normal: Normal, read: Iterable[tuple[Unit, tuple[list[Piece], list[Mention]] | None]]
) -> Iterator[tuple[str, Mention]]:
    """What stands before the first name of each line, its number or code, and the name."""
    paragraph = -1
    for unit, named in read:
        if named and named[1] and unit.paragraph != paragraph:
            first = named[1][0]
            begin = normal.text.rfind("\n", 0, first.start) + 1
            if first.start - begin < _MARGIN:
                yield normal.text[begin : first.start], first
        paragraph = unit.paragraph
