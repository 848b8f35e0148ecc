"""What must be said beside every answer and on every page."""

from __future__ import annotations

from collections.abc import Collection

from kg.links import Claim, Links, Paper
from kg.messages import say
from kg.vocab import ST


def read_note(papers: Collection[Paper], lang: str) -> str:
    """How many documents an answer rests on, and the newest date among them."""
    if not papers:
        return say("note.none-read", lang)
    newest = max(paper.date for paper in papers) or say("note.undated", lang)
    return say("note.read", lang, count=len(papers), newest=newest)


def brief_note(paper: Paper, lang: str) -> str:
    """That a document is a brief of another; '' where it is not."""
    return say("note.brief", lang, source=paper.source_file) if paper.source_file else ""


def standing(links: Links, claim: Claim | None, lang: str) -> str:
    """Status and date of a claim in words.

    >>> standing(links, claim, "en")    # doctest: +SKIP
    'planned (2022, due 2025)'
    """
    if claim is None:
        return say("note.unattested", lang)
    date = claim.as_of or say("note.undated", lang)
    if claim.due:
        date = say("note.due", lang, date=date, due=claim.due)
    return f"{links.label(ST + claim.status, lang)} ({date})"
