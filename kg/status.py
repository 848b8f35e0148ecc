"""What a clause claims: done, planned, denied … and when. ConText-like: cues have a scope, the nearer and graver one wins.

After the trigger-scope-terminator method of ConText (Harkema, Dowling, Thornblade and Chapman, 2009): a cue speaks for the
clause it stands in; a comma that opens a new clause, a semicolon and the next link end its scope.
"""

from __future__ import annotations

import re
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


_NOT_OURS = re.compile(r"[ubtnN]*[xRdO]")
"""A negation right before another word than the link's verb denies that word."""


class StatusReader:
    """Reads status and dates of clauses."""

    def __init__(self, ontology: Ontology) -> None:
        self._repair = re.compile("|".join(map(re.escape, ontology.words["status.repaired"])))
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
        far = self._signals(stream, 0, verb)
        if grave is None and "planned" in far:
            return Claim("planned", True)
        if grave is None and earlier is not None and earlier.stated and self._coordinated(stream, verb):
            return earlier
        if grave == "operational":
            return Claim("planned" if "planned" in far and mood == "planned" else "operational", True)
        return Claim(mood or "operational", False)

    def _near(self, stream: Stream, verb: int, end: int) -> list[str]:
        start = self._clause_start(stream, verb)
        stop = end
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
