"""How right the reading is, and why it errs: precision, recall and F1 against hand annotation, misses by cause.

    python -m benchmarks.score_report                     texts of tests/corpus, and the seeds of $KG_CORPUS where it is set
    python -m benchmarks.score_report --details k01       every miss of the documents whose name begins so
    python -m benchmarks.score_report --write-readme      put the totals into README.md

$KG_CORPUS is a folder with seeds/, annotated in ../gold/seeds. Nothing else there is ever opened: what is kept to estimate
accuracy on unseen texts must stay unseen.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import KINDS, Count, Item, Scored, score
from benchmarks.misses import CAUSES, Miss, misses
from kg.documents import Unreadable, read_documents
from kg.errors import KgError
from kg.graph import fact_json, gather
from kg.model import Document
from kg.ontology import load_ontology
from kg.relate import Reader

PROJECT = Path(__file__).resolve().parent.parent
SETS = ("seeds",)
"""Folders of $KG_CORPUS that may be read while rules are written."""
OWN = {"tests/corpus": PROJECT / "tests" / "corpus", "dev": PROJECT / "tests" / "corpus" / "dev"}
"""Corpora of the project, each with texts/ and gold/."""
_TABLE = re.compile("(?<=<!-- score -->\n).*?(?=<!-- /score -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Annotated texts."""

    name: str
    texts: Path
    gold: Path


@dataclass(frozen=True, slots=True)
class Report:
    """The score of a corpus."""

    corpus: Corpus
    documents: tuple[Scored, ...]
    missed: tuple[Miss, ...]

    def total(self, kind: str) -> Count:
        """Counts of `kind` over all documents; 'status' of the systems found."""
        return sum((of(document, kind) for document in self.documents), Count())


def of(scored: Scored, kind: str) -> Count:
    """Counts of `kind` in a document."""
    return scored.status if kind == "status" else scored.counts[kind]


def corpora(folder: str | None) -> Iterator[Corpus]:
    """The project's own corpora and, where `folder` names the annotated corpus beside it, the sets that may be read.

    Raises:
        KgError: a set has no annotation.

    """
    yield from (Corpus(name, own / "texts", own / "gold") for name, own in OWN.items())
    for name in SETS if folder else ():
        texts, gold = Path(str(folder), name), Path(str(folder)).resolve().parent / "gold" / name
        if not texts.is_dir() or not gold.is_dir():
            raise KgError(f"no annotated texts: {texts} with {gold}", "KG_CORPUS names a folder with seeds/")
        yield Corpus(name, texts, gold)


def annotated(corpus: Corpus) -> Iterator[tuple[Document, Item]]:
    """Each text of a corpus that is annotated, with its annotation."""
    for document in read_documents([corpus.texts]):
        path = corpus.gold / f"{Path(document.file).stem}.json"
        if not isinstance(document, Unreadable) and path.exists():
            yield document, json.loads(path.read_text(encoding="utf-8"))


def measured(corpus: Corpus, reader: Reader) -> Report:
    """Read the texts of `corpus` and compare what was read with its annotation."""
    facts: dict[str, list[Item]] = defaultdict(list)
    texts: dict[str, str] = {}
    for document in read_documents([corpus.texts]):
        if not isinstance(document, Unreadable):
            name = Path(document.file).stem
            texts[name] = document.text
            facts[name] += map(fact_json, gather([reader.read(document)]).facts())
    golds = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(corpus.gold.glob("*.json"))}
    documents = tuple(score(name, gold, facts[name]) for name, gold in golds.items())
    missed = tuple(miss for scored in documents for miss in misses(scored, texts.get(scored.name, "")))
    return Report(corpus, documents, missed)


# -- Markdown --------------------------------------------------------------------------------------------------------


