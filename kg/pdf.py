"""PDF files: the text layer, page by page, wrapped lines joined to paragraphs and ruled tables as rows.

A PDF is a program that draws. It is read in a process of its own with a limit on time and memory, so that a file made to
exhaust them ends that process and not ours:

    bytes ─▶ child: pdfplumber ─▶ words and rows with their places ─▶ paragraphs ─▶ text
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from kg.plaintext import one_line, row
from kg.typeset import Line, Word, page_lines, paragraphs

MAX_PAGES = 500
MAX_SECONDS = 300
"""Time of a processor that reading may take; 500 pages of prose take a fifth of it."""
MAX_MEMORY = 2 * 1024**3
"""Bytes that reading may take."""

_RECENT = 50
"""Letters of a kind in a line that a letter is compared with."""
_MAX_RULES = 3000
"""Lines and boxes on a page that are searched for tables: a drawing has more."""
# Letters of one word may come from two fonts, whose heights differ by some points.
_TOLERANCE: dict[str, float] = {"x_tolerance_ratio": 0.15, "y_tolerance": 4}
_CHILD = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from kg.pdf import child; child()"
_REFUSED = {
    "locked": ("protected by a password", "save it without one"),
    "pages": (f"over the limit of {MAX_PAGES} pages", "split it into several files"),
    "broken": ("a broken PDF", "open it, and save or print it as PDF anew"),
    "costly": ("takes more time or memory than a document may", "print it as PDF anew, or give its text"),
}


class PdfError(Exception):
    """A PDF that is not read: why, and what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def pdf_text(data: bytes) -> str:
    """Text layer of a PDF, '' where it has none.

    Raises:
        PdfError: it is broken, protected, too long, or costs too much.
    """
    program = [sys.executable, "-c", _CHILD, json.dumps(sys.path)]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}
    try:
        done = subprocess.run(
            program, input=data, capture_output=True, check=False, env=environment, timeout=2 * MAX_SECONDS
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else {"refused": "costly"}
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"refused": "costly"}
    if refused := answer.get("refused"):
        raise PdfError(*_REFUSED[refused])
    return str(answer["text"])


def child() -> None:
    """Read a PDF from standard input and write its text, or why it is refused, as JSON to standard output."""
    import logging

    _limit()
    logging.disable(logging.CRITICAL)  # pdfminer tells of every oddity of a file
    data = sys.stdin.buffer.read()
    try:
        answer = {"text": _text(data)}
    except PdfError as error:
        answer = {"refused": error.message}
    except MemoryError:
        answer = {"refused": "costly"}
    except Exception:  # noqa: BLE001 - a broken file makes its libraries fail in every way there is
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    if sys.platform == "win32":
        return  # the time limit of the parent holds there
    import resource

    for kind, most in ((resource.RLIMIT_CPU, MAX_SECONDS), (resource.RLIMIT_AS, MAX_MEMORY)):
        with suppress(ValueError, OSError):  # a system that has no such limit, or a lower one
            resource.setrlimit(kind, (most, most))


def _text(data: bytes) -> str:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        file = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise PdfError("locked", "") from error
        raise
    if len(file.pages) > MAX_PAGES:
        raise PdfError("pages", "")
    found: list[list[Line]] = []
    for number, page in enumerate(file.pages):
        found.append(_page(page, number))
        page.close()
    return "\n".join(paragraphs(found))


def _page(page: Any, number: int) -> list[Line]:
    tables = [] if len(page.edges) > _MAX_RULES else [table for table in page.find_tables() if _is_table(table)]
    rows = [line for table in tables for line in _rows(table)]
    upright = page.filter(_Letters())
    words = [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])
        for word in upright.extract_words(**_TOLERANCE)
    ]
    boxes = [table.bbox for table in tables]
    return page_lines([word for word in words if not any(_in(word, box) for box in boxes)], rows, page.width, number)


class _Letters:
    """Lets upright letters pass, each once: bold is often printed by printing twice."""

    def __init__(self) -> None:
        self._seen: defaultdict[tuple[str, int], list[float]] = defaultdict(list)

    def __call__(self, thing: Any) -> bool:
        if thing["object_type"] != "char" or not thing["upright"]:
            return False
        left, near = thing["x0"], 0.15 * thing["size"]
        places = self._seen[thing["text"], round(thing["top"])]
        if any(abs(left - place) < near for place in places[-_RECENT:]):
            return False
        places.append(left)
        return True


def _in(word: Word, box: tuple[float, float, float, float]) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _is_table(table: Any) -> bool:
    """Whether it has rows of several cells: a single frame is none."""
    return sum(sum(cell is not None for cell in line.cells) > 1 for line in table.rows) > 1


def _rows(table: Any) -> Iterator[Line]:
    """A line a row; a cell that spans rows is said in each of them."""
    spanning: dict[int, tuple[float, str]] = {}
    for line, texts in zip(table.rows, table.extract(**_TOLERANCE), strict=True):
        left, top, right, bottom = line.bbox
        said = []
        for column, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            if cell is not None:
                spanning[column] = cell[3], one_line(text or "")
            until, spanned = spanning.get(column, (0.0, ""))
            said.append(spanned if cell is not None or until > (top + bottom) / 2 else "")
        if whole := row(said):
            yield Line(whole, left, right, top, bottom, whole=True, ruled=True)
