"""Names that an owner or a place completes: 'hệ thống của Bộ X', 'phần mềm Giảm nghèo Sơn La', and lists that share one head: 'Hệ thống của A, B và C'."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import KIND, SYSTEM
from kg.mention import Mention
from kg.nameproper import NameProper
from kg.scope import scope_at

_OF_PLACES = ("home", "nearby", "place", "units")
"""Sorts of owners that make a bare noun point to what they have: 'hệ thống của tỉnh'."""
_PLACED = ("home", "nearby", "place", "unit", "there", "agency")
"""Sorts of owners, one each, that say whose a market is."""
_DOES = frozenset("CGYXML")
"""Tags of verbs that link systems."""


class OwnedName(NameProper):
    """A name with its mention, and with the names that only their owner, or the head of the one before, tells."""

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

    def _dated(self) -> bool:
        """'từ tháng 4 hệ thống này': the number before the name belongs to a date."""
        return self.first > 1 and self.row[self.first - 1].tag == "n" and self.row[self.first - 2].tag == "t"

    def _owner_only(self) -> list[Mention]:
        """'hệ thống của Bộ X': the document system of that body where documents are spoken of, else the one it has."""
        piece, head = self._piece(), self.row[self.first].low
        if piece is None:
            return []
        if head in self.g.placed_whole and self._one():
            market = scope_at(self.g, self.normal, self.row, self.at)
            if market and market[0].sort in _PLACED:
                self.scope = market[0]
                self._skip_to(market[1])
                return [self._mention("name", head)]
        if head not in self.g.definite_heads | self.g.owned_heads:
            return []
        read = scope_at(self.g, self.normal, self.row, self.at)
        if read and read[0].sort in _OF_PLACES and self._one() and head in self.g.definite_heads:
            self.scope = read[0]
            self._skip_to(read[1])
            return [self._mention("anaphor", head)]
        if piece.low not in self.g.owned_by or read is None or read[0].sort not in ("agency", "org"):
            return []
        if read[0].text.lower() in self.g.bare_bodies:
            return []
        documents = head in self.g.definite_heads and self._of_documents(read[0].text.lower(), one=self._one())
        if not documents and not (self._one() and head in self.g.owned_heads and self._outside(read[0].text.lower())):
            return []
        self.kind, self.scope = self.g.owned_kind if documents else None, read[0]
        self._skip_to(read[1])
        return [self._mention("name", head)]

    def _acts(self) -> bool:
        """'hệ thống khai thác dữ liệu từ B': no name, but a noun and what it does; then the noun alone was read."""
        follow, told = self._piece(), " ".join(m.low for m in self.mods)
        if self.brand or follow is None or follow.tag not in "FWIV" or not self.g.acts.fullmatch(told):
            return False
        return self._noun_alone()

    def _able(self) -> bool:
        """Whether 'được' behind the last word shows that it is a verb: 'Cổng tra cứu được B'."""
        follow = self._near()
        return follow is not None and follow.tag == "b" and not self.brand and len(self.mods) == 1

    def _predicate(self) -> bool:
        """'trục khai thác được B': what made no name is a noun and what it does; then the noun alone was read."""
        if (
            self.whole
            or not self.mods
            or self.mods[0].tag not in _DOES
            or self.row[self.first].low not in self.g.definite_heads
        ):
            return False
        return self._noun_alone()

    def _noun_alone(self) -> bool:
        """Take back all that was read behind the noun."""
        self.at, self.mods = self.first + 1, []
        self.core_end = self.end = self.row[self.first].end
        return True

    def _coined_run(self) -> int:
        """End of two or three capitalised words that the document uses as a name elsewhere too: '… Sen Hồng'; 0 where none stand here."""
        run = [piece for piece in self.row[self.at : self.at + 4] if piece.tag == "x" and piece.capital]
        alone = self.kind is not None and self.kind.one("systemType") in self.g.located_types
        if alone or not 1 < len(run) < 4 or run != list(self.row[self.at : self.at + len(run)]):
            return 0
        name = self.normal.text[run[0].start : run[-1].end]
        coined = not name.isupper() and name not in self.g.towns
        return run[-1].end if coined and self.normal.text.count(name) > 1 else 0

    def _owned(self) -> bool:
        """Whether an owner tells which system a plain noun and its task mean: 'phần mềm điều hành của Bộ X'."""
        named = self.scope.sort in ("agency", "org") and self.head_low in self.g.owned_heads and self._one()
        vague = all(m.low in self.g.vague for m in self.mods)
        return named and not vague and self._outside(self.scope.text.lower())

    def _coined(self) -> bool:
        """Whether a capital behind the noun, and a place at once behind that, make a name: 'phần mềm Giảm nghèo Sơn La'."""
        word = self.normal.text[self.mods[0].start : self.mods[0].end] if self.mods else ""
        place = self.scope.sort == "place" and self.normal.text.startswith(self.scope.text, self.core_end + 1)
        branded = (
            word[:1].isupper() and word[1:].islower() and self.head_low in self.g.tool_heads | self.g.listing_heads
        )
        return place and (branded or self.head_low in self.g.placed_heads)

    def _one(self) -> bool:
        """Whether no number and no plural stands before the name."""
        return self.row[max(0, self.first - 1)].tag not in "ln"

    def _of_documents(self, owner: str, *, one: bool) -> bool:
        """Whether the sentence speaks of documents, or the owner is a body whose systems, uncounted, are for them."""
        sentence = self.normal.low[self.row[0].start : self.row[-1].end]
        plain = one or self.row[self.first - 1].tag != "n"
        told = self.g.owned_words.search(sentence) is not None
        return told or (plain and self.g.document_bodies.match(owner) is not None)

    def _outside(self, owner: str) -> bool:
        """Whether an owner is neither one of the home's own offices nor a maker of systems for others."""
        return self.g.inside_bodies.match(owner) is None

    def _owners_after(self, found: list[Mention]) -> list[Mention]:
        """'Hệ thống của Văn phòng Chính phủ, các bộ và các tỉnh': the head goes with each owner the lexicon knows."""
        more: list[Mention] = []
        parts = found[0].core.rsplit(f" {self.g.owner_word} ", 1) if found and not self._ends() else []
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
        more: list[Mention] = []
        if not found or self._one() or self._ends():
            return more
        fitting = [h for h in self.g.sharing_heads if found[0].core.startswith(f"{h} ")]
        head = max(fitting, key=len, default=None)
        if head is None:
            return more
        about = next((w for w in sorted(self.g.about) if found[0].core.startswith(f"{head} {w} ")), "")
        while (piece := self._piece()) is not None and piece.tag in ",A":
            shift = 2 if piece.tag == "," and (after := self._piece(1)) is not None and after.tag == "A" else 1
            mention = self._known_at(self.at + shift, 8, (f"{head} ", f"{head} {about} "))
            if mention is None:
                break
            more.append(mention)
        return more

    def _ends(self) -> bool:
        """Whether no list goes on behind the name."""
        piece = self._piece()
        return piece is None or piece.tag not in ",A"

    def _known_at(self, start: int, most: int, beginnings: Sequence[str]) -> Mention | None:
        """The longest name, of at most so many pieces, that the lexicon knows behind one of these beginnings."""
        for stop in range(min(start + most, len(self.row)), start, -1):
            begin, end = self.row[start].start, self.row[stop - 1].end
            forms = [beginning + self.normal.low[begin:end] for beginning in beginnings]
            meaning = [(e, form) for form in forms for e in self.g.lexicon.spelt(form) if e.sort in (SYSTEM, KIND)]
            if meaning:
                (best, form), self.at = min(meaning, key=lambda m: m[0].sort != SYSTEM), stop
                known, kind = (best.concept, None) if best.sort == SYSTEM else (None, best.concept)
                return Mention(begin, end, end, None, known, kind, form)
        return None
