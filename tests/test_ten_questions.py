"""The ten questions of the README, their answers on the graph of seeds/, and the words of the texts behind them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.model import Answer

README = Path(__file__).resolve().parent.parent / "README.md"
NGSP = "National data exchange platform (NDXP)"
EMC = "Digital government service measurement system (EMC)"
LGSP = "Nền tảng tích hợp, chia sẻ dữ liệu tỉnh"
PORTAL = "Cổng dịch vụ công tỉnh"


@pytest.fixture(scope="module")
def graph(built: Path) -> KnowledgeGraph:
    return KnowledgeGraph.open(built)


def quotes(graph: KnowledgeGraph, answer: Answer) -> str:
    """The words behind an answer, every attestation of every row looked up."""
    evidence = {iri for row in answer.rows for iri in row["evidence"]}
    passages = [row for iri in sorted(evidence) for row in graph.why(iri).rows]
    assert {row["evidence_id"] for row in passages} == evidence
    assert all(row["quote"].strip() and row["document"] for row in passages)
    return " ".join(row["quote"] for row in passages)


def stated(answer: Answer) -> list[dict[str, object]]:
    """The rows, each of which rests on something."""
    assert all(row["evidence"] for row in answer.rows if not row["derived"])
    return [dict(row) for row in answer.rows]


def test_1_which_provinces_are_linked_to_ngsp(graph: KnowledgeGraph) -> None:
    answer = graph.linked("NGSP", lang="en")
    assert Counter(row["province"] for row in stated(answer)) == {"Ha Nam": 1, "Khanh Hoa": 8, "Ninh Binh": 5}
    assert {row["document"] for row in answer.rows} == {"ha-nam-2021.md", "khanh-hoa-2021.md", "ninh-binh-2022.md"}
    assert "NGSP" in quotes(graph, answer)
    assert [note.partition(":")[0] for note in answer.notes if "no such link stated" in note] == [
        "Dien Bien",
        "Quang Ninh",
    ]


def test_2_who_is_hit_when_ngsp_is_down(graph: KnowledgeGraph) -> None:
    answer = graph.impact("NGSP", lang="en")
    rows = stated(answer)
    assert Counter((row["role"], row["hop"]) for row in rows) == {
        ("dependent", 1): 12,
        ("dependent", 2): 1,
        ("counterpart", 1): 4,
    }
    assert {row["system"] for row in rows if row["hop"] == 2} == {EMC}
    assert {row["system"] for row in rows if row["role"] == "counterpart"} == {
        "National public service portal",
        "National population database",
        "Online criminal record certificate system",
        "Public service system of Vietnam Post",
    }
    assert "Hits 3 of 63 provinces: Ha Nam, Khanh Hoa, Ninh Binh. Of the others there is no evidence." in answer.notes
    assert "qua" in quotes(graph, answer)


def test_3_what_does_emc_need(graph: KnowledgeGraph) -> None:
    answer = graph.needs("EMC", lang="en")
    assert {row["system"] for row in stated(answer) if row["hop"] == 1} >= {f"{PORTAL} Khánh Hòa"}
    assert {row["system"] for row in answer.rows if row["hop"] == 2} >= {
        NGSP,
        "National public service portal",
        f"{LGSP} Khánh Hòa",
    }
    assert all(row["derived"] == (row["hop"] > 1) for row in answer.rows)
    assert "EMC" in quotes(graph, answer)


def test_4_how_does_emc_reach_ngsp(graph: KnowledgeGraph) -> None:
    answer = graph.path("EMC", "NGSP", lang="en")
    first = stated(answer)[0]
    assert first["path"] == [EMC, f"{PORTAL} Khánh Hòa", f"{LGSP} Khánh Hòa", NGSP]
    assert (first["length"], first["derived"], answer.parameters["directed"]) == (3, True, True)
    assert all(hop["evidence"] and hop["id"] for hop in answer.rows[0]["hops"])
    assert "LGSP" in quotes(graph, answer)


def test_5_which_systems_are_single_points_of_failure(graph: KnowledgeGraph) -> None:
    answer = graph.weak(lang="en")
    found = {row["system"]: row["cut_off"] for row in answer.rows}
    assert f"{PORTAL} Ninh Bình" in found[f"{LGSP} Ninh Bình"]
    assert set(found[NGSP]) == {f"{PORTAL} Khánh Hòa", EMC}
    assert [row["count"] for row in answer.rows] == sorted((row["count"] for row in answer.rows), reverse=True)
    assert quotes(graph, answer)


def test_6_where_are_the_gaps(graph: KnowledgeGraph) -> None:
    answer = graph.gaps(lang="en")
    cells = {(row["province"], row["platform"]): (row["state"], row["as_of"]) for row in answer.rows}
    assert len({province for province, _ in cells}) == 63
    assert cells["Ninh Binh", NGSP][0] == cells["Ha Nam", NGSP][0] == "stated"
    assert cells["Dien Bien", NGSP] == ("no evidence", None)
    assert cells["Ha Nam", "Government reporting information system"] == ("planned", "2021")
    assert all(bool(row["evidence"]) == (row["state"] != "no evidence") for row in answer.rows)
    assert quotes(graph, answer)


def test_7_what_if_the_lgsp_of_ninh_binh_is_gone(graph: KnowledgeGraph) -> None:
    answer = graph.linked("NGSP", without="sys:ninh-binh-lgsp", lang="en")
    assert Counter((row["change"], row["province"]) for row in answer.rows) == {
        ("same", "Ha Nam"): 1,
        ("same", "Khanh Hoa"): 8,
        ("removed", "Ninh Binh"): 5,
    }


def test_8_what_if_the_planned_lgsp_of_dien_bien_is_connected(graph: KnowledgeGraph) -> None:
    answer = graph.impact("NGSP", with_="sys:dien-bien-lgsp -> NGSP", lang="en")
    (new,) = [row for row in answer.rows if row["change"] == "added"]
    assert (new["province"], new["derived"], new["evidence"]) == ("Dien Bien", True, [])
    assert not [row for row in answer.rows if row["change"] == "removed"]


def test_9_who_counts_for_which_province_after_the_merger(graph: KnowledgeGraph) -> None:
    answer = graph.linked("NGSP", units="2025", lang="en")
    assert Counter(row["province"] for row in answer.rows) == {"Khanh Hoa": 8, "Ninh Binh": 6}
    assert "Merged: Khanh Hoa → Khanh Hoa (2025-07-01); Ha Nam, Ninh Binh → Ninh Binh (2025-07-01)." in answer.notes
    assert all(row["derived"] and row["evidence"] for row in answer.rows)


def test_10_what_was_stated_since_2020(graph: KnowledgeGraph) -> None:
    answer = graph.diff("2020", "2022", lang="en")
    added = {row["id"]: row for row in answer.rows if row["change"] == "added"}
    assert {row["kind"] for row in added.values()} == {"document", "system", "connection"}
    assert {row["change"] for row in answer.rows} == {"added"}
    assert {row["label"] for row in added.values() if row["kind"] == "document"} == {
        "ha-nam-2021.md",
        "khanh-hoa-2021.md",
        "ninh-binh-2022.md",
        "quang-ninh-2022.md",
    }


def test_the_readme_asks_each_of_the_ten() -> None:
    text = README.read_text(encoding="utf-8")
    section = text[text.index("## Ten questions") : text.index("## Commands")]
    asked = re.findall(r"^\*\*(\d+)\. ", section, re.MULTILINE)
    assert asked == [str(number) for number in range(1, 11)]
    assert len(re.findall(r"^\$ kg ", section, re.MULTILINE)) >= 10
