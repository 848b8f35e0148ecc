"""The first words of a coined name alone: 'Sổ khỏe' for 'Sổ khỏe Quê Lúa', written with the same capital."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from kg.text import Normal

_FEWEST, _MOST = 2, 3
"""Words of such a half."""

T = TypeVar("T")


def halves(
    names: Iterable[tuple[str, T]], normal: Normal, known: Callable[[str], object]
) -> Iterator[tuple[int, int, T]]:
    """Where halves of names stand, and what they mean; nothing for a half of two names, or that stands in other names too.

    Args:
        names: coined names and what each means.
        normal: the document.
        known: whether words have a meaning of their own.

    """
    meant: dict[str, list[T]] = {}
    for name, system in names:
        if (half := _half(name)) and not known(half):
            found = meant.setdefault(half, [])
            if system not in found:
                found.append(system)
    for half, what in meant.items():
        if len(what) == 1:
            yield from ((start, end, what[0]) for start, end in _places(half, normal.text))


def _half(name: str) -> str:
    """The words before the second capital of a name; empty where they are too few or too many."""
    words = name.split()
    second = next((n for n, word in enumerate(words) if n and word[0].isupper()), 0)
    return " ".join(words[:second]) if _FEWEST <= second <= _MOST and words[0][0].isupper() else ""


def _places(half: str, text: str) -> list[tuple[int, int]]:
    """Where a half stands alone; nowhere, unless a sentence goes on with it somewhere, and no other name does."""
    found: list[tuple[int, int]] = []
    inside = False
    for match in re.finditer(rf"(?<!\w){re.escape(half)}(?!\w)", text):
        start, end = match.span()
        before = re.search(r"(\w+),? $", text[max(0, start - 30) : start])
        if before and before[1][0].isupper() and "," not in before[0]:
            return []
        if not text[end + 1 : end + 2].isupper():
            inside = inside or before is not None
            found.append((start, end))
    return found if inside else []
