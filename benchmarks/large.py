"""The dependency questions on ten million quads, as commands, beside the same on graph M.

Only by name (`make bench ARGS=large`): the graph takes minutes to load and 6 GB of disk.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.dependencies import QUESTIONS, called, cold
from benchmarks.lab import Lab, Row, kept

TITLE = "dependency questions on graph L, cold"
TIMES = 8
"""How many times what it may take on graph M, of a ninth of the systems and connections, a question may take."""


def rows(lab: Lab) -> Iterator[Row]:
    """A row a question."""
    small, large = lab.nation("M"), lab.nation("L")
    ones = [cold(small, question, names) for question, names, _, _ in QUESTIONS]
    for one, (question, names, bound, _) in zip(ones, QUESTIONS):
        nine = cold(large, question, names, runs=2)
        yield Row(
            called(question, names),
            f"{nine.wall:.2f} s, {nine.memory:.0f} MB, {nine.wall / one.wall:.1f} ×",
            f"M: {one.wall:.2f} s, {one.memory:.0f} MB",
            f"{TIMES * bound:.1f} s",
            kept(nine.wall <= TIMES * bound),
        )
