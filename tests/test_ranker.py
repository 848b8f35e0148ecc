"""The linear model: what it reckons, why it says so, and what it says of a file that is none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.company import FAINT
from kg.errors import OntologyError
from kg.ontology import PAIR_MODEL, load_ontology, ontology_folder
from kg.ranker import PairModel, Ranker, features, load_pair_model
from tests.conftest import Said

NAMES = st.sampled_from(["near=W", "near=I", "how=here", "verb=C", "word=cùng", "unknown"])
WEIGHTS = st.dictionaries(NAMES, st.floats(-5, 5))


def signs(*names: str) -> dict[str, list[str | None]]:
    """Features by kind, as those of a candidate are."""
    found: dict[str, list[str | None]] = {}
    for kind, equals, value in (name.partition("=") for name in names):
        found.setdefault(kind, []).append(value if equals else None)
    return found


def likely(ranker: Ranker, *names: str) -> float:
    """Probability of what has these features."""
    return ranker.probability(ranker.heard(signs(*names)))


@pytest.mark.parametrize("name", ["near=W", "same-type", "word==", "words=a = b", "word=", "tags=^S"])
def test_a_feature_has_one_name(name: str) -> None:
    assert list(features(signs(name))) == [name]
    assert likely(Ranker({name: 2.0}, 0.0, 0.5), name) > 0.5


def test_what_speaks_for_it_raises_and_what_speaks_against_it_lowers_the_probability() -> None:
    ranker = Ranker({"sky=sun": 1.5, "rain": -1.5}, 0.0, 0.5)
    assert likely(ranker, "sky=sun") > likely(ranker) > likely(ranker, "rain")
    assert likely(ranker, "sky=sun", "rain") == pytest.approx(0.5)


def test_a_feature_it_never_learned_changes_nothing() -> None:
    ranker = Ranker({"sky=sun": 1.5}, -0.2, 0.5)
    assert likely(ranker, "sky=sun", "sky=moon", "sky") == likely(ranker, "sky=sun")
    assert ranker.reasons({"sky=sun", "sky=moon", "sky"}) == ("sky=sun",)


def test_the_bias_alone_speaks_where_nothing_is_seen() -> None:
    assert likely(Ranker({}, 0.0, 0.5)) == 0.5
    assert likely(Ranker({}, -3.0, 0.5)) < 0.05


@given(WEIGHTS, st.floats(-5, 5), st.sets(NAMES))
def test_a_probability_lies_between_0_and_1_whatever_the_order(
    weights: dict[str, float], bias: float, seen: set[str]
) -> None:
    ranker = Ranker(weights, bias, 0.5)
    probability = likely(ranker, *sorted(seen))
    assert 0 < probability < 1
    assert likely(ranker, *sorted(seen, reverse=True)) == probability


@given(WEIGHTS, st.sets(NAMES))
def test_reasons_are_the_loudest_first_and_of_equal_ones_by_name(weights: dict[str, float], seen: set[str]) -> None:
    reasons = Ranker(weights, 0.0, 0.5).reasons(seen, count=9)
    assert set(reasons) == seen & set(weights)
    assert list(reasons) == sorted(reasons, key=lambda name: (-weights[name], name))


def test_three_reasons_are_told_unless_more_are_asked_for() -> None:
    ranker = Ranker(dict.fromkeys("edcba", 1.0), 0.0, 0.5)
    assert ranker.reasons("abcde") == ("a", "b", "c")
    assert ranker.reasons("abcde", 4) == ("a", "b", "c", "d")


def test_weights_that_speak_very_loud_against_it_give_nought() -> None:
    assert likely(Ranker({"never": -1000.0}, 0.0, 0.5), "never") == 0.0


# -- the file --------------------------------------------------------------------------------------------------------

ROUGH = {"bias": -1.0, "threshold": 0.1, "weights": {"near=W": 0.5}}
FINE = {"bias": -2.0, "threshold": 0.6, "weights": {"alone=0.9": 3.0}}
GOOD = {"documents": 3, "rough": ROUGH, "fine": FINE}
READ = PairModel(Ranker({"near=W": 0.5}, -1.0, 0.1), Ranker({"alone=0.9": 3.0}, -2.0, 0.6))


def test_a_model_is_read_as_it_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert load_pair_model(path) == READ


def but(**other: object) -> bytes:
    """The file with something else in its fine model; without what is None."""
    return json.dumps({**GOOD, "fine": {k: v for k, v in {**FINE, **other}.items() if v is not None}}).encode()


BROKEN = {
    "nothing": b"",
    "no JSON": b"weights: none",
    "half of it": json.dumps(GOOD).encode()[:30],
    "not UTF-8": json.dumps(GOOD).encode("utf-16"),
    "a list": b"[1, 2]",
    "a number": b"7",
    "no rough model": json.dumps({"fine": FINE}).encode(),
    "no fine model": json.dumps({"rough": ROUGH}).encode(),
    "no weights": but(weights=None),
    "weights as a list": but(weights=["near=W"]),
    "a weight in words": but(weights={"near=W": "much"}),
    "a weight of null": but(weights={"near=W": None}),
    "no bias": but(bias=None),
    "no threshold": but(threshold=None),
    "a threshold in words": but(threshold="high"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_model_is_refused_by_its_name_with_a_hint(case: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    path.write_bytes(BROKEN[case])
    with pytest.raises(OntologyError) as caught:
        load_pair_model(path)
    assert str(caught.value).startswith(f"{path}: no model")
    assert "\n" not in str(caught.value)
    assert caught.value.hint == "make train writes it"


@pytest.mark.parametrize(("key", "value"), [("bias", "Infinity"), ("threshold", "NaN"), ("weights", "NaN")])
def test_numbers_that_are_none_are_refused(key: str, value: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    parts = {"bias": "0.0", "threshold": "0.5", "weights": '{"near=W": 1.0}'}
    parts[key] = f'{{"near=W": {value}}}' if key == "weights" else value
    fine = "{" + ", ".join(f'"{k}": {v}' for k, v in parts.items()) + "}"
    path.write_text(f'{{"rough": {json.dumps(ROUGH)}, "fine": {fine}}}', encoding="utf-8")
    with pytest.raises(OntologyError):
        load_pair_model(path)


def test_a_missing_model_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"absent\.json"):
        load_pair_model(tmp_path / "absent.json")


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """A copy of the ontology that a test may break."""
    return Path(shutil.copytree(ontology_folder(), tmp_path / "ontology"))


def test_an_ontology_with_a_broken_model_is_refused_by_the_models_name(ontology: Path) -> None:
    (ontology / PAIR_MODEL).write_text('{"weights": 1}', encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        load_ontology(ontology)
    assert str(caught.value).startswith(f"{ontology / PAIR_MODEL}: ")


def test_an_ontology_without_a_model_is_refused_by_the_models_name(ontology: Path) -> None:
    (ontology / PAIR_MODEL).unlink()
    with pytest.raises(OntologyError, match=PAIR_MODEL):
        load_ontology(ontology)


def test_another_model_is_another_ontology(ontology: Path) -> None:
    before = load_ontology(ontology).digest
    (ontology / PAIR_MODEL).write_text(json.dumps(GOOD), encoding="utf-8")
    assert load_ontology(ontology).pair_model == READ
    assert load_ontology(ontology).digest != before


def test_a_command_says_which_file_is_broken_and_how_to_mend_it(
    ontology: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kg: Callable[..., Said]
) -> None:
    (ontology / PAIR_MODEL).write_text("{}", encoding="utf-8")
    monkeypatch.setenv("KG_ONTOLOGY", str(ontology))
    text = tmp_path / "text.txt"
    text.write_text("Cổng dữ liệu mở đã kết nối với LGSP của tỉnh.", encoding="utf-8")
    said = kg("facts", text)
    assert said.code == 1
    assert said.out == ""
    assert str(ontology / PAIR_MODEL) in said.err
    assert "make train" in said.err


def test_the_projects_own_model_is_one_of_finite_numbers_with_a_threshold_for_yes() -> None:
    model = load_ontology().pair_model
    for ranker in (model.rough, model.fine):
        assert len(ranker.weights) > 1000
        assert max(map(abs, ranker.weights.values())) < 20
    assert model.rough.threshold == FAINT
    assert 0.5 <= model.fine.threshold < 1
