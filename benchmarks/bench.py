"""`make bench`: measures what the project promises, against peers of the same run where there are any.

    python -m benchmarks.bench                    every section
    python -m benchmarks.bench cold questions     only these
    python -m benchmarks.bench --write-readme     and the tables into README.md, those of other sections left as they are

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
from collections.abc import Iterable, Iterator, Mapping

from benchmarks.lab import PROJECT, Lab, LackingError, Row

SECTIONS = ("reading", "loading", "cold", "questions", "serving", "refusals", "dependencies", "pages")
"""Modules of this folder, in the order of the report."""
BY_NAME = ("large",)
"""Those that only run when they are asked for: they take long."""

_TABLES = re.compile("(?<=<!-- bench -->\n).*?(?=<!-- /bench -->)", re.DOTALL)
_HEAD = re.compile(r"^\*\*(.+?)\*\*", re.MULTILINE)
"""How the report of a section begins."""


def main() -> int:
    """Run the sections asked for; returns 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(description="Measure what the project promises.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of: {', '.join(SECTIONS + BY_NAME)}")
    parser.add_argument("--write-readme", action="store_true", help="write the tables into README.md")
    wanted = parser.parse_args()
    for unknown in set(wanted.sections).difference(SECTIONS, BY_NAME):
        parser.error(f"no section {unknown!r}: {', '.join(SECTIONS + BY_NAME)}")
    lab, told, kept = Lab(), dict[str, str](), True
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
        told[section.TITLE] = "\n".join((f"**{section.TITLE}**: {machine()}", "", *table(found)))
    print("\n\n".join(told.values()))
    if wanted.write_readme:
        path = PROJECT / "README.md"
        path.write_text(merged(path.read_text(encoding="utf-8"), told), encoding="utf-8", newline="\n")
    return 0 if kept else 1


def merged(readme: str, told: Mapping[str, str]) -> str:
    """The README with these reports, by title, for those of the same titles; new ones at the end."""

    def together(block: re.Match[str]) -> str:
        starts = [match.start() for match in _HEAD.finditer(block.group())]
        old = [block.group()[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
        reports = {match.group(1): report for report in old if (match := _HEAD.match(report))}
        return "\n\n".join({**reports, **told}.values()) + "\n"

    return _TABLES.sub(together, readme)


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as Markdown."""
    yield "| what | measured | against | bound | kept |"
    yield "|---|---|---|---|---|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def machine() -> str:
    """What the figures were taken on, and when."""
    python = ".".join(map(str, sys.version_info[:3]))
    load = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return f"run of {today} on {os.cpu_count()} cores, {sys.platform}, Python {python}{load}."


if __name__ == "__main__":
    sys.exit(main())
