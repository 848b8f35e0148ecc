"""Clauses that tell of no link though they name one: conditions and questions of time, 'nếu A nối được với B, …'."""

from __future__ import annotations

import re

from kg.ontology import Ontology
from kg.stream import Stream
from kg.text import any_of

_OPENING = frozenset(",;:.|")
"""Tags behind which a clause begins."""
_AT_ONCE = 3
"""Chunks within which a clause says so."""


class Unreal:
    """Knows the words that open such clauses."""

    def __init__(self, ontology: Ontology) -> None:
        opened, real = (any_of(ontology.words[f"relate.{name}"]) for name in ("supposing", "granting"))
        self._supposing = re.compile(rf"(?!(?:{real})(?!\w))(?:{opened})(?!\w)")

    def told(self, stream: Stream, verb: int) -> bool:
        """Whether the clause of the verb at index `verb` only supposes, or asks when."""
        start = verb
        while start and stream.tags[start - 1] not in _OPENING:
            start -= 1
        opening = stream.chunks[start : min(verb, start + _AT_ONCE)]
        return any(chunk.tag in "xyu" and self._supposing.match(chunk.low) for chunk in opening)
