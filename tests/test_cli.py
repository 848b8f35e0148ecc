"""The commands as users call them: what they answer, and how they refuse."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

from kg.cli import cli
from kg.terminal import run
from tests.conftest import Said
from tests.legacy import SENTENCE, tcvn3, vni

GOOD = "Cổng dịch vụ công tỉnh Ninh Bình đã kết nối với Cổng Dịch vụ công quốc gia qua LGSP, NGSP.\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The build of seeds/."""
    out = tmp_path_factory.mktemp("demo") / "out"
    assert run(cli, ["build", str(project / "seeds"), "-o", str(out)]) == 0
    return out


def rows(said: Said) -> list[dict]:
    assert said.code == 0, said.err
    return [json.loads(line) for line in said.out.splitlines()]


# What the demo answers


def test_a_build_says_what_it_read_and_leaves_its_files(kg, tmp_path: Path, project: Path) -> None:
    said = kg("build", project / "seeds", "-o", tmp_path / "out")
    assert said.code == 0
    assert said.err == ""
    assert "5" in said.out
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"graph.trig", "store", "facts.jsonl", "report.json", "index.html"} <= names


def test_linked_names_exactly_the_provinces_whose_texts_say_so(kg, demo: Path) -> None:
    found = rows(kg("linked", "NGSP", "--store", demo, "-f", "jsonl"))
    assert {row["province"] for row in found} == {"Ninh Bình", "Hà Nam", "Khánh Hòa"}
    assert all(row["path"] and row["status"] == "operational" and row["as_of"] and row["quote"] for row in found)


def test_linked_says_what_the_other_provinces_state_instead(kg, demo: Path) -> None:
    notes = json.loads(kg("linked", "NGSP", "--store", demo, "-f", "json").out)["notes"]
    (dien_bien,) = [note for note in notes if note.startswith("Điện Biên")]
    assert "LGSP" in dien_bien
    assert "2020" in dien_bien
    assert [note for note in notes if note.startswith("Quảng Ninh")]


@pytest.mark.parametrize("name", ["ngsp", "sys:ndxp", "https://w3id.org/vn-egov/id/system/ndxp", "NDXP"])
def test_a_system_may_be_named_in_any_way(kg, demo: Path, name: str) -> None:
    assert rows(kg("linked", name, "--store", demo, "-f", "jsonl")) == rows(
        kg("linked", "NGSP", "--store", demo, "-f", "jsonl")
    )


@pytest.mark.parametrize("what", ["systems", "provinces", "documents", "connections"])
def test_list_has_rows_of_every_kind_and_each_column_of_its_table(kg, demo: Path, what: str) -> None:
    from kg.cli import _COLUMNS

    found = rows(kg("list", what, "--store", demo, "-f", "jsonl"))
    assert found
    assert set(_COLUMNS[what]) <= set(found[0])


def test_every_connection_listed_leads_back_to_words_of_its_document(kg, demo: Path, project: Path) -> None:
    for connection in rows(kg("list", "connections", "--store", demo, "-f", "jsonl")):
        passages = rows(kg("why", connection["connection_id"], "--store", demo, "-f", "jsonl"))
        assert passages
        for passage in passages:
            text = (project / "seeds" / passage["document"]).read_bytes().decode()
            assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_query_prints_rows_yes_or_no_and_graphs(kg, demo: Path) -> None:
    select = "SELECT (COUNT(?c) AS ?n) { ?c a vne:Connection }"
    assert json.loads(kg("query", select, "-f", "json", "--store", demo).out)["head"]["vars"] == ["n"]
    assert kg("query", select, "--store", demo).out.split()[0] == "n"
    assert kg("query", "ASK { ?c a vne:Connection }", "--store", demo).out == "yes\n"
    assert "vne:Connection" in kg("query", "CONSTRUCT WHERE { ?c a vne:Connection }", "--store", demo).out


def test_query_reads_a_file_before_it_takes_a_text(kg, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "question.rq").write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    assert kg("query", tmp_path / "question.rq", "--store", demo).out == "yes\n"


def test_query_reads_standard_input(kg, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"ASK { ?s ?p ?o }")))
    assert kg("query", "-", "--store", demo).out == "yes\n"


def test_show_writes_the_page_of_an_outage(kg, demo: Path, tmp_path: Path) -> None:
    said = kg("show", "--view", "impact", "NGSP", "--units", "2025", "--store", demo, "-o", tmp_path / "page.html")
    assert (said.code, said.out) == (0, f"{tmp_path / 'page.html'}\n")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '"view":"impact"' in text
    assert '"units":"2025"' in text
    assert kg("show", "--view", "impact", "--store", demo).code == 2


