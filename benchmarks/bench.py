"""`make bench`: measures what the project promises, against peers of the same run where there are any.

    python -m benchmarks.bench                    every section
    python -m benchmarks.bench cold questions     only these
    python -m benchmarks.bench --write-readme     and the tables into README.md

A section is a module of this folder with a `TITLE` and a function `rows(lab)` that yields `Row`s; it enters by its name in
`SECTIONS`. Figures are the best of several runs: other work on the machine only ever adds to them. A section that needs
something that is not there says so and is left out.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
import os
import re
import sys
from collections.abc import Iterable, Iterator

from benchmarks.lab import PROJECT, Lab, LackingError, Row

SECTIONS = ("reading", "loading", "cold", "questions", "serving", "refusals", "dependencies", "pages")
"""Modules of this folder, in the order of the report."""
BY_NAME = ("large",)
"""Those that only run when they are asked for: they take long."""

_TABLE = re.compile("(?<=<!-- bench -->\n).*?(?=<!-- /bench -->)", re.DOTALL)


def main() -> int:
    """Run the sections asked for; returns 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(description="Measure what the project promises.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of: {', '.join(SECTIONS + BY_NAME)}")
    parser.add_argument("--write-readme", action="store_true", help="write the tables into README.md")
    wanted = parser.parse_args()
    for unknown in set(wanted.sections).difference(SECTIONS, BY_NAME):
        parser.error(f"no section {unknown!r}: {', '.join(SECTIONS + BY_NAME)}")
    lab, tables, kept = Lab(), [], True
    for name in wanted.sections or SECTIONS:
        section = importlib.import_module(f"benchmarks.{name}")
        found: list[Row] = []
        print(f"{section.TITLE} …", file=sys.stderr)
        try:
            for row in section.rows(lab):
                print("  " + " · ".join(filter(None, row)), file=sys.stderr)
                found.append(row)
        except LackingError as lack:
            print(f"  left out: {lack}", file=sys.stderr)
            continue
        kept = kept and not any(row.kept == "no" for row in found)
        tables.append("\n".join((f"**{section.TITLE}**", "", *table(found))))
    report = "\n\n".join((machine(), *tables)) + "\n"
    print(report)
    if wanted.write_readme:
        path = PROJECT / "README.md"
        path.write_text(_TABLE.sub(lambda _: report, path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return 0 if kept else 1


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as Markdown."""
    yield "| what | measured | against | bound | kept |"
    yield "|---|---|---|---|---|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def machine() -> str:
    """A line on what the figures were taken on."""
    python = ".".join(map(str, sys.version_info[:3]))
    load = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return f"Run of {today} on {os.cpu_count()} cores, {sys.platform}, Python {python}{load}."


if __name__ == "__main__":
    sys.exit(main())
