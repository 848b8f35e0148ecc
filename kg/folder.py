"""The output folder: a build comes into it as a whole or not at all, and nothing that is not ours is touched.

A build is made in a folder beside it. Then both folders trade places in one step where the system can do that; else the
finished folder is marked as ready and its entries are moved one by one, and whoever comes next finishes what a killed
process began. So whatever is killed, and whenever: the folder holds the old build or the new one.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OutputError, StoreError

OWN = ("graph.trig", "store", "topology.cache", "facts.jsonl", "report.json", "texts")
"""Entries of a build, beside its pages `*.html`."""

_DONE = ".ready"
_OLD = ".replaced"
_TRIES = 20


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the helpers of an output folder stand: beside it, or inside where it is a mount point of its own."""

    out: Path
    stem: Path

    @property
    def lock(self) -> Path:
        return self.stem.with_name(f"{self.stem.name}.lock")

    @property
    def ready(self) -> Path:
        return self.stem.with_name(f"{self.stem.name}.ready")

    def building(self) -> Path:
        return self.stem.with_name(f"{self.stem.name}.build-{os.getpid()}")

    def leftovers(self) -> list[Path]:
        start = f"{self.stem.name}.build-"
        return sorted(path for path in self.stem.parent.iterdir() if path.name.startswith(start))


def _places(out: Path) -> _Places:
    real = out.resolve()
    inside = real.is_mount() or real == real.parent
    return _Places(real, real / ".kg" if inside else real.with_name(f".{real.name}"))


def settle(out: Path) -> Path:
    """Finish what a killed build left half done in `out`, and return `out`.

    Raises:
        StoreError: there is something to finish and it cannot be written.

    """
    places = _places(out)
    if places.ready.is_dir():
        try:
            with _locked(places):
                _move_in(places)
        except OutputError:
            return out  # the build that is at it will finish
        except OSError as problem:
            raise StoreError(
                f"{out} holds half of a build: {problem.strerror}", hint="run `kg build` again"
            ) from problem
    return out


def claim(out: Path) -> None:
    """Make sure that a build may go to `out`: not there yet, empty, or an earlier build.

    Raises:
        OutputError: it is no folder, or holds something that is not kg's.

    """
    if not os.path.lexists(out):
        return
    if not out.is_dir():
        raise OutputError(f"{out} is not a folder", hint="name a folder with -o")
    try:
        entries = sorted(path for path in out.iterdir() if not _ours_while_building(path))
    except OSError as problem:
        raise OutputError(f"{out} cannot be read: {problem.strerror}", hint="name another folder with -o") from problem
    if not os.access(out, os.W_OK | os.X_OK):
        raise OutputError(f"{out} cannot be written", hint="name another folder with -o")
    foreign = [path.name for path in entries if not (_own(path) or _carried(path))]
    if not foreign and any(_own(path) for path in entries) and not _reported(out / "report.json"):
        foreign = [path.name for path in entries if _own(path)]
    if foreign:
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        raise OutputError(
            f"{out} holds things that are not kg's: {', '.join(foreign[:3])}{more}",
            hint="name an empty or a new folder with -o",
        )


def _own(path: Path) -> bool:
    return path.name in OWN or (path.suffix == ".html" and not path.is_dir())


def _carried(path: Path) -> bool:
    """Whether it is a small hidden file, such as .gitkeep, that outlives every build."""
    return path.name.startswith(".") and path.is_file()


def _ours_while_building(path: Path) -> bool:
    return path.name.startswith((".kg.build-", ".kg.ready", ".kg.lock"))


def _reported(report: Path) -> bool:
    try:
        return "ontology_digest" in json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False


def is_build(folder: Path) -> bool:
    """Whether `folder` holds a build."""
    return any((folder / name).exists() for name in ("graph.trig", "store")) and _reported(folder / "report.json")


@contextmanager
def building(out: Path) -> Iterator[Path]:
    """Yield an empty folder whose content becomes the build in `out` when the block ends well; else nothing changes.

    Raises:
        OutputError: `out` cannot be written, holds things that are not kg's, or another build is at work on it.

    """
    places = _places(out)
    try:
        places.out.parent.mkdir(parents=True, exist_ok=True)
        with _locked(places):
            if places.ready.is_dir():
                _move_in(places)
            claim(out)
            for path in places.leftovers():
                _remove(path)
            folder = places.building()
            folder.mkdir()
            try:
                yield folder
                _install(folder, places)
            finally:
                _remove(folder)
    except (OSError, shutil.Error) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise OutputError(f"{out} cannot be written: {reason}", hint="name another folder with -o") from problem


def _install(folder: Path, places: _Places) -> None:
    if not places.out.exists():
        folder.rename(places.out)
        return
    fresh = sorted(path.name for path in folder.iterdir())
    for path in places.out.iterdir():
        if _carried(path) and not _ours_while_building(path):
            shutil.copy2(path, folder / path.name)
    shutil.copymode(places.out, folder)
    _sync(folder)
    # The folder that somebody stands in stays itself: a shell would be left in the old one.
    if places.out != Path.cwd() and _exchange(folder, places.out):
        return
    (folder / _DONE).write_text("\n".join(fresh), encoding="utf-8")
    folder.rename(places.ready)
    _move_in(places)


def _move_in(places: _Places) -> None:
    """Move the entries of the ready build into place; may be cut off anywhere and called again."""
    ready, out = places.ready, places.out
    listed = ready / _DONE
    if not listed.is_file():  # all was moved, only the removal was cut off
        shutil.rmtree(ready)
        return
    aside = ready / _OLD
    aside.mkdir(exist_ok=True)
    new = listed.read_text(encoding="utf-8").split("\n")
    waiting = [name for name in new if os.path.lexists(ready / name)]
    for path in sorted(out.iterdir()):
        if _own(path) and (path.name in waiting or path.name not in new):
            path.replace(aside / path.name)
    for name in waiting:
        (ready / name).replace(out / name)
    listed.unlink()
    shutil.rmtree(ready)


def _remove(folder: Path) -> None:
    """Remove a folder that nobody needs, as far as that is possible."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        # A store in it that is just being closed removes files of its own at the same time.
        time.sleep(0.05)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders trade places in one step; False where the system or the file system cannot."""
    import ctypes

    here, swap, system = -100, 2, str(sys.platform)
    if system.startswith("linux"):
        library = ctypes.CDLL(None)
        return hasattr(library, "renameat2") and not library.renameat2(
            here, os.fsencode(one), here, os.fsencode(other), swap
        )
    if system == "darwin":
        return not ctypes.CDLL(None).renamex_np(os.fsencode(one), os.fsencode(other), swap)
    return False


def _sync(folder: Path) -> None:
    """Ask the system to write what is in `folder`, so that a power cut finds whole files behind the new names."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with suppress(OSError), path.open("rb") as file:
                os.fsync(file.fileno())


@contextmanager
def _locked(places: _Places) -> Iterator[None]:
    """Hold the lock of the output folder; the system lets go of it when the process ends in whatever way."""
    handle = _open_lock(places.lock)
    try:
        yield
    finally:
        if sys.platform != "win32":  # there, an open file cannot be removed
            places.lock.unlink(missing_ok=True)
        os.close(handle)


def _open_lock(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
        except OSError as problem:
            os.close(handle)
            raise OutputError("another build is at work on this folder", hint="wait until it has ended") from problem
        # The one that held it before may have removed the file meanwhile: then it is another one that counts.
        if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
            return handle
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
