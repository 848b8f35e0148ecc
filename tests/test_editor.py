"""The query page of the server: it stands by itself, asks its own server alone, and shows what is hostile as text."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.editor import editor
from kg.queries import questions
from tests.serving import Serving, serving


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(built, tmp_path_factory.mktemp("log") / "log") as running:
        yield running


def told() -> dict:
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', editor()[0].decode(), re.DOTALL)
    return json.loads(text)


def test_the_page_holds_the_library_and_every_word_it_says() -> None:
    data = told()
    assert [one["name"] for one in data["questions"]] == list(questions())
    assert all(one["text"] == questions()[one["name"]].text for one in data["questions"])
    page = editor()[0].decode()
    used = set(re.findall(r'data-text="(\w+)"', page)) | set(re.findall(r'say\("(\w+)"', page)) | {"yes", "no"}
    assert used == set(data["words"])


def test_the_page_loads_nothing_and_speaks_to_nobody_else() -> None:
    page, policy = editor()
    assert not re.findall(rb"(?:src|href|action)=\"(?!/\")", page)
    assert b"http://" not in re.sub(rb'<script type="application/json".*?</script>', b"", page, flags=re.DOTALL)
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_server_gives_it_and_knows_it_again(server: Serving) -> None:
    got = server.get("/query")
    assert (got.status, got.media) == (200, "text/html")
    assert got.headers["Content-Security-Policy"] == editor()[1]
    assert server.get("/query", If_None_Match=got.headers["ETag"]).status == 304


def browse(chromium: str, server: Serving, folder: Path, fragment: str) -> tuple[str, str]:
    options = "--headless --no-sandbox --disable-gpu --enable-logging=stderr --virtual-time-budget=8000 --dump-dom"
    done = subprocess.run(
        [chromium, *options.split(), f"--user-data-dir={folder}", f"{server.url}query#{quote(fragment, safe='')}"],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    complaints = [line for line in done.stderr.splitlines() if "CONSOLE" in line or "Content Security Policy" in line]
    assert 'data-ready="true"' in done.stdout
    return done.stdout[done.stdout.index('id="answer"') : done.stdout.index('id="data"')], "\n".join(complaints)


def test_a_browser_asks_a_question_of_the_library(chromium: str, server: Serving, tmp_path: Path) -> None:
    answer, complaints = browse(chromium, server, tmp_path, "hubs")
    assert complaints == ""
    assert answer.count("<tr>") == 21
    assert ">sys:ndxp</td>" in answer
    assert "<button" in answer


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK { ?c a vne:Connection }", "<pre>"),
        ("CONSTRUCT { sys:ndxp a ?t } WHERE { sys:ndxp a ?t }", "vne:IntegrationPlatform ."),
        ("SELECT ?x { ?x", '<pre class="wrong">'),
        ('SELECT ("<img src=x onerror=alert(1)>" AS ?x) {}', "&lt;img src=x onerror=alert(1)&gt;</td>"),
    ],
)
def test_a_browser_shows_every_form_of_answer(
    chromium: str, server: Serving, tmp_path: Path, query: str, shown: str
) -> None:
    answer, complaints = browse(chromium, server, tmp_path, f"?query={query}")
    assert shown in answer
    assert "Content Security Policy" not in complaints
