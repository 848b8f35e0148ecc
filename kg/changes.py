"""What changed between two states of the graph: two builds, or one build on two dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.asking import Asked
from kg.links import UNATTESTED, Claim, Paper, alphabet, current, last_day
from kg.messages import say
from kg.model import Answer
from kg.notes import read_note, standing


@dataclass(frozen=True, slots=True)
class Thing:
    """A document, system or connection as one side knows it."""

    label: str
    says: str
    """In words: what is compared and shown."""
    status: str | None
    provinces: tuple[str, ...] = field(compare=False)
    """IRIs."""
    evidence: tuple[str, ...] = field(compare=False)


def diff(before: Asked, after: Asked, sides: tuple[str, str]) -> Answer:
    """What was added, removed or changed from one state to the other.

    Args:
        before: The connections of the one state, on their layer.
        after: Those of the other.
        sides: What the user calls the two.

    Returns:
        One row a document, system or connection that is in one state only, or of which the current claim or the number
        of claims differs. `before` and `after` give status and date in words, `evidence` the attestations behind them.
        The layer filters connections; systems count where a claim or any connection speaks of them.
    """
    rows: list[dict[str, Any]] = []
    for kind, things in _THINGS.items():
        old, new = things(before), things(after)
        changed = [iri for iri in sorted({*old, *new}) if old.get(iri) != new.get(iri)]
        rows.extend(_rows(after, kind, ((iri, old.get(iri), new.get(iri)) for iri in changed)))
    parameters = after.parameters(a=sides[0], b=sides[1])
    return Answer("diff", parameters, tuple(rows), tuple(_notes(before, after, sides, rows)))


def _rows(asked: Asked, kind: str, pairs: Iterable[tuple[str, Thing | None, Thing | None]]) -> list[dict[str, Any]]:
    rows = []
    for iri, old, new in pairs:
        known = [thing for thing in (new, old) if thing]
        provinces = asked.by_label({place for thing in known for place in thing.provinces})
        rows.append(
            {
                "change": "changed" if old and new else "added" if new else "removed",
                "kind": kind,
                "id": iri,
                "before": old.says if old else None,
                "after": new.says if new else None,
                "label": known[0].label,
                "before_status": old.status if old else None,
                "after_status": new.status if new else None,
                "provinces": asked.labels(provinces),
                "evidence": sorted({iri for thing in known for iri in thing.evidence}),
                "provinces_id": provinces,
            }
        )
    return sorted(rows, key=lambda row: (row["change"], alphabet(row["label"]), row["id"]))


def _documents(asked: Asked) -> dict[str, Thing]:
    found = {}
    for paper in _papers(asked):
        province = asked.links.province(paper.province, asked.units)
        date = paper.date or say("note.undated", asked.lang)
        found[paper.id] = Thing(paper.file, date, None, (province,) if province else (), ())
    return found


def _papers(asked: Asked) -> list[Paper]:
    """The documents that were there on the date."""
    limit = last_day(asked.as_of) if asked.as_of else "~"
    papers = asked.links.papers.values()
    return [paper for paper in papers if paper.date <= limit and (paper.date or not asked.as_of)]


def _systems(asked: Asked) -> dict[str, Thing]:
    links = asked.links
    joined = {iri for edge, _ in (*asked.edges, *asked.others()) for iri in edge.path}
    found = {}
    for iri, system in links.systems.items():
        claims = _until(links.claims.get(iri, ()), asked.as_of)
        if claims or iri in joined or (system.told and not asked.as_of):
            found[iri] = _thing(asked, asked.label(iri), claims, (iri,))
    return found


def _connections(asked: Asked) -> dict[str, Thing]:
    return {
        edge.id: _thing(asked, asked.path(edge.path), _until(edge.claims, asked.as_of), edge.path)
        for edge, _ in asked.edges
    }


_THINGS: Mapping[str, Callable[[Asked], dict[str, Thing]]] = {
    "document": _documents,
    "system": _systems,
    "connection": _connections,
}
"""What is compared, in the order of the rows."""


def _thing(asked: Asked, label: str, claims: tuple[Claim, ...], systems: Iterable[str]) -> Thing:
    claim = current(claims)
    words = standing(asked.links, claim, asked.lang)
    if len(claims) > 1:
        words = say("diff.claims", asked.lang, standing=words, count=len(claims))
    status = claim.status if claim else UNATTESTED
    return Thing(label, words, status, tuple(asked.provinces(systems)), tuple(c.id for c in claims if c.id))


def _until(claims: Iterable[Claim], as_of: str | None) -> tuple[Claim, ...]:
    """The claims that count on a date."""
    limit = last_day(as_of) if as_of else "~"
    return tuple(claim for claim in claims if claim.day <= limit and (claim.day or not as_of))


def _notes(before: Asked, after: Asked, sides: tuple[str, str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for asked, side in zip((before, after), sides):
        yield say("diff.side", after.lang, side=side, note=read_note(_papers(asked), after.lang))
    found = [row["change"] for row in rows]
    counts = {change: found.count(change) for change in ("added", "removed", "changed")}
    yield say("diff.counted" if found else "diff.same", after.lang, **(counts if found else {}))
    if before.as_of == after.as_of:
        yield from after.options_notes(())
