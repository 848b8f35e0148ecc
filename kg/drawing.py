"""Where each system stands on a page: national ones in the middle, ministries' around them, each province a block.

Positions mean something and are the same for the same graph: nothing moves when the page opens. Within a block the most
connected systems stand in the middle; those without any stated connection stand small in rows below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

CELL = (190.0, 118.0)
"""Width and height kept for a connected system and its label."""
SMALL = (96.0, 58.0)
"""The same for a system without connection."""
WIDE = 1.5
"""A page is this much wider than high."""
HEAD = 64.0
"""Height kept for the name of a province above its systems."""
GAP = 40.0
"""Kept free between two blocks."""
STEP = 20.0
"""How far a block that finds no room moves out at a time."""
FOLDED = (170.0, 96.0)
"""Width and height kept for a province that is drawn as one mark."""


@dataclass(frozen=True, slots=True)
class Point:
    """Canvas coordinates: x to the right, y down, the middle of the page at 0, 0."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the canvas, by its middle."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two rectangles come nearer than the gap that is kept between blocks."""
        return (
            abs(self.x - other.x) < (self.width + other.width) / 2 + GAP
            and abs(self.y - other.y) < (self.height + other.height) / 2 + GAP
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything stands."""

    points: Mapping[str, Point]
    boxes: Mapping[str, Box]
    """Province → the rectangle of its systems."""
    middle: Box
    """The rectangle of national and ministry systems."""
    marks: Mapping[str, Point]
    """Province → where it stands when it is drawn as one mark: around the middle, clockwise from the top."""


@dataclass(frozen=True, slots=True)
class Group:
    """The systems of one home, most connected first."""

    home: str
    """Province; '' for the middle of the page."""
    connected: tuple[str, ...]
    ring: tuple[str, ...] = ()
    """Systems that stand around the connected ones; only the middle has such."""
    alone: tuple[str, ...] = ()


def arrange(groups: Sequence[Group]) -> Drawing:
    """Places for all systems of all groups.

    Args:
        groups: The middle (home '') first, if there is one, then the provinces in the order in which they go around,
            from the top, clockwise.

    Returns:
        A drawing without two systems in one place and without two boxes that overlap.

    >>> arrange([Group("", ("a",))]).points
    {'a': Point(x=0.0, y=0.0)}
    """
    middle = _size(groups[0]) if groups and not groups[0].home else Box(0.0, 0.0, *CELL)
    points: dict[str, Point] = {}
    boxes: dict[str, Box] = {}
    taken: list[Box] = []
    total = sum(_size(group).width for group in groups if group.home) or 1.0
    passed = 0.0
    for group in groups:
        size = _size(group)
        turn = 0.0
        if group.home:
            turn = 2 * math.pi * (passed + size.width / 2) / total - math.pi / 2
            passed += size.width
        box = _free(size, turn, taken)
        taken.append(box)
        if group.home:
            boxes[group.home] = box
        for iri, point in _inside(group):
            points[iri] = Point(round(box.x + point.x, 1), round(box.y + point.y, 1))
    return Drawing(points, boxes, middle, around(middle, [group.home for group in groups if group.home]))


def around(middle: Box, provinces: Sequence[str]) -> dict[str, Point]:
    """Places for provinces as marks on ellipses around `middle`, in their order, clockwise from the top.

    They alternate between as few ellipses as have room for all.

    >>> around(Box(0, 0, 400, 200), ["a", "b"])
    {'a': Point(x=0.0, y=-237.4), 'b': Point(x=0.0, y=237.4)}
    """
    wide, high = FOLDED
    # The ellipse through the corners of the middle, and half a mark farther.
    across, down = middle.width / math.sqrt(2) + wide / 2, middle.height / math.sqrt(2) + high
    across, down = max(across, down * WIDE * 0.8), max(down, across / WIDE / 1.6)
    apart = max(math.asin(min(1.0, wide / across)), math.asin(min(1.0, high / down)))
    rings = max(1, math.ceil(apart * len(provinces) / (2 * math.pi)))
    # As many turns on each ellipse, so that the last one comes no nearer to the first than others to each other.
    turn = 2 * math.pi / (rings * math.ceil(len(provinces) / rings) or 1)
    places = {}
    for index, home in enumerate(provinces):
        ring = index % rings
        angle = turn * index - math.pi / 2
        x, y = (across + ring * wide) * math.cos(angle), (down + ring * high) * math.sin(angle)
        places[home] = Point(round(x, 1) + 0.0, round(y, 1) + 0.0)
    return places


