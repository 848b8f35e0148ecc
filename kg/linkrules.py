"""What an ontology says of the names of systems: their types, short forms, owners, places."""

from __future__ import annotations

import re

from kg.context import Context
from kg.ontology import Ontology
from kg.products import ProductRules
from kg.seat import SeatRules
from kg.shortening import ShorteningRules, acronyms
from kg.text import alternation, fold
from kg.vocab import local_name


class LinkRules:
    """Made once of an ontology; serves any number of documents."""

    def __init__(self, ontology: Ontology, context: Context) -> None:
        self.ontology = ontology
        self.lexicon = context.lexicon
        self.seats = SeatRules(ontology, context)
        types = [pair for row in ontology.tables["names.types"] for pair in row.items()]
        self.types = [(name, alternation(map(str.strip, text.split("|")), apart=True)) for name, text in types]
        self.owner_type = ontology.words["names.owner_type"][0]
        self.by_owner = next(pattern for name, pattern in self.types if name == self.owner_type)
        self.classes = ontology.subclasses("System")
        self.default = ontology.words["names.default_type"][0]
        self.settled = frozenset(ontology.words["names.settled_types"])
        self.branded: dict[str, list[str]] = dict(ontology.tables["names.branded_types"])
        self.short = dict(ontology.tables.get("names.short_forms", {}))
        self.not_brands = frozenset(ontology.words["names.not_brands"])
        units = ontology.of_class("AdministrativeUnit")
        self.places = frozenset(fold(name) for unit in units for name in (*unit.wordings, *unit.all("seat")))
        self.shortening = ShorteningRules(ontology)
        self.of_home, self.nation = (ontology.words[f"names.{name}"] for name in ("of_home", "nation_words"))
        self.owned_heads = frozenset(ontology.words["names.owned_heads"])
        self.plural: dict[str, str] = dict(ontology.tables["names.plural_kinds"])
        self.products = ProductRules(ontology)
        items, several, self.bare_nouns = (ontology.words[f"names.{name}_nouns"] for name in ("item", "list", "bare"))
        self.item_noun, self.list_nouns = items[0], (*items, *several)
        self.casual = [
            (frozenset(row["types"].split()), row.get("named", ""), re.compile(row["pattern"]))
            for row in ontology.tables["names.casual"]
        ]
        self.acronyms = {head.id: acronyms(head) for head in ontology.of_class("HeadNoun")}
        self.kinds = {local_name(kind.id): kind for kind in ontology.of_class("SystemKind")}
