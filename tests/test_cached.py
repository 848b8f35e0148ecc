"""What stands beside the store is what the store says, or is not looked at."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given

from kg import KnowledgeGraph, cached, fetch
from kg.links import Links
from kg.local import LocalStore
from kg.names import matches
from kg.store import open_store
from tests.nets import nets

PARTS = ("systems", "edges", "claims", "places", "papers", "labels", "aliases", "successions")


def parts(links: Links) -> dict[str, dict[str, object]]:
    return {part: dict(getattr(links, part)) for part in PARTS}


def test_the_cache_of_a_build_holds_what_its_store_says(built: Path) -> None:
    store = open_store(built)
    read, known = cached.links(store), fetch.links(store)
    assert read.names is not None
    assert parts(read) == parts(known)
    assert [list(getattr(read, part)) for part in PARTS] == [list(getattr(known, part)) for part in PARTS]
    assert all(read.edges.at(iri) == known.edges.at(iri) for iri in known.systems)


@given(nets())
def test_any_graph_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, links: Links) -> None:
    folder = tmp_path_factory.mktemp("cache")
    cached.write(links, folder, "d")
    store = LocalStore.memory(digest="d")
    store.location = str(folder)
    read = cached.links(store)
    assert parts(read) == parts(links)
    assert all(read.edges.at(iri) == links.edges.at(iri) for iri in links.systems)


def test_every_name_finds_what_it_finds_without_an_index(built: Path) -> None:
    links = cached.links(open_store(built))
    everything = list(fetch.named_systems(links))
    for thing in everything:
        for name in (*thing.labels, *thing.aliases, thing.id, thing.labels[0].upper()):
            assert matches(name, fetch.named_systems(links, name)) == matches(name, everything)


def damage(path: Path) -> Iterable[bytes]:
    whole = path.read_bytes()
    yield b""
    yield whole[:-1]
    yield whole[:100] + b"\0" + whole[101:]
    yield b"kg columns 1\n{}\n"
    yield b'kg columns 1\n{"made_of": 1, "length": 0, "check": 0, "columns": {"": ["s", 0, 9]}}\n'


def test_a_damaged_cache_is_as_none(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built, out)
    expected = KnowledgeGraph.open(out).linked("NGSP").rows
    for bytes_ in list(damage(out / cached.NAME)):
        (out / cached.NAME).write_bytes(bytes_)
        graph = KnowledgeGraph.open(out)
        assert (graph.links.names, graph.linked("NGSP").rows) == (None, expected)


def test_the_cache_of_another_build_is_as_none(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built, out)
    report = out / "report.json"
    report.write_text(report.read_text(encoding="utf-8").replace('"digest": "', '"digest": "0', 1), encoding="utf-8")
    assert cached.links(open_store(out)).names is None


def count(out: str) -> int:
    return len(KnowledgeGraph.open(out).impact("NGSP").rows)


def test_many_processes_read_it_at_once(built: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        assert len(set(pool.map(count, [str(built)] * 8))) == 1


def test_questions_of_connections_do_not_load_rdf_libraries(built: Path) -> None:
    import subprocess
    import sys

    script = (
        "import sys; from kg import KnowledgeGraph; g = KnowledgeGraph.open(sys.argv[1]); g.impact('NGSP'); g.linked('NGSP');"
        "print([m for m in ('rdflib', 'networkx', 'pyshacl', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(built)], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"
