"""What a page shows: some of the graph's systems and connections, and where each system stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.errors import UsageError
from kg.links import Claim, Edge, Links, alphabet, layer, on_layer

VIEWS = ("national", "province", "system", "impact")
LIMIT = 10_000
"""Systems that one page holds at most; more are cut, and the page says so."""


@dataclass(frozen=True, slots=True)
class View:
    """A part of the graph, to be drawn."""

    name: str
    """One of `VIEWS`."""
    about: tuple[str, ...]
    """IRIs of the province or system it is about; () for the national view."""
    links: Links
    systems: tuple[str, ...]
    """IRIs of the systems drawn, by IRI."""
    edges: tuple[tuple[Edge, Claim | None], ...]
    """The connections drawn, each with its current claim."""
    left_out: int
    """How many systems the page is too small for."""


def choose(
    links: Links,
    view: str = "national",
    about: Collection[str] = (),
    status: str | Iterable[str] = "all",
    as_of: str | None = None,
    reached: Collection[str] = (),
    limit: int = LIMIT,
) -> View:
    """The part of the graph that a view shows.

    Args:
        links: The graph's connections.
        view: 'national' shows everything; 'province' the systems of a province and what they connect to; 'system' the
            connections that a system is an end or intermediary of; 'impact' the systems `reached` by an answer.
        about: IRIs of the province's units, or of the system.
        status: Statuses of the connections to show.
        as_of: Only claims until this date count.
        reached: IRIs of the connections behind an answer; the impact view shows every system on them.
        limit: Systems shown at most: national ones first, then those with most connections.

    Raises:
        UsageError: there is no such view, or the view needs a name.
    """
    if view not in VIEWS:
        raise UsageError(f"no such view: {view}", hint=f"one of: {', '.join(VIEWS)}")
    if view != "national" and not about:
        raise UsageError(f"the {view} view needs a name", hint=f"kg show --view {view} NAME")
    edges = [(edge, claim) for edge, claim in on_layer(links, layer(status), as_of)]
    wanted = {iri for iri, system in links.systems.items() if system.told}
    if view == "province":
        wanted = {iri for iri in links.systems if links.province_of(iri) in about}
    elif view in {"system", "impact"}:
        wanted = set(about)
    if view == "impact":
        wanted |= {iri for edge, _ in edges if edge.id in reached for iri in edge.path}
        edges = [(edge, claim) for edge, claim in edges if wanted.issuperset(edge.path)]
    elif view != "national":
        edges = [(edge, claim) for edge, claim in edges if wanted & set(edge.path)]
        wanted |= {iri for edge, _ in edges for iri in edge.path}
    degree = Counter(iri for edge, _ in edges for iri in set(edge.path))
    ranked = sorted(wanted, key=lambda iri: (iri not in about, bool(links.province_of(iri)), -degree[iri], iri))
    shown = set(ranked[:limit])
    drawn = tuple((edge, claim) for edge, claim in edges if shown.issuperset(edge.path))
    return View(view, tuple(sorted(about)), links, tuple(sorted(shown)), drawn, len(wanted) - len(shown))


def by_home(view: View, units: str | None = None) -> dict[str, tuple[str, ...]]:
    """Province → its systems drawn; '' for national and ministry systems. Provinces by label, systems by IRI.

    With `units` '2025' a system counts for the province that its own was merged into.
    """
    found: dict[str, list[str]] = {}
    for iri in view.systems:
        found.setdefault(view.links.province_of(iri, units), []).append(iri)
    order = sorted(found, key=lambda home: (home != "", alphabet(view.links.label(home)), home))
    return {home: tuple(found[home]) for home in order}


def homes(view: View) -> tuple[str, ...]:
    """Every province that a system drawn belongs to, as its texts say and after the merger; by label."""
    found = {home for units in (None, "2025") for home in by_home(view, units) if home}
    return tuple(sorted(found, key=lambda home: (alphabet(view.links.label(home)), home)))
