"""The output folder: whole or not at all, and nobody else's things."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kg import folder
from kg.errors import OutputError
from kg.folder import building, claim, settle

REPORT = '{"ontology_digest": ""}'


def make(out: Path, **entries: str) -> Path:
    """An earlier build."""
    (out / "store").mkdir(parents=True)
    (out / "store" / "CURRENT").write_text("old", encoding="utf-8")
    for name, text in {"report.json": REPORT, "index.html": "old", **entries}.items():
        (out / name).write_text(text, encoding="utf-8")
    return out


def build(out: Path, text: str = "new", **more: str) -> None:
    with building(out) as inside:
        (inside / "store").mkdir()
        for name in ("store/CURRENT", "report.json", "graph.trig", *more):
            (inside / name).write_text(more.get(name, REPORT if name == "report.json" else text), encoding="utf-8")


def content(out: Path) -> dict[str, str]:
    return {str(path.relative_to(out)): path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


NEW = {"store/CURRENT": "new", "report.json": REPORT, "graph.trig": "new"}


@pytest.fixture(params=["exchange", "one by one"])
def way(request, monkeypatch):
    """Both ways of bringing a build in."""
    if request.param == "one by one":
        monkeypatch.setattr(folder, "_exchange", lambda one, other: False)
    return request.param


def test_a_new_folder_is_made_with_its_parents(tmp_path):
    build(tmp_path / "a" / "b" / "out")
    assert content(tmp_path / "a" / "b" / "out") == NEW
    assert names(tmp_path / "a" / "b") == ["out"]


def test_a_build_replaces_an_earlier_one_as_a_whole(tmp_path, way):
    out = make(tmp_path / "out", **{"province-x.html": "old", "facts.jsonl": "old"})
    build(out)
    assert content(out) == NEW
    assert names(tmp_path) == ["out"]


def test_small_hidden_files_stay(tmp_path, way):
    out = make(tmp_path / "out", **{".gitkeep": ""})
    build(out)
    assert content(out) == {**NEW, ".gitkeep": ""}


def _fail(inside: Path, failure: type[BaseException]) -> None:
    (inside / "graph.trig").write_text("half", encoding="utf-8")
    raise failure


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_a_build_that_fails_changes_nothing(tmp_path, failure):
    out = make(tmp_path / "out")
    before = content(out)
    with pytest.raises(failure), building(out) as inside:
        _fail(inside, failure)
    assert content(out) == before
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize(
    ("entries", "named"),
    [
        ({"letter.docx": ""}, "letter.docx"),
        ({"index.html": ""}, "index.html"),
        ({"report.json": "[]"}, "report.json"),
        (
            {"report.json": REPORT, "notes.txt": "", "a.txt": "", "b.txt": "", "c.txt": ""},
            "a.txt, b.txt, c.txt and 1 more",
        ),
    ],
)
def test_a_folder_with_other_peoples_things_is_refused_before_any_work(tmp_path, entries, named):
    out = tmp_path / "out"
    out.mkdir()
    for name, text in entries.items():
        (out / name).write_text(text, encoding="utf-8")
    before = content(out)
    with pytest.raises(OutputError, match=f"not kg's: {named}"), building(out):
        pytest.fail("the work began")
    assert content(out) == before
    assert names(tmp_path) == ["out"]


def test_a_hidden_folder_in_it_is_somebody_elses(tmp_path):
    (tmp_path / "out" / ".git").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"\.git"):
        claim(tmp_path / "out")


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/kg-out", "/dev/null"])
def test_a_place_that_cannot_hold_a_folder_is_refused(tmp_path, place):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError), building(tmp_path / place):
        pytest.fail("the work began")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_refused(tmp_path):
    out = make(tmp_path / "out")
    out.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(OutputError, match="cannot be written"), building(out):
        pytest.fail("the work began")


def test_two_builds_at_once_do_not_meet(tmp_path):
    out = tmp_path / "out"
    with building(out) as inside:
        with pytest.raises(OutputError, match="another build"), building(out):
            pytest.fail("the work began")
        (inside / "report.json").write_text(REPORT, encoding="utf-8")
    build(out)
    assert content(out) == NEW


def test_the_leftovers_of_a_killed_build_go_with_the_next(tmp_path):
    (tmp_path / ".out.build-1").mkdir()
    (tmp_path / ".out.build-1" / "graph.trig").write_text("half", encoding="utf-8")
    (tmp_path / ".out.lock").write_text("", encoding="utf-8")
    build(tmp_path / "out")
    assert names(tmp_path) == ["out"]


def test_the_folder_that_one_stands_in_stays_itself(tmp_path, monkeypatch):
    out = make(tmp_path / "out")
    monkeypatch.chdir(out)
    node = out.stat().st_ino
    build(Path())
    assert content(out) == NEW
    assert out.stat().st_ino == node


def test_a_link_to_a_folder_stays_a_link(tmp_path, way):
    make(tmp_path / "real")
    (tmp_path / "out").symlink_to("real")
    build(tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert content(tmp_path / "real") == NEW


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from kg import folder
from tests.test_folder import build

left = int(sys.argv[2])

def deadly(function):
    def call(*args, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **options)
    return call

if sys.argv[3] == "one by one":
    folder._exchange = lambda one, other: False
folder._exchange = deadly(folder._exchange)
folder.shutil.rmtree = deadly(shutil.rmtree)
for name in ("mkdir", "rename", "replace", "unlink", "write_text"):
    setattr(Path, name, deadly(getattr(Path, name)))
build(Path(sys.argv[1]), **{"province-y.html": "new"})
"""


@pytest.mark.parametrize("mode", ["exchange", "one by one"])
def test_whenever_a_build_is_killed_the_folder_holds_the_old_or_the_new(tmp_path, mode, project):
    """Killed before its first change, its second and so on, until it is left alone."""
    seen = []
    for count in range(60):
        out = make(tmp_path / f"out-{mode[:3]}-{count}", **{"province-x.html": "old", ".gitkeep": ""})
        old = content(out)
        new = {**NEW, "province-y.html": "new", ".gitkeep": ""}
        done = subprocess.run([sys.executable, "-c", KILLED, out, str(count), mode], cwd=project, check=False)
        assert content(settle(out)) in (old, new)
        seen.append(content(out) == new)
        build(out, text="third")
        assert content(out) == {**NEW, "store/CURRENT": "third", "graph.trig": "third", ".gitkeep": ""}
        assert [name for name in names(tmp_path) if name.startswith(f".{out.name}.")] == []
        if done.returncode == 0:
            break
    assert done.returncode == 0
    assert seen == sorted(seen)
    assert not seen[0]
