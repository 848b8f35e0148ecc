"""Look-up form → what it may mean, over a whole text at once (Aho-Corasick, longest match on word boundaries)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import ahocorasick

from kg.ontology import Concept, Ontology
from kg.text import Normal, alternation, normalise

SYSTEM, KIND, HEAD, AGENCY, PLACE, CUE, WORD = "system", "kind", "head", "agency", "place", "cue", "word"
ALIAS, BRAND = "alias", "brand"
"""Sorts of entries that a document itself gives: a short name it introduced, a name written like a brand."""
_PRECEDENCE = {name: rank for rank, name in enumerate((SYSTEM, KIND, HEAD, AGENCY, PLACE, CUE, WORD))}
_STRETCH = 100_000
_CLASSES = {"SystemKind": KIND, "HeadNoun": HEAD, "CueClass": CUE, "AdministrativeUnit": PLACE}


class Entry(NamedTuple):
    """One meaning of a look-up form."""

    form: str
    sort: str
    """One of SYSTEM, KIND, HEAD, AGENCY, PLACE, CUE, WORD."""
    concept: Concept | None
    """None for a protected compound."""
    tag: str
    """Letter of the cue class; '' for others."""
    shape: str
    """'upper' where the text must write it in capitals, 'title' with a capital first, '' where case means nothing."""


class Hit(NamedTuple):
    """A form found in a text, with its meanings, the strongest first."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The strongest meaning."""
        return self.entries[0]


_made = Hit._make
"""As the class itself, and faster: a text holds many hits."""


class Lexicon:
    """All forms of an ontology in one automaton.

    >>> from kg.ontology import load_ontology
    >>> lexicon = Lexicon(load_ontology())
    >>> [hit.entry.sort for hit in lexicon.find(normalise("IOC"), 0, 3)]
    ['kind']
    """

    def __init__(self, ontology: Ontology) -> None:
        self._forms: dict[str, list[Entry]] = {}
        for concept in ontology.concepts.values():
            for entry in _entries(concept):
                self._add(entry)
        for name in ("compounds.compounds", "names.verbs", "names.generic", "names.topics"):
            for word in ontology.words.get(name, ()):
                self._add(Entry(look_up_form(word), WORD, None, "", ""))
        self._vary(ontology)
        self._automaton = ahocorasick.Automaton()
        for form, entries in self._forms.items():
            entries.sort(key=_strength)
            shaped = any(entry.shape for entry in entries)
            self._automaton.add_word(form, (len(form), tuple(entries), shaped))
        self._automaton.make_automaton()

    def _add(self, entry: Entry) -> None:
        if entry.form:
            self._forms.setdefault(entry.form, []).append(entry)

    def _vary(self, ontology: Ontology) -> None:
        """Add names under the nouns that writers put in the place of their first: 'kho dữ liệu' for 'cơ sở dữ liệu'."""
        national = alternation(ontology.words.get("names.national", ()), apart=True)
        new: dict[str, list[Entry]] = {}
        for alike in ontology.tables.get("names.heads_alike", ()):
            first, others = (tuple(map(str.strip, alike[key].split("|"))) for key in ("first", "others"))
            for form, (entry, *_) in self._forms.items():
                head = next((noun for noun in first if form.startswith(f"{noun} ")), None)
                rest = form.removeprefix(f"{head} ")
                if head is None or entry.concept is None or entry.sort not in (SYSTEM, KIND):
                    continue
                if "type" in alike:
                    fits = " " in rest and alike["type"] in (entry.concept.one("systemType"), *entry.concept.types)
                else:  # what has but one word behind the noun, 'hệ thống thanh toán', opens many a name
                    fits = rest.count(" ") > 1 and (entry.sort == KIND or national.search(rest) is not None)
                if fits:
                    for noun in others:
                        new.setdefault(f"{noun} {rest}", []).append(entry._replace(form=f"{noun} {rest}"))
        for form, entries in new.items():
            if form not in self._forms and all(entry.concept is entries[0].concept for entry in entries):
                self._add(entries[0])

    def meanings(self, name: str) -> tuple[Entry, ...]:
        """What `name` may mean, the strongest first; empty where it means nothing."""
        return self.spelt(name.lower()) or self.spelt(look_up_form(name))

    def spelt(self, form: str) -> tuple[Entry, ...]:
        """As `meanings`, of words taken out of a normalised text in lower case."""
        return tuple(self._forms.get(" ".join(form.split()), ()))

    def ambiguities(self) -> Mapping[str, tuple[str, ...]]:
        """Forms that name several concepts of the same sort, with the concepts' IRIs."""
        found = {}
        for form, entries in sorted(self._forms.items()):
            ids = {e.concept.id for e in entries if e.concept and e.sort == entries[0].sort}
            if len(ids) > 1:
                found[form] = tuple(sorted(ids))
        return found

    def find(self, normal: Normal, start: int, end: int) -> list[Hit]:
        """Longest hits on word boundaries in `[start, end)`, leftmost first, without overlap."""
        hits: list[Hit] = []
        while start < end:
            # No form holds a line break: a long text is searched in stretches, for the sake of memory.
            stop = normal.low.find("\n", start + _STRETCH, end)
            stop = end if stop < 0 else stop + 1
            hits += self._find(normal, start, stop)
            start = stop
        return hits

    def _find(self, normal: Normal, start: int, end: int) -> Iterator[Hit]:
        text, low = normal.text, f" {normal.low[start:end]} "
        longest: dict[int, tuple[int, tuple[Entry, ...]]] = {}
        for last, (length, entries, shaped) in self._automaton.iter(low):
            after = low[last + 1]
            if after != " " and (after.isalnum() or after == "_") and _in_word(low[last]):
                continue
            first = last - length + 1
            before = low[first - 1]
            if before != " " and (before.isalnum() or before == "_") and _in_word(low[first]):
                continue
            begin, stop = start + first - 1, start + last
            if after in "-." and _half_of_brand(normal, begin, stop):
                continue
            fitting = tuple(e for e in entries if _fits(e.shape, text, begin, stop)) if shaped else entries
            hyphenated = (before == "-" or after == "-") and _hyphenated(text, begin, stop)
            if fitting and not (hyphenated and fitting[0].sort in (CUE, WORD)):
                if before == "-" and fitting[0].sort in (SYSTEM, KIND):
                    begin = self._prefixed(normal.text, begin)
                longest[begin] = (stop, fitting)  # later ends are longer
        return _without_overlap(longest)

    def _prefixed(self, text: str, begin: int) -> int:
        """Where 'CB-LGSP' begins, an acronym behind a hyphen at `begin`; `begin` where what stands before has a meaning."""
        match = _PREFIX.search(text, max(0, begin - _STRETCHED), begin)
        known = match is None or any(entry.sort not in (CUE, WORD) for entry in self.meanings(match[1]))
        if known or match is None or not match[1][0].isupper():
            return begin
        return match.start()


