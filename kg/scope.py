"""Whose a system is: 'của tỉnh', 'huyện A và thị xã B', 'của Bộ X', 'quốc gia' behind its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import AGENCY, KIND, PLACE, SYSTEM
from kg.ontology import Concept
from kg.pieces import Grammar, Piece, brandish
from kg.text import Normal


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose a system is, as its name says it. `sort`: '', 'national', 'home', 'there', 'nearby', 'place', 'agency', 'units', 'org'."""

    sort: str = ""
    text: str = ""
    """For 'units' each unit in full, joined by '|'."""
    concept: Concept | None = None
    more: tuple[Concept, ...] = ()
    """Further provinces that have a system of the same name each: 'của A và của B'."""

    def parts(self) -> tuple[Scope, ...]:
        """The scopes of one system each where several have one; empty where only one is meant."""
        if self.sort == "units":
            return tuple(Scope("unit", unit) for unit in self.text.split("|"))
        if self.more and self.concept:
            return tuple(Scope("place", place.label(), place) for place in (self.concept, *self.more))
        return ()


NOWHERE = Scope()
"""The scope of a name that says nothing of whose it is."""


def scope_at(g: Grammar, normal: Normal, row: Sequence[Piece], at: int) -> tuple[Scope, int] | None:
    """Scope that begins at piece `at`, with its end offset; None where none does."""
    low, piece = normal.low, row[at]
    told = g.told_scope.match(low, piece.start)
    if told and (match := g.national.match(low, piece.start)):
        return Scope("national", match.group()), match.end()
    if told and (match := g.there.match(low, piece.start)):
        return Scope("there", match.group()), match.end()
    owned, located = piece.low in g.owned_by, piece.low in g.located
    index = at + 1 if owned or located else at
    if index >= len(row):
        return None
    named = _owner_at(g, normal, row, index, owned, located)
    if named is not None or told is None:
        return named
    if (match := g.nearby.match(low, piece.start)) and not located and row[index].end <= match.end():
        return Scope("nearby", match.group()), match.end()
    if (match := g.province.match(low, piece.start)) and not located:
        return Scope("home", match.group()), match.end()
    return None


def scope_before(g: Grammar, normal: Normal, row: Sequence[Piece], at: int) -> tuple[int, Scope] | None:
    """Where a place stands right before an acronym, 'Dalat IOC', 'HueIOC', and the scope that it gives it."""
    name, piece = row[at], row[at - 1 if at else 0]
    if (glued := name.low.rpartition("-")[0]) in g.latin:
        return at, _latin_scope(g, glued)
    if not (at and piece.capital and normal.text[name.start : name.end].isupper()):
        return None
    if piece.sort == PLACE and piece.end + 1 == name.start:
        return at - 1, Scope("place", normal.text[piece.start : piece.end], piece.concept)
    bare = normal.text[piece.start : piece.end].isascii() and name.start <= piece.end + 1
    return (at - 1, _latin_scope(g, piece.low)) if bare and piece.low in g.latin else None


def _latin_scope(g: Grammar, name: str) -> Scope:
    place, concept = g.latin[name]
    return Scope("place", place, concept) if concept else Scope("units", f"{g.city} {place}")


def _announces(g: Grammar, row: Sequence[Piece], at: int) -> bool:
    """Whether 'các tỉnh', 'hai' stand at `at`, right before the first of the provinces that they announce."""
    announced = at + 1 < len(row) and row[at + 1].sort == PLACE
    return announced and (row[at].low in g.provinces or row[at].tag in "ln")


def _owner_at(
    g: Grammar, normal: Normal, row: Sequence[Piece], index: int, owned: bool, located: bool
) -> tuple[Scope, int] | None:
    index += owned and _announces(g, row, index)
    piece, text = row[index], normal.text
    town = _town(g, normal, row, index)
    if town and (owned or (index and row[index - 1].sort in (KIND, SYSTEM))):
        return Scope("units", f"{g.city} {town[0]}"), town[1]
    if not (owned or located) and index and row[index - 1].sort == KIND and row[index - 1].low.isascii():
        stop = _capital_run(row, index)
        words = [text[p.start : p.end] for p in row[index:stop]]
        if piece.tag == "x" and 1 < len(words) <= 3 and not any(map(brandish, words)):
            return Scope("units", " ".join(words)), row[stop - 1].end
    if piece.sort == PLACE and not located:
        told = owned or piece.low.startswith(f"{g.province_noun} ")
        more, end = _further(g, row, index + 1) if told else ((), 0)
        return Scope("place", text[piece.start : piece.end], piece.concept, more), end or piece.end
    if piece.tag == "i" or piece.low in g.units or (piece.tag == "l" and _is_unit(g, row, index + 1)):
        return _units_at(g, normal, row, index)
    if piece.sort == AGENCY and index and row[index - 1].sort == KIND:
        return Scope("agency", text[piece.start : piece.end], piece.concept), piece.end
    if not (owned or located):
        return None
    if piece.sort == AGENCY:
        return Scope("agency", text[piece.start : piece.end], piece.concept), piece.end
    if piece.tag in "Oa" or (piece.low in g.own_bodies and index + 1 < len(row) and row[index + 1].capital):
        return _organisation(g, normal, row, index)
    return _company(g, normal, row, index) if owned else None


