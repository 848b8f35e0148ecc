"""What systems of a type do for others: carry their links, gather their data, host them, bring them together."""

from __future__ import annotations

from collections.abc import Mapping

from kg.context import Home
from kg.entity import Entity
from kg.ontology import Ontology


class RoleTypes:
    """The types of an ontology by what their systems do."""

    def __init__(self, ontology: Ontology) -> None:
        self.intermediary = frozenset(ontology.words["relate.intermediary_types"])
        self.exchangers = frozenset(ontology.words["relate.exchanger_types"])
        self.axes = frozenset(ontology.words["relate.axis_types"])
        self.gathering = frozenset(ontology.words["relate.gathering_types"])
        self.hosting = frozenset(ontology.words["relate.hosting_types"])
        self.centre = frozenset(ontology.words["relate.centre_types"])
        self.parts = tuple(f"{noun} " for noun in ontology.words["names.parts"])
        self.anything = frozenset(ontology.words["relate.anything"])


class Roles:
    """What the systems of one document do."""

    def __init__(self, types: RoleTypes, entities: Mapping[str, Entity], home: Home) -> None:
        self._types = types
        self._entities = entities
        self._home = home

    def carries(self, refs: tuple[str, ...]) -> bool:
        """Whether all of `refs`, and there are any, carry links of others."""
        return bool(refs) and self._all(refs, self._types.intermediary)

    def exchange(self, refs: tuple[str, ...]) -> bool:
        """Whether all of `refs`, and there are any, send and receive documents."""
        return bool(refs) and self._all(refs, self._types.exchangers)

    def passes_documents(self, refs: tuple[str, ...]) -> bool:
        """Whether all of `refs`, and there are any, are axes for documents."""
        return bool(refs) and self._all(refs, self._types.axes)

    def hosts(self, refs: tuple[str, ...]) -> bool:
        """Whether others run on all of `refs`."""
        return self._all(refs, self._types.hosting)

    def centres(self, refs: tuple[str, ...]) -> bool:
        """Whether all of `refs` are centres that others are integrated into."""
        return self._all(refs, self._types.centre)

    def gathers(self, ref: str) -> bool:
        """Whether data of others flow to a system."""
        return self._entities[ref].type in self._types.gathering

    def owned(self, ref: str, owner: str) -> bool:
        """Whether a system is that owner's; of no owner named, the document's own province's or ministry's."""
        return self._entities[ref].scope == (owner or self._home.scope)

    def near(self, ref: str) -> bool:
        """Whether a system stands in the document's own province; where that is none, whether it is its ministry's."""
        place = self._home.place
        return self._entities[ref].place == place.id if place else self.owned(ref, "")

    def part(self, name: str) -> bool:
        """Whether a name, in lower case, begins as those of parts of systems do."""
        return name.startswith(self._types.parts)

    def any_may_be(self, noun: str) -> bool:
        """Whether the noun alone may stand for a system of whatever kind."""
        return noun in self._types.anything

    def exchanger(self) -> tuple[str, ...]:
        """The one system of the home that exchanges documents: meant where a sentence on that names no other."""
        known = self._entities.values()
        ids = [e.id for e in known if e.type in self._types.exchangers and e.level == "province"]
        return tuple(ids) if len(ids) == 1 else ()

    def _all(self, refs: tuple[str, ...], types: frozenset[str]) -> bool:
        return all(self._entities[ref].type in types for ref in refs)
