"""Mentions → systems: one id for one system of one place, with every wording the document uses for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.context import Home
from kg.entity import Entity
from kg.halves import halves
from kg.linkrules import LinkRules
from kg.mention import Mention
from kg.naming import listed_numbers
from kg.ontology import Concept
from kg.pieces import brandish
from kg.products import Products
from kg.seat import VIETNAM, Seats
from kg.shortening import Shortenings
from kg.text import Normal, fold
from kg.vocab import SYS, local_name, slug

_PLACED = ("place", "there", "unit")
"""Sorts of scopes that are a place below the country."""


class Linker:
    """Resolves the mentions of one document."""

    def __init__(self, rules: LinkRules, home: Home, normal: Normal) -> None:
        self.rules = rules
        self.seats = Seats(rules.seats, home, normal)
        self.normal = normal
        self.entities: dict[str, Entity] = {}
        self.aliases: dict[str, Entity] = {}
        self._codes: set[str] = set()
        """Aliases that only say which line of the document names a system: 'mục 3'. They are nobody's names."""
        self._named_kinds: set[str] = set()
        """Kinds of the entities."""
        self._typed: dict[str, dict[str, Entity]] = {}
        """Entities that the document names in full, by type."""
        self._short_typed: dict[str, dict[str, Entity]] = {}
        """Those it names by short wordings that may stand for a fuller name."""
        self._coined: list[tuple[str, Entity]] = []
        """Names that the document gave, in full."""
        self._shortenings = Shortenings(rules.shortening)
        self._products = Products(rules.products, normal)

    def define(self, mention: Mention) -> None:
        """Make known the short names that a mention introduces, before the text is linked."""
        if mention.sort != "name" or mention.alias:
            return
        place = self.seats.of(mention).prefix
        self._products.note(mention, place)
        self._shortenings.note(mention, place)
        stands_in = mention.kind is not None and mention.core in self._short(mention.kind).get("words", ())
        for entity in self._read(mention):
            typed = self._short_typed if stands_in else self._typed
            typed.setdefault(entity.type, {})[entity.id] = entity
            spoken = (
                (len(mention.brand) > 2 or mention.brand[-1:].isdigit())
                and mention.core != mention.brand.lower()
                and (mention.brand[0].isupper() or brandish(mention.brand.split()[0]))
            )
            self._coined += [(name, entity) for name in (*mention.aliases, *([self._text(mention)] if spoken else []))]
            last = self.normal.text[mention.start : mention.core_end].split()[-1] if mention.known else ""
            short = [last] if last.isupper() and last.isalpha() and len(last) > 2 else []
            for alias in (*mention.aliases, *([mention.brand] if spoken else []), *short):
                if not (alias in self.aliases or self._no_brand(alias) or self.ontology_names(alias)):
                    self.aliases[alias] = entity

    def number(self, codes: Mapping[str, Mention]) -> None:
        """Make known the codes that the document gives its systems in a list: 'HT1', 'mục 3'."""
        for code, mention in codes.items():
            if mention.sort == "name" and not mention.alias and (entities := self._read(mention)):
                self._codes.add(code)
                self.aliases.setdefault(code, entities[0])

    def numbers(self) -> Iterator[tuple[int, int]]:
        """Where the numbers of several lines stand for their systems, 'mục 1 và 2'; they become aliases of those."""
        for start, end in listed_numbers(self.normal.low, self.rules.list_nouns, self.rules.bare_nouns):
            number = self.normal.text[start:end]
            if (entity := self.aliases.get(f"{self.rules.item_noun} {number.split()[-1]}")) is not None:
                self._codes.add(number)
                self.aliases[number] = entity
                yield start, end

    def casual(self) -> Iterator[tuple[int, int]]:
        """Where everyday words stand for the one system of a type, or of that name, in the document; they become its aliases."""
        for types, named, pattern in self.rules.casual:
            full, short = (
                {i: e for name in types for i, e in typed.get(name, {}).items() if named in e.label}
                for typed in (self._typed, self._short_typed)
            )
            meant = full or short
            if len(meant) > 1:
                meant = {i: e for i, e in meant.items() if e.scope == self.seats.home.scope}
            if len(meant) == 1:
                for match in pattern.finditer(self.normal.low):
                    self.aliases[self.normal.text[match.start() : match.end()]] = next(iter(meant.values()))
                    yield match.span()

    def headless(self) -> Iterator[tuple[int, int]]:
        """Where a name stands without its noun: 'cửa khẩu số' for 'Nền tảng cửa khẩu số'; such words become its aliases."""
        for mention, start, end in self._shortenings.headless(self.normal):
            if not self.ontology_names(self.normal.text[start:end]):
                self.aliases[self.normal.text[start:end]] = self._read(mention)[0]
                yield start, end

    def halves(self) -> Iterator[tuple[int, int]]:
        """Where the first words of a name that the document gave stand for it; they become its aliases."""
        for start, end, entity in halves(self._coined, self.normal, self.rules.lexicon.meanings):
            self.aliases[self.normal.text[start:end]] = entity
            yield start, end

    def _text(self, mention: Mention) -> str:
        return " ".join(self.normal.text[mention.start : mention.core_end].replace('"', " ").split())

    def systems(self, mention: Mention) -> tuple[str, ...]:
        """Ids of the systems that a mention of sort 'name' names, made known with this wording."""
        return tuple(self._note(entity, mention).id for entity in self._read(mention))

    def alike(self, one: Mention, other: Mention) -> bool:
        """Whether two mentions may name the same system by their types; what names no type may be any."""
        kinds = [
            m.kind.one("systemType") if m.kind else next(iter(m.known.types), None) if m.known else None
            for m in (one, other)
        ]
        return kinds[0] == kinds[1] or None in kinds

    def _read(self, mention: Mention) -> list[Entity]:
        if mention.alias:
            return [self.aliases[mention.alias]] if mention.alias in self.aliases else []
        if mention.known and self._of_a_place(mention):
            return [self._local(mention._replace(known=None, brand=""))]
        if mention.known:
            channel = self._products.channel(mention.known)
            return self._read(channel) if channel else [self._known(mention)]
        if mention.core == mention.brand.lower() and mention.brand in self.aliases:
            return [self.aliases[mention.brand]]  # written like a brand, and explained by the document
        if mention.kind is None and mention.core in self.rules.owned_heads:
            return self._owned(mention)
        if parts := mention.scope.parts():
            return [self._local(mention._replace(scope=part)) for part in parts]
        fuller = self._shortenings.fuller(mention, self.seats.of(mention).prefix) or mention
        return [self._known(fuller) if fuller.known else self._local(fuller)]

    def _of_a_place(self, mention: Mention) -> bool:
        """'hệ thống giám sát tàu cá của tỉnh': a province has its own of what the country has."""
        scope, rules = mention.scope, self.rules
        placed = scope.sort in _PLACED or (scope.sort == "home" and scope.text.lower() in rules.of_home)
        words = self.normal.text[mention.start : mention.core_end].split()
        return (
            placed and len(words) > 1 and not brandish(words[-1]) and not any(w in mention.core for w in rules.nation)
        )

    def _owned(self, mention: Mention) -> list[Entity]:
        """What only its owner names: the owner's one system spoken of before, else a new one; nothing where it has several."""
        owner = self.seats.of(mention).operator
        head = mention.head.one("systemType") if mention.head else None
        before = [
            entity
            for entity in self.entities.values()
            if owner in self._owners(entity) and (entity.type == head or entity.type not in self.rules.settled)
        ]
        return before if len(before) == 1 else [] if before else [self._local(mention)]

    def _owners(self, entity: Entity) -> set[str | None]:
        """Labels of whoever owns or runs a system."""
        concept = self.rules.ontology.concepts.get(entity.id)
        known = map(self.rules.ontology.label, concept.all("owner")) if concept else ()
        return {entity.scope, entity.owner, entity.operator, *known} - {None}

    def _note(self, entity: Entity, mention: Mention) -> Entity:
        entity = self.entities.setdefault(entity.id, entity)
        self._named_kinds.add(entity.kind)
        if mention.alias not in self._codes:
            entity.wordings.setdefault(self._text(mention))
            whole = " ".join(self.normal.text[mention.start : mention.end].split())
            if "(" not in whole:
                entity.wordings.setdefault(whole.replace('"', ""))
        for alias in (*mention.aliases, *([mention.brand] if mention.brand else [])):
            entity.wordings.setdefault(alias)
        entity.mentions.append((mention.start, mention.end))
        if mention.operator and not entity.operator:
            entity.operator = mention.operator
        return entity

    def _no_brand(self, alias: str) -> bool:
        """Whether a word that stands where brands do is none, or is a place."""
        return alias.lower() in self.rules.not_brands or fold(alias) in self.rules.places

    def ontology_names(self, alias: str) -> bool:
        """Whether the lexicon itself knows the name, so that no alias of the document is needed."""
        return any(e.sort in ("system", "kind") for e in self.rules.lexicon.meanings(alias))

    # -- national and ministry systems -------------------------------------------------------------------------------

    def _known(self, mention: Mention) -> Entity:
        concept = mention.known
        assert concept is not None
        level = concept.one("level") or "national"
        owner = concept.all("owner")
        owner_label = self.rules.ontology.label(owner[0]) if owner else None
        ministry = level == "ministry" and owner_label is not None
        types = [t for t in concept.types if t in self.rules.classes]
        operator = concept.all("operator")
        return Entity(
            concept.id,
            concept.label(),
            types[0] if types else self.rules.default,
            str(owner_label) if ministry else "national",
            VIETNAM,
            level,
            owner_label if ministry else None,
            self._stated_operator(mention)
            or (self.rules.ontology.label(operator[0]) if operator and ministry else None),
        )

    @staticmethod
    def _stated_operator(mention: Mention) -> str | None:
        return mention.operator or (mention.scope.text if mention.scope.sort in ("agency", "org") else None)

    # -- everybody else's --------------------------------------------------------------------------------------------

    def _local(self, mention: Mention) -> Entity:
        seat = self.seats.of(mention)
        kind = self._stand_in(mention)
        if kind is not None:
            core, type_ = local_name(kind.id), kind.one("systemType") or self.rules.default
            name = kind.label()
        else:
            full = self._in_full(mention)
            core = slug(mention.brand or full)
            type_ = self._type_of(mention)
            name = self._written_in_full(mention, full)
            name = name[:1].upper() + name[1:]
        if product := self._products.other(mention, seat.prefix):
            mention = mention._replace(distinct=product)
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
        if kind and mention.plural and local_name(kind.id) in self.rules.plural:
            return self.rules.kinds[self.rules.plural[local_name(kind.id)]]
        rule = self._short(kind) if kind else {}
        if kind is None or mention.core not in rule.get("words", ()):
            return kind
        stands_in = rule["for"] in self._named_kinds and local_name(kind.id) not in self._named_kinds
        return self.rules.kinds[rule["for"]] if stands_in else kind

    def _short(self, kind: Concept) -> dict[str, Any]:
        """What the ontology says of short wordings of a kind that may mean another one."""
        rule: dict[str, Any] = self.rules.short.get(local_name(kind.id), {})
        return rule

    def _in_full(self, mention: Mention) -> str:
        """The name with its head noun in full: one system, however the head is shortened."""
        head = mention.head
        if head is None or mention.brand:
            return mention.core
        shorts = self.rules.acronyms.get(head.id, ())
        short = max((w for w in shorts if mention.core.startswith(f"{w} ")), key=len, default="")
        return f"{head.label().lower()}{mention.core[len(short) :]}" if short else mention.core

    def _written_in_full(self, mention: Mention, full: str) -> str:
        """The name as the text writes it, with its head noun as in `full`."""
        written = " ".join(self.normal.text[mention.start : mention.core_end].replace('"', " ").split())
        if full == mention.core or len(written) != len(mention.core):
            return written if full == mention.core else full
        kept = next((n for n, (a, b) in enumerate(zip(full[::-1], written.lower()[::-1])) if a != b), len(written))
        kept -= max(0, full.find(" ", len(full) - kept) - len(full) + kept)  # words are whole
        return full[: len(full) - kept] + written[len(written) - kept :]

    def _type_of(self, mention: Mention) -> str:
        head = mention.head
        default = (head.one("systemType") if head else None) or self.rules.default
        if default in self.rules.settled:
            return default
        for name, pattern in self.rules.types:
            if pattern.search(mention.core):
                return default if mention.brand and name in self.rules.branded.get(default, ()) else name
        by_owner = default == self.rules.default and self.rules.by_owner.search(mention.scope.text.lower())
        return self.rules.owner_type if by_owner else default
