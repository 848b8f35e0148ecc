"""The dependency questions as methods of `KnowledgeGraph`, named like the commands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from kg import cached, fetch
from kg.asking import Asked, asked
from kg.errors import UsageError
from kg.links import Links, last_day
from kg.model import Answer
from kg.store import Store, is_address, open_store
from kg.supposing import Supposed, chain, compared, sum_of, suppose

Statuses = str | Iterable[str]
OPERATIONAL = ("operational",)
_LAYERS = 4
"""Layers that a graph keeps what it looked up in."""


class DependencyQuestions(ABC):
    """Questions over the connections of a graph.

    Options that they share: `status` (statuses of the connections that count, or 'all'), `as_of` (only claims up to
    this date), `units` ('2024' or '2025': the provinces to count by), `lang` ('vi' or 'en'); `derived` of `linked` and
    `gaps` (whether links count that only follow from others).

    What-if: `without` (systems that are not there), `with_` (connections that run, 'A -> B'), `merge` (provinces that
    are one, 'A + B'), `move` (hubs whose connections go to another, 'HUB -> HUB2'). Then each row has `change`, the
    difference to the graph as it is: same, added or removed.

    All raise `UsageError` for a status, date, units, language or supposition that there is not, `UnknownNameError` and
    `AmbiguousNameError` for such a name.
    """

    store: Store

    @property
    @abstractmethod
    def links(self) -> Links:
        """The connections as values."""

    @abstractmethod
    def system(self, name: str) -> str:
        """IRI of the system that `name` means."""

    @abstractmethod
    def province(self, name: str) -> tuple[str, ...]:
        """IRIs of the units that `name` means: one, or a province and the unit that took its name."""

    def linked(
        self,
        system: str,
        status: Statuses = OPERATIONAL,
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
        derived: bool = False,
        without: Sequence[str] = (),
        with_: Sequence[str] = (),
        merge: Sequence[str] = (),
        move: Sequence[str] = (),
    ) -> Answer:
        """Which provinces, and which of their systems, link to `system`; see `kg.linked.linked`."""
        from kg.linked import linked

        about = self.system(system)
        supposed = self._supposed(without, with_, merge, move)
        return self._answer(
            lambda asked: linked(asked, about, self._quotes, derived), (status, as_of, units, lang), supposed
        )

    def impact(
        self,
        system: str,
        status: Statuses = OPERATIONAL,
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
        without: Sequence[str] = (),
        with_: Sequence[str] = (),
        merge: Sequence[str] = (),
        move: Sequence[str] = (),
    ) -> Answer:
        """Who is hit when `system` is down, over all hops; see `kg.dependency.impact`.

        >>> graph.impact("NGSP").rows[0]["hop"]    # doctest: +SKIP
        1
        """
        from kg.dependency import impact

        about = self.system(system)
        supposed = self._supposed(without, with_, merge, move)
        return self._answer(lambda asked: impact(asked, about), (status, as_of, units, lang), supposed)

    def needs(
        self,
        system: str,
        status: Statuses = OPERATIONAL,
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
        without: Sequence[str] = (),
        with_: Sequence[str] = (),
        merge: Sequence[str] = (),
        move: Sequence[str] = (),
    ) -> Answer:
        """What `system` depends on, over all hops; see `kg.dependency.needs`."""
        from kg.dependency import needs

        about = self.system(system)
        supposed = self._supposed(without, with_, merge, move)
        return self._answer(lambda asked: needs(asked, about), (status, as_of, units, lang), supposed)

    def path(
        self,
        a: str,
        b: str,
        status: Statuses = OPERATIONAL,
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
        count: int = 5,
        without: Sequence[str] = (),
        with_: Sequence[str] = (),
        merge: Sequence[str] = (),
        move: Sequence[str] = (),
    ) -> Answer:
        """The `count` shortest paths from system `a` to system `b`; see `kg.paths.path`."""
        from kg.paths import path

        start, end = self.system(a), self.system(b)
        supposed = self._supposed(without, with_, merge, move)
        return self._answer(lambda asked: path(asked, start, end, count), (status, as_of, units, lang), supposed)

    def weak(
        self,
        status: Statuses = OPERATIONAL,
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
        without: Sequence[str] = (),
        with_: Sequence[str] = (),
        merge: Sequence[str] = (),
        move: Sequence[str] = (),
    ) -> Answer:
        """Single points of failure on the layer; see `kg.weakness.weak`."""
        from kg.weakness import weak

        supposed = self._supposed(without, with_, merge, move)
        return self._answer(weak, (status, as_of, units, lang), supposed)

    def gaps(
        self,
        status: Statuses = "all",
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
        derived: bool = False,
        without: Sequence[str] = (),
        with_: Sequence[str] = (),
        merge: Sequence[str] = (),
        move: Sequence[str] = (),
    ) -> Answer:
        """The matrix of provinces and national platforms; see `kg.coverage.gaps`."""
        from kg.coverage import gaps

        supposed = self._supposed(without, with_, merge, move)
        return self._answer(lambda asked: gaps(asked, derived), (status, as_of, units, lang), supposed)

    def diff(
        self,
        a: str | Path,
        b: str | Path,
        status: Statuses = "all",
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
    ) -> Answer:
        """What changed from `a` to `b`; see `kg.changes.diff`.

        Args:
            a: The folder of a build (or an RDF file, or an address), or a date: then this graph as it stood on that date.
            b: Likewise.
            status: As everywhere.
            as_of: Only claims up to this date, where `a` and `b` are builds.
            units: As everywhere.
            lang: As everywhere.

        Raises:
            UsageError: one of them is neither, or a date goes together with `as_of`.
            StoreError: a build cannot be read.
        """
        from kg.changes import diff

        def side(where: str | Path) -> Asked:
            if is_address(where) or Path(where).exists():
                return asked(cached.links(open_store(where)), status, as_of, units, lang)
            _dated(str(where), as_of)
            return asked(self.links, status, str(where), units, lang)

        return diff(side(a), side(b), (str(a), str(b)))

    def _answer(
        self,
        question: Callable[[Asked], Answer],
        layer: tuple[Statuses, str | None, str | None, str],
        supposed: Supposed,
    ) -> Answer:
        """The answer on the graph as it is or, compared with that, as it would be."""
        today = question(self._layer(*layer))
        if not supposed:
            return today
        would_be = asked(suppose(self.links, supposed), *layer)
        return compared(today, question(would_be), supposed, would_be.label)

    def _layer(self, status: Statuses, as_of: str | None, units: str | None, lang: str) -> Asked:
        """The layer of a question; the last ones are kept, with what was looked up in them."""
        fresh = asked(self.links, status, as_of, units, lang)
        key = (fresh.status, as_of, units, lang)
        kept: dict[Any, Asked] = self.__dict__.setdefault("_layers", {})
        kept[key] = kept.pop(key, fresh)
        if len(kept) > _LAYERS:
            del kept[next(iter(kept))]
        return kept[key]

    def _supposed(
        self, without: Sequence[str], with_: Sequence[str], merge: Sequence[str], move: Sequence[str]
    ) -> Supposed:
        """What-if options with their names resolved."""
        hubs = [chain(pair) for pair in _listed(move)]
        for pair in hubs:
            if len(pair) != 2:
                raise UsageError(f"a hub moves to one other: {' -> '.join(pair)}", hint="'HUB -> HUB2'")
        return Supposed(
            tuple(self.system(name) for name in _listed(without)),
            tuple(tuple(map(self.system, chain(path))) for path in _listed(with_)),
            tuple(self._units(group) for group in _listed(merge)),
            tuple((self.system(old), self.system(new)) for old, new in hubs),
        )

    def _units(self, group: str) -> tuple[str, ...]:
        """The provinces of 'A + B', each with the unit that took its name."""
        found = [self.province(name) for name in sum_of(group)]
        if len(set(found)) < len(found):
            raise UsageError(f"the same province twice: {group}", hint="'PROVINCE + PROVINCE'")
        return tuple(iri for units in found for iri in units)

    def _quotes(self, claims: Iterable[str]) -> dict[str, str]:
        """Attestation → the quote at its head."""
        return fetch.quotes(self.store, tuple(claims))


def _listed(given: str | Sequence[str]) -> Sequence[str]:
    """One text stands for a list of one."""
    return (given,) if isinstance(given, str) else given


def _dated(where: str, as_of: str | None) -> None:
    try:
        last_day(where)
    except UsageError as error:
        raise UsageError(
            f"neither a build nor a date: {where!r}", hint="a folder that kg built, or YYYY-MM-DD"
        ) from error
    if as_of:
        raise UsageError("a date to compare and --as-of exclude each other", hint=f"kg diff {where} DATE")
