"""`kg serve`: a SPARQL 1.1 endpoint, the dependency questions as JSON, and the pages, over HTTP.

Everything is read-only. Queries run in the processes of `kg.pool`; what goes in and out here is limited, refused with a
problem document, and logged as one line by `kg.guard`.
"""

from __future__ import annotations

import asyncio
import re
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.description import openapi
from kg.editor import editor
from kg.errors import KgError, UsageError
from kg.guard import GONE, Guard
from kg.jsontext import encode
from kg.local import LocalStore
from kg.pool import Limits, Pool
from kg.printing import say
from kg.problems import RefusedError, Reply, problem
from kg.protocol import fields, matches, operation, tag
from kg.store import is_address, open_store

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]*\.html")
_BODY_SECONDS = 30.0
"""A request's body must have come by then."""
_GRACE = 2
"""Seconds that running queries get when the server is told to end."""
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def serve(location: str, host: str = "127.0.0.1", port: int = 8000, limits: Limits | None = None) -> None:
    """Answer HTTP requests on the graph at `location` until the process is told to end.

    Args:
        location: a build folder or an RDF file.
        host: address or name to listen on.
        port: port to listen on; 0 takes a free one. The address is printed.
        limits: what a request may take.

    Raises:
        StoreError: there is no graph, or it cannot be read.
        UsageError: the address cannot be listened on.
        KeyboardInterrupt: Ctrl-C was pressed; all processes have ended.
    """
    import uvicorn

    if is_address(location):
        raise UsageError(f"{location} answers SPARQL itself", "kg serve takes a build folder or an RDF file")
    store = open_store(location)
    if isinstance(store, LocalStore):
        store.close()
    with _listen(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        say(f"http://{name}:{listener.getsockname()[1]}/  (SPARQL at /sparql, JSON at /api; Ctrl-C ends it)")
        sys.stdout.flush()
        pool = Pool(location, limits or Limits())
        only = LOOPBACK | {name.lower()} if _is_loopback(listener) else frozenset()
        config = uvicorn.Config(
            Guard(application(pool, Path(location)), only),
            loop="asyncio",
            http="h11",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=512,
            h11_max_incomplete_event_size=1 << 16,
            timeout_graceful_shutdown=2 * _GRACE,
        )

        class Server(uvicorn.Server):
            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                # Whoever still waits for an answer is told so, before the connection is cut.
                ending = asyncio.get_running_loop().create_task(pool.close(_GRACE))
                await super().shutdown(sockets)
                await ending

        try:
            Server(config).run(sockets=[listener])
        finally:
            pool.abandon()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family)
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot listen on {host}:{port}: {reason}", "name another with --host or --port") from error


def _is_loopback(listener: socket.socket) -> bool:
    address = str(listener.getsockname()[0])
    return address.startswith("127.") or address == "::1"


def application(pool: Pool, folder: Path) -> Starlette:
    """The web application over `pool`, with the pages in `folder`."""
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.routing import Route

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        try:
            await pool.digest()  # the first query finds a worker ready
            yield
        finally:
            await pool.close()

    def route(path: str, handler: Callable[..., Awaitable[Reply]], *methods: str) -> Route:
        return Route(path, partial(_respond, handler, pool), methods=methods or ("GET",))

    answering = Starlette(
        routes=[
            *(route(path, _sparql, "GET", "POST") for path in ("/sparql", "/sparql/")),
            route("/query", _editor),
            route("/health", _health),
            *(route(path, _openapi) for path in ("/api", "/api/openapi.json")),
            route("/api/query", _catalogue),
            route("/api/query/{name}", _named),
            route("/api/{command}", _command),
            route("/", partial(_page, folder)),
            route("/{page}", partial(_page, folder)),
        ],
        exception_handlers={HTTPException: _unrouted, KgError: _refuse},
        lifespan=life,
    )
    answering.router.redirect_slashes = False
    return answering


async def _respond(handler: Callable[[Pool, Request], Awaitable[Reply]], pool: Pool, request: Request) -> Response:
    return _response(await handler(pool, request))


def _response(reply: Reply) -> Response:
    from starlette.responses import Response

    kept = "no-cache" if "ETag" in reply.headers else "no-store"
    body = b"" if reply.status == 304 else reply.body
    headers = {"Cache-Control": kept, "Vary": "Accept", **reply.headers}
    if reply.status != 304:
        headers["Content-Type"] = reply.media
    return Response(body, reply.status, headers)


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)
    return _response(problem(error))


