"""The pages that a build writes: the whole graph, each province that it speaks of, and each national platform in use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.fetch import evidence, links
from kg.html import page_name, render, write_page
from kg.links import Links
from kg.local import LocalStore
from kg.view import choose


def write_pages(store: LocalStore, folder: Path) -> tuple[Path, ...]:
    """Write `index.html` and the pages of provinces and platforms into `folder` and return their paths.

    Each names the others.

    Raises:
        OutputError: a file cannot be written.

    """
    found = links(store)
    views = [
        choose(found),
        *(choose(found, "province", (place,)) for place in _provinces(found)),
        *(choose(found, "system", (platform,)) for platform in _platforms(found)),
    ]
    return tuple(
        write_page(
            render(view, lambda claims: evidence(store, tuple(claims)), pages=views),
            folder / page_name(view),
        )
        for view in views
    )


def _provinces(found: Links) -> Iterator[str]:
    """Provinces that a document is about or a system belongs to, by IRI."""
    spoken = {found.province(paper.province) for paper in found.papers.values()}
    yield from sorted((spoken | {found.province_of(system) for system in found.systems}) - {""})


def _platforms(found: Links) -> Iterator[str]:
    """The national platforms of the matrix (`kg gaps`) that a connection touches, in its order."""
    joined = {iri for edge in found.edges.values() for iri in edge.path}
    platforms = [system for system in found.systems.values() if system.column and system.id in joined]
    yield from (system.id for system in sorted(platforms, key=lambda system: (system.column, system.id)))
