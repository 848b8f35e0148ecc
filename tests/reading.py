"""Reading short texts in tests: one reader for all, and links as users would write them down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cache

from kg.linking import Heard
from kg.model import ConnectionFact, Document, Reading, SystemFact, SystemRef
from kg.ontology import load_ontology
from kg.ranker import PairModel, Ranker
from kg.relate import Reader
from kg.text import fold


@cache
def reader() -> Reader:
    """The reader of the project's own ontology, made once."""
    return Reader(load_ontology())


def document(text: str, **meta: object) -> Document:
    """A document of `text` with front matter `meta`."""
    return Document("case", "case.txt", "0" * 64, text, 0, tuple((key, str(value)) for key, value in meta.items()))


def read(text: str, **meta: object) -> Reading:
    """What the project's reader makes of `text`."""
    return reader().read(document(text, **meta))


@dataclass(frozen=True, slots=True)
class Found:
    """A link that was read, with every name of each system."""

    source: tuple[str, str]
    """Names folded and joined by ' / ', and the scope."""
    relation: str
    target: tuple[str, str]
    status: str
    via: tuple[tuple[str, str], ...]
    fact: ConnectionFact

    def __str__(self) -> str:
        via = ", ".join(ref.label for ref in self.fact.via)
        return " | ".join(
            [
                self._end(self.fact.source),
                self.relation,
                self._end(self.fact.target),
                self.status,
                *([via] if via else []),
            ]
        )

    @staticmethod
    def _end(ref: SystemRef) -> str:
        return f"{ref.label} @ {ref.scope}"


def links(reading: Reading) -> list[Found]:
    """The links of a reading, in its order."""
    systems = {fact.ref.id: fact for fact in reading.facts if isinstance(fact, SystemFact)}

    def end(ref: SystemRef) -> tuple[str, str]:
        others = systems[ref.id].alt_labels if ref.id in systems else ()
        return " / ".join(fold(name) for name in (ref.label, *others)), ref.scope

    return [
        Found(end(f.source), f.relation, end(f.target), f.status, tuple(map(end, f.via)), f)
        for f in reading.facts
        if isinstance(f, ConnectionFact)
    ]


def fits(expected: str, found: Found) -> bool:
    """Whether `found` is the link written as 'source | relation | target | status [| via, via]'.

    Names are parts of the systems' names; 'part @ scope' asks for the scope too, 'relation~' takes either direction.
    """
    source, relation, target, status, *rest = (part.strip() for part in expected.split("|"))
    via = [name.strip() for name in rest[0].split(",")] if rest else []
    if (relation.rstrip("~"), status, len(via)) != (found.relation, found.status, len(found.via)):
        return False
    if not all(_named(part, end) for part, end in zip(via, found.via, strict=True)):
        return False
    straight = _named(source, found.source) and _named(target, found.target)
    turned = relation.endswith("~") and _named(source, found.target) and _named(target, found.source)
    return straight or turned


def _named(expected: str, end: tuple[str, str]) -> bool:
    part, _, scope = (piece.strip() for piece in expected.partition("@"))
    names, where = end
    return fold(part) in names and (not scope or fold(scope) == fold(where))


def differences(expected: Iterable[str], found: Iterable[Found]) -> list[str]:
    """Links that are missing ('- …') and links too many ('+ …'): empty where the two sets are the same."""
    left, missing = list(found), []
    for link in expected:
        match = next((f for f in left if fits(link, f)), None)
        if match is None:
            missing.append(f"- {link}")
        else:
            left.remove(match)
    return missing + [f"+ {f}" for f in left]


def systems(text: str, **meta: object) -> list[SystemFact]:
    """The systems that `text` names, in the order of their labels."""
    return sorted((f for f in read(text, **meta).facts if isinstance(f, SystemFact)), key=lambda f: f.ref.label)


def names_of(fact: SystemFact) -> tuple[str, ...]:
    """Every name of a system, folded."""
    return tuple(fold(name) for name in (fact.ref.label, *fact.alt_labels))


def weighed(weights: Mapping[str, float], bias: float = 0.0, threshold: float = 0.5) -> Reader:
    """The project's reader with another pair model, that a test can reckon by head: it weighs every pair once."""
    other = copy(reader())
    model = PairModel(Ranker({}, 0.0, 0.1), Ranker(weights, bias, threshold))
    other.ontology = replace(other.ontology, pair_model=model)
    return other


def heard(text: str, by: Reader | None = None, **meta: object) -> list[Heard]:
    """The sentences of `text` as an observer sees them."""
    seen: list[Heard] = []
    (by or reader()).read(document(text, **meta), seen.append)
    return seen
