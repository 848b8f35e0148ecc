"""What a document says beside names and links: policies it cites, figures it gives, organisations that use a system.

All words and patterns are data (rules/statements.yaml). A figure is a number with something it counts; a use is a row of
tags (actor, verb, system …) that one of the rules fits, as links are read in `relate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kg.context import Home
from kg.layout import Unit
from kg.link import Linker
from kg.mention import Mention
from kg.model import Dating, Document, Evidence, MeasureFact, PlaceRef, PolicyFact, SystemRef, UseFact
from kg.ontology import Ontology
from kg.status import StatusReader
from kg.text import Normal, normalise
from kg.vocab import POLICY, slug, statement_iri

Statement = UseFact | MeasureFact | PolicyFact

_NUMBER = r"(?<![\w.,/:+-])(?P<n>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_OF = r"(?:\s?/\s?\d[\d.]*)?"
_BOUND = re.compile(r"[;:|(]|[.!?]\s")
_BRACKETS = re.compile(r"\([^()]*\)")
_BEFORE, _BEHIND = 160, 90
"""Characters read before and behind a number: a sentence may be long."""


class Sentence(Protocol):
    """A unit of text with the systems that it names and their ids."""

    @property
    def unit(self) -> Unit:
        """Where it stands."""

    @property
    def named(self) -> Sequence[tuple[Mention, tuple[str, ...]]]:
        """Its mentions in order, each with the systems it names."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The document being read, with what makes facts of offsets."""

    document: Document
    normal: Normal
    linker: Linker
    home: Home

    def evidence(self, start: int, end: int, rule: str, confidence: float) -> Evidence:
        begin, stop = self.normal.raw(start, end)
        return Evidence(self.document.file, begin, stop, self.document.text[begin:stop], rule, confidence)

    def ref(self, iri: str) -> SystemRef:
        entity = self.linker.entities[iri]
        return SystemRef(entity.id, entity.label, entity.type, entity.scope)

    def place(self) -> PlaceRef | None:
        """Whom a figure is about where no system is named."""
        home = self.home.place or self.home.agency
        return PlaceRef(home.id, home.label()) if home else None

    def placed(self, issuer: str) -> str:
        """An issuer's name with the document's place filled in."""
        place = self.home.place
        name = place.label() if place else ""
        kind = place.one("kind") or "" if place else ""
        return " ".join(issuer.replace("{home}", f"{kind} {name}").replace("{name}", name).split())


class StatementReader:
    """Reads policies, measures and uses; serves any number of documents."""

    def __init__(self, ontology: Ontology, status: StatusReader) -> None:
        tables = {
            key.split(".", 1)[1]: value for key, value in ontology.tables.items() if key.startswith("statements.")
        }
        units = _words(" | ".join(ontology.words["statements.units"]))
        self._policies = _Policies(tables["policies"], units)
        self._measures = _Measures(tables, units, status)
        self._uses = _Uses(tables["uses"])

    def read(
        self, document: Document, normal: Normal, sentences: Sequence[Sentence], linker: Linker, home: Home
    ) -> Iterator[Statement]:
        """The statements of `document`, each once, in the order of its text kind by kind.

        Args:
            document: the document, whose text the evidence quotes.
            normal: its text in one spelling; `sentences` hold offsets of it.
            sentences: its units with the systems they name.
            linker: knows the systems by their ids.
            home: whose "của tỉnh" it is.

        """
        page = _Page(document, normal, linker, home)
        seen: set[str] = set()
        for reader in (self._policies, self._measures, self._uses):
            for sentence in sentences:
                for fact in reader.read(page, sentence):
                    if fact.id not in seen:
                        seen.add(fact.id)
                        yield fact


# -- policies --------------------------------------------------------------------------------------------------------


