"""The commands that ask texts and the lexicon, before any graph: what a document states, what a word may mean."""

from __future__ import annotations

from pathlib import Path

import click

from kg.errors import KgError, UsageError
from kg.model import Answer
from kg.printing import FORMATS, emit, lines, say
from kg.terminal import Progress, format_option, lang_option, readable, refuse, store_option

_PATHS = click.Path(path_type=Path)
_COLUMNS = {
    "facts": ("kind", "label", "source", "relation", "target", "via", "status", "as_of"),
    "words": ("form", "sort", "label", "concept", "type", "tag"),
    "ambiguous": ("form", "sort", "meanings", "concepts"),
    "unknown": ("name", "type", "count", "documents", "sentence", "file"),
}
"""Columns of the tables, by what they list."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_PATHS, metavar="PATH...")
@click.option("--explain", is_flag=True, help="Print how each sentence is read: its chunks, rules and cues.")
@format_option(default="jsonl")
def facts(paths: tuple[Path, ...], explain: bool, format: str) -> int:
    """Print what documents state, one fact a line.

    No graph is built. PATH is a text, a folder of texts, or - for standard input. With --explain the sentences come out
    as the rules of ontology/rules/relations.yaml see them, as text unless a format is named.

    \b
    Examples:
      kg facts report.txt | head
      kg facts --explain report.txt
    """
    from kg.pipeline import facts as read

    if explain:
        return _explain(paths, "table" if _by_default("format") else format)
    refused: list[KgError] = []
    with Progress() as progress:
        stated = readable(read(paths, progress=progress), refused)
        if format == "jsonl":
            lines(stated)
        else:
            emit(Answer("facts", {"paths": [str(path) for path in paths]}, tuple(stated)), format, _COLUMNS["facts"])
    return refuse(refused)


def _by_default(option: str) -> bool:
    return click.get_current_context().get_parameter_source(option) == click.core.ParameterSource.DEFAULT


def _explain(paths: tuple[Path, ...], format: str) -> int:
    from kg.pipeline import explain
    from kg.trace import shown

    refused: list[KgError] = []
    with Progress() as progress:
        read = readable(explain(paths, progress), refused)
        if format == "table":
            for trace in read:
                for line in shown(trace):
                    say(line)
        elif format == "jsonl":
            lines(trace.as_json() for trace in read)
        else:
            rows = tuple(trace.as_json() for trace in read)
            emit(Answer("explain", {"paths": [str(path) for path in paths]}, rows), format)
    return refuse(refused)


@click.command()
@click.argument("texts", nargs=-1, metavar="[TEXT | PATH...]")
@click.option(
    "--unknown", is_flag=True, help="Names in the texts at PATH, or in those of --store, that the lexicon lacks."
)
@click.option("--ambiguous", is_flag=True, help="Only forms that name several things of one sort.")
@format_option(*FORMATS, "turtle")
@lang_option
@store_option
def words(texts: tuple[str, ...], unknown: bool, ambiguous: bool, format: str, lang: str, store: str) -> int:
    """Look up in the lexicon what a name may mean.

    TEXT is a name or a phrase; without it, everything is listed. With --unknown the names come out that documents give
    to systems and the lexicon lacks, each with a sentence; -f turtle writes them as lines for the files of ontology/.

    \b
    Examples:
      kg words LGSP
      kg words --ambiguous
      kg words --unknown reports/ -f turtle
    """
    if format == "turtle" and not unknown:
        raise UsageError("only unknown names are printed as turtle", "kg words --unknown PATH... -f turtle")
    if unknown and ambiguous:
        raise UsageError("--unknown and --ambiguous are two questions", "ask them one after the other")
    if unknown:
        return _unknown(tuple(map(Path, texts)), format, lang, store)
    from kg.ontology import load_ontology
    from kg.words import ambiguous as several
    from kg.words import look_up

    ask = several if ambiguous else look_up
    answer = ask(load_ontology(), " ".join(texts), lang)
    emit(answer, format, _COLUMNS[answer.question])
    return 0


def _unknown(paths: tuple[Path, ...], format: str, lang: str, store: str) -> int:
    from kg.pipeline import unknown
    from kg.words import as_turtle

    with Progress() as progress:
        answer, refused = unknown(paths, Path(store), lang, progress)
    if format == "turtle":
        for line in as_turtle(answer):
            say(line)
    else:
        emit(answer, format, _COLUMNS["unknown"], upright=True)
    return refuse([one.error for one in refused])
