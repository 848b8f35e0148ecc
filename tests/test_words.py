"""The lexicon answers what a word may mean; a name it lacks comes out as a line that makes it known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.ontology import load_ontology
from kg.relate import Reader
from kg.words import ambiguous, as_turtle, look_up, open_names, unknown
from tests.reading import document, reader

TEXT = (
    "UBND tỉnh Ninh Bình báo cáo.\n"
    "Phần mềm quản lý bến bãi đã kết nối với Cổng dịch vụ công của tỉnh. "
    "Năm 2023, Phần mềm quản lý bến bãi được nâng cấp; Cơ sở dữ liệu quốc gia về dân cư không đổi.\n"
)


def asked(text: str, lang: str = "vi") -> list[dict]:
    return list(look_up(reader().ontology, text, lang).rows)


def lacking(text: str, with_reader: Reader | None = None) -> list[dict]:
    by = with_reader or reader()
    return list(unknown(open_names(by, document(text)), by.ontology).rows)


def test_an_acronym_has_its_concept_sort_and_type() -> None:
    (row,) = asked("LGSP")
    assert (row["sort"], row["concept"], row["type"]) == ("kind", "kind:lgsp", "IntegrationPlatform")
    assert row["file"] == "wordings.ttl"


def test_a_name_is_found_without_diacritics() -> None:
    rows = asked("co so du lieu quoc gia ve dan cu")
    assert [row["concept"] for row in rows] == ["sys:csdlqg-dan-cu"]


def test_a_phrase_is_taken_apart_into_what_is_known() -> None:
    rows = asked("Cổng dịch vụ công tỉnh Ninh Bình")
    assert rows[0]["concept"] == "kind:cong-dvc"
    assert "place:ninh-binh" in [row["concept"] for row in rows]


def test_a_cue_has_its_letter_and_what_it_signals() -> None:
    (row,) = asked("kết nối")
    assert (row["sort"], row["tag"], row["signals"]) == ("cue", "C", "connectsTo")


def test_labels_come_in_the_language_asked_for() -> None:
    assert asked("Cổng dịch vụ công", "en")[0]["label"] == "Public service portal"


def test_what_is_in_no_entry_is_an_empty_answer_with_a_note() -> None:
    answer = look_up(reader().ontology, "qwxyz", "en")
    assert answer.rows == ()
    assert answer.notes == ("Not in the lexicon: qwxyz",)


def test_without_a_text_everything_is_listed_once() -> None:
    rows = asked("")
    keys = [(row["form"], row["sort"], row["concept"]) for row in rows]
    assert len(keys) == len(set(keys)) > 1000


def test_ambiguous_forms_name_each_thing_they_may_mean() -> None:
    rows = ambiguous(reader().ontology, "bac ninh").rows
    assert rows
    assert all("bắc ninh" in row["form"] for row in rows)
    assert all(len(row["concepts"]) == len(row["meanings"]) > 1 for row in rows)


def test_an_unknown_name_is_grouped_with_count_sentence_and_file() -> None:
    (row,) = lacking(TEXT)
    assert (row["name"], row["count"]) == ("Phần mềm quản lý bến bãi", 2)
    assert row["documents"] == ["case.txt"]
    assert row["sentence"].startswith("Phần mềm quản lý bến bãi đã kết nối")
    assert row["file"] == "wordings.ttl"


def test_known_names_and_short_names_that_the_text_introduces_are_not_unknown() -> None:
    assert lacking("Cổng dịch vụ công tỉnh Ninh Bình đã kết nối với LGSP của tỉnh.") == []


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (TEXT, "wordings.ttl"),
        ("Hệ thống quản lý bến bãi quốc gia đã kết nối với LGSP của tỉnh Ninh Bình.", "lexicon.ttl"),
    ],
)
def test_the_line_pasted_into_its_file_makes_the_name_known(text: str, file: str, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(reader().ontology.folder, folder)
    rows = lacking(text)
    assert [row["file"] for row in rows] == [file]
    with (folder / file).open("a", encoding="utf-8") as page:
        page.write(rows[0]["turtle"] + "\n")
    assert lacking(text, Reader(load_ontology(folder))) == []


def test_a_quote_or_backslash_in_a_name_cannot_break_the_line(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(reader().ontology.folder, folder)
    rows = lacking('Phần mềm quản lý "bến\\bãi" tỉnh Ninh Bình đã kết nối với LGSP của tỉnh.')
    assert rows
    with (folder / "wordings.ttl").open("a", encoding="utf-8") as page:
        page.writelines(row["turtle"] + "\n" for row in rows)
    kinds = [concept for concept in load_ontology(folder).of_class("SystemKind") if "\\" in concept.label()]
    assert [concept.label() for concept in kinds] == [row["name"] for row in rows]


def test_turtle_names_the_file_and_shows_the_sentence() -> None:
    answer = unknown(open_names(reader(), document(TEXT)), reader().ontology)
    first, second, third = as_turtle(answer)
    assert first == "# for wordings.ttl"
    assert second.startswith("# 2x, case.txt: Phần mềm quản lý bến bãi đã")
    assert third.startswith("kind:phan-mem-quan-ly-ben-bai a vne:SystemKind ; vne:systemType vne:")


def test_names_of_one_slug_get_ids_of_their_own() -> None:
    text = "Phần mềm quản lý bến bãi và Phần mềm quản lý bến bài của tỉnh Ninh Bình đã vận hành."
    nodes = [row["turtle"].split()[0] for row in lacking(text)]
    assert len(nodes) == len(set(nodes)) == 2
