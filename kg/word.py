"""Files of word processors (.docx): paragraphs, lists with the numbers that a reader sees, and tables row by row.

What a reader of the page sees as its text: neither headers and footers nor what tracked changes have deleted.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.plaintext import BULLET, INDENT, TooBigError, one_line, row

MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes that the parts of a file may come to when unpacked."""
MAX_XML = 40 * 1024 * 1024
"""Bytes of its largest part in XML."""
MAX_PARTS = 5000

Node = Any
"""An lxml element of a part."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HIDDEN = frozenset(
    [f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "txbxContent", "instrText", "delText")]
    + ["{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_STEP = 360
"""Twentieths of a point that a list is indented by, at least, for each list that it lies in."""
_LEVEL = re.compile(r"%([1-9])")


def word_text(data: bytes) -> str:
    """Text of a .docx file, '' where it has none.

    Raises:
        TooBigError: it unpacks to more than a document can hold.
        Exception: whatever zipfile, lxml and docx raise for a broken file.
    """
    from docx import Document

    _check(data)
    document = Document(io.BytesIO(data))
    numbers = _Numbers(document.part)
    return "\n".join(_blocks(document.element.body, numbers))


def _check(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    # zipfile unpacks no more of a part than its directory says, so the directory can be trusted for this.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise TooBigError
    if any(part.file_size > MAX_XML for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise TooBigError


def _blocks(parent: Node, numbers: _Numbers) -> Iterator[str]:
    """Lines of the paragraphs and tables in `parent`; what merely wraps them is looked through."""
    for node in parent:
        if node.tag == f"{_W}p":
            yield from _paragraph(node, numbers)
        elif node.tag == f"{_W}tbl":
            yield from _table(node, numbers)
        elif isinstance(node.tag, str) and node.tag not in _HIDDEN:
            yield from _blocks(node, numbers)


def _paragraph(node: Node, numbers: _Numbers) -> Iterator[str]:
    text, marker = "".join(_runs(node)).strip(), numbers.marker(node)
    if text:
        yield marker + text
    for box in node.iter(f"{_W}txbxContent"):
        if not any(above.tag in _HIDDEN for above in box.iterancestors()):
            yield from _blocks(box, numbers)


def _runs(node: Node) -> Iterator[str]:
    for child in node:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _HIDDEN:
            yield from _runs(child)


def _table(table: Node, numbers: _Numbers) -> Iterator[str]:
    """A line a row; a cell merged over rows is said in each of them."""
    above: dict[int, str] = {}
    for line in _inside(table, "tr"):
        cells = list(_inside(line, "tc"))
        if len(cells) == 1:
            yield from _blocks(cells[0], numbers)
            continue
        texts, column, here = [], 0, dict[int, str]()
        for cell in cells:
            here[column] = above.get(column, "") if _continues(cell) else one_line(" ".join(_blocks(cell, numbers)))
            texts.append(here[column])
            column += _span(cell)
        above = here
        if whole := row(texts):
            yield whole


def _inside(node: Node, name: str) -> Iterator[Node]:
    """Its rows or cells, those in content controls and insertions too, not those of tables within."""
    for child in node:
        if child.tag == f"{_W}{name}":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _HIDDEN and child.tag != f"{_W}tc":
            yield from _inside(child, name)


def _continues(cell: Node) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _span(cell: Node) -> int:
    return max(1, _value(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))


def _value(node: Node, default: int) -> int:
    text = "" if node is None else node.get(f"{_W}val", "")
    return int(text) if text.isdecimal() and len(text) < 7 else default


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    steps: int
    """How far it is indented."""


class _Numbers:
    """Counts the items of each list, as a word processor does: the numbers stand nowhere in the text."""

    def __init__(self, part: Any) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._styles: dict[str, Node] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for other in part.rels.values():
            if other.is_external:
                continue
            if other.reltype.endswith("/numbering"):
                self._read(_root(other.target_part))
            elif other.reltype.endswith("/styles"):
                self._styles = {style.get(f"{_W}styleId", ""): style for style in _root(other.target_part)}

    def _read(self, root: Node) -> None:
        for number in root.iterchildren(f"{_W}num"):
            kind = number.find(f"{_W}abstractNumId")
            self._lists[number.get(f"{_W}numId", "")] = "" if kind is None else kind.get(f"{_W}val", "")
        for kind in root.iterchildren(f"{_W}abstractNum"):
            for level in kind.iterchildren(f"{_W}lvl"):
                form, text, depth = level.find(f"{_W}numFmt"), level.find(f"{_W}lvlText"), level.get(f"{_W}ilvl", "")
                if form is not None and text is not None and depth.isdecimal():
                    start, steps = _value(level.find(f"{_W}start"), 1), max(int(depth), _steps(level))
                    key = kind.get(f"{_W}abstractNumId", ""), int(depth)
                    self._levels[key] = _Level(form.get(f"{_W}val", ""), text.get(f"{_W}val", ""), start, steps)

    def marker(self, paragraph: Node) -> str:
        """What stands before the paragraph: '' for no item of a list, else indent, marker and a blank."""
        name, depth = self._place(paragraph)
        kind = self._lists.get(name)
        level = self._levels.get((kind or "", depth))
        if kind is None or level is None or level.format == "none":
            return ""
        counts = self._counts[kind]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        lead = INDENT * level.steps
        if level.format == "bullet":
            return f"{lead}{BULLET} "
        label = _LEVEL.sub(lambda match: self._number(kind, int(match[1]) - 1), level.text).strip()
        return f"{lead}{label} " if label else ""

    def _number(self, kind: str, depth: int) -> str:
        level = self._levels.get((kind, depth))
        count = self._counts[kind].get(depth, level.start if level else 1)
        return _written(count, level.format if level else "")

    def _place(self, paragraph: Node) -> tuple[str, int]:
        """The list of a paragraph and how deep in it: its own, else its style's, else that of the style's base."""
        holder, seen = paragraph, set[str]()
        while holder is not None:
            number = holder.find(f"{_W}pPr/{_W}numPr/{_W}numId")
            if number is not None:
                return number.get(f"{_W}val", ""), _value(holder.find(f"{_W}pPr/{_W}numPr/{_W}ilvl"), 0)
            parent = holder.find(f"{_W}pPr/{_W}pStyle" if holder is paragraph else f"{_W}basedOn")
            name = "" if parent is None else parent.get(f"{_W}val", "")
            holder = None if name in seen else self._styles.get(name)
            seen.add(name)
        return "", 0


def _steps(level: Node) -> int:
    """The indent of a level in steps: lists within lists are often lists of their own, only further in."""
    indent = level.find(f"{_W}pPr/{_W}ind")
    left = "" if indent is None else indent.get(f"{_W}left", indent.get(f"{_W}start", ""))
    return min(int(left) // _STEP - 1, 20) if left.isdecimal() and len(left) < 7 else 0


def _root(part: Any) -> Node:
    from docx.oxml import parse_xml

    return parse_xml(part.blob)


_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _written(count: int, format: str) -> str:
    if format.endswith("Letter"):
        text = chr(ord("a") + (count - 1) % 26)
    elif format.endswith("Roman"):
        text, left = "", min(count, 100)
        for value, letters in _ROMAN:
            text, left = text + letters * (left // value), left % value
    else:
        return str(count)
    return text.upper() if format.startswith("upper") else text
