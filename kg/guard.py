"""Around every request of `kg serve`: who may ask, what every answer carries, one line in the log."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from datetime import UTC, datetime
from typing import Any

from kg.errors import KgError
from kg.problems import RefusedError, Reply, problem

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}
"""What every answer carries that does not carry its own."""

GONE = 499
"""Status where nobody waited for the answer; only the log shows it."""

_HOST = re.compile(r"([a-z0-9.\-_]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
_SHOWN = 200
"""Characters of a path that the log shows."""


class Guard:
    """An ASGI application around another one.

    Args:
        inner: the application that answers.
        hosts: names that the Host header may give; none means any. A page of some other site that makes its own name
            point to this machine is turned away so.
    """

    def __init__(self, inner: Application, hosts: Collection[str] = ()) -> None:
        self._inner = inner
        self._hosts = hosts

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request; an error that nobody foresaw is answered too."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        begin, status, size = time.monotonic(), 0, 0

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {name.lower() for name, _ in message["headers"]}
                added = [(name, value) for name, value in HEADERS.items() if name not in present]
                message["headers"] = [*message["headers"], *added]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            if self._welcome(scope):
                await self._inner(scope, receive, watched)
            else:
                refusal = RefusedError(400, "bad-host", "this server does not go by that name", "use its own address")
                await _answer(problem(refusal), watched)
        except asyncio.CancelledError:
            # The server ends: whoever waits is told so, and the cancellation has come to its end here.
            if not status:
                await _answer(problem(RefusedError(503, "ending", "the server is being ended")), watched)
        except Exception as error:  # noqa: BLE001 - the last line of defence: a line in the log, never a trace for a client
            _trace(error)
            if not status:
                await _answer(problem(KgError(f"kg itself failed: {type(error).__name__}")), watched)
        finally:
            _log(scope, status or GONE, size, time.monotonic() - begin)

    def _welcome(self, scope: Message) -> bool:
        named = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        match = _HOST.fullmatch(named[0]) if len(named) == 1 else None
        return match is not None and (not self._hosts or match[1] in self._hosts)


async def _answer(reply: Reply, send: Send) -> None:
    headers = {"Content-Type": reply.media, "Content-Length": str(len(reply.body)), "Cache-Control": "no-store"}
    listed = [(name.lower().encode(), value.encode("latin-1")) for name, value in {**headers, **reply.headers}.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": listed})
    await send({"type": "http.response.body", "body": reply.body})


def _trace(error: Exception) -> None:
    if os.environ.get("KG_DEBUG"):
        import traceback

        traceback.print_exception(error)


def _log(scope: Message, status: int, size: int, seconds: float) -> None:
    """One line: neither who asked nor what, and a path as it came, still percent-encoded."""
    path = scope.get("raw_path") or b""
    shown = "".join(chr(byte) if 0x20 < byte < 0x7F else f"%{byte:02X}" for byte in path)[:_SHOWN]
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    sys.stderr.write(f"{moment} {scope['method'][:10]} {shown} {status} {size} B {seconds * 1000:.0f} ms\n")
    sys.stderr.flush()
