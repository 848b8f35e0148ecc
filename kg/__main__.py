"""`python -m kg`, and the entry point of the command `kg`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    from kg.cli import cli
    from kg.terminal import run

    sys.exit(run(cli))


if __name__ == "__main__":
    main()
