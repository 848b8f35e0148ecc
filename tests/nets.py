"""Small random graphs as plain values, and the most obvious ways to walk them, for tests of the dependency questions."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import settings
from hypothesis import strategies as st

from kg.links import COUNTRY, Claim, Edge, Edges, Links, Paper, Place, System
from kg.vocab import CONN, DOC, PLACE, RELATIONS, STATUSES, SYS

many = settings(max_examples=200)
"""As many random graphs as a question must answer right."""

SYSTEMS = [f"{SYS}{name}" for name in ("n1", "n2", "n3", "a1", "a2", "b1", "b2")]
PLACES = {
    "a": Place(f"{PLACE}a", COUNTRY, f"{PLACE}c-2025", "tỉnh", "", "2025-06-30"),
    "b": Place(f"{PLACE}b", COUNTRY, "", "tỉnh"),
    "c": Place(f"{PLACE}c-2025", COUNTRY, "", "tỉnh", "2025-07-01", ""),
    "n": Place(COUNTRY, "", "", ""),
}


def net(edges: Iterable[Edge], columns: Iterable[str] = ()) -> Links:
    """A graph of `edges` over the systems n1…n3 (national), a1, a2 and b1, b2 (of two provinces)."""
    listed = list(columns)
    systems = {
        iri: System(iri, (), PLACES[iri[-2]].id, "", (), True, listed.index(iri) + 1 if iri in listed else 0)
        for iri in SYSTEMS
    }
    return Links(
        systems,
        Edges({edge.id: edge for edge in sorted(edges, key=lambda edge: edge.id)}),
        {},
        {place.id: place for place in PLACES.values()},
        {f"{DOC}d": Paper(f"{DOC}d", "d.md", "", "", "2022", PLACES["a"].id, "")},
        {"vi": {}, "en": {}},
        {},
    )


def edge(
    name: str,
    path: str,
    status: str = "operational",
    relation: str = "connectsTo",
    day: str = "2022-01-01",
    sure: float | None = None,
) -> Edge:
    """Connection `name` along `path`, such as 'a1 n1 n2', with one claim or, where status is '', none."""
    source, *via, target = (f"{SYS}{step}" for step in path.split())
    claims = (Claim(f"att:{name}", status, day, day[:4], "", f"{DOC}d", sure),) if status else ()
    return Edge(f"{CONN}{name}", source, relation, target, tuple(via), claims)


@st.composite
def nets(draw: st.DrawFn, statuses: tuple[str, ...] = STATUSES) -> Links:
    """A graph of up to 12 connections, with intermediaries, parallels, circles and steps from a system to itself."""
    system = st.sampled_from([iri.removeprefix(SYS) for iri in SYSTEMS])
    claimed = st.sampled_from((*("operational",) * 8, *statuses))
    found = []
    for number in range(draw(st.integers(0, 12))):
        via = draw(st.lists(system, max_size=2, unique=True))
        path = " ".join((draw(system), *via, draw(system)))
        day = draw(st.sampled_from(("2020-01-01", "2022-01-01")))
        found.append(edge(f"c{number:02}", path, draw(claimed), draw(st.sampled_from(RELATIONS)), day))
    return net(found, (f"{SYS}n1", f"{SYS}n2"))


def operational(links: Links) -> list[Edge]:
    """Connections that run, by the claim that each has at most one of."""
    return [edge for edge in links.edges.values() if [claim.status for claim in edge.claims] == ["operational"]]
