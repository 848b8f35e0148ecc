"""Normalised text with a map back to raw offsets; lines and sentences.

Matching wants one spelling; evidence wants the file's own. `normalise` gives both: a text in which Unicode forms, tone
placement and look-alike characters are one, and the raw offset of each of its characters.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.cellmarks import barred
from kg.spacing import BULLETS, without_idle

_DROPPED = "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SAME = {
    **dict.fromkeys("ÐƉ", "Đ"),
    "\u00f0": "đ",
    **dict.fromkeys("\xa0\u2007\u202f\u2002\u2003\u2009\u3000\t\x0b\x0c", " "),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("“”„«»″", '"'),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("\u2028\u2029\x85\r", "\n"),
}
_DROP_OR_COMBINE = re.compile(f"[{_DROPPED}]")
_MARKS = "\u0300\u0301\u0309\u0303\u0323"
# The tone mark of an open oa, oe, uy moves to the first vowel (old placement); never after q, where u is no vowel.
_TONE_PAIR = re.compile(r"[oOuU](?<![qQ].)[àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?!\w)")

# Syllables written with i or y: kĩ or kỹ, quí or quý.
_Y = {
    one: other
    for small in (("kĩ", "kỹ"), ("kí", "ký"), ("lí", "lý"), ("quí", "quý"), ("qui", "quy"))
    for one, other in (small, tuple(map(str.capitalize, small)), tuple(map(str.upper, small)))
}


def _tone_table() -> dict[str, str]:
    table = {}
    for first, second in ("oa", "oe", "uy", "OA", "OE", "UY", "Oa", "Oe", "Uy"):
        for mark in _MARKS:
            new = first + unicodedata.normalize("NFC", second + mark)
            table[new] = unicodedata.normalize("NFC", first + mark) + second
    return table


_TONES = _tone_table()


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in one spelling. `text` keeps case, `low` does not; both have equal length."""

    text: str
    low: str
    offsets: array[int] | None
    """Raw offset of each character and, last, the raw length; None where offsets are equal."""
    shift: int = 0
    """Raw offset of the first character where `offsets` is None."""
    ends: array[int] | None = None
    """Raw offset behind each character where some of the raw text stands for none; else the next one's begins there."""

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the stretch `[start, end)`, `start < end`."""
        if self.offsets is None:
            return start + self.shift, end + self.shift
        return self.offsets[start], self.ends[end - 1] if self.ends else self.offsets[end]


def normalise(raw: str, start: int = 0) -> Normal:
    """The text from raw offset `start` on in one spelling: NFC, one tone placement, plain blanks, dashes and quotes.

    Applying it to its own result changes nothing.

    >>> normalise("Hoà Bình \\u00d0à Bắc").low
    'hòa bình đà bắc'
    """
    body = raw[start:] if start else raw
    offsets: array[int] | None = None
    if not unicodedata.is_normalized("NFC", body) or _DROP_OR_COMBINE.search(body):
        body, offsets = _compose(body, start)
    text = barred(body.replace("\r\n", " \n"))
    for char, same in _SAME.items():
        text = text.replace(char, same)
    text, begins, ends = without_idle(text, offsets or range(start, start + len(text) + 1))
    text = _ONE_Y.sub(lambda m: _Y[m.group()], text)
    text = _TONE_PAIR.sub(lambda m: _TONES.get(m.group(), m.group()), text)
    return Normal(text, _lower(text), begins if ends else offsets, start, ends)


def _compose(body: str, start: int) -> tuple[str, array[int]]:
    """NFC cluster by cluster, zero-width characters left out, with the raw offset of each character."""
    out: list[str] = []
    offsets = array("q")
    index, length = 0, len(body)
    while index < length:
        stop = index + 1
        while stop < length and (unicodedata.combining(body[stop]) or body[stop] in _DROPPED):
            stop += 1
        cluster = unicodedata.normalize("NFC", "".join(c for c in body[index:stop] if c not in _DROPPED))
        for char in cluster:
            out.append(char)
            offsets.append(start + index)
        index = stop
    offsets.append(start + length)
    return "".join(out), offsets


def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_FOLD = {ord("đ"): "d", ord("Đ"): "d"}
_MARKED = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""The marks of Vietnamese and its neighbours: most that combine, and cheap to take out."""


def _plain_letters() -> dict[int, str]:
    """Letters of Vietnamese and its neighbours → the letters without their marks; signs as `normalise` writes them."""
    table = {sign: plain for sign, plain in _SAME.items() if plain.isascii() and sign != "\t"}
    for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))):
        parts = unicodedata.normalize("NFD", letter)
        if parts[0].isascii() and all(map(unicodedata.combining, parts[1:])):
            table[letter] = parts[0]
    strokes = [sign for sign, letter in _SAME.items() if ord(letter) in _FOLD]
    return {ord(letter): plain for letter, plain in table.items()} | _FOLD | {ord(sign): "d" for sign in strokes}


_PLAIN = _plain_letters()


def fold(text: str) -> str:
    """Lower case without diacritics, single blanks: for names typed without marks and for slugs.

    >>> fold("Cổng  DVC Đắk Lắk")
    'cong dvc dak lak'
    """
    plain = text.translate(_PLAIN)
    if plain.isascii() and "\t" not in plain:
        return " ".join(plain.lower().split())
    low = normalise(text).low.translate(_FOLD)
    bare = _MARKED.sub("", unicodedata.normalize("NFD", low))
    if not bare.isascii():
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(bare.split())


