"""Pieces → mentions of systems: known names, kinds, and names built by HEAD modifiers (SCOPE) (ALIAS)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from kg.decorated import DecoratedName
from kg.lexicon import ALIAS
from kg.mention import Mention, coined, introduced, parts, same_owner, shared_head
from kg.nameproper import OPENING, WHOLE
from kg.pieces import Grammar, Piece, brandish
from kg.scope import scope_before
from kg.text import Normal


def mentions(grammar: Grammar, normal: Normal, row: Sequence[Piece]) -> list[Mention]:
    """Mentions of the sentence `row`, in order, without overlap."""
    found: list[Mention] = []
    listed: list[Mention] = []
    items: list[Mention] = []
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
            items += introduced(grammar, normal, row, index)
        elif not (listed := parts(grammar, normal, row, index)):
            read = _part(grammar, normal, row, index)
        if read:
            found.extend(read)
            end = read[-1].end
    found += listed
    if items:
        taken = [range(mention.start, mention.end) for mention in found]
        found += [item for item in items if not any(item.start in span for span in taken)]
        found.sort(key=attrgetter("start"))
    return same_owner(grammar, row, found) if len(found) > 1 else found


def _part(grammar: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> list[Mention]:
    """A single part with a name of its own: 'phân hệ quản lý X', 'phân hệ Cảng cá'."""
    follow = row[index + 1] if index + 1 < len(row) else None
    capital = follow is not None and follow.capital and follow.tag == "x"
    named = (capital or coined(normal, row, index)) and not (row[index].capital and index)
    if follow is None or not (named or any(f"{follow.low} ".startswith(f"{verb} ") for verb in grammar.verbs)):
        return []
    name = _Name(grammar, normal, row, index)
    name.head, name.head_low = grammar.part_head, row[index].low
    name.at += 1
    return name.read_modifiers()


_VERSION = re.compile(r"v?\d(?:\.\d)+|v\d")


class _Name(DecoratedName):
    """One name with what stands behind it."""

    def read(self) -> list[Mention]:
        """The name that begins here, or several where one head is shared; empty where none does."""
        self._open()
        if not self.whole:
            if shared := shared_head(self.g, self.normal, self.row, self.first, self.at, self.head, self.head_low):
                return shared
            if not (self._placed() or self._modifiers()):
                return self._owned_by_name() or self._pointer()
            if self._acts():
                return self._pointer()
        if self.kind is not None or self.known is not None:
            self._about()
            self.first, self.scope = scope_before(self.g, self.normal, self.row, self.first) or (self.first, self.scope)
        self.aliases += [*self._quoted_before(), *self.g.naming.before(self.normal, self.row[self.first].start)]
        self._decorations()
        self._known_by_alias()
        self.aliases += self.g.naming.behind(self.normal, self.row[self.first].start, self.core_end, self.end)
        found = self._finish()
        if (not found or self._able()) and self._predicate():
            return self._pointer()
        found += self._owners_after(found) if self.known is not None else []
        return found + self._shares_after(found) if self.known is not None or self.kind is not None else found

    def read_modifiers(self) -> list[Mention]:
        """The name, its head being read already."""
        if not self._modifiers():
            return []
        self._decorations()
        return self._finish()

    def _owned_by_name(self) -> list[Mention]:
        """What its owner alone tells, or its short name behind that: 'hệ thống của Tổng cục Thuế (TMS)'."""
        found = self._owner_only()
        if found and found[0].sort == "name":
            self._decorations()
            self._known_by_alias()
            self.aliases += self.g.naming.behind(self.normal, self.row[self.first].start, self.core_end, self.end)
            return [self._mention("name", found[0].core)]
        return found

    # -- what stands behind the name ---------------------------------------------------------------------------------

    def _about(self) -> None:
        """Brands and tail words behind a whole name belong to it."""
        while (piece := self._near()) is not None:
            tail = self.g.tail.match(self.normal.low, piece.start) if self.kind else None
            if tail and piece.end <= tail.end() and not self._linking(tail.end()):
                self._skip_to(tail.end())
            elif self.kind and not self.distinct and (sector := self._field(piece)):
                self.distinct = self.normal.low[piece.start : sector]
                self._skip_to(sector)
            elif piece.sort in WHOLE and self._branded(piece) and self._same_type(piece):
                end = piece.end
                self._take(piece)
                self.end = end
            elif self.kind and piece.tag == "x" and piece.capital and self._branded(piece):
                self.brand = self.normal.text[piece.start : piece.end]
                self._skip_to(piece.end)
            elif self.kind and not self.brand and (run := self._coined_run()):
                self.brand = self.normal.text[piece.start : run]
                self._skip_to(run)
            elif _VERSION.fullmatch(piece.low) and self._branded(self.row[self.at - 1]):
                self._skip_to(piece.end)
            else:
                break
            self.core_end = self.end

    def _linking(self, end: int) -> bool:
        """Whether 'với' follows: then the word before it is a verb, not a tail of the name."""
        follow = next((p for p in self.row[self.at : self.at + 6] if p.start >= end), None)
        return follow is not None and follow.tag in "WV"

    def _field(self, piece: Piece) -> int:
        """End of what a centre or portal is about ('y tế thông minh', 'học phí'); 0 where the next word is none."""
        if sector := self.g.sectors.match(self.normal.low, piece.start):
            return sector.end()
        field = self.g.fields.match(self.normal.low, piece.start) if piece.tag in "xw" else None
        return field.end() if field else 0

    def _same_type(self, piece: Piece) -> bool:
        other, mine = piece.concept, self.kind or self.known
        if other is None or mine is None:
            return piece.sort == ALIAS
        mine_types = {mine.one("systemType"), *mine.types}
        return bool(mine_types & {other.one("systemType"), *other.types} - {None, "SystemKind"})

    # -- the verdict -------------------------------------------------------------------------------------------------

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
        if self._owned():
            return [self._mention("name", core)]
        if self.head_low in self.g.strict_heads and not branded and not self.g.evidence.search(modifiers):
            return []
        if not self.brand and self.g.generic.fullmatch(modifiers):
            follow = self._piece()
            return [self._mention("anaphor" if follow is not None and follow.tag == "r" else "class", core)]
        if not self.brand and not (self._evident(modifiers) or self._coined()):
            return []
        return [self._mention("name", core)]

    def _no_brand(self) -> bool:
        """Capitals behind plain modifiers are a place or a person in the name, unless quoted or an app's."""
        plain = bool(self.mods) and not self.mods[0].capital and not any(map(brandish, self.brand.split()))
        return plain and self.head is not self.g.app_head and self.row[self.at - 1].tag != '"'

    def _evident(self, modifiers: str) -> bool:
        """Whether the modifiers show that an information system is meant at all."""
        plain = self.head_low in self.g.plain_heads and self.head_low not in self.g.evident_heads
        if not plain and self.head_low not in self.g.brand_heads:
            return True
        field = self.g.fields.search(modifiers) is not None
        heads = self.g.tool_heads | self.g.field_heads if field else self.g.tool_heads
        placed = self.head_low in heads and self.scope.sort in ("home", "place", "there", "nearby")
        if placed or self.g.evidence.search(modifiers) is not None:
            return True
        verb = bool(self.mods) and self.mods[0].low in self.g.verbs and self.head_low not in self.g.acting_heads
        verb = verb and (len(self.mods) > 1 or self.head_low in self.g.tool_heads)
        return verb or (field and self.head_low not in self.g.brand_heads)

    def _pointer(self) -> list[Mention]:
        """A bare head: points back where 'này' follows, a capital makes it a name, or it stands in the subject's place."""
        follow, first = self._piece(), self.row[self.first]
        before = self.row[self.first - 1] if self.first else None
        plural = before is not None and before.tag in "ln" and before.low not in self.g.whole and not self._dated()
        pointing = (follow is not None and follow.tag == "r") or (
            before is not None and before.low in (*self.g.both, *self.g.whole)
        )
        opens = next((piece.tag in ",;:." for piece in reversed(self.row[: self.first]) if piece.tag not in "ut"), True)
        subject = follow is not None and (
            follow.low in self.g.auxiliaries or follow.tag in "jU" or (opens and follow.tag in "uNbDCGYXML")
        )
        behind = before is not None and before.tag in "WIFTQ" and (follow is None or follow.tag in ",;.)tuWIFQyA")
        behind = behind or (before is not None and before.tag == "F" and follow is not None and follow.tag in "CGYXML")
        subject = (subject or behind) and first.low in self.g.definite_heads and not plural
        name = (
            first.capital and self.first > 0 and not plural and not self.normal.text[first.start : first.end].isupper()
        )
        if (pointing or subject or name) and (follow is None or follow.low not in self.g.indefinite):
            return [self._mention("anaphor", first.low)]
        return [self._mention("class", first.low)] if plural else []
