"""Pieces → mentions of systems: known names, kinds, and names built by HEAD modifiers (SCOPE) (ALIAS)."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import CUE, SYSTEM, WORD
from kg.mention import Mention, parts, same_owner, shared_head
from kg.nameproper import OPENING, NameProper
from kg.naming import versions
from kg.pieces import Grammar, Piece, brandish
from kg.scope import scope_at, scope_before
from kg.text import Normal


def mentions(grammar: Grammar, normal: Normal, row: Sequence[Piece]) -> list[Mention]:
    """Mentions of the sentence `row`, in order, without overlap."""
    found: list[Mention] = []
    listed: list[Mention] = []
    end = -1
    opening = [n for n, piece in enumerate(row) if piece.sort in OPENING or piece.low in grammar.parts]
    for index in opening:
        if listed and row[index].start >= listed[0].start:
            found, end, listed = found + listed, listed[-1].end, []
        if row[index].start < end:
            continue
        read: list[Mention] = []
        if row[index].sort in OPENING:
            read = _Name(grammar, normal, row, index).read()
        elif not (listed := parts(grammar, normal, row, index)):
            read = _part(grammar, normal, row, index)
        if read:
            found.extend(read)
            end = read[-1].end
    found += listed
    return same_owner(grammar, row, found) if len(found) > 1 else found


def _part(grammar: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> list[Mention]:
    """A single part with a name of its own: 'phân hệ quản lý X'."""
    if index + 1 == len(row) or row[index + 1].low not in grammar.verbs:
        return []
    name = _Name(grammar, normal, row, index)
    name.head, name.head_low = grammar.part_head, row[index].low
    name.at += 1
    return name.read_modifiers()


_ENDS = frozenset(",;:.)")
"""Tags of marks behind which nothing belongs to a name."""


class _Name(NameProper):
    """One name with what stands behind it."""

    def read(self) -> list[Mention]:
        """The name that begins here, or several where one head is shared; empty where none does."""
        self._open()
        if not self.whole:
            if shared := shared_head(self.g, self.normal, self.row, self.first, self.at, self.head, self.head_low):
                return shared
            if not (self._placed() or self._modifiers()):
                return self._owner_only() or self._pointer()
        if self.kind is not None or self.known is not None:
            self._about()
            self.first, self.scope = scope_before(self.g, self.normal, self.row, self.first) or (self.first, self.scope)
        self.aliases += [*self._quoted_before(), *self.g.naming.before(self.normal, self.row[self.first].start)]
        self._decorations()
        self.aliases += self.g.naming.behind(self.normal, self.row[self.first].start, self.end)
        found = self._finish()
        return found + self._owners_after(found) + self._shares_after(found) if self.known is not None else found

    def read_modifiers(self) -> list[Mention]:
        """The name, its head being read already."""
        if not self._modifiers():
            return []
        self._decorations()
        return self._finish()

    def _quoted_before(self) -> list[str]:
        """The short name of '"Trục" là Nền tảng …'."""
        quote = self.row[self.first - 2] if self.first > 3 else None
        if quote is None or quote.tag != '"' or self.row[self.first - 1].low not in self.g.equals:
            return []
        opening = next((p for p in reversed(self.row[max(0, self.first - 8) : self.first - 2]) if p.tag == '"'), None)
        return [self.normal.text[opening.end : quote.start].strip()] if opening else []

    # -- what stands behind the name ---------------------------------------------------------------------------------

    def _decorations(self) -> None:
        for _ in range(6):
            piece = self._near()
            if piece is None or piece.tag in _ENDS:
                return
            if not (self._alias(piece) or self._distinct(piece) or self._operated(piece) or self._scoped()):
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
        return name if introduced or known or (brandish(words[0]) and len(words) <= 5) else None

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

    def _owners_after(self, found: list[Mention]) -> list[Mention]:
        """'Hệ thống của Văn phòng Chính phủ, các bộ và các tỉnh': the head goes with each owner the lexicon knows."""
        more: list[Mention] = []
        parts = found[0].core.rsplit(f" {self.g.owner_word} ", 1) if found else []
        if len(parts) < 2:
            return more
        glue = found[0].core.removesuffix(parts[1])
        while (piece := self._piece()) is not None and piece.tag in ",A":
            mention = self._known_at(self.at + 1, 7, (glue, f"{glue}{self.g.plural_word} "))
            if mention is None:
                break
            more.append(mention)
        return more

    def _shares_after(self, found: list[Mention]) -> list[Mention]:
        """'các CSDL quốc gia về A, về B và C': the head goes with each further name the lexicon knows."""
        fitting = [h for h in self.g.sharing_heads if found and found[0].core.startswith(f"{h} ")]
        head = max(fitting, key=len, default=None)
        before = self.row[self.first - 1] if self.first else None
        more: list[Mention] = []
        if head is None or before is None or before.tag not in "ln":
            return more
        about = next((w for w in sorted(self.g.about) if found[0].core.startswith(f"{head} {w} ")), "")
        while (piece := self._piece()) is not None and piece.tag in ",A":
            shift = 2 if piece.tag == "," and (after := self._piece(1)) is not None and after.tag == "A" else 1
            mention = self._known_at(self.at + shift, 8, (f"{head} ", f"{head} {about} "))
            if mention is None:
                break
            more.append(mention)
        return more

    def _known_at(self, start: int, most: int, beginnings: Sequence[str]) -> Mention | None:
        """The longest name, of at most so many pieces, that the lexicon knows behind one of these beginnings."""
        for stop in range(min(start + most, len(self.row)), start, -1):
            begin, end = self.row[start].start, self.row[stop - 1].end
            forms = [beginning + self.normal.low[begin:end] for beginning in beginnings]
            meaning = [e for form in forms for e in self.g.lexicon.spelt(form) if e.sort == SYSTEM]
            if meaning:
                self.at = stop
                return Mention(begin, end, end, None, meaning[0].concept, None, forms[0])
        return None

    def _dated(self) -> bool:
        """'từ tháng 4 hệ thống này': the number before the name belongs to a date."""
        return self.first > 1 and self.row[self.first - 1].tag == "n" and self.row[self.first - 2].tag == "t"

    # -- the verdict -------------------------------------------------------------------------------------------------

    def _mention(self, sort: str, core: str) -> Mention:
        before = self.row[self.first - 1] if self.first else None
        plural = before is not None and before.tag in "ln" and before.low not in self.g.whole and not self._dated()
        follow = self._piece()
        return Mention(
            self.row[self.first].start,
            self.end,
            self.core_end,
            self.head,
            self.known,
            self.kind,
            core,
            self.brand,
            self.alias,
            tuple(self.aliases),
            self.scope,
            self.operator,
            self.distinct,
            plural,
            follow is not None and follow.tag == "r",
            sort,
        )

    def _finish(self) -> list[Mention]:
        start = self.row[self.first].start
        core = " ".join(self.normal.low[start : self.core_end].replace('"', " ").split())
        quoted = bool(self.brand) and self.row[self.at - 1].tag == '"'
        if self.g.exclude.match(core) and not self.whole and not quoted:
            return []
        if self.whole:
            return [self._mention("name", core)]
        if self._no_brand():
            self.brand = ""
        modifiers = " ".join(m.low for m in self.mods)
        branded = any(map(brandish, self.brand.split()))
        if self.head_low in self.g.strict_heads and not branded and not self.g.evidence.search(modifiers):
            return []
        if not self.brand and self.g.generic.fullmatch(modifiers):
            follow = self._piece()
            return [self._mention("anaphor" if follow is not None and follow.tag == "r" else "class", core)]
        if not self.brand and not self._evident(modifiers):
            return []
        return [self._mention("name", core)]

    def _no_brand(self) -> bool:
        """Capitals behind plain modifiers are a place or a person in the name, unless quoted or an app's."""
        plain = bool(self.mods) and not self.mods[0].capital and not any(map(brandish, self.brand.split()))
        return plain and self.head is not self.g.app_head and self.row[self.at - 1].tag != '"'

    def _evident(self, modifiers: str) -> bool:
        """Whether the modifiers show that an information system is meant at all."""
        if self.head_low not in self.g.plain_heads and self.head_low not in self.g.brand_heads:
            return True
        if self.g.evidence.search(modifiers) is not None:
            return True
        verb = bool(self.mods) and self.mods[0].low in self.g.verbs
        verb = verb and (len(self.mods) > 1 or self.head_low in self.g.tool_heads)
        return verb or (self.head_low not in self.g.brand_heads and self.g.fields.search(modifiers) is not None)

    def _owner_only(self) -> list[Mention]:
        """'hệ thống của Bộ X' where documents are spoken of: the document system of that body."""
        piece = self._piece()
        if piece is None or self.row[self.first].low not in self.g.definite_heads:
            return []
        read = scope_at(self.g, self.normal, self.row, self.at)
        if read and read[0].sort in ("home", "place", "units") and self.row[max(0, self.first - 1)].tag not in "ln":
            self.scope = read[0]
            self._skip_to(read[1])
            return [self._mention("anaphor", self.row[self.first].low)]
        if piece.low not in self.g.owned_by:
            return []
        sentence = self.normal.low[self.row[0].start : self.row[-1].end]
        if read is None or read[0].sort not in ("agency", "org") or not any(w in sentence for w in self.g.owned_words):
            return []
        self.kind, self.scope = self.g.owned_kind, read[0]
        self._skip_to(read[1])
        return [self._mention("name", self.row[self.first].low)]

    def _pointer(self) -> list[Mention]:
        """A bare head: points back where 'này' follows, a capital makes it a name, or it stands in the subject's place."""
        follow, first = self._piece(), self.row[self.first]
        before = self.row[self.first - 1] if self.first else None
        plural = before is not None and before.tag in "ln" and before.low not in self.g.whole and not self._dated()
        pointing = (follow is not None and follow.tag == "r") or (
            before is not None and before.low in (*self.g.both, *self.g.whole)
        )
        opens = before is None or before.tag in ",;:."
        subject = follow is not None and (
            follow.low in self.g.auxiliaries or follow.tag in "jU" or (opens and follow.tag in "uNbDCGYXML")
        )
        behind = before is not None and before.tag in "WIFTQ" and (follow is None or follow.tag in ",;.)tuWIFQyA")
        subject = (subject or behind) and first.low in self.g.definite_heads and not plural
        name = (
            first.capital and self.first > 0 and not plural and not self.normal.text[first.start : first.end].isupper()
        )
        if (pointing or subject or name) and (follow is None or follow.low not in self.g.indefinite):
            return [self._mention("anaphor", first.low)]
        return [self._mention("class", first.low)] if plural else []
