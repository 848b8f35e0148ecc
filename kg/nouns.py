"""The words that may point back to a system: 'phần mềm này', a bare 'Cổng'."""

from __future__ import annotations

from collections.abc import Mapping

from kg.entity import Entity
from kg.ontology import Ontology

_LONGEST = 5
"""Words of what may point back."""


class NounsOfTypes:
    """What an ontology says of the nouns that systems of a type go by."""

    def __init__(self, ontology: Ontology) -> None:
        table: Mapping[str, str] = ontology.tables["relate.nouns_of_types"]
        self.of = {name: frozenset(map(str.strip, nouns.split("|"))) for name, nouns in table.items()}
        self.all = frozenset[str]().union(*self.of.values())


class Nouns:
    """The words that may point back to the systems of one document: asked for by the id of a system."""

    def __init__(self, types: NounsOfTypes, entities: Mapping[str, Entity]) -> None:
        self._types = types
        self._entities = entities
        self._known: dict[str, frozenset[str]] = {}
        """As far as somebody asked."""

    def __call__(self, iri: str) -> frozenset[str]:
        """The first words of what the document calls a system."""
        found = self._known.get(iri)
        if found is None:
            entity = self._entities[iri]
            words = [wording.lower().split() for wording in (entity.wordings or (entity.label,))]
            found = frozenset(" ".join(row[:n]) for row in words for n in range(1, _LONGEST + 1))
            self._known[iri] = found
        return found

    def of_type(self, iri: str) -> frozenset[str]:
        """The nouns of its type, where the document calls a system by no noun at all."""
        told = self(iri).isdisjoint(self._types.all)
        return self._types.of.get(self._entities[iri].type, frozenset()) if told else frozenset()

    def may_mean(self, noun: str, iri: str) -> bool:
        """Whether a noun alone may mean a system: by what the document calls it, or by its type."""
        return noun in self(iri) or noun in self._types.of.get(self._entities[iri].type, frozenset())
