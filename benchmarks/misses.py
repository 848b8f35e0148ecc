"""Why an annotated system or link was missed: one cause each, so that the causes add up to the misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.measure import Item, Link, Scored, closeness, differences

CAUSES = (
    "name missed",
    "wrong span",
    "wrong type or scope",
    "no rule",
    "wrong subject",
    "wrong list",
    "wrong relation",
    "wrong direction",
    "wrong via",
    "wrong status",
)
"""In the order in which they are looked for."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold system or link that was not found, or a link that was found in part."""

    document: str
    kind: str
    """'system', 'link' (its ends were not found together) or 'full' (they were, but not all else is right)."""
    cause: str
    what: str
    quote: str


def misses(scored: Scored, text: str) -> Iterator[Miss]:
    """Every miss of a document, in the order of its annotation; `text` is the document's own."""
    golds = scored.gold["systems"]
    found = set(scored.pairs.values())
    names = {gold["id"]: gold["labels"][0] for gold in golds}
    lost = {gold["id"]: _name_cause(scored, gold, text) for j, gold in enumerate(golds) if j not in found}
    for gold in golds:
        if gold["id"] in lost and not gold.get("optional"):
            yield Miss(scored.name, "system", lost[gold["id"]], gold["labels"][0], gold.get("quote") or "")
    for j, gold in enumerate(scored.gold["connections"]):
        if gold.get("optional") or j in scored.full:
            continue
        what = f"{names.get(gold['source'])} {gold['relation']} {names.get(gold['target'])} ({gold['status']})"
        kind = "full" if j in scored.found else "link"
        cause = _part_cause(scored, gold) if j in scored.found else _link_cause(scored, gold, lost, text)
        yield Miss(scored.name, kind, cause, what, gold.get("quote") or "")


def _name_cause(scored: Scored, gold: Item, text: str) -> str:
    """Whether nothing was read for a gold system, or something that is not quite it."""
    extra = [system for i, system in enumerate(scored.systems) if i not in scored.pairs]
    best = max((closeness(system, gold)[0] for system in extra), default=0.0)
    if best >= 0.8:
        return "wrong type or scope"
    place = _place(gold, text)
    near = place is not None and any(_meet(place, system) for system in extra)
    return "wrong span" if best >= 0.5 or near else "name missed"


def _link_cause(scored: Scored, gold: Item, lost: dict[str, str], text: str) -> str:
    """Why the ends of a gold link were not found together."""
    names = [lost[end] for end in (gold["source"], gold["target"]) if end in lost]
    if names:
        return min(names, key=CAUSES.index)
    place = _place(gold, text)
    here = [link for link in scored.links if place is None or _meet(place, link.fact)]
    hits = {id(link) for link in scored.found.values()}
    ends = {gold["source"], gold["target"]}
    if any(gold["target"] == link.target and id(link) not in hits for link in here):
        return "wrong subject"
    return "wrong list" if any(ends & link.ends for link in here) else "no rule"


def _part_cause(scored: Scored, gold: Item) -> str:
    """What is wrong with a link whose ends were found: of the links between them, the one that comes nearest."""
    ends = {gold["source"], gold["target"]}
    between: list[Link] = [link for link in scored.links if link.ends == ends]
    wrong = min((differences(link, gold) for link in between), key=len, default=[])
    return f"wrong {wrong[0] if wrong else 'status'}"


def _place(gold: Item, text: str) -> tuple[int, int] | None:
    """Where the annotation's quote stands; None where it does not."""
    quote = gold.get("quote") or ""
    start = text.find(quote) if quote else -1
    return (start, start + len(quote)) if start >= 0 else None


def _meet(place: tuple[int, int], fact: Item) -> bool:
    start, end = fact.get("start"), fact.get("end")
    return start is not None and end is not None and start < place[1] and place[0] < end
