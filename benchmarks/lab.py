"""What the sections of `make bench` share: graphs to measure on, and how a command is timed."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
CACHE = PROJECT / ".bench"
"""Graphs that were made for an earlier run; `make clean` takes them away."""

SIZES = {
    "S": ("--provinces", "63", "--systems-per-province", "20", "--communes", "3"),
    "M": ("--provinces", "63", "--systems-per-province", "60", "--communes", "130"),
    "L": ("--provinces", "315", "--systems-per-province", "120", "--communes", "240"),
}
"""Arguments of the generator in $KG_BENCH: 88 thousand, 1.06 million and 9.9 million quads."""


class Row(NamedTuple):
    """A line of a table."""

    what: str
    measured: str
    against: str = ""
    """What a peer took in the same run."""
    bound: str = ""
    kept: str = ""
    """'yes' or 'no' where there is a bound."""


_FRESH = itertools.count()


def fresh(accept: str) -> str:
    """An Accept header that nobody sent before, so that no answer is one that the server remembers."""
    return f"{accept}, x/{next(_FRESH)};q=0.1"


class LackingError(Exception):
    """Something that a section needs is not there."""


class Took(NamedTuple):
    """What a command took."""

    wall: float
    """Seconds."""
    memory: float
    """MB at most."""
    out: bytes
    """What it printed."""


class Lab:
    """Graphs, made once, and a stop-watch."""

    @cached_property
    def demo(self) -> Path:
        """The build of seeds/."""
        self.kg("build", PROJECT / "seeds", "-o", CACHE / "demo")
        return CACHE / "demo"

    def file(self, size: str) -> Path:
        """N-Quads of a national graph, 'S', 'M' or 'L'."""
        generator, file = self.shared / "gen_topology.py", CACHE / f"{size}.nq"
        if not file.is_file():
            CACHE.mkdir(exist_ok=True)
            arguments = [*SIZES[size], "--seed", "1", "--format", "nq", "-o", f"{file}.part"]
            subprocess.run([sys.executable, generator, *arguments], check=True, capture_output=True)
            Path(f"{file}.part").replace(file)
        return file

    def nation(self, size: str) -> Path:
        """The build folder of a national graph, loaded by the present code."""
        out = CACHE / size
        if out not in self._loaded:
            self.kg("load", self.file(size), "-o", out)
            self._loaded.add(out)
        return out

    @cached_property
    def _loaded(self) -> set[Path]:
        return set()

    @cached_property
    def shared(self) -> Path:
        """The folder with the generator and its queries."""
        folder = Path(os.environ.get("KG_BENCH") or "nowhere")
        if not (folder / "gen_topology.py").is_file():
            raise LackingError("KG_BENCH names no folder with gen_topology.py")
        return folder

    @cached_property
    def oxigraph(self) -> str:
        """Oxigraph's own program, the peer of a query."""
        found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
        if not found:
            raise LackingError("the program oxigraph is not installed")
        return found

    def kg(self, *arguments: object) -> Took:
        """Run a command of kg."""
        return self.run([sys.executable, "-m", "kg", *map(str, arguments)])

    def run(self, command: Sequence[str]) -> Took:
        """Run a command to its end; raises where it fails."""
        with self._log.open("wb") as errors:
            begin = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, cwd=PROJECT)
            assert process.stdout
            with process.stdout:
                out = process.stdout.read()
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told = self._log.read_text(encoding="utf-8", errors="replace")[-500:]
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {told}")
        return Took(wall, used.ru_maxrss / 1000, out)

    @cached_property
    def _log(self) -> Path:
        CACHE.mkdir(exist_ok=True)
        return CACHE / "log.txt"


def kept(holds: bool) -> str:
    """The last cell of a row with a bound."""
    return "yes" if holds else "no"
