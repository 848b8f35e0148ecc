"""What `make bench --write-readme` leaves as it is, and what it replaces."""

from __future__ import annotations

from benchmarks.bench import merged

README = "a\n<!-- bench -->\n**one**: run x\n\n| 1 |\n\n**two**: run x\n\n| 2 |\n<!-- /bench -->\nb\n"


def test_nothing_measured_changes_nothing() -> None:
    assert merged(README, {}) == README


def test_a_section_replaces_its_own_report_alone() -> None:
    assert merged(README, {"two": "**two**: run y\n\n| 3 |"}) == README.replace(
        "**two**: run x", "**two**: run y"
    ).replace("| 2 |", "| 3 |")


def test_a_new_section_comes_last() -> None:
    report = "**three**: run y\n\n| 3 |"
    assert merged(README, {"three": report}) == README.replace("| 2 |\n", f"| 2 |\n\n{report}\n")
