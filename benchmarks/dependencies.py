"""The dependency questions on a nation's graph: cold as commands, warm in the server, beside graph libraries on the same file.

    python -m benchmarks.dependencies FILE.nq PEER      prints how many systems that graph library finds in the file

Figures are the best of several runs. The peers answer the question of the largest answer,
who depends on the national platform, from the file itself: parse it, build the graph, collect the ancestors. Each runs
in a process of its own, and all must find as many systems as kg.
"""

from __future__ import annotations

import argparse
import http.client
import importlib.util
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.lab import Lab, Row, fresh, kept
from kg.vocab import VNE, expand

TITLE = "dependency questions on graph M"
RUNS = 3
WARM_RUNS = 12
"""Enough that each of the server's processes has answered before."""

PLATFORM = "sys:ndxp"
HUB, LEAF = "sys:ninh-binh-lgsp", "sys:ninh-binh-commune-0001-one-stop"
Names = dict[str, str]
QUESTIONS: tuple[tuple[str, Names, float, float | None], ...] = (
    ("linked", {"system": PLATFORM}, 1.2, 0.1),
    ("linked", {"system": HUB}, 1.2, 0.1),
    ("needs", {"system": LEAF}, 1.2, 0.1),
    ("impact", {"system": HUB}, 1.2, 0.1),
    ("impact", {"system": PLATFORM}, 1.2, 0.1),
    ("path", {"a": LEAF, "b": "sys:db-population"}, 1.2, 0.1),
    ("path", {"a": "sys:an-giang-dms", "b": "sys:ha-noi-dms"}, 1.2, 0.1),
    ("weak", {}, 5.0, None),
    ("gaps", {}, 2.0, None),
)
"""Question, its systems, and how many seconds it may take cold and warm."""


class Took(NamedTuple):
    """What a process took."""

    wall: float
    """Seconds."""
    memory: float
    """MB at most."""
    out: bytes


def rows(lab: Lab) -> Iterator[Row]:
    """The section of `make bench`."""
    store, file = lab.nation("M"), lab.file("M")
    for question, names, bound, _ in QUESTIONS:
        took = cold(store, question, names)
        what = f"{called(question, names)}, cold, {len(json.loads(took.out)['rows'])} rows"
        yield Row(what, f"{took.wall:.2f} s, {took.memory:.0f} MB", "", f"{bound:.1f} s", kept(took.wall <= bound))
    for what, best, told, bound in _warm(store):
        yield Row(what, f"{best * 1000:.0f} ms", told, f"{bound * 1000:.0f} ms", kept(best <= bound))
    yield _beside(store, file)


def main() -> None:
    """Answer as a peer does, and print how many systems it found."""
    parser = argparse.ArgumentParser(description="Answer the question of the largest answer as a graph library does.")
    parser.add_argument("file", type=Path)
    parser.add_argument("peer", choices=PEERS)
    given = parser.parse_args()
    print(PEERS[given.peer](given.file, expand(PLATFORM)))


def cold(store: Path, question: str, names: Names, runs: int = RUNS) -> Took:
    """The best of several runs of a question as a command."""
    command = [sys.executable, "-m", "kg", question, *names.values(), "--store", str(store), "-f", "json"]
    return min((_run(command) for _ in range(runs)), key=lambda took: took.wall)


def _warm(store: Path) -> Iterator[tuple[str, float, str, float]]:
    """Question, best time of an answer over HTTP, what else is to be told, and bound.

    A question is asked in ways that no answer is remembered of; what was looked up in the graph is remembered, so the
    time of the very first answer is told beside.
    """
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as server:
        try:
            assert server.stdout
            port = re.findall(r":(\d+)/", server.stdout.readline())
            for question, names, _, bound in QUESTIONS:
                if bound:
                    address = f"/api/{question}?{urlencode(names)}"
                    times = list(_asked(int(port[0]), address))
                    told = f"the very first: {times[0] * 1000:.0f} ms"
                    yield f"{called(question, names)}, warm", min(times), told, bound
                    again = min(_asked(int(port[0]), address, "*/*"))
                    yield f"{called(question, names)}, asked again", again, "", bound
        finally:
            server.terminate()


