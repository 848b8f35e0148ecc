"""`KnowledgeGraph`: everything kg can do, as methods named like the commands. rdflib's Dataset comes from here too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import cached, fetch
from kg.asking import asked
from kg.asking import check as _known_options
from kg.carrying import Carrying
from kg.errors import StoreError, UsageError
from kg.links import Links
from kg.local import LocalStore
from kg.model import Answer
from kg.names import matches, resolve, resolve_alike
from kg.questions import DependencyQuestions
from kg.store import Store, open_store

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.report import BuildReport

Statuses = str | Iterable[str]


class KnowledgeGraph(Carrying, DependencyQuestions):
    """A graph of systems and their connections, open for questions.

    >>> graph = KnowledgeGraph.open("out")                             # doctest: +SKIP
    >>> sorted({row["province"] for row in graph.linked("NGSP").rows})  # doctest: +SKIP
    ['Hà Nam', 'Khánh Hòa', 'Ninh Bình']
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, location: str | Path = "out") -> KnowledgeGraph:
        """Open what a build wrote.

        Args:
            location: A build folder, an RDF file, or the address of a store.

        Raises:
            StoreError: there is no store, or it cannot be read.
        """
        return cls(open_store(location))

    @staticmethod
    def build(paths: Sequence[Path | str], out: Path | str = "out", **options: Any) -> BuildReport:
        """Read documents and write the graph, its store and its pages into `out`; see `kg.pipeline.build`."""
        from kg import pipeline

        return pipeline.build([Path(path) for path in paths], Path(out), **options)

    @cached_property
    def links(self) -> Links:
        """The connections as values; read once."""
        return cached.links(self.store)

    def query(self, query: str | Path, **params: str) -> Any:
        """Answer of a SPARQL text, file or named question; see `kg.queries`."""
        from kg import queries

        return queries.run(self.store, query, params)

    def explain(self, query: str | Path, lang: str = "vi", **params: str) -> Answer:
        """How a query is asked, how long it takes, and what in it is slow; see `kg.plan.explain`."""
        from kg.plan import explain

        return explain(self.store, query, params, lang)

    def list(
        self,
        what: str,
        province: str | None = None,
        type: str | None = None,
        status: Statuses = "all",
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
    ) -> Answer:
        """What is in the graph: `what` is systems, provinces, documents or connections.

        Args:
            what: The kind of thing.
            province: Only what belongs to this province; connections, when one of their systems does.
            type: Only systems of this type, and connections of one; by class or label.
            status: Of connections.
            as_of: Only claims until this date count.
            units: '2024' or '2025'.
            lang: Language of labels and notes.

        Raises:
            UnknownNameError: there is no such kind of thing, province or type.
        """
        from kg.listing import listing, wanted

        _known_options(units, lang)
        provinces = self.province(province) if province else ()
        types = (self.type(type),) if type else ()
        return listing(what, wanted(self.links, provinces, types, status, as_of, units, lang))

    def why(self, id: str, lang: str = "vi") -> Answer:
        """Every passage that speaks of a system, connection, attestation, measure, use or policy.

        Args:
            id: IRI or prefixed name, or the name of a system.
            lang: Language of labels, sentences and notes.

        Raises:
            UnknownNameError: no document speaks of it.
            AmbiguousNameError: several systems are called so.
        """
        from kg.explain import why

        _known_options(None, lang)
        return why(self.store, self.links, id if ":" in id else self.system(id), lang)

    def show(
        self,
        view: str = "national",
        name: str | None = None,
        output: Path | str | None = None,
        status: Statuses = "all",
        as_of: str | None = None,
        units: str | None = None,
        lang: str = "vi",
    ) -> Path:
        """Write one self-contained HTML page and return its path.

        Args:
            view: 'national', 'province', 'system', or 'impact': who is hit when a system is down.
            name: The province or system; none for the national view.
            output: The file; by default `<view>-<slug>.html` (`national.html`) in the build folder.
            status: Statuses of the connections to draw.
            as_of: Only claims until this date count.
            units: Unit generation the page opens with; it can show the others too.
            lang: Language the page opens in.

        Raises:
            UsageError: no such view, or a name missing or too many.
            OutputError: the file cannot be written.
        """
        from kg.html import page_name, render, write_page
        from kg.view import choose

        _known_options(units, lang)
        ids, reached = self._about(view, name), set[str]()
        if view == "impact" and ids:
            rows = self.impact(ids[0], status=status, as_of=as_of).rows
            reached = {iri for row in rows for iri in row["connection_id"]}
        chosen = choose(self.links, view, ids, status, as_of, reached)
        folder = Path(self.store.location)
        target = (
            Path(output) if output else (folder if folder.is_dir() else Path()) / page_name(chosen, index="national")
        )
        return write_page(render(chosen, self._evidence, lang, as_of, units), target)

    def _about(self, view: str, name: str | None) -> tuple[str, ...]:
        """IRIs of what a view of `name` is about."""
        if name and view == "province":
            return self.province(name)
        if name and view in {"system", "impact"}:
            return (self.system(name),)
        if name:
            raise UsageError(f"the {view} view takes no name", hint="kg show --view province NAME")
        return ()

    @property
    def rdf(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset over the same store; its default graph is the union of the named ones.

        A store on disk is open for reading only, and so is this.

        Raises:
            StoreError: the store is a remote one.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        from kg.vocab import PREFIXES

        dataset = rdflib.Dataset(store=OxigraphStore(store=self._local.inner))
        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, iri)
        return dataset

    def check(self, lang: str = "vi") -> Answer:
        """What is doubtful: shapes broken, sources that contradict each other, names of several systems."""
        from kg.consistency import check as consistency
        from kg.ontology import ontology_folder

        _known_options(None, lang)
        return consistency(self.store, self.links, ontology_folder(), lang)

    @property
    def _local(self) -> LocalStore:
        """The store, where it is on this machine."""
        if not isinstance(self.store, LocalStore):
            raise StoreError(
                "this needs a local store: a build folder or an RDF file",
                "rdflib asks a store elsewhere by its SPARQLStore",
            )
        return self.store

    def topology(self, status: Statuses = ("operational",), as_of: str | None = None) -> nx.MultiDiGraph[str]:
        """The connections of a layer as a NetworkX directed multigraph; see `kg.topology.to_networkx`."""
        from kg.topology import to_networkx

        return to_networkx(self.links, status, as_of)

    def dependencies(self, status: Statuses = ("operational",), as_of: str | None = None) -> nx.MultiDiGraph[str]:
        """Who depends on whom, one step, as a NetworkX directed multigraph; see `kg.topology.dependencies`."""
        from kg.topology import dependencies

        return dependencies(asked(self.links, status, as_of).edges)

    def system(self, name: str) -> str:
        """IRI of the system that `name` means.

        Raises:
            UnknownNameError: none is called so.
            AmbiguousNameError: several are.
        """
        few = tuple(fetch.named_systems(self.links, name))
        return resolve(name, few if matches(name, few) else fetch.named_systems(self.links), "system")

    def province(self, name: str) -> tuple[str, ...]:
        """IRIs of the units that `name` means: one, or a province and the unit that took its name.

        Raises:
            UnknownNameError: none is called so.
            AmbiguousNameError: units of different names are.
        """
        return resolve_alike(name, fetch.named_provinces(self.links), "province")

    def type(self, name: str) -> str:
        """Local name of the class of systems that `name` means.

        Raises:
            UnknownNameError: there is none.
        """
        from kg.vocab import local_name

        return local_name(resolve(name, fetch.named_types(self.store, self.links), "type"))

    @property
    def _evidence(self) -> Callable[[Iterable[str]], dict[str, Any]]:
        return lambda claims: fetch.evidence(self.store, tuple(claims))
