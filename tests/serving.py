"""`kg serve` as a process on a free port of this machine, and a client that sends exactly what it is told."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from tests.conftest import PROJECT

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""A query that no limit of a test lets end."""

_LIMITED = (
    "import json, sys; from kg.pool import Limits; from kg.server import serve; "
    "serve(sys.argv[1], port=0, limits=Limits(**json.loads(sys.argv[2])))"
)


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def media(self) -> str:
        """Its media type, without parameters."""
        return self.headers.get_content_type()

    @property
    def json(self) -> Any:
        """Its body, read as JSON."""
        return json.loads(self.body)


class Serving:
    """A server that runs."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process = process
        self.log = log
        self.first = process.stdout.readline() if process.stdout else ""
        self.url = self.first.split(" ")[0]
        self.port = int(self.url.rsplit(":", 1)[1].strip("/")) if self.url else 0

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Got:
        """Send one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, path, data, dict(headers or {}))
            answer = connection.getresponse()
            return Got(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Got:
        """GET a path; underscores in names of headers stand for hyphens."""
        return self.send("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def ask(self, query: str, accept: str = "*/*", **graphs: str) -> Got:
        """A query by GET."""
        named = {name.replace("_", "-"): value for name, value in graphs.items()}
        return self.get(f"/sparql?{urlencode({'query': query, **named}, quote_via=quote)}", Accept=accept)

    def workers(self) -> set[int]:
        """Process ids of the workers that run."""
        found = set()
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and fields[0] != "Z":
                found.add(int(entry.parent.name))
        return found

    def stop(self) -> int:
        """Press Ctrl-C and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@contextmanager
def serving(store: Path, log: Path, *options: str, **limits: float) -> Iterator[Serving]:
    """A server over `store`: as the command starts it, or with limits of its own; its log goes to the file `log`."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    if limits:
        command = [sys.executable, "-c", _LIMITED, str(store), json.dumps(limits)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, env=environment, encoding="utf-8", cwd=log.parent
        )
        running = Serving(process, log)
        try:
            yield running
        finally:
            running.stop()
            if process.stdout:
                process.stdout.close()
