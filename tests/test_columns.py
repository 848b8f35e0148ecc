"""A file of columns gives back what was written, or says that it is not whole."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.columns import DamagedError, Lazy, Reader, Writer

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def write(path: Path) -> Path:
    writer = Writer()
    writer.text("name", ["một", "hai", "một"])
    writer.numbers("place", [3, -1])
    writer.write(path, {"digest": "d"})
    return path


@given(st.lists(words), st.lists(st.lists(words)), st.lists(st.floats(allow_nan=False)))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], lists: list[list[str]], floats: list[float]
) -> None:
    path = tmp_path_factory.mktemp("columns") / "c"
    writer = Writer()
    writer.text("t", texts)
    writer.texts("l", lists)
    writer.floats("f", [*floats, math.nan])
    writer.write(path, {})
    reader = Reader(path, {})
    column = reader.texts("l")
    assert reader.text("t") == texts
    assert [list(column[place]) for place in range(len(lists))] == list(map(list, column)) == lists
    assert list(reader.numbers("f"))[:-1] == floats
    assert math.isnan(reader.numbers("f")[-1])


def test_the_same_columns_are_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "a").read_bytes() == write(tmp_path / "b").read_bytes()


@pytest.mark.parametrize("at", [0, 20, -1])
def test_a_byte_that_was_changed_is_found(tmp_path: Path, at: int) -> None:
    path = write(tmp_path / "c")
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedError):
        Reader(path, {"digest": "d"})


@pytest.mark.parametrize("length", [0, 5, 60, -1])
def test_a_file_that_is_cut_off_is_no_file_of_columns(tmp_path: Path, length: int) -> None:
    path = write(tmp_path / "c")
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(DamagedError):
        Reader(path, {"digest": "d"})


def test_columns_of_something_else_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="something else"):
        Reader(write(tmp_path / "c"), {"digest": "another"})


class Column(list[str]):
    """Values that say which of them were asked for one at a time."""

    def __init__(self, values: Iterable[str]) -> None:
        super().__init__(values)
        self.made: list[int] = []

    def __getitem__(self, place: int) -> str:
        self.made.append(place)
        return super().__getitem__(place)


def test_a_value_is_made_when_it_is_asked_for_and_once() -> None:
    column = Column(["value 0", "value 1"])
    lazy = Lazy(["a", "b"], column)
    assert ("a" in lazy, "c" in lazy, list(lazy), len(lazy), column.made) == (True, False, ["a", "b"], 2, [])
    assert (lazy["b"], lazy["b"], lazy.get("c"), column.made) == ("value 1", "value 1", None, [1])
    assert (lazy["a"], list(lazy.values())) == ("value 0", ["value 0", "value 1"])
    assert (list(lazy.items()), column.made) == ([("a", "value 0"), ("b", "value 1")], [1, 0])