class _Policies:
    """Documents that a text cites, by number or by name."""

    def __init__(self, table: Mapping[str, Any], units: Sequence[str]) -> None:
        patterns = table["patterns"]
        self._labels = {word: kind["label"] for kind in table["types"] for word in _words(kind["words"])}
        self._codes = {kind["code"]: kind["label"] for kind in table["types"] if kind["code"]}
        self._issuers: Mapping[str, str] = table["issuers"]
        self._not_codes = frozenset(word.upper() for word in _words(table["not_codes"]))
        self._default: str = table["default_type"]
        kinds = "|".join(map(re.escape, sorted(self._labels, key=len, reverse=True)))
        self._kind = re.compile(rf"(?<!\w)(?P<kind>{kinds}){patterns['number_word']}")
        self._own = re.compile(patterns["own_number"])
        self._code, self._date, self._issuer = (re.compile(patterns[name]) for name in ("code", "date", "issuer"))
        self._unplaced = re.compile(patterns["unplaced"])
        bare = "|".join(_words(table["bare"]))
        self._bare = re.compile(patterns["bare"].format(types=bare, units=_alternatives(units)))
        self._year = re.compile(patterns["years"])
        self._named = [(re.compile(row["pattern"]), row) for row in table["named"]]

    def read(self, page: _Page, sentence: Sentence) -> Iterator[PolicyFact]:
        """Policies that the sentence cites, in the order of the text."""
        start, end = sentence.unit.start, sentence.unit.end
        found = [
            *self._numbered(page, start, end),
            *self._bare_numbers(page, start, end),
            *self._by_name(page, start, end),
        ]
        yield from sorted(found, key=lambda fact: (fact.evidence.start, fact.evidence.end, fact.id))

    def _numbered(self, page: _Page, start: int, end: int) -> Iterator[PolicyFact]:
        text, low = page.normal.text, page.normal.low
        for match in self._code.finditer(text, start, end):
            marks = re.split(r"[-/&]", match["marks"])
            before = low[max(0, start - 12, match.start() - 40) : match.start()]
            kind = self._kind.search(before)
            own = self._own.search(before)
            coded = next((self._codes[mark] for mark in marks if mark in self._codes and len(marks) > 1), None)
            label = self._labels[kind["kind"]] if kind else coded or (self._default if own else None)
            if label is None or self._not_codes.intersection(mark.upper() for mark in marks):
                continue
            issuer = next((self._issuers[mark] for mark in marks if mark in self._issuers), None)
            begin = match.start() - len(before) + kind.start() if kind else match.start()
            year = page.home.date[:4] if own and page.home.date else None
            yield self._fact(page, label, match.group(), issuer, (begin, match.end(), end), year)

    def _bare_numbers(self, page: _Page, start: int, end: int) -> Iterator[PolicyFact]:
        text, low = page.normal.text, page.normal.low
        for match in self._bare.finditer(low, start, end):
            capital = text[match.start()].isupper()
            if (match["number_word"] or capital) and not self._year.fullmatch(match["number"]):
                yield self._fact(
                    page, self._labels[match["type"]], match["number"], None, (match.start(), match.end(), end)
                )

    def _fact(
        self,
        page: _Page,
        kind: str,
        number: str,
        issuer: str | None,
        place: tuple[int, int, int],
        year: str | None = None,
    ) -> PolicyFact:
        """`place`: where the words begin and end, and the sentence ends. Numbers of one place recur every year and elsewhere."""
        start, end, limit = place
        text = page.normal.text
        dated = self._date.match(text, end, limit)
        stated = self._issuer.match(text, dated.end() if dated else end, limit)
        local = issuer is None or "{" in issuer
        if stated:
            words = stated["issuer"]
            issuer = issuer or f"{words} {{name}}" if self._unplaced.search(words) else words
            local = "{" in issuer
        label = f"{kind} số {number}"
        year = year or (dated["y"] if dated else None)
        parts = [
            label,
            *([page.home.place.label()] if local and page.home.place else []),
            *([year] if local and year else []),
        ]
        evidence = page.evidence(start, end, "policy-number", 0.95)
        return PolicyFact(POLICY + slug(" ".join(parts)), label, page.placed(issuer) if issuer else None, evidence)

    def _by_name(self, page: _Page, start: int, end: int) -> Iterator[PolicyFact]:
        for pattern, row in self._named:
            for match in pattern.finditer(page.normal.low if "label" in row else page.normal.text, start, end):
                label = row.get("label") or match["name"][:1].upper() + match["name"][1:]
                evidence = page.evidence(match.start(), match.end(), "policy-name", 0.85)
                yield PolicyFact(POLICY + slug(label), label, row.get("issuer"), evidence)


# -- measures --------------------------------------------------------------------------------------------------------


