"""Bad requests of many kinds: the right status each, and one line in the log."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lab import Lab, Row, kept
from tests.serving import serving
from tests.test_server import BAD

TITLE = "Bad requests"
_LINE = re.compile(r"\S+Z [A-Z]+ \S+ (\d+) \d+ B \d+ ms")


def rows(lab: Lab) -> Iterator[Row]:
    """How many got their status, and how many lines the log has."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with serving(lab.demo, log) as server:
            right = sum(
                server.send(method, path, body, headers).status == status for method, path, body, headers, status in BAD
            )
        lines = [line for line in log.read_text(encoding="utf-8").splitlines() if line != "kg: interrupted"]
    plain = sum(bool(_LINE.fullmatch(line)) for line in lines)
    yield Row(f"{len(BAD)} kinds, right status", str(right), "", str(len(BAD)), kept(right == len(BAD)))
    yield Row("lines in the log, one each", str(plain), "", str(len(BAD)), kept(plain == len(lines) == len(BAD)))
