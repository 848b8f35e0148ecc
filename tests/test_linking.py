"""Sentences → links: rules, columns and the pair model in one order, and what one who looks on is shown."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import SystemFact
from kg.ontology import PAIR_MODEL, ontology_folder
from tests.conftest import PROJECT, Said
from tests.reading import Found, differences, document, heard, links, read, weighed

HOME = {"province": "Cao Bằng", "date": "2024-06-15"}
BUS, FEES, MARKET = "Phần mềm quản lý bến xe", "Hệ thống quản lý thu phí", "Phần mềm quản lý chợ"
HOSTED = "Trung tâm dữ liệu của tỉnh là mái nhà của {a}."
"""No rule reads it."""
MODEL = {
    "bias": -1.0,
    "threshold": 0.5,
    "weights": {"how=here": 2.0, "near=o": 1.0, "types=DataCentre>SectorSystem": 0.5},
}
"""A model that a test can reckon by head, and that no training changes."""
KEEN = weighed(MODEL["weights"], MODEL["bias"], MODEL["threshold"])


def found(text: str) -> list[Found]:
    return links(KEEN.read(document(text, **HOME)))


@pytest.mark.parametrize("name", [BUS, MARKET])
def test_rules_columns_and_the_model_are_read_in_one_text(name: str) -> None:
    text = (
        f"{name} đã kết nối với {FEES}.\n"
        "Hệ thống nguồn | Hệ thống đích | Trạng thái\n"
        f"{name} | Cổng dữ liệu mở | tạm dừng\n"
        "Hết bảng.\n"
        f"{HOSTED.format(a=name)}"
    )
    told = {link.fact.evidence.rule.partition(":")[0]: str(link) for link in found(text)}
    assert sorted(told) == ["columns", "linked-to", "pair model"]
    expected = [
        f"{name} | connectsTo | {FEES} | operational",
        f"{name} | connectsTo | Cổng dữ liệu mở | suspended",
        f"{name} | hostedOn | Trung tâm dữ liệu | operational",
    ]
    assert differences(expected, found(text)) == []


def test_one_reading_leaves_nothing_to_the_next() -> None:
    second = f"Luồng này tạm dừng. {FEES} được khen. Cổng lấy dữ liệu từ {MARKET}."
    alone = read(second, **HOME)
    read(f"Cổng dịch vụ công của tỉnh đã kết nối với {BUS}.", **HOME)
    assert read(second, **HOME) == alone


def test_looking_on_shows_rules_and_pairs_of_each_sentence_in_order() -> None:
    first, second, third = heard(f"{BUS} đã kết nối với {FEES}. {HOSTED.format(a=BUS)} Trời đẹp.", KEEN, **HOME)
    assert [link.rule for link in first.found] == ["linked-to"]
    assert [link.rule.partition(":")[0] for link in second.found] == ["pair model"]
    assert [pair.probability > 0.8 for pair in second.pairs if pair.pair.how == "here"] == [True]
    assert (third.found, third.pairs) == ([], [])


def test_looking_on_changes_nothing() -> None:
    text = document(f"{HOSTED.format(a=BUS)} Luồng này tạm dừng. {FEES} đã kết nối với {MARKET}.", **HOME)
    assert KEEN.read(text, lambda heard: None) == KEEN.read(text)


STATES = [
    (f"{BUS} đang được thử nghiệm.", "pilot"),
    (f"{BUS} đã vận hành. {BUS} đang được thử nghiệm tại huyện.", "pilot"),
    (f"{BUS} được khen.", "operational"),
]


@pytest.mark.parametrize("name", [BUS, MARKET])
@pytest.mark.parametrize(("text", "status"), STATES)
def test_the_first_thing_said_of_a_systems_own_status_counts(text: str, status: str, name: str) -> None:
    facts = read(text.replace(BUS, name), **HOME).facts
    assert [fact.status for fact in facts if isinstance(fact, SystemFact)] == [status]


# -- the same every time ---------------------------------------------------------------------------------------------

MODELLED = "\n".join(
    text.format(a=a, b=b)
    for a, b in ((BUS, FEES), (MARKET, BUS))
    for text in (
        HOSTED,
        "Từ {a}, hồ sơ chạy thẳng tới {b}.",
        "Giữa {a} với {b} có một đường ống dữ liệu chạy suốt ngày đêm.",
        "{a} là khách quen của {b}, LGSP của tỉnh và Cổng dữ liệu mở.",
    )
)


@pytest.fixture
def keen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read by the model of this module instead of the project's."""
    folder = shutil.copytree(ontology_folder(), tmp_path / "ontology")
    rough = {"bias": 0.0, "threshold": 0.1, "weights": {}}
    (folder / PAIR_MODEL).write_text(json.dumps({"rough": rough, "fine": MODEL}), encoding="utf-8")
    monkeypatch.setenv("KG_ONTOLOGY", str(folder))


