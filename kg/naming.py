"""Short names that the prose around a name introduces: 'Hệ thống …, mang tên X'; 'X, tên gọi của hệ thống …'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TypeVar

from kg.lexicon import HEAD, KIND, PLACE, SYSTEM, Lexicon
from kg.text import Normal, any_of

_COINED = re.compile(r"(?<![\w-])([^\W\d_][\w-]+), $")
"""A word before a comma."""
_EXPLAINED = re.compile(r"(?:^|[\n:;,] |- )([^\W\d_][\w.-]{3,}) \($")
"""A word that begins a line or part, before a bracket."""
_REACH = 80
"""Characters within which the prose must come to the short name."""
_LONGEST = 4
"""Words of a short name that stands without quotes."""


T = TypeVar("T")


class Naming:
    """Reads short names from the words around a name."""

    def __init__(self, words: Mapping[str, Sequence[str]], lexicon: Lexicon) -> None:
        told, naming = any_of(words["called"]), any_of(words["name_of"])
        called, by_some = any_of([*words["called"], *words["called_by"]]), any_of(words["called_by"])
        given = rf"(?:{any_of(words['name_given'])}) (?:\w+ ){{0,4}}?(?:{any_of(words['given'])})"
        quoted = r'["“]\s*(?P<quoted>[^"”\n]{2,60}?)\s*["”]'
        word = r"[\w-]+(?:\.\w[\w-]*)*"
        words_ahead = rf"(?P<words>{word}(?: {word}){{0,5}})"
        by_whom = rf"(?:[,(–-]\s*(?:\w+\s){{0,5}}?|(?:\w+\s){{1,5}}?)(?i:{by_some})"
        set_by = rf"(?:\s(?:{any_of(words['set_by'])})(?:\s\w+){{1,4}}(?=,))?"
        told = rf"{set_by}[,(–-]?\s*(?:\w+\s){{0,5}}?(?i:{told})"
        self._behind = re.compile(rf"\s*(?:{told}|{by_whom})\s*:?\s*(?:{quoted}|{words_ahead})")
        short = rf'(?:{quoted}|(?P<words>{word}(?: {word}){{0,3}})["”]?)'
        equals = any_of(words["equals"])
        self._before = re.compile(rf"{short}\s*[,(–-]?\s*(?i:{naming}|{given})\s*$")
        self._equals = re.compile(rf"\s(?:{equals})$")
        self._titled = re.compile(rf"{quoted}\s*[,(–-]\s*$")
        self._called = re.compile(called)
        self._naming = (*words["name_of"], *words["given"])
        self._ours = tuple(words["ours"])
        self._told = re.compile(
            rf"(?:\s(?:{any_of(words['owned_by'])})\s[^,.;\n]{{1,40}})?(?:\s(?:{any_of(words['told'])})(?!\w)|,\s(?:{any_of(words['goes_on'])})(?!\w)|[.;](?:\s|$))"
        )
        self._lexicon = lexicon

    def behind(self, normal: Normal, start: int, core_end: int, end: int) -> list[str]:
        """Short names that the words behind the name at `[start, end)` introduce, or that it explains.

        `core_end`: where the name proper ends; who owns and runs the system may stand behind it.
        """
        return [
            *self._called_behind(normal, end),
            *self._apposed(normal, start, core_end, end),
            *self._bracketed(normal, start, end),
            *self._titled_before(normal, start),
        ]

    def _called_behind(self, normal: Normal, end: int) -> list[str]:
        stop = min(len(normal.text), end + _REACH)
        if not self._called.search(normal.low, end, stop):
            return []
        match = self._behind.match(normal.text, end, stop)
        if match is None:
            return []
        if quoted := match.group("quoted"):
            return self._forms(quoted.split())
        words = self._behind_noun(match.group("words").split())
        return [] if self._known(words) else self._forms(_capitals(words))

    def _behind_noun(self, words: list[str]) -> list[str]:
        """The words of 'hệ thống HospiOne' behind the noun; all where they begin with none, or with a name."""
        first = [entry.sort for n in range(1, len(words)) for entry in self._lexicon.meanings(" ".join(words[:n]))]
        noun = next((n for n in range(1, len(words)) if self._known(words[:n], (HEAD,))), 0)
        return words[noun:] if not {KIND, SYSTEM} & set(first) else words

    def before(self, normal: Normal, start: int) -> list[str]:
        """Short names of which the words before a name beginning at `start` say that it is what they name."""
        begin = max(0, start - _REACH)
        if not normal.low[begin:start].rstrip().endswith(self._naming):
            return []
        match = self._before.search(normal.text, begin, start)
        if match and match["quoted"]:
            return self._forms(match["quoted"].split(), quoted=True)
        words = self._equals.sub("", match["words"]).split() if match else []
        return self._forms(_capitals(words[::-1])[::-1])

    def _apposed(self, normal: Normal, start: int, core_end: int, end: int) -> list[str]:
        """The coined name that 'KiGate, phần mềm một cửa của chúng ta, …' explains by the name at `[start, end)`."""
        apart = "," in normal.text[max(0, start - 3) : start]
        match = _COINED.search(normal.text, max(0, start - _REACH), start) if apart else None
        if match is None or not any(map(str.isupper, match[1][1:])):
            return []
        ours = normal.low[start:end].endswith(self._ours) and normal.low.startswith(",", end)
        return self._forms([match[1]]) if ours or self.explains(normal, match.end(1), start, (core_end, end)) else []

    def explains(self, normal: Normal, name_end: int, start: int, ends: Iterable[int]) -> bool:
        """Whether the words from `start` to one of `ends` say what the name is that ends before them: 'ViLIS, phần mềm đất đai, đã …'."""
        apposed = normal.text[name_end:start] == ", " and normal.text[start].islower()
        return apposed and any(self._told.match(normal.low, end) for end in ends)

    def _bracketed(self, normal: Normal, start: int, end: int) -> list[str]:
        """The coined name before brackets that hold nothing but the name at `[start, end)`: 'Egov (phần mềm …)'."""
        match = (
            _EXPLAINED.search(normal.text, max(0, start - _REACH), start) if normal.text[end : end + 1] == ")" else None
        )
        return self._forms([match[1]]) if match and match[1][0].isupper() else []

    def _titled_before(self, normal: Normal, start: int) -> list[str]:
        """The name in quotes that the name at `start` explains: '"Sổ khỏe Quê Lúa" – hồ sơ sức khỏe của tỉnh'."""
        match = (
            self._titled.search(normal.text, max(0, start - _REACH), start)
            if normal.text[start : start + 1].islower()
            else None
        )
        return self._forms(match["quoted"].split(), quoted=True) if match and match["quoted"][0].isupper() else []

    def _forms(self, words: list[str], *, quoted: bool = False) -> list[str]:
        """A name, and the same without the place at its end; one in quotes may begin with a head noun."""
        name = " ".join(words).strip(" .,-")
        if len(name) < 3 or self._known(words, (SYSTEM, KIND) if quoted else None):
            return []
        short = next((" ".join(words[:n]) for n in range(1, len(words)) if self._is_place(" ".join(words[n:]))), "")
        return [name, short] if short else [name]

    def _known(self, words: Sequence[str], sorts: Container[str] | None = None) -> bool:
        """Whether a name or head noun that the lexicon knows, of these sorts, begins here."""
        known = (entry for n in range(1, len(words) + 1) for entry in self._lexicon.meanings(" ".join(words[:n])))
        return any(sorts is None or entry.sort in sorts for entry in known)

    def _is_place(self, text: str) -> bool:
        return any(entry.sort == PLACE for entry in self._lexicon.meanings(text))


def _capitals(words: Sequence[str]) -> list[str]:
    """The leading words that begin with a capital or have one inside, or a digit behind one."""
    return list(takewhile(lambda word: word[0].isdigit() or any(c.isupper() for c in word[:3]), words))[:_LONGEST]


def versions(name: str) -> list[str]:
    """A short name, and the same without its version.

    >>> versions("NH-OneGate 5.0")
    ['NH-OneGate 5.0', 'NH-OneGate']
    """
    words = name.split()
    numbered = len(words) > 1 and re.fullmatch(r"v?\d+(?:\.\d+)*", words[-1])
    return [name, " ".join(words[:-1])] if numbered else [name]


def listed_numbers(low: str, words: Sequence[str], bare: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """Where numbers of items stand that share one of `words`: 'mục 1 và 2', or one of `bare` where a clause begins: 'Số 2, 6 và 15'.

    >>> [low[slice(*span)] for low in ["mục 1, 3 và 12; mục 4"] for span in listed_numbers(low, ["mục"])]
    ['1', '3', '12']
    """
    begins = rf"|(?:^|[|:;.(\n] ?)(?:{any_of(bare)})" if bare else ""
    again = rf"(?:(?:{any_of(bare)}) )?" if bare else ""
    numbers = re.compile(rf"{again}\d{{1,2}}")
    several = (
        rf"(?:(?<!\w)(?:{any_of(words)}){begins}) (\d{{1,2}}(?:(?:, ?| và |, và ){again}\d{{1,2}})+)(?!\d|[./%]|\w)"
    )
    for match in re.finditer(several, low):
        yield from (number.span() for number in numbers.finditer(low, match.start(1), match.end(1)))


_CODE = re.compile(r"[\s|(\[]*(?P<code>(?P<series>[^\W\d_]{1,5}-?)\d{1,3}|(?P<number>\d{1,2}))[\s|.):\]-]*")
"""What stands before the first name of a line that numbers it."""


def codes(lines: Iterable[tuple[str, T]], words: Sequence[str]) -> dict[str, T]:
    """What a list calls its items: by codes of a series, by numbers behind one of `words` or in brackets; each code of one item only.

    Args:
        lines: what stands before the first name of each line, and what it names.
        words: nouns of an item.

    >>> codes([("HT1 | ", "a"), ("HT2 | ", "b"), ("3. ", "c"), ("Nay ", "d")], ["mục"])
    {'HT1': 'a', 'HT2': 'b', 'mục 3': 'c'}

    """
    found: dict[str, list[T]] = {}
    series: Counter[str] = Counter()
    for before, item in lines:
        match = _CODE.fullmatch(before)
        if match and match["code"] == match["code"].upper():
            number = match["number"]
            series[match["series"] or ""] += 1
            keys = [f"{word} {number}" for word in words] if number else [match["code"]]
            if number and "[" in before:
                keys.append(f"[{number}]")
            for code in keys:
                found.setdefault(code, []).append(item)
    rare = {name for name, times in series.items() if times < 2}
    return {
        code: items[0] for code, items in found.items() if len(items) == 1 and code.rstrip("0123456789") not in rare
    }
