"""A national graph into a build folder: `kg load` beside Oxigraph's own loader."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from benchmarks.lab import CACHE, Lab, Row

TITLE = "kg load: a million quads into a build folder"


def rows(lab: Lab) -> Iterator[Row]:
    """Time and memory; Oxigraph's loader neither adds the ontology nor derives, nor keeps the union."""
    file = lab.file("M")
    mine = min((lab.kg("load", file, "-o", CACHE / "load") for _ in range(2)), key=lambda took: took.wall)
    place = CACHE / "peer"
    peers = []
    for _ in range(2):
        shutil.rmtree(place, ignore_errors=True)
        peers.append(lab.run([lab.oxigraph, "load", "--location", str(place), "--file", str(file)]))
    peer = min(peers, key=lambda took: took.wall)
    shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(CACHE / "load", ignore_errors=True)
    yield Row(
        "graph M", f"{mine.wall:.1f} s, {mine.memory:.0f} MB", f"oxigraph load: {peer.wall:.1f} s, {peer.memory:.0f} MB"
    )
