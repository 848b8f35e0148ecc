"""Web pages: the main text of a page out of its furniture, a line for each paragraph, list item and row of a table.

Menus, side columns, lists of other articles, comments, counters and footers are left out. Nothing is fetched and no script
runs: a page is what stands in its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from kg.plaintext import BULLET, INDENT, TooBigError, row

Node = Any
"""An lxml element of trafilatura's own small vocabulary."""

_ROOT = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
# How letters look says nothing, and editors wrap every word in it: each element costs time.
_MARKUP = re.compile(r"</?(?:span|font|b|strong|i|em|u|small|o:p)\b[^<>]*>", re.IGNORECASE)
_BREAKS = str.maketrans("\r\n", "  ")
_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "cell", "lb", "code", "div"})
_NO_PROSE = frozenset({"a", "nav", "footer", "aside", "script", "style", "noscript", "select", "button", "template"})
_PROSE = frozenset({"p", "ul", "ol", "dl", "pre", "blockquote", "span", "b", "strong", "font", "h1", "h2", "h3"})
_INLINE = frozenset({"a", "span", "b", "strong", "i", "em", "u", "font", "br", "sub", "sup", "small"})
_PARTS = frozenset({"div", "section", "main", "article", "td", "form", "center"})
_MANY = frozenset({"body", "div", "section", "main", "article", "table", "tbody", "ul", "ol"})
_MOST_PIECES = 5000
"""Links and line breaks in a paragraph, or cells in a row: the library's time grows with their square."""
_MOST = 0.6
"""Share of the prose of a page that its main part holds."""
_SHORT, _COPIES = 500, 20000
"""Characters of a cell, and cells of a page, that are repeated at most."""
_ARTICLE = 4
"""So many paragraphs in a cell make it a part of the page's layout, not of a table."""


def page_text(page: str) -> str:
    """Main text of an HTML page, '' where it has none.

    >>> page_text("<nav><a href='/'>Menu</a></nav><p>One <b>word</b>.</p><ul><li>two</li></ul>")
    'One word.\\n- two'
    """
    from trafilatura import bare_extraction, load_html

    whole = page if _ROOT.search(page) else f"<html><body>{page}</body></html>"
    if not _PRE.search(whole):
        whole = whole.translate(_BREAKS)  # what is left of line breaks afterwards are breaks that the page shows
    tree = load_html(_MARKUP.sub("", whole))
    if tree is None or not _mark_main(tree):
        return ""
    found = bare_extraction(tree, include_comments=False, include_tables=True, config=_settings())
    body = getattr(found, "body", None)
    return "" if body is None else "\n".join(_lines(body))


def _mark_main(tree: Node) -> bool:
    """Make an <article> of the innermost part that holds most of the prose; False where there is no prose.

    The library knows such parts by common names only. Without one it takes single paragraphs from everywhere, and lists
    and headings are lost.
    """
    body = tree.find("body")
    weights = {} if body is None else _weights(body)
    if not weights.get(body):
        return False
    node = main = body
    while True:
        heaviest = max(node, key=lambda child: weights.get(child, 0), default=None)
        if heaviest is None or weights.get(heaviest, 0) < _MOST * weights[body] or heaviest.tag in _PROSE:
            break
        node = heaviest
        main = node if node.tag in _PARTS else main
    for block in list(main.iter("div")):
        if block is not main and weights.get(block) and _is_leaf(block):
            block.tag = "p"  # beside real paragraphs, the library passes over what is none
    _spread(main)
    if _is_leaf(main):
        _wrap(main, "p")
    if main.tag in ("body", "td"):
        _wrap(main, "article")
    else:
        main.tag = "article"
    return True


def _is_leaf(block: Node) -> bool:
    return len(block) <= _MOST_PIECES and all(child.tag in _INLINE for child in block)


def _wrap(node: Node, name: str) -> None:
    """Put all that is in `node` into one new element in it."""
    inner = node.makeelement(name)
    inner.text, node.text = node.text, None
    inner.extend(list(node))
    node.append(inner)


def _spread(main: Node) -> None:
    """Say a cell that spans rows in each of them."""
    left = _COPIES
    for table in main.iter("table"):
        spanning: dict[int, tuple[int, Node]] = {}
        for line in [line for line in table.iter("tr") if next(line.iterancestors("table"), None) is table]:
            column = 0
            for cell in [*line.iterchildren("td", "th"), None]:
                while column in spanning and left > 0:
                    rows, above = spanning.pop(column)
                    copied = deepcopy(above)
                    copied.tail = None
                    line.append(copied) if cell is None else cell.addprevious(copied)
                    left -= 1
                    if rows > 1:
                        spanning[column] = (rows - 1, above)
                    column += 1
                if cell is not None:
                    span = _count(cell.attrib.pop("rowspan", ""))
                    if span > 1 and len("".join(cell.itertext())) <= _SHORT:
                        spanning[column] = (span - 1, cell)
                    column += _count(cell.get("colspan", ""))


def _count(text: str) -> int:
    return min(max(int(text), 1), 100) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _weights(body: Node) -> dict[Node, int]:
    """Characters of text in each element, those of links and of what is no prose left out."""
    weights: dict[Node, int] = {}
    for node in reversed(list(body.iter())):
        if not isinstance(node.tag, str) or node.tag in _NO_PROSE:
            continue
        if len(node) > _MOST_PIECES and node.tag not in _MANY:
            raise TooBigError
        inside = sum(weights.get(child, 0) + len((child.tail or "").strip()) for child in node)
        weights[node] = inside + len((node.text or "").strip())
    return weights


@cache
def _settings() -> Any:
    from trafilatura.settings import use_config

    settings = use_config()
    # Below this size the library would take the whole page, menus and all.
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    return settings


def _lines(node: Node) -> Iterator[str]:
    """Lines of what is in `node`."""
    if node.tag in ("table", "list"):
        yield from _block(node)
        return
    text = node.text or ""
    for child in node:
        if child.tag in _BLOCKS:
            yield from _split(text)
            yield from _block(child)
            text = child.tail or ""
        else:
            text += "".join(child.itertext()) + (child.tail or "") if isinstance(child.tag, str) else child.tail or ""
    yield from _split(text)


def _block(node: Node) -> Iterator[str]:
    if node.tag == "list":
        yield from _items(node)
    elif node.tag == "table":
        yield from _rows(node)
    else:
        yield from _lines(node)


def _split(text: str) -> Iterator[str]:
    yield from (line.strip() for line in text.split("\n") if line.strip())


def _items(node: Node) -> Iterator[str]:
    numbered = node.get("rend") == "ol"
    for number, item in enumerate(node.iterchildren("item"), 1):
        marker = f"{number}." if numbered else BULLET
        for place, line in enumerate(_lines(item)):
            yield f"{marker} {line}" if place == 0 and not line[0].isspace() else f"{INDENT}{line}"


def _rows(table: Node) -> Iterator[str]:
    """A line a row."""
    for line in table.iterchildren("row"):
        cells = list(line.iterchildren("cell"))
        if any(_is_layout(cell) for cell in cells):
            for cell in cells:
                yield from _lines(cell)
        elif whole := row([" ".join(_lines(cell)) for cell in cells]):
            yield whole


def _is_layout(cell: Node) -> bool:
    if cell.find("head") is not None or cell.find("table") is not None:
        return True
    return sum(1 for child in cell if child.tag in ("p", "list")) >= _ARTICLE
