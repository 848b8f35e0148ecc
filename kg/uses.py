"""Who uses a system: a sentence as a row of tags (actor, verb, system …) that one of the rules fits.

Classes of actors, verbs and rules are data (rules/statements.yaml, table `uses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg.model import Dating, UseFact
from kg.passages import (
    NUMBER,
    OUT_OF,
    UNJOINED,
    Page,
    Sentence,
    alternatives,
    at_words,
    value_of,
    with_letters,
    words_of,
)
from kg.text import normalise
from kg.vocab import statement_iri

_NEAR = 8
"""Characters before a number that tell whether it is a date's."""
_BRACKETS = re.compile(r"\([^()]*\)")


class _Token(NamedTuple):
    """A word or phrase of a sentence by its tag; `number` of an actor, `refs` of a system."""

    tag: str
    start: int
    end: int
    refs: tuple[str, ...] = ()
    number: float | None = None


class Uses:
    """Who uses a system: rules over the tags of a sentence."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        lists = {
            key: words_of(table[key])
            for key in ("classes", "determiners", "people", "verbs", "acts", "at", "skipped", "and", "negations")
        }
        unit = alternatives(words_of(table["listed"]))
        joined = rf"(?:,|\s(?:{alternatives(lists['and'])}))?\s"
        classes = rf"(?:{unit})(?!\w)(?:{joined}(?:{unit})(?!\w))+|{alternatives(lists['classes'])}"
        self._numerals = {normalise(word).low: float(value) for word, value in table["numerals"].items()}
        numeral = alternatives(self._numerals, apart=True)
        self._actor = re.compile(
            rf"(?:{NUMBER}(?:{OUT_OF}\s|\s?(?P<share>%)\s)\s?|(?P<numeral>{numeral})\s(?!\d)|(?:{alternatives(lists['determiners'], apart=True)})\s){{1,3}}"
            rf"(?:(?P<class>{classes})(?!\w){table['class_tail']}|(?P<noun>{table['any_users']}))"
            rf"|(?P<people>{alternatives(lists['people'], apart=True)})(?!\w){table['people_tail']}"
        )
        self._not_after = re.compile(table["not_after"])
        begun = [rf"{digit}{UNJOINED}" for digit in "0123456789"]
        said = (numeral, alternatives(lists["determiners"], apart=True), alternatives(lists["people"], apart=True))
        self._opening = re.compile("|".join((*begun, *said)))
        self._organisation = re.compile(with_letters(table["organisation"]))
        tags = (("verbs", "V"), ("acts", "u"), ("at", "T"), ("skipped", "s"), ("negations", "N"), ("and", ","))
        self._tags = {word: tag for key, tag in tags for word in lists[key]}
        self._word = re.compile(rf"(?:{alternatives(list(self._tags))})(?!\w)|\w+(?:[./-]\w+)*|[^\w\s\"']")
        self._tags |= {",": ",", ";": ";", ":": ";", "|": ";"}
        self._head = re.compile(table["column"])
        self._rules = [(rule["name"], re.compile(rule["pattern"])) for rule in table["rules"]]

    def read(self, page: Page, sentence: Sentence, topic: str) -> Iterator[UseFact]:
        """Uses that the sentence states, of a system it names or, where it names none and counts who uses it, of `topic`."""
        yield from self._in_column(page, sentence)
        here = any(ids for _, ids in sentence.named)
        if not here and not topic:
            return
        fixed = self._fixed(page, sentence)
        if all(token.tag == "S" for token in fixed):
            return
        tags, row = self._row(page, sentence, fixed)
        if not here:
            start = sentence.unit.start
            tags, row = f"S;{tags}", [_Token("S", start, start, (topic,)), None, *row]
        for name, pattern in self._rules:
            for match in pattern.finditer(tags):
                actors = [t for t in row[match.start("actors") : match.end("actors")] if t and t.tag in "AaPO"]
                if not here:
                    actors = [actor for actor in actors if actor.number is not None]
                systems = [t for t in row[match.start("systems") : match.end("systems")] if t and t.tag == "S"]
                yield from (self._fact(page, name, a, s) for a in actors for s in systems)

    def _in_column(self, page: Page, sentence: Sentence) -> Iterator[UseFact]:
        """Who stands in the column of users of a table, with the system that the row names first."""
        low = page.normal.low
        if "|" not in low[sentence.unit.start : sentence.unit.end]:
            return
        cell = page.rows.cell(low, sentence.unit.start, self._head)
        if cell is None:
            return
        fixed = self._fixed(page, sentence)
        inside = [token for token in fixed if cell[0] <= token.start < cell[1]]
        system = next((token for token in fixed if token.tag == "S" and token not in inside), None)
        if system is not None:
            yield from (self._fact(page, "users-column", actor, system) for actor in inside if actor.tag != "S")

    @staticmethod
    def _fact(page: Page, rule: str, actor: _Token, system: _Token) -> UseFact:
        ref = page.ref(system.refs[0])
        words = " ".join(page.normal.text[actor.start : actor.end].split())
        node = statement_iri(page.document.name, "use", ref.id, words)
        evidence = page.evidence(min(actor.start, system.start), max(actor.end, system.end), rule, 0.75)
        return UseFact(node, words, ref, actor.number, Dating(page.home.date, "document"), evidence)

    def _fixed(self, page: Page, sentence: Sentence) -> list[_Token]:
        """Systems and actors of the sentence, in order, without overlap."""
        unit = sentence.unit
        found = [_Token("S", m.start, m.core_end, ids) for m, ids in sentence.named if ids]
        for match in self._actors(page.normal.low, unit.start, unit.end):
            count = value_of(match["n"]) if match["n"] and not match["share"] else None
            count = self._numerals[match["numeral"]] if match["numeral"] and not match["n"] else count
            tag = "P" if match["people"] else "A" if match["share"] or count is not None else "a"
            found.append(_Token(tag, match.start(), match.end(), (), count))
        named = at_words(self._organisation, page.normal.text, unit.start, unit.end)
        found.extend(_Token("O", *match.span()) for match in named)
        out: list[_Token] = []
        for token in sorted(found, key=lambda t: (t.start, t.tag != "S", -t.end)):
            if not out or token.start >= out[-1].end:
                out.append(token)
        return out

    def _actors(self, low: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Where actors stand: tried where one may begin, since a search for what begins so is fast."""
        place = start
        while opening := self._opening.search(low, place, end):
            match = self._actor.match(low, opening.start(), end)
            if match and not self._counts(match, low[max(start, match.start() - _NEAR) : match.start()]):
                match = None
            place = match.end() if match else opening.start() + 1
            if match:
                yield match

    def _counts(self, match: re.Match[str], before: str) -> bool:
        """Whether an actor has the number that it needs, and none that is a date's."""
        dated = match["n"] and match.start("n") == match.start() and self._not_after.search(before)
        return not dated and bool(match["n"] or not match["noun"])

    def _row(self, page: Page, sentence: Sentence, fixed: Sequence[_Token]) -> tuple[str, list[_Token | None]]:
        """Tags of the sentence, and of each the system or actor that it stands for."""
        tags: list[str] = []
        row: list[_Token | None] = []
        position = sentence.unit.start
        for token in fixed:
            between = self._plain(page.normal.low[position : token.start])
            tags += (*between, token.tag)
            row += (*[None] * len(between), token)
            position = token.end
        rest = self._plain(page.normal.low[position : sentence.unit.end])
        return "".join([*tags, *rest]), [*row, *[None] * len(rest)]

    def _plain(self, low: str) -> list[str]:
        """Tags of words that are neither systems nor actors; what stands in brackets has none."""
        if "(" in low:
            low = _BRACKETS.sub(" ", low)
        tags = self._tags
        return [tags.get(word) or ("x" if word[0].isalnum() else ".") for word in self._word.findall(low)]
