"""When a claim holds: the date that its sentence names nearest, else the document's."""

from __future__ import annotations

import re

from kg.model import Dating
from kg.ontology import Ontology
from kg.text import any_of


def _later_than(value: str, document_date: str | None) -> bool:
    """Whether a date, as far as it is known, lies after the document's."""
    if document_date is None:
        return False
    value, document_date = _month(value), _month(document_date)
    known = min(len(value), len(document_date))
    return value[:known] > document_date[:known]


def _month(date: str) -> str:
    """A quarter as its first month, to compare with."""
    return re.sub(r"Q(\d)", lambda quarter: f"{3 * int(quarter[1]) - 2:02}", date)


class DateReader:
    """Reads the dates of claims."""

    def __init__(self, ontology: Ontology) -> None:
        patterns = ontology.tables["status.dates"]
        then, tail = (any_of(ontology.words[f"status.only_then{end}"]) for end in ("", "_tail"))
        only = rf"(?!\w)(?: [^\s,;.]+){{0,4}}? (?:{then})(?: (?:{tail}))?\s*$"
        self._not_before = [re.compile(rf"(?<!\w){p}{only}") for p in ontology.tables["status.not_before"]]
        self._to_come = re.compile(rf"(?<!\w)(?:{any_of(ontology.words['status.to_come'])}){only}")
        self._year = re.compile(ontology.tables["status.patterns"]["year"])
        self._dates = [re.compile(p) for p in patterns]
        self._quarters = {name: n for n, name in enumerate(("i", "ii", "iii", "iv"), 1)}
        self._quarters |= {str(n): n for n in range(1, 5)}

    def dating(self, low: str, status: str, document_date: str | None, at: int) -> Dating:
        """The date a sentence names for its claim, else the document's. `at`: offset of the verb in `low`."""
        value = self._nearest(low, at, document_date)
        if value is None:
            return Dating(document_date, "document")
        if status == "planned":
            return Dating(document_date, "document", value)
        if _later_than(value, document_date):
            return Dating(document_date, "document")
        return Dating(value, "text")

    def future(self, low: str, at: int, document_date: str | None) -> bool:
        """Whether the sentence dates its claim after the document."""
        value = self._nearest(low, at, document_date)
        return value is not None and _later_than(value, document_date)

    def not_before(self, low: str, document_date: str | None) -> bool:
        """Whether the words before a verb, `low`, put it off: 'đến quý III mới (nối)', said before that quarter."""
        if self._to_come.search(low):
            return True
        found = (self._value(match, document_date) for p in self._not_before if (match := p.search(low)))
        return any(value is not None and _later_than(value, document_date) for value in found)

    def _nearest(self, low: str, at: int, document_date: str | None) -> str | None:
        if not self._year.search(low):
            return None
        found = []
        matches = [m for p in self._dates for m in p.finditer(low)]
        for match in matches:
            if any(o is not match and o.start() <= match.start() and match.end() <= o.end() for o in matches):
                continue
            value = self._value(match, document_date)
            if value:
                found.append((abs(match.start() - at), match.start() - match.end(), value))
        nearest = min(found, default=None)
        return nearest[2] if nearest and nearest[0] <= 160 else None

    def _value(self, match: re.Match[str], document_date: str | None) -> str | None:
        parts = {k: v for k, v in match.groupdict().items() if v}
        year = parts.get("y") or (document_date[:4] if document_date else None)
        if year is None:
            return None
        if "next" in parts:
            year = str(int(year) + 1)
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
