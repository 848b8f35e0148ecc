"""Places of systems on a page."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.drawing import CELL, FOLDED, SMALL, Box, Group, around, arrange

SIZES = st.tuples(st.integers(0, 40), st.integers(0, 30))


def group(home: str, connected: int, alone: int, ring: int = 0) -> Group:
    return Group(
        home,
        tuple(f"{home}c{index}" for index in range(connected)),
        tuple(f"{home}r{index}" for index in range(ring)),
        tuple(f"{home}a{index}" for index in range(alone)),
    )


@given(st.lists(SIZES, max_size=8), SIZES, st.integers(0, 12))
def test_no_two_blocks_overlap_and_no_two_systems_stand_in_one_place(
    provinces: list[tuple[int, int]], middle: tuple[int, int], ring: int
) -> None:
    groups = [group("", *middle, ring=ring), *(group(f"p{n}", *size) for n, size in enumerate(provinces))]
    drawing = arrange(groups)
    assert not any(one.meets(other) for one, other in combinations(drawing.boxes.values(), 2))
    places = list(drawing.points.values())
    assert len(places) == sum(len((*g.connected, *g.ring, *g.alone)) for g in groups)
    assert len({(place.x, place.y) for place in places}) == len(places)


@given(SIZES)
def test_systems_of_a_province_stand_in_its_box_with_room_for_their_names(size: tuple[int, int]) -> None:
    drawing = arrange([group("", 3, 0), group("p", *size)])
    box = drawing.boxes["p"]
    own = {iri: place for iri, place in drawing.points.items() if iri.startswith("p")}
    for place in own.values():
        assert abs(place.x - box.x) <= box.width / 2
        assert abs(place.y - box.y) <= box.height / 2
    for (one, a), (other, b) in combinations(own.items(), 2):
        width, height = SMALL if "pa" in one[:2] + other[:2] else CELL
        assert abs(a.x - b.x) >= width - 0.2 or abs(a.y - b.y) >= height / 2 - 0.2


def test_the_most_connected_system_stands_in_the_middle_of_its_block() -> None:
    drawing = arrange([Group("", tuple("abcdefg"))])
    assert (drawing.points["a"].x, drawing.points["a"].y) == (0, 0)


def test_the_same_groups_give_the_same_places() -> None:
    groups = [group("", 9, 4, 3), group("x", 12, 5), group("y", 2, 0)]
    assert arrange(groups) == arrange(groups)


@given(st.integers(1, 80), st.integers(1, 60), st.integers(0, 20))
def test_folded_provinces_stand_around_the_middle_and_apart(count: int, connected: int, ring: int) -> None:
    provinces = [group(f"p{n:02d}", 1, 0) for n in range(count)]
    drawing = arrange([group("", connected, 0, ring=ring), *provinces])
    assert list(drawing.marks) == [one.home for one in provinces]
    for home, place in drawing.marks.items():
        assert abs(place.x) > drawing.middle.width / 2 or abs(place.y) > drawing.middle.height / 2, home
    for one, other in combinations(drawing.marks.values(), 2):
        assert abs(one.x - other.x) > FOLDED[0] * 0.7 or abs(one.y - other.y) > FOLDED[1] * 0.7


def test_folded_provinces_go_around_clockwise_from_the_top() -> None:
    places = list(around(Box(0, 0, 400, 300), ["a", "b", "c", "d"]).values())
    assert [(round(place.x) > 0, round(place.y) > 0) for place in places] == [
        (False, False),
        (True, False),
        (False, True),
        (False, False),
    ]