def merged(hits: list[Hit], more: Iterable[Hit], *, stronger: bool) -> list[Hit]:
    """`hits` with those of `more` that no longer hit covers; shorter ones they overlap give way.

    `hits` are in order and do not overlap. `stronger`: whether one of `more` also beats a hit of equal length.
    """
    added = sorted(more, key=_order)
    if not added:
        return hits
    out: list[Hit] = []
    position = 0
    for hit in added:
        stop = (bisect_left if stronger else bisect_right)(hits, _order(hit), lo=position, key=_order)
        _lay(out, hits[position:stop])
        _lay(out, [hit])
        position = stop
    _lay(out, hits[position:])
    return out


def _order(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _lay(out: list[Hit], hits: Sequence[Hit]) -> None:
    """Put `hits` behind `out`; where the first of them overlap what is there, the longer one stays."""
    for number, hit in enumerate(hits):
        if not out or hit.start >= out[-1].end:
            out.extend(hits[number:])
            return
        if hit.end - hit.start > out[-1].end - out[-1].start:
            out[-1] = hit


def occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Where each of `names`, as it is spelt, stands in `text` as a word: name and offset, by where they end."""
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    if not len(automaton):
        return
    automaton.make_automaton()
    free: dict[str, int] = {}
    for last, name in automaton.iter(text):
        start = last - len(name) + 1
        if start < free.get(name, 0):
            continue
        free[name] = last + 1
        if not (text[start - 1 : start].isalnum() or text[last + 1 : last + 2].isalnum()):
            yield name, start


def look_up_form(name: str) -> str:
    """The spelling under which a name is looked up: normalised, lower case, single blanks."""
    return " ".join(normalise(name).low.split())


def _strength(entry: Entry) -> tuple[int, int]:
    order = entry.concept.properties.get("http://www.w3.org/2004/02/skos/core#notation") if entry.concept else None
    return _PRECEDENCE[entry.sort], int(order[0]) if order and entry.sort == CUE else 0


def _entries(concept: Concept) -> Iterator[Entry]:
    sort = _sort(concept)
    if sort is None:
        return
    tag = concept.one("tag") or ""
    for wording in concept.wordings:
        yield Entry(look_up_form(wording), sort, concept, tag, _shape(wording, sort))


def _sort(concept: Concept) -> str | None:
    types: Iterable[str] = concept.types
    for name in types:
        if name in _CLASSES:
            return _CLASSES[name]
    if "/id/org/" in concept.id:
        return AGENCY
    if "/id/system/" in concept.id:
        return SYSTEM
    return None


def _shape(wording: str, sort: str) -> str:
    letters = [c for c in wording if c.isalpha()]
    if letters and len(wording) <= 12 and " " not in wording and all(c.isupper() for c in letters):
        return "upper"
    return "title" if sort in (PLACE, AGENCY) else ""


def _fits(shape: str, text: str, start: int, end: int) -> bool:
    if not shape:
        return True
    if shape == "upper":
        return text[start:end].isupper()
    return text[start].isupper() or any(c.isupper() for c in text[start:end])


_STRETCHED = 14
_PREFIX = re.compile(r"(?<![\w-])([^\W\d_]\w{0,11})-$")
"""A word before a hyphen."""


def _half_of_brand(normal: Normal, begin: int, stop: int) -> bool:
    """Whether capitals make the hit, which a hyphen or a stop follows, the first half of a brand such as 'VNPT-…'."""
    return normal.low[stop + 1 : stop + 2].isalpha() and normal.text[begin:stop].isupper()


def _hyphenated(text: str, begin: int, stop: int) -> bool:
    """Whether a plain word at `[begin, stop)` is part of a name such as 'Sao-Khuê': a capital stands on both sides of the hyphen."""
    if not text[begin].isupper():
        return False
    return (
        text[stop + 1 : stop + 2].isupper() if text[stop : stop + 1] == "-" else text[begin - 2 : begin - 1].isalpha()
    )


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _without_overlap(longest: Mapping[int, tuple[int, tuple[Entry, ...]]]) -> Iterator[Hit]:
    position = -1
    for begin in sorted(longest):
        if begin >= position:
            position, entries = longest[begin]
            yield _made((begin, position, entries))


def alias_hits(normal: Normal, aliases: Iterable[str]) -> Iterator[Hit]:
    """Where the document's own short names stand as words, case and all."""
    for alias, at in occurrences(normal.text, aliases):
        yield Hit(at, at + len(alias), (Entry(alias, ALIAS, None, "", ""),))
