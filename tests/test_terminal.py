"""Every command ends with the right code, and says in a line what went wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.errors import AmbiguousNameError, KgError, StoreError, UnreadableError, UsageError
from kg.terminal import Progress, format_option, run


@click.command()
@format_option()
@click.argument("what", default="")
def failing(format: str, what: str) -> int:
    """Stand-in for a command."""
    if what == "code":
        return 3
    errors: dict[str, BaseException] = {
        "usage": UsageError("no such\nthing\x1b[31m", "try another"),
        "choice": AmbiguousNameError("two of them", ("A", "B"), "name one of: A; B"),
        "lines": UsageError("does not parse", "SELECT WHERE\n            ^"),
        "own": KgError("went wrong"),
        "store": StoreError("cannot be reached", "start it"),
        "text": UnreadableError("a.txt: empty", "write something"),
        "bug": ZeroDivisionError("division by zero"),
        "stop": KeyboardInterrupt(),
    }
    if what:
        raise errors[what]
    return 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 0, []),
        (["code"], 3, []),
        (["usage"], 2, ["kg: no such thing\\x1b[31m", "hint: try another"]),
        (["choice"], 2, ["kg: two of them", "hint: name one of: A; B"]),
        (["lines"], 2, ["kg: does not parse", "hint: SELECT WHERE", "                  ^"]),
        (["own"], 1, ["kg: went wrong"]),
        (["store"], 4, ["kg: cannot be reached", "hint: start it"]),
        (["text"], 5, ["kg: a.txt: empty", "hint: write something"]),
        (
            ["bug"],
            1,
            ["kg: failed: ZeroDivisionError: division by zero", "hint: KG_DEBUG=1 shows where; please report it"],
        ),
        (["stop"], 130, ["kg: interrupted"]),
        (["--nonsense"], 2, None),
        (["-f", "pdf"], 2, None),
        (["--help"], 0, []),
    ],
)
def test_every_end_has_its_exit_code_and_says_why_in_a_line(capsys, arguments, code, words) -> None:
    assert run(failing, arguments) == code
    said = capsys.readouterr().err.splitlines()
    assert said == words if words is not None else len(said) == 2


def test_progress_is_silent_where_nobody_watches(capsys) -> None:
    with Progress() as progress:
        progress("reading", 1, 2)
    assert capsys.readouterr() == ("", "")


PIPED = """
import sys
import click
from kg.printing import lines
from kg.terminal import run
@click.command()
def many():
    lines({"n": n} for n in range(200000))
sys.exit(run(many, []))
"""


@pytest.mark.skipif(os.name != "posix", reason="pipes of another kind")
def test_a_reader_that_leaves_early_ends_the_command_quietly(project: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PIPED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=project
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b'{"n": 0}\n'
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
