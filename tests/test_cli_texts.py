"""`kg facts --explain` and `kg words` as users call them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

SENTENCE = "Phần mềm quản lý bến bãi tỉnh Ninh Bình đã kết nối với LGSP của tỉnh."


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


def test_explain_prints_text_unless_a_format_is_named(kg, text: Path) -> None:
    said = kg("facts", "--explain", text)
    assert said.code == 0
    assert said.out.startswith(f"a.txt:0-{len(SENTENCE)}  {SENTENCE}\n")
    assert "  => " in said.out


@pytest.mark.parametrize("format", ["jsonl", "json", "csv"])
def test_explain_prints_data(kg, text: Path, format: str) -> None:
    out = kg("facts", "--explain", text, "-f", format).out
    if format == "csv":
        (row,) = csv.DictReader(io.StringIO(out.lstrip("\ufeff")))
        assert row["text"] == SENTENCE
    else:
        row = json.loads(out)["rows"][0] if format == "json" else json.loads(out)
        assert row["links"][0]["cues"] == ["kết nối"]


def test_explain_shows_control_characters_and_obeys_none(kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("LGSP \x1b[31m kết nối NGSP.", encoding="utf-8")
    assert "\x1b" not in kg("facts", "--explain", tmp_path / "a.txt").out


def test_a_document_that_cannot_be_read_is_reported_and_the_rest_explained(kg, text: Path) -> None:
    (text.parent / "b.txt").write_text("", encoding="utf-8")
    for command in (["facts", "--explain"], ["words", "--unknown"]):
        said = kg(*command, text.parent)
        assert said.code == 5
        assert "b.txt: empty" in said.err
        assert "bến bãi" in said.out


def test_words_take_a_phrase_without_quotes(kg) -> None:
    (row,) = [json.loads(line) for line in kg("words", "Cổng", "DVC", "-f", "jsonl").out.splitlines()]
    assert row["concept"] == "kind:cong-dvc"


def test_words_that_mean_nothing_are_an_answer(kg) -> None:
    said = kg("words", "qwxyz", "--lang", "en")
    assert (said.code, said.out) == (0, "Not in the lexicon: qwxyz\n")


def test_ambiguous_forms_are_listed(kg) -> None:
    rows = json.loads(kg("words", "--ambiguous", "-f", "json").out)["rows"]
    assert all(len(row["concepts"]) > 1 for row in rows)


def test_unknown_names_come_as_table_data_and_turtle(kg, text: Path) -> None:
    assert "Phần mềm quản lý" in kg("words", "--unknown", text).out
    answer = json.loads(kg("words", "--unknown", text, "-f", "json").out)
    assert answer["rows"][0]["turtle"] in kg("words", "--unknown", text, "-f", "turtle").out.splitlines()


def test_unknown_without_a_path_reads_the_texts_that_a_build_keeps(kg, text: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert kg("words", "--unknown", "--store", store).code == 2
    (store / "texts").mkdir(parents=True)
    (store / "texts" / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert "bến bãi" in kg("words", "--unknown", "--store", store).out


def test_turtle_is_for_unknown_names_alone(kg) -> None:
    assert kg("words", "LGSP", "-f", "turtle").code == 2


def test_two_questions_at_once_are_refused(kg) -> None:
    assert kg("words", "--unknown", "--ambiguous").code == 2
