"""What of a text says nothing: ends of lines that an editor wrapped, blanks beyond one, marks of bold print and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_WIDEST = 130
"""Characters of the longest line of a text that is wrapped at all."""
_NARROWEST = 40
_PROOFS = 3
"""Lines that end in mid-sentence, so many prove that a text is wrapped."""
_USUAL = 0.9
"""Share of the lines that are no longer than the width: a heading or an address may stand out."""
_FULL = 0.75
"""Share of the width that a wrapped line has at least."""
_SPREAD = 0.4
"""Share of the gaps of a line that are wide where it was spread to the margin; in a table fewer are."""
_GAP = re.compile(r"(?<=\S) +(?=\S)")
_MARKED = re.compile(r"\*\*+|\[(?=[^\]\n]{1,80}\]\(https?:)|(?<=\w)\]\(https?:[^)\s]{1,300}\)")
_ENDED = re.compile(r"[.!?:;…|]\W*$")
BULLETS = "-+*•·∙‣▪▫■□◆◇◦○●►▶»✓✔➢➤=>"
"""Characters that mark an item of a list, as a set of a regular expression."""
_BEGINS_ITEM = re.compile(
    rf"\s*(?:[{BULLETS}|\[(]|o\s|\d{{1,2}}(?:\.\d{{1,2}})*[.)/]?\s|[^\W\d_][.)]\s|[IVX]{{1,5}}[.)/]\s)"
)


class Idle(NamedTuple):
    """A stretch for which `enough`, a blank or nothing, is enough."""

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
    found.sort()
    return [one for n, one in enumerate(found) if not n or one.start >= found[n - 1].end]


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
