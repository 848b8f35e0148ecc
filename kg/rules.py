"""Rule files under `ontology/rules/`: YAML that knows its lines, and the rules that read links, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import OntologyError
from kg.vocab import RELATIONS


@dataclass(frozen=True, slots=True)
class RelationRule:
    """A rule of `rules/relations.yaml`: which tags around a verb make which link (see that file's head)."""

    name: str
    verbs: str
    """Tags of the verbs it looks at."""
    before: re.Pattern[str] | None
    """Matched so that it ends right before the verb; None: the subject is looked for by the clause logic."""
    after: re.Pattern[str]
    """Matched right behind the verb."""
    relation: str | None
    """Local name; None: what the verb signals."""
    source: str
    """Role that becomes the source: a group name, 'subject', 'previous' (the sentence's subject so far) or 'before' (of the
    sentence before)."""
    target: str
    inherit: bool
    """Whether the subject may come from an earlier sentence."""
    target_types: frozenset[str]
    """Types the target must have; empty: any."""
    subject_types: frozenset[str]
    """Types the subject must have; empty: any."""
    pair: bool
    """Whether a list in the source role holds both ends where the target role is empty: 'giữa A và B'."""
    same_type: bool
    """Whether source, of several, and target must be of one type."""
    confidence: float
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    """Sentence and the links it states, as 'source | relation | target | status [| via]'."""
    counterexamples: tuple[str, ...]
    file: Path
    line: int


class _Lined(dict[str, Any]):
    """A YAML mapping that knows its line."""

    line = 0


class _Loader(yaml.SafeLoader):
    """Safe loader whose mappings know their lines."""


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> _Lined:
    mapping = _Lined({str(k): v for k, v in loader.construct_mapping(node, deep=True).items()})
    mapping.line = node.start_mark.line + 1
    return mapping


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def read_yaml(path: Path) -> Any:
    """Content of a YAML file; mappings know their line.

    Raises:
        OntologyError: the file cannot be read or is not YAML; names file and line.

    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        reason = getattr(problem, "problem", None) or "not YAML"
        raise OntologyError(path, mark.line + 1 if mark else None, reason) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise OntologyError(path, None, str(problem)) from problem
    if not isinstance(content, _Lined):
        raise OntologyError(path, 1, "no mapping of keys to values")
    return content


_UNNAMED = {"subject", "previous", "before", "last"}
"""Roles that earlier words fill: a sentence without any name is not even looked at, so a rule needs another beside them."""
_RULE_KEYS = {
    *(
        "rule",
        "verbs",
        "before",
        "after",
        "relation",
        "source",
        "target",
        "inherit",
        "target_types",
        "subject_types",
        "pair",
        "same_type",
    ),
    *("confidence", "examples", "counterexamples", "why"),
}


def relation_rules(path: Path) -> Iterator[RelationRule]:
    """Rules of `rules/relations.yaml`, in the order in which they are tried.

    Raises:
        OntologyError: a key or relation is unknown, a pattern is bad; names file and line.

    """
    data = read_yaml(path)
    macros: dict[str, str] = dict(data.get("macros", {}))
    for item in data.get("rules", ()):
        if unknown := sorted(set(item) - _RULE_KEYS):
            raise OntologyError(path, item.line, f"unknown key {unknown[0]!r} in rule {item.get('rule')!r}")
        yield _relation_rule(path, item, macros)


def _relation_rule(path: Path, item: _Lined, macros: Mapping[str, str]) -> RelationRule:
    relation = item.get("relation")
    if relation is not None and relation not in RELATIONS:
        raise OntologyError(path, item.line, f"unknown relation {relation!r}", f"one of {', '.join(RELATIONS)}")
    if {item.get("source", "subject"), item.get("target", "target")} <= _UNNAMED:
        raise OntologyError(
            path, item.line, f"rule {item.get('rule')!r} names neither end", "make one end a named group"
        )
    try:
        before = item.get("before")
        return RelationRule(
            name=item["rule"],
            verbs=item["verbs"],
            before=re.compile(f"(?:{_expand(before, macros)})\\Z") if before else None,
            after=re.compile(_expand(item["after"], macros)),
            relation=relation,
            source=item.get("source", "subject"),
            target=item.get("target", "target"),
            inherit=bool(item.get("inherit", False)),
            target_types=frozenset(item.get("target_types", ())),
            subject_types=frozenset(item.get("subject_types", ())),
            pair=bool(item.get("pair", False)),
            same_type=bool(item.get("same_type", False)),
            confidence=float(item.get("confidence", 0.9)),
            examples=tuple((e["text"], tuple(e["links"])) for e in item.get("examples", ())),
            counterexamples=tuple(item.get("counterexamples", ())),
            file=path,
            line=item.line,
        )
    except re.error as problem:
        raise OntologyError(path, item.line, f"bad pattern in rule {item['rule']!r}: {problem}") from problem
    except KeyError as problem:
        raise OntologyError(path, item.line, f"rule {item.get('rule', '?')!r} lacks {problem}") from problem


def _expand(pattern: str, macros: Mapping[str, str]) -> str:
    for _ in range(5):
        for name, body in macros.items():
            pattern = pattern.replace("{" + name + "}", f"(?:{body})")
    return pattern
