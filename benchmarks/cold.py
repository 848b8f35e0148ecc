"""`kg query` from the start of the process to the last row, beside Oxigraph's own program on the same store."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.lab import Lab, Row, kept

TITLE = "kg query, cold, on graph M"
RUNS = 7
TIMES, SECONDS = 2.5, 0.35
"""The bound: so many times the peer, or so long, whichever is more."""


def rows(lab: Lab) -> Iterator[Row]:
    """A row a query of $KG_BENCH; both print CSV, and the same rows."""
    store = lab.nation("M")
    for path in sorted((lab.shared / "queries").glob("*.rq")):
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(lab.kg("query", path, "--store", store, "-f", "csv"))
            place = ["--location", str(store / "store"), "--query-file", str(path), "--results-format", "csv"]
            theirs.append(lab.run([lab.oxigraph, "query", *place]))
        if sorted(ours[0].out.split()) != sorted(theirs[0].out.split()):
            raise SystemExit(f"{path.name}: the answers differ")
        mine, peer = (min(took.wall for took in runs) for runs in (ours, theirs))
        bound = max(TIMES * peer, SECONDS)
        count = len(ours[0].out.splitlines()) - 1
        yield Row(
            f"{path.stem}, {count} rows",
            f"{mine:.2f} s",
            f"oxigraph query: {peer:.2f} s",
            f"{bound:.2f} s",
            kept(mine <= bound),
        )
