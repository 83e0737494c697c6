"""Template databases of a server: each made once, by whoever comes first, and cloned by everybody.

All that has to be agreed on between processes is a lock of the server, held by a session in its
database `postgres`. When a process dies its locks go with it, so nothing waits for the dead:

    building a template     exclusive while it is made; the others wait for it
    using a template        shared for as long as a process runs tests; who sweeps asks for it alone
    a process               exclusive; databases of a process that does not hold it are left over

A template gets its name when it is complete, so one that was left half-built is never taken for one.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from dbkit.migrate.session import failure
from dbkit.sqldb.config import Pooler
from dbkit.sqldb.pooler import pooler_found
from dbkit.testing.blueprint import Blueprint
from dbkit.testing.servers import Server
from dbkit.types.errors import ConfigurationInvalid, DbkitError, Unavailable

__all__ = ["EMPTY", "KEPT", "Databases"]

EMPTY = "template0"
"""The server's own template, of an empty database."""

KEPT = "dbkit_kept_"
"""How the names of databases begin that failed tests have kept."""

_TEMPLATE = "dbkit_template_"
_UNFINISHED = "dbkit_unfinished_"
_TEST = "dbkit_test_"
_BUILD_SECONDS = 120
_BOUNDED: LiteralString = "SET lock_timeout = '120s'"
_CONNECT_SECONDS = 10
_END_SECONDS = 0.2
_LOOK_AGAIN_SECONDS = 0.002
# A schema that is worked on gets a template for each of its states; kept databases wait for somebody to look.
_DAYS_MAX = {_TEMPLATE: 2, KEPT: 7}
_SECONDS_PER_DAY = 86_400

_KEY: LiteralString = "hashtextextended('dbkit testing: ' || %s, 0)"
# Those of this role: others can neither be copied nor dropped.
_NOTED: LiteralString = """
    SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database
    WHERE starts_with(datname, %s) AND datdba = current_user::regrole
"""
_STRANGERS: LiteralString = """
    SELECT pid, coalesce(application_name, '') FROM pg_stat_activity
    WHERE datname = %s AND backend_type = 'client backend' AND pid <> ALL (%s::int[])
"""
_END: LiteralString = "SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s::int[]) AS pid"


