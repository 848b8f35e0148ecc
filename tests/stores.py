"""SPARQL stores of others as processes on free ports of this machine: Oxigraph's server, Virtuoso."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import need

PASSWORD = "dba"  # noqa: S105 - the one a fresh Virtuoso has


@dataclass(frozen=True)
class Other:
    """A store that runs."""

    name: str
    query: str
    """Address of its SPARQL endpoint."""
    graphs: str
    """Where it takes the Graph Store Protocol."""
    updates: str
    """Where it takes updates."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"the store did not start: {log.read_text(errors='replace')[-2000:]}") from None
            time.sleep(0.05)
        else:
            return


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    log = folder / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_for(port, process, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Other]:
    """Oxigraph's own server with an empty store."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or need("Oxigraph's server", "oxigraph")
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with running([program, "serve", "--location", "data", "--bind", f"127.0.0.1:{port}"], folder, port):
        yield Other("oxigraph", f"{base}/query", f"{base}/store", f"{base}/update")


SETTINGS = """[Database]
DatabaseFile = {folder}/db
ErrorLogFile = {folder}/log
LockFile = {folder}/lock
TransactionFile = {folder}/log.trx
xa_persistent_file = {folder}/pxa
[TempDatabase]
DatabaseFile = {folder}/tmp.db
TransactionFile = {folder}/tmp.trx
[Parameters]
ServerPort = 127.0.0.1:{admin}
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = {rows}
"""


@contextmanager
def virtuoso(folder: Path, rows: int = 1_000_000) -> Iterator[Other]:
    """Virtuoso with an empty store, which gives at most so many `rows` and takes writes only from its administrator."""
    program = need("Virtuoso", "virtuoso-t")
    port, admin = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(folder=folder, port=port, admin=admin, rows=rows), "utf-8")
    base = f"http://127.0.0.1:{port}"
    with running([program, "+foreground", "+configfile", "virtuoso.ini"], folder, port):
        yield Other("virtuoso", f"{base}/sparql", f"{base}/sparql-graph-crud-auth", f"{base}/sparql-auth")
