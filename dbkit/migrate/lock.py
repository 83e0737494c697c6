"""One runner at a time: an advisory lock of a session of its own.

It is polled, never waited for in a query: a query that waits holds a snapshot, and a concurrent
index build of the lock's holder would wait for that.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any, LiteralString

import psycopg

from dbkit.migrate.errors import RunnerBusy
from dbkit.migrate.session import Connection, Session
from dbkit.migrate.stop import Stop
from dbkit.migrate.version_table import OF_ALEMBIC, VersionTable
from dbkit.types.errors import Unavailable

__all__ = ["Holder", "RunnerLock", "holder", "key", "table_holders"]

_POLL_SECONDS = 0.25

_KEY: LiteralString = "hashtextextended('dbkit.migrate:' || %(name)s, 0)"
# Put together from constants; what varies is a parameter.
_HELD: LiteralString = f"""
    l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND ((l.classid::bigint << 32) | l.objid::bigint) = {_KEY}
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # noqa: S608
_TRY: LiteralString = f"SELECT pg_try_advisory_lock({_KEY})"
_IS_OURS: LiteralString = f"SELECT EXISTS (SELECT FROM pg_locks l WHERE l.pid = pg_backend_pid() AND {_HELD})"  # noqa: S608
_WHO: LiteralString = """
    SELECT s.pid, coalesce(s.application_name, ''), coalesce(host(s.client_addr), 'local'),
      coalesce(s.state, 'unknown'),
      coalesce(extract(epoch FROM clock_timestamp() - coalesce(s.xact_start, s.backend_start)), 0)::float
    FROM pg_stat_activity s
"""
_HOLDER: LiteralString = f"{_WHO} JOIN pg_locks l USING (pid) WHERE {_HELD}"
_TABLE_HOLDERS: LiteralString = f"""{_WHO}
    WHERE s.pid <> %(but)s AND EXISTS (
      SELECT FROM pg_locks l WHERE l.pid = s.pid AND l.granted AND l.relation = ANY (
        SELECT to_regclass(name)::oid FROM unnest(%(tables)s::text[]) AS name))
    ORDER BY s.xact_start LIMIT 5
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Holder:
    """A session that is in the way; `seconds` is how long its transaction, or else its session, has been open.

    Of a session that holds tables it may be known which locks those are, what it ran last, without the
    values in it, and how many wait behind the runner because of it. A prepared transaction has the pid 0.
    """

    pid: int
    application_name: str
    client: str
    state: str
    seconds: float
    user: str = ""
    holds: str = ""
    query: str = ""
    queued: int = 0

    def __str__(self) -> str:
        name = self.application_name or "a session without a name"
        who = f"{self.user}@{self.client}" if self.user else self.client
        said = [f"pid {self.pid}", who, f"{self.state} for {self.seconds:.1f} s"]
        if self.holds:
            said.append(f"holds {self.holds}")
        if self.queued:
            said.append(f"{self.queued} wait behind us")
        return f"{name} ({', '.join(said)}){f': {self.query}' if self.query else ''}"

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {**asdict(self), "seconds": round(self.seconds, 3)}


class RunnerLock:
    """The lock, held by a session: whoever has it is the only runner of this version table."""

    def __init__(self, session: Session, table: VersionTable = OF_ALEMBIC) -> None:
        self._session = session
        self._name = _name(session, table)

    @contextmanager
    def held(self, stop: Stop, seconds: float, waiting: Callable[[Holder], None]) -> Iterator[None]:
        """Hold the lock for a block; wait for it up to `seconds`, and tell `waiting` once for whom.

        Raises `RunnerBusy` where somebody else keeps it.
        """
        deadline = time.monotonic() + seconds
        told = False
        while not self._try():
            in_the_way = _holder(self._session, self._name)
            if in_the_way is not None and not told:
                waiting(in_the_way)
                told = True
            if time.monotonic() >= deadline:
                raise RunnerBusy(f"another runner is migrating this database: {in_the_way or 'it has just ended'}")
            stop.pause(random.uniform(_POLL_SECONDS / 2, _POLL_SECONDS))  # noqa: S311 (so that waiters do not march in step)
        try:
            yield
        finally:
            # Where the session is gone, so is the lock.
            with suppress(psycopg.Error):
                self._session.connection.execute("SELECT pg_advisory_unlock_all()")

    def require(self) -> None:
        """Raise `Unavailable` where the lock is no longer this session's: a failover, or an ended session."""
        try:
            found = self._session.connection.execute(_IS_OURS, {"name": self._name}).fetchone()
            ours = found == (True,) and self._session.is_the_same()
        except psycopg.Error:
            ours = False
        if not ours:
            raise Unavailable(
                "the runner's lock is gone: its session ended, perhaps by a failover",
                advice="See with `dbkit migrate status` where the database stands, then run this again.",
            )

    def _try(self) -> bool:
        return self._session.connection.execute(_TRY, {"name": self._name}).fetchone() == (True,)


def holder(session: Session, table: VersionTable = OF_ALEMBIC) -> Holder | None:
    """Return who holds the lock, or None."""
    return _holder(session, _name(session, table))


def key(session: Session, table: VersionTable = OF_ALEMBIC) -> int:
    """Return the lock's number, as `pg_locks` shows it in two halves."""
    found = session.connection.execute(f"SELECT {_KEY}", {"name": _name(session, table)}).fetchone()
    assert found is not None
    return int(found[0])


def table_holders(connection: Connection, tables: Sequence[str], but: int) -> list[Holder]:
    """Return who holds locks on these tables, apart from one backend: at most five, the oldest first."""
    found = connection.execute(_TABLE_HOLDERS, {"tables": list(tables), "but": but}).fetchall()
    return [Holder(*row) for row in found]


def _holder(session: Session, name: str) -> Holder | None:
    found = session.connection.execute(_HOLDER, {"name": name}).fetchone()
    return Holder(*found) if found else None


def _name(session: Session, table: VersionTable) -> str:
    return f"{table.schema or session.schema}.{table.name}"
