"""Answers that were just given: the same question about the same build has the same answer."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import Any

from kg.problems import Reply

_KINDS = ("ask", "named", "catalogue")
"""Jobs whose answers are kept: questions that many ask alike; free SPARQL is not."""


class Remembered:
    """The answers asked for last, up to `size` bytes.

    >>> answers = Remembered(100)
    >>> answers.keep("a build", {"do": "ask", "command": "weak"}, Reply(200, "application/json", b"[]"))
    >>> answers.get("a build", {"do": "ask", "command": "weak"}).body
    b'[]'
    >>> answers.get("another build", {"do": "ask", "command": "weak"}) is None
    True
    """

    def __init__(self, size: int = 32 << 20) -> None:
        self._size = size
        self._held = 0
        self._answers: OrderedDict[tuple[Hashable, str], Reply] = OrderedDict()

    def get(self, build: Hashable, job: Mapping[str, Any]) -> Reply | None:
        """The answer to `job` on `build`, where it is held; a value of its own."""
        key = (build, json.dumps(job, sort_keys=True))
        reply = self._answers.get(key)
        if reply is None:
            return None
        self._answers.move_to_end(key)
        return _copy(reply)

    def keep(self, build: Hashable, job: Mapping[str, Any], reply: Reply) -> None:
        """Hold an answer, if it is one of a question that is worth it; the oldest give way."""
        if job["do"] not in _KINDS or reply.status != 200 or len(reply.body) > self._size:
            return
        key = (build, json.dumps(job, sort_keys=True))
        self._drop(key)
        self._answers[key] = _copy(reply)
        self._held += len(reply.body)
        while self._held > self._size:
            self._drop(next(iter(self._answers)))

    def _drop(self, key: tuple[Hashable, str]) -> None:
        if (reply := self._answers.pop(key, None)) is not None:
            self._held -= len(reply.body)


def _copy(reply: Reply) -> Reply:
    return Reply(reply.status, reply.media, reply.body, dict(reply.headers))
