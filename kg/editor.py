"""The query page of `kg serve`: an editor, the library of questions, a table of the answer. It asks nobody but the server."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from kg.api import catalogue
from kg.messages import words
from kg.queries import questions
from kg.vocab import PREFIXES

EXAMPLE = (
    "SELECT ?system ?name WHERE {\n  ?system a vne:Database ; skos:prefLabel ?name .\n} ORDER BY ?name\nLIMIT 100\n"
)
_ASSETS = Path(__file__).parent / "assets"


@lru_cache(maxsize=1)
def editor() -> tuple[bytes, str]:
    """The page, and the policy by which a browser runs its own script, styles and questions to its own server alone.

    Raises:
        OntologyError: a question or a sentence of the ontology is broken.
    """
    known = questions()
    listed = catalogue(known)["questions"]
    data = {
        "words": words("editor"),
        "prefixes": PREFIXES,
        "example": EXAMPLE,
        "questions": [{**one, "text": known[one["name"]].text} for one in listed],
    }
    # Inside a script element only the end of it, or a comment, would be read as markup.
    told = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    style, script = _asset("query.css"), _asset("query.js")
    page = _asset("query.html")
    for place, text in (("__STYLE__", style), ("__SCRIPT__", script), ("__DATA__", told)):
        page = page.replace(place, text)
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page.encode(), policy


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
