"""A server to make trouble with: it is stopped, started again on the same port, and its sessions frozen."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import NullPool, create_engine

from dbkit.embedded import find_binaries
from dbkit.embedded.account import Account, server_account
from dbkit.embedded.binaries import readable_by
from dbkit.embedded.locks import ticks
from dbkit.models import PROVIDERS, Base

__all__ = ["Server", "served"]

_ROLE = "dbkit"
_READY_SECONDS = 30.0
_WHEEL_CACHE = Path("/var/cache/dbkit")
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "600",
    "fsync": "off",
    "shared_buffers": "32MB",
    "timezone": "UTC",
    "lc_messages": "C",
}
_SESSIONS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


class Server:
    """A PostgreSQL of the run's own on a port of loopback, which it keeps over its restarts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._account: Account = server_account(folder / "postgres")
        self._account.claim(folder / "postgres")
        self._data = folder / "postgres" / "data"
        self._binaries = readable_by(self._account, find_binaries(), _WHEEL_CACHE).folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        initdb = ("initdb", "-D", self._data, "-U", _ROLE, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-A", "trust")
        assert self._launched(*initdb).wait() == 0, self._log()

    def url(self, port: int | None = None) -> str:
        """Return the URL of the server itself or, by its port, of a relay before it."""
        return f"postgresql://{_ROLE}@127.0.0.1:{port or self.port}/postgres"

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Open a plain connection in autocommit."""
        return psycopg.connect(self.url(), autocommit=True, connect_timeout=2)

    def start(self) -> float:
        """Start the server; return the time (`time.monotonic`) from which on it accepted connections."""
        options = {**_SETTINGS, "port": str(self.port), "unix_socket_directories": str(self._data)}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self._process = self._launched("postgres", "-D", self._data, *words)
        for _ in ticks(_READY_SECONDS):
            begin = time.monotonic()
            with suppress(psycopg.OperationalError), self.connect():
                return begin
        raise AssertionError(self._log())

    def stop(self) -> float:
        """Stop the server as `pg_ctl stop -m fast` does; return the time when it was told to."""
        begin = time.monotonic()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_READY_SECONDS)
        return begin

    @contextmanager
    def frozen_sessions(self) -> Iterator[None]:
        """Freeze all sessions for a block: their sockets stay open, and nothing answers. New ones are served."""
        with _frozen(self._sessions()):
            yield

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Freeze the server for a block: the system goes on to take connections for it, and nothing answers."""
        assert self._process is not None
        with _frozen([self._process.pid, *self._sessions()]):
            yield

    def _sessions(self) -> list[int]:
        """Return the processes that serve clients."""
        with self.connect() as connection:
            return [int(str(pid)) for (pid,) in connection.execute(_SESSIONS)]

    def _launched(self, program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        with (self._folder / "server.log").open("ab") as output:
            return subprocess.Popen(
                [self._binaries / program, *arguments],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self._account.uid if self._account.is_other else None,
                group=self._account.gid if self._account.is_other else None,
                extra_groups=() if self._account.is_other else None,
            )

    def _log(self) -> str:
        return (self._folder / "server.log").read_text(errors="replace")


@contextmanager
def served() -> Iterator[Server]:
    """Start a server with one empty table, `providers`; stop it and remove its folder in the end."""
    folder = Path(tempfile.mkdtemp(prefix="dbkit-benchmarks-"))
    # PostgreSQL refuses to run as root; another account has to pass through.
    folder.chmod(0o755)
    server = None
    try:
        server = Server(folder)
        server.start()
        _make_table(server.url())
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _make_table(url: str) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool)
    Base.metadata.create_all(engine, tables=[PROVIDERS.table])


@contextmanager
def _frozen(pids: list[int]) -> Iterator[None]:
    _signalled(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _signalled(pids, signal.SIGCONT)


def _signalled(pids: list[int], which: signal.Signals) -> None:
    for pid in pids:
        # A client that goes away ends its session.
        with suppress(ProcessLookupError):
            os.kill(pid, which)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
