"""Worker processes over one graph, as many as may answer at once: a query that runs away takes its worker with it.

A worker reads the build that it opened and no other. When another build takes its place, those that are busy finish what
they are at and end; new ones read the new one.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError, StoreError, TimeLimitError
from kg.problems import BusyError, RefusedError, Reply
from kg.remembered import Remembered

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from kg.worker import main; main(*json.loads(sys.argv[2]))"
_STARTING = 120.0
"""Seconds that a worker may take to open the graph: a large RDF file is read into memory."""
_LONG = 1.0
"""Seconds after which a query is long: it goes on with less of the processor, for the sake of the short ones."""
_HUMBLE = 15
_TRIES = 5

Stamp = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take, and how many may come at once."""

    seconds: float = 30.0
    """Of a query."""
    answer: int = 64 << 20
    """Bytes of an answer."""
    body: int = 1 << 20
    """Bytes of a request's body."""
    workers: int = max(4, min(8, os.cpu_count() or 1))
    """Queries that run at once: some may be long ones, and short ones still get their turn."""
    memory: int = 2 << 30
    """Bytes that a query may use."""
    queue: int = 64
    """Queries that wait for a worker; more are turned away."""


class BrokenError(KgError):
    """A worker that ended in the middle of a query."""


class Worker:
    """One process, and the build that it reads."""

    def __init__(self, process: Process, stamp: Stamp) -> None:
        self._process = process
        self.stamp = stamp
        self.digest = ""
        self.spent = False
        """Whether it is of no more use: it ran a long query and is slow now, or it ended."""

    @classmethod
    async def start(cls, location: str, limits: Limits, stamp: Stamp) -> Worker:
        """Start a process that has opened the graph at `location`.

        Raises:
            StoreError: the graph cannot be read.
        """
        # -P: what lies in the current folder is not imported; the parent's own path is.
        arguments = (json.dumps(sys.path), json.dumps([location, limits.seconds, limits.answer, limits.memory]))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            _START,
            *arguments,
            stdin=PIPE,
            stdout=PIPE,
            limit=1 << 20,
            stderr=None if os.environ.get("KG_DEBUG") else DEVNULL,
        )
        worker = cls(process, stamp)
        try:
            async with asyncio.timeout(_STARTING):
                reply = await worker._reply()
            if reply.status != 200:
                raise StoreError(str(json.loads(reply.body).get("detail", "the graph cannot be read")))
        except BaseException as error:
            await worker.end()
            if isinstance(error, BrokenError | TimeoutError):
                raise StoreError("the graph cannot be opened", hint="run `kg build` again") from error
            raise
        worker.digest = reply.body.decode()
        return worker

    async def ask(self, job: dict[str, Any], seconds: float) -> Reply:
        """Answer a job; ends the process where that takes too long, or nobody waits any more.

        Raises:
            TimeLimitError: it took longer than `seconds`.
            BrokenError: the process ended.
        """
        # The other questions keep what they read of the graph: a worker that took its time for that is worth its keep.
        free = job["do"] == "sparql"
        watch = asyncio.get_running_loop().call_later(_LONG if free else seconds, self._slow_down)
        try:
            async with asyncio.timeout(seconds):
                assert self._process.stdin
                self._process.stdin.write(json.dumps(job).encode() + b"\n")
                with suppress(ConnectionError):
                    await self._process.stdin.drain()
                return await self._reply()
        except TimeoutError as error:
            await self.end()
            raise TimeLimitError(f"the query took longer than {seconds:g} s", hint="ask for less") from error
        except BaseException:
            await self.end()
            raise
        finally:
            watch.cancel()

    async def _reply(self) -> Reply:
        assert self._process.stdout
        try:
            head = json.loads(await self._process.stdout.readline())
            body = await self._process.stdout.readexactly(head["length"])
        except (asyncio.IncompleteReadError, ConnectionError, ValueError) as error:
            raise BrokenError("the query broke its worker", hint="it may need too much memory: ask for less") from error
        return Reply(head["status"], head["media"], body, head["headers"])

    def _slow_down(self) -> None:
        self.spent = True  # only root could give it its place back
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _HUMBLE)

    @property
    def alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.returncode is None

    def kill(self) -> None:
        """Tell the process to end, whatever it is doing."""
        self.spent = True
        if self.alive:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def end(self) -> None:
        """End the process, and wait until it has."""
        self.kill()
        await asyncio.shield(self._process.wait())


