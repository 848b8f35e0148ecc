"""Graphs → TriG and Turtle: sorted, each triple once, prefixes declared, so that equal graphs give equal bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from kg.errors import KgError
from kg.rdf import RDF_TYPE, DefaultGraph, Literal, NamedNode, Quad
from kg.vocab import PREFIXES, XSD, compact

_BARE = {XSD + "integer": re.compile(r"[+-]?[0-9]+"), XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+")}
"""Numbers that Turtle writes without quotes."""
_NEVER = re.compile(r"(?!)")


class _Writer:
    """Writes terms as prefixed names, remembering the ones it has seen: most IRIs come again."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}

    def node(self, value: str) -> str:
        known = self.seen.get(value)
        if known is None:
            short = compact(value)
            known = self.seen[value] = f"<{value}>" if short == value else short
        return known

    def term(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self.node(term.value)
        if not isinstance(term, Literal):
            raise KgError(f"a blank node or triple term cannot be written: {term}")
        text = str(term)
        if term.language or term.datatype.value == XSD + "string":
            return text
        if _BARE.get(term.datatype.value, _NEVER).fullmatch(term.value):
            return term.value
        return text[: text.rindex("^^<")] + "^^" + self.node(term.datatype.value)

    def row(self, quad: Quad) -> tuple[str, str, str]:
        verb = "a" if quad.predicate == RDF_TYPE else self.node(quad.predicate.value)
        return self.term(quad.subject), verb, self.term(quad.object)


def write_trig(quads: Iterable[Quad], path: Path) -> int:
    """Write `quads` as TriG: sorted, each once, prefixes declared, so that equal quads give equal bytes.

    Returns the number of quads written. A blank node is refused with KgError.
    """
    blocks: dict[str, list[Quad]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else _iri_of(quad.graph_name)
        blocks.setdefault(name, []).append(quad)
    return write_trig_blocks(sorted(blocks.items()), path)


def write_trig_blocks(blocks: Iterable[tuple[str, Iterable[Quad]]], path: Path) -> int:
    """Write graphs into a TriG file; see `write_blocks`."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        return write_blocks(blocks, out)


def write_blocks(blocks: Iterable[tuple[str, Iterable[Quad]]], out: TextIO, bare: bool = False) -> int:
    """Write graphs that come one by one, as IRI ('' for the default graph) and quads; only one is held at a time.

    Args:
        blocks: The graphs.
        out: Where they go, as TriG.
        bare: Whether to leave the braces away, so that one default graph is Turtle.

    Returns the number of quads written. A blank node is refused with KgError.
    """
    writer = _Writer()
    count = 0
    for prefix in sorted(PREFIXES):
        out.write(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n")
    for name, quads in blocks:
        rows = {writer.row(quad) for quad in quads}
        if rows:
            out.write("\n" if bare else f"\n{writer.node(name)} {{\n" if name else "\n{\n")
            _write_block(sorted(rows, key=_type_first), out)
            out.write("" if bare else "}\n")
        count += len(rows)
    return count


def _iri_of(term: object) -> str:
    if not isinstance(term, NamedNode):
        raise KgError(f"a graph without an IRI cannot be written: {term}")
    return term.value


def _type_first(row: tuple[str, str, str]) -> tuple[str, str, str]:
    subject, verb, value = row
    return subject, "" if verb == "a" else verb, value


def _write_block(rows: list[tuple[str, str, str]], out: TextIO) -> None:
    before = ("", "")
    for subject, verb, value in rows:
        if before == (subject, verb):
            out.write(f" , {value}")
        elif before[0] == subject:
            out.write(f" ;\n    {verb} {value}")
        else:
            out.write(f"{' .' + chr(10) if before[0] else ''}{subject} {verb} {value}")
        before = (subject, verb)
    out.write(" .\n")
