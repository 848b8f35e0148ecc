"""What kg says to users in Vietnamese and English: sentences of `ontology/messages.toml`, filled in.

A sentence is found by its key; `{name}` in it is replaced by the value of that name, and nothing else is: values may
hold braces.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.ontology import ontology_folder

LANGUAGES = ("vi", "en")
SHAPES = ("hexagon", "square", "dot", "diamond", "triangle", "triangleDown", "star")
"""Shapes that pages can draw."""
_FIELD = re.compile(r"\{(\w+)\}")


def say(key: str, lang: str = "vi", **values: object) -> str:
    """The sentence `key` in `lang` with `values` filled in.

    Raises:
        OntologyError: there is no such sentence, or it asks for a value that is not given.
    """
    path = ontology_folder() / "messages.toml"
    sentence = _sentences(path).get(key, {}).get(lang)
    if sentence is None:
        raise OntologyError(path, None, f"no sentence {key!r} in {lang!r}")

    def fill(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise OntologyError(path, None, f"sentence {key!r} asks for {match[1]!r}, which is not given")
        return str(values[match[1]])

    return _FIELD.sub(fill, sentence)


def words(group: str) -> dict[str, dict[str, str]]:
    """Every sentence whose key begins with `group.`: key without the group → language → text."""
    sentences = _sentences(ontology_folder() / "messages.toml")
    return {
        key.removeprefix(f"{group}."): dict(texts) for key, texts in sentences.items() if key.startswith(f"{group}.")
    }


@lru_cache(maxsize=4)
def _sentences(path: Path) -> dict[str, dict[str, str]]:
    """Key `group.name` → language → sentence.

    Raises:
        OntologyError: the file is missing or broken, or a sentence lacks a language.
    """
    return {
        f"{group}.{name}": _checked(path, f"{group}.{name}", texts)
        for group, members in _toml(path).items()
        for name, texts in members.items()
    }


@dataclass(frozen=True, slots=True)
class Family:
    """Types of systems that pages draw alike."""

    shape: str
    labels: Mapping[str, str]
    """Language → what the legend says."""
    types: frozenset[str]
    """Local names of classes."""


def families() -> tuple[Family, ...]:
    """The families of `ontology/page.toml`, in the order of the legend.

    Raises:
        OntologyError: the file is missing or broken, or names a shape that pages cannot draw.
    """
    path = ontology_folder() / "page.toml"
    found = []
    for entry in _toml(path).get("family", ()):
        if entry.get("shape") not in SHAPES:
            raise OntologyError(path, None, f"unknown shape {entry.get('shape')!r}", f"one of: {', '.join(SHAPES)}")
        labels = _checked(path, entry["shape"], {lang: entry.get(lang) for lang in LANGUAGES if lang in entry})
        found.append(Family(entry["shape"], labels, frozenset(entry.get("types", ()))))
    return tuple(found)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(path, None, f"cannot be read: {error}") from error


def _checked(path: Path, key: str, texts: Any) -> dict[str, str]:
    if not isinstance(texts, dict) or set(texts) != set(LANGUAGES):
        raise OntologyError(path, None, f"sentence {key!r} needs {' and '.join(LANGUAGES)}, nothing else")
    fields = {lang: sorted(set(_FIELD.findall(text))) for lang, text in texts.items()}
    if fields["vi"] != fields["en"]:
        raise OntologyError(path, None, f"sentence {key!r} fills other values in vi than in en")
    return texts
