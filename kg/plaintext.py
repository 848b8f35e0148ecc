"""How the text taken out of a page, a word processor's file or a PDF is written: a line a paragraph, item or table row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

BULLET = "-"
"""Marker of an item without a number."""
INDENT = "  "
"""Stands before an item for each list that its own list lies in."""

_CELLS = " | "
_BLANKS = re.compile(r"[^\S\n]+")
_MANY = re.compile(r"\n{3,}")
# Control characters, and halves of surrogate pairs, which no UTF-8 can hold.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


class TooBigError(Exception):
    """A file that holds more than a document may: it would cost too much to read."""


def one_line(text: str) -> str:
    """`text` with every stretch of white space as one blank.

    >>> one_line(" two \\n words ")
    'two words'
    """
    return " ".join(text.split())


def row(cells: Sequence[str]) -> str:
    """A row of a table as a line; '' where all its cells are empty.

    >>> row(["1", "land\\nregister", ""])
    '1 | land register'
    """
    texts = [one_line(cell).replace("|", "/") for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return _CELLS.join(texts).strip()


def tidy(text: str) -> str:
    """`text` in NFC without control characters, blanks at line ends and runs of empty lines.

    >>> tidy("a\\x00\\tb  \\r\\n\\n\\n\\nc ")
    'a b\\n\\nc\\n'
    """
    plain = _FORBIDDEN.sub("", text.replace("\r\n", "\n").translate(_BREAKS))
    lines = (_BLANKS.sub(" ", line.strip()) if line[:1] not in " \t" else _indented(line) for line in plain.split("\n"))
    whole = _MANY.sub("\n\n", "\n".join(lines)).strip("\n")
    return f"{unicodedata.normalize('NFC', whole)}\n" if whole else ""


def _indented(line: str) -> str:
    body = line.lstrip()
    return line[: len(line) - len(body)].expandtabs(4) + _BLANKS.sub(" ", body.rstrip()) if body else ""
