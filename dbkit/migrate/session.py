"""The sessions of the migration commands: where they lead, how they are set, what their errors become.

SQLAlchemy and the backends are imported where a failure is told, not before: a command that finds
nothing to do needs the driver alone.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.database.url import EmbeddedTarget, MemoryTarget, PostgresTarget, resolve
from dbkit.types.errors import ConfigurationInvalid, DbkitError, SchemaMismatch

__all__ = ["Session", "Target", "failure", "locate"]

_CONNECT_SECONDS = 10
# A network that is cut says nothing: the client ends after half a minute without an answer.
_LIVENESS = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}
_SERVER_VERSION_MIN = 150000
_TRANSACTION_TIMEOUT_SINCE = 170000
_SETTINGS = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, MDY",
    # A role's or database's own limits are for services; the runner sets those of its revisions itself.
    "statement_timeout": "0",
    "lock_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "idle_session_timeout": "0",
    # The server gives up as soon as the client: else its backend keeps what it has locked for hours.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "4",
    "tcp_user_timeout": "30s",
}
_SET = "SELECT set_config(name, value, %s) FROM unnest(%s::text[], %s::text[]) AS settings (name, value)"
_ABOUT_US: LiteralString = """
    SELECT pg_backend_pid(), backend_start::text, current_schema(), current_database()
    FROM pg_stat_get_activity(pg_backend_pid())
"""
_APPLICATION_NAME_LENGTH_MAX = 63

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Target:
    """A database: libpq's connection string, and what may be shown of it."""

    conninfo: str
    shown_as: str


@contextmanager
def locate(url: str | None, env: str | None = None) -> Iterator[Target | None]:
    """Find the database as `dbkit.connect` does, its embedded server started for the block; None for memory."""
    target = resolve(url, env, None, os.environ)
    if isinstance(target, MemoryTarget):
        yield None
    elif isinstance(target, EmbeddedTarget):
        from dbkit.embedded import EmbeddedServer

        with EmbeddedServer.start(target.folder) as server:
            yield Target(server.conninfo, target.shown_as)
    else:
        _settings(target.url)
        yield Target(_with_password(target), target.shown_as)


def _with_password(target: PostgresTarget) -> str:
    """Return the connection string, with the password of now where a function is to be asked for it."""
    if target.own.password_from is None:
        return target.url
    from dbkit.sqldb.passwords import password_source, with_password

    return with_password(target.url, password_source(target.own.password_from))


class Session:
    """A connection of a migration command, in autocommit, that knows its backend.

    Raises `ConfigurationInvalid` where a pooler is in between: it gives the next transaction to
    another backend, so that neither locks nor settings of a session hold. `schema` is the one that
    the role's search_path leads to; the session looks at no other.
    """

    def __init__(self, target: Target, application_name: str = "dbkit migrate") -> None:
        self.target = target
        self.application_name = application_name
        self.connection = _connect(target, application_name)
        try:
            self._run = uuid.uuid4().hex
            found = self.connection.execute(_ABOUT_US).fetchone()
            assert found is not None
            self.pid, self.since, schema, self.database = found
            self._require_own_backend()
            self.schema = self._require_schema(schema)
            self.set(_SETTINGS | {"search_path": _quoted(self.schema), "dbkit.run": self._run})
            if self.connection.info.server_version >= _TRANSACTION_TIMEOUT_SINCE:
                self.set({"transaction_timeout": "0"})
            self._notice_the_end_of_the_client()
        except BaseException:
            self.connection.close()
            raise

    def set(self, settings: Mapping[str, str], *, local: bool = False) -> None:
        """Set settings of the session, or with `local` of its transaction."""
        self.connection.execute(_SET, (local, list(settings), list(settings.values())))

    def name(self, what: str) -> None:
        """Show others what this session is doing, as its application_name."""
        name = f"{self.application_name} {what}".strip()
        self.set({"application_name": name[:_APPLICATION_NAME_LENGTH_MAX]})

    def is_the_same(self) -> bool:
        """Tell whether this is still the backend that was set up: it remembers what no other knows."""
        found = self.connection.execute("SELECT current_setting('dbkit.run', true)").fetchone()
        return found == (self._run,)

    @property
    def broken(self) -> bool:
        """Whether the connection is gone."""
        return bool(self.connection.closed)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _require_own_backend(self) -> None:
        if self.connection.info.backend_pid != self.pid:
            raise ConfigurationInvalid(
                f"a pooler stands between dbkit and {self.target.shown_as}, where locks and settings of a session"
                " do not hold",
                advice="Give the server's own host and port to migrations.",
            )
        if self.connection.info.server_version < _SERVER_VERSION_MIN:
            raise ConfigurationInvalid(
                f"the server is PostgreSQL {self.connection.info.server_version // 10000}, and dbkit needs"
                f" {_SERVER_VERSION_MIN // 10000} or newer",
                advice="Upgrade the server, or use another one.",
            )

    def _require_schema(self, schema: str | None) -> str:
        if schema is None:
            raise SchemaMismatch(
                "the role's search_path leads to no schema",
                advice="Create the schema, or name one: postgresql://.../database?options=-csearch_path%3Dname.",
            )
        return schema

    def _notice_the_end_of_the_client(self) -> None:
        """Have the server end a statement whose client is gone: else it works on, and may even commit."""
        # Not every operating system of a server can look.
        with suppress(psycopg.errors.InvalidParameterValue):
            self.set({"client_connection_check_interval": "1s"})


def failure(error: psycopg.Error, target: Target | None = None) -> DbkitError:
    """Return the typed error for one of the driver; `target` is what could not be connected to."""
    from dbkit.sqldb.connecting import refusal
    from dbkit.sqldb.errors import report_of_exception, translate

    report = report_of_exception(error)
    if target is None:
        return translate(report)
    return refusal(make_conninfo(target.conninfo, connect_timeout=_CONNECT_SECONDS), _CONNECT_SECONDS, report)


def _connect(target: Target, application_name: str) -> Connection:
    settings: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS, **_LIVENESS}
    # A database of SQL_ASCII has no encoding of its own: its text is read as everybody's, and not as bytes.
    settings |= {**_settings(target.conninfo), "application_name": application_name, "client_encoding": "UTF8"}
    try:
        # Nothing is prepared: each statement runs once, and revisions change what prepared ones rely on.
        return psycopg.connect(make_conninfo("", **settings), autocommit=True, prepare_threshold=None)
    except psycopg.Error as error:
        refused = error
    raise failure(refused, target)


def _settings(conninfo: str) -> Mapping[str, Any]:
    try:
        return conninfo_to_dict(conninfo)
    except psycopg.Error:
        pass
    # libpq's message is dropped: it quotes the string, and with it perhaps the password.
    raise ConfigurationInvalid(
        "the connection string is malformed",
        fields=("url",),
        advice="Write postgresql://user:password@host:5432/database, special characters percent-encoded.",
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