class _Measures:
    """Numbers with what they count."""

    def __init__(self, tables: Mapping[str, Any], units: Sequence[str], status: StatusReader) -> None:
        patterns = tables["measures"]
        self._status = status
        self._money: Mapping[str, str] = tables["money"]
        self._scales: Mapping[str, int] = tables["scales"]
        money, scales = _alternatives(list(self._money)), _alternatives(list(self._scales))
        self._figure = re.compile(
            rf"{_NUMBER}{_OF}(?:\s?(?P<share>%)|\s?(?:(?P<scale>{scales})\s)?\s?(?P<unit>{_alternatives(units)})(?!\w)"
            rf"|\s?(?P<money>{money})(?!\w))"
        )
        self._not_after, self._head, self._tail, self._about, self._planned = (
            re.compile(patterns[name]) for name in ("not_after", "head", "tail", "about", "planned")
        )
        self._nouns = {name: patterns[name] for name in ("share", "count", "amount", "target")}

    def read(self, page: _Page, sentence: Sentence) -> Iterator[MeasureFact]:
        """Figures that the sentence gives."""
        unit, low = sentence.unit, page.normal.low
        inside = [(m.start, m.core_end) for m, _ in sentence.named]
        for match in self._figure.finditer(low, unit.start, unit.end):
            at = match.start()
            before = low[max(unit.start, at - _BEFORE) : at]
            if self._not_after.search(before) or any(start < at < end for start, end in inside):
                continue
            subject = self._subject(page, sentence, match)
            if subject is None:
                continue
            planned = unit.mood == "planned" or self._planned.search(before) is not None
            dating = self._status.dating(
                low[unit.start : unit.end], "planned" if planned else "", page.home.date, at - unit.start
            )
            yield self._fact(page, subject, match, before, dating, planned, unit.end)

    def _fact(
        self,
        page: _Page,
        subject: SystemRef | PlaceRef,
        match: re.Match[str],
        before: str,
        dating: Dating,
        planned: bool,
        limit: int,
    ) -> MeasureFact:
        value, what = self._value(match)
        metric, opens, closes = self._metric(page, match, before, what, limit)
        if planned:
            metric = f"{metric} {self._nouns['target']}"
        start = match.start() - len(before) + opens if opens is not None else match.start()
        node = statement_iri(page.document.name, "measure", subject.id, metric, value, what)
        return MeasureFact(node, subject, metric, value, what, dating, page.evidence(start, closes, "figure", 0.7))

    def _value(self, match: re.Match[str]) -> tuple[float, str]:
        """Value and unit: '1,28 triệu hồ sơ' is 1280000 'hồ sơ', '1,9 tỷ' is 1.9 'tỷ đồng'."""
        number = _value_of(match["n"])
        if match["money"]:
            return number, self._money[match["money"]]
        scale = self._scales[match["scale"]] if match["scale"] else 1
        return round(number * scale, 6), match["share"] or " ".join(match["unit"].split())

    def _metric(
        self, page: _Page, match: re.Match[str], before: str, what: str, limit: int
    ) -> tuple[str, int | None, int]:
        """Metric, where its words begin in `before` if they stand there, and the offset where the passage ends."""
        head = self._head.search(before)
        if head:
            return " ".join(head["metric"].split()), head.start(), match.end()
        tail = self._tail.match(page.normal.low, match.end(), min(limit, match.end() + _BEHIND))
        words, end = (tail.group(), tail.end()) if tail else ("", match.end())
        noun = self._nouns["amount"] if match["money"] else self._nouns["share" if what == "%" else "count"]
        counted = "" if match["money"] or what == "%" else what
        return " ".join(f"{noun} {counted} {words}".split()), None, end

    @staticmethod
    def _subject(page: _Page, sentence: Sentence, match: re.Match[str]) -> SystemRef | PlaceRef | None:
        """The system named last before the figure in its sentence, else the one right behind it, else the place."""
        named = [(m, ids) for m, ids in sentence.named if ids]
        before = [ids for m, ids in named if m.start < match.start()]
        if before:
            return page.ref(before[-1][0])
        behind = next(((m, ids) for m, ids in named if m.start >= match.end()), None)
        if behind and not _BOUND.search(page.normal.text, match.end(), behind[0].start):
            return page.ref(behind[1][0])
        return page.place()