@pytest.mark.usefixtures("keen")
def test_links_of_the_model_do_not_depend_on_the_order_of_sets_in_memory(tmp_path: Path) -> None:
    """Python shuffles sets anew in every process."""
    path = tmp_path / "modelled.txt"
    path.write_text(f"---\nprovince: Cao Bằng\n---\n{MODELLED}", encoding="utf-8")
    printed = []
    for seed in ("1", "7"):
        done = subprocess.run(
            [sys.executable, "-m", "kg", "facts", str(path)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        printed.append(done.stdout)
    assert printed[0].count("pair model: ") >= 6
    assert printed[0] == printed[1]


# -- why and --explain -----------------------------------------------------------------------------------------------


@pytest.fixture
def modelled(tmp_path: Path, keen: None) -> Path:
    """A folder with one text whose link only the model reads."""
    folder = tmp_path / "texts"
    folder.mkdir()
    text = f"---\nprovince: Cao Bằng\ndate: 2024-06-15\n---\n{HOSTED.format(a=BUS)}\n"
    (folder / "modelled.md").write_text(text, encoding="utf-8")
    return folder


def test_why_tells_the_model_its_features_and_how_likely_the_link_is(
    modelled: Path, tmp_path: Path, kg: Callable[..., Said]
) -> None:
    out = tmp_path / "out"
    assert kg("build", modelled, "-o", out).code == 0
    (link,) = found(HOSTED.format(a=BUS))
    (row,) = json.loads(kg("why", link.fact.connection, "--store", out, "-f", "json").out)["rows"]
    assert row["rule"] == "pair model: how=here; near=o; types=DataCentre>SectorSystem"
    assert row["confidence"] == link.fact.evidence.confidence == 0.92  # 1 / (1 + exp(-2.5))
    assert row["quote"] == HOSTED.format(a=BUS).rstrip(".")
    shown = " ".join(kg("why", link.fact.connection, "--store", out).out.split())
    assert f"rule {row['rule']} confidence 0.92" in shown


@pytest.mark.parametrize("asked", [("facts",), ("facts", "--explain")])
def test_a_link_that_only_the_model_reads_is_shown_with_its_features(
    asked: tuple[str, ...], modelled: Path, kg: Callable[..., Said]
) -> None:
    said = kg(*asked, modelled)
    assert said.code == 0
    assert "pair model: how=here; near=o; types=DataCentre>SectorSystem" in said.out
    assert "hostedOn" in said.out


def test_explain_shows_a_sentence_that_the_model_links_nothing_in(modelled: Path, kg: Callable[..., Said]) -> None:
    (modelled / "modelled.md").write_text(f"{BUS} được khen.", encoding="utf-8")
    said = kg("facts", "--explain", modelled)
    assert said.code == 0
    assert f"{BUS} được khen." in said.out
    assert "pair model" not in said.out


def test_explain_shows_the_status_that_a_later_clause_leaves(tmp_path: Path, kg: Callable[..., Said]) -> None:
    path = tmp_path / "revised.txt"
    path.write_text(f"{BUS} đã kết nối với {FEES}. Luồng này tạm dừng từ tháng 3/2024.", encoding="utf-8")
    assert '"status": "suspended"' in kg("facts", path).out
    assert "status suspended" in kg("facts", "--explain", path).out
