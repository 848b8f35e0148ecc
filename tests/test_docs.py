"""The README tells the truth: its examples run and print what it shows, and no command goes unmentioned.

`make readme` runs the examples and writes what they print into the README.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kg.cli import cli
from kg.errors import KgError
from tests.conftest import PROJECT

README = PROJECT / "README.md"
EXAMPLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
COMMANDS = sorted(cli.commands.items())


def examples(block: str) -> Iterator[tuple[str, str]]:
    """Command and output of each `$ command` in a block."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


class Shell:
    """A folder as a user has it after `make demo`: seeds/ and a build in out/, and `kg` on PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "seeds").symlink_to(PROJECT / "seeds")
        programs = folder / ".bin"
        programs.mkdir()
        program = programs / "kg"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(PROJECT),
            "COLUMNS": "110",
        }
        self.run("kg build seeds")

    def run(self, command: str) -> str:
        """What `command` prints, error messages included."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            check=False,
        )
        return done.stdout


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("demo"))


SHOWN = [pair for block in EXAMPLE.findall(README.read_text(encoding="utf-8")) for pair in examples(block)]


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_an_example_of_the_readme_prints_what_it_shows(shell: Shell, command: str, output: str) -> None:
    assert shell.run(command).rstrip() == output.rstrip()


def test_the_python_example_of_the_readme_runs(shell: Shell) -> None:
    (script,) = re.findall(r"(?<=```python\n).*?(?=```)", README.read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-"],
        check=False,
        input=script,
        cwd=shell.folder,
        env=shell.environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    assert "Ninh Bình" in done.stdout


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_a_command_has_help_an_example_and_a_place_in_the_readme(name: str, command: click.Command) -> None:
    text = command.help or ""
    assert len(text.splitlines()[0]) > 20
    assert re.search(rf"Examples?:\n\s+kg {name} ", text)
    assert f"`kg {name}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_every_option_says_what_it_is(name: str, command: click.Command) -> None:
    assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []


def test_the_readme_names_every_exit_code() -> None:
    def codes(error: type[KgError]) -> set[int]:
        return {error.exit_code}.union(*map(codes, error.__subclasses__()))

    text = README.read_text(encoding="utf-8")
    missing = [code for code in {0, 3, 130} | codes(KgError) if not re.search(rf"^\| {code} \|", text, re.MULTILINE)]
    assert missing == []


def test_the_readme_lists_every_module_on_its_floor() -> None:
    text = README.read_text(encoding="utf-8")
    assert [path.stem for path in (PROJECT / "kg").glob("[!_]*.py") if f"`{path.stem}`" not in text] == []


def test_make_help_says_what_every_target_does() -> None:
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    helped = re.findall(r'@echo "make (\w+) +\S', text)
    assert sorted({*targets.split()} - {"help"}) == sorted(helped)


def _rewrite() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Path(folder))

        def fill(match: re.Match[str]) -> str:
            return "".join(f"$ {command}\n{shell.run(command).rstrip()}\n" for command, _ in examples(match.group()))

        README.write_text(EXAMPLE.sub(fill, README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _rewrite()
