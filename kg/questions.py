"""The dependency questions as methods of `KnowledgeGraph`, named like the commands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path

from kg import cached
from kg.asking import Asked, asked
from kg.errors import UsageError
from kg.links import Links, last_day
from kg.model import Answer
from kg.store import Store, open_store

Statuses = str | Iterable[str]
OPERATIONAL = ("operational",)


class DependencyQuestions(ABC):
    """Questions over the connections of a graph.

    Options that they share: `status` (statuses of the connections that count, or 'all'), `as_of` (only claims up to
    this date), `units` ('2024' or '2025': the provinces to count by), `lang` ('vi' or 'en'). All raise `UsageError` for
    a status, date, units or language that there is not, `UnknownNameError` and `AmbiguousNameError` for such a name.
    """

    store: Store

    @property
    @abstractmethod
    def links(self) -> Links:
        """The connections as values."""

    @abstractmethod
    def system(self, name: str) -> str:
        """IRI of the system that `name` means."""

    def impact(
        self,
        system: str,
        status: Statuses = OPERATIONAL,
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
    ) -> Answer:
        """Who is hit when `system` is down, over all hops; see `kg.dependency.impact`.

        >>> graph.impact("NGSP").rows[0]["hop"]    # doctest: +SKIP
        1
        """
        from kg.dependency import impact

        return impact(asked(self.links, status, as_of, units, lang), self.system(system))

    def needs(
        self,
        system: str,
        status: Statuses = OPERATIONAL,
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
    ) -> Answer:
        """What `system` depends on, over all hops; see `kg.dependency.needs`."""
        from kg.dependency import needs

        return needs(asked(self.links, status, as_of, units, lang), self.system(system))

    def path(
        self,
        a: str,
        b: str,
        status: Statuses = OPERATIONAL,
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
        count: int = 5,
    ) -> Answer:
        """The `count` shortest paths from system `a` to system `b`; see `kg.paths.path`."""
        from kg.paths import path

        return path(asked(self.links, status, as_of, units, lang), self.system(a), self.system(b), count)

    def weak(
        self,
        status: Statuses = OPERATIONAL,
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
    ) -> Answer:
        """Single points of failure on the layer; see `kg.weakness.weak`."""
        from kg.weakness import weak

        return weak(asked(self.links, status, as_of, units, lang))

    def gaps(
        self,
        status: Statuses = "all",
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
    ) -> Answer:
        """The matrix of provinces and national platforms; see `kg.coverage.gaps`."""
        from kg.coverage import gaps

        return gaps(asked(self.links, status, as_of, units, lang))

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
            a: The folder of a build (or an RDF file), or a date: then this graph as it stood on that date.
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
            if Path(where).exists():
                return asked(cached.links(open_store(where)), status, as_of, units, lang)
            _dated(str(where), as_of)
            return asked(self.links, status, str(where), units, lang)

        return diff(side(a), side(b), (str(a), str(b)))


def _dated(where: str, as_of: str | None) -> None:
    try:
        last_day(where)
    except UsageError as error:
        raise UsageError(
            f"neither a build nor a date: {where!r}", hint="a folder that kg built, or YYYY-MM-DD"
        ) from error
    if as_of:
        raise UsageError("a date to compare and --as-of exclude each other", hint=f"kg diff {where} DATE")
