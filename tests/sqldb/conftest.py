"""A PostgreSQL server of the tests' own, on a Unix socket in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbkit.sqldb._sync.wire import DbkitConnection
from tests.sqldb.wire_values import DDL

BINARIES = Path("/usr/lib/postgresql/15/bin")
USER = "postgres" if os.getuid() == 0 else None


@pytest.fixture(scope="session")
def dsn() -> Iterator[str]:
    """Start a server, and stop it at the end of the run."""
    folder = Path(tempfile.mkdtemp(prefix="dbkit-"))
    if USER is not None:
        shutil.chown(folder, USER)
    data = folder / "data"
    _command("initdb", "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres", "-N")
    with (data / "pg_hba.conf").open() as rules:
        rest = rules.read()
    (data / "pg_hba.conf").write_text(f"local all guarded scram-sha-256\n{rest}")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
    _command("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"host={folder} user=postgres dbname=postgres"
    finally:
        _command("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def _command(name: str, *arguments: str) -> None:
    subprocess.run([str(BINARIES / name), *arguments], user=USER, check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture
def connection(dsn: str) -> Iterator[DbkitConnection]:
    """Open a connection with an empty table `samples`."""
    with DbkitConnection.connect(dsn, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("drop table if exists samples")
        connection.execute(DDL)
        yield connection
