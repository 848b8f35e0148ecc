"""What a sentence claims of the systems it names, whatever they are linked to: 'đang xây dựng X', 'X đã đóng'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ontology import Ontology
from kg.status import StatusReader
from kg.stream import Stream
from kg.text import any_of

_OWN = ("discontinued", "pilot", "in_progress", "planned", "ready")
"""Statuses a system itself may have, the more telling first."""
_PREDICATE = re.compile(r"[ubNtnxUhd]{1,5}")


class SystemStates:
    """Reads what is said of systems alone."""

    def __init__(self, ontology: Ontology, status: StatusReader) -> None:
        self._status = status
        self._building = frozenset(ontology.words["status.building"])
        self._task = re.compile(any_of(ontology.words["status.task"]))

    def claims(self, stream: Stream, mood: str | None, low: str) -> Iterator[tuple[str, str]]:
        """What a sentence claims of the systems it names: (id, status), where it claims anything of them alone."""
        for index, tag in enumerate(stream.tags):
            if tag != "S":
                continue
            status = self._predicate(stream, index) or self._built(stream, index, mood, low)
            if status:
                yield from ((ref, status) for ref in stream.chunks[index].refs)

    def _predicate(self, stream: Stream, index: int) -> str | None:
        """What is said behind a system: 'đang được xây dựng', 'đã đóng'; nothing where a link follows."""
        run = _PREDICATE.match(stream.tags, index + 1)
        if run is None or stream.tags[run.end() : run.end() + 1] in tuple("CGYXMLE"):
            return None
        if index and stream.tags[index - 1] in "WIFTQBo":
            return None
        signals = self._status.signals(stream, index + 1, run.end())
        grave = next((s for s in _OWN if s in signals), None)
        return grave or ("operational" if "operational" in signals else None)

    def _built(self, stream: Stream, index: int, mood: str | None, low: str) -> str | None:
        """What is said in front: 'đang xây dựng X', 'sẽ triển khai X', 'Xây dựng X' among tasks."""
        if not index or stream.tags[index - 1] != "h" or stream.chunks[index - 1].low not in self._building:
            return None
        start = index - 1
        while start and stream.tags[start - 1] in "ubNtnx" and index - start < 5:
            start -= 1
        signals = self._status.signals(stream, start, index)
        grave = next((s for s in _OWN if s in signals), None)
        if grave or "operational" in signals:
            return grave or "operational"
        return "planned" if mood == "planned" or self._task.search(low) else None
