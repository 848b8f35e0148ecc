"""Extracted facts against hand annotation: which gold systems, links and statements of a document were found.

A predicted system is a gold one when their names are alike and type or scope agree; the pairs are made one to one, the most
alike first. A link is found when both its ends are, and found in full when relation, intermediaries and status are right as
well; only a relation that holds both ways may be turned. What annotators marked as optional neither counts nor costs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kg.text import normalise

Item = Mapping[str, Any]
"""A fact as `kg facts` prints it, or an entry of a gold file."""

KINDS = ("systems", "links", "full", "uses", "measures", "policies")
SYMMETRIC = ("connectsTo", "exchangesDocumentsWith")
# Words that names of systems share, so that they tell nothing apart.
COMMON = frozenset(
    [
        "tỉnh",
        "của",
        "hệ",
        "thống",
        "phần",
        "mềm",
        "thông",
        "tin",
        "tp",
        "thành",
        "phố",
        "và",
        "các",
        "dùng",
        "chung",
        "cấp",
        "việt",
        "nam",
        "cho",
    ]
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many were right of those predicted and of those annotated."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A predicted connection, its ends and intermediaries as the gold systems they were paired with."""

    fact: Item
    source: str | None
    target: str | None
    via: tuple[str | None, ...]

    @property
    def ends(self) -> frozenset[str | None]:
        """Both ends, whichever way round."""
        return frozenset((self.source, self.target))


@dataclass(slots=True)
class Scored:
    """One document's score, with what it rests on."""

    name: str
    gold: Item
    systems: Sequence[Item]
    """Predicted, the ends of links included."""
    pairs: Mapping[int, int]
    """Index of a predicted system → index of its gold system."""
    links: Sequence[Link] = ()
    found: Mapping[int, Link] = field(default_factory=dict)
    """Index of a gold connection → the link that found it."""
    full: Mapping[int, Link] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)
    status: Count = Count()


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of `text` in one spelling."""
    return tuple(re.findall(r"\w+", normalise(text).low))


@lru_cache(maxsize=65536)
def telling(name: str, scope: str) -> frozenset[str]:
    """The words of a name that tell it apart: without its place and what all names share; all where none is left."""
    own = words(name)
    return frozenset(own).difference(COMMON, words(scope)) or frozenset(own)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient of two sets of words; 0 where one is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two phrases share most of their words."""
    return overlap(frozenset(words(one or "")), frozenset(words(other or ""))) >= 0.6


def same_scope(one: str, other: str) -> bool:
    """Whether two scopes are one, with or without 'tỉnh', 'thành phố', 'tp' in front."""
    return _bare(one) == _bare(other)


def _bare(scope: str) -> str:
    return re.sub("^(tỉnh|thành phố|tp) ", "", " ".join(words(scope)))


def names_of(system: Item) -> list[str]:
    """All names of a predicted system."""
    return [system.get("label") or "", *(system.get("alt_labels") or ())]


def closeness(system: Item, gold: Item) -> tuple[float, bool]:
    """How alike the most alike names of both are, from 0 to 1, and whether two are equal."""
    scope, gold_scope = system.get("scope") or "", gold.get("scope") or ""
    pairs = [(mine, theirs) for mine in names_of(system) for theirs in gold["labels"]]
    best = max((overlap(telling(a, scope), telling(b, gold_scope)) for a, b in pairs), default=0.0)
    return best, any(words(a) == words(b) for a, b in pairs)


def likeness(system: Item, gold: Item) -> float:
    """0 where the two cannot be the same system; the more, the likelier."""
    best, equal = closeness(system, gold)
    scope = same_scope(system.get("scope") or "", gold.get("scope") or "")
    kind = system.get("type") == gold.get("type")
    if equal and (scope or kind):
        return 2.0
    if best >= 0.8 and (scope or kind):
        return best + 0.3 * kind + 0.3 * scope
    return best + 0.6 if best >= 0.5 and scope and kind else 0.0


def paired(systems: Sequence[Item], golds: Sequence[Item]) -> dict[int, int]:
    """Predicted → gold, one to one, the most alike first and of equals the first in order."""
    likely = [(-likeness(s, g), i, j) for i, s in enumerate(systems) for j, g in enumerate(golds)]
    pairs: dict[int, int] = {}
    for value, i, j in sorted(likely):
        if value < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def score(name: str, gold: Item, facts: Sequence[Item]) -> Scored:
    """The score of one document.

    Args:
        name: of the document, without ending.
        gold: its annotation.
        facts: what was read in it, as `kg facts` prints it.

    """
    systems = {fact["id"]: fact for fact in facts if fact["kind"] == "system"}
    connections = [fact for fact in facts if fact["kind"] == "connection"]
    for fact in connections:
        for end in (fact["source"], fact["target"], *fact["via"]):
            systems.setdefault(end["id"], end)
    predicted = list(systems.values())
    scored = Scored(name, gold, predicted, paired(predicted, gold["systems"]))
    known = {node: gold["systems"][scored.pairs[i]]["id"] for i, node in enumerate(systems) if i in scored.pairs}
    _score_systems(scored)
    _score_links(scored, connections, known)
    _score_statements(scored, facts, known)
    return scored


