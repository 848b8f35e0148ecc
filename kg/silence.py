"""What a page rests on, and what it does not show: documents and dates covered, what was cut, provinces without evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from kg.asking import UNITS, units_of
from kg.links import Claim, alphabet
from kg.messages import LANGUAGES, say
from kg.notes import read_note
from kg.view import View


def notes(view: View, claims: Iterable[Claim]) -> list[list[str]]:
    """Sentences that stand below the page, each in both languages: what it rests on and what was cut."""
    stated = sorted({claim.as_of for claim in claims if claim.as_of})
    return _in_languages(lambda lang: _notes(view, stated, lang))


def silences(view: View) -> dict[str, dict[str, list[list[str]]]]:
    """Unit generation → what the page does not show: `sentences`, and `provinces` of which nothing is told.

    The names of provinces are those of the national view; everything is in both languages.
    """
    return {
        units: {
            "sentences": _in_languages(partial(_silences, view, units)),
            "provinces": [
                [view.links.label(iri, lang) for lang in LANGUAGES]
                for iri in (_silent(view, units) if view.name == "national" else ())
            ],
        }
        for units in UNITS
    }


def _notes(view: View, stated: list[str], lang: str) -> Iterator[str]:
    yield read_note(view.links.papers.values(), lang)
    if stated:
        yield say("page.covered", lang, first=stated[0], last=stated[-1])
    if view.left_out:
        shown = len(view.systems)
        yield say("page.cut", lang, shown=shown, count=shown + view.left_out)


def _silences(view: View, units: str, lang: str) -> Iterator[str]:
    if view.name != "national":
        names = " / ".join(dict.fromkeys(view.links.label(iri, lang) for iri in view.about))
        yield say(f"page.only-{view.name}", lang, name=names)
    else:
        silent = _silent(view, units)
        total = len(units_of(view.links, units))
        if silent:
            yield say("page.silent", lang, count=len(silent), total=total)
    undated = sum(1 for paper in view.links.papers.values() if not paper.date)
    if undated:
        yield say("page.undated", lang, count=undated)
    yield say("page.texts-only", lang)
    yield say("note.silence", lang)


def _silent(view: View, units: str) -> list[str]:
    """Provinces of a generation that no document is about and no system told of belongs to, by label.

    A province before the merger is not silent where texts speak of the unit that it became part of: they may mean it.
    """
    links = view.links
    places = [system.scope for system in links.systems.values() if system.told]
    places += [paper.province for paper in links.papers.values()]
    spoken = {links.province(place, units) for place in places}
    silent = [iri for iri in units_of(links, units) if iri not in spoken and links.province(iri, "2025") not in spoken]
    return sorted(silent, key=lambda iri: (alphabet(links.label(iri)), iri))


def _in_languages(sentences: Callable[[str], Iterator[str]]) -> list[list[str]]:
    return [list(pair) for pair in zip(*(sentences(lang) for lang in LANGUAGES), strict=True)]
