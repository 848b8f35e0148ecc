"""Products and channels: a place with two land-register programs has two systems; 'Zalo' may mean the channel on it."""

from __future__ import annotations

import re

from kg.mention import Mention
from kg.ontology import Concept, Ontology
from kg.text import Normal, alternation
from kg.vocab import local_name


class ProductRules:
    """The products and channels that an ontology knows; serves any number of documents."""

    def __init__(self, ontology: Ontology) -> None:
        self.by_kind: dict[str, list[re.Pattern[str]]] = {
            kind: [alternation(spellings.split(), apart=True) for spellings in products]
            for kind, products in ontology.tables["names.products"].items()
        }
        self.channels: dict[str, str] = dict(ontology.tables["names.channels"])


class Products:
    """The products and channels that one document speaks of."""

    def __init__(self, rules: ProductRules, normal: Normal) -> None:
        self._rules, self._normal = rules, normal
        self._leading: dict[tuple[str, str], re.Pattern[str]] = {}
        """The product of each kind that the document names first, by the place that has it."""

        self._channels: dict[str, dict[str, Mention]] = {}
        """Names of channels that hold the name of what they are on, by that and their place."""

    def note(self, mention: Mention, place: str) -> None:
        """Keep what a mention of a system of `place` names; in the order of the text."""
        kind = local_name(mention.kind.id) if mention.kind else ""
        if named := self._named(mention):
            self._leading.setdefault((place, kind), named.re)
        for host, channel in self._rules.channels.items():
            if kind == channel and host in mention.core.split():
                self._channels.setdefault(host, {}).setdefault(place, mention)

    def other(self, mention: Mention, place: str) -> str:
        """The product that a mention names, as it is written, where the place has one of the kind before it; else empty."""
        named = self._named(mention)
        if named is None or mention.kind is None:
            return ""
        leading = self._leading.get((place, local_name(mention.kind.id)), named.re)
        return "" if leading is named.re else self._normal.text[named.start() : named.end()]

    def channel(self, host: Concept) -> Mention | None:
        """The one channel that the document names with the system it is on, 'Kênh Zalo "…"': then 'Zalo' means that."""
        named = list(self._channels.get(local_name(host.id), {}).values())
        return named[0] if len(named) == 1 else None

    def _named(self, mention: Mention) -> re.Match[str] | None:
        spellings = self._rules.by_kind.get(local_name(mention.kind.id), ()) if mention.kind else ()
        found = (pattern.search(self._normal.low, mention.start, mention.core_end) for pattern in spellings)
        return next(filter(None, found), None)
