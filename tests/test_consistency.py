"""`kg check`: what is doubtful in a graph, worst first."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import KnowledgeGraph
from kg.cli import cli

CLASHING = {
    "a.md": "Cổng dịch vụ công của tỉnh đã kết nối với Cổng dịch vụ công quốc gia.",
    "b.md": "Cổng dịch vụ công của tỉnh chưa kết nối với Cổng dịch vụ công quốc gia.",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clashing")
    for name, text in CLASHING.items():
        head = f"---\nprovince: Cao Bằng\ndate: 2024-06-15\ntitle: {name}\n---\n"
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "texts" / name).write_text(head + text, encoding="utf-8")
    KnowledgeGraph.build([folder / "texts"], folder / "out")
    return folder / "out"


def test_sources_that_say_different_things_of_one_day_contradict_each_other(out: Path) -> None:
    rows = [row for row in KnowledgeGraph.open(out).check("en").rows if row["kind"] == "contradiction"]
    assert len(rows) == 1
    assert "a.md" in rows[0]["value"]
    assert "b.md" in rows[0]["value"]


def test_the_worst_comes_first_and_the_note_counts(out: Path) -> None:
    answer = KnowledgeGraph.open(out).check("en")
    kinds = [row["kind"] for row in answer.rows]
    order = ["violation", "warning", "info", "contradiction", "ambiguous"]
    assert kinds == sorted(kinds, key=order.index)
    assert "contradictions between sources: 1" in answer.notes[0]


def test_a_contradiction_is_no_failure_and_a_broken_shape_is(out: Path, tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["check", "--store", str(out)]).exit_code == 0
    broken = tmp_path / "broken.ttl"
    broken.write_text(
        "@prefix vne: <https://w3id.org/vn-egov/ont#> .\n<https://example.org/c> a vne:Connection .\n", encoding="utf-8"
    )
    assert CliRunner().invoke(cli, ["check", "--store", str(broken)], standalone_mode=False).return_value == 3
