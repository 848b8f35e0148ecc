"""The connections of a graph beside its store: a build writes them once, and questions start from them.

Reading them out of the store takes seconds for a nation's graph, and most questions look at a few systems only. The cache
holds the very values that `kg.fetch` reads and is bound to the build by its digest: where it is missing, of another
build or damaged, the store is read as if it had never been.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from kg import __version__, fetch
from kg.columns import Column, DamagedError, Lazy, Lists, Reader, Writer
from kg.links import Claim, Edge, Edges, Links, Paper, Place, Succession, System
from kg.names import spellings
from kg.store import Store

NAME = "topology.cache"
_TABLES: dict[type, str] = {
    Edge: "edges",
    System: "systems",
    Place: "places",
    Paper: "papers",
    Succession: "successions",
}
"""Kind of value → the part of `Links` that holds values of it by IRI."""
T = TypeVar("T")


def links(store: Store) -> Links:
    """The connections of `store`: from the cache beside it, else from the store itself."""
    path = Path(store.location) / NAME
    if path.is_file() and not path.is_symlink():
        try:
            return _read(Reader(path, _made_of(store.digest)))
        except (DamagedError, OSError, LookupError, ValueError, TypeError):
            pass  # the store knows it all, only slower
    return fetch.links(store)


def keep(store: Store, folder: Path, digest: str) -> None:
    """Write the cache of the build in `folder`, whose finished store is `store` and whose report will give `digest`."""
    write(fetch.links(store), folder, digest)


def write(known: Links, folder: Path, digest: str) -> None:
    """Write the cache of a build into its folder.

    Args:
        known: What `kg.fetch.links` read from the store of that build.
        folder: The folder of the build, not yet read by anybody.
        digest: Of the build, as its report gives it.
    """
    writer = Writer()
    claims = [claim for edge in known.edges.values() for claim in edge.claims]
    claims += [claim for found in known.claims.values() for claim in found]
    _write_table(writer, Claim, claims)
    for kind, part in _TABLES.items():
        _write_table(writer, kind, getattr(known, part).values())
    writer.text("claimed", known.claims)
    writer.numbers("claimed/claims", _starts(map(len, known.claims.values())))
    for lang, labels in sorted(known.labels.items()):
        writer.text(f"{lang}/of", labels)
        writer.text(f"{lang}/label", labels.values())
    writer.text("alias/of", known.aliases)
    writer.texts("alias", known.aliases.values())
    on = sorted({iri for edge in known.edges.values() for iri in edge.path})
    writer.text("on", on)
    writer.texts("on/edges", ([edge.id for edge in known.edges.at(iri)] for iri in on))
    names: dict[str, list[str]] = {}
    for named in fetch.named_systems(known):
        for spelling in spellings(named):
            names.setdefault(spelling, []).append(named.id)
    writer.text("name", sorted(names))
    writer.texts("name/of", (names[name] for name in sorted(names)))
    writer.write(folder / NAME, _made_of(digest))


def _made_of(digest: str) -> dict[str, Any]:
    """What a cache must have been made of to hold for a build: the same graph, by a kg of the same values."""
    kinds = (Claim, *_TABLES)
    shapes = {kind.__name__: [f"{name}: {written}" for name, written in _fields(kind)] for kind in kinds}
    return {"kg": __version__, "digest": digest, "values": shapes}


def _fields(kind: type) -> Iterator[tuple[str, str]]:
    """Names of the fields of a kind of value, each with its type as it is written."""
    for name, written in kind.__annotations__.items():
        yield name, str(getattr(written, "__forward_arg__", written))


def _read(reader: Reader) -> Links:
    claims = _Table(reader, Claim)
    stated, said = reader.numbers("Edge/claims"), reader.numbers("claimed/claims")
    before = stated[-1]  # claims on systems stand behind those on connections
    return Links(
        systems=Lazy(reader.text("System/id"), _Table(reader, System)),
        edges=Edges(
            Lazy(reader.text("Edge/id"), _Table(reader, Edge, claims.lists(stated))),
            Lazy(reader.text("on"), reader.texts("on/edges")),
        ),
        claims=Lazy(reader.text("claimed"), claims.lists([before + start for start in said])),
        places=Lazy(reader.text("Place/id"), _Table(reader, Place)),
        papers=Lazy(reader.text("Paper/id"), _Table(reader, Paper)),
        labels={
            lang: dict(zip(reader.text(f"{lang}/of"), reader.text(f"{lang}/label"), strict=True))
            for lang in ("vi", "en")
        },
        aliases=Lazy(reader.text("alias/of"), reader.texts("alias")),
        successions=Lazy(reader.text("Succession/id"), _Table(reader, Succession)),
        names=Lazy(reader.text("name"), reader.texts("name/of")),
    )


def _starts(lengths: Iterable[int]) -> list[int]:
    """Where each of some lists begins that stand one after another, and where the last one ends."""
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length)
    return starts


def _write_table(writer: Writer, kind: type, records: Iterable[Any]) -> None:
    """A column for each field of a kind of value."""
    records = list(records)
    for field, written in _fields(kind):
        name = f"{kind.__name__}/{field}"
        values = map(attrgetter(field), records)
        match written:
            case "str":
                writer.text(name, values)
            case "tuple[str, ...]":
                writer.texts(name, values)
            case "tuple[Claim, ...]":
                writer.numbers(name, _starts(map(len, values)))
            case "float | None":
                writer.floats(name, (math.nan if value is None else value for value in values))
            case _:
                writer.numbers(name, map(int, values))


class _Table(Generic[T]):
    """A column of the values of a kind, made of the columns of their fields."""

    def __init__(self, reader: Reader, kind: type[T], claims: Column[tuple[Claim, ...]] | None = None) -> None:
        """Take the columns of a file and, for a kind that holds claims, those of each value."""
        columns: list[Column[Any]] = []
        for field, written in _fields(kind):
            name = f"{kind.__name__}/{field}"
            match written:
                case "str":
                    columns.append(reader.text(name))
                case "tuple[str, ...]":
                    columns.append(reader.texts(name))
                case "tuple[Claim, ...]":
                    assert claims is not None
                    columns.append(claims)
                case "float | None":
                    columns.append([None if math.isnan(value) else value for value in reader.numbers(name)])
                case "bool":
                    columns.append(list(map(bool, reader.numbers(name))))
                case _:
                    columns.append(reader.numbers(name))
        self._kind, self._columns = kind, columns
        self._at = [column.__getitem__ for column in columns]

    def __getitem__(self, place: int) -> T:
        return self._kind(*[at(place) for at in self._at])

    def __iter__(self) -> Iterator[T]:
        return map(self._kind, *self._columns)

    def lists(self, starts: Sequence[int]) -> Lists[T]:
        """The values in lists that begin at these places."""
        return Lists(starts, lambda start, end: map(self.__getitem__, range(start, end)), lambda: self)