def _score_systems(scored: Scored) -> None:
    golds = scored.gold["systems"]
    spare = sum(bool(golds[j].get("optional")) for j in scored.pairs.values())
    required = sum(not g.get("optional") for g in golds)
    scored.counts["systems"] = Count(len(scored.pairs) - spare, len(scored.systems) - spare, required)
    right = sum(scored.systems[i].get("status") == golds[j]["status"] for i, j in scored.pairs.items())
    scored.status = Count(right, len(scored.pairs), len(scored.pairs))


def _score_links(scored: Scored, connections: Sequence[Item], known: Mapping[str, str]) -> None:
    scored.links = list(_links(connections, known))
    golds = scored.gold["connections"]
    scored.found = _matched(scored, lambda link, gold: link.ends == {gold["source"], gold["target"]})
    scored.full = _matched(scored, _exact)
    hits = {id(link) for link in scored.found.values()}
    loose = [{g["source"], g["target"]} for g in golds if g.get("optional")]
    counted = sum(id(link) in hits or link.ends not in loose for link in scored.links)
    required = sum(not g.get("optional") for g in golds)
    scored.counts["links"] = Count(len(scored.found), counted, required)
    scored.counts["full"] = Count(len(scored.full), counted, required)


def _links(connections: Sequence[Item], known: Mapping[str, str]) -> Iterator[Link]:
    """Each claim once, whatever its place."""
    seen = set()
    for fact in connections:
        source, target, *via = (known.get(end["id"]) for end in (fact["source"], fact["target"], *fact["via"]))
        key = (fact["source"]["id"], fact["target"]["id"], tuple(via), fact["relation"], fact["status"])
        if key not in seen:
            seen.add(key)
            yield Link(fact, source, target, tuple(via))


def _matched(scored: Scored, same: Callable[[Link, Item], bool]) -> dict[int, Link]:
    """Required gold connections with the link that finds them, each link for one."""
    matched: dict[int, Link] = {}
    for link in scored.links:
        if link.source and link.target:
            golds = enumerate(scored.gold["connections"])
            fits = (j for j, g in golds if j not in matched and not g.get("optional") and same(link, g))
            first = next(fits, None)
            if first is not None:
                matched[first] = link
    return matched


def _exact(link: Link, gold: Item) -> bool:
    return not differences(link, gold)


def differences(link: Link, gold: Item) -> list[str]:
    """In what a predicted link differs from a gold one; 'ends' stands alone."""
    if link.ends != {gold["source"], gold["target"]}:
        return ["ends"]
    via = sorted(x or "?" for x in link.via) == sorted(gold.get("via") or ())
    straight = (link.source, link.target) == (gold["source"], gold["target"])
    checks = {
        "relation": link.fact["relation"] == gold["relation"],
        "direction": straight or gold["relation"] in SYMMETRIC,
        "via": via,
        "status": link.fact["status"] == gold["status"],
    }
    return [name for name, right in checks.items() if not right]


def _score_statements(scored: Scored, facts: Sequence[Item], known: Mapping[str, str]) -> None:
    def same_use(fact: Item, gold: Item) -> bool:
        system = known.get(fact["system"]["id"])
        return system is not None and system == gold["system"] and _number(fact["count"]) == _number(gold.get("count"))

    def same_measure(fact: Item, gold: Item) -> bool:
        alike = same_words(fact["unit"], gold.get("unit")) or same_words(fact["metric"], gold.get("metric"))
        return alike and _number(fact["value"]) == _number(gold["value"])

    def same_policy(fact: Item, gold: Item) -> bool:
        return same_words(fact["label"], gold["label"])

    for name, kind, same in (
        ("uses", "use", same_use),
        ("measures", "measure", same_measure),
        ("policies", "policy", same_policy),
    ):
        left = [fact for fact in facts if fact["kind"] == kind]
        golds, predicted, right = scored.gold.get(name) or [], len(left), 0
        for gold in golds:
            hit = next((fact for fact in left if same(fact, gold)), None)
            if hit is not None:
                left.remove(hit)
                right += 1
        scored.counts[name] = Count(right, predicted, len(golds))


def _number(value: object) -> float | None:
    try:
        return round(float(str(value)), 6)
    except ValueError:
        return None
