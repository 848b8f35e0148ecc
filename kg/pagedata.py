"""What a page knows beside its drawing: names, claims, quotes, documents and words, in both languages.

Systems, connections, claims and documents are lists, and refer to each other by place: no name of a text becomes a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.explain import marked
from kg.links import Claim, Links, Paper
from kg.messages import LANGUAGES, say, words
from kg.model import Evidence
from kg.notes import read_note
from kg.view import View
from kg.vocab import LV, RELATIONS, ST, STATUSES, VNE

EvidenceOf = Callable[[Iterable[str]], Mapping[str, tuple[Evidence, ...]]]
"""Attestation IRIs → the passages each rests on."""


def page_data(view: View, evidence: EvidenceOf, lang: str) -> dict[str, Any]:
    """Everything the panel, the search and the legend say, as plain values; a text in both languages is `[vi, en]`."""
    links = view.links
    claims = [
        *(claim for edge, _ in view.edges for claim in edge.claims),
        *(claim for iri in view.systems for claim in links.claims.get(iri, ())),
    ]
    passages = evidence(sorted({claim.id for claim in claims if claim.id}))
    papers = _papers(view, claims)
    number = {iri: index for index, iri in enumerate(view.systems)}

    def told(stated: Iterable[Claim]) -> list[dict[str, Any]]:
        return [_claim(claim, papers, passages.get(claim.id, ())) for claim in reversed(tuple(stated))]

    return {
        "lang": LANGUAGES.index(lang),
        "title": _title(view),
        "notes": _notes(view, claims),
        "words": {key: [texts[lang] for lang in LANGUAGES] for key, texts in words("page").items()},
        "terms": _terms(view),
        "systems": [{**_system(links, iri), "claims": told(links.claims.get(iri, ()))} for iri in view.systems],
        "connections": [
            {
                "id": edge.id,
                "path": [number[iri] for iri in edge.path],
                "relation": edge.relation,
                "status": claim.status if claim else "",
                "claims": told(edge.claims),
            }
            for edge, claim in view.edges
        ],
        "documents": [_document(links.papers[iri]) for iri in papers],
    }


def _papers(view: View, claims: Iterable[Claim]) -> list[str]:
    """IRIs of the documents that the page speaks of: every one in the national view."""
    papers = view.links.papers
    cited = {claim.document for claim in claims}
    return [
        iri
        for iri, paper in papers.items()
        if view.name == "national" or iri in cited or view.links.province(paper.province) in view.about
    ]


def _system(links: Links, iri: str) -> dict[str, Any]:
    system = links.systems[iri]
    return {
        "id": iri,
        "label": _both(links, iri),
        "short": [links.short(iri, lang) for lang in LANGUAGES],
        "names": list(links.aliases.get(iri, ())),
        "types": list(system.types),
        "scope": _both(links, system.scope) if system.scope else None,
        "level": system.level,
        "operators": [_both(links, operator) for operator in system.operators],
    }


def _document(paper: Paper) -> dict[str, str]:
    return {
        "file": paper.file,
        "title": paper.title,
        "publisher": paper.publisher,
        "date": paper.date,
        "source": paper.source_file,
    }


def _claim(claim: Claim, papers: list[str], passages: Iterable[Evidence]) -> dict[str, Any]:
    return {
        "status": claim.status,
        "as_of": claim.as_of,
        "due": claim.due,
        "document": papers.index(claim.document) if claim.document in papers else None,
        "passages": [
            {"quote": passage.quote, "cues": marked(passage)[1], "rule": passage.rule, "confidence": passage.confidence}
            for passage in passages
        ],
    }


def _title(view: View) -> list[str]:
    names = {lang: " / ".join(dict.fromkeys(view.links.label(iri, lang) for iri in view.about)) for lang in LANGUAGES}
    return [
        say("page.national", lang) if view.name == "national" else say(f"page.{view.name}", lang, name=names[lang])
        for lang in LANGUAGES
    ]


def _notes(view: View, claims: Iterable[Claim]) -> list[list[str]]:
    """Sentences at the foot of the page: what it rests on, what it covers, what it leaves out."""
    papers = view.links.papers.values()
    dates = sorted({claim.as_of for claim in claims if claim.as_of})
    sentences = []
    for lang in LANGUAGES:
        told = [say("page.counted", lang, systems=len(view.systems), connections=len(view.edges))]
        told.append(read_note(papers, lang))
        if dates:
            told.append(say("page.covered", lang, first=dates[0], last=dates[-1]))
        if view.left_out:
            shown = len(view.systems)
            told.append(say("page.cut", lang, shown=shown, count=shown + view.left_out))
        told.append(say("note.silence", lang))
        sentences.append(told)
    return [list(pair) for pair in zip(*sentences, strict=True)]


def _terms(view: View) -> dict[str, dict[str, list[str]]]:
    """Labels of the statuses, relations, types and levels that the page names."""
    links = view.links
    types = {name for iri in view.systems for name in links.systems[iri].types}
    levels = {links.systems[iri].level for iri in view.systems} - {""}
    unattested = [say("note.unattested", lang) for lang in LANGUAGES]
    return {
        "status": {**{name: _both(links, ST + name) for name in STATUSES}, "": unattested},
        "relation": {name: _both(links, VNE + name) for name in RELATIONS},
        "type": {name: _both(links, VNE + name) for name in sorted(types)},
        "level": {name: _both(links, LV + name) for name in sorted(levels)},
    }


def _both(links: Links, iri: str) -> list[str]:
    return [links.label(iri, lang) for lang in LANGUAGES]