def _free(size: Box, turn: float, taken: Sequence[Box]) -> Box:
    """The nearest place to the middle, going out in direction `turn`, where the block meets no other."""
    distance = 0.0
    while True:
        x, y = round(distance * WIDE * math.cos(turn), 1), round(distance * math.sin(turn), 1)
        box = Box(x, y, size.width, size.height)
        if not any(box.meets(other) for other in taken):
            return box
        distance += STEP


def _inside(group: Group) -> Iterator[tuple[str, Point]]:
    """Places of a group's systems, the middle of its block at 0, 0."""
    size, core = _size(group), _core(group)
    middle = -size.height / 2 + (HEAD if group.home else 0.0) + core.height / 2
    for iri, point in zip(group.connected, _bricks(len(group.connected)), strict=True):
        yield iri, Point(point.x, point.y + middle)
    across, down = (core.width - CELL[0]) / 2, (core.height - CELL[1]) / 2
    for index, iri in enumerate(group.ring):
        angle = 2 * math.pi * index / len(group.ring) - math.pi / 2
        yield iri, Point(across * math.cos(angle), down * math.sin(angle) + middle)
    columns = _columns(group)
    top = size.height / 2 - _rows(group) * SMALL[1]
    for index, iri in enumerate(group.alone):
        row, column = divmod(index, columns)
        width = min(columns, len(group.alone) - row * columns)
        yield iri, Point((column - (width - 1) / 2) * SMALL[0], top + (row + 0.5) * SMALL[1])


def _size(group: Group) -> Box:
    """Size of a group's block, at 0, 0."""
    core = _core(group)
    width = max(core.width, _columns(group) * SMALL[0] if group.alone else 0.0, CELL[0])
    height = core.height + _rows(group) * SMALL[1] + (HEAD if group.home else 0.0)
    return Box(0.0, 0.0, width, max(height, CELL[1]))


def _core(group: Group) -> Box:
    """Size of the connected systems and the ring around them."""
    bricks = _bricks(len(group.connected))
    width = max(abs(point.x) for point in bricks) * 2 + CELL[0] if bricks else 0.0
    height = max(abs(point.y) for point in bricks) * 2 + CELL[1] if bricks else 0.0
    if group.ring:
        # The bricks fill an ellipse themselves: one a cell wider goes around them.
        width, height = width * 1.08 + CELL[0] * 1.8, height * 1.08 + CELL[1] * 1.8
        stretch = max(1.0, len(group.ring) * CELL[0] / (math.pi * (width + height) / 2))
        width, height = width * stretch, height * stretch
    return Box(0.0, 0.0, width, height)


def _columns(group: Group) -> int:
    """How many systems without connection stand in one row."""
    even = math.ceil(math.sqrt(len(group.alone) * WIDE * SMALL[1] / SMALL[0]))
    return max(1, int(_core(group).width // SMALL[0]), even)


def _rows(group: Group) -> int:
    return math.ceil(len(group.alone) / _columns(group)) if group.alone else 0


def _bricks(count: int) -> tuple[Point, ...]:
    """`count` places in rows that are shifted like bricks, the nearest to the middle first."""
    across = math.ceil(math.sqrt(count * WIDE * CELL[1] / CELL[0])) + 2
    down = math.ceil(count / max(1, across - 2)) + 2
    places = [
        Point((column + (0.5 if row % 2 else 0.0)) * CELL[0], row * CELL[1])
        for row in range(-down, down + 1)
        for column in range(-across, across + 1)
    ]
    places.sort(key=lambda point: (round(math.hypot(point.x / WIDE, point.y), 6), point.y, point.x))
    return tuple(places[:count])
