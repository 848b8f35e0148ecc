"""Mentions → systems: one id for one system of one place, with every wording the document uses for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.context import Context, Home
from kg.mention import Mention
from kg.ontology import Concept, Ontology
from kg.scope import Scope
from kg.text import Normal
from kg.vocab import PLACE, SYS, local_name, slug

_VN = PLACE + "vn"


@dataclass(slots=True)
class Entity:
    """A system as one document speaks of it; grows while the document is read."""

    id: str
    label: str
    type: str
    scope: str
    place: str
    level: str
    owner: str | None
    operator: str | None
    kind: str = ""
    head: str = ""
    wordings: dict[str, None] = field(default_factory=dict)
    """In the order of the text."""
    mentions: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Seat:
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


class Linker:
    """Resolves the mentions of one document."""

    def __init__(self, ontology: Ontology, context: Context, home: Home, normal: Normal) -> None:
        self.ontology = ontology
        self.context = context
        self.home = home
        self.normal = normal
        words = ontology.words
        self._provincial = _starts(words["names.provincial_orgs"])
        self._own = _starts(words["names.own_orgs"])
        self._district = _starts(words["names.district_orgs"])
        self._apart = _starts(words["names.apart_orgs"])
        self._of, self._former = words["names.glue_of"][0], words["names.former"][0]
        self._spell: dict[str, str] = dict(ontology.tables["names.spell_out"])
        self._communes = frozenset(ontology.words["names.communes"])
        self._types = [(name, _any(text)) for row in ontology.tables["names.types"] for name, text in row.items()]
        self._short = dict(ontology.tables.get("names.short_forms", {}))
        self._plural: dict[str, str] = dict(ontology.tables["names.plural_kinds"])
        self.elsewhere: Concept | None = None
        """The province that the sentence at hand is about, where it is not the document's."""
        self.entities: dict[str, Entity] = {}
        self.aliases: dict[str, Entity] = {}

    def define(self, mention: Mention) -> None:
        """Make known the short names that a mention introduces, before the text is linked."""
        if mention.sort != "name" or mention.alias or not (mention.aliases or mention.brand):
            return
        for entity in self._read(mention):
            for alias in (*mention.aliases, *([mention.brand] if len(mention.brand) > 2 else [])):
                if not self.ontology_names(alias):
                    self.aliases.setdefault(alias, entity)

    def systems(self, mention: Mention) -> tuple[str, ...]:
        """Ids of the systems that a mention of sort 'name' names, made known with this wording."""
        return tuple(self._note(entity, mention).id for entity in self._read(mention))

    def _read(self, mention: Mention) -> list[Entity]:
        if mention.alias:
            return [self.aliases[mention.alias]] if mention.alias in self.aliases else []
        if mention.known:
            return [self._known(mention)]
        if mention.scope.sort == "units":
            units = mention.scope.text.split("|")
            return [self._local(replace(mention, scope=Scope("unit", unit))) for unit in units]
        return [self._local(mention)]

    def _note(self, entity: Entity, mention: Mention) -> Entity:
        entity = self.entities.setdefault(entity.id, entity)
        surface = self.normal.text[mention.start : mention.core_end]
        entity.wordings.setdefault(" ".join(surface.replace('"', " ").split()))
        whole = " ".join(self.normal.text[mention.start : mention.end].split())
        if "(" not in whole:
            entity.wordings.setdefault(whole.replace('"', ""))
        for alias in (*mention.aliases, *([mention.brand] if mention.brand else [])):
            entity.wordings.setdefault(alias)
        entity.mentions.append((mention.start, mention.end))
        if mention.operator and not entity.operator:
            entity.operator = mention.operator
        return entity

    def ontology_names(self, alias: str) -> bool:
        """Whether the lexicon itself knows the name, so that no alias of the document is needed."""
        return any(e.sort in ("system", "kind") for e in self.context.lexicon.meanings(alias))

    # -- national and ministry systems -------------------------------------------------------------------------------

    def _known(self, mention: Mention) -> Entity:
        concept = mention.known
        assert concept is not None
        level = concept.one("level") or "national"
        owner = concept.all("owner")
        owner_label = self.ontology.label(owner[0]) if owner else None
        ministry = level == "ministry" and owner_label is not None
        types = [t for t in concept.types if t in self._type_names()]
        operator = concept.all("operator")
        return Entity(
            concept.id,
            concept.label(),
            types[0] if types else "OtherSystem",
            str(owner_label) if ministry else "national",
            _VN,
            level,
            owner_label if ministry else None,
            self._stated_operator(mention) or (self.ontology.label(operator[0]) if operator and ministry else None),
        )

    def _type_names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self._types) | {
            "OtherSystem",
            "IntegrationPlatform",
            "OperationsCentre",
            "Network",
            "WebPortal",
            "CitizenApp",
        }

    @staticmethod
    def _stated_operator(mention: Mention) -> str | None:
        return mention.operator or (mention.scope.text if mention.scope.sort in ("agency", "org") else None)

    # -- everybody else's --------------------------------------------------------------------------------------------

    def _local(self, mention: Mention) -> Entity:
        seat = self._seat(mention)
        kind = self._stand_in(mention)
        if kind is not None:
            core, type_ = local_name(kind.id), kind.one("systemType") or "OtherSystem"
            name = kind.label()
        else:
            full = self._in_full(mention)
            core = slug(mention.brand or full)
            type_ = self._type_of(mention)
            name = _capital(self._as_written(mention) if full == mention.core else full)
        distinct = f"-{slug(mention.distinct)}" if mention.distinct else ""
        label = f"{name} {mention.distinct}".strip() if mention.distinct and mention.distinct not in name else name
        label = f"{label} {seat.tail}".strip() if seat.tail and seat.tail.lower() not in label.lower() else label
        entity = Entity(
            SYS + f"{seat.prefix}{core}{distinct}{seat.suffix}",
            label,
            type_,
            seat.scope,
            seat.place,
            seat.level,
            seat.owner,
            mention.operator or seat.operator,
            local_name(kind.id) if kind else "",
            local_name(mention.head.id) if mention.head else "",
        )
        entity.wordings.setdefault(name)
        return entity

    def _stand_in(self, mention: Mention) -> Concept | None:
        """The kind a mention names; a short wording stands for a fuller kind that the document has named."""
        kind = mention.kind
        if kind and mention.plural and local_name(kind.id) in self._plural:
            return self._kind(self._plural[local_name(kind.id)])
        rule = self._short.get(local_name(kind.id)) if kind else None
        if kind is None or rule is None or mention.core not in rule["words"]:
            return kind
        fuller = next((e for e in self.entities.values() if e.kind == rule["for"]), None)
        plain = any(e.kind == local_name(kind.id) for e in self.entities.values())
        if fuller is None or plain:
            return kind
        return self._kind(rule["for"])

    def _kind(self, name: str) -> Concept:
        return next(c for c in self.ontology.of_class("SystemKind") if local_name(c.id) == name)

    @staticmethod
    def _in_full(mention: Mention) -> str:
        """The name with its head noun in full: one system, however the head is shortened."""
        head = mention.head
        if head is None or mention.brand:
            return mention.core
        acronyms = (w.lower() for w in head.wordings if any(p.isupper() and len(p) > 1 for p in w.split()))
        short = max((w for w in acronyms if mention.core.startswith(f"{w} ")), key=len, default="")
        return f"{head.label().lower()}{mention.core[len(short) :]}" if short else mention.core

    def _as_written(self, mention: Mention) -> str:
        return " ".join(self.normal.text[mention.start : mention.core_end].replace('"', " ").split())

    def _type_of(self, mention: Mention) -> str:
        head = mention.head
        default = (head.one("systemType") if head else None) or "OtherSystem"
        if default in ("Database", "Network"):
            return default
        for name, pattern in self._types:
            if pattern.search(mention.core):
                if default == "CitizenApp" and name in ("SectorSystem", "MonitoringSystem") and mention.brand:
                    return default
                return name
        return default

    def _seat(self, mention: Mention) -> _Seat:
        scope = mention.scope
        if scope.sort == "national":
            return _Seat("", "-quoc-gia", "national", _VN, "national", None, None, scope.text)
        if scope.sort == "place" and scope.concept is not None:
            return self._at_place(self._unit(scope, mention), None)
        if scope.sort == "unit":
            return self._at_unit(scope.text)
        if scope.sort == "agency" and scope.concept is not None:
            return self._at_agency(scope.concept)
        if scope.sort == "org":
            return self._at_org(scope.text)
        return self._at_home()

    def _unit(self, scope: Scope, mention: Mention) -> Concept:
        """The unit a name means at the document's date; 'cũ' after it means the one before the merger."""
        assert scope.concept is not None
        label = scope.concept.label()
        same = [c for c in self.ontology.of_class("AdministrativeUnit") if c.label() == label and c.all("gsoCode")]
        after = self.normal.low[mention.end : mention.end + 8].strip(" (")
        early = after.startswith(self._former) or mention.distinct == self._former
        unit = self.context.unit_at(same or [scope.concept], "1900-01-01" if early else self.home.date)
        return unit or scope.concept

    def _at_place(self, place: Concept, operator: str | None) -> _Seat:
        kind, name = place.one("kind") or "", place.label()
        return _Seat(
            f"{local_name(place.id)}-", "", name, place.id, "province", None, operator, f"{kind} {name}".strip()
        )

    def _at_home(self, operator: str | None = None) -> _Seat:
        if self.elsewhere is not None:
            label = self.elsewhere.label()
            same = [c for c in self.ontology.of_class("AdministrativeUnit") if c.label() == label and c.all("gsoCode")]
            return self._at_place(self.context.unit_at(same, self.home.date) or self.elsewhere, operator)
        if self.home.place is not None:
            return self._at_place(self.home.place, operator)
        if self.home.agency is not None:
            return self._at_agency(self.home.agency)
        return _Seat("", "", "", _VN, "national", None, operator, "")

    def _at_agency(self, agency: Concept) -> _Seat:
        name = agency.label()
        return _Seat(f"{local_name(agency.id)}-", "", name, _VN, "ministry", name, name, f"{self._of} {name}")

    def _at_unit(self, text: str, operator: str | None = None) -> _Seat:
        words = text.split()
        words[0] = self._spell.get(words[0].lower(), words[0].lower())
        name = " ".join(map(str, words))
        home = self.home.place
        prefix = f"{local_name(home.id)}-" if home else ""
        level = "commune" if words[0] in self._communes else "district"
        return _Seat(f"{prefix}{slug(name)}-", "", name, home.id if home else _VN, level, None, operator, name)

    def _at_org(self, text: str) -> _Seat:
        low = text.lower()
        if self._district.match(low):
            return self._at_unit(self._district.sub("", self._keep_unit(text)).strip() or text, text)
        if self._own.match(low):
            home = self.home.place
            prefix = f"{local_name(home.id)}-" if home else ""
            return _Seat(
                f"{prefix}{slug(text)}-",
                "",
                text,
                home.id if home else _VN,
                "district",
                text,
                text,
                f"{self._of} {text}",
            )
        seat = self._at_home(text)
        if self._apart.match(low):
            return _Seat(
                seat.prefix, f"-{slug(text)}", seat.scope, seat.place, seat.level, None, text, f"{self._of} {text}"
            )
        return seat

    def _keep_unit(self, text: str) -> str:
        """'UBND huyện Mai Châu' → 'huyện Mai Châu'."""
        return text.split(" ", 1)[1] if " " in text else text


def _starts(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)")


def _any(text: str) -> re.Pattern[str]:
    words = [w.strip() for w in text.split("|")]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)")


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
