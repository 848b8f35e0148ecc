"""What a line says of the items below it: the value that headings leave behind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Dating
from kg.status import Claim

ITEM = re.compile(r"^\|?(?:[uUNtxnG]{1,5}:?)?W?S")
"""A line that names a system first, behind no more than a number or a status."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What a line says of the items below it."""

    refs: tuple[str, ...]
    """The one system."""
    sources: bool
    """Whether the items are the sources of the links; else they are the targets."""
    relation: str
    claim: Claim
    dating: Dating
    cue: tuple[int, int]
    depth: float
    end: int
    """Where the line ends."""
    item: re.Pattern[str] = ITEM
    """What an item looks like."""
    via: tuple[str, ...] = ()
    told: bool = False
    """Whether only items that state a status are linked."""
