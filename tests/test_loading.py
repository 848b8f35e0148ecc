"""RDF that others made, loaded into a build folder: whole or not at all, and asked like any build."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import InputMissingError, OutputError, StoreError
from kg.knowledge import KnowledgeGraph
from kg.loading import load
from kg.rdf import SKOLEM
from kg.store import open_store
from kg.vocab import CONN, GRAPH, SYS, VNE
from tests.conftest import PROJECT
from tests.graphs import HEAD, NATION

LINK = f"<{CONN}x> <{VNE}source> <{SYS}portal-a> .\n<{CONN}x> <{VNE}target> <{SYS}ndxp> .\n"
QUADS = "".join(line.replace(" .", f" <{GRAPH}report-a> .") + "\n" for line in LINK.splitlines())
IN_EACH_FORM = {
    "a.nt": LINK,
    "a.ttl": LINK,
    "a.nq": QUADS,
    "a.trig": f"<{GRAPH}report-a> {{ {LINK} }}",
    "a.jsonld": json.dumps({"@id": f"{CONN}x", f"{VNE}source": {"@id": f"{SYS}portal-a"}, f"{VNE}target": {"@id": f"{SYS}ndxp"}}),
}  # fmt: skip


def write(folder: Path, name: str, text: str) -> Path:
    data = text.encode()
    (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return folder / name


def graph_of(out: Path, node: str) -> set[str]:
    rows = open_store(out).select(f"SELECT ?g {{ GRAPH ?g {{ <{node}> vne:target ?o }} }}")
    return {(row["g"] or "").removeprefix(GRAPH) for row in rows}


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("name", IN_EACH_FORM)
def test_every_form_of_rdf_is_loaded_packed_or_not(tmp_path: Path, name: str, packed: str) -> None:
    report = load([write(tmp_path, name + packed, IN_EACH_FORM[name])], tmp_path / "out")
    assert dict(report.counts)["connections"] == 1
    assert graph_of(tmp_path / "out", f"{CONN}x") == {"report-a" if name in {"a.nq", "a.trig"} else "a"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "report.json",
        "store",
        "topology.cache",
    ]


def test_what_the_ontology_knows_and_derives_is_there_too(tmp_path: Path) -> None:
    load([write(tmp_path, "nation.ttl", HEAD + NATION)], tmp_path / "out")
    graph = KnowledgeGraph.open(tmp_path / "out")
    assert graph.store.ask("ASK { GRAPH graph:ontology { vne:System a owl:Class } }")
    assert {row["province"] for row in graph.linked("NGSP").rows} == {"Ninh Bình", "Hà Nam", "Khánh Hòa"}
    assert graph.store.ask("ASK { GRAPH graph:derived { sys:ha-nam-lgsp vne:connectsTo sys:ndxp } }")


def test_a_build_that_is_loaded_from_its_own_file_is_the_same_graph(tmp_path: Path, built: Path) -> None:
    report = load([built / "graph.trig"], tmp_path / "out")
    assert set(open_store(tmp_path / "out").quads()) == set(open_store(built).quads())  # type: ignore[attr-defined]
    assert len(report.documents) == 5
    assert report.documents[0].province is not None
    assert {one.date for one in report.documents} >= {"2022-04-01", "2021"}


def test_what_is_derived_elsewhere_is_derived_anew(tmp_path: Path) -> None:
    stale = (
        f"<{SYS}a> <{VNE}dependsOn> <{SYS}b> <{GRAPH}derived> .\n<{SYS}a> <{VNE}level> <{SYS}b> <{GRAPH}lexicon> .\n"
    )
    report = load([write(tmp_path, "a.nq", stale + QUADS)], tmp_path / "out")
    assert dict(report.counts)["left_out"] == 2
    assert not open_store(tmp_path / "out").ask(f"ASK {{ <{SYS}a> ?p ?o }}")


def test_blank_nodes_get_names_that_do_not_meet(tmp_path: Path) -> None:
    one = write(tmp_path, "one.nt", f'_:b <{VNE}x> _:c .\n_:c <{VNE}x> "1" .\n')
    two = write(tmp_path, "two.nt", f'_:b <{VNE}x> "2" .\n')
    report = load([one, two], tmp_path / "out")
    rows = list(open_store(tmp_path / "out").select(f"SELECT ?s ?o {{ ?s <{VNE}x> ?o }}"))
    assert len({row["s"] for row in rows}) == 3
    assert all((row["s"] or "").startswith(SKOLEM) for row in rows)
    assert load([two, one], tmp_path / "again").digest == report.digest


def test_files_of_one_name_keep_their_graphs_apart_and_equal_ones_are_read_once(tmp_path: Path) -> None:
    for folder in "ab":
        (tmp_path / folder).mkdir()
    one = write(tmp_path / "a", "x.nt", LINK)
    two = write(tmp_path / "b", "x.nt", LINK.replace("/x>", "/y>"))
    lexicon = write(tmp_path, "lexicon.nt", LINK.replace("/x>", "/z>"))
    load([one, two, lexicon, shutil.copy(one, tmp_path / "copy.nt")], tmp_path / "out")
    graphs = [graph_of(tmp_path / "out", CONN + name) for name in "xyz"]
    assert [len(found) for found in graphs] == [1, 1, 1]
    assert len(set.union(*graphs)) == 3
    assert "lexicon" not in graphs[2]


def test_relative_names_are_not_those_of_this_machine(tmp_path: Path) -> None:
    load([write(tmp_path, "a.ttl", f"<x> <{VNE}source> <y> .")], tmp_path / "out")
    (row,) = open_store(tmp_path / "out").select("SELECT ?s { ?s vne:source ?o }")
    assert row["s"] == f"{GRAPH}a/x"


@pytest.mark.parametrize(
    ("name", "text", "error", "told"),
    [
        ("gone.nq", None, InputMissingError, "no such file"),
        ("a.docx", "x", InputMissingError, "not a known RDF file"),
        ("a.gz", "x", InputMissingError, "not a known RDF file"),
        ("a.nq", QUADS + "nonsense\n", StoreError, r"a\.nq:3: "),
        ("a.ttl", "\ufffd", StoreError, r"a\.ttl:1: "),
    ],
)
def test_what_cannot_be_read_changes_nothing(tmp_path: Path, name: str, text: str | None, error, told: str) -> None:  # type: ignore[no-untyped-def]
    good = write(tmp_path, "good.nt", LINK)
    before = load([good], tmp_path / "out").digest
    if text is not None:
        write(tmp_path, name, text)
    with pytest.raises(error, match=told):
        load([good, tmp_path / name], tmp_path / "out")
    assert open_store(tmp_path / "out").digest == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]


@pytest.mark.parametrize("data", [b"plain", gzip.compress(QUADS.encode() * 999)[:-20]])
def test_a_broken_package_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.nq.gz").write_bytes(data)
    with pytest.raises(StoreError, match=r"a\.nq\.gz"):
        load([tmp_path / "a.nq.gz"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", "mine.txt", "x")
    with pytest.raises(OutputError):
        load([write(tmp_path, "a.nt", LINK)], tmp_path / "out")


def test_the_command_reports_violations_and_still_ends_well(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """RDF from elsewhere is loaded as it is; `kg check` fails on it."""
    two_targets = LINK + f"<{CONN}x> a <{VNE}Connection> ; <{VNE}target> <{SYS}vneid> .\n"
    said = kg("load", write(tmp_path, "a.ttl", two_targets), "-o", tmp_path / "out")
    assert (said.code, said.err) == (0, "")
    assert "Vi phạm: " in said.out
    assert json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))["violations"]
    assert kg("list", "connections", "--store", tmp_path / "out", "-f", "jsonl").out.count("\n") == 1
    assert kg("check", "--store", tmp_path / "out").code == 3


def test_interrupting_leaves_the_old_graph_whole(tmp_path: Path) -> None:
    good = write(tmp_path, "good.nt", LINK)
    before = load([good], tmp_path / "out").digest
    big = write(tmp_path, "big.nq", "".join(f'<{SYS}s{n}> <{VNE}x> "{n}" <{GRAPH}big> .\n' for n in range(400_000)))
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "load", str(big), "-o", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    while not list(tmp_path.glob(".out.build-*/store/*.sst")) and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "kg: interrupted\n")
    assert open_store(tmp_path / "out").digest == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]
