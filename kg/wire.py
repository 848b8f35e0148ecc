"""HTTP to stores elsewhere: the one place from which kg asks another machine, and only the one that the user names.

No redirect is followed, answers are limited in size and time, and what a refusal says is cut to a line. Name and password
come from the address or, so that no list of processes shows them, from KG_USER and KG_PASSWORD.
"""

from __future__ import annotations

import os
import re
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from kg.errors import StoreError, UsageError

if TYPE_CHECKING:
    import httpx

LIMIT = 1 << 30
"""Bytes of an answer."""
_SECONDS = 300.0
_CONNECT = 10.0
_SAID = 200
_LOOPBACK = re.compile(r"localhost|127\.[0-9.]+|::1")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Got:
    """What a server answered."""

    status: int
    media: str
    """Media type in small letters, without parameters."""
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the server did what it was asked to."""
        return 200 <= self.status < 300

    @property
    def said(self) -> str:
        """Status and the beginning of what was said, on one line."""
        text = " ".join(_TAG.sub(" ", self.body[: 16 * _SAID].decode("utf-8", "replace")).split())
        return f"{self.status} {text[:_SAID]}".strip()


class Wire:
    """The way to one server.

    Args:
        address: http or https, perhaps with a name and a password in it.

    Raises:
        UsageError: it is no such address.
    """

    def __init__(self, address: str) -> None:
        try:
            parts = urlsplit(address)
            host, _ = parts.hostname, parts.port
        except ValueError as problem:
            raise UsageError(f"not an address: {address!r}", "http://HOST:PORT/PATH") from problem
        if parts.scheme not in {"http", "https"} or not host:
            raise UsageError(f"not an address: {address!r}", "http://HOST:PORT/PATH")
        self.location = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))
        self._parts: SplitResult = parts

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        client = httpx.Client(
            auth=_auth(self._parts),
            timeout=httpx.Timeout(_SECONDS, connect=_CONNECT),
            follow_redirects=False,
            trust_env=not _LOOPBACK.fullmatch(self._parts.hostname or ""),
            headers={"User-Agent": "kg"},
        )
        weakref.finalize(self, client.close)
        return client

    def send(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        limit: int = LIMIT,
        params: Mapping[str, str] | None = None,
        **headers: str,
    ) -> Got:
        """Send one request; underscores in the names of `headers` stand for hyphens.

        Raises:
            StoreError: the server cannot be reached, does not answer in time, or answers with more than `limit` bytes.
        """
        import httpx

        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with self._client.stream(method, address, content=body, params=params, headers=named) as answer:
                got = bytearray()
                for part in answer.iter_bytes():
                    got += part
                    if len(got) > limit:
                        raise StoreError(f"{self.location} answers with more than {limit:,} bytes", "ask for less")
                media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
                return Got(answer.status_code, media, dict(answer.headers), bytes(got))
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            reason = str(problem) or type(problem).__name__
            raise StoreError(f"{self.location} cannot be reached: {reason}", "is the store running?") from problem


def _auth(parts: SplitResult) -> Any:
    import httpx

    name = unquote(parts.username or "") or os.environ.get("KG_USER", "")
    word = unquote(parts.password or "") or os.environ.get("KG_PASSWORD", "")

    class Asked(httpx.Auth):
        """Says who asks when the server wants to know, in the way that it wants."""

        known: httpx.Auth | None = None

        def auth_flow(self, request: httpx.Request) -> Any:
            if self.known is None:
                answer = yield request
                if answer.status_code != 401:
                    return
                digest = answer.headers.get("www-authenticate", "").lower().startswith("digest")
                self.known = httpx.DigestAuth(name, word) if digest else httpx.BasicAuth(name, word)
            yield from self.known.auth_flow(request)

    return Asked() if name else None
