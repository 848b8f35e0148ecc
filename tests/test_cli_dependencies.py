"""The dependency questions as users call them, on the build of seeds/."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.api import ask
from kg.asking import asked
from kg.cli import cli
from kg.cli_dependencies import _COLUMNS
from kg.errors import KgError
from kg.knowledge import KnowledgeGraph
from kg.terminal import run
from kg.topology import dependencies

QUESTIONS = {
    "impact": ("NGSP",),
    "needs": ("EMC",),
    "path": ("EMC", "NGSP"),
    "weak": (),
    "gaps": (),
    "diff": ("2021", "2022"),
}
KEYS = {
    "impact": {"system", "hop", "province", "operator", "path", "status", "derived", "role"},
    "needs": {"system", "hop", "province", "operator", "path", "status", "derived", "role"},
    "path": {"rank", "length", "path", "hops"},
    "weak": {"system", "count", "cut_off", "alternative"},
    "gaps": {"province", "platform", "state", "as_of"},
    "diff": {"change", "kind", "id", "before", "after"},
}
each = pytest.mark.parametrize("command", QUESTIONS)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The build of seeds/."""
    out = tmp_path_factory.mktemp("demo") / "out"
    assert run(cli, ["build", str(project / "seeds"), "-o", str(out)]) == 0
    return out


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], demo: Path):
    """Runs a command on the demo in this process: exit code, output, errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(cli, [*arguments, "--store", str(demo)])
        return code, *capsys.readouterr()

    return call


@each
def test_every_question_answers_with_the_keys_of_the_contract(kg, command: str) -> None:
    code, out, _ = kg(command, *QUESTIONS[command], "-f", "json")
    answer = json.loads(out)
    assert code == 0
    assert set(answer) == {"question", "parameters", "rows", "notes"}
    assert answer["question"] == command
    assert answer["rows"]
    assert all(set(row) >= KEYS[command] for row in answer["rows"])
    assert set(_COLUMNS.get(command, ())) <= set(answer["rows"][0])


@each
def test_every_question_says_how_many_documents_it_rests_on(kg, command: str) -> None:
    _, out, _ = kg(command, *QUESTIONS[command], "--lang", "en")
    assert "documents read; the newest is of 2022-04-01" in out


@each
def test_every_question_takes_the_shared_options(kg, command: str) -> None:
    options = ("--status", "all", "--units", "2025", "--lang", "en", "-f", "csv")
    dated = () if command == "diff" else ("--as-of", "2022-12")
    code, out, _ = kg(command, *QUESTIONS[command], *options, *dated)
    assert code == 0
    assert out.startswith("\ufeff")


@each
def test_every_row_can_be_traced(kg, demo: Path, command: str) -> None:
    """The first row with evidence: its attestations are known to `kg why`."""
    _, out, _ = kg(command, *QUESTIONS[command], "-f", "json")
    evidence = next(row["evidence"] for row in json.loads(out)["rows"] if row["evidence"])
    graph = KnowledgeGraph.open(demo)
    assert all(graph.why(iri).rows for iri in evidence)


def test_impact_lists_each_system_that_the_rule_hits(kg) -> None:
    _, out, _ = kg("impact", "NGSP", "-f", "json")
    rows = json.loads(out)["rows"]
    hit = {
        (row["role"], row["hop"]): [r for r in rows if (r["role"], r["hop"]) == (row["role"], row["hop"])]
        for row in rows
    }
    assert {key: len(found) for key, found in hit.items()} == {
        ("dependent", 1): 12,
        ("counterpart", 1): 4,
        ("dependent", 2): 1,
    }
    assert "EMC" in hit["dependent", 2][0]["system"]


def test_dependents_of_every_system_are_what_the_build_derives(demo: Path) -> None:
    graph = KnowledgeGraph.open(demo)
    derived = {(row["s"], row["o"]) for row in graph.store.select("SELECT ?s ?o { ?s vne:dependsOn ?o }")}
    assert derived
    assert set(dependencies(asked(graph.links).edges).edges()) == derived


def test_rows_say_how_sure_the_reading_of_their_weakest_hop_is(kg) -> None:
    _, out, _ = kg("impact", "NGSP", "-f", "json")
    assert all(0 < row["confidence"] <= 1 for row in json.loads(out)["rows"])


@pytest.mark.parametrize("command", ["impact", "needs", "path", "weak", "gaps"])
def test_an_answer_over_http_is_that_of_the_command(kg, demo: Path, command: str) -> None:
    given = dict(zip(("a", "b") if command == "path" else ("system",), QUESTIONS[command]))
    _, out, _ = kg(command, *QUESTIONS[command], "-f", "json")
    answer = ask(KnowledgeGraph.open(demo), command, {key: (value,) for key, value in given.items()})
    assert answer.as_json() == json.loads(out)


def test_folders_of_the_server_are_not_compared_over_http(demo: Path) -> None:
    with pytest.raises(KgError):
        ask(KnowledgeGraph.open(demo), "diff", {"a": (str(demo),), "b": (str(demo),)})


def test_gaps_has_every_province_of_the_generation(kg) -> None:
    for units, count in (("2024", 63), ("2025", 34)):
        _, out, _ = kg("gaps", "--units", units, "-f", "json")
        rows = json.loads(out)["rows"]
        assert len({row["province_id"] for row in rows}) == count
        assert len(rows) == count * len({row["platform_id"] for row in rows})


def test_diff_compares_builds_and_dates(kg, demo: Path, tmp_path: Path, project: Path) -> None:
    other = tmp_path / "out"
    assert run(cli, ["build", str(project / "seeds" / "ha-nam-2021.md"), "-o", str(other)]) == 0
    _, out, _ = kg("diff", str(other), str(demo), "-f", "json")
    rows = json.loads(out)["rows"]
    assert {row["change"] for row in rows if row["kind"] == "document"} == {"added"}
    assert len([row for row in rows if row["kind"] == "document"]) == 4
    code, out, _ = kg("diff", str(demo), str(demo))
    assert (code, "Không có gì khác nhau." in out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("impact", "NGPS"), "nearest: "),
        (("needs", "LGSP"), "name one of: "),
        (("path", "EMC", "Cổng không có"), "no system is called"),
        (("path", "EMC", "EMC"), "two different systems"),
        (("diff", "nowhere", "2022"), "neither a build nor a date"),
        (("diff", "2021", "2022", "--as-of", "2022"), "exclude each other"),
        (("weak", "--status", "flying"), "no such status"),
        (("gaps", "--as-of", "yesterday"), "not a date"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_asked_is_refused_with_a_hint(kg, arguments: tuple[str, ...], words: str) -> None:
    code, out, err = kg(*arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_help_does_not_load_what_only_an_answer_needs() -> None:
    script = "import sys; from kg.cli import cli; print([m for m in ('networkx', 'pyoxigraph') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"
