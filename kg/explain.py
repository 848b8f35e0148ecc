"""Why does the graph say so: a claim in words, and every passage of every document that makes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import UnknownNameError
from kg.fetch import evidence
from kg.links import Claim, Edge, Links, Paper, current
from kg.messages import say
from kg.model import Answer, Evidence
from kg.notes import brief_note, read_note, standing
from kg.vocab import ST, VNE, compact, expand

if TYPE_CHECKING:
    from kg.store import Store

OPEN, CLOSE = "⟦", "⟧"
"""Stand around the words of a quote that made the rule speak."""


def why(store: Store, links: Links, name: str, lang: str = "vi") -> Answer:
    """Everything that documents say of one thing, passage by passage.

    Args:
        store: The graph.
        links: Its connections, systems and documents.
        name: IRI or prefixed name of a connection, system, attestation, measure, usage statement or policy.
        lang: Language of labels, sentences and notes.

    Returns:
        One row a passage, newest claim first: the `claim` in words, the `quote`, the same `marked` with ⟦…⟧ around the
        words that made the rule speak and their offsets in the quote as `cues`, the document with title, publisher and
        date, the `rule` and its `confidence`.

    Raises:
        UnknownNameError: the graph holds no such thing, or no document speaks of it.
    """
    iri = expand(name)
    subject = next((row["x"] for row in store.select(f"SELECT ?x WHERE {{ <{_checked(iri)}> vne:attests ?x }}")), iri)
    subject = subject or iri
    claims = {claim.id: claim for claim in _claims(links, subject)}
    chosen = {iri} if iri != subject else {*claims, *_attestations(store, subject)}
    passages = evidence(store, chosen)
    if not passages:
        raise UnknownNameError(f"no document speaks of {compact(iri)}", hint="see kg list connections, kg list systems")
    sentence = _sentence(store, links, subject, lang)
    rows = [
        _row(links, subject, attestation, claims.get(attestation), passage, sentence, lang)
        for attestation in passages
        for passage in passages[attestation]
    ]
    rows.sort(key=lambda row: (row["document"], row["start"], row["evidence_id"]))
    rows.sort(key=lambda row: row["as_of"] or "", reverse=True)
    return Answer("why", {"id": iri, "lang": lang}, tuple(rows), tuple(_notes(links, subject, rows, lang)))


def marked(passage: Evidence) -> tuple[str, list[list[int]]]:
    """The quote with its cue words between ⟦ and ⟧, and their offsets in the quote; overlapping ones become one.

    >>> marked(Evidence("a.txt", 10, 20, "đã kết nối", "verb", 0.9, (Span(13, 20),)))    # doctest: +SKIP
    ('đã ⟦kết nối⟧', [[3, 10]])
    """
    cuts: list[list[int]] = []
    for cue in sorted(passage.cues, key=lambda span: (span.start, span.end)):
        start, end = max(cue.start - passage.start, 0), min(cue.end - passage.start, len(passage.quote))
        if start < end and cuts and start <= cuts[-1][1]:
            cuts[-1][1] = max(cuts[-1][1], end)
        elif start < end:
            cuts.append([start, end])
    text, last = "", 0
    for start, end in cuts:
        text += f"{passage.quote[last:start]}{OPEN}{passage.quote[start:end]}{CLOSE}"
        last = end
    return text + passage.quote[last:], cuts


def claim_words(links: Links, edge: Edge, claim: Claim | None, lang: str) -> str:
    """A connection and its status as one sentence."""
    values = {
        "source": links.label(edge.source, lang),
        "relation": links.label(VNE + edge.relation, lang),
        "target": links.label(edge.target, lang),
        "standing": standing(links, claim, lang),
    }
    if not edge.via:
        return say("why.connection", lang, **values)
    return say("why.via", lang, via=", ".join(links.label(iri, lang) for iri in edge.via), **values)


def _checked(iri: str) -> str:
    """`iri` as it may stand between angle brackets; anything else names nothing."""
    if any(char in '<>"{}|^`\\' or char <= " " for char in iri):
        raise UnknownNameError(f"not an IRI: {iri!r}")
    return iri


def _claims(links: Links, subject: str) -> tuple[Claim, ...]:
    edge = links.edges.get(subject)
    return edge.claims if edge else links.claims.get(subject, ())


def _attestations(store: Store, subject: str) -> set[str]:
    rows = store.select(f"SELECT ?a WHERE {{ ?a vne:attests <{_checked(subject)}> }}")
    return {row["a"] for row in rows if row["a"]}


def _row(
    links: Links, subject: str, attestation: str, claim: Claim | None, passage: Evidence, sentence: str, lang: str
) -> dict[str, Any]:
    paper = next((paper for paper in links.papers.values() if paper.file == passage.document), None)
    text, cues = marked(passage)
    return {
        "claim": _claim_sentence(links, subject, claim, lang) or sentence,
        "status": claim.status if claim else None,
        "as_of": (claim.as_of or None) if claim else None,
        "due": (claim.due or None) if claim else None,
        "quote": passage.quote,
        "marked": text,
        "cues": cues,
        "document": passage.document,
        "start": passage.start,
        "end": passage.end,
        **_paper_columns(paper, lang),
        "rule": passage.rule,
        "confidence": passage.confidence,
        "status_label": links.label(ST + claim.status, lang) if claim else None,
        "subject_id": subject,
        "evidence_id": attestation,
        "document_id": paper.id if paper else None,
    }


def _paper_columns(paper: Paper | None, lang: str) -> dict[str, str | None]:
    return {
        "title": paper.title if paper else None,
        "publisher": paper.publisher if paper else None,
        "date": (paper.date or None) if paper else None,
        "brief": (brief_note(paper, lang) or None) if paper else None,
    }


def _claim_sentence(links: Links, subject: str, claim: Claim | None, lang: str) -> str:
    """A claim on a connection or system in words; '' for other things."""
    if subject in links.edges:
        return claim_words(links, links.edges[subject], claim, lang)
    system = links.systems.get(subject)
    if system is None or claim is None:
        return ""
    return say(
        "why.system",
        lang,
        label=links.label(subject, lang),
        type=", ".join(links.label(VNE + name, lang) for name in system.types),
        scope=links.label(system.scope, lang) if system.scope else "",
        standing=standing(links, claim, lang),
    )


_STATEMENT = """
SELECT ?subject ?metric ?value ?unit ?day ?actor ?system ?policy WHERE {
  VALUES ?x { <$subject> }
  OPTIONAL { ?x vne:measureOf ?subject } OPTIONAL { ?x vne:metric ?m } OPTIONAL { ?x vne:metricWording ?wording }
  BIND(COALESCE(?wording, STR(?m)) AS ?metric)
  OPTIONAL { ?x sdo:value ?value } OPTIONAL { ?x sdo:unitText ?unit } OPTIONAL { ?x vne:asOf ?day }
  OPTIONAL { ?x vne:actor ?actor } OPTIONAL { ?x vne:usesSystem ?system }
  OPTIONAL { ?x a vne:PolicyDocument . BIND(?x AS ?policy) }
} ORDER BY ?subject ?metric ?value ?unit ?actor ?system LIMIT 1"""


def _sentence(store: Store, links: Links, subject: str, lang: str) -> str:
    """A measure, use or policy in words; else the label."""
    found = next(iter(store.select(_STATEMENT.replace("$subject", _checked(subject)))), {})

    def label(key: str) -> str:
        return links.label(found.get(key) or "", lang)

    if found.get("subject"):
        date = found.get("day") or say("note.undated", lang)
        values = {"metric": label("metric"), "value": found.get("value") or "", "unit": found.get("unit") or ""}
        if "://" not in (found.get("metric") or ""):
            values["metric"] = found.get("metric") or ""
        return say("why.measure", lang, subject=label("subject"), date=date, **values)
    if found.get("actor"):
        values = {"actor": label("actor"), "system": label("system")}
        count = found.get("value")
        return say("why.use-count", lang, count=count, **values) if count else say("why.use", lang, **values)
    return say("why.policy", lang, label=label("policy")) if found.get("policy") else links.label(subject, lang)


def _notes(links: Links, subject: str, rows: Collection[Mapping[str, Any]], lang: str) -> Iterator[str]:
    yield read_note(links.papers.values(), lang)
    claims = _claims(links, subject)
    if len(claims) > 1:
        yield say("why.others", lang, count=len(claims), standing=standing(links, current(claims), lang))
    yield from sorted({f"{row['document']}: {row['brief']}" for row in rows if row["brief"]})
