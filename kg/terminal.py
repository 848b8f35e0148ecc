"""The terminal's side of every command: shared options, progress, errors as one line and an exit code."""

from __future__ import annotations

import gc
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import KgError, UnreadableError, UsageError
from kg.printing import FORMATS, say, visible

if TYPE_CHECKING:
    from kg.documents import Unreadable

INTERRUPTED = 130
_GENERATIONS = (100_000, 50, 50)
"""How seldom Python looks for cycles among the values made: graphs and answers are many small ones and hold hardly any."""

Command = TypeVar("Command", bound=Callable[..., Any])
Read = TypeVar("Read")


def store_option(command: Command) -> Command:
    """--store: where the graph is."""
    return click.option(
        "--store", metavar="PATH|URL", default="out", show_default=True, help="Folder of a build, or a store's address."
    )(command)


def lang_option(command: Command) -> Command:
    """--lang: the language of labels and notes."""
    return click.option(
        "--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of labels and notes."
    )(command)


def format_option(*formats: str, default: str = "table") -> Callable[[Command], Command]:
    """-f/--format with `formats`, by default those that every answer has."""
    choice = click.Choice(formats or FORMATS)
    return click.option("-f", "--format", type=choice, default=default, show_default=True, help="How to print it.")


def layer_options(status: str = "operational", units: bool = True) -> Callable[[Command], Command]:
    """--status, --as-of and --units: which connections count, on which date, by which provinces.

    Args:
        status: what counts where the user says nothing: 'operational' or 'all'.
        units: whether the command counts by provinces.
    """

    def decorate(command: Command) -> Command:
        if units:
            command = click.option(
                "--units",
                type=click.Choice(["2024", "2025"]),
                help="Count by the 63 provincial units before 2025-07-01 (2024) or the 34 after (2025).",
            )(command)
        command = click.option(
            "--as-of", metavar="DATE", help="Only what was stated up to DATE: YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD."
        )(command)
        return click.option(
            "--status",
            metavar="LIST|all",
            default=status,
            show_default=True,
            help="Statuses of the connections that count, separated by commas.",
        )(command)

    return decorate


def derived_option(command: Command) -> Command:
    """--derived: links that only follow from others count, too."""
    text = "Count links, too, that no text states but several connections make; they are marked."
    return click.option("--derived", is_flag=True, help=text)(command)


def what_if_options(command: Command) -> Command:
    """--without, --with, --merge and --move: the graph as it would be, and what differs from today."""
    options = (
        ("--without", "without", "SYSTEM", "What if this system were not there; may be repeated, as the next three."),
        ("--with", "with_", '"A -> B"', "What if this connection ran; intermediaries may stand between."),
        ("--merge", "merge", '"P + Q"', "What if these provinces were one."),
        ("--move", "move", '"HUB -> HUB2"', "What if all connections of one system went to another."),
    )
    for flag, name, shown, text in reversed(options):
        command = click.option(flag, name, multiple=True, metavar=shown, help=text)(command)
    return command


def pairs(params: Iterable[str]) -> dict[str, str]:
    """Values of --param: `k=v` each.

    Raises:
        UsageError: one has no `=`.
    """
    for param in params:
        if not re.match(r"\w+=", param):
            raise UsageError(f"not a parameter: {param!r}", "--param name=value")
    return dict(param.split("=", 1) for param in params)


def piped(text: str) -> str:
    """`text`, or what stands on standard input where it is `-`.

    Raises:
        UsageError: that is not UTF-8.
    """
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("standard input is not UTF-8", "convert it with iconv") from error


def readable(items: Iterable[Read | Unreadable], refused: list[KgError]) -> Iterator[Read]:
    """Yield what was read among `items`; the error of each unreadable document between them goes to `refused`."""
    from kg.documents import Unreadable

    for item in items:
        if isinstance(item, Unreadable):
            refused.append(item.error)
        else:
            yield item


class Progress:
    """One line on standard error that says how far long work has come; silent where that is no terminal.

    >>> with Progress() as progress:
    ...     progress("reading", 1, 5)
    """

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, step: str, done: int | None = None, total: int | None = None) -> None:
        """Say that `step` is going on, with `done` of `total` parts done where they can be counted."""
        if self._shown:
            count = "" if done is None else f" {done}" if total is None else f" {done}/{total}"
            sys.stderr.write(f"\r\x1b[K{visible(step)}{count} …")
            sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run `command` with `arguments` (by default the process's own) and return its exit code.

    Every `KgError` and every misuse becomes one line on standard error and a hint; a reader that closes the pipe early
    ends the command quietly.
    """
    gc.set_threshold(*_GENERATIONS)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        with command.make_context("kg", list(sys.argv[1:] if arguments is None else arguments)) as context:
            code = command.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as error:
        code = _misused(error)
    except KgError as error:
        code = _refused(error)
    except (KeyboardInterrupt, click.Abort):
        say("kg: interrupted", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001 - the last line of defence: users get a line, not a trace
        code = _failed(error)
    return code if isinstance(code, int) else 0


def _refused(error: KgError) -> int:
    report(error)
    return error.exit_code


def report(error: KgError) -> None:
    """Print a refusal on standard error: one line, and a hint whose further lines stand below its first."""
    say(f"kg: {' '.join(error.message.split())}", err=True)
    if error.hint:
        say("hint: " + error.hint.rstrip().replace("\n", "\n      "), err=True)


def refuse(errors: Sequence[KgError]) -> int:
    """Print the refusals of documents on standard error; returns the exit code, 0 where there are none."""
    for error in errors:
        report(error)
    return UnreadableError.exit_code if errors else 0


def _misused(error: click.ClickException) -> int:
    say(f"kg: {' '.join(error.format_message().split())}", err=True)
    context = getattr(error, "ctx", None)
    say(f"hint: {context.command_path if context else 'kg'} --help", err=True)
    return 2


def _failed(error: Exception) -> int:
    if os.environ.get("KG_DEBUG"):
        import traceback

        traceback.print_exception(error)
    say(f"kg: failed: {type(error).__name__}: {' '.join(str(error).split())}", err=True)
    say("hint: KG_DEBUG=1 shows where; please report it", err=True)
    return 1
