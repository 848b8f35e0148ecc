"""Pieces → mentions of systems: known names, kinds, and names built by HEAD modifiers (SCOPE) (ALIAS)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import AGENCY, ALIAS, BRAND, HEAD, KIND, PLACE, SYSTEM
from kg.ontology import Concept
from kg.pieces import Grammar, Piece, brandish
from kg.text import Normal

_NAMES = (SYSTEM, KIND, HEAD, ALIAS, BRAND)
_WHOLE = (SYSTEM, KIND, ALIAS)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose a system is, as its name says it. `sort`: '', 'national', 'home', 'place', 'agency', 'units', 'org'."""

    sort: str = ""
    text: str = ""
    """For 'units' each unit in full, joined by '|'."""
    concept: Concept | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a system, a class of systems, or points back to one."""

    start: int
    end: int
    core_end: int
    """End of the name proper: before scope and alias."""
    head: Concept | None
    known: Concept | None
    kind: Concept | None
    core: str
    """Name proper in lower case, without scope and alias."""
    brand: str = ""
    alias: str = ""
    """The short name, where the document itself introduced it elsewhere."""
    aliases: tuple[str, ...] = ()
    """Short names that this mention introduces."""
    scope: Scope = Scope()
    operator: str | None = None
    distinct: str = ""
    plural: bool = False
    sort: str = "name"
    """'name', 'class' (generic), 'anaphor'."""


def mentions(grammar: Grammar, normal: Normal, row: Sequence[Piece]) -> list[Mention]:
    """Mentions of the sentence `row`, in order, without overlap."""
    found: list[Mention] = []
    index = 0
    while index < len(row):
        read: list[Mention] = []
        if row[index].sort in _NAMES:
            read = _Name(grammar, normal, row, index).read()
        elif row[index].low in grammar.parts:
            read = parts(grammar, normal, row, index)
        if read:
            found.extend(read)
            end = read[-1].end
            while index < len(row) and row[index].start < end:
                index += 1
        else:
            index += 1
    return found


class _Name:
    """One name being read from piece `at` on."""

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
        self.mods: list[Piece] = []
        self.brand = ""
        self.aliases: list[str] = []
        self.scope = Scope()
        self.operator: str | None = None
        self.distinct = ""
        self.core_end = row[at].end
        self.end = row[at].end

    def read(self) -> list[Mention]:
        """The name that begins here, or several where one head is shared; empty where none does."""
        self._open()
        if not self._whole():
            shared = shared_head(self.g, self.normal, self.row, self.first, self.at, self.head, self.head_low)
            if shared:
                return shared
            if not self._modifiers():
                return self._pointer()
        if self.kind is not None or self.known is not None:
            self._about()
        self._decorations()
        found = self._finish()
        return found + self._owners_after(found) if self.known is not None else found

    def _whole(self) -> bool:
        return self.known is not None or self.kind is not None or bool(self.alias)

    def _piece(self, offset: int = 0) -> Piece | None:
        index = self.at + offset
        return self.row[index] if 0 <= index < len(self.row) else None

    def _near(self, gap: int = 2) -> Piece | None:
        """The next piece where it follows at once."""
        piece = self._piece()
        return piece if piece is not None and piece.start <= self.end + gap else None

    def _take(self, piece: Piece) -> None:
        """A piece that is a whole name."""
        if piece.sort == SYSTEM:
            self.known, self.kind, self.alias = piece.concept, None, ""
        elif piece.sort == KIND:
            self.kind = piece.concept
        else:
            self.alias = self.normal.text[piece.start : piece.end]
        self.at += 1
        self.core_end = self.end = piece.end

    def _open(self) -> None:
        """Head, whole name or kind; a head right before a whole name belongs to it."""
        piece = self.row[self.at]
        if piece.sort == BRAND:
            self.head, self.brand, self.mods = piece.concept, self.normal.text[piece.start : piece.end], [piece]
            self.at += 1
            return
        while piece.sort == HEAD:
            self.head, self.head_low = piece.concept, piece.low
            self.at += 1
            self.core_end = self.end = piece.end
            follow = self._piece()
            if follow and follow.tag == '"':
                after = self._piece(1)
                if after and after.sort in _WHOLE:
                    self.at += 1
                    follow = after
            if follow is None or follow.sort not in (*_WHOLE, HEAD) or not self._joins(piece, follow):
                return
            piece = follow
        self._take(piece)

    def _joins(self, head: Piece, follow: Piece) -> bool:
        if follow.sort == HEAD:
            return follow.low not in self.g.plain_heads
        return self.normal.text[head.end : follow.start].strip("\"' ") == ""

    # -- modifiers of an open head -----------------------------------------------------------------------------------

    def _modifiers(self) -> bool:
        """Reads them; whether there is any, or the head turned out to open a whole name."""
        while len(self.mods) < 14 and (piece := self._piece()) is not None and not self._whole():
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
        return bool(self.mods or self.brand or self._whole())

    def _modifier(self, piece: Piece) -> int:
        """How many pieces from here on are part of the name: 0 to end it."""
        previous = self.mods[-1] if self.mods else None
        if piece.sort in _WHOLE:
            return self._inner_name(piece, previous)
        fresh = previous is None or self._is_verb(previous) or previous.tag in ",A"
        if fresh and (self._is_verb(piece) or previous is not None and previous.tag in ",A"):
            return 1
        if piece.tag in ",A" and self.mods and self._verb_follows():
            return 1
        if self.mods and (owner := self.g.inner_owners.match(self.normal.low, piece.start)):
            return sum(1 for p in self.row[self.at : self.at + 6] if p.start < owner.end())
        if piece.low in self.g.topics or piece.low in self.g.inner and previous is not None and self._is_verb(previous):
            return 1 if previous is None or self._is_verb(previous) or previous.low in self.g.inner else 0
        if scope_at(self.g, self.normal, self.row, self.at) is not None and not self._nation_inside(piece):
            return 0
        if piece.tag == "x" and (piece.capital or self.brand) or piece.tag == "n" and self.brand:
            return self._brand_word(piece)
        if piece.tag in "xwd" or previous is not None and piece.low in self.g.adjectives:
            return 0 if self.brand else 1
        if piece.low in self.g.about and self.mods:
            return self._topic()
        if piece.sort == HEAD and previous is not None and self._is_verb(previous):
            return 1
        return 0

    def _nation_inside(self, piece: Piece) -> bool:
        """'thông tin quốc gia về …': the word belongs to the name where a topic follows."""
        follow = self._piece(1)
        return piece.low in self.g.nation_words and follow is not None and follow.low in self.g.about

    def _is_verb(self, piece: Piece) -> bool:
        return piece.low in self.g.verbs

    def _verb_follows(self) -> bool:
        follow = self._piece(1)
        return follow is not None and self._is_verb(self.mods[0]) and (
            self._is_verb(follow) or any(follow.low.startswith(f"{v} ") for v in self.g.verbs)
        )

    def _topic(self) -> int:
        """'về' and the like go on only where a name is national or a database."""
        follow = self._piece(1)
        about = any(m.low in self.g.nation_words for m in self.mods) or self.head_low in self.g.sharing_heads
        return 2 if about and follow is not None and (follow.tag in "xwdq" or self._is_verb(follow)) else 0

    def _inner_name(self, piece: Piece, previous: Piece | None) -> int:
        """A whole name among the modifiers: an object of a verb there, or the brand that says which system it is."""
        if previous is not None and (self._is_verb(previous) or previous.tag in ",A") and not self._branded(piece):
            return 1
        if previous is None or self._branded(piece):
            self._take(piece)
        return 0

    def _branded(self, piece: Piece) -> bool:
        return brandish(self.normal.text[piece.start : piece.end])

    def _brand_word(self, piece: Piece) -> int:
        """Capitalised unknown words make a brand; a lower-case word ends it."""
        word = self.normal.text[piece.start : piece.end]
        if not piece.capital and piece.tag != "n":
            return 0
        follow = self._piece(1)
        joined = follow is not None and follow.tag == "x" and follow.capital
        plain_goes_on = follow is not None and follow.tag in "xwd" and not follow.capital
        if plain_goes_on and not (self.brand or joined or brandish(word)):
            return 1  # a capital that only opens the name: "Hệ thống Đánh giá …"
        self.brand = f"{self.brand} {word}".strip()
        return 1

    def _quoted(self) -> bool:
        """A name in quotes, at most eight words."""
        for stop in range(self.at + 1, min(self.at + 10, len(self.row))):
            if self.row[stop].tag == '"':
                self.brand = self.normal.text[self.row[self.at].end : self.row[stop].start]
                self.mods.extend(self.row[self.at + 1 : stop])
                self.at = stop + 1
                self.core_end = self.end = self.row[stop].end
                return bool(self.mods)
        return False

    def _about(self) -> None:
        """Brands and tail words behind a whole name belong to it."""
        while (piece := self._near()) is not None:
            tail = self.g.tail.match(self.normal.low, piece.start) if self.kind else None
            if tail:
                self._skip_to(tail.end())
            elif self.kind and not self.distinct and (sector := self.g.sectors.match(self.normal.low, piece.start)):
                self.distinct = sector.group()
                self._skip_to(sector.end())
            elif piece.sort in _WHOLE and self._branded(piece) and self._same_type(piece):
                end = piece.end
                self._take(piece)
                self.end = end
            elif self.kind and piece.tag == "x" and piece.capital and self._branded(piece):
                self.brand = self.normal.text[piece.start : piece.end]
                self._skip_to(piece.end)
            else:
                break
            self.core_end = self.end

    def _same_type(self, piece: Piece) -> bool:
        other, mine = piece.concept, self.kind or self.known
        if other is None or mine is None:
            return piece.sort == ALIAS
        mine_types = {mine.one("systemType"), *mine.types}
        return bool(mine_types & {other.one("systemType"), *other.types} - {None, "SystemKind"})

    def _skip_to(self, end: int) -> None:
        while self.at < len(self.row) and self.row[self.at].start < end:
            self.at += 1
        self.end = end

    # -- what stands behind the name ---------------------------------------------------------------------------------

    def _decorations(self) -> None:
        for _ in range(6):
            if not (self._alias() or self._distinct() or self._operated() or self._scoped()):
                return

    def _distinct(self) -> bool:
        piece = self._near()
        match = self.g.distinct.match(self.normal.low, piece.start) if piece and not self.distinct else None
        if match is None:
            return False
        self.distinct = match.group()
        self._skip_to(match.end())
        return True

    def _alias(self) -> bool:
        piece = self._near()
        if piece is None or piece.tag not in '("':
            return False
        close = ")" if piece.tag == "(" else '"'
        for stop in range(self.at + 1, min(self.at + 14, len(self.row))):
            if self.row[stop].tag == close:
                inner = self.normal.text[piece.end : self.row[stop].start].strip(" \"'")
                alias = self._alias_of(inner)
                if alias is None:
                    return False
                self.aliases.append(alias)
                self.at = stop + 1
                self.end = self.row[stop].end
                return True
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
        known = bool(self.g.lexicon.meanings(name)) and len(words) <= 6
        return name if introduced or known or brandish(words[0]) and len(words) <= 5 else None

    def _scoped(self) -> bool:
        if self.scope.sort in ("place", "agency", "units", "org") or self._near() is None:
            return False
        read = scope_at(self.g, self.normal, self.row, self.at)
        if read is None or self.scope.sort and read[0].sort == "national":
            return False
        self.scope = read[0]
        self._skip_to(read[1])
        return True

    def _operated(self) -> bool:
        """'do X quản lý': X runs the system."""
        piece = self._near()
        if self.operator or piece is None or piece.tag != "D":
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
        while found and (piece := self._piece()) is not None and piece.tag in ",A":
            start = self._piece(1)
            prefix = found[0].core.rsplit(f" {next(iter(sorted(self.g.owned_by)))} ", 1)
            if start is None or len(prefix) < 2:
                break
            glue = found[0].core[: len(found[0].core) - len(prefix[1])]
            known = None
            for stop in range(min(self.at + 8, len(self.row)), self.at + 1, -1):
                text = self.normal.low[start.start : self.row[stop - 1].end]
                names = (glue + text, f"{glue}{self.g.plural_word} {text}")
                meaning = [e for n in names for e in self.g.lexicon.meanings(n) if e.sort == SYSTEM]
                if meaning:
                    known = meaning[0].concept
                    more.append(Mention(start.start, self.row[stop - 1].end, self.row[stop - 1].end, None, known, None, glue + text))
                    self.at = stop
                    break
            if known is None:
                break
        return more

    # -- the verdict -------------------------------------------------------------------------------------------------

    def _mention(self, sort: str, core: str) -> Mention:
        before = self.row[self.first - 1] if self.first else None
        plural = before is not None and before.tag in "ln"
        return Mention(
            self.row[self.first].start, self.end, self.core_end, self.head, self.known, self.kind, core, self.brand,
            self.alias, tuple(self.aliases), self.scope, self.operator, self.distinct, plural, sort,
        )

    def _finish(self) -> list[Mention]:
        start = self.row[self.first].start
        core = " ".join(self.normal.low[start : self.core_end].replace('"', " ").split())
        if self.g.exclude.match(core) and not self._whole():
            return []
        if self._whole():
            return [self._mention("name", core)]
        if self.brand and self.mods and not self.mods[0].capital and not any(map(brandish, self.brand.split())):
            if self.head is not self.g.app_head and self.row[self.at - 1].tag != '"':
                self.brand = ""  # capitals behind plain modifiers: a place or a person in the name, no brand
        modifiers = " ".join(m.low for m in self.mods)
        if not self.brand and self.g.generic.fullmatch(modifiers):
            follow = self._piece()
            return [self._mention("anaphor" if follow is not None and follow.tag == "r" else "class", core)]
        if not self.brand and not self._evident(modifiers):
            return []
        return [self._mention("name", core)]

    def _evident(self, modifiers: str) -> bool:
        """Whether the modifiers show that an information system is meant at all."""
        if self.head_low not in self.g.plain_heads and self.head_low not in self.g.brand_heads:
            return True
        return self.g.evidence.search(modifiers) is not None

    def _pointer(self) -> list[Mention]:
        """A bare head: points back where 'này' follows, a capital makes it a name, or it stands in the subject's place."""
        follow, first = self._piece(), self.row[self.first]
        before = self.row[self.first - 1] if self.first else None
        plural = before is not None and before.tag in "ln"
        pointing = follow is not None and follow.tag == "r" or plural and before is not None and before.low in self.g.both
        subject = follow is not None and (follow.low in self.g.auxiliaries or follow.tag in "jU")
        subject = subject and first.low in self.g.definite_heads and not plural
        name = first.capital and self.first > 0 and not plural and not self.normal.text[first.start : first.end].isupper()
        if pointing or subject or name:
            return [self._mention("anaphor", first.low)]
        return [self._mention("class", first.low)] if plural else []


