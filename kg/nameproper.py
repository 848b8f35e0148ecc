"""The name proper: a known name, a kind, or HEAD with modifiers, brand and tail words."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import ALIAS, BRAND, HEAD, KIND, PLACE, SYSTEM
from kg.ontology import Concept
from kg.pieces import Grammar, Piece, brandish
from kg.scope import NOWHERE, scope_at
from kg.text import Normal

WHOLE = (SYSTEM, KIND, ALIAS)
"""Sorts of pieces that are a name by themselves."""
OPENING = frozenset((*WHOLE, HEAD, BRAND))
"""Sorts of pieces that a name may begin with."""


class NameProper:
    """The proper part of one name, read from piece `at` on: state that the readers of its parts share."""

    def __init__(self, grammar: Grammar, normal: Normal, row: Sequence[Piece], at: int) -> None:
        self.g = grammar
        self.normal = normal
        self.row = row
        self.first = at
        self.at = at
        self.head: Concept | None = None
        self.head_low = ""
        self.known: Concept | None = None
        self.kind: Concept | None = None
        self.alias = ""
        self.whole = False
        """Whether one of the three above is the name."""
        self.mods: list[Piece] = []
        self.brand = ""
        self.aliases: list[str] = []
        self.scope = NOWHERE
        self.operator: str | None = None
        self.distinct = ""
        self.core_end = row[at].end
        self.end = row[at].end

    def _piece(self, offset: int = 0) -> Piece | None:
        index = self.at + offset
        return self.row[index] if 0 <= index < len(self.row) else None

    def _near(self, gap: int = 2) -> Piece | None:
        """The next piece where it follows at once."""
        piece = self._piece()
        return piece if piece is not None and piece.start <= self.end + gap else None

    def _take(self, piece: Piece) -> None:
        """A piece that is a whole name."""
        channel = self.g.channels.get(piece.concept.id) if piece.sort == SYSTEM and piece.concept else None
        if channel and self._piece(1) and self.row[self.at + 1].tag == '"':
            self.kind = channel
        elif piece.sort == SYSTEM:
            self.known, self.kind, self.alias = piece.concept, None, ""
        elif piece.sort == KIND:
            self.kind = piece.concept
        else:
            self.alias = self.normal.text[piece.start : piece.end]
        self.whole = True
        self.at += 1
        self.core_end = self.end = piece.end

    def _open(self) -> None:
        """Head, whole name or kind; a head right before a whole name belongs to it."""
        piece = self.row[self.at]
        if piece.sort == BRAND:
            self.head, self.brand, self.mods = piece.concept, self.normal.text[piece.start : piece.end], [piece]
            self.at += 1
            return
        quoted = False
        while piece.sort == HEAD:
            self.head, self.head_low = piece.concept, piece.low
            self.at += 1
            self.core_end = self.end = piece.end
            follow = self._piece()
            if follow and follow.tag == '"':
                after = self._piece(1)
                if after and after.sort in WHOLE:
                    self.at += 1
                    follow = after
                    quoted = True
            if follow is None or follow.sort not in (*WHOLE, HEAD) or not self._joins(piece, follow):
                return
            if follow.sort == HEAD:
                self.mods.append(follow)
            piece = follow
        self.mods.clear()
        self._take(piece)
        closing = self._piece()
        if quoted and closing is not None and closing.tag == '"':
            self.at += 1
            self.core_end = self.end = closing.end

    def _joins(self, head: Piece, follow: Piece) -> bool:
        if follow.sort == HEAD:
            return follow.low not in self.g.plain_heads
        return self.normal.text[head.end : follow.start].strip("\"' ") == ""

    # -- modifiers of an open head -----------------------------------------------------------------------------------

    def _modifiers(self) -> bool:
        """Reads them; whether there is any, or the head turned out to open a whole name."""
        while len(self.mods) < 14 and (piece := self._piece()) is not None and not self.whole:
            if self.mods and self.row[self.at - 1].end + 3 < piece.start:
                break
            if piece.tag == '"' and not self.brand:
                if not self._quoted():
                    break
                continue
            step = self._modifier(piece)
            if not step:
                break
            self.mods.extend(self.row[self.at : self.at + step])
            self.at += step
            self.core_end = self.end = self.mods[-1].end
        return bool(self.mods or self.brand or self.whole)

    def _modifier(self, piece: Piece) -> int:
        """How many pieces from here on are part of the name: 0 to end it."""
        previous = self.mods[-1] if self.mods else None
        if piece.sort in WHOLE:
            return self._inner_name(piece, previous)
        inside = previous is not None and self.head_low not in self.g.strict_heads
        if inside and piece.low in self.g.units_inside and self._ends_here():
            return 1
        fresh = previous is None or self._is_verb(previous) or previous.tag in ",A"
        if fresh and (
            self._is_verb(piece) or self._begins_with_verb(piece) or (previous is not None and previous.tag in ",A")
        ):
            return 1
        if piece.tag in ",A" and self.mods and (joined := self._joined(piece)):
            return joined
        if self.mods and (owner := self.g.inner_owners.match(self.normal.low, piece.start)):
            return sum(1 for p in self.row[self.at : self.at + 6] if p.start < owner.end())
        if piece.low in self.g.topics or (
            piece.low in self.g.inner and previous is not None and self._is_verb(previous)
        ):
            return 1 if previous is None or self._is_verb(previous) or previous.low in self.g.inner else 0
        if scope_at(self.g, self.normal, self.row, self.at) is not None and not self._nation_inside(piece):
            return 0
        inner = piece.tag == "x" and self.normal.text[piece.start : piece.end] != piece.low
        word = piece.tag == "x" and (piece.capital or self.brand or (inner and self._branded(piece)))
        named = word or (piece.tag == "n" and self.brand)
        if named and not self._in_capitals():
            return self._brand_word(piece)
        if piece.tag in "xwd" or (previous is not None and piece.low in self.g.adjectives):
            return 0 if self.brand else 1
        about = self.head_low in self.g.about_heads
        if piece.low in self.g.about and (self.mods or about or self.head_low in self.g.sharing_heads):
            return self._topic()
        if piece.sort == HEAD and (
            self._is_verb(previous) if previous is not None else piece.low in self.g.strict_heads
        ):
            return 1
        return 0

    def _in_capitals(self) -> bool:
        """Whether the head itself is all capitals, as in headings: then capitals make no brand."""
        head = self.row[self.first]
        return head.sort == HEAD and self.normal.text[head.start : head.end].isupper() and " " in head.low

    def _nation_inside(self, piece: Piece) -> bool:
        """'thông tin quốc gia về …': the word belongs to the name where a topic follows."""
        follow = self._piece(1)
        return piece.low in self.g.nation_words and follow is not None and follow.low in self.g.about

    def _is_verb(self, piece: Piece) -> bool:
        return piece.low in self.g.verbs

    def _begins_with_verb(self, piece: Piece) -> bool:
        """Whether a cue of several words is a verb with its object here: 'tiếp nhận dữ liệu'."""
        return piece.tag in "LXCG" and any(piece.low.startswith(f"{v} ") for v in self.g.verbs)

    def _ends_here(self) -> bool:
        """Whether the word here names nobody in particular: no name, number or verb of its own follows."""
        follow = self._piece(1)
        return follow is None or follow.sort == PLACE or (not follow.capital and follow.tag not in "nxwq")

    def _verb_follows(self) -> bool:
        follow = self._piece(1)
        return (
            follow is not None
            and self._is_verb(self.mods[0])
            and (self._is_verb(follow) or any(follow.low.startswith(f"{v} ") for v in self.g.verbs))
        )

    def _joined(self, piece: Piece) -> int:
        """Pieces with which the name goes on behind a comma or 'và'; 0 where it ends there."""
        if self._verb_follows() or self._about_more(piece):
            return int(piece.low not in self.g.together)
        return self._objects()

    def _objects(self) -> int:
        """Pieces of another object, up to brackets that hold only a short name: 'quản lý thu và sổ, thẻ (TST)'; 0 where none."""
        for step in range(2, 7):
            piece, inner, closing = (self._piece(step + n) for n in range(3))
            if piece is not None and piece.tag == "(" and inner is not None and closing is not None:
                short = self.normal.text[inner.start : inner.end]
                return step if closing.tag == ")" and short.isupper() and len(short) > 2 else 0
            if piece is None or not (piece.tag in "xwd,A" or piece.low in self.g.brand_heads):
                return 0
        return 0

    def _about_more(self, piece: Piece) -> bool:
        """'hệ thống thông tin về nhà ở và thị trường …': one thing and another that a system is about."""
        follow = self._piece(1)
        about = self.head_low in self.g.about_heads and self.mods[0].low in self.g.about and piece.tag == "A"
        return about and follow is not None and follow.tag in "xw" and not follow.capital

    def _topic(self) -> int:
        """'về' and the like go on only where a name is national or a database."""
        follow = self._piece(1)
        about = any(m.low in self.g.nation_words for m in self.mods)
        about = about or self.head_low in self.g.sharing_heads or self.head_low in self.g.about_heads
        return 2 if about and follow is not None and (follow.tag in "xwdq" or self._is_verb(follow)) else 0

    def _inner_name(self, piece: Piece, previous: Piece | None) -> int:
        """A whole name among the modifiers: an object of a verb there, or the brand that says which system it is."""
        governed = previous is not None and (
            self._is_verb(previous) or previous.tag in ",A" or self._begins_with_verb(previous)
        )
        if governed and not self._branded(piece):
            return 1
        if previous is None or self._branded(piece):
            self._take(piece)
        return 0

    def _branded(self, piece: Piece) -> bool:
        return brandish(self.normal.text[piece.start : piece.end])

    def _brand_word(self, piece: Piece) -> int:
        """Capitalised unknown words make a brand; a lower-case word ends it."""
        word = self.normal.text[piece.start : piece.end]
        if not (piece.capital or brandish(word)) and piece.tag != "n":
            return 0
        follow = self._piece(1)
        joined = follow is not None and follow.tag == "x" and follow.capital
        plain_goes_on = follow is not None and follow.tag in "xwd" and not follow.capital
        kept_open = self.head_low in self.g.sharing_heads and not self.mods
        if plain_goes_on and not self.brand and not joined and (kept_open or not brandish(word)):
            return 1  # a capital that only opens the name: "Hệ thống Đánh giá …"
        self.brand = f"{self.brand} {word}".strip()
        return 1

    def _quoted(self) -> bool:
        """A name in quotes, at most eight words; not what stands between two quotes: '"hệ thống", dân gọi "'."""
        if sum(piece.tag == '"' for piece in self.row[: self.at]) % 2:
            return False
        for stop in range(self.at + 1, min(self.at + 10, len(self.row))):
            if self.row[stop].tag == '"':
                self.brand = self.normal.text[self.row[self.at].end : self.row[stop].start]
                self.mods.extend(self.row[self.at + 1 : stop])
                self.at = stop + 1
                self.core_end = self.end = self.row[stop].end
                return bool(self.mods)
        return False

    def _placed(self) -> bool:
        """An app named after a province: 'ứng dụng Công dân số Gia Lai', 'ứng dụng Lâm Đồng trực tuyến', 'e-Đồng Tháp'."""
        row, at = self.row[self.at : self.at + 3], self.at
        dashed = len(row) == 3 and row[1].tag == "-" and len(row[0].low) == 1 and row[2].sort == PLACE
        place = 2 if dashed else 0
        if self.head is not self.g.app_head or len(row) <= place or row[place].sort != PLACE:
            return False
        tail = self._piece(place + 1)
        tailed = tail is not None and (tail.low in self.g.app_tails or (tail.capital and tail.tag == "x"))
        if not (dashed or tailed or " " in self.head_low.removeprefix(self.head.label().lower()).strip()):
            return False
        self.at += place + 1 + tailed
        self.mods = list(self.row[at : self.at])
        own = self.row[at - 1].start + len(self.head.label()) + 1
        self.core_end = self.end = self.row[self.at - 1].end
        self.brand = self.normal.text[min(own, self.row[at].start) : self.end].strip()
        return True

    def _skip_to(self, end: int) -> None:
        while self.at < len(self.row) and self.row[self.at].start < end:
            self.at += 1
        self.end = end