def _further(g: Grammar, row: Sequence[Piece], at: int) -> tuple[tuple[Concept, ...], int]:
    """The provinces that go on a list at piece `at`, ', của B và C', with its end; none unless 'và' brings in the last."""
    found: list[Concept] = []
    while at + 1 < len(row) and row[at].tag in ",A":
        last = row[at].tag == "A"
        place = next((n for n in range(at + 1, min(at + 4, len(row))) if row[n].sort == PLACE), 0)
        glue = [piece.low for piece in row[at + 1 : place]]
        concept = row[place].concept
        if not place or concept is None or not set(glue) <= {*g.owned_by, g.province_noun}:
            break
        found.append(concept)
        if last:
            return tuple(found), row[place].end
        at = place + 1
    return (), 0


def _company(g: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> tuple[Scope, int] | None:
    """A company, port or union that no list knows: by its noun, 'cảng Chùa Vẽ', or written as an acronym, 'VETC'; a country."""
    start, low = row[index].start, normal.low
    if abroad := g.countries.match(low, start) or g.plain_bodies.match(low, start):
        return Scope("org", normal.text[start : abroad.end()]), abroad.end()
    stop = _capital_run(row, index if row[index].capital else index + 1)
    if stop == index + (not row[index].capital):
        return None
    first = normal.text[start : row[index].end]
    acronym = (
        len(first) > 2 and first.isalpha() and first.isupper() and not normal.text[row[0].start : row[-1].end].isupper()
    )
    if not (acronym or (stop > index + 1 and g.own_orgs.match(low, start))):
        return None
    end = row[index].end if acronym else row[stop - 1].end
    return Scope("org", normal.text[start:end]), end


def _town(g: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> tuple[str, int] | None:
    """A province's seat named alone, 'IOC Đà Lạt', with its end; not where the province bears the same name."""
    if index >= len(row) or row[index].sort == PLACE or not row[index].capital:
        return None
    for stop in range(min(index + 3, len(row)), index, -1):
        name = normal.text[row[index].start : row[stop - 1].end]
        if name in g.towns:
            return name, row[stop - 1].end
    return None


def _is_unit(g: Grammar, row: Sequence[Piece], index: int) -> bool:
    return index < len(row) and (row[index].tag == "i" or row[index].low in g.units)


def _capital_run(row: Sequence[Piece], index: int) -> int:
    stop = index
    while stop < len(row) and stop < index + 4 and row[stop].capital and row[stop].tag in "xwPnly":
        stop += 1
    return stop


def _units_at(g: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> tuple[Scope, int] | None:
    """'huyện A', 'các huyện A, B và C', 'thành phố A và thị xã B': each unit in full; 'tỉnh A' is a place."""
    if row[index].tag == "l":
        index += 1
    noun = g.spell.get(row[index].low, row[index].low)
    first = row[index + 1] if index + 1 < len(row) else None
    if first is not None and first.sort == PLACE and row[index].low == g.province_noun:
        more, end = _further(g, row, index + 2)
        return Scope("place", normal.text[row[index].start : first.end], first.concept, more), end or first.end
    units: list[str] = []
    position, end = index + 1, -1
    while True:
        town = _town(g, normal, row, position)
        stop = next((n for n in range(position, len(row)) if town and row[n].end == town[1]), position - 1) + 1
        stop = max(stop, _capital_run(row, position))
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


def _called(normal: Normal, row: Sequence[Piece], at: int) -> bool:
    """Whether a word that states links elsewhere is part of a name: 'Bệnh viện Đa khoa Phố Nối'."""
    word = normal.text[row[at].start : row[at].end]
    return row[at].capital and row[at - 1].capital and word[1:].islower() and " " not in word


def _organisation(g: Grammar, normal: Normal, row: Sequence[Piece], index: int) -> tuple[Scope, int] | None:
    """An organisation's name: its noun and the capitalised words, units and places behind it."""
    piece, stop = row[index], index + 1
    own = g.own_orgs.match(normal.low, piece.start) is not None
    if stop < len(row) and (row[stop].tag == "l" or _is_unit(g, row, stop)) and piece.tag == "a" and not own:
        units = _units_at(g, normal, row, stop)
        if units:
            return units
    lower = 0
    while stop < len(row) and stop < index + 12:
        part = row[stop]
        lower = 0 if part.capital else lower + 1
        far = lower < 3 or any(p.capital for p in row[stop : stop + 4])
        goes_on = piece.low in g.own_bodies and stop > index + 1 and far and part.tag in "xw"
        dashed = part.tag == "-" and row[stop - 1].capital and stop + 1 < len(row) and row[stop + 1].capital
        named = part.capital and part.tag in ("xwPdOH" if own and stop == index + 1 else "xwPdO")
        named = named or (own and part.tag == "P") or _called(normal, row, stop)
        inside = goes_on or dashed or named or part.tag == "i" or part.low in g.units
        if not (inside or (part.tag == "w" and piece.tag == "a" and stop == index + 1)):
            break
        stop += 1
    if stop == index + 1 and piece.tag != "O" and not g.document_bodies.fullmatch(piece.low):
        return None
    end = row[stop - 1].end
    return Scope("org", normal.text[piece.start : end]), end
