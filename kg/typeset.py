"""Lines as they stand on printed pages → lines as they were written: wrapped lines joined, furniture left out.

Nothing here knows where the lines come from: a page is a list of words with their places, and of rows of its tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.plaintext import row

GAP = 2.0
"""Blank between two cells of a row without rules, in heights of its letters: no justified line has such blanks."""

_GUTTER = 0.6
"""Share of the lines of a page that must leave the same gap for the page to be read in columns."""
_COLUMN_LINES, _COLUMN_TEXT = 8, 18
_NEXT_LINE = 1.3
"""Blank above a line that goes on with the one before, at most, in heights."""
_REPEATED = 3
"""On so many pages a line at the edge is furniture."""
_END = re.compile(r"[.:;!?…][\"”’)\]]*$")
_MARKED = re.compile(r"(?:[-+*•▪◦●►✓➢–—\uf000-\uf0ff]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[^\W\d_]|[IVX]{1,5})[.)/])\s")
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}(?:\s*/\s*\d{1,4})?\W*")
_PRIVATE = re.compile(r"^[\uf000-\uf0ff]+(?=\s)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place, from the top left of the page, in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a row of a table."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first: float = 0.0
    """Width of its first word."""
    whole: bool = False
    """Whether it is a row: no line goes on with it."""
    ruled: bool = False
    """Whether it is a row of a table with rules."""
    margins: tuple[float, float] = (0.0, 0.0)
    """Where the lines of its column begin and end."""
    page: int = 0

    @property
    def height(self) -> float:
        """Height of its letters."""
        return self.bottom - self.top


def page_lines(words: Sequence[Word], rows: Sequence[Line], width: float, number: int = 0) -> list[Line]:
    """Lines of a page in the order of reading: `words` outside of tables, and `rows` of tables, each at its place."""
    visual = _visual(words)
    gutter = _gutter(visual, width)
    order: list[Line] = []
    for table_row in sorted(rows, key=lambda line: line.top):
        above = [line for line in visual if line[0].top < table_row.top]
        visual = visual[len(above) :]
        order += [*_columns(above, gutter), table_row]
    order += _columns(visual, gutter)
    return [replace(line, page=number) for line in order]


def _visual(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand beside each other, from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left, word.text)):
        middle = (word.top + word.bottom) / 2
        if lines and lines[-1][0].top < middle < lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: (word.left, word.right, word.text)) for line in lines]


def _gutter(lines: Sequence[Sequence[Word]], width: float) -> float | None:
    """Where the blank between two columns of prose is, None for a page in one."""
    gaps = [
        (one.right, two.left)
        for line in lines
        for one, two in pairwise(line)
        if two.left - one.right > (one.bottom - one.top)
    ]
    places = sorted({(left + right) / 2 for left, right in gaps if 0.3 * width < (left + right) / 2 < 0.7 * width})
    counted = [(sum(left < place < right for left, right in gaps), place) for place in places[:200]]
    most, place = max(counted, default=(0, 0.0))
    if most < max(_COLUMN_LINES, _GUTTER * len(lines)):
        return None
    halves = [[w for w in line if (w.right <= place) == side] for line in lines for side in (True, False)]
    sizes = [sum(len(word.text) + 1 for word in half) for half in halves]
    left, right = sum(sizes[::2]) / len(lines), sum(sizes[1::2]) / len(lines)
    return place if min(left, right) >= _COLUMN_TEXT else None


def _columns(lines: Sequence[list[Word]], gutter: float | None) -> Iterator[Line]:
    """Lines in the order of reading: what stands in two columns side by side comes one column after the other."""
    if gutter is None:
        yield from _column(lines)
        return
    across: list[list[Word]] = []
    sides: tuple[list[list[Word]], list[list[Word]]] = ([], [])
    for line in lines:
        if any(word.left < gutter < word.right for word in line) or _closed(line, gutter):
            yield from (made for side in sides for made in _column(side))
            sides = ([], [])
            across.append(line)
            continue
        yield from _column(across)
        across = []
        for side, half in zip(sides, _halves(line, gutter), strict=True):
            side.extend([half] if half else [])
    yield from _column(across)
    yield from (made for side in sides for made in _column(side))


def _halves(line: Sequence[Word], gutter: float) -> tuple[list[Word], list[Word]]:
    return [word for word in line if word.right <= gutter], [word for word in line if word.right > gutter]


def _closed(line: Sequence[Word], gutter: float) -> bool:
    """Whether a line runs over the gutter with no more than a blank there."""
    left, right = _halves(line, gutter)
    return bool(left and right) and right[0].left - left[-1].right < (left[-1].bottom - left[-1].top)


def _column(lines: Sequence[Sequence[Word]]) -> list[Line]:
    made = [_line(words) for words in lines]
    prose = [line for line in made if not line.whole] or made
    if not prose:
        return []
    # Most lines begin at the margin; a foot of the page may stand to the left of it.
    lefts = Counter(round(line.left) for line in prose)
    left = min(lefts, key=lambda place: (-lefts[place], place))
    margins = float(left), max(line.right for line in prose)
    return [replace(line, margins=margins) for line in made]


def _line(words: Sequence[Word]) -> Line:
    """The words as a line; as a row of cells where wide blanks part them."""
    cells = [[words[0]]]
    for one, two in pairwise(words):
        if two.left - one.right > GAP * (one.bottom - one.top):
            cells.append([])
        cells[-1].append(two)
    text = row([" ".join(word.text for word in cell) for cell in cells])
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    first = words[0].right - words[0].left
    return Line(text, words[0].left, words[-1].right, top, bottom, first, len(cells) > 1)


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """The lines of all pages without running heads, feet and page numbers, wrapped ones joined."""
    text, last = "", None
    for line in _body(pages):
        if last is not None and _goes_on(last, line):
            text += f" {line.text}"
        else:
            if text:
                yield text
            text = _PRIVATE.sub("-", line.text)
        last = line
    if text:
        yield text


def _body(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    repeated = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    for page in pages:
        edges = {id(line) for line in _edges(page) if repeated[_key(line)] >= _REPEATED}
        edges |= {id(line) for line in [*page[:1], *page[-1:]] if _PAGE_NUMBER.fullmatch(line.text)}
        yield from (line for line in page if id(line) not in edges)


def _edges(page: Sequence[Line]) -> list[Line]:
    """The lines of a page that may be a running head or foot."""
    return [line for line in [*page[:2], *page[-2:]] if not line.ruled]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _goes_on(last: Line, line: Line) -> bool:
    """Whether `line` is `last` wrapped: its first word would not have fitted there."""
    if last.whole or line.whole or _MARKED.match(line.text) or not _alike(last.height, line.height):
        return False
    ended = bool(_END.search(last.text))
    if last.page != line.page:
        if ended:
            return False
    elif not -last.height < line.top - last.bottom < _NEXT_LINE * last.height:
        return False
    if ended and line.left - line.margins[0] > 0.8 * line.height:
        return False
    return last.right + 0.2 * last.height + line.first > last.margins[1]


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= 0.15 * max(one, other)
