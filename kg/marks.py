"""Texts written without diacritics, as in telegrams and old systems: told by their letters, read by an ontology stripped alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import islice
from typing import Any

from kg.ontology import Concept, Ontology

_LETTERS, _MARKED_LETTERS = re.compile(r"[^\W\d_]"), re.compile(r"[^\W\d_\x00-\x7f]")
_LEAST = 40
"""Letters that a text must have to be judged."""
_MARKED = 0.02
"""Share of letters with marks below which a text has none: a Vietnamese text has about a quarter."""


def unmarked(text: str) -> bool:
    """Whether a text of some length is written without diacritics.

    >>> unmarked("Cong dich vu cong tinh Ha Nam da ket noi voi Co so du lieu quoc gia ve dan cu. " * 5)
    True
    >>> unmarked("Cổng dịch vụ công tỉnh Hà Nam đã kết nối với Cơ sở dữ liệu quốc gia về dân cư. " * 5)
    False
    """
    if next(islice(_MARKED_LETTERS.finditer(text), int(_MARKED * len(text)), None), None):
        return False  # more than the share of all characters: no need to count the letters
    letters = _LETTERS.findall(text)
    return len(letters) >= _LEAST and sum(not letter.isascii() for letter in letters) < _MARKED * len(letters)


def strip_marks(text: str) -> str:
    """`text` without diacritics.

    >>> strip_marks("Đắk Lắk")
    'Dak Lak'
    """
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def without_marks(ontology: Ontology) -> Ontology:
    """The same ontology with everything that is looked for in a text stripped; labels, which are written, stay."""
    concepts = {iri: _stripped(concept) for iri, concept in ontology.concepts.items()}
    words = {name: tuple(dict.fromkeys(map(strip_marks, values))) for name, values in ontology.words.items()}
    model = replace(ontology.use_model, weights={strip_marks(k): w for k, w in ontology.use_model.weights.items()})
    return replace(ontology, concepts=concepts, words=words, tables=_deep(ontology.tables), use_model=model)


def _stripped(concept: Concept) -> Concept:
    return replace(concept, wordings=tuple(dict.fromkeys(map(strip_marks, concept.wordings))))


def _deep(value: Any) -> Any:
    if isinstance(value, str):
        return strip_marks(value)
    if isinstance(value, dict):
        return {_deep(key): _deep(item) for key, item in value.items()}
    return [_deep(item) for item in value] if isinstance(value, list) else value
