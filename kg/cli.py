"""The commands: each reads its options, asks one question of `kg.pipeline` or `kg.knowledge`, and prints the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg import __version__
from kg.cli_dependencies import diff, gaps, impact, needs, path, weak
from kg.cli_serve import serve
from kg.cli_stores import export, load, push
from kg.cli_texts import facts, words
from kg.errors import UsageError
from kg.printing import emit, print_result, say
from kg.terminal import (
    Progress,
    derived_option,
    format_option,
    lang_option,
    layer_options,
    pairs,
    piped,
    refuse,
    store_option,
    what_if_options,
)

VIOLATED = 3
_PATHS = click.Path(path_type=Path)
_COLUMNS = {
    "systems": ("system", "type", "scope", "status", "as_of", "connections"),
    "provinces": ("province", "documents", "newest", "systems", "connections"),
    "documents": ("document", "province", "date", "title", "brief"),
    "connections": ("source", "relation", "target", "via", "status", "as_of", "due"),
    "linked": ("province", "path", "status", "as_of", "quote", "document"),
    "explain": ("name", "form", "columns", "parameters", "prefixes", "graphs", "count", "milliseconds"),
    "check": ("kind", "name", "message", "value", "evidence", "mend"),
    "why": ("claim", "marked", "document", "title", "publisher", "date", "brief", "rule", "confidence"),
}
"""Columns of the tables, by what they list."""


def _print_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from kg.ontology import folder_digest, ontology_folder

        say(f"kg {__version__}, ontology {folder_digest(ontology_folder())[:12]}")
        context.exit()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Tool and ontology."
)
@click.pass_context
def cli(context: click.Context) -> None:
    """A knowledge graph of Vietnam's e-government systems and how they connect, read from Vietnamese texts.

    \b
    Begin with:
      kg build seeds        read texts, write the graph into out/
      kg linked NGSP        which provinces link to a system, and what says so
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command()
@click.argument("paths", nargs=-1, type=_PATHS, metavar="[PATH]...")
@click.option("-o", "--output", type=_PATHS, default="out", show_default=True, help="Folder that the build replaces.")
@lang_option
def build(paths: tuple[Path, ...], output: Path, lang: str) -> int:
    """Read documents and write graph, store and pages.

    PATH is a document (.txt, .md, .html, .docx, .pdf), a folder of them, or - for a text on standard input; without
    one, seeds/ is read. What stood in the output folder before is replaced as a whole or, on any failure, not at all.

    \b
    Example:
      kg build seeds reports/2022 -o out
    """
    from kg.knowledge import KnowledgeGraph

    with Progress() as progress:
        done = KnowledgeGraph.build(paths or (Path("seeds"),), output, progress=progress)
    for line in done.summary(lang):
        say(line)
    unread = refuse([refused.error for refused in done.unreadable])
    return VIOLATED if done.violations else unread


@cli.command()
@click.argument("text", metavar="TEXT|FILE.rq|NAME|-", required=False)
@click.option("--param", "params", multiple=True, metavar="K=V", help="A value for a parameter of a named question.")
@click.option("--list", "listed", is_flag=True, help="List the named questions and what each wants to be told.")
@click.option("--explain", "explained", is_flag=True, help="How it is asked, how long it takes, what in it is slow.")
@format_option("table", "json", "csv", "tsv", "xml", "turtle", "trig", "nquads", "jsonld")
@lang_option
@store_option
def query(
    text: str | None, params: tuple[str, ...], listed: bool, explained: bool, format: str, lang: str, store: str
) -> None:
    """Ask the graph in SPARQL 1.1.

    The query is a text, a file, or the name of a question that comes with kg. The prefixes of the ontology are declared already, and all named graphs are seen as one. json is the SPARQL 1.1
    Query Results format. --lang is for --list and --explain, which know table, json and csv.

    \b
    Examples:
      kg query "SELECT ?system { ?system a vne:Database }"
      kg query question.rq -f csv
      kg query province-systems --param province="Ha Nam"
    """
    from kg.knowledge import KnowledgeGraph

    if (listed or explained) and format not in {"table", "json", "csv"}:
        raise UsageError(f"this is not written as {format}", "table, json or csv")
    if listed:
        from kg.plan import library

        emit(library(lang), format, ("name", "title", "parameters"))
    elif text is None:
        raise UsageError("nothing is asked", "kg query TEXT, a file, or a name of `kg query --list`")
    elif explained:
        answer = KnowledgeGraph.open(store).explain(piped(text), lang, **pairs(params))
        emit(answer, format, _COLUMNS["explain"], upright=True)
        if format == "table":
            say(answer.rows[0]["text"])
    else:
        print_result(KnowledgeGraph.open(store).query(piped(text), **pairs(params)), format)


