"""What carries whole graphs, as methods of `KnowledgeGraph`: into a build folder, into another store, into files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import UsageError
from kg.store import Store

if TYPE_CHECKING:
    from kg.push import Pushed
    from kg.report import BuildReport
    from kg.topology import MultiGraph

Statuses = str | Iterable[str]


class Carrying(ABC):
    """The ways of a graph in and out."""

    store: Store

    @abstractmethod
    def topology(self, status: Statuses = ("operational",), as_of: str | None = None) -> MultiGraph:
        """The connections of a layer."""

    @staticmethod
    def load(files: Sequence[Path | str], out: Path | str = "out", **options: Any) -> BuildReport:
        """Put RDF files into the build folder `out`; see `kg.loading.load`."""
        from kg import loading

        return loading.load([Path(file) for file in files], Path(out), **options)

    def push(self, address: str, **options: Any) -> Pushed:
        """Write every named graph into another SPARQL 1.1 store; see `kg.push.push`."""
        from kg.push import push

        return push(self.store, address, **options)

    def export(self, format: str, out: BinaryIO, status: Statuses = "all", as_of: str | None = None) -> None:
        """Write the graph for other programs into `out`.

        Args:
            format: 'turtle', 'trig', 'nquads', 'jsonld' or 'graphml'.
            out: Takes the bytes.
            status: Statuses of the connections, in GraphML; RDF holds all.
            as_of: Only claims until this date count, in GraphML.

        Raises:
            UsageError: there is no such format, or a layer is asked for in RDF.
        """
        from kg.export import RDF_EXPORTERS, write_graphml

        if format == "graphml":
            write_graphml(self.topology(status, as_of), out)
        elif format not in RDF_EXPORTERS:
            raise UsageError(f"no format {format!r}", f"one of: {', '.join(RDF_EXPORTERS)}, graphml")
        elif status not in ("all", ("all",)) or as_of:
            raise UsageError("RDF holds every claim: --status and --as-of are for graphml and csv")
        else:
            RDF_EXPORTERS[format](self.store, out)
