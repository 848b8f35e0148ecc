"""Marks that part the cells of a row → bars: tabs, leaders, slashes, semicolons. Texts keep their length."""

from __future__ import annotations

import re

# Tabs between words part the cells of a table; so do leaders of dots, and slashes between blanks where a line holds two and more.
_TABS = re.compile(r"(?<=[^\s|])\t+(?=[^\s|])")
# Before the first words of a row each tab is a cell left blank.
_BLANK_CELLS = re.compile(r"^\t+(?=[^\s|][^\n]*\S\t+\S)", re.MULTILINE)
_LEADERS = re.compile(r"(?<= )\.{4,}(?= )")
_SLASHED = re.compile(r"^[^\n|]*? / [^\n|]*? / [^\n|]*$", re.MULTILINE)
# Semicolons part cells where three and more lines on end hold the same number of short ones.
_ROW = r"[^\n|;]{1,80}(?:;[^\n|;]{0,80})+[^\n|;.]$"
_LISTED = re.compile(rf"^{_ROW}(?:\n{_ROW}){{2,}}", re.MULTILINE)


def _celled(match: re.Match[str]) -> str:
    """The lines, their semicolons as bars where there are two and more in each, and as many in each."""
    counts = {line.count(";") for line in match.group().split("\n")}
    return match.group().replace(";", "|") if len(counts) == 1 and min(counts) > 1 else match.group()


def barred(text: str) -> str:
    """`text` with a bar wherever something parts two cells.

    >>> barred("một\\thai")
    'một|hai'
    """
    if "\t" in text:
        text = _BLANK_CELLS.sub(lambda m: "|" * len(m.group()), text)
        text = _TABS.sub(lambda m: "|" + " " * (len(m.group()) - 1), text)
    if " ...." in text:
        text = _LEADERS.sub(lambda m: "|" + " " * (len(m.group()) - 1), text)
    if " / " in text:
        text = _SLASHED.sub(lambda m: m.group().replace(" / ", " | "), text)
    if ";" in text:
        text = _LISTED.sub(_celled, text)
    return text
