"""What is doubtful in a graph: shapes it breaks, sources that contradict each other, names that mean several systems."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.fetch import named_systems
from kg.links import Links
from kg.messages import say
from kg.model import Answer
from kg.store import Store
from kg.validate import SEVERITIES, contradictions, violations
from kg.vocab import ST

SHAPES = ("shapes.ttl", "shapes-sparql.ttl")
"""Files of shapes in the folder of the ontology: those every build asks, and those that take longer."""


def check(store: Store, links: Links, ontology: Path, lang: str = "vi") -> Answer:
    """Everything doubtful, worst first; rows of kind violation, warning, info, contradiction or ambiguous.

    Raises:
        OntologyError: the shapes cannot be read.
    """
    broken = sorted(_shapes(store, ontology, lang), key=lambda row: SEVERITIES.index(row["kind"]))
    rows = [
        *broken,
        *_contradictions(store, links, lang),
        *_ambiguous(links, lang),
    ]
    counts = Counter(row["kind"] for row in rows)
    counted = {kind: counts[kind] for kind in (*SEVERITIES, "contradiction", "ambiguous")}
    return Answer("check", {"lang": lang}, tuple(rows), (say("check.counts", lang, **counted),))


def _shapes(store: Store, ontology: Path, lang: str) -> Iterator[dict[str, Any]]:
    for name in SHAPES:
        for one in violations(store.triples(), ontology / name):
            message = one.message_en if lang == "en" else one.message_vi
            yield _row(one.severity, one.label, message, one.value, one.focus, one.shape)


def _contradictions(store: Store, links: Links, lang: str) -> Iterator[dict[str, Any]]:
    for one in contradictions(store):
        claims = [f"{links.label(ST + c.status, lang)} ({c.as_of}, {c.document})" for c in one.claims]
        yield _row("contradiction", one.label, say("check.contradiction", lang), "; ".join(claims), one.id)


def _ambiguous(links: Links, lang: str) -> Iterator[dict[str, Any]]:
    """Names that several systems of one place have: "Cổng dịch vụ công của tỉnh" is a name in every province."""
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for named in named_systems(links):
        if named.id in links.systems:
            for name in (*named.labels, *named.aliases):
                meant[name.lower(), links.province_of(named.id)].add(named.id)
    for (name, _), ids in sorted(meant.items()):
        if len(ids) > 1:
            labels = sorted(links.label(iri, lang) for iri in ids)
            yield _row("ambiguous", name, say("check.ambiguous", lang), "; ".join(labels))


def _row(kind: str, name: str, message: str, value: str, iri: str = "", rule: str = "") -> dict[str, Any]:
    return {"kind": kind, "name": name, "message": message, "value": value, "id": iri, "rule": rule}
