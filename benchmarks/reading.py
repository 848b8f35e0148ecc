"""How fast texts are read: `kg facts` over varied copies of the seeds, its growth with length, its memory, and peers.

The texts are those of $KG_CORPUS/seeds, else the project's own seeds/. Figures are CPU time of one core, start-up of the
process taken off, the best of several runs: other work on the machine only ever adds to them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import ahocorasick

from benchmarks.copies import Copier
from benchmarks.lab import PROJECT, Lab, Row, kept
from kg.ontology import Ontology, load_ontology

TITLE = "reading texts"
TIMES, CORPUS = 200, 100
"""Copies of each text, and MB of the corpus that memory is measured on."""
SPEED, GROWTH, MEMORY = 1.0, 11.0, 300.0
"""The bounds: MB of UTF-8 a second, time of ten times the text, MB at most."""
_RUNS = 3
_SHARE = 200_000
"""Bytes that slow peers are measured on."""


class Took(NamedTuple):
    """What a run of `kg facts` took: CPU seconds, and MB at most."""

    seconds: float
    memory: float


def rows(_: Lab) -> Iterator[Row]:
    """A row a measure; the peers read the same text in the same run."""
    ontology = load_ontology()
    copier, texts = Copier(ontology), _texts()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        start = min((_facts(_written(folder / "start", ["A."])) for _ in range(_RUNS)), key=lambda t: t.seconds)
        yield _memory(copier, texts, folder / "large")
        yield _growth(copier, texts, folder, start.seconds)
        copies = list(copier.copies(texts, TIMES))
        yield _speed(copies, ontology, folder / "copies", start.seconds)


def _speed(copies: Sequence[str], ontology: Ontology, folder: Path, start: float) -> Row:
    size = sum(len(text.encode()) for text in copies) / 1e6
    _written(folder, copies)
    speed = size / (min(_facts(folder).seconds for _ in range(_RUNS)) - start)
    lower = [text.lower() for text in copies]
    peers = [f"pyahocorasick alone: {size / _timed(_automaton(ontology), lower):.0f} MB/s"]
    some = copies[: max(1, int(len(copies) * _SHARE / 1e6 / size))]
    share = sum(len(text.encode()) for text in some) / 1e6
    if segment := _segmenter():
        peers.append(f"word segmentation by underthesea: {share / _timed(segment, some):.2f} MB/s")
    return Row(
        f"kg facts, {TIMES} varied copies of {len(copies) // TIMES} texts, {size:.0f} MB",
        f"{speed:.2f} MB/s",
        "; ".join(peers),
        f"≥ {SPEED:.0f} MB/s",
        kept(speed >= SPEED),
    )


def _growth(copier: Copier, texts: Sequence[str], folder: Path, start: float) -> Row:
    """One document, and one ten times as long."""
    once, tenfold = ("\n".join(copier.copies(texts, times)) for times in (4, 40))
    short, long = (
        min(_facts(path).seconds for _ in range(_RUNS)) - start
        for path in (_written(folder / "short", [once]), _written(folder / "long", [tenfold]))
    )
    size = len(once.encode()) / 1e6
    return Row(
        f"a document of {size * 10:.1f} MB beside one of {size:.1f} MB",
        f"{long / short:.1f} times as long",
        f"{short:.2f} s and {long:.2f} s",
        f"≤ {GROWTH:.0f} times",
        kept(long / short <= GROWTH),
    )


def _memory(copier: Copier, texts: Sequence[str], folder: Path) -> Row:
    each = sum(len(text.encode()) for text in texts) / 1e6
    took = _facts(_written(folder, copier.copies(texts, round(CORPUS / each))))
    count = sum(1 for _ in folder.iterdir())
    return Row(
        f"kg facts, {CORPUS} MB in {count} files",
        f"{took.memory:.0f} MB at most",
        f"{took.seconds:.0f} s",
        f"≤ {MEMORY:.0f} MB",
        kept(took.memory <= MEMORY),
    )


def _texts() -> list[str]:
    corpus = os.environ.get("KG_CORPUS")
    folder, ending = (Path(corpus, "seeds"), "*.txt") if corpus else (PROJECT / "seeds", "*.md")
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob(ending))]


def _written(folder: Path, texts: Sequence[str] | Iterator[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


def _facts(folder: Path) -> Took:
    """Run `kg facts`, its output thrown away."""
    process = subprocess.Popen([sys.executable, "-m", "kg", "facts", folder], cwd=PROJECT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"kg facts ended with {process.returncode}")
    return Took(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def _automaton(ontology: Ontology) -> Callable[[str], object]:
    """The look-up of all wordings and nothing else: the floor under any reader that looks words up."""
    automaton = ahocorasick.Automaton()
    for concept in ontology.concepts.values():
        for wording in concept.wordings:
            automaton.add_word(wording.lower(), wording)
    automaton.make_automaton()
    return lambda text: sum(1 for _ in automaton.iter(text))


def _segmenter() -> Callable[[str], object] | None:
    try:
        from underthesea import word_tokenize
    except ImportError:
        print("underthesea is not installed (pip install 'kg-vn-egov[bench]'): left out", file=sys.stderr)
        return None
    word_tokenize("")
    return word_tokenize  # type: ignore[no-any-return]


def _timed(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """CPU seconds of the best of several runs."""
    found = []
    for _ in range(_RUNS):
        begin = time.process_time()
        for text in texts:
            read(text)
        found.append(time.process_time() - begin)
    return min(found)
