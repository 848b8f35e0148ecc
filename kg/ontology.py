"""The files under `ontology/` as values: concepts with their wordings, word lists, and the rules that read links.

Nothing here knows what a concept means: Turtle gives concepts, `rules/*.yaml` give word lists and rules, and every
complaint names the file and line at fault.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import OntologyError
from kg.rdf import NamedNode, Triple, parse_turtle
from kg.vocab import RDF, RDFS, RELATIONS, SKOS, VNE, compact, local_name

READING_FILES = ("core.ttl", "schemes.ttl", "places.ttl", "lexicon.ttl", "wordings.ttl", "cues.ttl")
"""What reading a text needs, in this order."""

_LABELS = (SKOS + "prefLabel", RDFS + "label")
_WORDINGS = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")
_HIDDEN = SKOS + "hiddenLabel"
_TYPE = RDF + "type"


@dataclass(frozen=True, slots=True)
class Concept:
    """One subject of the Turtle files: what it is called and what is said of it."""

    id: str
    labels: Mapping[str, str]
    """Preferred label by language."""
    wordings: tuple[str, ...]
    """Every Vietnamese wording, the preferred first."""
    properties: Mapping[str, tuple[str, ...]]
    """Values by full property IRI, in file order."""
    file: Path

    def label(self, lang: str = "vi") -> str:
        """Preferred label in `lang`, else in Vietnamese, else the prefixed name."""
        return self.labels.get(lang) or self.labels.get("vi") or next(iter(self.labels.values()), compact(self.id))

    def one(self, name: str) -> str | None:
        """First value of property `vne:name`, as local name of an IRI or text of a literal; None without."""
        values = self.properties.get(VNE + name)
        return local_name(values[0]) if values and values[0].startswith("http") else values[0] if values else None

    def all(self, name: str) -> tuple[str, ...]:
        """All values of property `vne:name` as they stand."""
        return self.properties.get(VNE + name, ())

    @property
    def types(self) -> tuple[str, ...]:
        """Local names of its classes."""
        return tuple(local_name(value) for value in self.properties.get(_TYPE, ()))


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
    """Role that becomes the source: a group name, 'subject', or 'previous' (the subject of the sentence before)."""
    target: str
    inherit: bool
    """Whether the subject may come from an earlier sentence."""
    target_types: frozenset[str]
    """Types the target must have; empty: any."""
    subject_types: frozenset[str]
    """Types the subject must have; empty: any."""
    confidence: float
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    """Sentence and the links it states, as 'source | relation | target | status [| via]'."""
    counterexamples: tuple[str, ...]
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that `ontology/` says to a reader of texts."""

    folder: Path
    digest: str
    """SHA-256 of all files, in hex."""
    concepts: Mapping[str, Concept]
    words: Mapping[str, tuple[str, ...]]
    """Word lists of rules/*.yaml by `file.key`."""
    tables: Mapping[str, Any]
    """Other values of rules/*.yaml by `file.key`."""
    relations: tuple[RelationRule, ...]

    def of_class(self, *names: str) -> Iterator[Concept]:
        """Concepts whose class is one of the local `names`, in file order."""
        wanted = frozenset(names)
        return (c for c in self.concepts.values() if wanted.intersection(c.types))

    def label(self, iri: str, lang: str = "vi") -> str:
        """Preferred label of `iri` in `lang`, else Vietnamese, else its prefixed name."""
        concept = self.concepts.get(iri)
        return concept.label(lang) if concept else compact(iri)


def ontology_folder() -> Path:
    """The folder `ontology/`: named by KG_ONTOLOGY, or beside the package, or installed with it.

    Raises:
        OntologyError: none of these is there.

    """
    named = os.environ.get("KG_ONTOLOGY")
    beside = Path(__file__).resolve().parent.parent / "ontology"
    for folder in [Path(named)] if named else [beside, *_installed()]:
        if (folder / "core.ttl").is_file():
            return folder
    raise OntologyError(Path(named) if named else beside, None, "no ontology here", "set KG_ONTOLOGY to the folder")


def _installed() -> list[Path]:
    from importlib.util import find_spec

    spec = find_spec("kg_ontology")
    return [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []


def folder_digest(folder: Path) -> str:
    """SHA-256 in hex of the names and bytes of all data files below `folder`."""
    sums = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".ttl", ".yaml", ".rq", ".tsv", ".toml"}):
        sums.update(path.relative_to(folder).as_posix().encode() + b"\0")
        sums.update(hashlib.sha256(path.read_bytes()).digest())
    return sums.hexdigest()


