"""Which province is linked to which national platform: a matrix of what is stated, planned, denied, or not spoken of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.asking import Asked, Stated, beside, proof, units_of
from kg.chains import Chain, chains
from kg.links import Edge
from kg.messages import say
from kg.model import Answer
from kg.vocab import DENIED, PLANNED, STATED

NO_EVIDENCE = "no evidence"
STATES = ("stated", "planned", "denied", NO_EVIDENCE)
"""What a cell may say; the first that any connection gives."""
_OF = {**dict.fromkeys(STATED, "stated"), **dict.fromkeys(PLANNED, "planned"), **dict.fromkeys(DENIED, "denied")}
_SIGNS = {"stated": "●", "planned": "○", "denied": "×", NO_EVIDENCE: "·"}
Cell = tuple[str, str]
"""A province and a platform."""


def gaps(asked: Asked, derived: bool = False) -> Answer:
    """The coverage matrix: a row for every province and every national platform of the ontology's list.

    Args:
        asked: Layer and language. Without units the provinces are the 63 before the merger, or the 34 after it where
            the graph speaks of one of the new ones.
        derived: Whether a cell of which no text speaks may be filled by links that are derived: those of `kg.chains`.

    Returns:
        `state` is stated, planned, denied or no evidence, `as_of` the newest date of the claims that say so. A
        province counts as in `linked`: when it is the scope of an end or intermediary of a connection in which the
        platform takes part, in either direction, without chaining connections.
    """
    generation = asked.units or ("2025" if _newer(asked) else "2024")
    counted = replace(asked, units=generation)
    columns = platforms(counted)
    cells = _cells(counted, columns)
    chained = _chained(counted, columns) if derived else {}
    provinces = sorted(units_of(asked.links, generation), key=counted.order)
    rows = tuple(
        _row(counted, province, platform, cells.get((province, platform), ()), chained.get((province, platform)))
        for province in provinces
        for platform in columns
    )
    parameters = {**asked.parameters(), "units": generation}
    told = (say("note.derived", asked.lang),) if derived else ()
    return Answer("gaps", parameters, rows, (*_notes(counted, cells, rows), *told))


def platforms(asked: Asked) -> list[str]:
    """The columns, in the order that the ontology gives them."""
    listed = [system for system in asked.links.systems.values() if system.column]
    return [system.id for system in sorted(listed, key=lambda system: (system.column, system.id))]


def matrix(answer: Answer) -> Answer:
    """The rows of `gaps` as a table for people: a row a province, a numbered column a platform, a sign and year a cell.

    Under a supposition a cell that differs shows what it was, an arrow, and what it would be.
    """
    lang = answer.parameters["lang"]
    columns = {row["platform_id"]: row["platform"] for row in answer.rows}
    numbers = {platform: str(number) for number, platform in enumerate(columns, 1)}
    lines: dict[str, dict[str, Any]] = {}
    for row in answer.rows:
        line = lines.setdefault(row["province_id"], {"province": row["province"]})
        cell = f"{_SIGNS[row['state']]} {(row['as_of'] or '')[:4]}".rstrip()
        number = numbers[row["platform_id"]]
        line[number] = f"{cell} → {line.get(number, '')}".rstrip() if row.get("change") == "removed" else cell
    legend = say("gaps.legend", lang, **{state.split()[0]: sign for state, sign in _SIGNS.items()})
    heads = [f"{number}: {columns[platform]}" for platform, number in numbers.items()]
    return Answer(answer.question, answer.parameters, tuple(lines.values()), (*heads, legend, *answer.notes))


def _newer(asked: Asked) -> bool:
    """Whether the layer speaks of a province that began with the merger."""
    links = asked.links
    newer = {place.id for place in links.places.values() if place.since}
    return bool(newer) and any(links.province_of(iri) in newer and asked.at(iri) for iri in links.systems)


def _cells(asked: Asked, columns: Collection[str]) -> dict[Cell, list[Stated]]:
    """Connections that speak of a province and a platform, in IRI order."""
    found: dict[Cell, list[Stated]] = {}
    for platform in columns:
        for edge, claim in asked.at(platform):
            for province in beside(asked, edge, platform) - {""}:
                found.setdefault((province, platform), []).append((edge, claim))
    return found


def _chained(asked: Asked, columns: Collection[str]) -> dict[Cell, Chain]:
    """For each province and platform the shortest chain from a system of the one to the other."""
    found: dict[Cell, Chain] = {}
    for platform in columns:
        for chain in chains(asked, platform):
            cell = (asked.province_of(chain.edge.source), platform)
            if cell not in found or len(chain.pairs) < len(found[cell].pairs):
                found[cell] = chain
    return found


def _row(
    asked: Asked, province: str, platform: str, pairs: Sequence[Stated], chain: Chain | None = None
) -> dict[str, Any]:
    by_chain = chain is not None and not pairs
    if chain and not pairs:
        pairs = [(chain.edge, chain.claim)]
    states = [_OF.get(claim.status, NO_EVIDENCE) if claim else NO_EVIDENCE for _, claim in pairs]
    state = min(states, key=STATES.index, default=NO_EVIDENCE)
    saying = [pair for pair, own in zip(pairs, states, strict=True) if own == state and state != NO_EVIDENCE]
    newest = max((claim for _, claim in saying if claim), key=lambda claim: (claim.day, claim.as_of), default=None)
    return {
        "province": asked.label(province),
        "platform": asked.label(platform),
        "state": state,
        "as_of": (newest.as_of or None) if newest else None,
        "derived": any(edge.supposed or _derived(asked, edge, province, platform) for edge, _ in saying),
        "evidence": proof(chain.pairs) if chain and by_chain else proof(saying),
        "state_label": say(f"gaps.{state.split()[0]}", asked.lang),
        "province_id": province,
        "platform_id": platform,
        "chain": [asked.path(edge.path) for edge, _ in chain.pairs] if chain and by_chain else [],
        "connection_id": chain.ids if chain and by_chain else [edge.id for edge, _ in saying],
    }


def _derived(asked: Asked, edge: Edge, province: str, platform: str) -> bool:
    """Whether the texts name another unit than the one it is counted for."""
    return province not in {asked.links.province_of(iri) for iri in edge.path if iri != platform}


def _notes(asked: Asked, cells: Mapping[Cell, Sequence[Stated]], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    pairs = [pair for found in cells.values() for pair in found]
    yield from asked.notes([claim for _, claim in pairs], [iri for edge, _ in pairs for iri in edge.path])
    states = Counter(row["state"].split()[0] for row in rows)
    counts = {state.split()[0]: states[state.split()[0]] for state in STATES}
    provinces, columns = len({row["province_id"] for row in rows}), len({row["platform_id"] for row in rows})
    yield say("gaps.counted", asked.lang, provinces=provinces, columns=columns, **counts)
    yield say("note.silence", asked.lang)
