"""Names cut short: what a document calls a system once it has named it in full."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.mention import Mention
from kg.ontology import Concept, Ontology
from kg.text import Normal, any_of

_SHORTEST = 2
"""Spaces within a name that may shorten another one."""
_NOUN = 40
"""Characters that the noun of a name may have."""


class ShorteningRules:
    """What an ontology says of nouns and last words of names."""

    def __init__(self, ontology: Ontology) -> None:
        heads = (wording.lower() for head in ontology.of_class("HeadNoun") for wording in head.wordings)
        self.own_types = frozenset(ontology.words["names.own_types"])
        """Types of which an organisation that has one calls it so without saying whose it is."""
        self.listing_heads = frozenset(ontology.words["names.listing_heads"])
        self.listed = tuple(f"{noun} " for noun in sorted(self.listing_heads))
        self.of = f" {ontology.words['names.glue_of'][0]} "
        self.telling_tails = tuple(f" {word}" for word in ontology.words["names.telling_tails"])
        self.begins_with_verb = re.compile(rf"(?:{any_of(ontology.words['names.verbs'])}) ")
        self._evident = [
            (f"{long} ", f"{short} ")
            for long in ontology.words["names.evident_heads"]
            for short in self.listing_heads
            if long.startswith(f"{short} ")
        ]
        managed, managing = (any_of(ontology.words[f"names.{name}"]) for name in ("managed_heads", "managing"))
        self._managing = re.compile(rf"^((?:{managed}) )(?:{managing}) ")
        self.headed = re.compile(rf"(?:{any_of(heads, apart=True)}) $")

    def plain(self, core: str) -> str:
        """A name with its noun in short, and without 'quản lý': 'hệ thống giấy phép' for 'hệ thống thông tin quản lý giấy phép'."""
        short = next((short + core[len(long) :] for long, short in self._evident if core.startswith(long)), core)
        return self._managing.sub(r"\1", short)


class Shortenings:
    """The names of one document, and what may be short for them."""

    def __init__(self, rules: ShorteningRules) -> None:
        self._rules = rules
        self._names: dict[tuple[str, str], Mention] = {}
        """The first mention of each name proper, by the place of its system and itself."""
        self._owned: dict[str, dict[str, Mention]] = {}
        """The first mention of each name that says which organisation's it is, by name and place."""
        self._openings: dict[tuple[str | None, str], list[Mention]] = {}
        """The first two names that begin with some words, by place, and by None wherever they are."""
        self._endings: dict[tuple[str | None, str], list[Mention]] = {}
        """The same of names that a noun makes of some words."""

    def note(self, mention: Mention, place: str) -> None:
        """Keep a name of a system of a place; in the order of the text."""
        name, _, owner = mention.core.partition(self._rules.of)
        name = mention.kind.id if mention.kind else name
        if mention.scope.sort in ("agency", "org") or (mention.known and owner):
            self._owned.setdefault(name, {}).setdefault(mention.known.id if mention.known else place, mention)
        where = mention.known.id if mention.known else place
        if (where, mention.core) in self._names:
            return
        self._names[where, mention.core] = mention
        plain = self._rules.plain(mention.core)
        words = plain.split()
        for count in range(_SHORTEST + 1, len(words) + (plain != mention.core)):
            _keep(self._openings, where, " ".join(words[:count]), mention)
        if mention.known:
            return
        if mention.core.startswith(self._rules.listed):
            for noun in self._rules.listed:
                if mention.core.startswith(noun):
                    _keep(self._endings, place, mention.core.removeprefix(noun), mention)

    def fuller(self, mention: Mention, place: str) -> Mention | None:
        """The one fuller name that an open name shortens: by its last words, or by the noun before it.

        Whose it is may be told with the fuller name alone; a name that the document brings in short is none.
        """
        if mention.distinct or (mention.kind is None and mention.core.count(" ") < _SHORTEST):
            return None
        if owned := self._owned_before(mention, place):
            return owned
        if mention.brand or mention.kind is not None:
            return None
        first = min(mention.start, self._names.get((place, mention.core), mention).start)
        near = self._fitting(mention, place, first)
        if not near and not mention.scope.sort:
            near = self._fitting(mention, None, first)
        return near[0] if len(near) == 1 else None

    def _owned_before(self, mention: Mention, place: str) -> Mention | None:
        """The same name, which the document brought with an owner's, where it is named without any only later: whose it is, is known."""
        if mention.scope.sort:
            return None
        if mention.kind is not None and mention.kind.one("systemType") not in self._rules.own_types:
            return None
        name = mention.kind.id if mention.kind else mention.core
        owned = [m for where, m in self._owned.get(name, {}).items() if where != place]
        bare = self._names.get((place, mention.core), mention)
        return owned[0] if len(owned) == 1 and owned[0].start < bare.start and not bare.scope.sort else None

    def _fitting(self, mention: Mention, place: str | None, first: int) -> list[Mention]:
        before = [
            other for other in self._openings.get((place, self._rules.plain(mention.core)), ()) if other.start < first
        ]
        return [*before, *self._endings.get((place, mention.core), ())]

    def headless(self, normal: Normal) -> Iterator[tuple[Mention, int, int]]:
        """Where a name that only one place has stands without its noun: the name, start and end."""
        ours = {names: mention for names, mention in self._names.items() if mention.known is None}
        named = Counter(core for _, core in ours)
        rests = {self._without_head(m): m for (_, core), m in ours.items() if named[core] == 1}
        rests.pop("", None)
        if not rests:
            return
        for match in re.finditer(rf"(?<![\w-])(?:{any_of(rests)})(?!\w)", normal.low):
            start, end = match.span()
            goes_on = normal.text[end + 1 : end + 2].isupper()
            if not goes_on and not self._rules.headed.search(normal.low[max(0, start - _NOUN) : start]):
                yield rests[match.group()], start, end

    def _without_head(self, mention: Mention) -> str:
        """The words behind the noun of an open name, where they alone may stand for it; empty where not."""
        if mention.head is None or mention.kind is not None or mention.brand:
            return ""
        nouns = [w.lower() for w in mention.head.wordings if mention.core.startswith(f"{w.lower()} ")]
        rest = mention.core[len(max(nouns, key=len, default=mention.core)) :].strip()
        told = rest.endswith(self._rules.telling_tails) and not self._rules.begins_with_verb.match(rest)
        return rest if told and rest.count(" ") >= _SHORTEST else ""


def _keep(names: dict[tuple[str | None, str], list[Mention]], place: str, words: str, mention: Mention) -> None:
    for where in (place, None):
        known = names.setdefault((where, words), [])
        if len(known) < 2:
            known.append(mention)


def acronyms(head: Concept) -> tuple[str, ...]:
    """Wordings of a head noun that hold an acronym, in lower case."""
    short = (w for w in head.wordings if any(p.isupper() and len(p) > 1 for p in w.split()))
    return tuple(map(str.lower, short))
