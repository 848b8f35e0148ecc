"""One process that answers queries for `kg serve`, one after another: where a query runs away, the process is killed.

Jobs come as JSON lines on standard input. Each answer goes to standard output: a JSON line with status, media type,
headers and length, and so many bytes. The first answer, unasked, tells the digest of the graph that was opened.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

from kg import __version__
from kg.api import arguments, ask, catalogue
from kg.description import service
from kg.errors import KgError
from kg.jsontext import encode, written
from kg.knowledge import KnowledgeGraph
from kg.problems import RefusedError, Reply, problem
from kg.protocol import GRAPHS, OFFERS, changing, content_type, matches, negotiate, tag
from kg.queries import Question, bind, questions, values

Job = dict[str, Any]

_PIPE = 1 << 20
"""Bytes that may wait between a worker and the server: as many as Linux lets anybody have."""
_KEPT = 50_000
"""Values that a job leaves behind where it kept what it read of the graph."""
GRACE = 2.0
"""Seconds beyond the time limit after which a worker ends itself: nobody was there to end it."""


def main(location: str, seconds: float, limit: int, memory: int) -> None:
    """Answer jobs on the graph at `location` until standard input ends.

    Args:
        location: a build folder or an RDF file.
        seconds: time limit of a query.
        limit: bytes that an answer may have.
        memory: bytes that a query may use; one that wants more ends the process.
    """
    out = _settle()
    try:
        graph = KnowledgeGraph.open(location)
    except Exception as error:  # noqa: BLE001 - whoever started this process wants to know
        _send(out, _failed(error))
        return
    _bound(memory)
    _send(out, Reply(200, "text/plain", graph.store.digest.encode()))
    for line in sys.stdin.buffer:
        gc.disable()  # answers are many small values and no cycles
        _alarm(seconds + GRACE)
        job = {"limit": limit, **json.loads(line)}
        _send(out, answer(graph, job))
        job.clear()
        _alarm(0)
        if gc.get_count()[0] > _KEPT:
            gc.freeze()  # what is kept of the graph is no garbage: to look through it takes as long as an answer
        gc.enable()


def _settle() -> IO[bytes]:
    """Make this process a quiet, humble one; returns what was standard output, which nothing else can write to now."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started it decides
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # a large answer passes in fewer turns
            fcntl.fcntl(out, fcntl.F_SETPIPE_SZ, _PIPE)
    if sys.platform != "win32":
        import resource

        os.nice(5)
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    return out


def _bound(memory: int) -> None:
    """Let this process take so many bytes more than it has, and no more."""
    if sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        wanted = pages * resource.getpagesize() + memory
        low, high = resource.getrlimit(resource.RLIMIT_AS)
        if low == resource.RLIM_INFINITY or low > wanted:
            resource.setrlimit(resource.RLIMIT_AS, (wanted, high))


def _alarm(seconds: float) -> None:
    """Let the system end this process after so many seconds, in whatever code it is then; 0 calls that off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _send(out: IO[bytes], reply: Reply) -> None:
    head = {"status": reply.status, "media": reply.media, "headers": reply.headers, "length": len(reply.body)}
    out.write(json.dumps(head).encode() + b"\n")
    out.write(reply.body)
    out.flush()


def answer(graph: KnowledgeGraph, job: Job) -> Reply:
    """Answer one job; whatever goes wrong is an answer too."""
    try:
        return _JOBS[job["do"]](graph, job)
    except Exception as error:  # noqa: BLE001 - the last line of defence: clients get a line, not a trace
        return _failed(error)


def _failed(error: Exception) -> Reply:
    if isinstance(error, KgError):
        return problem(error)
    if isinstance(error, MemoryError):
        return problem(RefusedError(500, "memory", "the query needs more memory than it may have"))
    return problem(KgError(f"kg itself failed: {type(error).__name__}"))


def _sparql(graph: KnowledgeGraph, job: Job) -> Reply:
    """A query as the protocol gives it: query, default, named, base, accept, match."""
    dataset = (job["default"], job["named"]) if job["default"] or job["named"] else None
    return _query(graph, job, job["query"], dataset, job["base"])


def _query(graph: KnowledgeGraph, job: Job, text: str, dataset: Any = None, base: str | None = None) -> Reply:
    steady = not changing(text)

    def marked(media: str) -> dict[str, str]:
        return {"ETag": tag(__version__, graph.store.digest, text, dataset, base, media)} if steady else {}

    # Only an answer to this very query has its tag: who shows one need not be told again, nor need the query be run.
    for media in _acceptable(job["accept"]):
        if (headers := marked(media)) and matches(job["match"], headers["ETag"]):
            return Reply(304, media, b"", headers)
    try:
        found = graph.store.query(text, dataset, base)
    except ValueError as error:
        raise RefusedError(400, "bad-request", f"not an IRI: {error}") from error
    offers = OFFERS[found.form]
    media = negotiate(job["accept"], offers)
    return Reply(200, content_type(media), found.serialise(offers[media], job["limit"]), marked(media))


def _acceptable(accept: str) -> Iterator[str]:
    """The media types that an answer may come to have, before its form is known.

    Raises:
        RefusedError: there is none, whatever its form.
    """
    refused: list[RefusedError] = []
    for form in ("rows", "graph"):
        try:
            yield negotiate(accept, OFFERS[form])
        except RefusedError as error:
            refused.append(error)
    if len(refused) > 1:
        raise refused[0]


@cache
def _questions() -> dict[str, Question]:
    return questions()


def _named(graph: KnowledgeGraph, job: Job) -> Reply:
    """A question of the library: name, given, accept, match."""
    known = _questions()
    if job["name"] not in known:
        error = RefusedError(404, "unknown-name", f"no question is called {job['name']!r}", "see /api/query")
        error.choices = tuple(known)
        raise error
    question = known[job["name"]]
    bound = values(graph.store, question, arguments(question, job["given"]))
    return _query(graph, job, bind(question, bound))


def _ask(graph: KnowledgeGraph, job: Job) -> Reply:
    """A question of the library in Python: command, given, match."""
    headers = {"ETag": tag(__version__, graph.store.digest, job["command"], sorted(job["given"].items()))}
    if matches(job["match"], headers["ETag"]):
        return Reply(304, "application/json", b"", headers)
    # Held until it is sent: to take a large answer apart takes about as long as to send it.
    job["answer"] = ask(graph, job["command"], job["given"])
    return Reply(200, "application/json", written(job["answer"]), headers)


def _catalogue(graph: KnowledgeGraph, job: Job) -> Reply:
    """The library of questions: match."""
    body = encode(catalogue(_questions()))
    headers = {"ETag": tag(__version__, graph.store.digest, body)}
    return Reply(304 if matches(job["match"], headers["ETag"]) else 200, "application/json", body, headers)


def _describe(graph: KnowledgeGraph, job: Job) -> Reply:
    """The service description: endpoint, accept, match."""
    media = negotiate(job["accept"], GRAPHS)
    body = service(graph.store, job["endpoint"]).serialise(GRAPHS[media])
    headers = {"ETag": tag(__version__, body, media)}
    return Reply(304 if matches(job["match"], headers["ETag"]) else 200, content_type(media), body, headers)


_JOBS: dict[str, Callable[[KnowledgeGraph, Job], Reply]] = {
    "sparql": _sparql,
    "named": _named,
    "ask": _ask,
    "catalogue": _catalogue,
    "describe": _describe,
}