# -- scope -----------------------------------------------------------------------------------------------------------


def scope_at(g: Grammar, normal: Normal, row: Sequence[Piece], at: int) -> tuple[Scope, int] | None:
    """Scope that begins at piece `at`, with its end offset; None where none does."""
    low, piece = normal.low, row[at]
    if match := g.national.match(low, piece.start):
        return Scope("national", match.group()), match.end()
    owned, located = piece.low in g.owned_by, piece.low in g.located
    index = at + 1 if owned or located else at
    if index >= len(row):
        return None
    named = _owner_at(g, normal, row, index, owned, located)
    if named is not None:
        return named
    if (match := g.province.match(low, piece.start)) and not located:
        return Scope("home", match.group()), match.end()
    return None


def _owner_at(
    g: Grammar, normal: Normal, row: Sequence[Piece], index: int, owned: bool, located: bool
) -> tuple[Scope, int] | None:
    piece, text = row[index], normal.text
    if not (owned or located) and index and row[index - 1].sort == KIND and row[index - 1].low.isascii():
        stop = _capital_run(row, index)
        words = [text[p.start : p.end] for p in row[index:stop]]
        if piece.tag == "x" and 1 < len(words) <= 3 and not any(map(brandish, words)):
            return Scope("units", " ".join(words)), row[stop - 1].end
    if piece.sort == PLACE and not located:
        return Scope("place", text[piece.start : piece.end], piece.concept), piece.end
    if piece.tag == "i" or piece.low in g.units or piece.tag == "l" and _is_unit(g, row, index + 1):
        return _units_at(g, normal, row, index)
    if piece.sort == AGENCY and index and row[index - 1].sort == KIND:
        return Scope("agency", text[piece.start : piece.end], piece.concept), piece.end
    if not (owned or located):
        return None
    if piece.sort == AGENCY:
        return Scope("agency", text[piece.start : piece.end], piece.concept), piece.end
    if piece.tag in "Oa":
        return _organisation(g, normal, row, index)
    return None


