"""Where a document is at home and when it speaks: its province or agency, with the clue that told, and its date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.lexicon import AGENCY, PLACE, Hit, Lexicon
from kg.marks import strip_marks
from kg.model import Document
from kg.ontology import Concept, Ontology
from kg.text import Line, Normal, alternation, any_of

_DAY = re.compile(r"(?P<d>\d(?<!\d\d)\d?)\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d\d)(?!\d)")
_MONTH = re.compile(r"(?P<m>\d(?<!\d\d)\d?)\s?[/.-]\s?(?P<y>(?:19|20)\d\d)(?!\d)")
_PHONE = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[ .-]?\d[\d .-]{5,9}\d(?!\d)")
_NEAR = 200
"""Characters before a date that say what kind of date it is: a text may be one line of many megabytes."""
_LONGEST_HEAD = 2000
"""Characters within which a letterhead stands."""
_OPENING = re.compile(r"(?:^|\n)\s*$")
_HEAD_SHARE = 4
"""The head of a document is this part of its lines, at least ten."""
_SITE, _LONGEST_NAME = ".gov.vn", 40
"""End of the addresses of authorities, and characters before it that may name one."""
_BRAND = re.compile(r"(?<![\w.-])(?:[A-Z][a-z]+)+(?=[A-Z]|-[A-Z])")
"""How the name of a system begins that is called after a place: 'HueIOC', 'CaMau-G'."""
_LAST_WORD = re.compile(r"\w+\Z")
_YEAR = re.compile(r"(?:19|20)\d\d")
"""What every date names."""
_FIGURES = re.compile(r"[/.-]\s?(?:19|20)\d\d")
"""How every date in figures ends."""


@dataclass(frozen=True, slots=True)
class Home:
    """What "của tỉnh" and "của Bộ" mean in a document."""

    place: Concept | None
    agency: Concept | None
    clue: str
    date: str | None

    @property
    def scope(self) -> str:
        """The scope of its own systems, '' where it is nowhere at home."""
        if self.place:
            return name_at(self.place, self.date)[1]
        return self.agency.label() if self.agency else ""


def name_at(place: Concept, date: str | None) -> tuple[str, str]:
    """Kind and name that a province had on a date: 'tỉnh', 'Thừa Thiên Huế' until 2025."""
    earlier, renamed = place.one("earlierName"), place.one("renamedOn")
    if earlier and renamed and date and date < renamed:
        kind, _, name = earlier.partition(" ")
        return kind, name
    return place.one("kind") or "", place.label()


class Context:
    """Finds the home and date of documents."""

    def __init__(self, ontology: Ontology, lexicon: Lexicon) -> None:
        self.ontology = ontology
        self.lexicon = lexicon
        words, patterns = ontology.words, ontology.tables["context.patterns"]
        self._provinces = [c for c in ontology.of_class("AdministrativeUnit") if c.one("kind") and c.all("gsoCode")]
        self._codes: dict[str, list[Concept]] = {}
        for place in self._provinces:
            for code in place.all("areaCode"):
                self._codes.setdefault(code, []).append(place)
        self._sites = [
            (compact, place.label())
            for place in self._provinces
            if (compact := place.labels.get("en", "").lower().replace(" ", "").replace("-", ""))
        ]
        self._seats = frozenset(ontology.tables["context.seats"])
        self._inspectors = frozenset(ontology.tables["context.inspectors"])
        self._unit_word = re.compile(rf"(?:{any_of(words['context.province_words'])})(?= )")
        self._unit_before = re.compile(rf"(?<!\w)(?:{any_of(words['context.province_words'])})$")
        self._long_day = re.compile(patterns["long_day"])
        self._long_month = re.compile(patterns["long_month"])
        self._cited, self._weekday, self._signed, self._published, self._deadline = (
            re.compile(patterns[name]) for name in ("cited", "weekday", "signed", "published", "deadline")
        )
        self._year, self._horizon = re.compile(patterns["year"]), re.compile(patterns["horizon"])
        self._companies = alternation(words["names.own_orgs"])
        self._signing, self._former, self._visited = (re.compile(patterns[n]) for n in ("signing", "former", "visited"))
        self.merger: str = ontology.tables["context.units_changed_on"]["date"]

    def home(self, document: Document, normal: Normal, rows: Sequence[Line], hits: Sequence[Hit]) -> Home:
        """Home and date of `document`: front matter, else the text, whose lines are `rows`, else a telephone code."""
        date = self.date(document, normal, rows)
        stated = document.get("province")
        if stated:
            place = self._named(stated, date)
            if place:
                return Home(place, None, "front matter", date)
        head_end = _head_end(rows)
        named = [hit for hit in hits if hit.entries[0].sort in (PLACE, AGENCY)]
        weights = self._weights(normal, named, PLACE, head_end)
        agencies = self._weights(normal, named, AGENCY, head_end)
        best, ranked = weights.most_common(2), agencies.most_common(1)
        doubtful = not best or best[0][1] < 3 or (len(best) > 1 and best[0][1] < 1.5 * best[1][1])
        if doubtful:
            best = (weights + self._signed_at(normal, named, ranked[0][1] if ranked else 0)).most_common(2)
        if best and best[0][1] >= 3 and ranked and ranked[0][0] in self._inspectors:
            ranked = []  # what they write is about whom they inspected
        letterhead = bool(ranked) and ranked[0][1] >= 6 and (not best or ranked[0][1] >= best[0][1])
        clear = bool(best) and not (ranked and ranked[0][1] >= 1.5 * best[0][1])
        if not letterhead and best and best[0][1] >= 3 and (len(best) == 1 or best[0][1] >= 1.5 * best[1][1]):
            place = self._named(best[0][0], date) if clear else None
            if place:
                return Home(place, None, f"text: {place.label()}", date)
        by_code = None if letterhead else self._by_area_code(normal, date)
        if by_code:
            return Home(by_code[0], None, f"area code {by_code[1]}", date)
        if ranked and ranked[0][1] >= 3 and (letterhead or not (clear and best[0][1] >= 3)):
            agency = next(
                h.entry.concept
                for h in hits
                if h.entry.sort == AGENCY and h.entry.concept and h.entry.concept.label() == ranked[0][0]
            )
            return Home(None, agency, f"text: {ranked[0][0]}", date)
        if best and best[0][1] >= 2:
            place = self._named(best[0][0], date)
            return Home(place, None, f"text: {best[0][0]}" if place else "", date)
        return Home(None, None, "", date)

    def _weights(self, normal: Normal, hits: Sequence[Hit], sort: str, head_end: int) -> Counter[str]:
        """How strongly the text speaks of each place or agency, by label."""
        weights: Counter[str] = Counter()
        for hit in hits:
            entry = hit.entries[0]
            if entry.sort != sort or entry.concept is None:
                continue
            label = entry.concept.label()
            if sort == PLACE and (not entry.concept.all("gsoCode") or self._signing.match(normal.low, hit.end)):
                continue
            if sort == AGENCY and self._companies.match(label.lower()):
                continue
            if sort == PLACE and self._former.match(normal.low, hit.end):
                continue
            before = normal.low[max(0, hit.start - _NEAR) : hit.start].rstrip()
            named_so = self._unit_before.search(before) or self._unit_word.match(entry.form)
            weights[label] += 1 + 2 * bool(named_so) + 3 * (hit.start < head_end)
            weights[label] += 5 * (_opens(normal, hit) if sort == AGENCY else bool(named_so) and _heads(normal, hit))
            weights[label] += 3 * (sort == PLACE and not named_so and _opens(normal, hit))
            near = normal.low[max(0, hit.start - _NEAR) : hit.start]
            weights[label] += _VISITED * (sort == PLACE and hit.start < head_end and bool(self._visited.search(near)))
        if sort == PLACE:
            sites = set(_sites(normal.low))
            for label in (label for site, label in self._sites if site in sites):
                weights[label] += 4
            brands = Counter(match.group().lower() for match in _BRAND.finditer(normal.text))
            for label, count in ((label, brands[site]) for site, label in self._sites if site in brands):
                weights[label] += count
        return weights

    def _signed_at(self, normal: Normal, hits: Sequence[Hit], agency: int) -> Counter[str]:
        """Places that a date line names, 'Vĩnh Long, ngày …': they tell where nothing tells more.

        `agency`: weight of the agency that the text names most; the more it counts, the less its date line does.
        """
        if agency >= 6:
            return Counter()
        places = (
            hit.entries[0].concept
            for hit in hits
            if hit.entries[0].sort == PLACE and self._signing.match(normal.low, hit.end)
        )
        names = (place.label() for place in places if place and place.all("gsoCode"))
        return Counter({name: 3 for name in names if agency < 3 or name not in self._seats})

    def _by_area_code(self, normal: Normal, date: str | None) -> tuple[Concept, str] | None:
        for match in _PHONE.finditer(normal.text):
            candidates = self._codes.get(match.group(1), [])
            place = self.unit_at(candidates, date)
            if place:
                return place, match.group(1)
        return None

    def _named(self, name: str, date: str | None) -> Concept | None:
        meanings = self.lexicon.meanings(name) or self.lexicon.meanings(strip_marks(name))
        found = [e.concept for e in meanings if e.sort == PLACE and e.concept]
        return self.unit_at(found, date)

    def unit_at(self, units: list[Concept], date: str | None) -> Concept | None:
        """The unit of `units` that stood at `date`; an abolished one where none does."""
        change = self.merger[: len(date or "")]
        late = date is not None and (date > change or (date == change and len(date) >= 7))
        for unit in units:
            ended, began = unit.one("validUntil"), unit.one("validFrom")
            if (late and not ended) or (not late and not began):
                return unit
        return units[0] if units else None

    # -- dates -------------------------------------------------------------------------------------------------------

    def date(self, document: Document, normal: Normal, rows: Sequence[Line]) -> str | None:
        """The document's own date: front matter, else the best date of its head or foot, else the latest of all."""
        stated = document.get("date")
        if stated:
            return stated
        head = rows[: max(10, len(rows) // _HEAD_SHARE)]
        scored = [
            (score, index, date)
            for index, line in enumerate([*head, *rows[-6:]])
            for score, date in self._line_dates(normal.low[line.start : line.end], line.end <= head[-1].end)
        ]
        best = max(scored, default=None)
        if best and best[0] > 0:
            return best[2]
        return self._latest(normal.low)

    def _latest(self, low: str) -> str | None:
        """The latest time that the text speaks of and that is no horizon: a text is not older than what it tells."""
        found = [
            date
            for pattern in (self._long_day, _DAY, self._long_month, _MONTH, self._year)
            for match in pattern.finditer(low)
            if (date := _iso(match)) and not self._horizon.search(low[max(0, match.start() - 30) : match.start()])
        ]
        year = max((date[:4] for date in found), default=None)
        return max((d for d in found if d[:4] == year), key=lambda d: (len(d), d), default=None)

    def _line_dates(self, low: str, in_head: bool) -> list[tuple[float, str]]:
        """Dates of a line, each with how much the line looks like a date line."""
        if not _YEAR.search(low):
            return []
        written = (self._long_day, self._long_month)
        for pattern in (self._long_day, _DAY, self._long_month, _MONTH) if _FIGURES.search(low) else written:
            dates = [
                (match.start(), before, date)
                for match in pattern.finditer(low)
                if (date := _iso(match))
                and not self._cited.search(before := low[max(0, match.start() - _NEAR) : match.start()])
            ]
            if dates:
                day = pattern in (self._long_day, _DAY)
                base = 2.0 * (len(low) < 60) - 2.0 * (len(low) > 160) + 1.0 * in_head - 1.0 * (not day)
                weekday = bool(self._weekday.search(low))
                return [(base + self._score(at, before, weekday), date) for at, before, date in dates]
        return []

    def _score(self, at: int, before: str, weekday: bool) -> float:
        """How much a date at this place of a line, behind these words, looks like the document's own."""
        score = 2.0 * weekday + 1.0 * (at < 30) + 3.0 * bool(self._signed.search(before) and not weekday)
        score += 1.5 * bool(self._published.search(before))
        return score - 2.5 * bool(self._deadline.search(before[-30:]))


_VISITED = 15
"""What the title of a report on a visit adds to the place visited: more than a letterhead."""


def _head_end(rows: Sequence[Line]) -> int:
    return rows[min(len(rows) - 1, max(5, len(rows) // 10))].end if rows else 0


def _sites(low: str) -> Iterator[str]:
    """The words before the end of an authority's address."""
    at = low.find(_SITE)
    while at >= 0:
        if word := _LAST_WORD.search(low[max(0, at - _LONGEST_NAME) : at]):
            yield word.group()
        at = low.find(_SITE, at + 1)


def _opens(normal: Normal, hit: Hit) -> bool:
    """Whether the hit opens one of the first lines, in capitals: a letterhead."""
    return _heads(normal, hit) and _OPENING.search(normal.text, max(0, hit.start - _NEAR), hit.start) is not None


def _heads(normal: Normal, hit: Hit) -> bool:
    """Whether the hit stands in capitals in one of the first lines: a letterhead or title."""
    early = hit.start < _LONGEST_HEAD and normal.text.count("\n", 0, hit.start) < 4
    return early and normal.text[hit.start : hit.end].isupper()


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year, month = int(parts["y"]), int(parts.get("m") or 0)
    if "m" not in parts:
        return str(year)
    if not 1 <= month <= 12:
        return None
    if "d" not in parts or parts["d"] is None:
        return f"{year}-{month:02}"
    day = int(parts["d"])
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= 31 else None
