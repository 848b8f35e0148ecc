"""Where a system belongs: the scope that its name states, as the words of ids and labels."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile

from kg.context import Context, Home, name_at
from kg.mention import Mention
from kg.ontology import Concept, Ontology
from kg.scope import Scope
from kg.text import Normal, any_of
from kg.vocab import PLACE, local_name, slug

VIETNAM = PLACE + "vn"


@dataclass(frozen=True, slots=True)
class Seat:
    """What a scope comes to: the words that go into ids and labels."""

    prefix: str
    suffix: str
    scope: str
    place: str
    level: str
    owner: str | None
    operator: str | None
    tail: str
    """What follows the name in the label."""


class SeatRules:
    """What an ontology says of scopes; serves any number of documents."""

    def __init__(self, ontology: Ontology, context: Context) -> None:
        words = ontology.words
        nation, about = (any_of(ontology.words[f"names.{name}"]) for name in ("nation_words", "about"))
        self.of_the_nation = re.compile(rf" (?:{nation}) (?:{about}) ")
        self.context = context
        self.own = _starts(words["names.own_orgs"] + words["names.countries"] + words["names.plain_bodies"])
        self.countries = _starts(words["names.countries"])
        self.district = _starts(words["names.district_orgs"])
        self.apart = _starts(words["names.apart_orgs"])
        self.unit_noun = re.compile(r"(?<!\w)" + _starts(words["names.districts"]).pattern)
        self.of, self.former = words["names.glue_of"][0], words["names.former"][0]
        self.spell: dict[str, str] = dict(ontology.tables["names.spell_out"])
        self.committees = words["names.committees"]
        self.communes = _starts(words["names.communes"])
        nouns = "|".join(sorted(map(re.escape, words["names.districts"]), key=len, reverse=True))
        self.units_named = re.compile(rf"(?<!\w)(?i:({nouns}))((?: \w[\w'-]*){{1,3}})")
        self.units: dict[str, list[Concept]] = {}
        """Provincial units by label: one before and one after a merger may share it."""
        for unit in ontology.of_class("AdministrativeUnit"):
            if unit.all("gsoCode"):
                self.units.setdefault(unit.label(), []).append(unit)


class Seats:
    """Resolves the scopes of one document's names."""

    def __init__(self, rules: SeatRules, home: Home, normal: Normal) -> None:
        self.rules = rules
        self.home = home
        self.normal = normal
        self.elsewhere: Concept | None = None
        """The province that the words at hand are about, where it is not the document's."""
        self.away: Concept | None = None
        """The other province that the paragraph spoke of last."""
        self.near: Concept | None = None
        """The other province that the paragraph named last, in whatever place of a sentence."""
        self._own = self._at_home()
        self._units: dict[str, tuple[list[int], list[str]]] | None = None

    def of(self, mention: Mention) -> Seat:
        """The seat of the system a mention names: what its scope says, else the document's home."""
        scope = mention.scope
        if scope.sort == "national":
            return Seat("", "-quoc-gia", "national", VIETNAM, "national", None, None, scope.text)
        if scope.sort in ("", "home") and self.rules.of_the_nation.search(mention.core):
            return Seat("", "", "national", VIETNAM, "national", None, None, "")
        if scope.sort == "place" and scope.concept is not None:
            return self._at_place(self._unit(scope, mention), None)
        if scope.sort == "unit":
            return self._at_unit(scope.text)
        if scope.sort == "nearby":
            return self._at_nearby(scope.text, mention.start)
        if scope.sort == "agency" and scope.concept is not None:
            return self._at_agency(scope.concept)
        if scope.sort == "org":
            return self._at_org(scope.text)
        if scope.sort == "there":
            return self._at_home(other=self.elsewhere or self.away or self.near)
        return self._at_home(other=self.elsewhere) if self.elsewhere else self._own

    def _at_nearby(self, text: str, place: int) -> Seat:
        """The seat of 'của huyện' at a place: the unit named last in the paragraph, else the other province spoken of where
        it is a city, else the document's only unit of the kind; home where none is, or where the home is one itself.
        """
        named = self.rules.unit_noun.search(text)
        noun = self._noun(named.group() if named else text)
        other = self.elsewhere or self.near
        if self.home.place is not None and noun == self.home.place.one("kind"):
            return self._at_home(other=self.elsewhere)
        starts, units = self._named_units().get(noun, ([], []))
        last = bisect_left(starts, place)
        if last and starts[last - 1] >= self.normal.text.rfind("\n", 0, place):
            return self._at_unit(units[last - 1])
        if other is not None and noun == other.one("kind"):
            return self._at_home(other=other)
        counted = Counter(units).most_common(2)
        clear = counted and (len(counted) == 1 or counted[0][1] > 2 * counted[1][1])
        return self._at_unit(counted[0][0]) if clear else self._at_home(other=self.elsewhere)

    def _named_units(self) -> dict[str, tuple[list[int], list[str]]]:
        """Where the document names units below the province, by noun."""
        if self._units is None:
            self._units = {}
            for match in self.rules.units_named.finditer(self.normal.text):
                noun = self._noun(match[1].lower())
                name = " ".join(takewhile(lambda word: word[0].isupper(), match[2].split()))
                if name:
                    starts, units = self._units.setdefault(noun, ([], []))
                    starts.append(match.start())
                    units.append(f"{noun} {name.title() if name.isupper() else name}")
        return self._units

    def _noun(self, word: str) -> str:
        return self.rules.spell.get(word, word)

    def _unit(self, scope: Scope, mention: Mention) -> Concept:
        """The unit a name means at the document's date; 'cũ' after it means the one before the merger."""
        assert scope.concept is not None
        same = self.rules.units.get(scope.concept.label())
        after = self.normal.low[mention.end : mention.end + 8].strip(" (")
        early = after.startswith(self.rules.former) or mention.distinct == self.rules.former
        unit = self.rules.context.unit_at(same or [scope.concept], "1900-01-01" if early else self.home.date)
        return unit or scope.concept

    def _at_place(self, place: Concept, operator: str | None) -> Seat:
        kind, name = name_at(place, self.home.date)
        return Seat(
            f"{local_name(place.id)}-", "", name, place.id, "province", None, operator, f"{kind} {name}".strip()
        )

    def _at_home(self, operator: str | None = None, other: Concept | None = None) -> Seat:
        if other is not None:
            same = self.rules.units.get(other.label(), [])
            return self._at_place(self.rules.context.unit_at(same, self.home.date) or other, operator)
        if self.home.place is not None:
            return self._at_place(self.home.place, operator)
        if self.home.agency is not None:
            return self._at_agency(self.home.agency)
        return Seat("", "", "", VIETNAM, "national", None, operator, "")

    def _at_agency(self, agency: Concept) -> Seat:
        name = agency.label()
        return Seat(f"{local_name(agency.id)}-", "", name, VIETNAM, "ministry", name, name, f"{self.rules.of} {name}")

    def _at_unit(self, text: str, operator: str | None = None) -> Seat:
        words = text.split()
        words[0] = self.rules.spell.get(words[0].lower(), words[0].lower())
        name = " ".join(map(str, words))
        home = self.home.place
        prefix = f"{local_name(home.id)}-" if home else ""
        level = "commune" if self.rules.communes.match(name.lower()) else "district"
        return Seat(f"{prefix}{slug(name)}-", "", name, home.id if home else VIETNAM, level, None, operator, name)

    def _at_org(self, text: str) -> Seat:
        low = text.lower()
        if self.rules.district.match(low) and (unit := self._unit_in(text)):
            return self._at_unit(unit, text)
        if self.rules.own.match(low) or (text.isupper() and text.isalpha()):
            home = None if self.rules.countries.match(low) else self.home.place
            prefix = f"{local_name(home.id)}-" if home else ""
            return Seat(
                f"{prefix}{slug(text)}-",
                "",
                text,
                home.id if home else VIETNAM,
                "district",
                text,
                text,
                f"{self.rules.of} {text}",
            )
        seat = self._at_home(text, self.elsewhere)
        if self.rules.apart.match(low):
            name = f"{self.rules.of} {self._in_full(text, seat)}"
            return Seat(seat.prefix, f"-{slug(text)}", seat.scope, seat.place, seat.level, None, text, name)
        return seat

    def _in_full(self, text: str, seat: Seat) -> str:
        """'Cục Thuế tỉnh', 'Sở Y tế', 'Tỉnh ủy' with the province whose they are."""
        if seat.level != "province" or seat.scope.lower() in text.lower():
            return text
        kind = seat.tail.removesuffix(seat.scope).strip()
        told = text.lower().endswith((f" {kind}", *self.rules.committees))
        return f"{text} {seat.scope}" if told else f"{text} {kind} {seat.scope}"

    def _unit_in(self, text: str) -> str:
        """'UBND huyện Mai Châu' → 'huyện Mai Châu'; '' where no unit below the province is named."""
        found = self.rules.unit_noun.search(text.lower())
        unit = text[found.start() :] if found else ""
        name = unit[found.end() - found.start() :].strip() if found else ""
        at_home = self.home.place is not None and name.lower() == self.home.place.label().lower()
        return unit if name and not at_home else ""


def _starts(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)")
