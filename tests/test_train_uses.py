"""Training the use model: what a candidate's label is, and that it learns from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.score_report import Corpus
from benchmarks.train_uses import THRESHOLD, Lesson, lessons, measure, taught_model
from kg.ontology import load_ontology
from kg.relate import Reader
from tests.reading import reader

MAIL = "Hệ thống thư điện tử công vụ"
USED, TALKED = "12 huyện ngồi cạnh", "15 huyện đi ngang"


def lesson(folder: Path, *uses: tuple[str, int], text: str) -> Lesson:
    """A document that annotates these uses of its mail system: quote and number of each."""
    for name in ("texts", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "texts" / "one.txt").write_text(f"---\nprovince: Cao Bằng\n---\n{text}\n", encoding="utf-8")
    mail = {"id": "mail", "labels": [MAIL], "type": "EmailSystem", "scope": "Cao Bằng"}
    told = [{"actor": quote, "system": "mail", "count": count, "quote": quote} for quote, count in uses]
    gold = {
        "systems": [{**mail, "status": "operational", "quote": MAIL}],
        "connections": [],
        "uses": told,
        "measures": [],
        "policies": [],
    }
    (folder / "gold" / "one.json").write_text(json.dumps(gold), encoding="utf-8")
    (one,) = lessons(Corpus("own", folder / "texts", folder / "gold"), reader())
    return one


def labels(one: Lesson, word: str) -> list[bool]:
    """Labels of the candidates with this word behind the user."""
    return [sample.linked for sample in one.samples if f"behind={word}" in sample.features]


def test_a_candidate_is_a_use_where_the_annotation_has_one_of_its_system_and_number(tmp_path: Path) -> None:
    one = lesson(tmp_path, (USED, 12), text=f"{USED} {MAIL}. {TALKED} {MAIL}.")
    assert (set(labels(one, "ngồi")), set(labels(one, "đi"))) == ({True}, {False})


def test_another_number_is_another_use(tmp_path: Path) -> None:
    one = lesson(tmp_path, (USED, 13), text=f"{USED} {MAIL}.")
    assert labels(one, "ngồi") == [False]


def test_a_use_annotated_elsewhere_teaches_nothing(tmp_path: Path) -> None:
    text = f"{USED} {MAIL}. Năm nay vui. 12 huyện nằm trên {MAIL}."
    one = lesson(tmp_path, ("12 huyện nằm trên", 12), text=text)
    assert (labels(one, "ngồi"), set(labels(one, "nằm"))) == ([], {True})


def test_what_is_denied_is_no_candidate(tmp_path: Path) -> None:
    one = lesson(tmp_path, text=f"12 huyện chưa dùng {MAIL}.")
    assert one.samples == ()


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> list[Lesson]:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: `make train` installs it")
    text = f"{USED} {MAIL}. Năm nay vui. {TALKED} {MAIL}."
    return [lesson(tmp_path_factory.mktemp("taught"), (USED, 12), text=text) for _ in range(12)]


def test_the_model_learns_which_words_tell_of_a_use(taught: list[Lesson]) -> None:
    model = taught_model(taught)
    assert model == taught_model(taught)
    assert model.threshold == THRESHOLD
    assert model.weights["behind=ngồi"] > 0 > model.weights["behind=đi"]


def test_each_document_is_measured_by_a_model_that_never_saw_it(
    taught: list[Lesson], capsys: pytest.CaptureFixture[str]
) -> None:
    measure(taught, Reader(load_ontology()))
    rows = capsys.readouterr().out.splitlines()
    assert f"own            uses from {THRESHOLD:.2f} on P 1.000 R 1.000 F1 1.000" in rows
    assert f"all            uses from {THRESHOLD:.2f} on P 1.000 R 1.000 F1 1.000" in rows