class Pool:
    """The workers over the graph at `location`."""

    def __init__(self, location: str, limits: Limits) -> None:
        self.limits = limits
        self._location = location
        self._places = asyncio.Semaphore(limits.workers)
        self._waiting = 0
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._remembered = Remembered()
        self._stamp: Stamp = ()
        self._digest = ""
        self._closed = False

    async def ask(self, job: dict[str, Any]) -> Reply:
        """Answer a job of `kg.worker`.

        Raises:
            BusyError: too many wait already, or no worker came free in time.
            TimeLimitError: the query took too long.
            StoreError: the graph cannot be read.
            RefusedError: the query broke its worker.
        """
        known = self._remembered.get(stamp_of(self._location), job)
        if known is not None:
            return known
        await self._enter()
        try:
            for last in (False, True):
                worker = await self._take()
                try:
                    reply = await worker.ask(job, self.limits.seconds)
                finally:
                    await self._give_back(worker)
                # What fails while its build is being replaced may be the replacement's fault.
                if last or reply.status < 500 or worker.stamp == stamp_of(self._location):
                    break
            self._remembered.keep(worker.stamp, job, reply)
            return reply
        except BrokenError as error:
            if self._closed:
                raise RefusedError(503, "ending", "the server is being ended") from error
            raise RefusedError(500, "memory", error.message, error.hint) from error
        finally:
            self._places.release()

    async def digest(self) -> str:
        """Digest of the build that is there now.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        if stamp_of(self._location) != self._stamp or not self._digest:
            await self._give_back(await self._take())
        return self._digest

    async def close(self, grace: float = 0) -> None:
        """End all workers, those that are busy after `grace` seconds too; no other query is answered."""
        self._closed = True
        end = asyncio.get_running_loop().time() + grace
        while len(self._all) > len(self._idle) and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.05)
        await asyncio.gather(*(worker.end() for worker in list(self._all)))
        self._all.clear()
        self._idle.clear()

    def abandon(self) -> None:
        """Make sure that no process is left, where the event loop is no more."""
        for worker in self._all:
            worker.kill()

    async def _enter(self) -> None:
        if self._waiting >= self.limits.queue:
            raise BusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._places.acquire()
        except TimeoutError as error:
            raise BusyError from error
        finally:
            self._waiting -= 1

    async def _take(self) -> Worker:
        """A worker on the build that is there now: an idle one, else a new one."""
        for attempt in range(_TRIES):
            await self._check_open()
            stamp = stamp_of(self._location)
            if stamp != self._stamp:
                self._stamp, self._digest = stamp, ""
                await self._drop(*self._idle)
            await self._drop(*(worker for worker in self._idle if not worker.alive))
            if self._idle:
                return self._idle.pop()
            try:
                worker = await Worker.start(self._location, self.limits, stamp)
            except StoreError:
                if attempt == _TRIES - 1 or not stamp:
                    raise
                await asyncio.sleep(0.1 * (attempt + 1))  # a build may be just on its way in
                continue
            self._all.add(worker)
            await self._check_open()
            if stamp == stamp_of(self._location):
                self._digest = worker.digest
                return worker
            await self._drop(worker)  # it may have seen a bit of each
        raise StoreError("the graph is being replaced over and over", hint="ask again in a moment")

    async def _check_open(self) -> None:
        if self._closed:
            await self.close()
            raise BusyError

    async def _give_back(self, worker: Worker) -> None:
        if worker.spent or worker.stamp != self._stamp or len(self._idle) >= self.limits.workers:
            await self._drop(worker)
        else:
            self._idle.append(worker)

    async def _drop(self, *workers: Worker) -> None:
        for worker in workers:
            if worker in self._idle:
                self._idle.remove(worker)
            await worker.end()
            self._all.discard(worker)


def stamp_of(location: str) -> Stamp:
    """What changes when another build, or another file, takes the place of the one at `location`.

    >>> stamp_of("nowhere")
    ()
    """
    path = Path(location)
    found: list[int] = []
    for entry in (path, path / "report.json", path / "store", path / "store" / "CURRENT"):
        with suppress(OSError):
            state = entry.stat()
            # A page may be written into a build's folder without changing it: of the folder itself only who it is counts.
            found += [state.st_ino] if entry.is_dir() else [state.st_ino, state.st_mtime_ns, state.st_size]
    return tuple(found)