class Databases:
    """The kit's databases on a server, as one process sees them: what it clones goes when it is closed.

    `is_superuser` says whether the server has the kit's roles, too.

    Raises `Unavailable` where the server does not answer, `ConfigurationInvalid` where a pooler answers for
    it, and what it refuses, such as `PermissionDenied` where the role may not create databases.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._process = secrets.token_hex(4)
        self._count = 0
        self._given_up: list[str] = []
        self._templates: set[str] = set()
        self._session = _connect(server.conninfo)
        ((self._role,),) = self._run("SELECT left(md5(current_user), 6)")
        self.is_superuser = self._session.info.parameter_status("is_superuser") == "on"
        self._run(_BOUNDED)
        self._lock("pg_advisory_lock", f"process {self._process}")
        self._sweep()

    def template(self, blueprint: Blueprint) -> str:
        """Return the name of the blueprint's template, which is made if nobody has made it.

        Raises `Unavailable` where another process makes it for longer than two minutes.
        """
        name = f"{_TEMPLATE}{blueprint.digest}_{self._role}"
        if name not in self._templates:
            # Before the look, so that nobody sweeps what has been seen.
            self._lock("pg_advisory_lock_shared", f"use {name}")
            if not self._exists(name):
                with self._building(name):
                    if not self._exists(name):
                        self._build(name, blueprint.build)
            self._note(name)
            self._templates.add(name)
        return name

    def url_for(self, name: str) -> str:
        """Return the URL of a database."""
        return self._server.url_for(name)

    def clone(self, template: str = EMPTY) -> str:
        """Make a copy of a database that nobody uses, and return its name; an empty one where none is named.

        Files are copied, which is fastest for a small one.
        """
        self._count += 1
        name = f"{_TEST}{self._process}_{self._count}"
        self._execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        self._drop_given_up()
        return name

    def drop(self, name: str) -> None:
        """Drop a database at once, and end its sessions."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def give_up(self, name: str) -> None:
        """Drop a database, later: at once it would wait for the sessions that are just ending."""
        self._given_up.append(name)

    def keep(self, name: str, test: str) -> str:
        """Give a database a name of its own, under which it stays; return that. Its sessions are ended."""
        kept = f"{KEPT}{secrets.token_hex(4)}"
        self.strangers(name, ())
        self._execute("ALTER DATABASE {} RENAME TO {}", name, kept)
        self._note(kept, test)
        return kept

    def check(self) -> None:
        """Ask the server for a sign of life; raise `psycopg.OperationalError` where there is none."""
        self._run("SELECT 1")

    def strangers(self, name: str, known: Iterable[int]) -> list[str]:
        """End the sessions in a database that are not known, and return their application names.

        What is just ending gets a moment for it.
        """
        deadline = time.monotonic() + _END_SECONDS
        while (found := self._run(_STRANGERS, name, list(known))) and time.monotonic() < deadline:
            time.sleep(_LOOK_AGAIN_SECONDS)
        if found:
            self._run(_END, [pid for pid, _ in found])
        return [application_name for _, application_name in found]

    def has_kept(self) -> bool:
        """Tell whether the server has databases that failed tests have kept."""
        return bool(self._run(_NOTED, KEPT))

    def close(self) -> None:
        """Drop what this process has cloned, and give back its locks."""
        with suppress(psycopg.Error, DbkitError):
            for name, _ in self._run(_NOTED, f"{_TEST}{self._process}_"):
                self.drop(name)
        self._session.close()

    def _build(self, name: str, build: Callable[[str], None]) -> None:
        unfinished = name.replace(_TEMPLATE, _UNFINISHED)
        self.drop(unfinished)
        self._execute("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'", unfinished, EMPTY)
        try:
            build(self.url_for(unfinished))
            # Sessions in it would be in the way of those who copy it.
            self._execute("ALTER DATABASE {} ALLOW_CONNECTIONS false", unfinished)
            self._execute("ALTER DATABASE {} RENAME TO {}", unfinished, name)
        except BaseException:
            self.drop(unfinished)
            raise

    @contextmanager
    def _building(self, name: str) -> Iterator[None]:
        try:
            self._lock("pg_advisory_lock", f"build {name}")
        except psycopg.errors.LockNotAvailable:
            raise Unavailable(
                f"another process has been making the template database for {_BUILD_SECONDS} s",
                advice="See what it is doing, or end it; the next one then starts over.",
            ) from None
        try:
            yield
        finally:
            self._lock("pg_advisory_unlock", f"build {name}")

    def _sweep(self) -> None:
        """Drop what dead processes have left, and what nobody has used for days."""
        for name, _ in self._run(_NOTED, _TEST):
            self._drop_unless_held(name, f"process {name.removeprefix(_TEST).partition('_')[0]}")
        for prefix, days in _DAYS_MAX.items():
            oldest = time.time() - days * _SECONDS_PER_DAY
            for name, note in self._run(_NOTED, prefix):
                if float(note.partition(" ")[0] or 0) < oldest:
                    self._drop_unless_held(name, f"use {name}")

    def _drop_unless_held(self, name: str, lock: str) -> None:
        if self._lock("pg_try_advisory_lock", lock):
            try:
                self.drop(name)
            finally:
                self._lock("pg_advisory_unlock", lock)

    def _drop_given_up(self) -> None:
        while self._given_up:
            self.drop(self._given_up.pop())

    def _exists(self, name: str) -> bool:
        return bool(self._run("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def _note(self, name: str, text: str = "") -> None:
        """Write the time to a database, and perhaps a text, for those who sweep."""
        note = sql.Literal(f"{time.time():.0f} {text}".strip())
        self._session.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), note))

    def _lock(self, function: LiteralString, what: str) -> bool:
        (found,) = self._run(f"SELECT {function}({_KEY})", what)
        return found[0] is not False

    def _run(self, statement: LiteralString, *values: str | list[int]) -> list[tuple[Any, ...]]:
        cursor = self._session.execute(statement, values)
        return cursor.fetchall() if cursor.description else []

    def _execute(self, statement: LiteralString, *names: str) -> None:
        self._session.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _connect(conninfo: str) -> psycopg.Connection[tuple[Any, ...]]:
    try:
        connection = psycopg.connect(
            conninfo, autocommit=True, application_name="dbkit testing", connect_timeout=_CONNECT_SECONDS
        )
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
    except psycopg.Error as error:
        refused = error
    else:
        if row and pooler_found(connection.info.backend_pid, row[0]) is Pooler.NONE:
            return connection
        connection.close()
        raise ConfigurationInvalid(
            "a pooler stands before the tests' server, where locks of a session do not hold",
            advice="Give the server's own host and port.",
        )
    raise failure(refused)
