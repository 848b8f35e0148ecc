"""A build: whole, the same every time, and honest about what went wrong."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg import pipeline
from kg.documents import Unreadable
from kg.errors import InputMissingError, OntologyError, OutputError
from kg.rdf import parse_quads
from kg.store import open_store
from kg.vocab import GRAPH
from tests import fakes


@pytest.fixture
def build(tmp_path):
    """A build of two documents with the small ontology."""
    ontology = fakes.ontology(tmp_path / "ontology")
    fakes.texts(tmp_path / "in", "a", "b")

    def run(out="out", reader=None, paths=("in",), **options):
        return pipeline.build(
            [tmp_path / path for path in paths],
            tmp_path / out,
            reader=reader or fakes.Reader(),
            ontology=options.pop("ontology", ontology),
            pages=options.pop("pages", fakes.pages),
            **options,
        )

    return run


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def answers(out: Path) -> tuple[int, str]:
    """What a build says, asked through all of its parts at once."""
    store = open_store(out)
    facts = (out / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    (row,) = store.select("SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a sdo:DigitalDocument }")
    documents = {json.loads(line)["document"] for line in facts}
    assert int(row["n"]) == len(report["documents"]) == len(documents)
    assert set(parse_quads(out / "graph.trig")) == set(store.quads())
    assert (out / "index.html").read_text(encoding="utf-8") == f"<p>{len(store)}</p>\n"
    return int(row["n"]), report["digest"]


def test_a_build_has_all_its_files(tmp_path, build):
    report = build()
    assert names(tmp_path / "out") == [
        "facts.jsonl",
        "graph.trig",
        "index.html",
        "report.json",
        "store",
        "topology.cache",
    ]
    assert answers(tmp_path / "out") == (2, report.digest)
    assert names(tmp_path) == ["in", "ontology", "out"]


def test_the_same_documents_give_the_same_bytes(tmp_path, build):
    assert build("one") == build("other")
    for name in ("graph.trig", "facts.jsonl", "report.json", "index.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_what_is_computed_stands_apart_from_what_documents_state(tmp_path, build):
    build()
    store = open_store(tmp_path / "out")
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s vne:latestStatus|vne:connectsTo ?o } }"
    assert [row["g"] for row in store.select(query)] == [f"{GRAPH}derived"]
    assert store.graphs() == tuple(
        sorted(GRAPH + name for name in ("a", "b", "derived", "lexicon", "ontology", "places"))
    )
    assert store.ask(f"ASK {{ <{fakes.PORTAL.id}> vne:connectsTo <{fakes.NATIONAL.id}> }}")
    assert not store.ask(f"ASK {{ <{fakes.LGSP.id}> vne:connectsTo <{fakes.REGISTER.id}> }}")


def test_the_report_tells_what_was_read(tmp_path, build):
    (tmp_path / "in" / "empty.md").write_bytes(b"")
    report = build()
    told = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert told["documents"][0] == {
        "name": "a",
        "file": "a.md",
        "digest": told["documents"][0]["digest"],
        "province": "https://w3id.org/vn-egov/id/place/binh-minh",
        "province_clue": "front matter",
        "date": "2022-03-19",
        "title": None,
    }
    assert told["counts"]["systems"] == 2
    assert told["counts"]["claims"] == 4
    assert [one["file"] for one in told["unreadable"]] == ["empty.md"]
    assert [one["document"] for one in told["unlinked"]] == ["a.md", "b.md"]
    assert [merge["wordings"] for merge in told["merges"]] == [["LGSP", "LGSP tỉnh Bình Minh"]]
    assert [one.file for one in report.unreadable] == ["empty.md"]
    assert any("2022-03-19" in line for line in report.summary("en"))


def test_violations_are_reported_and_the_build_is_written_all_the_same(tmp_path, build):
    shapes = fakes.ONTOLOGY["shapes.ttl"].replace("sh:minCount 1 ; sh:maxCount 1", "sh:minCount 2")
    report = build(ontology=fakes.ontology(tmp_path / "strict", shapes=shapes))
    assert len(report.violations) == 2
    assert any("exactly one target" in line for line in report.summary("en"))
    assert answers(tmp_path / "out")[0] == 2


def test_warnings_are_no_violations(tmp_path, build):
    shapes = fakes.ONTOLOGY["shapes.ttl"].replace("sh:minCount 1 ; sh:severity", "sh:minCount 9 ; sh:severity")
    report = build(ontology=fakes.ontology(tmp_path / "strict", shapes=shapes))
    assert report.violations == ()
    assert report.warnings != ()


def test_a_graph_over_the_limit_is_not_validated_and_says_so(tmp_path, build, monkeypatch):
    monkeypatch.setattr(pipeline, "LIMIT", 10)
    report = build()
    assert not report.validated
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["validated"] is False


def test_sources_that_contradict_each_other_are_reported(build):
    class Denier(fakes.Reader):
        def read(self, document):
            status = "absent" if document.name == "a" else "operational"
            return fakes.reading(document, fakes.connection(document, status=status))

    (found,) = build(reader=Denier()).contradictions
    assert {claim.document for claim in found.claims} == {"a.md", "b.md"}


@pytest.mark.parametrize("step", ["read", "gather", "derive 10-status", "validate", "write", "replace"])
def test_an_interrupted_build_leaves_the_old_one(tmp_path, build, step):
    build()
    before = answers(tmp_path / "out")
    fakes.texts(tmp_path / "in", "c")

    def interrupt(name, done=None, total=None):
        if name == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(progress=interrupt)
    assert answers(tmp_path / "out") == before
    assert names(tmp_path) == ["in", "ontology", "out"]
    build()
    assert answers(tmp_path / "out")[0] == 3


KILLED = """
import os, signal, sys
from pathlib import Path
from kg import pipeline
from tests import fakes

