"""Documents from files, folders and standard input: every file is read whole or refused with a reason, never in part.

    Path ─▶ _Source ─▶ bytes ─▶ Document | Unreadable

The text of a text file is its own, decoded as UTF-8 and otherwise untouched, so that offsets into it mean the same
everywhere: a byte order mark and every carriage return count. Front matter is read for what it says and left in place.
The text of any other file is what `kg.formats` takes out of it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg import encodings
from kg.errors import InputMissingError, UnreadableError
from kg.folder import is_build
from kg.formats import EXTRACTED, PACKED, is_extracted, text_of_packed, text_of_page
from kg.frontmatter import front_matter
from kg.model import Document
from kg.text import slug
from kg.vocab import RESERVED_GRAPHS

READABLE = tuple(sorted((".md", ".txt", *EXTRACTED)))
"""Endings of the kinds of file that are read."""

MAX_BYTES = 10 * 1024 * 1024
"""Size limit of one document: reading takes about 1.5 s and 25 MB of memory a megabyte."""

STDIN = "stdin"
"""Name of the document that standard input holds."""

_KINDS = f"kg reads {', '.join(READABLE[:-1])} and {READABLE[-1]} files, texts in UTF-8"
_NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that was found and could not be read, and why."""

    file: str
    """As `Document.file`."""
    error: UnreadableError


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to read: where it is, and where it stands below the folder that was given."""

    path: Path
    below: PurePosixPath
    refusal: str = ""
    """Why it is not opened at all, '' where it is."""


def read_documents(paths: Sequence[Path], exclude: Path | None = None) -> Iterator[Document | Unreadable]:
    """The documents at `paths`: files, folders (read with all below them, hidden entries skipped), `-` for standard input.

    What kg made is no document: builds in the folders are passed over, and so is `exclude`, where the next one goes.
    Missing paths are reported before anything is read; each file is opened when its turn comes.

    Args:
        paths: files and folders, in any order.
        exclude: a folder that is not read.

    Returns:
        An iterator sorted by path below the given folder. Equal content comes once, under the first of its paths.

    Raises:
        InputMissingError: a path is not there or lies in `exclude`, or a folder holds nothing of a kind that is read.
    """
    out = None if exclude is None else Path(os.path.realpath(exclude))
    sources: list[_Source] = []
    for path in paths:
        if str(path) == "-":
            continue
        if out is not None and Path(os.path.realpath(path)).is_relative_to(out):
            raise InputMissingError(f"{path} lies in the output folder", "name another folder with -o")
        sources += _folder(path, out) if path.is_dir() else [_single(path)]
    sources.sort(key=lambda source: (source.below.parts, source.path.parts))
    return _read(sources, stdin=any(str(path) == "-" for path in paths))


def read_stdin() -> Document | Unreadable:
    """The text on standard input, as the document `stdin`."""
    stream = sys.stdin.buffer
    data = stream.read(MAX_BYTES + 1)
    try:
        return _document(STDIN, STDIN, data)
    except UnreadableError as error:
        return Unreadable(STDIN, error)


def _read(sources: list[_Source], stdin: bool) -> Iterator[Document | Unreadable]:
    shared = _shared_names(sources)
    seen: set[str] = set()
    names = {STDIN} if stdin else set[str]()
    files: set[str] = set()
    if stdin:
        first = read_stdin()
        seen.update([first.digest] if isinstance(first, Document) else [])
        yield first
    for source in sources:
        file = str(source.below) if str(source.below) not in files else source.path.as_posix()
        files.add(file)
        try:
            data = _bytes(source)
            digest = hashlib.sha256(data).hexdigest()
            if digest in seen:
                continue
            name = _name(source, digest, names, shared)
            document = _document(name, file, data)
        except UnreadableError as error:
            yield Unreadable(file, error)
            continue
        seen.add(digest)
        names.add(name)
        yield document


def _single(path: Path) -> _Source:
    if not os.path.lexists(path):
        raise InputMissingError(f"no such file or folder: {path}", "give the path of a text, or of a folder of texts")
    return _Source(path, _below(path, path.parent), _refused_kind(path))


def _refused_kind(path: Path) -> str:
    if path.suffix.lower() in READABLE:
        return ""
    return f"files that end in {path.suffix} are not read" if path.suffix else "a file without an ending"


def _folder(folder: Path, out: Path | None) -> list[_Source]:
    """Every file below `folder` that is not hidden or kg's; an error where none is of a readable kind."""
    top = Path(os.path.realpath(folder))
    sources: list[_Source] = []
    unlisted: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unlisted.append):
        folders[:] = sorted(name for name in folders if not (name.startswith(".") or _made(Path(parent, name), out)))
        for name in [*files, *(name for name in folders if Path(parent, name).is_symlink())]:
            path = Path(parent, name)
            if name.startswith(".") or (path.is_symlink() and path.is_dir() and _inside(path, top)):
                continue
            refusal = "" if _inside(path, top) else "a symbolic link that leads out of its folder"
            sources.append(_Source(path, _below(path, folder), refusal or _refused_kind(path)))
    if not any(source.path.suffix.lower() in READABLE for source in sources) and not unlisted:
        raise InputMissingError(f"no documents in the folder {folder}", _KINDS)
    for error in unlisted:
        path = Path(error.filename)
        sources.append(_Source(path, _below(path, folder), error.strerror or "cannot be listed"))
    return sources


