"""Answers on paper: tables for people, JSON and CSV for programs, and nothing in them that does harm.

Nothing that a document or a graph holds reaches the terminal raw: control characters and characters that turn the reading
direction are shown, not obeyed, and a spreadsheet reckons nothing.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.model import Answer
from kg.vocab import compact

if TYPE_CHECKING:
    from rich.table import Table as RichTable

    from kg.results import Result

FORMATS = ("table", "json", "jsonl", "csv")
"""Formats that every answer has."""

_HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_OBEYED = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=str)
_FORMULA = ("=", "+", "-", "@", "\t")
_READABLE = 500
"""Rows of a table at most: nobody reads more, and laying them out takes longer than finding them."""

_SHORT = 14
"""A column whose cells are no longer than this never wraps: a date, a status, a number."""

_WIDTH = 110
"""Columns of a table that is not printed to a terminal, unless COLUMNS says another width."""


def emit(answer: Answer, format: str, columns: Sequence[str] = (), upright: bool = False) -> None:
    """Print `answer`: as a table with its notes, as one JSON object, or the rows alone as JSON lines or CSV.

    Args:
        answer: rows of plain values, lists and dicts.
        format: one of `FORMATS`.
        columns: keys that the table shows, in this order; all but IRIs where empty. Data formats always have every key.
        upright: whether the table gives a row a block of lines, one a column: for few rows with much to read.
    """
    if format == "json":
        _object(
            {
                "question": answer.question,
                "parameters": dict(answer.parameters),
                "rows": answer.rows,
                "notes": answer.notes,
            }
        )
    elif format == "jsonl":
        lines(answer.rows)
    elif format == "csv":
        _csv(answer.rows, columns)
    else:
        shown = answer.rows[:_READABLE]
        blocks(shown, columns) if upright else table(shown, columns)
        if len(answer.rows) > len(shown):
            say(f"… {len(answer.rows) - len(shown)} / {len(answer.rows)}: -f csv")
        for note in answer.notes:
            say(note)


def _object(answer: Mapping[str, Any]) -> None:
    """One JSON object, a line for each row and note, each written as soon as it is made: an answer may be large."""
    before = "{"
    for key, value in answer.items():
        _write(f"{before}{_json(key)}: ")
        listed = isinstance(value, Sequence) and not isinstance(value, str)
        before = "[\n  "
        for item in value if listed else ():
            _write(before + _json(item))
            before = ",\n  "
        _write(("\n ]" if value else "[]") if listed else _json(value))
        before = ",\n "
    _write("}\n")


def print_result(result: Result, format: str) -> None:
    """Print the answer to a SPARQL query: as a table, or in the standard format that is asked for."""
    if format != "table":
        _write(result.serialise(format).decode("utf-8"))
    elif result.form == "rows":
        table([{key: _short(value) for key, value in row.items()} for row in result.rows()], result.variables)
    elif result.form == "boolean":
        say("yes" if result else "no")
    else:
        _write(visible(result.serialise("turtle").decode("utf-8")))


def _short(value: str | None) -> str | None:
    return compact(value) if value and value.startswith("http") else value


def lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print one JSON object a line, each as soon as it is there."""
    for row in rows:
        _write(_json(row) + "\n")


def say(text: str, err: bool = False) -> None:
    """Print a line of text, what is hostile in it made visible."""
    (sys.stderr if err else sys.stdout).write(visible(text) + "\n")


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
    """Print `rows` as a table that wraps to the terminal's width, without colour where it is not a terminal."""
    from rich import box
    from rich.table import Table

    shown = list(columns or _shown(rows))
    if rows and "change" in rows[0] and "change" not in shown:
        shown.insert(0, "change")
    if not rows or not shown:
        return
    cells = [[_cell(column, row.get(column)) for column in shown] for row in rows]
    sheet = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for number, column in enumerate(shown):
        short = max(len(line[number]) for line in cells) <= _SHORT
        sheet.add_column(column, overflow="fold", vertical="top", no_wrap=short)
    _draw(sheet, cells)


def blocks(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
    """Print each of `rows` as a block of lines, `column  value`, values wrapped and empty ones left out."""
    from rich.table import Table

    for row in rows:
        sheet = Table.grid(padding=(0, 2))
        sheet.add_column(style="bold")
        sheet.add_column(overflow="fold")
        cells = ((column, _cell(column, row.get(column))) for column in columns or _shown(rows))
        _draw(sheet, (pair for pair in cells if pair[1]))
        _write("\n")


def _draw(sheet: RichTable, rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.text import Text

    wide = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS") or _WIDTH)
    console = Console(file=sys.stdout, width=wide, highlight=False, markup=False, emoji=False)
    for row in rows:
        sheet.add_row(*(Text(cell.replace("\n", " ")) for cell in row))
    with console.capture() as capture:
        console.print(sheet)
    text = "\n".join(line.rstrip() for line in capture.get().split("\n"))
    _write(text.strip("\n") + "\n")


def visible(text: str) -> str:
    """`text` with control characters and direction marks written out; tabs and line ends stay.

    >>> visible("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return _HOSTILE.sub(lambda match: match.group().encode("unicode_escape", "surrogatepass").decode("ascii"), text)


def _shown(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    keys = dict.fromkeys(key for row in rows for key in row)
    return [key for key in keys if key != "evidence" and not key.endswith("_id")]


def _cell(key: str, value: object) -> str:
    """One value as text; a path reads as a path, every other list as a list, a thing by its label."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return (" → " if key == "path" else "; ").join(_cell(key, item) for item in value)
    return visible(str(value.get("label", _json(value)) if isinstance(value, Mapping) else value))


def _csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """UTF-8 with a byte order mark, so that spreadsheets read it right; a cell that would be a formula is quoted."""
    keys = list(dict.fromkeys([*(key for row in rows for key in row)])) or list(columns)
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_harmless(_field(key, row.get(key))) for key in keys] for row in rows)
    _write("\ufeff" + page.getvalue())


def _field(key: str, value: object) -> str:
    """As `_cell`, but things stay whole: JSON that a program can read back."""
    whole = isinstance(value, Mapping) or (
        isinstance(value, list | tuple) and any(isinstance(v, Mapping) for v in value)
    )
    return _json(value) if whole else _cell(key, value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _json(value: object) -> str:
    text = _ENCODER.encode(value)
    if text.isprintable():
        return text
    # What json leaves raw although a terminal would obey it stands in strings only, where an escape means the same.
    return _OBEYED.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def _write(text: str) -> None:
    sys.stdout.write(text)
