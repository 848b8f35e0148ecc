"""Where a sentence is at home: another province than the document's, where it opens with one or says 'Ở đó'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.context import Home
from kg.lexicon import PLACE
from kg.ontology import Concept
from kg.pieces import Grammar, Piece
from kg.seat import Seats
from kg.text import Normal


class Elsewhere:
    """Follows one document from sentence to sentence."""

    def __init__(self, grammar: Grammar, home: Home, seats: Seats, normal: Normal) -> None:
        self._grammar = grammar
        self._home = home.place.label() if home.place else None
        self._seats = seats
        self._normal = normal
        self._near: Concept | None = None
        """The other province that the paragraph named last, in whatever place of a sentence."""

    def enter(self) -> None:
        """A paragraph begins: what the one before spoke of is left."""
        self._seats.away = self._seats.near = self._near = None

    def read(self, row: Sequence[Piece]) -> list[tuple[int, Concept | None]]:
        """Where the sentence begins to be about another province, or about the document's own again: None."""
        named = any(piece.sort == PLACE for piece in row)
        turns = list(self._turns(row)) if named else []
        there = bool(row) and self._grammar.over_there.match(self._normal.low, row[0].start) is not None
        places = [place for _, place in turns if place]
        self._seats.away = places[-1] if places else self._seats.away or (self._near if there else None)
        if there and not places:
            turns.insert(0, (row[0].start - 1, self._seats.away))
        others = [piece.concept for piece in row if self._other(piece)] if named else []
        self._near = others[-1] if others else self._near
        self._seats.near = self._near
        return turns

    def go(self, turns: Sequence[tuple[int, Concept | None]], place: int) -> None:
        """Come to a place in a sentence of these turns."""
        self._seats.elsewhere = next((there for start, there in reversed(turns) if place > start), None)

    def _other(self, piece: Piece) -> bool:
        """Whether a piece names a province other than the document's."""
        return piece.sort == PLACE and piece.concept is not None and piece.concept.label() != self._home

    def _turns(self, row: Sequence[Piece]) -> Iterator[tuple[int, Concept | None]]:
        """The provinces that stand where the subject does, or before 'nơi': another first, then whichever the words turn to."""
        turned, low = False, self._normal.low
        for index, piece in enumerate(row):
            if turned and (not index or row[index - 1].tag in ",;:") and self._grammar.at_home.match(low, piece.start):
                yield piece.start, None
            if piece.sort == PLACE and piece.concept and (turned or self._other(piece)) and self._leads(row, index):
                turned = True
                yield piece.end, piece.concept if self._other(piece) else None

    def _leads(self, row: Sequence[Piece], index: int) -> bool:
        """Whether what follows the place at `index` is about it."""
        if _says_whose(row, index):
            return False
        before = row[index - 1] if index else None
        behind = row[index + 1] if index + 1 < len(row) else None
        friend = before is not None and before.low in self._grammar.friends
        led = before is not None and before.low in self._grammar.beside
        opens = before is None or led or friend or before.tag in ",;:"
        told = behind is not None and (behind.tag in "ubN,:" or (behind.tag in "xyM" and not led))
        where = [p.low for p in row[index + 1 : index + 3] if p.tag not in ",("][:1]
        return (opens and told) or bool(where and where[0] in self._grammar.where)


def _says_whose(row: Sequence[Piece], index: int) -> bool:
    """Whether the place at `index` only says whose the name before it is."""
    near = takewhile(lambda piece: piece.tag not in ",;:", reversed(row[max(0, index - 3) : index]))
    return any(piece.sort in ("system", "kind", "head") for piece in near)
