"""`python -m kg`, and the entry point of the command `kg`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(
        100_000
    )  # answers are many small values and no cycles: looking for these costs a third of the time

    from kg.cli import cli
    from kg.terminal import run

    sys.exit(run(cli))


if __name__ == "__main__":
    main()
