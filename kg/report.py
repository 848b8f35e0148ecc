"""What a build did, as a value, as `report.json` and in a few lines for people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kg import __version__
from kg.documents import Unreadable
from kg.graph import Graph
from kg.messages import say
from kg.validate import Contradiction, Violation


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """A document of the build."""

    name: str
    file: str
    digest: str
    province: str | None
    """IRI of the unit it is about."""
    province_clue: str
    date: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A name that looks like a system's and could not be resolved."""

    name: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Different wordings that were taken for one system."""

    id: str
    label: str
    wordings: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build read, wrote and found wrong."""

    version: str
    ontology_digest: str
    digest: str
    """Digest of the graph: the same content gives the same."""
    documents: tuple[DocumentRead, ...]
    counts: tuple[tuple[str, int], ...]
    unreadable: tuple[Unreadable, ...]
    unlinked: tuple[Unlinked, ...]
    merges: tuple[Merge, ...]
    validated: bool
    """Whether the shapes were checked: not beyond the limit."""
    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]
    contradictions: tuple[Contradiction, ...]

    def as_json(self) -> dict[str, Any]:
        """The object of `report.json`, keys in their order."""
        return {
            "version": self.version,
            "ontology_digest": self.ontology_digest,
            "digest": self.digest,
            "documents": [asdict(document) for document in self.documents],
            "counts": dict(self.counts),
            "unreadable": [
                {"file": one.file, "reason": one.error.message, "hint": one.error.hint} for one in self.unreadable
            ],
            "unlinked": [asdict(name) for name in self.unlinked],
            "merges": [asdict(merge) for merge in self.merges],
            "validated": self.validated,
            "violations": [one.as_json() for one in self.violations],
            "warnings": [one.as_json() for one in self.warnings],
            "contradictions": [one.as_json() for one in self.contradictions],
        }

    def write(self, path: Path) -> None:
        """Write `report.json`."""
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")

    def summary(self, lang: str = "vi") -> tuple[str, ...]:
        """Lines that tell people what came of the build."""
        return tuple(self._lines(lang))

    def _lines(self, lang: str) -> Iterator[str]:
        newest = max((document.date for document in self.documents if document.date), default=None)
        yield say("build.read", lang, newest=newest or say("note.undated", lang), **dict(self.counts))
        if left_out := dict(self.counts).get("left_out"):
            yield say("build.left-out", lang, count=left_out)
        if self.unlinked:
            names = sorted({one.name for one in self.unlinked})
            more = " …" if len(names) > 5 else ""
            yield say("build.unlinked", lang, count=len(names), names="; ".join(names[:5]) + more)
        if not self.validated:
            yield say("build.not-validated", lang)
        for violation in self.violations[:5]:
            message = violation.message_vi if lang == "vi" else violation.message_en
            yield say("build.violation", lang, label=violation.label, message=message)
        if self.violations or self.warnings:
            yield say("build.violations", lang, count=len(self.violations), warnings=len(self.warnings))
        if self.contradictions:
            yield say("build.contradictions", lang, count=len(self.contradictions))


def report_of(
    graph: Graph,
    digest: str,
    ontology_digest: str,
    triples: int,
    unreadable: Sequence[Unreadable],
    found: Sequence[Violation] | None,
    contradictions: Sequence[Contradiction],
) -> BuildReport:
    """Report on the build of `graph`; `found` is what the shapes said, None where they were not asked."""
    counts = _counts(graph, triples)
    return replace(
        loaded_report(digest, ontology_digest, _documents(graph), counts, found, contradictions),
        unreadable=tuple(sorted(unreadable, key=lambda one: one.file)),
        unlinked=tuple(
            Unlinked(name, reading.document.file, span.start, span.end)
            for reading in graph.readings
            for name, span in sorted(reading.unlinked, key=lambda pair: (pair[1].start, pair[1].end))
        ),
        merges=tuple(
            Merge(system.id, system.label, tuple(sorted({system.label, *system.alt_labels})), system.documents)
            for system in graph.systems
            if system.alt_labels
        ),
    )


def loaded_report(
    digest: str,
    ontology_digest: str,
    documents: Iterable[DocumentRead],
    counts: Iterable[tuple[str, int]],
    found: Sequence[Violation] | None,
    contradictions: Sequence[Contradiction],
) -> BuildReport:
    """Report on a graph that was loaded and not read from texts; `found` as in `report_of`."""
    return BuildReport(
        version=__version__,
        ontology_digest=ontology_digest,
        digest=digest,
        documents=tuple(documents),
        counts=tuple(counts),
        unreadable=(),
        unlinked=(),
        merges=(),
        contradictions=tuple(contradictions),
        **_verdict(found),
    )


def _verdict(found: Sequence[Violation] | None) -> dict[str, Any]:
    """What the shapes said; None where they were not asked."""
    return {
        "validated": found is not None,
        "violations": tuple(one for one in found or () if one.severity == "violation"),
        "warnings": tuple(one for one in found or () if one.severity != "violation"),
    }


def _documents(graph: Graph) -> Iterator[DocumentRead]:
    for reading in graph.readings:
        document = reading.document
        yield DocumentRead(
            document.name,
            document.file,
            document.digest,
            reading.province,
            reading.province_clue,
            reading.date,
            document.get("title"),
        )


def _counts(graph: Graph, triples: int) -> Iterator[tuple[str, int]]:
    kinds = [fact.kind for reading in graph.readings for fact in reading.facts]
    yield "documents", len(graph.readings)
    yield "systems", len(graph.systems)
    yield "connections", len(graph.connections)
    yield "claims", kinds.count("connection")
    yield "uses", kinds.count("use")
    yield "measures", kinds.count("measure")
    yield "policies", kinds.count("policy")
    yield "triples", triples


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