def test_show_prints_where_the_page_is(kg, demo: Path, tmp_path: Path) -> None:
    said = kg("show", "Ninh Binh", "--view", "province", "--store", demo, "-o", tmp_path / "page.html")
    assert said.out == f"{tmp_path / 'page.html'}\n"
    assert "Ninh Bình" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_facts_are_what_the_build_keeps(kg, demo: Path, project: Path) -> None:
    said = kg("facts", project / "seeds")
    assert said.out == (demo / "facts.jsonl").read_text(encoding="utf-8")


def test_facts_of_standard_input_are_of_the_document_stdin(kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    found = rows(kg("facts", "-"))
    assert {fact["document"] for fact in found} == {"stdin"}
    assert all(GOOD[fact["start"] : fact["end"]] == fact["quote"] for fact in found)


def test_facts_print_as_one_json_object_as_csv_and_as_a_table(kg, project: Path) -> None:
    path = project / "seeds" / "ha-nam-2021.md"
    many = rows(kg("facts", path))
    assert json.loads(kg("facts", path, "-f", "json").out)["rows"] == many
    assert len(list(csv.reader(io.StringIO(kg("facts", path, "-f", "csv").out)))) == len(many) + 1
    assert many[0]["kind"] in kg("facts", path, "-f", "table").out


def test_version_names_the_tool_and_the_ontology(kg) -> None:
    assert kg("--version").out.startswith("kg 0.1.0, ontology ")


def test_no_command_opens_a_connection(kg, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_arguments: object, **_options: object) -> NoReturn:
        raise AssertionError("a socket")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, forbidden)
    out = tmp_path / "out"
    for arguments in (
        ["build", project / "seeds", "-o", out],
        ["linked", "NGSP", "--store", out],
        ["query", "ASK { ?s ?p ?o }", "--store", out],
        ["show", "--store", out],
        ["why", "NGSP", "--store", out],
        ["list", "systems", "--store", out],
    ):
        said = kg(*arguments)
        assert said.code == 0, said.err


def test_help_loads_no_heavy_library(project: Path) -> None:
    script = "import sys\nfrom kg.cli import cli\nfrom kg.terminal import run\nrun(cli, ['--help'])\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project, capture_output=True, encoding="utf-8", check=True
    )
    assert not {"rdflib", "networkx", "pyvis", "pyshacl", "rich", "pyoxigraph", "yaml"} & set(done.stderr.split())


# How it refuses

UNREADABLE = {
    "empty": (b"", "empty"),
    "binary": (b"\x7fELF\x02\x01\x01\0\0\0", "binary"),
    "utf-16": (SENTENCE.encode("utf-16"), "UTF-16"),
    "tcvn3": (tcvn3(SENTENCE), "TCVN3"),
    "vni": (vni(SENTENCE), "VNI"),
    "latin-1": ("caf\u00e9".encode("latin-1"), "not UTF-8"),
    "front-matter": (b"---\ntitle: [a\n---\nText", "front matter"),
}


