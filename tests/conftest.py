"""What several test modules need: the annotated corpus, the tools that pip cannot give, a command run in this process."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from kg.cli import cli
from kg.terminal import run

if TYPE_CHECKING:
    from tests.browsing import Open

# Properties are checked on the same examples in every run, and no test is judged by the clock of a busy machine.
settings.register_profile(
    "kg", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kg")

# What runs in the background of a shell ignores Ctrl-C and hands that on to its children; those under test obey it.
signal.signal(signal.SIGINT, signal.default_int_handler)

PROJECT = Path(__file__).resolve().parent.parent


def need(tool: str, *names: str) -> str:
    """Path of the first of `names` that is on PATH; skips the test without one, or fails it where CI=true."""
    for name in names:
        if path := shutil.which(name):
            return path
    message = f"{tool} is not installed: run `make tools`"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of annotated texts that KG_CORPUS names; without it the test is skipped."""
    folder = os.environ.get("KG_CORPUS")
    if not folder:
        pytest.skip("KG_CORPUS names no folder of annotated texts")
    path = Path(folder)
    if not path.is_dir():
        pytest.fail(f"KG_CORPUS is not a folder: {folder}")
    return path


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser that opens the pages."""
    return need("Chromium", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def look(chromium: str) -> Iterator[Open]:
    """Opens a page."""
    from tests.browsing import browser, visit

    with browser(chromium) as found:
        yield partial(visit, found)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of seeds/."""
    from kg.pipeline import build

    out = tmp_path_factory.mktemp("built") / "out"
    build([PROJECT / "seeds"], out)
    return out


class Said(NamedTuple):
    """What a command gave back and printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs a command in this process."""

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        code = run(cli, [str(argument) for argument in arguments])
        return Said(code, *capsys.readouterr())

    return call
