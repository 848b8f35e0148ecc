"""The score counts as annotators would, gives every miss one cause, and never opens what must stay unseen."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import score_report
from benchmarks.measure import Count, likeness, score
from benchmarks.misses import CAUSES, misses
from kg.errors import KgError
from kg.pipeline import facts as read_facts
from tests.reading import reader

TEXT = "LGSP kết nối Cổng A, Cổng B qua Trục C. Kho D đồng bộ lên Kho E."


def system(name: str, kind: str = "Database", scope: str = "national", quote: str = "", **more: object) -> dict:
    return {
        "id": name,
        "labels": [name],
        "type": kind,
        "scope": scope,
        "status": "operational",
        "quote": quote or name,
        **more,
    }


def link(source: str, target: str, quote: str, via: tuple[str, ...] = (), **more: object) -> dict:
    return {
        "source": source,
        "target": target,
        "via": list(via),
        "relation": "connectsTo",
        "status": "operational",
        "quote": quote,
        **more,
    }


FIRST, SECOND = "LGSP kết nối Cổng A, Cổng B qua Trục C", "Kho D đồng bộ lên Kho E"
GOLD = {
    "systems": [system(name) for name in ("LGSP", "Cổng A", "Cổng B", "Trục C", "Kho D", "Kho E")],
    "connections": [
        link("LGSP", "Cổng A", FIRST, ("Trục C",)),
        link("LGSP", "Cổng B", FIRST, ("Trục C",)),
        link("Kho D", "Kho E", SECOND, relation="synchronisesTo"),
    ],
    "uses": [{"actor": "18 sở", "system": "LGSP", "count": 18}],
    "measures": [{"subject": "LGSP", "metric": "số hồ sơ", "value": 2042, "unit": "hồ sơ"}],
    "policies": [{"label": "Nghị quyết 01-NQ/TU"}],
}


def said(name: str, **more: object) -> dict:
    start = TEXT.find(name)
    place = {"start": start, "end": start + len(name)} if start >= 0 else {}
    return {
        "kind": "system",
        "id": f"sys:{name}",
        "label": name,
        "alt_labels": [],
        "type": "Database",
        "scope": "national",
        "status": "operational",
        **place,
        **more,
    }


def claimed(source: str, target: str, quote: str, via: tuple[str, ...] = (), **more: object) -> dict:
    start = TEXT.index(quote)
    return {
        "kind": "connection",
        "source": said(source),
        "target": said(target),
        "via": [said(name) for name in via],
        "relation": "connectsTo",
        "status": "operational",
        "start": start,
        "end": start + len(quote),
        **more,
    }


NAMES = [said(name) for name in ("LGSP", "Cổng A", "Cổng B", "Trục C", "Kho D", "Kho E")]
RIGHT = [
    claimed("LGSP", "Cổng A", FIRST, ("Trục C",)),
    claimed("LGSP", "Cổng B", FIRST, ("Trục C",)),
    claimed("Kho D", "Kho E", SECOND, relation="synchronisesTo"),
]


def why(*facts: dict, gold: dict | None = None) -> list[tuple[str, str]]:
    scored = score("a", gold or GOLD, facts)
    return [(miss.kind, miss.cause) for miss in misses(scored, TEXT)]


def test_all_right_is_all_right() -> None:
    scored = score("a", GOLD, [*NAMES, *RIGHT])
    assert scored.counts["systems"] == Count(6, 6, 6)
    assert scored.counts["links"] == scored.counts["full"] == Count(3, 3, 3)
    assert scored.status == Count(6, 6, 6)
    assert why(*NAMES, *RIGHT) == []


def test_statements_are_counted() -> None:
    facts = [
        *NAMES,
        {"kind": "use", "system": said("LGSP"), "count": 18.0},
        {"kind": "measure", "value": 2042, "unit": "hồ sơ", "metric": "khác"},
        {"kind": "measure", "value": 2043, "unit": "hồ sơ", "metric": "số hồ sơ"},
        {"kind": "policy", "label": "Nghị quyết số 01-NQ/TU"},
    ]
    counts = score("a", GOLD, facts).counts
    assert (counts["uses"], counts["measures"], counts["policies"]) == (Count(1, 1, 1), Count(1, 2, 1), Count(1, 1, 1))


def test_names_agree_over_spelling_scope_and_common_words() -> None:
    gold = system("Hệ thống hòa giải tỉnh Ninh Bình", scope="Ninh Bình")
    assert likeness(said("Hệ thống hoà giải", scope="tỉnh Ninh Bình"), gold) > 1
    assert likeness(said("Hệ thống hòa giải", scope="Hà Nam", type="Network"), gold) == 0


def test_what_is_optional_neither_counts_nor_costs() -> None:
    gold = {
        "systems": [system("LGSP"), system("Cổng A", optional=True), system("Cổng B")],
        "connections": [link("LGSP", "Cổng A", FIRST, optional=True), link("LGSP", "Cổng B", FIRST)],
    }
    with_it = [said("LGSP"), said("Cổng A"), said("Cổng B"), claimed("LGSP", "Cổng A", FIRST)]
    assert score("a", gold, with_it).counts["systems"] == Count(2, 2, 2)
    assert score("a", gold, with_it).counts["links"] == Count(0, 0, 1)
    assert score("a", gold, []).counts["systems"] == Count(0, 0, 2)


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ([*NAMES[:4], *RIGHT[:2]], [("system", "name missed")] * 2 + [("link", "name missed")]),
        (
            [*NAMES[:5], said("đồng bộ lên Kho E", type="Network"), *RIGHT[:2]],
            [("system", "wrong span"), ("link", "wrong span")],
        ),
        (
            [*NAMES[:5], said("Kho E", type="Network", scope="Hà Nam"), *RIGHT[:2]],
            [("system", "wrong type or scope"), ("link", "wrong type or scope")],
        ),
        ([*NAMES, *RIGHT[:2]], [("link", "no rule")]),
        ([*NAMES, *RIGHT[:2], claimed("LGSP", "Kho E", SECOND)], [("link", "wrong subject")]),
        ([*NAMES, RIGHT[0], RIGHT[2]], [("link", "wrong list")]),
        ([*NAMES, *RIGHT[:2], claimed("Kho D", "Kho E", SECOND)], [("full", "wrong relation")]),
        (
            [*NAMES, *RIGHT[:2], claimed("Kho E", "Kho D", SECOND, relation="synchronisesTo")],
            [("full", "wrong direction")],
        ),
        ([*NAMES, *RIGHT[1:], claimed("LGSP", "Cổng A", FIRST)], [("full", "wrong via")]),
        (
            [*NAMES, *RIGHT[:2], claimed("Kho D", "Kho E", SECOND, relation="synchronisesTo", status="planned")],
            [("full", "wrong status")],
        ),
    ],
)
def test_each_miss_has_one_cause(facts: list[dict], cause: list[tuple[str, str]]) -> None:
    assert why(*facts) == cause
    assert {name for _, name in cause} <= set(CAUSES)


def test_a_relation_that_holds_both_ways_may_be_turned() -> None:
    turned = claimed("Cổng A", "LGSP", FIRST, ("Trục C",))
    assert why(*NAMES, turned, *RIGHT[1:]) == []


# Corpora


def annotated(folder: Path) -> Path:
    """A corpus of one text with its gold beside it, and a validation set that cannot be read."""
    for name in score_report.SETS:
        (folder / "corpus" / name).mkdir(parents=True)
        (folder / "gold" / name).mkdir(parents=True)
        (folder / "corpus" / name / "a.txt").write_text("LGSP tỉnh Ninh Bình đã vận hành.", encoding="utf-8")
        gold = {"systems": [system("LGSP", "IntegrationPlatform", "Ninh Bình")], "connections": []}
        (folder / "gold" / name / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    (folder / "corpus" / "validation").mkdir()
    (folder / "corpus" / "validation" / "b.txt").write_bytes(b"\xff\xfe")
    return folder / "corpus"


def test_only_the_sets_that_rules_are_made_with_are_opened(tmp_path: Path) -> None:
    found = list(score_report.corpora(str(annotated(tmp_path))))
    assert [corpus.name for corpus in found] == ["tests/corpus", "dev", "seeds"]
    assert "validation" not in " ".join(f"{corpus.texts} {corpus.gold}" for corpus in found)
    assert [corpus.name for corpus in score_report.corpora(None)] == ["tests/corpus", "dev"]


def test_a_set_without_annotation_is_an_error(tmp_path: Path) -> None:
    folder = annotated(tmp_path)
    shutil.rmtree(tmp_path / "gold" / "seeds")
    with pytest.raises(KgError, match="no annotated texts"):
        list(score_report.corpora(str(folder)))


def test_the_report_names_each_document_its_total_and_the_causes(tmp_path: Path) -> None:
    corpus = list(score_report.corpora(str(annotated(tmp_path))))[-1]
    report = score_report.measured(corpus, reader())
    assert report.total("systems") == Count(1, 1, 1)
    rows = list(score_report.documents(report))
    assert rows[2].startswith("| a | 1.00 (1/1) |")
    assert rows[-1].startswith("| total | **1.00** (1/1) |")
    page = score_report.summary([report], "2025-01-31")
    assert "Run of 2025-01-31" in page
    assert "| systems | 1.00 / 1.00 / **1.00** of 1 |" in page


def test_the_readme_keeps_all_but_the_table(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("before\n<!-- score -->\nold\n<!-- /score -->\nafter\n", encoding="utf-8")
    score_report.write_readme(page, "new \\1\n")
    assert page.read_text(encoding="utf-8") == "before\n<!-- score -->\nnew \\1\n<!-- /score -->\nafter\n"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(KgError, match="no place"):
        score_report.write_readme(page, "new")


def test_the_readme_has_a_table_with_its_date(project: Path) -> None:
    page = (project / "README.md").read_text(encoding="utf-8")
    assert re.search(r"<!-- score -->\nRun of \d{4}-\d\d-\d\d;.*?\| full \|.*?<!-- /score -->", page, re.DOTALL)


@pytest.mark.parametrize("name", [*score_report.OWN, *score_report.SETS])
def test_totals_agree_with_the_judge_beside_the_corpus(corpus: Path, tmp_path: Path, name: str) -> None:
    judge = corpus.resolve().parent / "score" / "score.py"
    if not judge.is_file():
        pytest.skip("no score.py beside KG_CORPUS")
    (chosen,) = [one for one in score_report.corpora(str(corpus)) if one.name == name]
    report = score_report.measured(chosen, reader())
    facts = tmp_path / "facts.jsonl"
    with facts.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(fact) + "\n" for fact in read_facts([chosen.texts], reader()))
    told = subprocess.run(
        [sys.executable, judge, chosen.gold, facts], check=True, capture_output=True, encoding="utf-8"
    )
    judged = re.findall(r"^(\w+) +P .*?\((\d+) right of (\d+) predicted, (\d+) gold\)", told.stdout, re.MULTILINE)
    mine = {kind: report.total(kind) for kind in score_report.KINDS}
    assert {kind: Count(*map(int, numbers)) for kind, *numbers in judged} == mine
    assert f"{report.total('status').recall:.3f}" in told.stdout
