"""Training the pair model: what a candidate's label is, what is left out, and that the same samples give the same model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import train, train_uses
from benchmarks.fitting import LEAST_DOCUMENTS, Sample, fitted
from benchmarks.score_report import Corpus
from benchmarks.train import (
    READ_BY_RULE,
    UNAIDED,
    Lesson,
    fine_samples,
    lessons,
    rough_samples,
    taught_model,
)
from kg.ontology import PAIR_MODEL, USE_MODEL, load_ontology
from kg.ranker import PairModel, Ranker, load_pair_model, load_ranker
from tests.conftest import PROJECT
from tests.reading import reader

BUS, FEES, MARKET = "Phần mềm quản lý bến xe", "Hệ thống quản lý thu phí", "Phần mềm quản lý chợ"
TOLD = f"{BUS} là khách quen của {FEES}"
TEXT = f"{TOLD}. {MARKET} đứng cạnh {BUS}. {MARKET} đã kết nối với {FEES}."


def system(name: str) -> dict[str, object]:
    """A system as annotators write it down."""
    return {
        "id": name,
        "labels": [name],
        "type": "OtherSystem",
        "scope": "Cao Bằng",
        "status": "operational",
        "quote": name,
    }


def link(source: str, target: str, quote: str, **more: object) -> dict[str, object]:
    """A link as annotators write it down."""
    ends = {"source": source, "target": target, "via": [], "relation": "connectsTo", "status": "operational"}
    return {**ends, "quote": quote, **more}


def lesson(tmp_path: Path, *connections: dict[str, object], text: str = TEXT) -> Lesson:
    """A document with these links annotated."""
    for name in ("texts", "gold"):
        (tmp_path / name).mkdir(exist_ok=True)
    document = f"---\nprovince: Cao Bằng\n---\n{text}\n"
    (tmp_path / "texts" / "one.txt").write_text(document, encoding="utf-8")
    gold = {
        "systems": [system(name) for name in (BUS, FEES, MARKET)],
        "connections": list(connections),
        "uses": [],
        "measures": [],
        "policies": [],
    }
    (tmp_path / "gold" / "one.json").write_text(json.dumps(gold), encoding="utf-8")
    (one,) = lessons(Corpus("own", tmp_path / "texts", tmp_path / "gold"), reader())
    assert (one.name, one.document.file) == ("one", "one.txt")
    return one


def samples(tmp_path: Path, *connections: dict[str, object], text: str = TEXT) -> list[Sample]:
    """What the candidates of such a document by themselves teach."""
    return [sample for _, sample in rough_samples([lesson(tmp_path, *connections, text=text)])]


def labels(found: list[Sample], word: str) -> list[bool]:
    """Labels of the candidates of one sentence that have `word` between them."""
    return [s.linked for s in found if f"word={word}" in s.features and "how=here" in s.features]


def test_a_pair_that_is_annotated_where_it_stands_is_linked_whichever_way_round(tmp_path: Path) -> None:
    assert labels(samples(tmp_path, link(BUS, FEES, TOLD)), "quen") == [True]
    assert labels(samples(tmp_path, link(FEES, BUS, TOLD)), "quen") == [True]


def test_a_pair_that_is_not_annotated_is_not_linked(tmp_path: Path) -> None:
    found = samples(tmp_path, link(BUS, FEES, TOLD))
    assert labels(found, "cạnh") == [False]
    assert labels(samples(tmp_path), "quen") == [False]


def test_a_pair_that_is_annotated_elsewhere_teaches_nothing(tmp_path: Path) -> None:
    text = f"{TEXT} Năm nay {BUS} nhờ {FEES} nhiều việc."
    found = samples(tmp_path, link(BUS, FEES, f"{BUS} nhờ {FEES}"), text=text)
    assert labels(found, "quen") == []


def test_an_optional_link_teaches_nothing(tmp_path: Path) -> None:
    assert labels(samples(tmp_path, link(BUS, FEES, TOLD, optional=True)), "quen") == []


def test_what_a_rule_reads_anyway_weighs_less(tmp_path: Path) -> None:
    found = samples(tmp_path, link(MARKET, FEES, f"{MARKET} đã kết nối với {FEES}"))
    weights = {s.weight for s in found if "last-verb=C" in s.features and "how=here" in s.features}
    assert weights == {READ_BY_RULE, UNAIDED}, "once as it is, once as if no rule had read it"
    assert {s.weight for s in found if "word=cạnh" in s.features and "how=here" in s.features} == {1.0}


def test_a_text_without_annotation_is_no_lesson(tmp_path: Path) -> None:
    samples(tmp_path)
    (tmp_path / "texts" / "two.txt").write_text("Chợ họp sớm.", encoding="utf-8")
    corpus = Corpus("own", tmp_path / "texts", tmp_path / "gold")
    assert [one.name for one in lessons(corpus, reader())] == ["one"]


# -- the model -------------------------------------------------------------------------------------------------------


def many() -> list[tuple[int, Sample]]:
    """Samples of five documents: 'yes' speaks for a link, 'no' against it, 'rare' stands in too few of them."""
    out = []
    for number in range(5):
        out += [(number, Sample(frozenset({"yes", "both"}), True, 1.0))] * 4
        out += [(number, Sample(frozenset({"no", "both"}), False, 1.0))] * 4
    out += [(number, Sample(frozenset({"rare", "no"}), True, 1.0)) for number in range(LEAST_DOCUMENTS - 1)]
    return out


@pytest.fixture(scope="module")
def model() -> Ranker:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: `make train` installs it")
    return fitted(many(), 0.6, 0.005)


def test_a_model_learns_what_speaks_for_and_against_a_link(model: Ranker) -> None:
    assert model.weights["yes"] > 0 > model.weights["no"]
    yes, no = (model.probability(model.heard({name: [None], "both": [None]})) for name in ("yes", "no"))
    assert yes > model.threshold > no


def test_a_feature_of_few_documents_is_not_learned(model: Ranker) -> None:
    assert "rare" not in model.weights


def test_the_same_samples_give_the_same_model(model: Ranker) -> None:
    assert fitted(many(), 0.6, 0.005) == model
    reordered = [(n, Sample(frozenset(sorted(s.features, reverse=True)), s.linked, s.weight)) for n, s in many()]
    assert fitted(reordered, 0.6, 0.005) == model


UNREAD = ("{a} là khách quen của {b}", "{a} đứng cạnh {b}")
"""No rule reads either; the first is a link."""


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> list[Lesson]:
    """Six documents in which one verb links and another does not."""
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: `make train` installs it")
    out = []
    for number in range(6):
        told, beside = (how.format(a=BUS, b=other) for how, other in zip(UNREAD, (FEES, MARKET), strict=True))
        text = f"{told}. Năm {2011 + number} {beside}."
        out.append(lesson(tmp_path_factory.mktemp("taught"), link(BUS, FEES, told), text=text))
    return out


def test_the_fine_model_learns_from_what_rough_models_of_other_documents_say(taught: list[Lesson]) -> None:
    found = [sample for _, sample in fine_samples(taught)]
    assert found
    for sample in found:
        assert sum(name.startswith("alone=") for name in sample.features) == 1
        assert any(name.startswith("how+") for name in sample.features)
    assert {sample.linked for sample in found} == {True, False}


def test_what_the_rough_model_takes_for_faint_teaches_the_fine_one_nothing(
    taught: list[Lesson], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "fitted", lambda samples, threshold, least: Ranker({"word=cạnh": -9.0}, 0.0, threshold))
    found = [sample for _, sample in fine_samples(taught)]
    assert {sample.linked for sample in found} == {True}
    assert not any("word=cạnh" in sample.features for sample in found)


def test_both_models_come_of_the_same_lessons(taught: list[Lesson]) -> None:
    model = taught_model(taught, 0.6)
    assert model == taught_model(taught, 0.6)
    assert (model.rough.threshold, model.fine.threshold) == (train.FAINT, 0.6)
    assert any(name.startswith("alone=") for name in model.fine.weights)
    assert not any(name.startswith("alone=") for name in model.rough.weights)


def test_the_file_that_is_written_is_the_model_and_the_same_bytes_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = PairModel(Ranker({"near=W": 0.5, "near=F": -0.25}, -1.0, 0.1), Ranker({"alone=0.9": 2.0}, -1.0, 0.7))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    samples(corpus, link(BUS, FEES, TOLD))
    monkeypatch.setattr(train, "corpora", lambda folder: [Corpus("own", corpus / "texts", corpus / "gold")])
    monkeypatch.setattr(train, "ontology_folder", lambda: tmp_path)
    monkeypatch.setattr(train, "taught_model", lambda taught, threshold: model)
    uses = Ranker({"noun=huyện": 0.5}, -1.0, 0.4)
    monkeypatch.setattr(train_uses, "taught_model", lambda told: uses)
    monkeypatch.setattr(sys, "argv", ["train"])
    (tmp_path / PAIR_MODEL).parent.mkdir()
    assert train.main() == 0
    path = tmp_path / PAIR_MODEL
    first = path.read_bytes()
    assert (load_pair_model(path), load_ranker(tmp_path / USE_MODEL)) == (model, uses)
    assert train.main() == 0
    assert path.read_bytes() == first
    assert "3 features of 1 documents" in capsys.readouterr().out


def test_the_projects_model_is_written_as_the_trainer_writes_it() -> None:
    path = PROJECT / "ontology" / PAIR_MODEL
    data = json.loads(path.read_text(encoding="utf-8"))
    for kind in ("rough", "fine"):
        assert list(data[kind]["weights"]) == sorted(data[kind]["weights"])
    assert path.read_text(encoding="utf-8") == json.dumps(data, ensure_ascii=False, indent=0) + "\n"
    assert load_ontology().pair_model == load_pair_model(path)
    path = PROJECT / "ontology" / USE_MODEL
    data = json.loads(path.read_text(encoding="utf-8"))
    assert list(data["weights"]) == sorted(data["weights"])
    assert path.read_text(encoding="utf-8") == json.dumps(data, ensure_ascii=False, indent=0) + "\n"
    assert load_ontology().use_model == load_ranker(path)


def test_the_trainer_says_what_it_does() -> None:
    command = [sys.executable, "-m", "benchmarks.train", "--help"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=True)
    assert "--measure" in done.stdout
