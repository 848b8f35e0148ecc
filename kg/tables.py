"""Tables written with '|': the head says which column names the far end, which the way there."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.stream import Chunk

_CAPTION = re.compile(r"(?:[^SCGYX|]{0,6}\.)?[xlnud]*[CGYX][xdou]{0,4}o[^S|]{0,2}S[.:xOn]*$")


class Table:
    """The table that the lines being read belong to, if any."""

    def __init__(self) -> None:
        self.links = False
        """Whether the table at hand lists links."""
        self.caption: Chunk | None = None
        """The system that the line above speaks of, where it announces its links: 'Các kết nối của A'."""
        self._ways: frozenset[int] = frozenset()
        """Columns of intermediaries, counted from the last as -1: the first one is often no more than a number."""
        self._above: list[list[Chunk]] = []

    def read(self, row: list[Chunk]) -> list[Chunk]:
        """The row, with intermediaries marked as such where the table has a column for them."""
        cells = _cells(row)
        if len(cells) < 2:
            self.links = False
            match = _CAPTION.match("".join(c.tag for c in row))
            self.caption = row[match.end() - 1] if match else None
            return row
        tags = ["".join(c.tag for c in cell) for cell in cells]
        if not self.links:
            self.links = self._head(tags)
            return row
        cells = [self._repeated(number, cell) for number, cell in enumerate(cells)]
        self._above = cells
        marked = [chunk for number, cell in enumerate(cells) for chunk in self._marked(number - len(cells), cell)]
        return [*self._subject(marked), *marked]

    def _subject(self, row: list[Chunk]) -> list[Chunk]:
        """The captioned system as the first cell of a row that names but the far end."""
        tags = "".join(c.tag for c in row)
        ends = len(re.findall(r"(?<!Q)(?<![,A])S", tags))
        if self.caption is None or ends != 1 or not tags.startswith("|"):
            return []
        return [replace(self.caption, start=row[0].start, end=row[0].start)]

    def _head(self, tags: list[str]) -> bool:
        """Whether this row is the head of a table of links; keeps its columns of intermediaries."""
        self._ways = frozenset(number - len(tags) for number, cell in enumerate(tags) if re.match(r"\|?x?Q", cell))
        named = sum(bool(re.search(r"S", cell)) for cell in tags)
        return named < 2 and any(re.search(r"[CGYX]", cell) for cell in tags)

    def _repeated(self, number: int, cell: list[Chunk]) -> list[Chunk]:
        """The cell, or what the cell above it says where it is a ditto mark."""
        if [c.tag for c in cell if c.tag != "|"] != ["="] or number >= len(self._above):
            return cell
        mark = cell[-1]
        above = [replace(c, start=mark.start, end=mark.end) for c in self._above[number] if c.tag != "|"]
        return [*cell[:-1], *above]

    def _marked(self, number: int, cell: list[Chunk]) -> list[Chunk]:
        bar = cell[0] if cell and cell[0].tag == "|" else None
        body = cell[1:] if bar else cell
        if number in self._ways and body and body[0].tag == "S":
            body = [replace(body[0], end=body[0].start, tag="Q", refs=()), *body]
        return [bar, *body] if bar else body


def _cells(row: list[Chunk]) -> list[list[Chunk]]:
    """Cells with the bar before each; the first may have none."""
    cells: list[list[Chunk]] = [[]]
    for chunk in row:
        if chunk.tag == "|":
            cells.append([])
        cells[-1].append(chunk)
    return cells if cells[0] else cells[1:]