@cli.command()
@click.argument("system")
@layer_options()
@derived_option
@what_if_options
@format_option()
@lang_option
@store_option
def linked(system: str, format: str, store: str, **options: Any) -> None:
    """Which provinces link to SYSTEM, by what path, since when.

    SYSTEM is a label, an alias, an acronym or an IRI, with or without diacritics.

    \b
    Example:
      kg linked NGSP --status operational,planned
    """
    from kg.knowledge import KnowledgeGraph

    answer = KnowledgeGraph.open(store).linked(system, **options)
    emit(answer, format, _COLUMNS["linked"])


@cli.command("list")
@click.argument("what", type=click.Choice(["systems", "provinces", "documents", "connections"]))
@click.option("--province", metavar="P", help="Only what belongs to this province.")
@click.option("--type", metavar="T", help="Only systems of this type, and connections of one.")
@layer_options(status="all")
@format_option()
@lang_option
@store_option
def list_(what: str, format: str, store: str, **options: Any) -> None:
    """List what is in the graph.

    \b
    Example:
      kg list systems --province "Ninh Binh" --type Database
    """
    from kg.knowledge import KnowledgeGraph

    emit(KnowledgeGraph.open(store).list(what, **options), format, _COLUMNS[what])


@cli.command()
@click.argument("id")
@format_option()
@lang_option
@store_option
def why(id: str, format: str, lang: str, store: str) -> None:
    """Show the words of the texts behind a fact.

    Prints the claim, every passage that makes it with its words marked, and the rule that read it. ID is an IRI or a prefixed name, as every answer gives them (-f json), or the name of a system.

    \b
    Example:
      kg why NGSP
    """
    from kg.knowledge import KnowledgeGraph

    emit(KnowledgeGraph.open(store).why(id, lang=lang), format, _COLUMNS["why"], upright=True)


@cli.command()
@format_option()
@lang_option
@store_option
def check(format: str, lang: str, store: str) -> int:
    """List what is doubtful in the graph.

    Shapes that it breaks, sources that contradict each other, names that several systems have: what is wrong, the words
    behind it, and how to mend it. Exit code 3 where a shape is violated; warnings and contradictions are no failure.

    \b
    Example:
      kg check --lang en
    """
    from kg.knowledge import KnowledgeGraph

    with Progress() as progress:
        progress("shapes")
        answer = KnowledgeGraph.open(store).check(lang)
    emit(answer, format, _COLUMNS["check"], upright=True)
    return VIOLATED if any(row["kind"] == "violation" for row in answer.rows) else 0


@cli.command()
@click.argument("name", required=False)
@click.option(
    "--view",
    type=click.Choice(["national", "province", "system", "impact"]),
    default="national",
    show_default=True,
    help="Of what.",
)
@click.option("-o", "--output", type=_PATHS, metavar="FILE", help="The page; else <view>-<name>.html beside the store.")
@layer_options(status="all")
@lang_option
@store_option
def show(name: str | None, view: str, output: Path | None, store: str, **options: Any) -> None:
    """Write a map of the graph as one HTML page.

    The page works offline; its place is printed. NAME is the province or system that the view is about; the impact
    view shows who is hit when it is down.

    \b
    Examples:
      kg show "Ninh Binh" --view province
      kg show --view impact NGSP
    """
    from kg.knowledge import KnowledgeGraph

    say(str(KnowledgeGraph.open(store).show(view, name, output, **options)))


for _command in (export, facts, load, push, serve, words, needs, impact, path, weak, gaps, diff):
    cli.add_command(_command)