home, step = Path(sys.argv[1]), sys.argv[2]

def kill(name, done=None, total=None):
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)

pipeline.build([home / "in"], home / "out", fakes.Reader(), fakes.ontology(home / "ontology"), fakes.pages, kill)
"""


@pytest.mark.parametrize("step", ["read", "derive 20-short-cuts", "write", "replace"])
def test_after_a_killed_build_the_old_one_still_answers(tmp_path, build, project, step):
    build()
    before = answers(tmp_path / "out")
    fakes.texts(tmp_path / "in", "c")
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path, step], cwd=project, check=False)
    assert done.returncode == -signal.SIGKILL
    assert answers(tmp_path / "out") == before
    build()
    assert answers(tmp_path / "out")[0] == 3
    assert names(tmp_path) == ["in", "ontology", "out"]


def test_nothing_is_read_before_the_folder_is_known_to_be_ours(tmp_path, build):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_bytes(b"x")

    class Never:
        def read(self, document):
            pytest.fail("the work began")

    with pytest.raises(OutputError, match=r"thesis\.docx"):
        build(reader=Never())


def test_a_missing_path_changes_nothing(tmp_path, build):
    with pytest.raises(InputMissingError):
        build(paths=["in", "gone"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("stem", "text", "place"),
    [
        ("lexicon", "sys:a a vne:System .", r"lexicon\.ttl:1"),
        ("10-status", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p }", r"10-status\.rq: "),
        ("20-short-cuts", "SELECT ?s { ?s ?p ?o }", r"20-short-cuts\.rq: "),
    ],
)
def test_a_broken_ontology_stops_the_build_and_names_the_file(tmp_path, build, stem, text, place):
    build()
    before = answers(tmp_path / "out")
    with pytest.raises(OntologyError, match=place):
        build(ontology=fakes.ontology(tmp_path / "broken", **{stem: text}))
    assert answers(tmp_path / "out") == before


def test_facts_come_document_by_document_and_the_unreadable_among_them(tmp_path):
    fakes.texts(tmp_path, "b", "a")
    (tmp_path / "aa.txt").write_bytes(b"\x00\x01")
    found = list(pipeline.facts([tmp_path], fakes.Reader()))
    assert [one.file for one in found if isinstance(one, Unreadable)] == ["aa.txt"]
    places = [(one["document"], one["start"]) for one in found if isinstance(one, dict)]
    assert places == sorted(places)
    assert len(places) == 14


def test_the_text_taken_out_of_a_file_is_kept_and_the_next_build_does_not_read_it(tmp_path, build):
    words = fakes.TEXT.replace("\n", " ")
    (tmp_path / "in" / "trang.html").write_text(f"<nav>Menu</nav><p>{words}</p>", encoding="utf-8")
    first = build("in/out")
    texts = tmp_path / "in" / "out" / "texts"
    assert names(texts) == ["trang.txt"]
    assert (texts / "trang.txt").read_text(encoding="utf-8").split() == words.split()
    assert build("in/out") == first
    assert build("in/other") == first
