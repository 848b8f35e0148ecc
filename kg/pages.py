"""The pages that a build writes: one of the whole graph, and one for each province that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.fetch import evidence, links
from kg.html import page_name, render, write_page
from kg.links import Links
from kg.local import LocalStore
from kg.view import choose


def write_pages(store: LocalStore, folder: Path) -> tuple[Path, ...]:
    """Write `index.html` and the pages of the provinces into `folder` and return their paths.

    Raises:
        OutputError: a file cannot be written.

    """
    found = links(store)
    views = [choose(found), *(choose(found, "province", (place,)) for place in _provinces(found))]
    return tuple(
        write_page(render(view, lambda claims: evidence(store, tuple(claims))), folder / page_name(view))
        for view in views
    )


def _provinces(found: Links) -> Iterator[str]:
    """Provinces that a document is about or a system belongs to, by IRI."""
    spoken = {found.province(paper.province) for paper in found.papers.values()}
    yield from sorted((spoken | {found.province_of(system) for system in found.systems}) - {""})
