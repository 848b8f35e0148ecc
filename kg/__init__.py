"""kg: a knowledge graph of Vietnam's e-government systems and how they connect, read from Vietnamese texts.

>>> from kg import KnowledgeGraph                        # doctest: +SKIP
>>> graph = KnowledgeGraph.open("out")                   # doctest: +SKIP
>>> [row["province"] for row in graph.linked("NGSP").rows]   # doctest: +SKIP

Nothing heavy is imported before it is used, so that the commands start fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.knowledge import KnowledgeGraph
    from kg.model import Answer

__version__ = "0.1.0"
__all__ = ["Answer", "KgError", "KnowledgeGraph", "__version__"]

_HOME = {"Answer": "kg.model", "KgError": "kg.errors", "KnowledgeGraph": "kg.knowledge"}


def __getattr__(name: str) -> object:
    """The public names, each imported when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
