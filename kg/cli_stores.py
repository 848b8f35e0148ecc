"""The commands that carry whole graphs: into a build folder, out of it, into another store."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.errors import OutputError
from kg.printing import emit, say
from kg.terminal import Progress, lang_option, layer_options, store_option

if TYPE_CHECKING:
    from kg.knowledge import KnowledgeGraph

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


@click.command()
@click.argument("url")
@click.option(
    "--graphs", metavar="URL", help="Where the store takes the Graph Store Protocol, if elsewhere than usual."
)
@click.option("--updates", metavar="URL", help="Where it takes SPARQL updates, if elsewhere than usual.")
@click.option("--prune", is_flag=True, help="Take graphs of earlier pushes away that this graph does not have.")
@lang_option
@store_option
def push(url: str, graphs: str | None, updates: str | None, prune: bool, lang: str, store: str) -> None:
    """Load the graph into another SPARQL 1.1 store.

    URL is the store's SPARQL endpoint, the same that --store takes afterwards. Each named graph replaces the one of its name
    there, so that pushing again changes nothing. Name and password go into KG_USER and KG_PASSWORD.

    \b
    Example:
      kg push http://127.0.0.1:7878/query
    """
    from kg.knowledge import KnowledgeGraph
    from kg.messages import say as sentence

    graph = KnowledgeGraph.open(store)
    with Progress() as progress:
        done = graph.push(url, graphs_at=graphs, updates_at=updates, prune=prune, progress=progress)
    way = sentence("push.updates" if done.way.updates else "push.graphs", lang)
    say(sentence("push.done", lang, graphs=done.graphs, triples=done.triples, way=way, address=done.way.address))
    if not done.union:
        say(sentence("push.union", lang))
    if done.others:
        say(sentence("push.dropped" if prune else "push.others", lang, count=len(done.others)))


@click.command()
@click.argument("format", type=click.Choice(["turtle", "trig", "nquads", "jsonld", "graphml", "csv"]))
@click.option("-o", "--output", type=_PATHS, metavar="FILE", help="Where it goes; standard output without it.")
@layer_options(status="all", units=False)
@lang_option
@store_option
def export(format: str, output: Path | None, status: str, as_of: str | None, lang: str, store: str) -> None:
    """Write the graph for other programs.

    turtle, trig, nquads and jsonld hold everything, turtle without the named graphs; graphml and csv hold the connections,
    of the statuses and up to the date asked for.

    \b
    Examples:
      kg export nquads -o national.nq
      kg export graphml --status operational -o today.graphml
    """
    from kg.knowledge import KnowledgeGraph

    graph = KnowledgeGraph.open(store)
    if output is None:
        sys.stdout.flush()
        _export(graph, format, sys.stdout.buffer, status, as_of, lang)
        return
    part = output.with_name(f".{output.name}.part-{os.getpid()}")
    try:
        with part.open("wb") as out:
            _export(graph, format, out, status, as_of, lang)
        part.replace(output)
    except OSError as problem:
        raise OutputError(f"{output} cannot be written: {problem.strerror}", "name another file with -o") from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    say(str(output))


def _export(graph: KnowledgeGraph, format: str, out: BinaryIO, status: str, as_of: str | None, lang: str) -> None:
    if format != "csv":
        graph.export(format, out, status, as_of)
        return
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    with redirect_stdout(text):
        emit(graph.list("connections", status=status, as_of=as_of, lang=lang), "csv")
    text.detach()
