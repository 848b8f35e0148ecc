"""Who uses a system: a sentence as a row of tags (actor, verb, system …) that one of the rules fits.

Classes of actors, verbs and rules are data (rules/statements.yaml, table `uses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Dating, UseFact
from kg.passages import NUMBER, OUT_OF, Page, Sentence, alternatives, value_of, with_letters, words_of
from kg.vocab import statement_iri

_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or phrase of a sentence by its tag; `count` of an actor, `refs` of a system."""

    tag: str
    start: int
    end: int
    refs: tuple[str, ...] = ()
    count: float | None = None


class Uses:
    """Who uses a system: rules over the tags of a sentence."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        lists = {
            key: words_of(table[key])
            for key in ("classes", "determiners", "people", "verbs", "at", "skipped", "and", "negations")
        }
        self._actor = re.compile(
            rf"(?:{NUMBER}(?:{OUT_OF}\s|\s?(?P<share>%)\s)\s?|(?<!\w)(?:{alternatives(lists['determiners'])})\s)+"
            rf"(?P<class>{alternatives(lists['classes'])})(?!\w){table['class_tail']}"
            rf"|(?<!\w)(?P<people>{alternatives(lists['people'])})(?!\w)"
        )
        self._organisation = re.compile(rf"(?<!\w){with_letters(table['organisation'])}")
        tags = (("verbs", "V"), ("at", "T"), ("skipped", "s"), ("negations", "N"), ("and", ","))
        self._tags = {word: tag for key, tag in tags for word in lists[key]}
        self._word = re.compile(rf"(?:{alternatives(list(self._tags))})(?!\w)|\w+(?:[./-]\w+)*|[^\w\s\"']")
        self._tags |= {",": ",", ";": ";", ":": ";", "|": ";"}
        self._rules = [(rule["name"], re.compile(rule["pattern"])) for rule in table["rules"]]
        self._owned = frozenset(word.strip() for word in table["owned_types"].split("|"))

    def read(self, page: Page, sentence: Sentence, topic: str) -> Iterator[UseFact]:
        """Uses that the sentence states, of a system it names or, where it names none, of its paragraph's."""
        here = any(ids for _, ids in sentence.named)
        if not here and not topic:
            return
        fixed = self._fixed(page, sentence)
        if all(token.tag == "S" for token in fixed):
            return
        row = list(self._row(page, sentence, fixed))
        if not here:
            start = sentence.unit.start
            row = [_Token("S", start, start, (topic,)), _Token(";", start, start), *row]
        tags = "".join(token.tag for token in row)
        for name, pattern in self._rules:
            for match in pattern.finditer(tags):
                actors = [t for t in row[match.start("actors") : match.end("actors")] if t.tag in "APO"]
                systems = [t for t in row[match.start("systems") : match.end("systems")] if t.tag == "S"]
                yield from (
                    self._fact(page, name, a, s) for a in actors for s in systems if self._fits(page, name, a, s)
                )

    def _fits(self, page: Page, rule: str, actor: _Token, system: _Token) -> bool:
        """Whether a named organisation of "X của Y" uses X rather than owns it."""
        return rule != "system-of" or actor.tag != "O" or page.ref(system.refs[0]).type not in self._owned

    @staticmethod
    def _fact(page: Page, rule: str, actor: _Token, system: _Token) -> UseFact:
        ref = page.ref(system.refs[0])
        words = " ".join(page.normal.text[actor.start : actor.end].split())
        node = statement_iri(page.document.name, "use", ref.id, words)
        evidence = page.evidence(min(actor.start, system.start), max(actor.end, system.end), rule, 0.75)
        return UseFact(node, words, ref, actor.count, Dating(page.home.date, "document"), evidence)

    def _fixed(self, page: Page, sentence: Sentence) -> list[_Token]:
        """Systems and actors of the sentence, in order, without overlap."""
        unit = sentence.unit
        found = [_Token("S", m.start, m.core_end, ids) for m, ids in sentence.named if ids]
        for match in self._actor.finditer(page.normal.low, unit.start, unit.end):
            count = value_of(match["n"]) if match["n"] and not match["share"] else None
            found.append(_Token("P" if match["people"] else "A", match.start(), match.end(), (), count))
        found.extend(
            _Token("O", *match.span()) for match in self._organisation.finditer(page.normal.text, unit.start, unit.end)
        )
        out: list[_Token] = []
        for token in sorted(found, key=lambda t: (t.start, -t.end)):
            if not out or token.start >= out[-1].end:
                out.append(token)
        return out

    def _row(self, page: Page, sentence: Sentence, fixed: Sequence[_Token]) -> Iterator[_Token]:
        position = sentence.unit.start
        for token in (*fixed, None):
            stop = token.start if token else sentence.unit.end
            gap = _BRACKETS.sub(lambda m: " " * len(m.group()), page.normal.low[position:stop])
            for match in self._word.finditer(gap):
                tag = self._tags.get(match.group(), "x" if match.group()[0].isalnum() else ".")
                yield _Token(tag, position + match.start(), position + match.end())
            if token:
                yield token
                position = token.end
