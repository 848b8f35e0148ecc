"""The server under load: eight clients at once, then half of that with an endless query in between."""

from __future__ import annotations

import http.client
import itertools
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from benchmarks.lab import Lab, Row, fresh, kept
from tests.serving import ENDLESS, Serving, serving

TITLE = "kg serve under load, demo graph"
CLIENTS = 8
SECONDS = 60
TIMES = 3.0
"""What an endless query may do to the others' 99th percentile at half the peak rate."""

ASKED = (
    *(f"/api/query/{name}" for name in ("hubs", "hub-links", "not-yet-operational", "province-systems", "usage")),
    "/api/linked?system=NGSP",
    "/api/impact?system=NGSP&lang=en",
    "/api/why?id=NGSP",
    *(
        f"/sparql?query={quote(query)}"
        for query in (
            "SELECT ?c ?s { ?c a vne:Connection ; vne:latestStatus ?s }",
            "SELECT ?status (COUNT(*) AS ?n) { ?c vne:latestStatus ?status } GROUP BY ?status",
            "ASK { ?c vne:via sys:ndxp }",
            "CONSTRUCT { ?s vne:dependsOn ?o } WHERE { ?s vne:dependsOn ?o }",
        )
    ),
)
"""What the clients ask, one after the other."""


class Clients:
    """Clients that ask without a pause, or all together at a rate."""

    def __init__(self, server: Serving, seconds: float, rate: float | None = None) -> None:
        self._server = server
        self._begin = time.perf_counter()
        self._end = self._begin + seconds
        self._step = 1 / rate if rate else 0.0
        self._turns = itertools.count()
        self.taken: list[float] = []
        self.errors: list[str] = []

    def run(self) -> Clients:
        """Ask until the time is over."""
        threads = [threading.Thread(target=self._ask) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self

    def _ask(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=60)
        while True:
            turn = next(self._turns)
            due = max(self._begin + turn * self._step, time.perf_counter() if not self._step else 0)
            if max(due, time.perf_counter()) >= self._end:
                break
            time.sleep(max(0.0, due - time.perf_counter()))
            path = ASKED[turn % len(ASKED)]
            try:
                connection.request("GET", path, headers={"Accept": fresh("*/*")})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                self.errors.append(f"{path}: {error}")
                connection.close()
                continue
            # A request that had to wait for its turn has waited: what counts is when it was due.
            self.taken.append(time.perf_counter() - due)
            if answer.status != 200:
                self.errors.append(f"{path}: {answer.status}")
        connection.close()

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.taken) / (self._end - self._begin)

    def percentile(self, share: float) -> float:
        """Milliseconds within which so many of the answers came."""
        return sorted(self.taken)[min(len(self.taken) - 1, int(len(self.taken) * share))] * 1000


def rows(lab: Lab) -> Iterator[Row]:
    """Peak without errors; and what one endless query does to the rest."""
    with tempfile.TemporaryDirectory() as folder, serving(lab.demo, Path(folder) / "log", seconds=20.0) as server:
        Clients(server, 3).run()
        full = Clients(server, SECONDS).run()
        yield Row(
            f"{CLIENTS} clients, {SECONDS} s, no pause",
            f"{full.rate:.0f} answers/s, median {full.percentile(0.5):.0f} ms, p99 {full.percentile(0.99):.0f} ms",
            "",
            "no error",
            kept(not full.errors),
        )
        calm = Clients(server, SECONDS / 2, full.rate / 2).run()
        with endless(server):
            time.sleep(2)
            beside = Clients(server, SECONDS / 2, full.rate / 2).run()
        ratio = beside.percentile(0.99) / calm.percentile(0.99)
        yield Row(
            "half that rate, with an endless query in between",
            f"p99 {beside.percentile(0.99):.0f} ms, {ratio:.1f} ×",
            f"without it: p99 {calm.percentile(0.99):.0f} ms",
            f"{TIMES:g} ×, no error",
            kept(ratio <= TIMES and not calm.errors and not beside.errors),
        )


@contextmanager
def endless(server: Serving) -> Iterator[None]:
    """Ask what never ends, and ask again when it is ended."""
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            server.ask(ENDLESS)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
