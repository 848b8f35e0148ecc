"""Rows of a table in a text: which of a row's cells stands below a head."""

from __future__ import annotations

import re
from itertools import pairwise

_RULED = re.compile(r"\n(?:[|: -]*-[|: -]*\n)?")
"""What may stand between two rows of one table."""


class Rows:
    """Follows one text from row to row."""

    def __init__(self) -> None:
        self._end = 0
        """Where the last row ends; 0 before the first."""
        self._cells = 0
        """How many cells the rows of the table have."""
        self._column = -1
        """Which of them is asked for; -1 where the head has none such."""

    def cell(self, low: str, place: int, head: re.Pattern[str]) -> tuple[int, int] | None:
        """Where the cell below `head` stands in the row at `place` of `low`; None in a head, or where there is no such column.

        Rows are asked for in their order.
        """
        begin = low.rfind("\n", 0, place) + 1
        end = low.find("\n", place)
        end = end if end >= 0 else len(low)
        bars = [begin - 1, *(match.start() for match in re.finditer(r"\|", low[begin:end])), end]
        bars[1:-1] = [begin + bar for bar in bars[1:-1]]
        cells = [(left + 1, right) for left, right in pairwise(bars)]
        again = end == self._end
        goes_on = 0 < self._end <= begin and _RULED.fullmatch(low, self._end, begin) is not None
        resumed = self._column >= 0 and low[slice(*cells[0])].strip().isdigit()
        self._end = end
        if not (again or goes_on or resumed) or len(cells) != self._cells:
            self._cells = len(cells)
            self._column = next((n for n, cell in enumerate(cells) if head.search(low[slice(*cell)])), -1)
            return None
        return cells[self._column] if self._column >= 0 else None
