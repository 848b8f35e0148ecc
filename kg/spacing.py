"""What of a text says nothing: ends of lines that an editor wrapped, blanks beyond one or amiss, marks of bold print, links and
footnotes, numbers of pages in mid-sentence."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_WIDEST = 130
"""Characters of the longest line of a text that is wrapped at all."""
_NARROWEST = 40
_PROOFS = 3
"""Lines that end in mid-sentence, so many prove that a text is wrapped."""
_USUAL = 0.9
"""Share of the lines that are no longer than the width: a heading or an address may stand out."""
_LAYERS = 8
"""How often what is idle is taken out: each time what stood around it may become so."""
_FULL = 0.75
"""Share of the width that a wrapped line has at least."""
_SPREAD = 0.4
"""Share of the gaps of a line that are wide where it was spread to the margin; in a table fewer are."""
_GAP = re.compile(r"(?<=\S) +(?=\S)")
_MARKED = re.compile(r"\*\*+|\[(?=[^\]\n]{1,80}\]\(https?:)|(?<=\w)\]\(https?:[^)\s]{1,300}\)")
_RAISED = "¹²³⁰⁴-⁹"
_CROWDED = re.compile(rf"[,;:](?<=[^\W\d_{_RAISED}].)(?=[^\W\d_])")
_ENDED_CROWDED = re.compile(r"\.(?<=[^\W\d_]{2}.)(?=([^\W\d_])[^\W\d_]*[ ,])")
"""Commas, and stops, between two words without a blank."""
_SHORT_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,7}$")
_VOWELS = frozenset("aeiouy")
_SURELY_LOOSE = re.compile(r"[,;.](?<= .)")
"""A comma or a stop behind a blank, without which none is loose: a search passes over the rest faster. So with the next two."""
_LOOSE = re.compile(r"(?<=[\w)\]\"]) +(?=[,;.](?:\s|$))")
"""A blank in front of a comma or a stop."""
_NOTE = re.compile(rf"(?<=[^\W\d_])(?: ?\[\d{{1,3}}\]| \(\d{{1,2}}\)|[{_RAISED}])+(?= ?[,;.](?:\s|$))")
"""The number of a footnote in front of a comma or a stop."""
_SURELY_NOTE = re.compile(rf"[\]){_RAISED}](?:(?<=\d.)|(?<=[{_RAISED}])) ?[,;.]")
_KEYED = re.compile(r"^\[\d{1,3}\] \S", re.MULTILINE)
"""A line that gives what it names a number in brackets, by which other lines may mean it."""
_PAGE = re.compile(r"(?<=[\w,]) *\n\s*-? ?\d{1,3} ?-?\s*\n\s*(?=([^\W\d_]))")
"""The number of a page in mid-sentence."""
_SURELY_PAGE = re.compile(r"\n[^\S\n]*-? ?\d{1,3} ?-?[^\S\n]*\n")
_SUSPECT = re.compile(rf"\n|  |[,;:.*\[{_RAISED}]")
"""What a text holds in which anything is idle: names hold none of it."""
_ENDED = re.compile(r"[.!?:;…|]\W*$")
BULLETS = "-+*•·∙‣▪▫■□◆◇◦○●►▶»✓✔➢➤=>"
"""Characters that mark an item of a list, as a set of a regular expression."""
_BEGINS_ITEM = re.compile(
    rf"\s*(?:[{BULLETS}|\[(]|o\s|\d{{1,2}}(?:\.\d{{1,2}})*[.)/]?\s|[^\W\d_][.)]\s|[IVX]{{1,5}}[.)/]\s)"
)


class Idle(NamedTuple):
    """A stretch for which `enough`, a blank or nothing, is enough; an empty one where a blank is missing."""

    start: int
    end: int
    enough: str


def idle(text: str) -> list[Idle]:
    """Stretches of `text` that say no more than a blank or nothing, in order, without overlap.

    >>> idle("hai  chỗ **đậm**")
    [Idle(start=3, end=5, enough=' '), Idle(start=9, end=11, enough=''), Idle(start=14, end=16, enough='')]
    """
    found = list(_wrapped(text))
    if "  " in text:
        found += (gap for line in re.finditer(r"[^\n]+", text) if "  " in line.group() for gap in _wide(line))
    if "**" in text or "](" in text:
        found += (Idle(*match.span(), "") for match in _MARKED.finditer(text))
    found += _amiss(text)
    found.sort()
    return [one for n, one in enumerate(found) if not n or one.start >= found[n - 1].end]


def without_idle(text: str, offsets: Sequence[int]) -> tuple[str, array[int] | None, array[int] | None]:
    """The text without what is idle, nor what is so once that is gone.

    Args:
        text: the text.
        offsets: raw offset of each of its characters and, last, the raw length.

    Returns:
        The text, and where each of its characters begins (and, last, the raw length) and ends in the raw text: None and None
        where the text stays as it is, nothing in it being idle or there being no end of it.

    """
    clean, begins, ends = text, None, None
    if not _SUSPECT.search(text):
        return text, None, None
    for _ in range(_LAYERS):
        if not (stretches := idle(clean)):
            return clean, begins, ends
        if begins is None or ends is None:
            begins, ends = array("q", offsets), array("q", offsets[1:])
        clean, begins, ends = _without(clean, stretches, begins, ends)
    return text, None, None


def _without(
    text: str, stretches: Sequence[Idle], starts: array[int], stops: array[int]
) -> tuple[str, array[int], array[int]]:
    out: list[str] = []
    begins, ends = array("q"), array("q")
    position = 0
    for start, end, enough in stretches:
        out += text[position:start], enough
        behind = stops[end - 1]
        begins += starts[position:start] + array("q", [min(starts[start], behind)]) * len(enough)
        ends += stops[position:start] + array("q", [behind]) * len(enough)
        position = end
    out.append(text[position:])
    return "".join(out), begins + starts[position:], ends + stops[position:]


def _amiss(text: str) -> Iterator[Idle]:
    """Blanks that are missing or too many around commas and stops, numbers of notes and of pages."""
    for sure, pattern in ((_SURELY_LOOSE, _LOOSE), (_SURELY_NOTE, _NOTE)):
        if sure.search(text) and not (pattern is _NOTE and _KEYED.search(text)):
            yield from (Idle(*match.span(), "") for match in pattern.finditer(text))
    if _SURELY_PAGE.search(text):
        for match in _PAGE.finditer(text):
            if match[1].islower():
                yield Idle(*match.span(), " ")
    for match in _CROWDED.finditer(text):
        yield Idle(match.end(), match.end(), " ")
    for match in _ENDED_CROWDED.finditer(text):
        word = _SHORT_WORD.search(text, max(match.start() - 8, 0), match.start())
        if word and match[1].isupper() and _spoken(word.group()):
            yield Idle(match.end(), match.end(), " ")


def _spoken(word: str) -> bool:
    """Whether a word is one that can be spoken, in small letters."""
    return word.islower() and not (word.isascii() and _VOWELS.isdisjoint(word))


def _wide(line: re.Match[str]) -> Iterator[Idle]:
    """Gaps of a line that are wider than they need be: of two blanks, or wider ones where the whole line is spread."""
    gaps = [match.span() for match in _GAP.finditer(line.group())]
    wide = [(start, end) for start, end in gaps if end - start > 1]
    spread = len(wide) > 2 and len(wide) >= _SPREAD * len(gaps)
    for start, end in wide:
        if spread or end - start == 2:
            yield Idle(line.start() + start, line.start() + end, " ")


def _wrapped(text: str) -> Iterator[Idle]:
    """Line ends, with the indent behind them, at which a sentence goes on because the line was full."""
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line and "|" not in line)
    width = lengths[int((len(lengths) - 1) * _USUAL)] if lengths else 0
    if not _NARROWEST <= width <= _WIDEST:
        return
    goes_on: list[Idle] = []
    proofs = position = 0
    for line, behind in pairwise(lines):
        end = position + len(line.rstrip())
        position += len(line) + 1
        word = behind.split(maxsplit=1)[:1]
        full = word and end - position + len(line) + 2 + len(word[0]) > width * _FULL
        if full and "|" not in line + behind and not _ENDED.search(line) and not _BEGINS_ITEM.match(behind):
            proofs += word[0][0].islower() or (line.isupper() and behind.isupper())
            goes_on.append(Idle(end, position + len(behind) - len(behind.lstrip()), " "))
    if proofs >= _PROOFS:
        yield from goes_on
