"""A sentence in pieces: lexicon hits and, between them, words, numbers and marks; and the word lists of the name grammar."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.lexicon import AGENCY, ALIAS, BRAND, CUE, HEAD, KIND, PLACE, SYSTEM, WORD, Entry, Hit, Lexicon
from kg.naming import Naming
from kg.ontology import Concept, Ontology
from kg.text import Normal, alternation, any_of, fold
from kg.vocab import SYS, local_name

_TOKEN = re.compile(r"<->|<=>|↔|\d+(?:[.,/]\d+)*%?|\w[\w&+]*(?:[-./]\w+|(?<=[\w])'(?=\w)\w+)*|->|=>|→|\S")
_TAGS = {PLACE: "P", AGENCY: "O", HEAD: "H", KIND: "K", SYSTEM: "K", ALIAS: "K", WORD: "w", BRAND: "x"}
_MARKS = {
    ",": ",",
    ";": ";",
    ":": ":",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
    "-": "-",
    "/": "/",
    "|": "|",
    "?": "?",
    "!": "?",
    **dict.fromkeys(("->", "=>", "→", "<->", "<=>", "↔"), ">"),
    **dict.fromkeys("\"'", '"'),
}


class Piece(NamedTuple):
    """A word, number, mark or lexicon form of a sentence. `tag` is one letter; see ontology/cues.ttl."""

    start: int
    end: int
    tag: str
    low: str
    capital: bool
    sort: str = ""
    """Sort of the strongest meaning; '' for a plain word or mark."""
    concept: Concept | None = None
    """Concept of the strongest meaning."""


_made = Piece._make
"""As the class itself, and faster: a text is made of many pieces."""


def pieces(normal: Normal, hits: Sequence[Hit], start: int, end: int) -> list[Piece]:
    """The sentence `[start, end)` in pieces."""
    low, text = normal.low, normal.text
    out: list[Piece] = []
    position = start
    for begin, stop, entries in hits:
        _, sort, concept, tag, _ = entries[0]
        capital = text[begin].isupper()
        if begin < position or stop > end or (capital and sort == CUE and _proper(text, begin, stop, start)):
            continue
        gap = begin - position
        if gap == 2 and text[begin - 1] == " " and (mark := _MARKS.get(text[position])):
            out.append(Piece(position, position + 1, mark, text[position], False))
        elif gap > 1 or text[position] != " ":
            _plain(out, normal, position, begin)
        out.append(_made((begin, stop, tag or _TAGS.get(sort, "x"), low[begin:stop], capital, sort, concept)))
        position = stop
    _plain(out, normal, position, end)
    return out


def pointing_back(row: list[Piece], above: frozenset[str]) -> list[Piece]:
    """The sentence with 'trên' of 'Hệ thống trên đã …' read as 'nói trên': behind a noun of systems, where no noun follows.

    Args:
        row: the sentence in pieces.
        above: words that point back there.

    """
    if above.isdisjoint([piece.low for piece in row]):
        return row
    out = list(row)
    for number, (noun, piece, follow) in enumerate(zip(row, row[1:], row[2:], strict=False), 1):
        if piece.low in above and noun.sort in (HEAD, KIND) and follow.tag in _NO_NOUN:
            out[number] = piece._replace(tag="r")
    return out


_NO_NOUN = frozenset("uNbDCGYXMLEhjt,;.:)A?IQWF")
"""Tags of what follows 'hệ thống trên' where that points back: 'hệ thống trên' something would name it."""


def with_hits(row: Sequence[Piece], normal: Normal, hits: Sequence[Hit]) -> list[Piece] | None:
    """A sentence in pieces where further forms stand for the words they cover; None where one ends within a word."""
    out = list(row)
    for hit in hits:
        first, last = (bisect_left(out, (place,)) for place in (hit.start, hit.end))
        if first == last or out[first].start != hit.start or out[last - 1].end != hit.end:
            return None
        out[first:last] = pieces(normal, [hit], hit.start, hit.end)
    return out


def _proper(text: str, begin: int, stop: int, start: int) -> bool:
    """Whether a one-word cue with a capital is half of a proper name: 'Giao' in 'Giao Thủy'."""
    if begin < start + 2 or not text[begin - 2].isalnum() or " " in text[begin:stop]:
        return False
    shouted = text[begin:stop].isupper()
    return not shouted and text[stop : stop + 1] == " " and text[stop + 1 : stop + 2].isupper()


def _plain(out: list[Piece], normal: Normal, start: int, end: int) -> None:
    """Put the words, numbers and marks between two forms behind `out`."""
    low, text = normal.low, normal.text
    for match in _TOKEN.finditer(text, start, end):
        begin, stop = match.span()
        first = text[begin]
        if first.isalpha() or first == "_":
            tag = "x"
        elif first.isdigit():
            tag = "n"
        else:
            tag = _MARKS.get(text[begin:stop], ".")
        out.append(_made((begin, stop, tag, low[begin:stop], first.isupper(), "", None)))


def brandish(word: str) -> bool:
    """Whether `word` is written like a brand or acronym: capitals or digits inside, a dot between letters.

    >>> [brandish(w) for w in ("VNPT-iOffice", "IOC", "Hue-S", "hanoi.gov.vn", "Cổng")]
    [True, True, True, True, False]
    """
    inner = word[1:]
    return (
        any(c.isupper() for c in inner)
        or (word[:1].isalpha() and any(c.isdigit() for c in inner))
        or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", word) is not None
    )


def _latin(place: str) -> str:
    """A place as product names write it: 'dalat', 'quangtri'."""
    return fold(place).replace(" ", "")


class Grammar:
    """The name grammar of an ontology: word lists of rules/names.yaml, compiled once."""

    def __init__(self, ontology: Ontology, lexicon: Lexicon) -> None:
        words = {key.split(".", 1)[1]: value for key, value in ontology.words.items() if key.startswith("names.")}
        self.lexicon = lexicon
        self._heads(words)
        self._modifiers(words)
        self._surroundings(words)
        self._concepts(ontology, words)

    def _heads(self, words: Mapping[str, Sequence[str]]) -> None:
        """Heads by what they need to open a name."""
        self.plain_heads = frozenset(words["plain_heads"])
        self.evident_heads = frozenset(words["evident_heads"])
        self.tool_heads = frozenset(words["tool_heads"])
        self.brand_heads = frozenset(words["brand_heads"])
        self.brand_openers = frozenset(words["brand_openers"])
        self.placed_whole = frozenset(words["placed_whole"])
        self.field_heads = frozenset(words["field_heads"])
        self.placed_heads = frozenset(words["placed_heads"])
        self.acting_heads = frozenset(words["acting_heads"])
        self.strict_heads = frozenset(words["strict_heads"])
        self.sharing_heads = frozenset(words["sharing_heads"])
        self.listing_heads = frozenset(words["listing_heads"])
        self.definite_heads = frozenset(words["definite_heads"])
        self.parts = frozenset(words["parts"])
        self.exclude = alternation(words["exclude"])

    def _modifiers(self, words: Mapping[str, Sequence[str]]) -> None:
        """What stands inside a name."""
        generic = any_of(words["generic"])
        self.generic = re.compile(rf"(?:(?:{generic})(?!\w)|[\s,;]|{alternation(words['joiners']).pattern})*")
        self.evidence = alternation(words["evidence"], apart=True)
        self.acts = re.compile(rf"(?:{any_of(words['moves'])}) (?:{any_of(words['moved'])})")
        self.verbs = frozenset(words["verbs"])
        self.together = frozenset(words["together"])
        self.helping = frozenset(words["helping"])
        self.telling_tails = tuple(f" {word}" for word in words["telling_tails"])
        self.verbal_nouns = frozenset(words["verbal_nouns"])
        self.adjectives = frozenset(words["adjectives"])
        self.topics = frozenset(words["topics"])
        self.inner = frozenset(words["inner"])
        self.inner_owners = alternation(words["inner_owners"])
        self.units_inside = frozenset(words["units_inside"])
        self.about, self.about_heads = frozenset(words["about"]), frozenset(words["about_heads"])
        self.nation_words = frozenset(words["nation_words"])
        self.tail = alternation(words["tail"])
        self.sectors = alternation(words["sectors"])
        self.distinct = alternation(words["distinct"])
        self.app_tails = frozenset(words["app_tails"])
        self.not_brands = frozenset(words["not_brands"])

    def _surroundings(self, words: Mapping[str, Sequence[str]]) -> None:
        """What stands around a name: owners, places, short names, who runs it."""
        self.national = alternation(words["national"])
        self.province = alternation(words["province"])
        self.there, self.nearby = alternation(words["there"]), alternation(words["nearby"])
        self.told_scope = alternation(w for name in ("national", "province", "there", "nearby") for w in words[name])
        self.beside, self.where = frozenset(words["beside"]), frozenset(words["where"])
        self.friends = frozenset(words["friends"])
        self.at_home = alternation(words["at_home"])
        self.over_there = alternation(words["over_there"])
        self.own_bodies, self.own_orgs = frozenset(words["own_bodies"]), alternation(words["own_orgs"])
        self.located = frozenset(words["located"])
        self.owned_by = frozenset(words["owned_by"])
        self.owner_word = min(words["owned_by"])
        self.run_by = frozenset(words["run_by"])
        self.units = frozenset(words["province_units"])
        self.provinces = frozenset(words["provinces"])
        self.city, self.province_noun = words["city"][0], words["province_noun"][0]
        self.equals = frozenset(words["equals"])
        self.located_types = frozenset(words["located_types"])
        self.default_type = words["default_type"][0]
        self.alias_intro = re.compile(alternation(words["alias_words"]).pattern + r"\s*:?\s*")
        self.naming = Naming(words, self.lexicon)
        self.auxiliaries = frozenset(words["auxiliaries"])
        self.plural_word = words["plural_word"][0]
        self.whole = frozenset(words["whole"])
        self.both = frozenset(words["both"])
        self.indefinite = frozenset(words["indefinite"])
        self.above = frozenset(words["above"])

    def _concepts(self, ontology: Ontology, words: Mapping[str, Sequence[str]]) -> None:
        """What of the ontology the grammar speaks of."""
        owner_only = ontology.tables["names.owner_only"]
        self.owned_kind = next(c for c in ontology.of_class("SystemKind") if local_name(c.id) == owner_only["kind"])
        kinds = {local_name(kind.id): kind for kind in ontology.of_class("SystemKind")}
        self.channels = {SYS + host: kinds[kind] for host, kind in ontology.tables["names.channels"].items()}
        self.owned_words = re.compile(rf"(?:{any_of(owner_only['words'])})(?!\w| (?:{any_of(words['bare_nouns'])}) )")
        self.owned_heads = frozenset(words["owned_heads"])
        self.bare_bodies = frozenset(words["bare_bodies"])
        self.document_bodies = alternation(words["document_bodies"])
        self.countries, self.plain_bodies = alternation(words["countries"]), alternation(words["plain_bodies"])
        self.inside_bodies, self.vague = alternation(words["inside_bodies"]), frozenset(words["vague"])
        fields = [w.strip() for row in ontology.tables["names.types"] for text in row.values() for w in text.split("|")]
        self.fields = alternation(fields, apart=True)
        self.spell = dict(ontology.tables["names.spell_out"])
        self.brand_patterns = [re.compile(p) for p in ontology.tables["names.brand_patterns"]]
        heads = ontology.of_class("HeadNoun")
        self.app_head = next(c for c in heads if c.one("systemType") == words["app_type"][0])
        places = list(ontology.of_class("AdministrativeUnit"))
        self.towns = {seat for place in places for seat in place.all("seat")} - {place.label() for place in places}
        self.latin: dict[str, tuple[str, Concept | None]] = {_latin(p.label()): (p.label(), p) for p in places}
        self.latin |= {_latin(town): (town, None) for town in self.towns}
        placed = ontology.tables["names.placed_kinds"].items()
        self._placed = [(form.upper(), Entry(form, KIND, kinds[kind], "", "")) for form, kind in placed]
        self.item_nouns = tuple(words["item_nouns"])
        self.part_head = next(c for c in heads if words["parts"][0] in c.wordings or "module" in c.wordings)

    def brands(self, normal: Normal) -> Iterator[Hit]:
        """Names written like a citizen app's, wherever they stand."""
        for pattern in self.brand_patterns:
            for match in pattern.finditer(normal.text):
                if match.group().lower() in self.not_brands:
                    continue
                if (kind := self._kind_of_place(match.group())) is not None:
                    yield Hit(match.end() - len(kind.form), match.end(), (kind,))
                    continue
                opener, _, name = match.group().partition(" ")
                start, end = match.span()
                if name and opener.lower() in self.brand_openers:
                    rest = end - len(name)
                    again = pattern.match(normal.text, rest)
                    start, end = again.span() if again else (rest if " " in name else start, end)
                entry = Entry(normal.text[start:end].lower(), BRAND, self.app_head, "", "")
                yield Hit(start, end, (entry,))

    def _kind_of_place(self, name: str) -> Entry | None:
        """The kind at the end of a name that a place begins: 'HueIOC', 'QuangTri-LGSP'."""
        known = (entry for form, entry in self._placed if name.endswith(form))
        return next((entry for entry in known if _latin(name[: -len(entry.form)].strip("-")) in self.latin), None)
