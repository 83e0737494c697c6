"""The embedded server as its users see it: start, connect, close."""

from __future__ import annotations

import atexit
import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from dbkit.embedded.account import Account, server_account
from dbkit.embedded.binaries import Version
from dbkit.embedded.cluster import PORT, ROLE, Cluster, Launch
from dbkit.embedded.locks import FileLock
from dbkit.types.errors import AlreadyExists, ConfigurationInvalid, DbkitError, ServerReport, Unavailable, ValueInvalid

_DATABASE = "dbkit"
_LOCK_SECONDS = 60.0
_CONNECT_SECONDS = 10
_NAME_BYTES = 63


class EmbeddedServer:
    """One use of the server of a folder. The server lives as long as anybody uses it.

    It serves the database `dbkit` to the role `dbkit`, a superuser, over a unix socket that only the
    server's account (and root) may open. Commits are asynchronous: a crash may take the last ones
    along, and leaves the data sound.

    An object whose process forks stays the parent's: in the child, `close` does nothing. A process
    that ends without closing (it may be killed) leaves the server running, for the next one to take
    over. Safe to use from several threads.
    """

    folder: Path
    version: Version

    def __init__(self, folder: Path, account: Account, launch: Launch) -> None:
        """Take part in the server of a prepared folder. Callers use `start`."""
        self.folder = folder
        self._cluster = Cluster(folder, account, launch)
        self._closing = threading.Lock()
        self._start_lock = FileLock(folder / "start.lock")
        self._users_lock = FileLock(folder / "users.lock")
        try:
            with self._start_lock.exclusive(_LOCK_SECONDS):
                # Never in anybody's way: the exclusive side is taken under the start lock only.
                self._users_lock.try_shared()
                self._socket_folder = self._cluster.ensure_running().socket_folder
                self.version = self._prepare_database()
        except BaseException:
            self.close()
            raise
        atexit.register(self.close)

    @classmethod
    def start(cls, folder: Path | None = None, launch: Launch | None = None) -> EmbeddedServer:
        """Start the folder's server, as `launch` says, or join those who use it already.

        A folder that does not exist is made; root's is opened for passing through, because its server
        runs as another account. The default is $XDG_DATA_HOME/dbkit/postgres, without that variable
        ~/.local/share/dbkit/postgres, and for root /var/lib/dbkit/postgres. The server's version is
        the data's own, for new data that of `find_binaries`. Raises `ConfigurationInvalid` where folder
        or binaries will not do, `Unavailable` where the server does not come up.
        """
        chosen = (folder if folder is not None else _default_folder()).expanduser().resolve()
        try:
            account = server_account(chosen / "postgres")
            _prepare_folder(chosen, account)
            return cls(chosen, account, launch or Launch())
        except OSError as error:
            refusal = str(error)
        raise ConfigurationInvalid(
            f"the folder {chosen} cannot be used for an embedded server: {refusal}",
            advice="Name a folder that this user may write: embedded:///folder.",
        )

    @property
    def conninfo(self) -> str:
        """The libpq connection string of the database `dbkit`, as its owner."""
        return self.conninfo_for(_DATABASE)

    def conninfo_for(self, database: str) -> str:
        """Return the libpq connection string of a database of this server."""
        return make_conninfo(host=str(self._socket_folder), port=PORT, user=ROLE, dbname=database)

    def create_database(self, name: str) -> None:
        """Create an empty database. `AlreadyExists` where there is one of that name, `ValueInvalid` for a bad name."""
        self._execute(sql.SQL("CREATE DATABASE {}").format(_identifier(name)))

    def drop_database(self, name: str) -> None:
        """Drop a database and end its connections; where there is none, do nothing."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_identifier(name)))

    def leave_running(self) -> None:
        """Give up this use, and let the server run on for whoever comes next; `close` then does nothing."""
        with self._closing:
            self._let_go()

    def close(self) -> None:
        """Give up this use, and stop the server if it was the last one. Again, or after a fork: nothing."""
        with self._closing:
            if self._users_lock.closed:
                return
            try:
                with self._start_lock.exclusive(_LOCK_SECONDS):
                    if self._users_lock.try_exclusive():
                        self._cluster.stop()
            finally:
                self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<EmbeddedServer in {self.folder}>"

    def _let_go(self) -> None:
        self._users_lock.close()
        self._start_lock.close()
        atexit.unregister(self.close)

    def _prepare_database(self) -> Version:
        """Create the database `dbkit` if it is missing, and return the server's version."""
        rows, version = self._execute(
            sql.SQL("SELECT FROM pg_database WHERE datname = {}").format(sql.Literal(_DATABASE))
        )
        if not rows:
            self.create_database(_DATABASE)
        return version

    def _execute(self, statement: sql.Composed) -> tuple[int, Version]:
        """Run one statement in the maintenance database; return its row count and the server's version."""
        try:
            with psycopg.connect(
                self.conninfo_for("postgres"), autocommit=True, connect_timeout=_CONNECT_SECONDS
            ) as connection:
                cursor = connection.execute(statement)
                return cursor.rowcount, Version(*divmod(connection.info.server_version, 10_000))
        except psycopg.Error as error:
            report = ServerReport(error.sqlstate, kind=type(error).__name__)
        raise _failure(report) from report


def _failure(report: ServerReport) -> DbkitError:
    if report.sqlstate == "42P04":
        return AlreadyExists(
            "a database of this name exists", sqlstate=report.sqlstate, advice="Drop it first, or choose another name."
        )
    what = "cannot be reached" if report.sqlstate is None else "refused a statement"
    return Unavailable(
        f"the embedded server {what} ({report})",
        sqlstate=report.sqlstate,
        advice="Start it again; server.log says more.",
    )


def _identifier(name: str) -> sql.Identifier:
    # PostgreSQL cuts longer names, so the database would not be found under the name that was given.
    if not 0 < len(name.encode()) <= _NAME_BYTES or "\0" in name:
        raise ValueInvalid(
            "a database name has 1 to 63 bytes and no NUL", advice="Choose another name for the database."
        )
    return sql.Identifier(name)


def _default_folder() -> Path:
    # Root's own home is closed to the account that the server then runs as.
    if os.geteuid() == 0:
        return Path("/var/lib/dbkit/postgres")
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "dbkit" / "postgres"


def _prepare_folder(folder: Path, account: Account) -> None:
    """Make the folder, or see that it is empty or an embedded server's, and that the account gets there."""
    _require_way(folder, account)
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
    # The start lock is the first file that is made, so a filled folder without it is not an embedded server's.
    if any(folder.iterdir()) and not (folder / "start.lock").exists():
        raise ConfigurationInvalid(
            f"{folder} holds something else than an embedded server's data", advice="Name a new or an empty folder."
        )
    if account.is_other:
        # The account has to pass through; what is inside is closed to others all the same.
        for path in {folder, *missing}:
            path.chmod(path.stat().st_mode | 0o111)


def _require_way(folder: Path, account: Account) -> None:
    closed = account.closed_folder_above(folder)
    if closed is not None:
        raise ConfigurationInvalid(
            f"PostgreSQL refuses to run as root, and {closed} is closed to the account that it runs as instead"
            f" (user id {account.uid}), so {folder} cannot be used",
            advice="Name a folder that other users may reach, such as one under /var/lib or /tmp.",
        )
