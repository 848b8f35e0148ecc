"""A system as one document speaks of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Entity:
    """A system as one document speaks of it; grows while the document is read."""

    id: str
    label: str
    type: str
    scope: str
    place: str
    level: str
    owner: str | None
    operator: str | None
    kind: str = ""
    head: str = ""
    wordings: dict[str, None] = field(default_factory=dict)
    """In the order of the text."""
    mentions: list[tuple[int, int]] = field(default_factory=list)
