"""JSON in UTF-8, and rows that are written once: the text is what most askers want, and values can be read from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, overload

from kg.model import Answer

Row = Mapping[str, Any]


class Rows(Sequence[Row]):
    """Rows of an answer that are kept as parts of their JSON; a row is read when it is looked at.

    >>> rows = Rows([b'{"hop":', b"1},", b'{"hop":', b"2},"], 2)
    >>> rows[1], len(rows), rows == ({"hop": 1}, {"hop": 2})
    ({'hop': 2}, 2, True)
    """

    def __init__(self, parts: Sequence[bytes], width: int) -> None:
        self.parts = parts
        """Those of the first row, of the second, and so on; a comma ends each row."""
        self._width = width

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        places = range(len(self))[place]
        return self._row(places) if isinstance(places, int) else tuple(map(self._row, places))

    def _row(self, place: int) -> Row:
        import orjson

        text = b"".join(self.parts[place * self._width : (place + 1) * self._width])
        row: Row = orjson.loads(memoryview(text)[:-1])
        return row

    def __len__(self) -> int:
        return len(self.parts) // self._width

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self.parts))

    def __repr__(self) -> str:
        return repr(tuple(self))


def encode(document: object) -> bytes:
    """`document` as JSON in UTF-8, whatever strings it holds."""
    import orjson

    try:
        return orjson.dumps(document, default=str, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:  # half a character, a number of more than 64 bits
        return json.dumps(document, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace") + b"\n"


def value(plain: object) -> bytes:
    """`plain` as JSON that is to stand within other JSON.

    >>> value(["a", None])
    b'["a",null]'
    """
    return encode(plain)[:-1]  # cut: a copy of its own length, where orjson's has room for a kilobyte


def members(plain: Mapping[str, object]) -> bytes:
    """The members of an object as JSON, to stand among others.

    >>> members({"a": 1, "b": None})
    b'"a":1,"b":null'
    """
    return value(plain)[1:-1]


def written(answer: Answer) -> bytes:
    """The JSON object of an answer: what `encode(answer.as_json())` is, without reading rows that are written already.

    >>> written(Answer("impact", {}, Rows([b'{"hop":1},'], 1))).decode().strip()
    '{"question":"impact","parameters":{},"rows":[{"hop":1}],"notes":[]}'
    """
    if not isinstance(answer.rows, Rows):
        return encode(answer.as_json())
    before = value({"question": answer.question, "parameters": dict(answer.parameters)})[:-1]
    after = encode({"notes": list(answer.notes)})[1:]
    parts = [before, b',"rows":[', *answer.rows.parts]
    if answer.rows:
        parts[-1] = parts[-1][:-1]
    # At once: a large answer is not copied again for what stands around its rows.
    parts += (b"],", after)
    return b"".join(parts)
