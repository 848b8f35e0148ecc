"""Tables written with '|': the head says which column names an end, which the way there, which the status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.ontology import Ontology
from kg.stream import Chunk, tags_of
from kg.vocab import RELATIONS

_CAPTION = re.compile(r"(?:[^SCGYX|]{0,6}\.)?[xlnud]*[CGYX][xdou]{0,4}o[^S|]{0,2}S[.:xOn]*$")
_NUMBER = re.compile(r"^ ?\( \d+ \) ")
"""The number of a column before its head, '(4) Kết nối với'."""


_LINKED_WITH = re.compile("\\|?[ubt]{0,2}[CGYXML][dxou]{0,3}[WIF]?S")
"""The head of a column of how each row is linked with one system: 'Kết nối LGSP'."""
_PREDICATE = re.compile(r"\|[uNbtnl]{0,4}[CYGXMLhj][^S|,;]*S")
"""A cell that begins with a verb: 'Đặt tại B', 'Đã kết nối B'."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A link that a row states by the roles of its columns."""

    sources: tuple[str, ...]
    target: Chunk
    via: tuple[str, ...]
    relation: str
    status: tuple[Chunk, ...]
    """What the row says of the link."""


class Ends(NamedTuple):
    """What the head of a column says of the links below it."""

    relation: str
    target: Chunk


class Columns:
    """Roles of columns by the words at their head."""

    def __init__(self, ontology: Ontology) -> None:
        heads: Mapping[str, str] = ontology.tables["layout.columns"]
        self.patterns = {role: re.compile(pattern) for role, pattern in heads.items()}
        self.elsewhere = tuple(f"{word} " for word in ontology.words["layout.elsewhere"])
        self.affirmative = frozenset(ontology.words["relate.affirmative"])

    def roles(self, cells: list[list[Chunk]]) -> dict[str, int]:
        """Column of each role, the first that fits; empty where the head is not one of a table of links."""
        found = self._roles(cells)
        linking = "source" in found and ("target" in found or "host" in found)
        return found if linking and sum(c.tag == "S" for cell in cells for c in cell) < 2 else {}

    def matrix(self, cells: list[list[Chunk]]) -> tuple[dict[str, int], dict[int, Ends]]:
        """Roles, and the columns whose heads name what the systems of the rows are linked with: 'Kết nối LGSP'; empty where none."""
        roles = self._roles([[] if "S" in tags_of(cell) else cell for cell in cells])
        heads = {n: cell for n, cell in enumerate(cells) if _LINKED_WITH.fullmatch(tags_of(cell))}
        named = {n: Ends(_relation(cell) or "connectsTo", cell[-1]) for n, cell in heads.items()}
        return (roles, named) if "source" in roles and named else ({}, {})

    def _roles(self, cells: list[list[Chunk]]) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, cell in enumerate(cells):
            low = " ".join(chunk.low for chunk in cell if chunk.tag != "|").rpartition(":")[2]
            low = _NUMBER.sub("", low).strip()
            role = next((role for role, pattern in self.patterns.items() if pattern.match(low)), None)
            if role is not None:
                found.setdefault(role, number)
        return found


