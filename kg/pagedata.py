"""What a page knows beside its drawing: names, claims, quotes, documents and words, in both languages.

Systems, connections, claims, provinces and documents are lists, and refer to each other by place: no name of a text
becomes a key. A text that is the same in both languages is a string, any other `[vi, en]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.explain import marked
from kg.links import Claim, Links, Paper, last_day
from kg.messages import LANGUAGES, families, say, words
from kg.model import Evidence
from kg.network import COLOURS
from kg.silence import notes, silences
from kg.view import View, by_home, homes
from kg.vocab import DENIED, FEEDS, LV, PREFIXES, RELATIONS, ST, STATUS_RANK, STATUSES, VNE, compact

EvidenceOf = Callable[[Iterable[str]], Mapping[str, tuple[Evidence, ...]]]
"""Attestation IRIs → the passages each rests on."""
Text = str | list[str]
"""In both languages."""


def page_data(
    view: View, evidence: EvidenceOf, lang: str, as_of: str | None = None, units: str | None = None
) -> dict[str, Any]:
    """Everything the panel, the filters, the table and the legend say, as plain values.

    Args:
        view: What the page shows.
        evidence: Where to look up the passages behind a claim.
        lang: Language the page opens in.
        as_of: Only claims until this date count.
        units: Unit generation the page opens with.

    Raises:
        UsageError: `as_of` is no date.
    """
    links = view.links
    claims = [
        *(claim for edge, _ in view.edges for claim in edge.claims),
        *(claim for iri in view.systems for claim in links.claims.get(iri, ())),
    ]
    passages = evidence(sorted({claim.id for claim in claims if claim.id}))
    papers = _papers(view, claims)
    number = {iri: index for index, iri in enumerate(papers)}

    def told(stated: Iterable[Claim]) -> list[dict[str, Any]]:
        return [_claim(claim, number, passages.get(claim.id, ())) for claim in reversed(tuple(stated))]

    return {
        "lang": LANGUAGES.index(lang),
        "view": view.name,
        "title": _title(view),
        "until": last_day(as_of) if as_of else "",
        "units": units or "",
        "failed": view.systems.index(view.about[0]) if view.name == "impact" and view.systems else None,
        "notes": notes(view, claims),
        "silences": silences(view),
        "words": {key: [texts[lang] for lang in LANGUAGES] for key, texts in words("page").items()},
        "terms": _terms(view),
        "prefixes": [[name, PREFIXES[name]] for name in ("sys", "conn")],
        "rules": {"rank": STATUS_RANK, "feeds": FEEDS, "denied": DENIED},
        "provinces": _provinces(view),
        "systems": _systems(view, told),
        "connections": _connections(view, told),
        "documents": [_document(view, links.papers[iri]) for iri in papers],
    }


def legend(view: View, network: Mapping[str, Any]) -> dict[str, Any]:
    """Shapes, colours and lines that occur on the page, in a fixed order."""
    systems = [view.links.systems[iri] for iri in view.systems]
    types = {name for system in systems for name in system.types}
    levels = {system.level if system.level in COLOURS else "" for system in systems}
    statuses = {claim.status for edge, _ in view.edges for claim in edge.claims}
    if not all(edge.claims for edge, _ in view.edges):
        statuses.add("")
    return {
        "shapes": [
            {"shape": family.shape, "label": [family.labels[lang] for lang in LANGUAGES]}
            for family in families()
            if family.types & types
        ],
        "colours": [{"colour": colour, "level": level} for level, colour in COLOURS.items() if level in levels],
        "statuses": [status for status in network["lines"] if status in statuses],
    }


def _papers(view: View, claims: Iterable[Claim]) -> list[str]:
    """IRIs of the documents that the page speaks of: every one in the national view."""
    cited = {claim.document for claim in claims}
    return [
        iri
        for iri, paper in view.links.papers.items()
        if view.name == "national" or iri in cited or view.links.province(paper.province) in view.about
    ]


def _provinces(view: View) -> list[dict[str, Any]]:
    """The provinces drawn.

    `next` is the place of the one that it was merged into, of itself where it was not; `since` the month in which one
    began that another one drawn beside it shares its name with.
    """
    links, drawn = view.links, homes(view)
    named = [links.label(home) for home in by_home(view)]
    found = []
    for home in drawn:
        after, since = links.province(home, "2025"), links.places[home].since[:7]
        known = {
            "id": compact(home),
            "label": _both(links, home),
            "next": drawn.index(after if after in drawn else home),
        }
        found.append({**known, "since": since} if since and named.count(links.label(home)) > 1 else known)
    return found


def _systems(view: View, told: Callable[[Iterable[Claim]], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    order = {home: index for index, home in enumerate(homes(view))}
    return [_system(view.links, iri, order, told(view.links.claims.get(iri, ()))) for iri in view.systems]


def _system(links: Links, iri: str, order: Mapping[str, int], claims: list[dict[str, Any]]) -> dict[str, Any]:
    system = links.systems[iri]
    known = {
        "id": compact(iri),
        "label": _both(links, iri),
        "short": _text([links.short(iri, lang) for lang in LANGUAGES]),
        "names": list(links.aliases.get(iri, ())),
        "types": list(system.types),
        "scope": _both(links, system.scope) if system.scope else None,
        "home": order.get(links.province_of(iri)),
        "level": system.level,
        "operators": [_both(links, operator) for operator in system.operators],
        "claims": claims,
    }
    return {key: value for key, value in known.items() if value not in ([], "", None)}


def _connections(view: View, told: Callable[[Iterable[Claim]], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    number = {iri: index for index, iri in enumerate(view.systems)}
    return [
        {
            "id": compact(edge.id),
            "path": [number[iri] for iri in edge.path],
            "relation": edge.relation,
            "claims": told(edge.claims),
        }
        for edge, _ in view.edges
    ]


def _document(view: View, paper: Paper) -> dict[str, Any]:
    province = view.links.province(paper.province)
    known = {
        "file": paper.file,
        "title": paper.title,
        "publisher": paper.publisher,
        "date": paper.date,
        "source": paper.source_file,
        "province": _both(view.links, province) if province else None,
    }
    return {key: value for key, value in known.items() if value}


def _claim(claim: Claim, papers: Mapping[str, int], passages: Iterable[Evidence]) -> dict[str, Any]:
    known = {
        "status": claim.status,
        "day": claim.day,
        "as_of": claim.as_of,
        "due": claim.due,
        "document": papers.get(claim.document),
        "passages": [
            {"quote": passage.quote, "cues": marked(passage)[1], "rule": passage.rule, "confidence": passage.confidence}
            for passage in passages
        ],
    }
    return {key: value for key, value in known.items() if value not in ([], "", None)}


def _title(view: View) -> Text:
    names = {lang: " / ".join(dict.fromkeys(view.links.label(iri, lang) for iri in view.about)) for lang in LANGUAGES}
    return _text([say(f"page.title-{view.name}", lang, name=names[lang]) for lang in LANGUAGES])


def _terms(view: View) -> dict[str, dict[str, Text]]:
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


def _both(links: Links, iri: str) -> Text:
    return _text([links.label(iri, lang) for lang in LANGUAGES])


def _text(languages: list[str]) -> Text:
    return languages[0] if len(set(languages)) == 1 else languages
