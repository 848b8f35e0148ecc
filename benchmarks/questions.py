"""The named questions on the demo graph, as the server's own log times them."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lab import Lab, Row, fresh, kept
from kg.queries import questions
from tests.serving import serving

TITLE = "Named questions on the demo graph, inside the server"
RUNS = 5
LIMIT = 50
"""Milliseconds."""
_LINE = re.compile(r"GET /api/query/(\S+) (\d+) \d+ B (\d+) ms")


def rows(lab: Lab) -> Iterator[Row]:
    """The slowest of them, each at its best of several runs, and the sum."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with serving(lab.demo, log) as server:
            for name in questions():
                for _ in range(RUNS):
                    got = server.get(f"/api/query/{name}", Accept=fresh("text/csv"))
                    if got.status != 200:
                        raise SystemExit(f"{name}: {got.status}")
        taken: dict[str, list[int]] = defaultdict(list)
        for name, _, milliseconds in _LINE.findall(log.read_text(encoding="utf-8")):
            taken[name].append(int(milliseconds))
    best = {name: min(runs) for name, runs in taken.items()}
    slowest = max(best, key=lambda name: best[name])
    yield Row(
        f"slowest of {len(best)}: `{slowest}`", f"{best[slowest]} ms", "", f"{LIMIT} ms", kept(best[slowest] <= LIMIT)
    )
    yield Row("mean", f"{sum(best.values()) / len(best):.1f} ms")
