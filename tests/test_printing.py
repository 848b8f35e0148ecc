"""What a person, a spreadsheet or a script is given: complete, and harmless."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Answer
from kg.printing import emit, lines, table, visible

ROWS = (
    {
        "province": "Ninh Bình",
        "path": ["Cổng DVC", "LGSP"],
        "derived": False,
        "as_of": None,
        "quote": "đã kết nối",
        "x_id": "i",
    },
    {"province": "Hà Nam", "path": ["Một cửa", "LGSP"], "derived": True, "as_of": "2021", "quote": "=1+1", "x_id": "j"},
)
ANSWER = Answer("linked", {"system": "NGSP"}, ROWS, ("Dựa trên 2 tài liệu.",))


def printed(
    capsys: pytest.CaptureFixture[str], format: str, answer: Answer = ANSWER, columns: tuple[str, ...] = ()
) -> str:
    emit(answer, format, columns)
    return capsys.readouterr().out


def test_json_is_the_one_object_of_an_answer_with_vietnamese_readable(capsys) -> None:
    text = printed(capsys, "json")
    assert json.loads(text) == ANSWER.as_json()
    assert "Ninh Bình" in text


def test_jsonl_is_the_rows_alone(capsys) -> None:
    assert [json.loads(line) for line in printed(capsys, "jsonl").splitlines()] == [dict(row) for row in ROWS]


def test_csv_has_a_byte_order_mark_every_key_and_no_formula(capsys) -> None:
    text = printed(capsys, "csv")
    assert text.startswith("\ufeff")
    head, first, second = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head == list(ROWS[0])
    assert first == ["Ninh Bình", "Cổng DVC → LGSP", "no", "", "đã kết nối", "i"]
    assert second[4] == "'=1+1"


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1"])
def test_a_cell_that_a_spreadsheet_would_reckon_gets_an_apostrophe(capsys, cell: str) -> None:
    text = printed(capsys, "csv", Answer("", {}, ({"a": cell},)))
    assert text.splitlines()[1].strip('"') == f"'{cell}"


def test_csv_of_no_rows_still_names_its_columns(capsys) -> None:
    assert printed(capsys, "csv", Answer("", {}, ()), ("province", "path")) == "\ufeffprovince,path\n"


def test_a_table_shows_no_iris_and_says_its_notes_below(capsys) -> None:
    text = printed(capsys, "table")
    assert "x_id" not in text
    assert text.index("Hà Nam") < text.index("Dựa trên 2 tài liệu.")
    assert "\x1b" not in text


def test_a_table_shows_the_columns_it_is_told_in_their_order(capsys) -> None:
    head = printed(capsys, "table", columns=("quote", "province")).splitlines()[0].split()
    assert head == ["quote", "province"]


def test_an_empty_table_prints_its_notes_only(capsys) -> None:
    assert printed(capsys, "table", Answer("", {}, (), ("Không có dòng nào.",))) == "Không có dòng nào.\n"


def test_upright_rows_are_blocks_without_what_is_empty(capsys) -> None:
    emit(ANSWER, "table", ("province", "as_of", "quote"), upright=True)
    assert capsys.readouterr().out.split("\n\n") == [
        "province  Ninh Bình\nquote     đã kết nối",
        "province  Hà Nam\nas_of     2021\nquote     =1+1",
        "Dựa trên 2 tài liệu.\n",
    ]


def test_a_long_vietnamese_text_wraps_and_loses_nothing(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    words = [f"chữ{n}" for n in range(60)]
    table([{"province": "Điện Biên", "quote": " ".join(words)}])
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 40
    assert [word for word in text.split() if word.startswith("chữ")] == words


@pytest.mark.parametrize("text", ["[red]x[/red]", "[bold", ":smile:", "\\[x]"])
def test_marks_that_a_table_library_would_obey_are_printed(capsys, text: str) -> None:
    table([{"a": text}])
    assert text in capsys.readouterr().out


@given(st.text())
def test_nothing_that_a_terminal_would_obey_gets_through(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & {chr(n) for n in [*range(9), *range(11, 32), *range(127, 160), 0x202E, 0x2066]}
    assert text.isprintable() is False or shown == text


@given(st.text())
def test_json_lines_stay_equal_and_harmless(text: str) -> None:
    out, real = io.StringIO(), sys.stdout
    sys.stdout = out
    try:
        lines([{"a": text}])
    finally:
        sys.stdout = real
    assert json.loads(out.getvalue()) == {"a": text}
    assert not set(out.getvalue().rstrip("\n")) & {chr(n) for n in [*range(32), *range(127, 160), 0x202E, 0x2066]}
