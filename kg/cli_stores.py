"""The commands that carry whole graphs: into a build folder, out of it, into another store."""

from __future__ import annotations

from pathlib import Path

import click

from kg.printing import say
from kg.terminal import Progress, lang_option

_PATHS = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=_PATHS, metavar="RDF...")
@click.option("-o", "--output", type=_PATHS, default="out", show_default=True, help="Folder that the graph replaces.")
@lang_option
def load(files: tuple[Path, ...], output: Path, lang: str) -> None:
    """Load RDF files that follow the ontology into a build folder.

    RDF is Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML (.ttl, .trig, .nt, .nq, .jsonld, .rdf), also packed by gzip
    (.nq.gz). Ontology, lexicon and places are added, and what follows from all of it is derived; the folder gets a store and
    a report, no pages. What stood in it before is replaced as a whole or, on any failure, not at all.

    \b
    Example:
      kg load national.nq.gz -o national
    """
    from kg.knowledge import KnowledgeGraph

    with Progress() as progress:
        done = KnowledgeGraph.load(files, output, progress=progress)
    for line in done.summary(lang):
        say(line)