def _is_unit(g: Grammar, row: Sequence[Piece], index: int) -> bool:
    return index < len(row) and (row[index].tag == "i" or row[index].low in g.units)


def _capital_run(row: Sequence[Piece], index: int) -> int:
    stop = index
    while stop < len(row) and stop < index + 4 and row[stop].capital and row[stop].tag in "xwPn":
        stop += 1
    return stop


def _units_at(g: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> tuple[Scope, int] | None:
    """'huyện A', 'các huyện A, B và C', 'thành phố A và thị xã B': each unit in full; 'tỉnh A' is a place."""
    if row[index].tag == "l":
        index += 1
    noun = g.spell.get(row[index].low, row[index].low.split()[-1] if row[index].tag == "i" else row[index].low)
    first = row[index + 1] if index + 1 < len(row) else None
    if first is not None and first.sort == PLACE and row[index].low == g.province_noun:
        return Scope("place", normal.text[row[index].start : first.end], first.concept), first.end
    units: list[str] = []
    position, end = index + 1, -1
    while True:
        stop = _capital_run(row, position)
        if stop == position:
            break
        units.append(f"{noun} {normal.text[row[position].start : row[stop - 1].end]}")
        end = row[stop - 1].end
        if stop + 1 < len(row) and row[stop].tag in ",A":
            position = stop + 1
            if _is_unit(g, row, position) and position + 1 < len(row) and row[position].low != g.province_noun:
                noun = g.spell.get(row[position].low, row[position].low)
                position += 1
            elif len(units) == 1 and row[index].low == noun and row[index - 1].tag != "l":
                break
            continue
        break
    return (Scope("units", "|".join(units)), end) if units else None


def _organisation(g: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> tuple[Scope, int] | None:
    """An organisation's name: its noun and the capitalised words, units and places behind it."""
    piece, stop = row[index], index + 1
    if stop < len(row) and (row[stop].tag == "l" or _is_unit(g, row, stop)) and piece.tag == "a":
        units = _units_at(g, normal, row, stop)
        if units:
            return units
    while stop < len(row) and stop < index + 9:
        part = row[stop]
        inside = part.capital and part.tag in "xwPdO" or part.tag == "i" or part.low in g.units
        if not (inside or part.tag == "w" and piece.tag == "a" and stop == index + 1):
            break
        stop += 1
    if stop == index + 1 and piece.tag != "O":
        return None
    end = row[stop - 1].end
    return Scope("org", normal.text[piece.start : end]), end


# -- shared heads ----------------------------------------------------------------------------------------------------


def shared_head(
    g: Grammar, normal: Normal, row: Sequence[Piece], first: int, at: int, head: Concept | None, head_low: str
) -> list[Mention]:
    """'các CSDL A, B và C', '8 cơ sở dữ liệu quan trọng gồm: A, B': one head for a list of names."""
    before = row[first - 1] if first else None
    if head_low not in g.sharing_heads or before is None or before.tag not in "ln":
        return []
    listed = at
    while listed < len(row) and listed < at + 8 and row[listed].tag not in "ge:.;(":
        listed += 1
    opened = listed < len(row) and row[listed].tag in "ge:" and _generic_between(g, normal, row, at, listed)
    if opened:
        at = listed + 1
        if at < len(row) and row[at].tag == ":":
            at += 1
    shares = _shares(g, row, at, ";" if opened and any(p.tag == ";" for p in row[at:]) else ",A;", opened)
    shares = [(b, e) for b, e in shares if not g.generic.fullmatch(" ".join(p.low for p in row[b:e]))]
    if len(shares) < 2:
        return []
    return [_share(g, normal, row, b, e, head, head_low) for b, e in shares]


def _generic_between(g: Grammar, normal: Normal, row: Sequence[Piece], start: int, stop: int) -> bool:
    between = [p for p in row[start:stop] if p.tag not in "on"]
    return all(g.generic.fullmatch(p.low) or p.tag in "PO" or g.province.match(p.low) for p in between)


def _shares(g: Grammar, row: Sequence[Piece], at: int, separators: str, opened: bool) -> list[tuple[int, int]]:
    shares: list[tuple[int, int]] = []
    begin = index = at
    while index <= len(row):
        piece = row[index] if index < len(row) else None
        inside = piece is not None and piece.tag not in separators and (
            piece.tag in "xwd-,KPOqA" or piece.low in g.verbs or piece.low in g.about and index == begin
            or opened and piece.tag in "hMLCu"
        )
        if inside and index - begin < 8:
            index += 1
            continue
        if index > begin and (piece is None or piece.tag in separators + ".)…" or piece.tag not in "xwd"):
            shares.append((begin, index))
        if piece is None or piece.tag not in separators:
            break
        begin = index = index + 1
    return shares


def _share(
    g: Grammar, normal: Normal, row: Sequence[Piece], begin: int, end: int, head: Concept | None, head_low: str
) -> Mention:
    start, stop = row[begin].start, row[end - 1].end
    core = f"{head_low} {normal.low[start:stop]}"
    meaning = g.lexicon.meanings(core)
    best = meaning[0] if meaning and meaning[0].sort in (SYSTEM, KIND) else None
    known = best.concept if best and best.sort == SYSTEM else None
    kind = best.concept if best and best.sort == KIND else None
    return Mention(start, stop, stop, head, known, kind, core)


def parts(g: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> list[Mention]:
    """'9 phân hệ (gồm: giám sát A; điều hành B; …)': each item names a part."""
    before = row[index - 1] if index else None
    if before is None or before.tag not in "ln":
        return []
    at = index + 1
    while at < len(row) and at < index + 4 and row[at].tag not in "(:ge":
        at += 1
    opened = False
    while at < len(row) and row[at].tag in "(:ge":
        opened, at = True, at + 1
    if not opened:
        return []
    stop = next((i for i in range(at, len(row)) if row[i].tag in ")." ), len(row))
    separators = ";" if any(p.tag == ";" for p in row[at:stop]) else ",A"
    found: list[Mention] = []
    begin = at
    for position in range(at, stop + 1):
        if position == stop or row[position].tag in separators:
            if position > begin and not (separators == ",A" and found and row[begin].low not in g.verbs):
                start, end = row[begin].start, row[position - 1].end
                core = f"{row[index].low} {' '.join(normal.low[start:end].split())}"
                found.append(Mention(start, end, end, g.part_head, None, None, core))
            begin = position + 1
    return found if len(found) > 1 else []
