"""Documents that a text cites: resolutions, decisions, plans … by their number, laws and standards by their name.

Kinds, issuers and patterns are data (rules/statements.yaml, table `policies`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.model import PolicyFact
from kg.passages import Page, alternatives, at_words, filled, with_letters, words_of
from kg.vocab import POLICY, slug

_REACH = 40
"""Characters before a number that may name its kind."""


class Citations:
    """Finds the documents that sentences cite."""

    def __init__(self, table: Mapping[str, Any], units: Sequence[str]) -> None:
        """`table`: `policies` of rules/statements.yaml; `units`: nouns before which a bare number is a count."""
        patterns = table["patterns"]
        self._labels = {word: kind["label"] for kind in table["types"] for word in words_of(kind["words"])}
        self._codes = {kind["code"]: kind["label"] for kind in table["types"] if kind["code"]}
        self._issuers: Mapping[str, str] = table["issuers"]
        self._not_codes = frozenset(words_of(table["not_codes"]))
        self._default: str = table["default_type"]
        self._template: str = table["label"]
        self._kind = re.compile(rf"(?<!\w)(?P<kind>{alternatives(list(self._labels))}){patterns['number_word']}")
        self._code, self._date, self._issuer, self._own, self._unplaced, self._year = (
            re.compile(patterns[name]) for name in ("code", "date", "issuer", "own_number", "unplaced", "years")
        )
        kinds = {"{types}": alternatives(words_of(table["bare"])), "{units}": alternatives(units)}
        self._bare = re.compile(filled(patterns["bare"], kinds))
        self._named = [(row["word"], re.compile(with_letters(row["pattern"])), row) for row in table["named"]]

    def read(self, page: Page, start: int, end: int, *, numbered: bool = True) -> list[PolicyFact]:
        """Policies cited between these offsets, in the order of the text; `numbered`: whether any number stands there."""
        found = [*self._by_name(page, start, end)]
        if numbered:
            found = [*self._numbered(page, start, end), *self._bare_numbers(page, start, end), *found]
        return sorted(found, key=lambda fact: (fact.evidence.start, fact.evidence.end, fact.id))

    def _numbered(self, page: Page, start: int, end: int) -> Iterator[PolicyFact]:
        text, low = page.normal.text, page.normal.low
        for match in self._code.finditer(text, start, end):
            marks = re.split(r"[-/&]", match["marks"])
            before = low[max(0, match.start() - _REACH) : match.start()]
            kind, own = self._kind.search(before), self._own.search(before)
            coded = next((self._codes[mark] for mark in marks if mark in self._codes and len(marks) > 1), None)
            label = self._labels[_words(kind["kind"])] if kind else coded or (self._default if own else None)
            if label is None or self._not_codes.intersection(mark.lower() for mark in marks):
                continue
            issuer = next((self._issuers[mark] for mark in marks if mark in self._issuers), None)
            begin = match.start() - len(before) + kind.start() if kind else match.start()
            year = page.home.date[:4] if own and page.home.date else None
            yield self._fact(page, self._label(label, match.group()), issuer, (begin, match.end(), end), year)

    def _bare_numbers(self, page: Page, start: int, end: int) -> Iterator[PolicyFact]:
        for match in at_words(self._bare, page.normal.low, start, end):
            capital = page.normal.text[match.start()].isupper()
            if (match["number_word"] or capital) and not self._year.fullmatch(match["number"]):
                label = self._label(self._labels[_words(match["type"])], match["number"])
                yield self._fact(page, label, None, (match.start(), match.end(), end), None)

    def _label(self, kind: str, number: str) -> str:
        return filled(self._template, {"{kind}": kind, "{number}": number})

    def _fact(
        self, page: Page, label: str, issuer: str | None, place: tuple[int, int, int], year: str | None
    ) -> PolicyFact:
        """`place`: where the words begin and end, and the sentence. Numbers of a local issuer recur every year and elsewhere."""
        start, end, limit = place
        dated = self._date.match(page.normal.text, end, limit)
        stated = self._issuer.match(page.normal.text, dated.end() if dated else end, limit)
        if stated and issuer is None:
            words = stated["issuer"]
            issuer = f"{words} {{name}}" if self._unplaced.search(words) else words
        year = year or (dated["y"] if dated else None)
        local = issuer is None or "{" in issuer
        node = self._node(page, label, year if local else None, local)
        evidence = page.evidence(start, end, "policy-number", 0.95)
        return PolicyFact(node, label, page.placed(issuer) if issuer else None, evidence)

    @staticmethod
    def _node(page: Page, label: str, year: str | None, local: bool) -> str:
        place = page.home.place or page.home.agency
        parts = [label, place.label() if local and place else "", year or ""]
        return POLICY + slug(" ".join(parts))

    def _by_name(self, page: Page, start: int, end: int) -> Iterator[PolicyFact]:
        low = page.normal.low
        for word, pattern, row in self._named:
            if low.find(word, start, end) < 0:
                continue
            for match in at_words(pattern, low if "label" in row else page.normal.text, start, end):
                label = row.get("label") or match["name"][:1].upper() + match["name"][1:]
                evidence = page.evidence(match.start(), match.end(), "policy-name", 0.85)
                yield PolicyFact(
                    self._node(page, label, None, bool(row.get("local"))), label, row.get("issuer"), evidence
                )


def _words(text: str) -> str:
    """A wording without the line break that may part it."""
    return " ".join(text.split())
