"""PostgreSQL servers to break: each a process of its own that a test starts, stops, freezes, kills, and promotes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from dbkit.embedded import find_binaries
from dbkit.embedded.account import Account, server_account
from dbkit.embedded.binaries import readable_by
from dbkit.embedded.locks import ticks

__all__ = ["Node", "free_port"]

ROLE = "dbkit"
_READY_SECONDS = 60.0
_WHEEL_CACHE = Path("/var/cache/dbkit")
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "wal_level": "replica",
    "max_wal_senders": "10",
    "hot_standby": "on",
    "fsync": "off",
    "timezone": "UTC",
    "lc_messages": "C",
    "shared_buffers": "32MB",
}
_TRUSTING = "local all all trust\nhost all all 127.0.0.1/32 trust\nlocal replication all trust\n"


@dataclass
class Node:
    """One server, on a port of loopback that it keeps over its restarts, with the superuser `dbkit`.

    `rules` are the lines of pg_hba.conf. Use `Node.made` or `standby`, and `remove` it in the end.
    """

    folder: Path
    port: int
    account: Account
    settings: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @classmethod
    def made(cls, folder: Path, *, settings: Mapping[str, str] | None = None, rules: str = _TRUSTING) -> Node:
        """Make a cluster in an empty folder, which other accounts can reach, and start it."""
        node = cls._new(folder, settings or {})
        node._run("initdb", "-D", node.data, "-U", ROLE, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-A", "trust")
        (node.data / "pg_hba.conf").write_text(rules)
        node.start()
        return node

    @classmethod
    def _new(cls, folder: Path, settings: Mapping[str, str]) -> Node:
        account = server_account(folder / "postgres")
        account.claim(folder / "postgres")
        return cls(folder, free_port(), account, settings)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "postgres" / "data"

    @property
    def log(self) -> str:
        """What the server has written to its log."""
        return (self.folder / "server.log").read_text(errors="replace")

    @property
    def pid(self) -> int:
        """The postmaster's process id."""
        assert self.process is not None
        return self.process.pid

    def conninfo(self, database: str = "postgres", **parameters: Any) -> str:
        """Return libpq's connection string, over TCP."""
        return make_conninfo(host="127.0.0.1", port=self.port, user=ROLE, dbname=database, **parameters)

    def url(self, database: str = "postgres", user: str = ROLE) -> str:
        """Return the URL, over TCP."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres", **parameters: Any) -> psycopg.Connection[TupleRow]:
        """Open a plain connection in autocommit, to look behind the back of what is tested."""
        return psycopg.connect(self.conninfo(database, **parameters), autocommit=True)

    def execute(self, statement: str, database: str = "postgres") -> list[TupleRow]:
        """Run a statement on a connection of its own and return its rows."""
        with self.connect(database) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def start(self, *, wait: bool = True) -> None:
        """Start the server and, with `wait`, see it accept connections."""
        options = {**_SETTINGS, **self.settings, "port": str(self.port), "unix_socket_directories": str(self.data)}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self.process = self._popen("postgres", "-D", self.data, *words)
        if wait:
            self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until the server accepts connections."""
        for _ in ticks(_READY_SECONDS):
            with suppress(psycopg.OperationalError), self.connect(connect_timeout=10):
                return
        raise AssertionError(self.log)

    def stop(self, *, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: fast, as SIGINT has it, unless another signal says otherwise."""
        if self.process is not None and self.process.poll() is None:
            self.thaw()
            self.process.send_signal(how)
            self.process.wait(_READY_SECONDS)

    def restart(self, *, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server and start it again."""
        self.stop(how=how)
        self.start()

    def crash(self) -> None:
        """Kill all processes of the server at once, as a machine that goes down would."""
        children = self.children()
        os.kill(self.pid, signal.SIGKILL)
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert self.process is not None
        self.process.wait(_READY_SECONDS)
        # Its processes let go of the data folder's shared memory a moment after they are gone.
        for _ in ticks(_READY_SECONDS):
            if not any(Path(f"/proc/{pid}").exists() for pid in children):
                break

    def children(self) -> list[int]:
        """Return the process ids of the server's processes, but for the postmaster."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def freeze(self, pids: Sequence[int] | None = None) -> None:
        """Stop processes (all, without `pids`) where they are: their sockets stay open, and nothing answers."""
        for pid in pids if pids is not None else [self.pid, *self.children()]:
            os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let all processes go on."""
        for pid in [self.pid, *self.children()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def standby(self, folder: Path, *, name: str = "standby", settings: Mapping[str, str] | None = None) -> Node:
        """Make a streaming standby in an empty folder, and start it; `name` is its application's name."""
        node = Node._new(folder, {**self.settings, **(settings or {})})
        source = make_conninfo(host=str(self.data), port=self.port, user=ROLE, application_name=name)
        node._run("pg_basebackup", "-D", node.data, "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        node.start()
        return node

    def promote(self) -> None:
        """Make a standby the primary, and see it take writes."""
        self.execute("select pg_promote(wait => true)")

    def wait_until_replayed(self, position: str) -> None:
        """Wait until this standby has replayed the log up to a position (`pg_current_wal_lsn()`)."""
        for _ in ticks(_READY_SECONDS):
            if self.execute(f"select pg_last_wal_replay_lsn() >= '{position}'::pg_lsn")[0][0]:
                return
        raise AssertionError(self.log)

    def remove(self) -> None:
        """Stop the server and remove its folder."""
        self.stop(how=signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def _output(self) -> Iterator[IO[bytes]]:
        with (self.folder / "server.log").open("ab") as output:
            yield output

    def _command(self, program: str, *arguments: str | Path) -> list[str | Path]:
        return [readable_by(self.account, find_binaries(), _WHEEL_CACHE).folder / program, *arguments]

    def _run(self, program: str, *arguments: str | Path) -> None:
        with self._output() as output:
            command = self._command(program, *arguments)
            done = self.account.run(command, cwd=self.folder, output=output, keep_open=output.fileno())
        assert done.returncode == 0, self.log

    def _popen(self, program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        with self._output() as output:
            return subprocess.Popen(
                self._command(program, *arguments),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.account.uid if self.account.is_other else None,
                group=self.account.gid if self.account.is_other else None,
                extra_groups=() if self.account.is_other else None,
            )


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
