"""The files under `ontology/` as values: concepts with their wordings, word lists, and the rules that read links.

Nothing here knows what a concept means: Turtle gives concepts, `rules/*.yaml` give word lists and rules, and every
complaint names the file and line at fault.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.ranker import PairModel, Ranker, load_pair_model, load_ranker
from kg.rdf import NamedNode, Triple, parse_turtle
from kg.rules import RelationRule, read_yaml, relation_rules
from kg.vocab import OWN, RDF, RDFS, SKOS, VNE, compact, local_name

READING_FILES = ("core.ttl", "schemes.ttl", "places.ttl", "lexicon.ttl", "wordings.ttl", "cues.ttl")
"""What reading a text needs, in this order."""

PAIR_MODEL, USE_MODEL = "models/pairs.json", "models/uses.json"
"""The model that `make train` writes."""

_LABELS = (SKOS + "prefLabel", RDFS + "label")
_WORDINGS = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")
_HIDDEN = SKOS + "hiddenLabel"
_TYPE = RDF + "type"
_SUBCLASS = RDFS + "subClassOf"


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
    types: tuple[str, ...] = field(init=False)
    """Local names of its classes."""

    _first: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", tuple(map(local_name, self.properties.get(_TYPE, ()))))
        firsts = {key.removeprefix(VNE): values[0] for key, values in self.properties.items() if key.startswith(VNE)}
        texts = {key: local_name(value) if value.startswith("http") else value for key, value in firsts.items()}
        object.__setattr__(self, "_first", texts)

    def label(self, lang: str = "vi") -> str:
        """Preferred label in `lang`, else in Vietnamese, else the prefixed name."""
        return self.labels.get(lang) or self.labels.get("vi") or next(iter(self.labels.values()), compact(self.id))

    def one(self, name: str) -> str | None:
        """First value of property `vne:name`, as local name of an IRI or text of a literal; None without."""
        return self._first.get(name)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of property `vne:name` as they stand."""
        return self.properties.get(VNE + name, ())


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
    pair_model: PairModel
    """How likely two systems of a sentence are linked."""
    use_model: Ranker
    """How likely somebody uses a system."""

    def of_class(self, *names: str) -> Iterator[Concept]:
        """Concepts whose class is one of the local `names`, in file order."""
        wanted = frozenset(names)
        return (c for c in self.concepts.values() if wanted.intersection(c.types))

    def subclasses(self, name: str) -> frozenset[str]:
        """Local names of the class `vne:name` and of all classes below it."""
        found, size = {VNE + name}, 0
        while len(found) > size:
            size = len(found)
            found |= {c.id for c in self.concepts.values() if found.intersection(c.properties.get(_SUBCLASS, ()))}
        return frozenset(map(local_name, found))

    def require_terms(self, path: Path) -> None:
        """See that a Turtle file uses no term of ours that nobody declares.

        Raises:
            OntologyError: it does, or it does not parse; names file and line.
        """
        for triple in parse_turtle(path):
            for node in (triple.predicate, triple.object):
                term = node.value if isinstance(node, NamedNode) else ""
                if term.startswith(OWN) and term not in OWN and term not in self.concepts:
                    raise _unknown(path, term)

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
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".ttl", ".yaml", ".rq", ".tsv", ".toml", ".json"}):
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
    _check_terms(concepts)
    words: dict[str, tuple[str, ...]] = {}
    tables: dict[str, Any] = {}
    relations: tuple[RelationRule, ...] = ()
    for path in sorted((folder / "rules").glob("*.yaml")):
        if path.stem == "relations":
            relations = tuple(relation_rules(path))
            _check_types(relations, concepts)
            continue
        for key, value in read_yaml(path).items():
            if (isinstance(value, str) and "|" in value) or (isinstance(value, str) and key != "note"):
                words[f"{path.stem}.{key}"] = tuple(w.strip() for w in value.split("|") if w.strip())
            else:
                tables[f"{path.stem}.{key}"] = value
    return Ontology(
        folder,
        folder_digest(folder),
        concepts,
        words,
        tables,
        relations,
        load_pair_model(folder / PAIR_MODEL),
        load_ranker(folder / USE_MODEL),
    )


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


def _check_terms(concepts: Mapping[str, Concept]) -> None:
    """Every term in a namespace of our own that a file uses must be declared in one."""
    for concept in concepts.values():
        for term in (*concept.properties, *(v for values in concept.properties.values() for v in values)):
            if term.startswith(OWN) and term not in OWN and term not in concepts:
                raise _unknown(concept.file, term)


def _unknown(path: Path, term: str) -> OntologyError:
    hint = f"declare it in one of {', '.join(READING_FILES)}"
    return OntologyError(path, _line_of(path, term), f"unknown term {compact(term)}", hint)


def _check_types(rules: Iterable[RelationRule], concepts: Mapping[str, Concept]) -> None:
    """Every type that a rule asks for must be a class of the ontology."""
    for rule in rules:
        for name in sorted(rule.target_types | rule.subject_types):
            if VNE + name not in concepts:
                raise OntologyError(rule.file, rule.line, f"unknown term vne:{name}", "declare it in core.ttl")


def _line_of(path: Path, term: str) -> int | None:
    needle = re.compile(rf"{re.escape(compact(term))}(?![\w-])|{re.escape(term)}>")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if needle.search(line.split(" # ")[0]):
            return number
    return None
