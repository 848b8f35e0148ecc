"""What a clause claims: done, planned, denied … and when. ConText-like: cues have a scope, the nearer and graver one wins.

After the trigger-scope-terminator method of ConText (Harkema, Dowling, Thornblade and Chapman, 2009): a cue speaks for the
clause it stands in; a comma that opens a new clause, a semicolon and the next link end its scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.clauses import VERBS, Stream
from kg.model import Dating
from kg.ontology import Ontology
from kg.vocab import STATUSES

_GRAVITY = ("suspended", "discontinued", "absent", "planned", "pilot", "ready", "in_progress", "operational")
"""Of several cues of one clause the first of these counts; a plan outranks what it plans."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Status of a clause, and whether the clause itself says so."""

    status: str
    stated: bool


def _semicolon(tags: str, start: int) -> int:
    place = tags.find(";", start)
    return place if place >= 0 else len(tags)


_NOT_OURS = re.compile(r"[ubtnN]*[xRdO]")
"""A negation right before another word than the link's verb denies that word."""


_OWN = ("discontinued", "pilot", "in_progress", "planned", "ready")
"""Statuses a system itself may have, the more telling first."""
_PREDICATE = re.compile(r"[ubNtnxUhd]{1,5}")


class StatusReader:
    """Reads status and dates of clauses."""

    def __init__(self, ontology: Ontology) -> None:
        self._repair = re.compile("|".join(map(re.escape, ontology.words["status.repaired"])))
        self._task = re.compile("|".join(map(re.escape, ontology.words["status.task"])))
        self._building = frozenset(ontology.words["status.building"])
        patterns = ontology.tables["status.dates"]
        self._dates = [re.compile(p) for p in patterns]
        self._quarters = {name: n for n, name in enumerate(("i", "ii", "iii", "iv"), 1)}
        self._quarters |= {str(n): n for n in range(1, 5)}

    def claim(self, stream: Stream, verb: int, end: int, earlier: Claim | None, mood: str | None, low: str) -> Claim:
        """Claim of the link whose verb is at index `verb` and whose complement ends before index `end`."""
        near = self._near(stream, verb, end)
        grave = self._gravest(near)
        if grave in ("suspended", "discontinued") and self._repair.search(low):
            return Claim("operational", True)
        if grave == "absent" and "planned" in near and self._after(stream, verb, "planned", end):
            return Claim("planned", True)
        if grave is not None and grave != "operational":
            return Claim(grave, True)
        far = self._signals(stream, 0, verb) + self._signals(stream, end, _semicolon(stream.tags, end))
        if grave is None and "planned" in far:
            return Claim("planned", True)
        if grave is None and earlier is not None and earlier.stated and self._coordinated(stream, verb):
            return earlier
        if grave == "operational":
            return Claim("planned" if "planned" in far and mood == "planned" else "operational", True)
        return Claim(mood or "operational", False)

    def _near(self, stream: Stream, verb: int, end: int) -> list[str]:
        start = self._clause_start(stream, verb)
        stop = end + 1 if stream.tags[end : end + 1] == ":" else end
        while stop < len(stream.tags) and stream.tags[stop] not in ",;:." + VERBS.replace("U", ""):
            stop += 1
        return self._signals(stream, start, stop)

    @staticmethod
    def _clause_start(stream: Stream, verb: int) -> int:
        index = verb - 1
        while index >= 0 and stream.tags[index] not in ",;:" and not (stream.tags[index] in VERBS.replace("U", "").replace("h", "")):
            index -= 1
        return index + 1

    @staticmethod
    def _signals(stream: Stream, start: int, stop: int) -> list[str]:
        return [
            c.signals for i, c in enumerate(stream.chunks[start:stop], start)
            if c.signals in STATUSES and not (c.tag == "N" and _NOT_OURS.match(stream.tags, i + 1))
        ]

    @staticmethod
    def _gravest(signals: list[str]) -> str | None:
        return next((s for s in _GRAVITY if s in signals), None)

    @staticmethod
    def _after(stream: Stream, verb: int, status: str, end: int) -> bool:
        return any(c.signals == status for c in stream.chunks[verb:end + 6])

    @staticmethod
    def _coordinated(stream: Stream, verb: int) -> bool:
        return re.search(r"[,A;][ubtn]*$", stream.tags[:verb]) is not None

    def system_claims(self, stream: Stream, mood: str | None, low: str) -> Iterator[tuple[str, str]]:
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
        signals = self._signals(stream, index + 1, run.end())
        grave = next((s for s in _OWN if s in signals), None)
        return grave or ("operational" if "operational" in signals else None)

    def _built(self, stream: Stream, index: int, mood: str | None, low: str) -> str | None:
        """What is said in front: 'đang xây dựng X', 'sẽ triển khai X', 'Xây dựng X' among tasks."""
        if not index or stream.tags[index - 1] != "h" or stream.chunks[index - 1].low not in self._building:
            return None
        start = index - 1
        while start and stream.tags[start - 1] in "ubNtnx" and index - start < 5:
            start -= 1
        signals = self._signals(stream, start, index)
        grave = next((s for s in _OWN if s in signals), None)
        if grave or "operational" in signals:
            return grave or "operational"
        return "planned" if mood == "planned" or self._task.search(low) else None

    def dating(self, low: str, status: str, document_date: str | None, at: int) -> Dating:
        """The date a sentence names for its claim, else the document's. `at`: offset of the verb in `low`."""
        found = []
        for match in (m for p in self._dates for m in p.finditer(low)):
            value = self._value(match, document_date)
            if value:
                found.append((abs(match.start() - at), -match.end() + match.start(), value))
        nearest = min(found, default=None)
        future = status in ("planned",)
        if nearest is None or nearest[0] > 160:
            return Dating(document_date, "document")
        value = nearest[2]
        if future:
            return Dating(document_date, "document", value)
        if document_date and value[:4] > document_date[:4] or document_date and value > document_date and len(value) == len(document_date):
            return Dating(document_date, "document")
        return Dating(value, "text")

    def _value(self, match: re.Match[str], document_date: str | None) -> str | None:
        parts = {k: v for k, v in match.groupdict().items() if v}
        year = parts.get("y") or (document_date[:4] if document_date else None)
        if year is None:
            return None
        if "q" in parts:
            quarter = self._quarters.get(parts["q"])
            return f"{year}-Q{quarter}" if quarter else None
        if "m" not in parts:
            return year
        month = int(parts["m"])
        if not 1 <= month <= 12:
            return None
        if "d" not in parts:
            return f"{year}-{month:02}"
        return f"{year}-{month:02}-{int(parts['d']):02}" if 1 <= int(parts["d"]) <= 31 else None
