"""What is doubtful in a graph: shapes it breaks, sources that contradict each other, names that mean several systems."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.fetch import evidence, named_systems
from kg.links import Links
from kg.messages import say
from kg.model import Answer, Evidence
from kg.store import Store
from kg.validate import SEVERITIES, Contradiction, Violation, contradictions, labels_of, violations
from kg.vocab import ST, compact

SHAPES = ("shapes.ttl", "shapes-sparql.ttl")
"""Files of shapes in the folder of the ontology: those every build asks, and those that take longer."""


def check(store: Store, links: Links, ontology: Path, lang: str = "vi") -> Answer:
    """Everything doubtful, worst first.

    Returns:
        Rows of `kind` violation, warning, info, contradiction or ambiguous: the `name` of what is doubtful, the `message`
        that says what is wrong with it and the `value` that is, as `evidence` the words behind it with their document, for
        a contradiction those of each side, and how to `mend` it; `id` and `rule` (the shape) are IRIs.

    Raises:
        OntologyError: the shapes cannot be read.
    """
    found = [one for name in SHAPES for one in violations(store.triples(), ontology / name)]
    broken = sorted(found, key=lambda one: SEVERITIES.index(one.severity))
    rows = [
        *_broken(store, links, broken, lang),
        *_contradictions(store, links, contradictions(store), lang),
        *_ambiguous(links, lang),
    ]
    counts = Counter(row["kind"] for row in rows)
    counted = {kind: counts[kind] for kind in (*SEVERITIES, "contradiction", "ambiguous")}
    return Answer("check", {"lang": lang}, tuple(rows), (say("check.counts", lang, **counted),))


def _broken(store: Store, links: Links, found: Collection[Violation], lang: str) -> Iterator[dict[str, Any]]:
    spoken = _spoken_of(store, {one.focus for one in found})
    passages = evidence(store, {claim for claims in spoken.values() for claim, _ in claims})
    labels = labels_of(store, {thing for claims in spoken.values() for _, thing in claims} | set(spoken))
    for one in found:
        claims = spoken.get(one.focus, [])
        # A passage or an attestation has no name of its own: it goes by that of what it is about.
        things = [labels[thing] for thing in (one.focus, *(thing for _, thing in claims)) if thing in labels]
        words = next((passages[claim][0] for claim, _ in claims if claim in passages), None)
        yield _row(
            one.severity,
            things[0] if things else one.label,
            one.message_en if lang == "en" else one.message_vi,
            _readable(links, one.value, lang),
            [_quoted(words, lang)] if words else [],
            one.mend_en if lang == "en" else one.mend_vi,
            one.focus,
            one.shape,
        )


_SPOKEN = """
SELECT DISTINCT ?x ?a ?thing WHERE {
  VALUES ?x { $nodes }
  { ?a vne:attests ?x . BIND(?x AS ?thing) } UNION { ?x vne:attests ?thing . BIND(?x AS ?a) }
  UNION { ?a oa:hasTarget ?x ; vne:attests ?thing } UNION { ?a oa:hasTarget ?t ; vne:attests ?thing . ?t oa:hasSelector ?x }
} ORDER BY ?x ?a ?thing"""


def _spoken_of(store: Store, nodes: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Node → the attestations that speak of it, or that it is part of, each with the thing attested."""
    found: dict[str, list[tuple[str, str]]] = {node: [] for node in nodes}
    ordered = sorted(node for node in nodes if ":" in node and not set(node) & set(' <>"{}|\\^`'))
    for start in range(0, len(ordered), 500):
        values = " ".join(f"<{node}>" for node in ordered[start : start + 500])
        for row in store.select(_SPOKEN.replace("$nodes", values)):
            found[row["x"] or ""].append((row["a"] or "", row["thing"] or ""))
    return found


def _contradictions(
    store: Store, links: Links, found: Collection[Contradiction], lang: str
) -> Iterator[dict[str, Any]]:
    passages = evidence(store, {claim.evidence for one in found for claim in one.claims})
    for one in found:
        sides = [_side(links, claim.status, claim.as_of, passages.get(claim.evidence), lang) for claim in one.claims]
        mend = say("check.contradiction-mend", lang)
        yield _row("contradiction", one.label, say("check.contradiction", lang), "", sides, mend, one.id)


def _side(links: Links, status: str, as_of: str, passages: tuple[Evidence, ...] | None, lang: str) -> str:
    stated = f"{links.label(ST + status, lang)} ({as_of})"
    return f"{stated}: {_quoted(passages[0], lang)}" if passages else stated


def _ambiguous(links: Links, lang: str) -> Iterator[dict[str, Any]]:
    """Names that several systems of one place have: "Cổng dịch vụ công của tỉnh" is a name in every province."""
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for named in named_systems(links):
        if named.id in links.systems:
            for name in (*named.labels, *named.aliases):
                meant[name.lower(), links.province_of(named.id)].add(named.id)
    for (name, _), ids in sorted(meant.items()):
        if len(ids) > 1:
            labels = "; ".join(sorted(links.label(iri, lang) for iri in ids))
            yield _row("ambiguous", name, say("check.ambiguous", lang), labels, [], say("check.ambiguous-mend", lang))


def _quoted(passage: Evidence, lang: str) -> str:
    return say("check.quote", lang, quote=passage.quote, document=passage.document)


def _readable(links: Links, value: str, lang: str) -> str:
    """A value by its label or as a prefixed name, where it is an IRI."""
    known: Mapping[str, str] = links.labels[lang]
    return known.get(value) or (compact(value) if value.startswith("http") else value)


def _row(
    kind: str, name: str, message: str, value: str, evidence: list[str], mend: str, iri: str = "", rule: str = ""
) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": name,
        "message": message,
        "value": value,
        "evidence": evidence,
        "mend": mend,
        "id": iri,
        "rule": rule,
    }
