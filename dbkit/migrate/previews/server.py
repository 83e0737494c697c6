"""The server that previews share: one session in its database `postgres`, and one run at a time for each preview."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import LiteralString

import psycopg
from psycopg import sql

from dbkit.database.url import EmbeddedTarget, resolve
from dbkit.migrate.databases import database_name, located
from dbkit.migrate.previews.address import of_database
from dbkit.migrate.previews.errors import PreviewBusy, PreviewEntangled, PreviewForeign
from dbkit.migrate.previews.found import Found, find, find_all
from dbkit.migrate.previews.mark import Mark
from dbkit.migrate.session import Session, Target, failure
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["PreviewServer", "now_utc", "opened"]

_POLL_SECONDS = 0.25
_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s"
_KEY: LiteralString = "hashtextextended('dbkit.preview:' || %s, 0)"


def now_utc() -> datetime:
    """Return the time of now, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


@contextmanager
def opened(url: str | None) -> Iterator[PreviewServer]:
    """Connect to the server of a URL, found as by `dbkit.connect`, for a block.

    Raises `ConfigurationInvalid` for memory, for an embedded server, which others cannot reach, and for a
    pooler; what connecting raises; and, for what the server refuses in the block, the typed error.
    """
    if isinstance(resolve(url, None, None, os.environ), EmbeddedTarget):
        raise ConfigurationInvalid(
            "previews are for a server that others reach, and embedded:// is of this machine",
            advice="Give the URL of the shared server.",
        )
    with located(url) as target:
        try:
            with Session(of_database(target, "postgres"), "dbkit preview") as session:
                yield PreviewServer(target, session)
        except psycopg.Error as error:
            failed = error
        else:
            return
    raise failure(failed)


class PreviewServer:
    """What can be done with previews on a server, by the role that its session has."""

    def __init__(self, target: Target, session: Session) -> None:
        self.target = target
        self.connection = session.connection
        self._connected_to = database_name(target)

    def find(self, name: str) -> Found:
        """Return what has this name."""
        return find(self.connection, name)

    def find_all(self, project: str | None) -> list[Found]:
        """Return the previews of a project, by name."""
        return [each for each in find_all(self.connection) if each.mark is not None and each.mark.project == project]

    def require_own(self, found: Found, branch: str, project: str | None) -> None:
        """Raise `PreviewForeign` where something has this name and is no preview of the branch."""
        if not found.is_there:
            return
        if found.mark is None:
            kind = "database" if found.has_database else "role"
            raise PreviewForeign(f"the {kind} {found.name} does not bear dbkit's mark: it is somebody else's")
        if (found.mark.branch, found.mark.project) != (branch, project):
            raise PreviewForeign(f"{found.name} is the preview of another branch, {found.mark.branch!a}")

    @contextmanager
    def locked(self, name: str, seconds: float) -> Iterator[None]:
        """Be the only run that is at work on a preview, for a block.

        Waits up to `seconds` for another one, and raises `PreviewBusy` after that. The lock is polled, as a
        query that waits would hold a snapshot; it is the session's, so a run that was killed does not keep it.
        """
        deadline = time.monotonic() + seconds
        while self.connection.execute(f"SELECT pg_try_advisory_lock({_KEY})", (name,)).fetchone() != (True,):
            if time.monotonic() >= deadline:
                raise PreviewBusy(f"another run is at work on {name}")
            time.sleep(random.uniform(_POLL_SECONDS / 2, _POLL_SECONDS))  # noqa: S311 (so that waiters do not march in step)
        try:
            yield
        finally:
            # Where the session is gone, so is the lock.
            with suppress(psycopg.Error):
                self.connection.execute(f"SELECT pg_advisory_unlock({_KEY})", (name,))

    def write_mark(self, kind: LiteralString, name: str, mark: Mark) -> None:
        """Write the mark to what a name stands for: DATABASE or ROLE."""
        self.execute(f"COMMENT ON {kind} {{}} IS {{}}", sql.Identifier(name), sql.Literal(str(mark)))

    def execute(self, statement: LiteralString, *parts: sql.Composable) -> None:
        """Run a statement that takes no parameters, names and literals put in."""
        self.connection.execute(sql.SQL(statement).format(*parts))

    def remove(self, found: Found) -> None:
        """Drop a preview's database, end the sessions in it, and drop its role; what is gone already is passed over.

        The caller has the lock, and has made sure that this is a preview. Raises `PreviewEntangled` where the
        role is needed elsewhere.
        """
        self.drop_database(found)
        if not found.has_role:
            return
        role = sql.Identifier(found.name)
        # Sessions of the role in other databases would go on without it.
        self.execute("ALTER ROLE {} NOLOGIN", role)
        self.connection.execute(_END, (found.name,))
        try:
            self.execute("DROP ROLE IF EXISTS {}", role)
        except psycopg.errors.DependentObjectsStillExist:
            # DETAIL, which says where, is dropped: it may name anything.
            pass
        else:
            return
        raise PreviewEntangled(f"the role {found.name} owns something in another database, or has rights there")

    def drop_database(self, found: Found) -> None:
        """Drop a preview's database, if there is one; raise `ConfigurationInvalid` where the URL leads to it."""
        if not found.has_database:
            return
        if found.name == self._connected_to:
            raise ConfigurationInvalid(
                f"{found.name} is the database of the URL itself",
                advice="Give a URL that leads to another database of the server, such as postgres.",
            )
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(found.name))