class Table:
    """The table that the lines being read belong to, if any."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.stated: list[Cells] = []
        """Links that the columns of the last row state."""
        self.clauses: list[list[Chunk]] = []
        """What cells of the last row say of what the row is about, each with that before it: 'A | … | Đặt tại B'."""
        self._roles: dict[str, int] = {}
        self._matrix: dict[int, Ends] = {}
        """Columns that tell how each row is linked with one system."""
        self._width = 0
        """Cells of the head; a row with one less has lost its number to the line's marker."""
        self._paused: tuple[dict[str, int], dict[int, Ends], int] = ({}, {}, 0)
        """Columns and cells of the table that a line without cells interrupted."""
        self._line = -1
        """The line of the head: what follows it there belongs to it."""
        self.links = False
        """Whether the table at hand lists links."""
        self.caption: Chunk | None = None
        """The system that the line above speaks of, where it announces its links: 'Các kết nối của A'."""
        self._ways: frozenset[int] = frozenset()
        """Columns of intermediaries, counted from the last as -1: the first one is often no more than a number."""
        self._above: list[list[Chunk]] = []
        self._sources: tuple[str, ...] = ()
        """What the last row with a source named as such."""
        self._first: list[Chunk] = []
        """The last first cell that was not blank."""

    def read(self, row: list[Chunk], line: int) -> list[Chunk]:
        """The row, with intermediaries marked as such where the table has a column for them; `line`: number of its line."""
        cells = _cells(row)
        self.stated, self.clauses = [], []
        if len(cells) < 2 and line == self._line:
            return row
        if len(cells) < 2:
            if self._roles or not self._paused[0]:
                self._paused = (self._roles, self._matrix, self._width)
            self.links = False
            self._roles, self._matrix = {}, {}
            match = _CAPTION.match("".join(c.tag for c in row))
            self.caption = next(c for c in reversed(row[: match.end()]) if c.tag == "S") if match else None
            return row
        tags = ["".join(c.tag for c in cell) for cell in cells]
        whole = cells if row[0].tag != "|" else [[], *cells]
        roles = self.columns.roles(whole)
        self._resume(row, len(cells))
        if self._roles and len(whole) == self._width and any("S" in cell for cell in tags):
            roles = {}  # a head names no system: this is a row of the table at hand
        matrix = ({}, {}) if self.links else self.columns.matrix(whole)
        if matrix[1]:
            (self._roles, self._matrix), self._width, self._line, self.links = matrix, len(whole), line, True
            self._above, self._first, self._sources = [], [], ()
            return []  # it states no link by itself
        if roles or not self.links:
            self._matrix = {}
            self._roles, self._width, self._line = roles, len(whole), line
            self._above, self._first, self._sources = [], [], ()
            self.links = self._head(tags) or bool(roles)
            self.clauses = [] if roles else _clauses(cells)
            return _without(row, self.clauses)
        cells = [self._repeated(number, cell) for number, cell in enumerate(cells)]
        self._above = cells
        numbered = row[0].tag == "|" and len(cells) < self._width
        full = [self._spanned(row[0]), *cells] if numbered else cells
        self._first = full[0] or self._first
        self.clauses = _clauses(full, self._roles.get("target", -1))
        self.stated = list(self._states(full))
        marked = [chunk for number, cell in enumerate(cells) for chunk in self._marked(number - len(cells), cell)]
        return [*self._subject(marked), *(marked if self.stated else _without(marked, self.clauses))]

    def _resume(self, row: list[Chunk], count: int) -> None:
        """Go on with the table before a line that only names a group of its rows: the row is numbered and as wide."""
        roles, matrix, width = self._paused
        if not self._roles and roles and row[0].tag == "|" and count + 1 == width:
            self._roles, self._matrix, self._width, self.links = roles, matrix, width, True
            self._above, self._first, self._sources = [], [], ()

    def _states(self, cells: list[list[Chunk]]) -> Iterator[Cells]:
        """Links between the ends that the columns of a row name; what a far end's own words say goes before the rest."""
        if not self._roles:
            return
        by_role = {role: cells[number] for role, number in self._roles.items() if number < len(cells)}
        named = by_role.get("source", [])
        if all(chunk.tag == "|" for chunk in named):
            sources = self._sources  # a blank cell says what the one above says
        else:
            sources = self._sources = tuple(dict.fromkeys(_named(named)))
        via = tuple(dict.fromkeys(_named(by_role.get("way", []))))
        form = by_role.get("form", [])
        relation = _relation(form) or "connectsTo"
        told = () if _PREDICATE.match(tags_of(by_role.get("status", ()))) else tuple(by_role.get("status", ()))
        via = via or _through(form) or _through(told)
        for part in _parts(by_role.get("target", [])):
            if part and f"{part[0].low} ".startswith(self.columns.elsewhere):
                continue
            own, through = _own_words(part)
            for chunk in part:
                if chunk.tag == "S" and not set(chunk.refs) & set(through):
                    yield Cells(sources, chunk, via or through, _relation(own) or relation, _state(own, told))
        for number, end in self._matrix.items():
            words = [chunk for chunk in (cells[number] if number < len(cells) else ()) if chunk.tag != "|"]
            if _signals(words) or any(chunk.low in self.columns.affirmative for chunk in words):
                yield Cells(sources, end.target, via, end.relation, _state(tuple(words), told))
        for host in by_role.get("host", []):
            if host.tag == "S":
                yield Cells(sources, host, (), "hostedOn", told)

    def _subject(self, row: list[Chunk]) -> list[Chunk]:
        """The captioned system as the first cell of a row that names but the far end."""
        tags = "".join(c.tag for c in row)
        ends = len(re.findall(r"(?<!Q)(?<![,A])S", tags))
        if self.caption is None or ends != 1 or not tags.startswith("|"):
            return []
        return [self.caption._replace(start=row[0].start, end=row[0].start)]

    def _head(self, tags: list[str]) -> bool:
        """Whether this row is the head of a table of links; keeps its columns of intermediaries."""
        self._ways = frozenset(number - len(tags) for number, cell in enumerate(tags) if re.match(r"\|?x?Q", cell))
        named = sum(bool(re.search(r"S", cell)) for cell in tags)
        return named < 2 and any(re.search(r"[CGYX]", cell) for cell in tags)

    def _repeated(self, number: int, cell: list[Chunk]) -> list[Chunk]:
        """The cell, or what the cell above it says where it is a ditto mark."""
        if [c.tag for c in cell if c.tag != "|"] != ["="] or number >= len(self._above):
            return cell
        mark = cell[-1]
        above = [c._replace(start=mark.start, end=mark.end) for c in self._above[number] if c.tag != "|"]
        return [*cell[:-1], *above]

    def _spanned(self, bar: Chunk) -> list[Chunk]:
        """A blank first cell, where that column names an end: it says what the one above says."""
        spans = 0 in (self._roles.get("source"), self._roles.get("target"))
        return [c._replace(start=bar.start, end=bar.start) for c in self._first if c.tag != "|"] if spans else []

    def _marked(self, number: int, cell: list[Chunk]) -> list[Chunk]:
        bar = cell[0] if cell and cell[0].tag == "|" else None
        body = cell[1:] if bar else cell
        if number in self._ways and body and body[0].tag == "S":
            body = [body[0]._replace(end=body[0].start, tag="Q", refs=()), *body]
        return [bar, *body] if bar else body