async def _unrouted(_: Request, error: Exception) -> Response:
    status = int(getattr(error, "status_code", 500))
    if status == 405:
        allowed = ", ".join(
            sorted((getattr(error, "headers", None) or {}).get("Allow", "GET").replace(" ", "").split(","))
        )
        return _response(
            problem(RefusedError(405, "method", "this method is not taken here", f"one of: {allowed}", Allow=allowed))
        )
    return _response(problem(RefusedError(status, "not-found", "there is nothing here", "see /api/openapi.json")))


async def _sparql(pool: Pool, request: Request) -> Reply:
    headers, address = request.headers, request.scope["query_string"]
    body = await _body(request, pool.limits.body) if request.method == "POST" else b""
    asked = operation(request.method, address, headers.get("content-type", ""), body)
    if asked is None:
        return await _ask(pool, request, {"do": "describe", "endpoint": _endpoint(request)})
    job = {"query": asked.query, "default": asked.default, "named": asked.named, "base": _endpoint(request)}
    return await _ask(pool, request, {"do": "sparql", **job})


async def _command(pool: Pool, request: Request) -> Reply:
    given = fields(request.scope["query_string"])
    return await _ask(pool, request, {"do": "ask", "command": request.path_params["command"], "given": given})


async def _named(pool: Pool, request: Request) -> Reply:
    given = fields(request.scope["query_string"])
    return await _ask(pool, request, {"do": "named", "name": request.path_params["name"], "given": given})


async def _catalogue(pool: Pool, request: Request) -> Reply:
    return await _ask(pool, request, {"do": "catalogue"})


async def _health(pool: Pool, _: Request) -> Reply:
    state = {"status": "ok", "version": __version__, "build": await pool.digest()}
    return Reply(200, "application/json", encode(state))


async def _openapi(_: Pool, __: Request) -> Reply:
    return Reply(200, "application/json", encode(openapi()))


async def _page(folder: Path, pool: Pool, request: Request) -> Reply:
    """A page of the build: a plain file in its folder, never what a link in it leads to."""
    name = request.path_params.get("page", "index.html")
    path = folder / name
    if not _PAGE.fullmatch(name) or path.is_symlink() or not path.is_file():
        raise RefusedError(404, "not-found", "there is no such page", "kg build writes the pages; SPARQL is at /sparql")
    state = path.stat()
    headers = {
        "ETag": tag(await pool.digest(), name, state.st_mtime_ns, state.st_size),
        "Content-Security-Policy": _PAGE_POLICY,
    }
    return _html(request, await asyncio.to_thread(path.read_bytes), headers)


async def _editor(_: Pool, request: Request) -> Reply:
    page, policy = editor()
    return _html(request, page, {"ETag": tag(page), "Content-Security-Policy": policy})


def _html(request: Request, page: bytes, headers: dict[str, str]) -> Reply:
    known = matches(request.headers.get("if-none-match", ""), headers["ETag"])
    return Reply(304 if known else 200, "text/html; charset=utf-8", b"" if known else page, headers)


def _endpoint(request: Request) -> str:
    """Address of the endpoint as the client knows it; the guard has seen that the host can be one."""
    return f"http://{request.headers['host']}/sparql"


async def _body(request: Request, limit: int) -> bytes:
    """The whole body.

    Raises:
        RefusedError: 413 where it is larger than `limit`, 408 where it does not come.
    """
    too_large = RefusedError(413, "body-too-large", f"the body is larger than {limit:,} bytes", "ask in fewer words")
    declared = request.headers.get("content-length", "0")
    if int(declared) > limit and ("expect" in request.headers or int(declared) > 16 * limit):
        raise too_large
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size <= limit:
                    body += part
                elif size > 16 * limit:
                    raise too_large
    except TimeoutError as error:
        raise RefusedError(408, "slow-body", "the body did not come in time", Connection="close") from error
    # A little more than the limit is read to its end: a client that still writes would not see the answer.
    if size > limit:
        raise too_large
    return bytes(body)


async def _ask(pool: Pool, request: Request, job: dict[str, Any]) -> Reply:
    """The answer of a worker, which is not kept busy for a client that has gone."""
    # Only what a GET answers may stand in a cache.
    match = request.headers.get("if-none-match", "") if request.method != "POST" else ""
    accept = ", ".join(request.headers.getlist("accept"))
    work = asyncio.ensure_future(pool.ask({**job, "accept": accept, "match": match}))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise RefusedError(GONE, "gone", "nobody waits for the answer")
        reply = work.result()
    finally:
        for task in (work, gone):
            task.cancel()
        await asyncio.gather(work, gone, return_exceptions=True)
    if request.method == "POST":
        reply.headers.pop("ETag", None)
    return reply


async def _gone(request: Request) -> None:
    from starlette.requests import ClientDisconnect

    with suppress(ClientDisconnect):
        while (await request.receive())["type"] != "http.disconnect":
            pass
