"""The commands that ask who depends on whom: impact, needs, paths, single points of failure, coverage, changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.printing import emit
from kg.terminal import derived_option, format_option, lang_option, layer_options, store_option, what_if_options

_HIT = ("hop", "role", "system", "province", "operator", "path", "status")
_COLUMNS = {
    "impact": _HIT,
    "needs": _HIT,
    "path": ("rank", "length", "path", "status", "as_of", "derived"),
    "weak": ("system", "count", "cut_off", "alternative"),
    "diff": ("change", "kind", "label", "before", "after"),
}
"""Columns of the tables, by what they list."""


@click.command()
@click.argument("system")
@layer_options()
@what_if_options
@format_option()
@lang_option
@store_option
def impact(system: str, format: str, store: str, **options: Any) -> None:
    """Who is hit when SYSTEM is down, over all hops.

    Dependents are the sources of connections whose target or intermediary is SYSTEM, and what depends on them in turn.
    Counterparts are what others reach through SYSTEM, and what it feeds.

    \b
    Examples:
      kg impact NGSP
      kg impact NGSP --without "Trục liên thông văn bản quốc gia"
    """
    from kg.knowledge import KnowledgeGraph

    emit(KnowledgeGraph.open(store).impact(system, **options), format, _COLUMNS["impact"])


@click.command()
@click.argument("system")
@layer_options()
@what_if_options
@format_option()
@lang_option
@store_option
def needs(system: str, format: str, store: str, **options: Any) -> None:
    """What SYSTEM depends on, over all hops.

    The reverse of kg impact: A needs B where A is hit when B is down.

    \b
    Example:
      kg needs EMC --status all
    """
    from kg.knowledge import KnowledgeGraph

    emit(KnowledgeGraph.open(store).needs(system, **options), format, _COLUMNS["needs"])


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--count", type=click.IntRange(1, 100), default=5, show_default=True, help="How many paths at most.")
@layer_options()
@what_if_options
@format_option()
@lang_option
@store_option
def path(a: str, b: str, format: str, store: str, **options: Any) -> None:
    """How system A is connected to system B: the shortest path and its alternatives.

    Where no path follows the direction of the connections, those in either direction are shown, and a note says so. The
    data formats give each hop with its relation, status, date and the id that kg why takes.

    \b
    Example:
      kg path EMC NGSP -f json
    """
    from kg.knowledge import KnowledgeGraph

    emit(KnowledgeGraph.open(store).path(a, b, **options), format, _COLUMNS["path"])


@click.command()
@layer_options()
@what_if_options
@format_option()
@lang_option
@store_option
def weak(format: str, store: str, **options: Any) -> None:
    """Single points of failure, who they cut off, and the planned alternative.

    A system is listed when without it some other one no longer reaches a national system that it reached.

    \b
    Example:
      kg weak --status operational,pilot
    """
    from kg.knowledge import KnowledgeGraph

    emit(KnowledgeGraph.open(store).weak(**options), format, _COLUMNS["weak"])


@click.command()
@layer_options(status="all")
@derived_option
@what_if_options
@format_option()
@lang_option
@store_option
def gaps(format: str, store: str, **options: Any) -> None:
    """Which province is linked to which national platform, and of which there is no evidence.

    As a table a matrix with a sign and the newest date in each cell; the data formats give a row a cell.

    \b
    Example:
      kg gaps --units 2025 -f csv
    """
    from kg.coverage import matrix
    from kg.knowledge import KnowledgeGraph

    answer = KnowledgeGraph.open(store).gaps(**options)
    emit(matrix(answer) if format == "table" else answer, format)


@click.command()
@click.argument("a")
@click.argument("b")
@layer_options(status="all")
@format_option()
@lang_option
@store_option
def diff(a: str, b: str, format: str, store: str, **options: Any) -> None:
    """What changed between two builds or two dates.

    A and B are folders that kg built, or dates: then the graph of --store is compared with itself as it stood then.

    \b
    Example:
      kg diff 2021 2022
    """
    from kg.knowledge import KnowledgeGraph

    graph = KnowledgeGraph.open(a if Path(a).exists() else store)
    emit(graph.diff(a, b, **options), format, _COLUMNS["diff"])
