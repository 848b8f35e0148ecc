"""The library of questions: on the demo graph each has exactly the rows that are kept under tests/questions.

`make pins` writes them anew; what then differs is for a person to read.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.knowledge import KnowledgeGraph
from kg.queries import questions
from tests.conftest import PROJECT

PINS = PROJECT / "tests/questions"
OTHERWISE = {
    "aliases": {"system": "Cổng DVCQG"},
    "compare-provinces": {"province": "Khánh Hòa", "other": "quang ninh"},
    "data-sources": {"system": "Cổng Dịch vụ công quốc gia"},
    "deadlines": {"by": "2021"},
    "dependents": {"system": "sys:cong-dvcqg"},
    "doubtful": {"below": "0.72"},
    "linked-since": {"system": "Cổng DVCQG"},
    "province-systems": {"province": "Hà Nam"},
    "stale": {"before": "2021-06"},
    "systems-of-type": {"type": "Database"},
}
"""Values other than the defaults, in the words of users."""
CASES = {
    **{name: (name, {}) for name in questions()},
    **{f"{name}-2": (name, given) for name, given in OTHERWISE.items()},
}


def rows(graph: KnowledgeGraph, case: str) -> str:
    """The answer as tab-separated text: prefixed names, one row a line."""
    from kg.vocab import compact

    name, given = CASES[case]
    result = graph.query(name, **given)
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(result.variables)
    for row in result.rows():
        writer.writerow(compact(value) if value and value.startswith("http") else value for value in row.values())
    return out.getvalue()


@pytest.mark.parametrize("case", CASES)
def test_a_question_has_its_rows(built: Path, case: str) -> None:
    kept = (PINS / f"{case}.tsv").read_text(encoding="utf-8")
    assert rows(KnowledgeGraph.open(built), case) == kept
    assert kept.count("\n") > 1, "a question without rows on the demo graph is not tested"


def test_nothing_is_kept_of_questions_that_are_gone() -> None:
    assert {path.stem for path in PINS.glob("*.tsv")} == set(CASES)


def test_the_library_is_large_enough_and_speaks_both_languages() -> None:
    known = questions()
    assert len(known) >= 25
    for question in known.values():
        assert set(question.titles) == set(question.descriptions) == {"vi", "en"}
        assert len(set(question.titles.values())) == 2
    for lang in ("vi", "en"):
        assert len({question.titles[lang] for question in known.values()}) == len(known)


def test_every_type_of_parameter_but_the_plainest_is_in_use() -> None:
    used = {parameter.type for question in questions().values() for parameter in question.parameters}
    assert used >= {"system", "place", "class", "date", "number"}


@pytest.mark.parametrize(
    ("name", "given"),
    [("stale", {"before": "soon"}), ("doubtful", {"below": "much"}), ("systems-of-type", {"type": "Thing"})],
)
def test_a_value_of_another_type_is_refused(built: Path, name: str, given: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        KnowledgeGraph.open(built).query(name, **given)


def _write() -> None:
    import tempfile

    from kg.pipeline import build

    with tempfile.TemporaryDirectory() as folder:
        build([PROJECT / "seeds"], Path(folder) / "out")
        graph = KnowledgeGraph.open(Path(folder) / "out")
        for path in PINS.glob("*.tsv"):
            path.unlink()
        for case in CASES:
            (PINS / f"{case}.tsv").write_text(rows(graph, case), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _write()