def _clauses(cells: Sequence[list[Chunk]], far: int = -1) -> list[list[Chunk]]:
    """Cells that are predicates of what the row names first, with that before each; the cell `far` names ends, and is none."""
    tags = [tags_of(cell) for cell in cells]
    first = next((number for number, cell in enumerate(tags) if re.match(r"\|?x?S", cell)), len(cells))
    if len(cells) < 3 or first > 1:
        return []
    subject = next(chunk for chunk in cells[first] if chunk.tag == "S")
    predicates = (cells[n] for n in range(first + 1, len(cells)) if n != far and _PREDICATE.match(tags[n]))
    return [[subject._replace(start=cell[0].start, end=cell[0].start), *cell[1:]] for cell in predicates]


def _without(row: list[Chunk], clauses: Sequence[list[Chunk]]) -> list[Chunk]:
    """The row without these cells."""
    taken = {chunk.start for clause in clauses for chunk in clause[1:]}
    return [chunk for chunk in row if chunk.start not in taken] if taken else row


def _state(own: tuple[Chunk, ...], told: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """What tells how a link stands: its own words before the row's, but where these put off what those deny."""
    put_off = _signals(own) == {"absent"} and "planned" in _signals(told)
    return told if put_off or not own else own


def _signals(words: Sequence[Chunk]) -> set[str]:
    return {chunk.signals for chunk in words if chunk.signals}


def _relation(words: Sequence[Chunk]) -> str | None:
    """Relation that the first verb of a link among `words` stands for."""
    return next((chunk.signals for chunk in words if chunk.signals in RELATIONS), None)


def _named(cell: list[Chunk]) -> Iterator[str]:
    return (ref for chunk in cell if chunk.tag == "S" for ref in chunk.refs)


def _parts(cell: list[Chunk]) -> list[list[Chunk]]:
    """What a cell lists, between semicolons."""
    parts: list[list[Chunk]] = [[]]
    for chunk in cell:
        if chunk.tag == ";":
            parts.append([])
        elif chunk.tag != "|":
            parts[-1].append(chunk)
    return parts


def _own_words(part: list[Chunk]) -> tuple[tuple[Chunk, ...], tuple[str, ...]]:
    """What a part says of its link behind the system, and the way that brackets name: 'B (qua C): tạm dừng'."""
    first = next((n for n, chunk in enumerate(part) if chunk.tag == "S"), len(part))
    behind = part[first + 1 :]
    return tuple(c for c in behind if c.signals), _through(behind)


def _through(words: Sequence[Chunk]) -> tuple[str, ...]:
    """The way that words name: 'qua C, D'."""
    way = re.match(r".*?Q(S(?:O?[,A]+S)*)", tags_of(words))
    return tuple(ref for chunk in words[way.start(1) : way.end(1)] for ref in chunk.refs) if way else ()


def _cells(row: list[Chunk]) -> list[list[Chunk]]:
    """Cells with the bar before each; the first may have none."""
    cells: list[list[Chunk]] = [[]]
    for chunk in row:
        if chunk.tag == "|":
            cells.append([])
        cells[-1].append(chunk)
    return cells if cells[0] else cells[1:]
