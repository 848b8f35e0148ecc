"""What candidates of one sentence say of each other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.company import FAINT, Company, together
from kg.pairs import Pair


def pair(first: int | None, last: int, how: str = "here") -> Pair:
    """A candidate between the systems at two places."""
    source = ("before",) if first is None else (f"s{first}",)
    return Pair(source, (f"s{last}",), first, last, how if first is not None else "topic")


TWO_SUBJECTS = [pair(0, 4), pair(2, 4)]
"""'A, B kết nối với C'."""
TWO_OBJECTS = [pair(0, 2), pair(0, 4)]
"""'A kết nối với B, C'."""
CHAIN = [pair(0, 2), pair(2, 4)]
"""'A kết nối với B, B với C'."""


def look(pairs: Sequence[Pair], chances: Sequence[float], at: int) -> dict[str, tuple[str, ...]]:
    return {name: tuple(str(value) for value in values) for name, values in Company(pairs, chances).look(at).items()}


def test_a_candidate_is_told_how_likely_it_is_by_itself() -> None:
    assert look(TWO_SUBJECTS, [0.4, 0.96], 0)["alone"] == ("0.35",)
    assert look(TWO_SUBJECTS, [0.4, 0.96], 1)["alone"] == ("0.9",)
    assert look(TWO_SUBJECTS, [0.4, 1.0], 1)["alone"] == ("0.97",)


CASES = [
    (TWO_SUBJECTS, 0, "nearer"),
    (TWO_SUBJECTS, 1, "farther"),
    (TWO_OBJECTS, 1, "left"),
    (TWO_OBJECTS, 0, "right"),
    (CHAIN, 0, "onward"),
    (CHAIN, 1, "inward"),
    ([pair(None, 4), pair(2, 4)], 0, "nearer"),
    ([pair(None, 4), pair(2, 4)], 1, "farther"),
    ([pair(None, 2), pair(None, 4)], 1, "left"),
]


@pytest.mark.parametrize(("pairs", "at", "where"), CASES)
def test_another_candidate_is_told_by_where_it_stands(pairs: list[Pair], at: int, where: str) -> None:
    seen = look(pairs, [0.7, 0.7], at)
    assert seen == {"alone": ("0.65",), where: ("0.65", "0.65&0.65")}


def test_of_several_the_likeliest_is_told() -> None:
    three = [pair(0, 6), pair(2, 6), pair(4, 6)]
    assert look(three, [0.2, 0.55, 0.85], 0)["nearer"] == ("0.8", "0.8&0.2")


def test_a_faint_candidate_is_as_good_as_not_there() -> None:
    assert look(TWO_SUBJECTS, [FAINT / 2, 0.7], 1) == look(TWO_SUBJECTS[1:], [0.7], 0)


places = st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda two: two[0] < two[1])


@given(st.lists(places, unique=True, max_size=30), st.data())
def test_the_order_of_candidates_does_not_matter(ends: list[tuple[int, int]], data: st.DataObject) -> None:
    pairs = [pair(first, last) for first, last in ends]
    chances = [(first + last) / 20 for first, last in ends]
    order = data.draw(st.permutations(range(len(pairs))))
    company = Company([pairs[i] for i in order], [chances[i] for i in order])
    for at, index in enumerate(order):
        assert company.look(at) == Company(pairs, chances).look(index)


def test_features_of_different_kinds_tell_more_two_at_a_time() -> None:
    assert together([{"how": ["here"], "near": ["W"]}, {"verbs": ["1"]}]) == {
        "how+near": ["here|W"],
        "how+verbs": ["here|1"],
        "near+verbs": ["W|1"],
    }


def test_words_and_what_is_told_of_two_already_are_left_alone() -> None:
    assert together([{"word": ["với"], "near": ["W&here"], "how": ["here"]}]) == {}
    assert together([{"same-type": [None], "how": ["here"]}]) == {}