# -- uses ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or phrase of a sentence by its tag; `count` of an actor, `refs` of a system."""

    tag: str
    start: int
    end: int
    refs: tuple[str, ...] = ()
    count: float | None = None


class _Uses:
    """Who uses a system: rules over the tags of a sentence."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        classes, people = _alternatives(_words(table["classes"])), _alternatives(_words(table["people"]))
        determiners = _alternatives(_words(table["determiners"]))
        self._actor = re.compile(
            rf"(?:{_NUMBER}(?:{_OF}\s|\s?(?P<share>%)\s)|(?<!\w)(?:{determiners})\s)\s?(?P<class>{classes})(?!\w)"
            rf"|(?<!\w)(?P<people>{people})(?!\w)"
        )
        self._organisation = re.compile(rf"(?<!\w){table['organisation']}")
        self._tags = {
            word: tag
            for key, tag in (("verbs", "V"), ("at", "T"), ("skipped", "s"), ("negations", "N"))
            for word in _words(table[key])
        }
        self._word = re.compile(rf"(?:{_alternatives(list(self._tags))})(?!\w)|\w+(?:[./-]\w+)*|[^\w\s]")
        self._rules = [(rule["name"], re.compile(rule["pattern"])) for rule in table["rules"]]
        self._tags |= {",": ",", "và": ",", ";": ";", ":": ";", "|": ";"}

    def read(self, page: _Page, sentence: Sentence) -> Iterator[UseFact]:
        """Uses that the sentence states."""
        if not any(ids for _, ids in sentence.named):
            return
        fixed = self._fixed(page, sentence)
        if all(token.tag == "S" for token in fixed):
            return
        row = list(self._row(page, sentence, fixed))
        tags = "".join(token.tag for token in row)
        for name, pattern in self._rules:
            for match in pattern.finditer(tags):
                actors = [t for t in row[match.start("actors") : match.end("actors")] if t.tag in "APO"]
                systems = [t for t in row[match.start("systems") : match.end("systems")] if t.tag == "S"]
                for actor in actors:
                    for system in systems:
                        yield self._fact(page, name, actor, system)

    @staticmethod
    def _fact(page: _Page, rule: str, actor: _Token, system: _Token) -> UseFact:
        ref = page.ref(system.refs[0])
        words = " ".join(page.normal.text[actor.start : actor.end].split())
        node = statement_iri(page.document.name, "use", ref.id, words)
        evidence = page.evidence(min(actor.start, system.start), max(actor.end, system.end), rule, 0.75)
        return UseFact(node, words, ref, actor.count, Dating(page.home.date, "document"), evidence)

    def _fixed(self, page: _Page, sentence: Sentence) -> list[_Token]:
        """Systems and actors of the sentence, in order, without overlap."""
        unit = sentence.unit
        found = [_Token("S", m.start, m.core_end, ids) for m, ids in sentence.named if ids]
        for match in self._actor.finditer(page.normal.low, unit.start, unit.end):
            count = _value_of(match["n"]) if match["n"] and not match["share"] else None
            found.append(_Token("P" if match["people"] else "A", match.start(), match.end(), (), count))
        found.extend(
            _Token("O", *match.span()) for match in self._organisation.finditer(page.normal.text, unit.start, unit.end)
        )
        out: list[_Token] = []
        for token in sorted(found, key=lambda t: (t.start, -t.end)):
            if not out or token.start >= out[-1].end:
                out.append(token)
        return out

    def _row(self, page: _Page, sentence: Sentence, fixed: Sequence[_Token]) -> Iterator[_Token]:
        position = sentence.unit.start
        for token in (*fixed, None):
            stop = token.start if token else sentence.unit.end
            gap = _BRACKETS.sub(lambda m: " " * len(m.group()), page.normal.low[position:stop])
            for match in self._word.finditer(gap):
                yield _Token(
                    self._tags.get(match.group(), "x" if match.group()[0].isalnum() else "."),
                    position + match.start(),
                    position + match.end(),
                )
            if token:
                yield token
                position = token.end


def _value_of(text: str) -> float:
    """'1.296' → 1296, '98,2' → 98.2, '2.5' → 2.5."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))


def _words(text: str) -> list[str]:
    return [normalise(word.strip()).low for word in text.split("|")]


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))