def slug(text: str, limit: int = 60) -> str:
    """Letters, digits and single hyphens, at most `limit` characters, cut at a hyphen where there is one.

    >>> slug("Cơ sở dữ liệu hộ tịch")
    'co-so-du-lieu-ho-tich'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(plain) <= limit:
        return plain
    cut = plain[:limit].rsplit("-", 1)[0]
    return cut or plain[:limit]


def any_of(words: Iterable[str], *, blank: str = " ", apart: bool = False) -> str:
    """Pattern of any of `words`, the longest where several fit; however many they are, each letter is looked at once.

    Args:
        words: as they are spelt.
        blank: pattern of the blanks between their parts.
        apart: whether they must begin where a word does: looked at last, so that a search passes quickly over the rest.

    >>> any_of(["ab", "ac", "abd"])
    'a(?:b(?:d|)|c)'

    """
    letters: _Letters = {}
    for word in words:
        node = letters
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return "|".join(_branches(letters, blank, 0 if apart else None)) or "(?!)"


_Letters = dict[str, "_Letters"]
"""What may follow each letter; '' where a word ends."""


def _branches(letters: _Letters, blank: str, depth: int | None) -> Iterator[str]:
    """Patterns of what may follow, the end of the word last; `depth`: letters before, where the start is to be looked at."""
    for letter, more in sorted(letters.items(), key=lambda item: (not item[0], item[0])):
        if letter:
            below = list(_branches(more, blank, None if depth is None else depth + 1))
            rest = below[0] if len(below) == 1 else f"(?:{'|'.join(below)})"
            yield (blank if letter == " " else re.escape(letter)) + rest
        else:
            yield rf"(?<!\w(?s:.{{{depth}}}))" if depth else ""


_ONE_Y = re.compile(rf"(?:{any_of(_Y, apart=True)})(?!\w)")


class Line(NamedTuple):
    """A line of a text: offsets in the normalised text, marker and indent of a list item, share of capitals."""

    start: int
    end: int
    indent: int
    marker: str
    """'-', '•', '1.', 'a)', 'II.' …; '' for none."""
    content: int
    """Offset after the marker."""


_MARKER = re.compile(
    rf"(?P<indent>\s*)(?P<marker>(?:[{BULLETS}]+|o)\s"
    r"|\[(?:[ xX]?|\d{1,2})\]\s*|(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)/]?|[a-zđ]\)|[IVX]{1,5}[.)/]|[A-Z]{1,4}-?\d+(?:\.\d+)*\.?(?: \([A-Z]\))?)\s+(?=\S))?"
)


def lines(normal: Normal) -> Iterator[Line]:
    """The lines that hold anything, in order."""
    position = 0
    for piece in normal.text.split("\n"):
        end = position + len(piece)
        if piece.strip():
            match = _MARKER.match(piece)
            assert match is not None
            marker, rest = (match.group("marker") or "").strip(), match.end()
            marker = "•" if marker == "o" else marker  # as word processors draw it
            counted = marker.isdigit() or (marker[:1].isupper() and marker[-1:].isdigit())
            if counted and piece[rest : rest + 1].islower():
                marker, rest = "", match.end("indent")  # a sentence about 'HT1', or '21 sở'
            yield Line(position, end, len(match.group("indent")), marker, position + rest)
        position = end + 1


# A full stop ends a sentence when a blank and a capital, digit, quote or bracket follow and it closes no abbreviation.
_POINTS = re.compile("[.!?…]+")
_STOP = re.compile(r"(?<![\d.])\.{1,3}(?=\s)|(?<![.!?…])[.!?…]++[\"')\]]*+(?=\s)|…(?=\s)")


def sentences(normal: Normal, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Sentences of the stretch, as offsets; semicolons and colons do not end one."""
    text = normal.text
    begin = start
    for match in _stops(text, start, end):
        follow = match.end()
        while follow < end and text[follow].isspace():
            follow += 1
        if follow >= end or (text[follow].islower() and not text[follow + 1 : follow + 2].isupper()):
            continue
        if match.group() == "." and _abbreviated(normal, begin, match.start(), abbreviations):
            continue
        yield begin, match.end()
        begin = follow
    if text[begin:end].strip():
        yield begin, end


def _stops(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where `_STOP` matches: tried at points only, which are few."""
    free = start
    for points in _POINTS.finditer(text, start, end):
        for place in range(points.start(), points.end()):
            if place >= free and (match := _STOP.match(text, place, end)):
                free = match.end()
                yield match


def _abbreviated(normal: Normal, begin: int, stop: int, abbreviations: frozenset[str]) -> bool:
    word_start = stop
    while word_start > begin and not normal.text[word_start - 1].isspace():
        word_start -= 1
    word = normal.low[word_start:stop].strip("(\"'")
    first = word_start == begin
    return word in abbreviations or (first and (len(word) == 1 or word.isdigit()))


def alternation(words: Iterable[str], *, apart: bool = False) -> re.Pattern[str]:
    """Pattern of any of `words`, the longest first, up to a word's end; `apart`: and from a word's start."""
    return re.compile(rf"(?:{any_of(words, apart=apart)})(?!\w)")
