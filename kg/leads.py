"""Lines that introduce lists: what their items complete."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.layout import Unit
from kg.stream import Chunk, tags_of

_OPEN = re.compile("[CGYXML][^S;.]*:$")
_GOES_ON = re.compile("(?P<whom>[uk]*[WIF][lxoOnRTd]+)(?:,?Q[^:]*)?:$")
"""Tags of a line whose verb still wants to know with what, and of one that says no more than with whom, and which way."""
_LEAD = re.compile(r"[CGYXMLEhjpg][^S]*:$|R[^S]*[CGYM][^S]*[WI]S[^S]*:$")
"""Tags of a line whose items are what it is about: the verb still wants an object, or a class of systems is its subject."""
_COMPLETES = re.compile(r"[lu]?S(?:[,;.:(Q]|$)")
"""Tags of an item that begins with a system."""
_OPENING = 8
"""Chunks of an item that tell."""


class Leads:
    """The introducing lines of one document."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Chunk]] = {}
        """Chunks of each, by the place where it ends."""

    def keep(self, unit: Unit, row: list[Chunk]) -> None:
        """Keep a line; one that only goes on from another, '- Với các bộ, qua NDXP:', with that before it."""
        lead = self._rows.get(unit.intro[1], []) if unit.intro else []
        part = _GOES_ON.match(tags_of(row))
        goes_on = part is not None and _OPEN.search(tags_of(lead)) is not None
        self._rows[unit.end] = [*lead[:-1], *row[: part.end("whom")], row[-1]] if part and goes_on else row

    def of(self, unit: Unit, item: Sequence[Chunk]) -> list[Chunk]:
        """Chunks of the introducing line that an item beginning with a system completes; none where it does not."""
        lead = self._rows.get(unit.intro[1], []) if unit.intro else []
        completes = _LEAD.search(tags_of(lead)) and _COMPLETES.match(tags_of(item[:_OPENING]))
        return lead if completes else []