def _asked(port: int, address: str, accept: str = "") -> Iterator[float]:
    """Seconds of each run; without `accept`, each run asks as nobody did before."""
    for _ in range(WARM_RUNS):
        begin = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", address, headers={"Accept": accept or fresh("*/*")})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != http.client.OK:
            raise SystemExit(f"{address}: {answer.status}")
        yield time.perf_counter() - begin


def _beside(store: Path, file: Path) -> Row:
    """kg and its peers on the question of the largest answer."""
    ours = cold(store, "impact", {"system": PLATFORM})
    wanted = sum(row["role"] == "dependent" for row in json.loads(ours.out)["rows"])
    told = []
    for name in PEERS:
        if any(importlib.util.find_spec(library) is None for library in name.split(" + ")):
            told.append(f"{name}: not installed")
            continue
        took = _run([sys.executable, "-m", "benchmarks.dependencies", str(file), name])
        if int(took.out) != wanted:
            raise SystemExit(f"{name} finds {int(took.out)} systems, kg {wanted}")
        told.append(f"{name}: {took.wall:.1f} s, {took.memory:.0f} MB")
    what = f"who depends on {PLATFORM}, {wanted} systems"
    return Row(what, f"{ours.wall:.2f} s, {ours.memory:.0f} MB", "; ".join(told))


def _run(command: list[str]) -> Took:
    """Run a command to its end."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    with process.stdout:
        out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Took(time.perf_counter() - begin, used.ru_maxrss / 1000, out)


def called(question: str, names: Names) -> str:
    """A question with its systems."""
    return " ".join((question, *names.values()))


Triples = Iterable[tuple[str, str, str]]


def _by_oxigraph(file: Path) -> Triples:
    import pyoxigraph

    for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS):
        yield str(quad.subject.value), quad.predicate.value, str(getattr(quad.object, "value", ""))


def _by_rdflib(file: Path) -> Triples:
    import rdflib

    graph = rdflib.Dataset()
    graph.parse(file, format="nquads")
    for subject, predicate, value, _ in graph.quads():
        yield str(subject), str(predicate), str(value)


def _steps(triples: Triples) -> Iterator[tuple[str, str]]:
    """From the source of each operational connection to its target and each intermediary: what impact follows."""
    source, target, status, via = {}, {}, {}, {}
    for subject, predicate, value in triples:
        name = predicate.removeprefix(VNE)
        if name == "source":
            source[subject] = value
        elif name == "target":
            target[subject] = value
        elif name == "latestStatus":
            status[subject] = value
        elif name == "via":
            via.setdefault(subject, []).append(value)
    for connection, start in source.items():
        if status.get(connection, "").endswith("/operational"):
            ends = {*via.get(connection, ()), target[connection]} - {start}
            yield from ((start, end) for end in sorted(ends))


def _networkx(triples: Triples, platform: str) -> int:
    import networkx

    return len(networkx.ancestors(networkx.DiGraph(_steps(triples)), platform))


def _rustworkx(triples: Triples, platform: str) -> int:
    import rustworkx

    places, edges = _numbered(triples)
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(list(places))
    graph.add_edges_from_no_data(edges)
    return len(rustworkx.ancestors(graph, places[platform]))


def _igraph(triples: Triples, platform: str) -> int:
    import igraph

    places, edges = _numbered(triples)
    graph = igraph.Graph(len(places), edges, directed=True)
    return len(graph.subcomponent(places[platform], mode="in")) - 1


def _numbered(triples: Triples) -> tuple[dict[str, int], list[tuple[int, int]]]:
    places: dict[str, int] = {}
    edges = [tuple(places.setdefault(iri, len(places)) for iri in step) for step in _steps(triples)]
    return places, edges


PEERS: dict[str, Callable[[Path, str], int]] = {
    "rdflib + networkx": lambda file, platform: _networkx(_by_rdflib(file), platform),
    "pyoxigraph + networkx": lambda file, platform: _networkx(_by_oxigraph(file), platform),
    "pyoxigraph + igraph": lambda file, platform: _igraph(_by_oxigraph(file), platform),
    "pyoxigraph + rustworkx": lambda file, platform: _rustworkx(_by_oxigraph(file), platform),
}
"""How else the question can be answered from the file. igraph is under the GPL: it is measured, and no part of kg."""

if __name__ == "__main__":
    main()