@pytest.mark.parametrize(("content", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_build_names_the_unreadable_file_and_holds_the_rest(kg, tmp_path: Path, content: bytes, words: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "bad.txt").write_bytes(content)
    said = kg("build", folder, "-o", tmp_path / "out")
    assert said.code == 5
    message, hint = said.err.splitlines()
    assert message.startswith("kg: bad.txt")
    assert words in message
    assert hint.startswith("hint: ")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in report["unreadable"]] == ["bad.txt"]
    assert [entry["file"] for entry in report["documents"]] == ["good.txt"]
    assert rows(kg("linked", "NGSP", "--store", tmp_path / "out", "-f", "jsonl"))


def test_facts_of_the_readable_files_come_with_the_complaint(kg, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    said = kg("facts", tmp_path)
    assert said.code == 5
    assert "bad.txt" in said.err
    assert {json.loads(line)["document"] for line in said.out.splitlines()} == {"good.txt"}


def test_a_file_over_the_limit_is_refused_in_little_memory(tmp_path: Path, project: Path) -> None:
    with (tmp_path / "big.txt").open("w", encoding="utf-8") as stream:
        stream.writelines(GOOD.strip() + " " for _ in range(400_000))  # one line of 50 MB
    done = subprocess.run(
        ["bash", "-c", 'ulimit -v 1000000; exec "$@"', "-", sys.executable, "-m", "kg", "facts", tmp_path / "big.txt"],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 5
    assert "limit of" in done.stderr


class Refusal(NamedTuple):
    arguments: list[str]
    code: int
    words: str


REFUSALS = {
    "missing path": Refusal(["build", "nowhere.txt"], 2, "nowhere.txt"),
    "missing path of facts": Refusal(["facts", "nowhere.txt"], 2, "nowhere.txt"),
    "folder without documents": Refusal(["build", "bare"], 2, "no documents"),
    "output below a file": Refusal(["build", "good.txt", "-o", "good.txt/out"], 2, "good.txt"),
    "output is a file": Refusal(["build", "good.txt", "-o", "good.txt"], 2, "good.txt"),
    "output that no one may write": Refusal(["build", "good.txt", "-o", "/proc/kg"], 2, "/proc/kg"),
    "output with other files": Refusal(["build", "good.txt", "-o", "mine"], 2, "thesis.odt"),
    "no store": Refusal(["linked", "NGSP"], 4, "out"),
    "a store that is none": Refusal(["linked", "NGSP", "--store", "mine"], 4, "mine"),
    "unknown command": Refusal(["lnked"], 2, "lnked"),
    "unknown option": Refusal(["build", "--fast"], 2, "--fast"),
    "no argument": Refusal(["linked"], 2, "SYSTEM"),
}


@pytest.mark.parametrize("case", REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_done_is_refused_in_a_line_with_a_hint(kg, tmp_path: Path, monkeypatch, case: Refusal) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text(GOOD, encoding="utf-8")
    Path("bare").mkdir()
    Path("mine").mkdir()
    Path("mine/thesis.odt").write_bytes(b"mine")
    before = sorted(Path().rglob("*"))
    said = kg(*case.arguments)
    assert said.code == case.code
    message, hint = said.err.splitlines()
    assert message.startswith("kg: ")
    assert case.words in message
    assert hint.startswith("hint: ")
    assert said.out == ""
    assert sorted(Path().rglob("*")) == before


QUESTIONS = {
    "unknown system": Refusal(["linked", "No Such Thing At All"], 2, "No Such Thing At All"),
    "ambiguous system": Refusal(["linked", "LGSP"], 2, "LGSP"),
    "unknown status": Refusal(["linked", "NGSP", "--status", "running"], 2, "running"),
    "unknown date": Refusal(["linked", "NGSP", "--as-of", "soon"], 2, "soon"),
    "unknown units": Refusal(["linked", "NGSP", "--units", "1996"], 2, "1996"),
    "unknown province": Refusal(["list", "systems", "--province", "Atlantis"], 2, "Atlantis"),
    "unknown type": Refusal(["list", "systems", "--type", "Spaceship"], 2, "Spaceship"),
    "unknown id": Refusal(["why", "conn:000000000000"], 2, "000000000000"),
    "broken query": Refusal(["query", "SELECT WHERE"], 2, "line 1"),
    "query that calls out": Refusal(["query", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], 2, "SERVICE"),
    "broken parameter": Refusal(["query", "ASK {}", "--param", "x"], 2, "'x'"),
    "page in no folder": Refusal(["show", "-o", "/proc/kg/page.html"], 2, "/proc/kg"),
}


@pytest.mark.parametrize("case", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_that_makes_no_sense_is_refused_in_a_line_with_a_hint(kg, demo: Path, case: Refusal) -> None:
    said = kg(*case.arguments, "--store", demo)
    assert said.code == case.code
    message, hint = said.err.split("\n", 1)
    assert message.startswith("kg: ")
    assert case.words in message
    assert hint.startswith("hint: ")
    assert said.out == ""


BROKEN = {
    "Turtle that does not parse": ("core.ttl", "\nvne:Broken a owl:Class ; .. \n"),
    "a term that no file declares": ("lexicon.ttl", "\nsys:ndxp vne:noSuchProperty 1 .\n"),
    "YAML that does not parse": ("rules/names.yaml", "\nbroken: [\n"),
    "a pattern that does not compile": (
        "rules/relations.yaml",
        "\n  - rule: broken\n    verbs: C\n    after: '(['\n    source: source\n    target: target\n",
    ),
}


@pytest.mark.parametrize(("file", "added"), BROKEN.values(), ids=BROKEN)
def test_a_broken_ontology_is_named_by_file_and_line(
    kg, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, file: str, added: str
) -> None:
    shutil.copytree(project / "ontology", tmp_path / "ontology")
    path = tmp_path / "ontology" / file
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    path.write_text(text + added, encoding="utf-8")
    monkeypatch.setenv("KG_ONTOLOGY", str(tmp_path / "ontology"))
    said = kg("facts", project / "seeds")
    assert said.code == 1
    place = re.match(rf"kg: {re.escape(str(path))}:(\d+): ", said.err)
    assert place
    assert int(place[1]) > text.count("\n")


def test_a_failed_build_leaves_the_old_one(kg, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    out = tmp_path / "out"
    assert kg("build", tmp_path / "good.txt", "-o", out).code == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file() and path.parent == out}
    assert kg("build", tmp_path / "nowhere.txt", "-o", out).code == 2
    assert {path: path.read_bytes() for path in before} == before


def test_the_same_input_gives_the_same_bytes_under_any_hash_seed(tmp_path: Path, project: Path) -> None:
    graphs = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "kg", "build", project / "seeds", "-o", out],
            cwd=project,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        graphs.append(
            [(out / name).read_bytes() for name in ("graph.trig", "facts.jsonl", "index.html", "report.json")]
        )
    assert graphs[0] == graphs[1]
