"""`kg serve`: the command that answers over HTTP."""

from __future__ import annotations

import click

from kg.terminal import store_option


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; by default this machine only."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    metavar="SECONDS",
    default=30.0,
    show_default=True,
    help="Time limit of a query.",
)
@store_option
def serve(host: str, port: int, timeout: float, store: str) -> None:
    """Answer over HTTP: a SPARQL endpoint, JSON, the pages.

    SPARQL 1.1 Protocol at /sparql, the dependency questions at /api/linked and so on (/api/openapi.json lists them), the
    pages of the build at /. Nothing can be changed. A new build in the same folder is taken up by itself.

    \b
    Example:
      kg serve --port 8080 --timeout 10
    """
    from kg.pool import Limits
    from kg.server import serve as run

    run(store, host, port, Limits(seconds=timeout))
