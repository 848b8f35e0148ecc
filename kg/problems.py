"""What an HTTP answer says when it refuses: a status and a problem document (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.errors import (
    AmbiguousNameError,
    KgError,
    QuerySyntaxError,
    StoreError,
    TimeLimitError,
    TooLargeError,
    UnknownNameError,
    UsageError,
)
from kg.jsontext import encode
from kg.vocab import BASE

MEDIA = "application/problem+json"

_STATUS: tuple[tuple[type[KgError], int, str], ...] = (
    (UnknownNameError, 404, "unknown-name"),
    (AmbiguousNameError, 409, "ambiguous-name"),
    (QuerySyntaxError, 400, "query-syntax"),
    (UsageError, 400, "bad-request"),
    (TimeLimitError, 503, "time-limit"),
    (TooLargeError, 500, "result-too-large"),
    (StoreError, 503, "store"),
    (KgError, 500, "failure"),
)
"""Status and kind of each error; the first that fits counts. A query that is refused for its size is 500, as the protocol says."""


class RefusedError(UsageError):
    """A request that is refused with a status of its own."""

    def __init__(self, status: int, kind: str, message: str, hint: str = "", **headers: str) -> None:
        super().__init__(message, hint)
        self.status = status
        self.kind = kind
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.choices: tuple[str, ...] = ()


class BusyError(RefusedError):
    """More requests at once than the server takes."""

    def __init__(self) -> None:
        super().__init__(503, "busy", "too many queries at once", "ask again in a moment", Retry_After="1")


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer as a value."""

    status: int
    media: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def problem(error: KgError) -> Reply:
    """The answer that says what `error` says.

    >>> problem(UnknownNameError("no system is called 'x'", ("y",))).status
    404
    """
    status, kind = next((status, kind) for type_, status, kind in _STATUS if isinstance(error, type_))
    headers: dict[str, str] = {}
    if isinstance(error, RefusedError):
        status, kind, headers = error.status, error.kind, error.headers
    elif isinstance(error, StoreError):
        headers = {"Retry-After": "1"}
    document: dict[str, Any] = {
        "type": f"{BASE}/problem/{kind}",
        "title": kind.replace("-", " "),
        "status": status,
        "detail": error.message,
    }
    if error.hint:
        document["hint"] = error.hint
    if choices := getattr(error, "choices", ()):
        document["choices"] = list(choices)
    return Reply(status, MEDIA, encode(document), headers)