def _made(folder: Path, out: Path | None) -> bool:
    """Whether kg writes this folder: a build, or where one goes."""
    return is_build(folder) or (out is not None and Path(os.path.realpath(folder)) == out)


def _below(path: Path, folder: Path) -> PurePosixPath:
    """`path` seen from `folder`, bytes of its name that are not UTF-8 written out."""
    return PurePosixPath(os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "backslashreplace"))


def _inside(path: Path, top: Path) -> bool:
    return not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(top)


def _bytes(source: _Source) -> bytes:
    """All bytes of a regular file; never waits on a pipe, never takes more than the limit into memory."""
    if source.refusal:
        raise UnreadableError(f"{source.below}: {source.refusal}", _KINDS)
    try:
        # Without O_NONBLOCK the mere opening of a named pipe would wait for ever.
        handle = os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError(
                    f"{source.below}: not a regular file", "give a pipe to standard input: kg facts -"
                )
            if status.st_size > MAX_BYTES:
                raise _too_big(str(source.below))
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"{source.below}: {error.strerror or error}", "check that it may be read") from error


def _too_big(file: str) -> UnreadableError:
    limit = MAX_BYTES // (1024 * 1024)
    return UnreadableError(f"{file}: over the limit of {limit} MB for one document", "split it into several files")


def _document(name: str, file: str, data: bytes) -> Document:
    if len(data) > MAX_BYTES:
        raise _too_big(file)
    text = _text(file, data)
    body, meta = (0, ()) if is_extracted(file) else front_matter(file, text)
    return Document(name=name, file=file, digest=hashlib.sha256(data).hexdigest(), text=text, body=body, meta=meta)


def _text(file: str, data: bytes) -> str:
    """The text of a file of any kind that is read, or the reason why it has none that can be read."""
    if file.lower().endswith(PACKED):
        text = text_of_packed(file, data)
    else:
        text = _decode(file, data)
        text = text_of_page(file, text) if is_extracted(file) else text
    if guess := encodings.transcoded(text):
        message = f"{file}: Unicode, but its letters were pasted from {guess.name}"
        raise UnreadableError(message, "convert it with a Vietnamese keyboard program's converter")
    return text


def _decode(file: str, data: bytes) -> str:
    """`data` as UTF-8, or the reason why it is not a text that can be read."""
    if wide := encodings.wide(data):
        raise _foreign(file, wide)
    if encodings.binary(data):
        raise UnreadableError(f"{file}: binary, not a text", _KINDS)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if guess := encodings.legacy(data):
            raise _foreign(file, guess) from error
        place = f"byte 0x{data[error.start]:02x} at {error.start}"
        raise UnreadableError(f"{file}: not UTF-8 ({place})", "save it as UTF-8 where it comes from") from error
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise UnreadableError(f"{file}: empty", "a document needs some text")
    return text


def _foreign(file: str, guess: encodings.Guess) -> UnreadableError:
    if guess.iconv is None:
        hint = "convert it to Unicode (UTF-8) with a Vietnamese keyboard program's converter"
    else:
        hint = f"convert it: iconv -f {guess.iconv} -t UTF-8 '{file}' > NEW.txt"
    return UnreadableError(f"{file}: not UTF-8, looks like {guess.name}", hint)


def _name(source: _Source, digest: str, taken: set[str], shared: set[str]) -> str:
    """Name of a document: its slug, with digits of its content where another file or a graph of kg's is called so."""
    plain = _slug(source)
    if plain not in shared and plain not in taken and plain not in RESERVED_GRAPHS:
        return plain
    return next(name for size in (8, 16, 64) if (name := f"{plain}-{digest[:size]}") not in taken)


def _slug(source: _Source) -> str:
    return slug(str(source.below.with_suffix("")), limit=_NAME_LIMIT) or "document"


def _shared_names(sources: Sequence[_Source]) -> set[str]:
    """Slugs that files of different content would bear: none of them gets it, so that no name hangs on the order."""
    by_slug: dict[str, list[_Source]] = defaultdict(list)
    for source in sources:
        by_slug[_slug(source)].append(source)
    return {name for name, group in by_slug.items() if len(group) > 1 and len({_digest(one) for one in group}) > 1}


def _digest(source: _Source) -> str:
    try:
        return hashlib.sha256(_bytes(source)).hexdigest()
    except UnreadableError:
        return ""