def load_ontology(folder: Path | None = None) -> Ontology:
    """Read the ontology in `folder` (default: `ontology_folder()`).

    Raises:
        OntologyError: a file is missing or broken, a rule's pattern is bad, a term is unknown; names file and line.

    """
    folder = folder or ontology_folder()
    concepts: dict[str, Concept] = {}
    for name in READING_FILES:
        concepts.update(_concepts(folder / name))
    _check_terms(folder, concepts)
    words: dict[str, tuple[str, ...]] = {}
    tables: dict[str, Any] = {}
    relations: tuple[RelationRule, ...] = ()
    for path in sorted((folder / "rules").glob("*.yaml")):
        if path.stem == "relations":
            relations = tuple(_relation_rules(path))
            continue
        for key, value in _yaml(path).items():
            if isinstance(value, str) and "|" in value or isinstance(value, str) and key != "note":
                words[f"{path.stem}.{key}"] = tuple(w.strip() for w in value.split("|") if w.strip())
            else:
                tables[f"{path.stem}.{key}"] = value
    return Ontology(folder, folder_digest(folder), concepts, words, tables, relations)


def _concepts(path: Path) -> dict[str, Concept]:
    grouped: dict[str, list[Triple]] = {}
    for triple in parse_turtle(path):
        if isinstance(triple.subject, NamedNode):
            grouped.setdefault(triple.subject.value, []).append(triple)
    return {iri: _concept(iri, triples, path) for iri, triples in grouped.items()}


def _concept(iri: str, triples: list[Triple], path: Path) -> Concept:
    labels: dict[str, str] = {}
    wordings: list[str] = []
    properties: dict[str, list[str]] = {}
    for triple in triples:
        predicate, value = triple.predicate.value, triple.object.value  # type: ignore[union-attr]
        properties.setdefault(predicate, []).append(value)
        language = getattr(triple.object, "language", None)
        if predicate in _LABELS and language:
            labels.setdefault(language, value)
        if predicate in _WORDINGS and language == "vi" and value not in wordings:
            wordings.insert(0 if predicate == _LABELS[0] else len(wordings), value)
    return Concept(iri, labels, tuple(wordings), {k: tuple(v) for k, v in properties.items()}, path)


def _check_terms(folder: Path, concepts: Mapping[str, Concept]) -> None:
    """Every term in our own namespace that a file uses must be declared in one."""
    for concept in concepts.values():
        used = [
            *concept.properties,
            *(v for k in (_TYPE, VNE + "systemType", VNE + "signals") for v in concept.properties.get(k, ())),
        ]
        for term in used:
            if term.startswith(VNE) and term not in concepts:
                raise OntologyError(
                    concept.file,
                    _line_of(concept.file, term),
                    f"unknown term {compact(term)}",
                    "declare it in core.ttl",
                )


def _line_of(path: Path, term: str) -> int | None:
    needle = re.compile(rf"{re.escape(compact(term))}(?![\w-])|{re.escape(term)}>")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if needle.search(line.split(" # ")[0]):
            return number
    return None


class _Lined(dict[str, Any]):
    """A YAML mapping that knows its line."""

    line = 0


class _Loader(yaml.SafeLoader):
    """Safe loader whose mappings know their lines."""


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> _Lined:
    mapping = _Lined(loader.construct_mapping(node, deep=True))
    mapping.line = node.start_mark.line + 1
    return mapping


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        reason = getattr(problem, "problem", None) or "not YAML"
        raise OntologyError(path, mark.line + 1 if mark else None, reason) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise OntologyError(path, None, str(problem)) from problem


_RULE_KEYS = {
    *("rule", "verbs", "before", "after", "relation", "source", "target", "inherit", "target_types", "subject_types"),
    *("confidence", "examples", "counterexamples", "why"),
}


def _relation_rules(path: Path) -> Iterator[RelationRule]:
    data = _yaml(path)
    macros: dict[str, str] = dict(data.get("macros", {}))
    for item in data.get("rules", ()):
        if unknown := sorted(set(item) - _RULE_KEYS):
            raise OntologyError(path, item.line, f"unknown key {unknown[0]!r} in rule {item.get('rule')!r}")
        yield _relation_rule(path, item, macros)


def _relation_rule(path: Path, item: _Lined, macros: Mapping[str, str]) -> RelationRule:
    relation = item.get("relation")
    if relation is not None and relation not in RELATIONS:
        raise OntologyError(path, item.line, f"unknown relation {relation!r}", f"one of {', '.join(RELATIONS)}")
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
