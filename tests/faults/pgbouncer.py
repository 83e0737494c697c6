"""PgBouncer between a test and its server: a process of its own, in transaction mode."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from dbkit.embedded.account import server_account
from dbkit.embedded.locks import ticks
from tests.faults.node import ROLE, Node, free_port

__all__ = ["PgBouncer"]

_PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
_READY_SECONDS = 60.0
_LOG_LENGTH_MAX = 4_000
_CONFIGURATION = """\
[databases]
* = host=127.0.0.1 port={node.port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {users}
admin_users = {role}
pool_mode = {mode}
default_pool_size = {size}
{more}
"""


@dataclass
class PgBouncer:
    """A pooler with few connections to one server; all of its databases are the server's."""

    folder: Path
    node: Node
    size: int = 1
    mode: str = "transaction"
    more: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it, and see it accept connections; the test is skipped where it is not installed."""
        if _PROGRAM is None:
            pytest.skip("PgBouncer is not installed (on Debian: apt-get install pgbouncer)")
        account = server_account(self.folder / "pgbouncer")
        account.claim(self.folder / "pgbouncer")
        users, file = self.folder / "users.txt", self.folder / "pgbouncer.ini"
        users.write_text(f'"{ROLE}" ""\n')
        said = {"port": self.port, "mode": self.mode, "size": self.size, "more": self.more}
        file.write_text(_CONFIGURATION.format(node=self.node, role=ROLE, users=users, **said))
        with (self.folder / "pgbouncer.log").open("ab") as output:
            self.process = subprocess.Popen(
                [_PROGRAM, file],
                cwd=self.folder / "pgbouncer",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=account.uid if account.is_other else None,
                group=account.gid if account.is_other else None,
                extra_groups=() if account.is_other else None,
            )
        for _ in ticks(_READY_SECONDS):
            with suppress(psycopg.OperationalError), psycopg.connect(self.conninfo(), connect_timeout=10):
                return
        raise AssertionError(self.log)

    @property
    def log(self) -> str:
        """The end of its log."""
        return (self.folder / "pgbouncer.log").read_text(errors="replace")[-_LOG_LENGTH_MAX:]

    def conninfo(self, database: str = "postgres") -> str:
        """Return libpq's connection string to a database of the server, through the pooler."""
        return make_conninfo(host="127.0.0.1", port=self.port, user=ROLE, dbname=database)

    def url(self, database: str = "postgres", parameters: str = "") -> str:
        """Return the URL of a database of the server, through the pooler."""
        return f"postgresql://{ROLE}@127.0.0.1:{self.port}/{database}{parameters}"

    def remove(self) -> None:
        """Stop it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(_READY_SECONDS)