def totals(reports: Sequence[Report]) -> Iterator[str]:
    """A table of all corpora: P / R / F1 of each kind, and how many gold items they rest on."""
    yield from _head("measured (P / R / **F1**)", *(f"{r.corpus.name} ({len(r.documents)})" for r in reports))
    for kind in KINDS:
        yield _row(kind, *(f"{_cell(r.total(kind))} of {r.total(kind).gold}" for r in reports))
    yield _row("status of systems found", *(f"{r.total('status').recall:.2f}" for r in reports))


def causes(reports: Sequence[Report]) -> Iterator[str]:
    """A table of causes: missed systems + links + links found in part, per corpus."""
    yield from _head("missed: systems + links + links in part", *(r.corpus.name for r in reports))
    counts = [Counter((miss.kind, miss.cause) for miss in r.missed) for r in reports]
    for cause in CAUSES:
        cells = [" + ".join(str(c[kind, cause]) for kind in ("system", "link", "full")) for c in counts]
        yield _row(cause, *("" if cell == "0 + 0 + 0" else cell for cell in cells))


def documents(report: Report) -> Iterator[str]:
    """A table of one corpus: F1 of each kind per document, with what was found of what was annotated."""
    yield from _head(report.corpus.name, *KINDS, "status", "causes of misses")
    for one in report.documents:
        why = Counter(miss.cause for miss in report.missed if miss.document == one.name)
        told = ", ".join(f"{cause} {why[cause]}" for cause in CAUSES if why[cause])
        cells = (f"{c.f1:.2f} ({c.right}/{c.gold})" if c.gold or c.predicted else "" for c in _counts(one))
        yield _row(one.name, *cells, f"{one.status.recall:.2f}", told)
    summed = [f"**{c.f1:.2f}** ({c.right}/{c.gold})" for c in map(report.total, KINDS)]
    yield _row("total", *summed, f"{report.total('status').recall:.2f}", "")


def _counts(scored: Scored) -> list[Count]:
    return [scored.counts[kind] for kind in KINDS]


def _cell(count: Count) -> str:
    return f"{count.precision:.2f} / {count.recall:.2f} / **{count.f1:.2f}**"


def _head(*cells: str) -> tuple[str, str]:
    return _row(*cells), "|" + "---|" * len(cells)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def details(reports: Iterable[Report], name: str) -> Iterator[str]:
    """Every miss of the documents whose name begins with `name`, one a line."""
    for report in reports:
        for miss in report.missed:
            if miss.document.startswith(name):
                yield f"{miss.document}\t{miss.kind}\t{miss.cause}\t{miss.what}\t{miss.quote!r}"


def summary(reports: Sequence[Report], date: str) -> str:
    """The tables of the README, with the date of the run."""
    lines = [f"Run of {date}; in brackets the number of documents.", "", *totals(reports), "", *causes(reports)]
    return "\n".join(lines) + "\n"


def write_readme(path: Path, text: str) -> None:
    """Put `text` between the marks `<!-- score -->` and `<!-- /score -->` of the file at `path`.

    Raises:
        KgError: there are no such marks, or several.

    """
    page = path.read_text(encoding="utf-8")
    if len(_TABLE.findall(page)) != 1:
        raise KgError(f"{path.name} has no place for the table", "<!-- score --> and <!-- /score -->, each on a line")
    path.write_text(_TABLE.sub(lambda _: text, page), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--details", metavar="NAME", help="list each miss of the documents whose name begins so")
    parser.add_argument("--write-readme", action="store_true", help="put the totals into README.md")
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    parser.add_argument("--date", default=today, help="date of the run (today)")
    options = parser.parse_args(arguments)
    try:
        reader = Reader(load_ontology())
        reports = [measured(corpus, reader) for corpus in corpora(os.environ.get("KG_CORPUS"))]
        if options.write_readme:
            write_readme(PROJECT / "README.md", summary(reports, options.date))
    except KgError as error:
        print(f"score: {error.message}\nhint: {error.hint}", file=sys.stderr)
        return error.exit_code
    if options.details is not None:
        print("\n".join(details(reports, options.details)))
    else:
        print("\n\n".join("\n".join(documents(report)) for report in reports))
        print("\n" + summary(reports, options.date), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
