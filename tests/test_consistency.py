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
    assert rows[0]["name"] == "Cổng dịch vụ công tỉnh Cao Bằng → Cổng Dịch vụ công quốc gia"
    sides = sorted(rows[0]["evidence"])
    assert [side[: side.index(")")] for side in sides] == ["absent (2024-06-15", "operational (2024-06-15"]
    assert "chưa kết nối" in sides[0]
    assert sides[0].endswith("(b.md)")
    assert "đã kết nối" in sides[1]
    assert sides[1].endswith("(a.md)")
    assert rows[0]["mend"]


BROKEN = """
@prefix vne: <https://w3id.org/vn-egov/ont#> . @prefix st: <https://w3id.org/vn-egov/voc/status/> .
@prefix conn: <https://w3id.org/vn-egov/id/connection/> . @prefix att: <https://w3id.org/vn-egov/id/attestation/> .
@prefix sys: <https://w3id.org/vn-egov/id/system/> . @prefix doc: <https://w3id.org/vn-egov/id/doc/> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix sdo: <https://schema.org/> .
conn:x a vne:Connection ; vne:source sys:ndxp ; vne:target sys:cong-dvcqg , sys:vneid ; vne:relationType vne:connectsTo .
att:x a vne:Attestation ; vne:attests conn:x ; vne:status st:operational ; vne:confidence 7.0 ; oa:hasTarget att:x-t1 .
conn:x vne:attestedBy att:x .
att:x-t1 a oa:SpecificResource ; oa:hasSource doc:x ; oa:hasSelector att:x-q , att:x-p .
att:x-q a oa:TextQuoteSelector ; oa:exact "đã kết nối Cổng" .
att:x-p a oa:TextPositionSelector ; oa:start 3 ; oa:end 18 .
doc:x a sdo:DigitalDocument ; dcterms:identifier "x.md" .
"""


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_finding_has_a_name_the_words_behind_it_and_what_to_do(tmp_path: Path, lang: str) -> None:
    (tmp_path / "x.ttl").write_text(BROKEN, encoding="utf-8")
    KnowledgeGraph.load([tmp_path / "x.ttl"], tmp_path / "out")
    answer = KnowledgeGraph.open(tmp_path / "out").check(lang)
    found = {row["rule"].rpartition("#")[2]: row for row in answer.rows if row["kind"] == "violation"}
    assert set(found) == {"ConnectionShape", "AttestationShape"}
    for row in found.values():
        assert " → " in row["name"]
        assert row["evidence"] == ["“đã kết nối Cổng” (x.md)"]
        assert row["message"] != row["mend"]
        assert "kg why" in row["mend"] or "RDF" in row["mend"]
    assert found["AttestationShape"]["value"] == "7"


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
