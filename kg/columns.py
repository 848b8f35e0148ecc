"""Columns of plain values in one file: written once, then read by any number of processes, whole or not at all.

The file is a line of magic, a line of JSON (what it was made of, the place and kind of every column, a checksum) and the
columns: texts as UTF-8 parted by NUL, integers of 32 bits, floats of 64 bits. Nothing in it is run when it is read.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

MAGIC = b"kg columns 1\n"
_HEADER_LIMIT = 1 << 20

Numbers = array  # of int or float
T = TypeVar("T")
Made_co = TypeVar("Made_co", covariant=True)


class DamagedError(ValueError):
    """A file of columns is cut off, altered, or none."""


class Column(Protocol[Made_co]):
    """Values by their place: one at a time, or one after the other, which is quicker where all are wanted."""

    def __getitem__(self, place: int, /) -> Made_co:
        """The value at a place."""

    def __iter__(self) -> Iterator[Made_co]:
        """All values in order."""


class Lists(Generic[T]):
    """A column of lists that stand one after another in a column of their members."""

    def __init__(
        self, starts: Sequence[int], some: Callable[[int, int], Iterable[T]], every: Callable[[], Iterable[T]]
    ) -> None:
        """Take where each list begins and the last one ends, and what gives some of the members, and all."""
        self._starts, self._some, self._every = starts, some, every

    def __getitem__(self, place: int) -> tuple[T, ...]:
        start, end = self._starts[place], self._starts[place + 1]
        return tuple(self._some(start, end)) if start < end else ()

    def __iter__(self) -> Iterator[tuple[T, ...]]:
        members = list(self._every())
        return (tuple(members[start:end]) for start, end in pairwise(self._starts))


class Lazy(Mapping[str, T]):
    """A mapping that makes its values when they are first asked for, by their place among the keys."""

    def __init__(self, keys: Sequence[str], column: Column[T]) -> None:
        self._places = dict(zip(keys, range(len(keys)), strict=True))
        self._column = column
        self._made: dict[str, T] = {}
        self._whole = False

    def __getitem__(self, key: str) -> T:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._column[self._places[key]]
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> ItemsView[str, T]:
        """All keys with their values in order, made at once."""
        if not self._whole:
            self._made, self._whole = dict(zip(self._places, self._column, strict=True)), True
        return self._made.items()

    def values(self) -> ValuesView[T]:
        """All values in order, made at once."""
        self.items()
        return self._made.values()


class Writer:
    """Gathers columns. Texts are kept once each, in a pool, and stand in columns as their number."""

    def __init__(self) -> None:
        self._pool: dict[str, int] = {}
        self._columns: dict[str, Numbers[Any]] = {}

    def text(self, name: str, values: Iterable[str]) -> None:
        """A column of texts."""
        self.numbers(name, (self._number(value) for value in values))

    def texts(self, name: str, values: Iterable[Sequence[str]]) -> None:
        """A column of lists of texts: one of where each begins, and one of all their members."""
        starts, members = array("i", [0]), array("i")
        for value in values:
            members.extend(map(self._number, value))
            starts.append(len(members))
        self._columns[f"{name}/starts"], self._columns[name] = starts, members

    def numbers(self, name: str, values: Iterable[int]) -> None:
        """A column of integers of 32 bits."""
        self._columns[name] = array("i", values)

    def floats(self, name: str, values: Iterable[float]) -> None:
        """A column of floats."""
        self._columns[name] = array("d", values)

    def _number(self, text: str) -> int:
        return self._pool.setdefault(text.replace("\0", "\ufffd"), len(self._pool))

    def write(self, path: Path, made_of: Mapping[str, Any]) -> None:
        """Write everything; `made_of` is what `read` wants to find again."""
        parts = {"": ("s", "\0".join(self._pool).encode("utf-8"))}
        parts |= {name: (column.typecode, _little(column).tobytes()) for name, column in self._columns.items()}
        places: dict[str, tuple[str, int, int]] = {}
        body = bytearray()
        for name, (kind, data) in parts.items():
            places[name] = (kind, len(body), len(data))
            body += data
        header = {"made_of": made_of, "columns": places, "length": len(body), "check": zlib.crc32(body)}
        path.write_bytes(MAGIC + json.dumps(header, sort_keys=True).encode() + b"\n" + body)


class Reader:
    """The columns of a file.

    Raises:
        DamagedError: it is no such file, of other things than `made_of`, cut off or altered.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path, made_of: Mapping[str, Any]) -> None:
        data = memoryview(path.read_bytes())
        end = bytes(data[: len(MAGIC) + _HEADER_LIMIT]).find(b"\n", len(MAGIC))
        if data[: len(MAGIC)] != MAGIC or end < 0:
            raise DamagedError("not a file of columns")
        header, body = _header(bytes(data[len(MAGIC) : end])), data[end + 1 :]
        if header.get("made_of") != json.loads(json.dumps(made_of)):
            raise DamagedError("made of something else")
        if (header["length"], header["check"]) != (len(body), zlib.crc32(body)):
            raise DamagedError("cut off or altered")
        self._columns = {
            name: _column(kind, body[at : at + length]) for name, (kind, at, length) in header["columns"].items()
        }
        self._pool: list[str] = self._columns.pop("")

    def numbers(self, name: str) -> Any:
        """A column of integers or floats."""
        return self._columns[name]

    def text(self, name: str) -> list[str]:
        """A column of texts."""
        return list(map(self._pool.__getitem__, self._columns[name]))

    def texts(self, name: str) -> Lists[str]:
        """A column of lists of texts."""
        members, text = self._columns[name], self._pool.__getitem__
        return Lists(
            self._columns[f"{name}/starts"],
            lambda start, end: map(text, members[start:end]),
            lambda: map(text, members),
        )


def _header(line: bytes) -> dict[str, Any]:
    try:
        header = json.loads(line)
    except ValueError as error:
        raise DamagedError("no header") from error
    if not isinstance(header, dict):
        raise DamagedError("no header")
    return header


def _column(kind: str, data: memoryview) -> Any:
    if kind == "s":
        return str(data, "utf-8").split("\0")
    column = array(kind)
    column.frombytes(data)
    return _little(column)


def _little(column: Numbers[Any]) -> Numbers[Any]:
    """A column with its bytes in the order that files have, whatever the machine."""
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return column
