"""What a build tells: stable, complete, in both languages."""

import json
from dataclasses import replace

from kg.documents import Unreadable
from kg.errors import UnreadableError
from kg.graph import gather
from kg.model import Span
from kg.report import file_digest, report_of
from kg.validate import Violation
from tests import fakes


def report(found=(), readings=None, unreadable=()):
    return report_of(gather(readings or [fakes.report()]), "d", "o", 7, unreadable, found, ())


def violation(severity):
    return Violation(severity, "http://x/a", "Nút", "http://x/s", "", "", "sai rồi", "it is wrong")


def test_what_came_of_the_build_is_told_in_both_languages():
    done = report([violation("violation"), violation("warning")])
    assert len(done.summary("vi")) == len(done.summary("en")) == 4
    assert "vi phạm: Nút: sai rồi" in done.summary("vi")
    assert "violation: Nút: it is wrong" in done.summary("en")


def test_warnings_are_kept_apart_from_violations():
    done = report([violation("violation"), violation("warning"), violation("info")])
    assert [len(done.violations), len(done.warnings)] == [1, 2]


def test_a_graph_that_was_not_validated_says_so():
    assert not report(None).validated
    assert len(report(None).summary()) == len(report(()).summary()) + 1


def test_a_long_list_of_unknown_names_is_cut():
    paper = fakes.document()
    many = tuple((f"Trục {number}", Span(number, number + 1)) for number in range(9))
    read = fakes.reading(paper)
    (line,) = [line for line in report(readings=[replace(read, unlinked=many)]).summary("en") if "Trục" in line]
    assert line.startswith("9 names")
    assert line.endswith("…")


def test_the_file_is_stable_json_with_the_keys_of_the_contract(tmp_path):
    refused = [Unreadable(name, UnreadableError(f"{name}: empty", "add text")) for name in ("z.md", "a.md")]
    report(unreadable=refused).write(tmp_path / "report.json")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert list(told) == [
        *("version", "ontology_digest", "digest", "documents", "counts", "unreadable", "unlinked", "merges"),
        *("validated", "violations", "warnings", "contradictions"),
    ]
    assert [one["file"] for one in told["unreadable"]] == ["a.md", "z.md"]
    assert told["counts"]["triples"] == 7


def test_a_digest_is_that_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    assert file_digest(tmp_path / "a") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
