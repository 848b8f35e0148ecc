"""Who became whom: bodies that were merged, systems that go on under another name, provinces that are parts of new ones.

The ontology holds them with their dates, and nothing is retired or rewritten by them: an answer that crosses one says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.links import Links, Succession, alphabet
from kg.messages import say

if TYPE_CHECKING:
    from kg.store import Store

_EVENTS = """
SELECT ?e ?date ?before ?name ?after WHERE {
  ?e dcterms:date ?date .
  { ?e org:resultingOrganization ?after ; org:originalOrganization ?before }
  UNION { ?e vne:resultingSystem ?after . OPTIONAL { ?e vne:formerSystem ?before } OPTIONAL { ?e vne:formerName ?name } }
}"""


def successions(store: Store) -> dict[str, Succession]:
    """The successions of bodies and systems that the graph holds, by IRI of the event."""
    found: dict[str, tuple[set[str], set[str], str, str]] = {}
    rows = [{key: value or "" for key, value in row.items()} for row in store.select(_EVENTS)]
    for row in sorted(rows, key=lambda row: sorted(row.items())):
        before, names, _, _ = found.setdefault(row["e"], (set(), set(), row["after"], row["date"]))
        before.add(row["before"])
        names.add(row["name"])
    return {
        iri: Succession(iri, tuple(sorted(before - {""})), tuple(sorted(names - {""})), after, date)
        for iri, (before, names, after, date) in sorted(found.items())
    }


def crossed(
    links: Links, things: Iterable[str], days: Iterable[str], until: str, lang: str, asked: Iterable[str] = ()
) -> Iterator[str]:
    """A sentence for each succession of a body or system that an answer crosses.

    Args:
        links: The graph.
        things: IRIs of the systems and bodies that the answer names.
        days: First days of what its claims speak of, '' where no date is known.
        until: A string after every day that counts.
        lang: Language of the sentences.
        asked: IRIs of the systems that the question names: by whatever name, so their former ones are told.
    """
    shown, about = frozenset(things), frozenset(asked)
    oldest = min((day for day in days if day), default="~")
    for event in links.successions.values():
        after = links.label(event.after, lang)
        before = sorted({links.label(iri, lang) for iri in shown.intersection(event.before)}, key=alphabet)
        if event.date > until:
            continue
        if before:
            yield say("note.succeeded", lang, before=", ".join(before), after=after, date=event.date)
        elif event.names and (event.after in about or (event.after in shown and oldest < event.date)):
            yield say("note.renamed", lang, before=", ".join(event.names), after=after, date=event.date)


def crossed_units(links: Links, homes: Collection[str], units: str | None, until: str, lang: str) -> Iterator[str]:
    """A sentence where an answer counts provinces for others, or names some that had ended or are of both generations.

    Args:
        links: The graph.
        homes: IRIs of the provinces that the systems of the answer belong to by their texts.
        units: Generation asked for, None for each unit as on its document's date.
        until: A string after every day that counts.
        lang: Language of the sentence.
    """
    if units == "2025":
        parts: dict[str, set[str]] = {}
        for home in homes:
            now = links.province(home, units)
            if now != home:
                parts.setdefault(now, set()).add(home)
        told = [
            f"{_names(links, before, lang)} → {links.label(now, lang)} ({links.places[now].since})"
            for now, before in sorted(parts.items(), key=lambda part: alphabet(links.label(part[0], lang)))
        ]
        if told:
            yield say("note.units-merged", lang, merged="; ".join(told))
    elif units is None:
        ended = {home for home in homes if links.places[home].until}
        begun = {home for home in homes if links.places[home].since}
        dated = {home for home in ended if until != "~" and links.places[home].until < until}
        if (begun and ended) or dated:
            yield say("note.units-ended", lang, provinces=_names(links, ended, lang))


def _names(links: Links, units: Iterable[str], lang: str) -> str:
    return ", ".join(sorted((links.label(iri, lang) for iri in units), key=alphabet))
