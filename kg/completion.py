"""What is done to a store once it holds everything: the one place that `kg build` and `kg load` share.

    … ─derive─▶ complete ─▶ pages, report ─▶ swap in

Whatever is kept beside a store to answer faster is made here, from the store, into the same folder, and so comes in and
goes out with it as a whole. Its name belongs into `kg.folder.OWN`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg import cached
from kg.local import LocalStore


def complete(store: LocalStore, folder: Path, digest: str, progress: Callable[[str], object]) -> None:
    """Bring a filled store into the state in which it is read.

    Args:
        store: holds everything, what is derived included; nothing is added to it afterwards.
        folder: what becomes the build, the store in it; for what is kept beside the store.
        digest: of the build, as its report will give it.
        progress: is told what is going on.

    """
    progress("compact")
    store.settle()
    progress("connections")
    cached.keep(store, folder, digest)
