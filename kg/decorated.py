"""What stands behind a name: short names in brackets or quotes, whose it is, who runs it."""

from __future__ import annotations

from kg.lexicon import BRAND, CUE, KIND, SYSTEM, WORD
from kg.naming import versions
from kg.owned import OwnedName
from kg.pieces import Piece, brandish
from kg.scope import scope_at

_ENDS = frozenset(",;:.)")
"""Tags of marks behind which nothing belongs to a name."""


class DecoratedName(OwnedName):
    """A name with all that decorates it."""

    def _known_by_alias(self) -> None:
        """'Hệ thống quản lý giám sát hải quan tự động (VASSCM)': what the lexicon knows by its short name."""
        if self.whole or self.brand:
            return
        found = [e for alias in self.aliases for e in self.g.lexicon.meanings(alias) if e.concept is not None]
        kind = next((e.concept for e in found if e.sort == KIND), None)
        if kind and any(wording.lower().startswith(f"{self.head_low} ") for wording in kind.wordings):
            self.kind = kind
        if self.scope.sort in ("home", "nearby", "place", "units", "there"):
            return
        system = next((entry.concept for entry in found if entry.sort == SYSTEM), None)
        head = self.head.one("systemType") if self.head else None
        if system is not None and (head is None or head in (*system.types, self.g.default_type)):
            self.known = system

    def _quoted_before(self) -> list[str]:
        """The short name of '"Trục" là Nền tảng …'."""
        quote = self.row[self.first - 2] if self.first > 3 else None
        if quote is None or quote.tag != '"' or self.row[self.first - 1].low not in self.g.equals:
            return []
        opening = next((p for p in reversed(self.row[max(0, self.first - 8) : self.first - 2]) if p.tag == '"'), None)
        return [self.normal.text[opening.end : quote.start].strip()] if opening else []

    def _decorations(self) -> None:
        for _ in range(6):
            piece = self._near()
            if piece is None or piece.tag in _ENDS:
                return
            read = self._alias(piece) or self._distinct(piece) or self._operated(piece) or self._scoped()
            if not (read or self._brand_behind(piece)):
                return

    def _distinct(self, piece: Piece) -> bool:
        match = None if self.distinct else self.g.distinct.match(self.normal.low, piece.start)
        if match is None:
            return False
        self.distinct = match.group()
        self._skip_to(match.end())
        return True

    def _alias(self, piece: Piece) -> bool:
        if piece.tag not in '("':
            return False
        for stop in range(self.at + 1, min(self.at + 14, len(self.row))):
            if self.row[stop].tag == (")" if piece.tag == "(" else '"'):
                alias = self._alias_of(self.normal.text[piece.end : self.row[stop].start].strip(" \"'"))
                if alias is not None:
                    self.aliases += versions(alias)
                    self.at, self.end = stop + 1, self.row[stop].end
                return alias is not None
        return False

    def _alias_of(self, inner: str) -> str | None:
        introduced = self.g.alias_intro.match(inner.lower())
        name = inner[introduced.end() :] if introduced else inner
        if not introduced and (":" in name or name.count(",") > 1):
            return None
        name = name.split(",")[0].strip(" \"'")
        if not name or len(name) > 60:
            return None
        words = name.split()
        known = any(entry.sort not in (CUE, WORD) for entry in self.g.lexicon.meanings(name)) and len(words) <= 6
        channel = self.kind is not None and self.kind in self.g.channels.values()
        return name if introduced or known or channel or (brandish(words[0]) and len(words) <= 5) else None

    def _scoped(self) -> bool:
        if self.scope.sort in ("place", "agency", "units", "org"):
            return False
        read = scope_at(self.g, self.normal, self.row, self.at)
        if read is None or (self.scope.sort and read[0].sort == "national"):
            return False
        self.scope = read[0]
        self._skip_to(read[1])
        return True

    def _operated(self, piece: Piece) -> bool:
        """'do X quản lý': X runs the system."""
        if self.operator or piece.tag != "D":
            return False
        for stop in range(self.at + 2, min(self.at + 12, len(self.row))):
            if self.row[stop].low in self.g.run_by:
                if self.row[self.at + 1].tag not in "OaPwixH":
                    return False
                self.operator = self.normal.text[self.row[self.at + 1].start : self.row[stop - 1].end]
                self._skip_to(self.row[stop].end)
                return True
            if self.row[stop].tag in ",;:.CGYXM":
                return False
        return False

    def _brand_behind(self, piece: Piece) -> bool:
        """'Hệ thống … quốc gia EnviNet': the short name behind whose it is, or behind what it is of."""
        if piece.sort != BRAND or self.known or self.brand or self.aliases:
            return False
        self.aliases.append(self.normal.text[piece.start : piece.end])
        self._skip_to(piece.end)
        return True
