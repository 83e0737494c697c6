"""A service at its database: what its code needs of the schema, and the row that says that it runs."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import Text

from dbkit.sqldb.encode import Parameter, ParameterEncoder, wire_type
from dbkit.sqldb.utility import plain
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import SchemaMismatch

__all__ = ["BEAT", "BEGIN", "GONE", "PLACES", "PRUNE", "STATE", "TABLES", "Serving", "hindrance"]


def _of_texts(sql: str, *names: str, writes: bool = False) -> Statement:
    parameters = ParameterEncoder(tuple(Parameter(name, wire_type(Text(), name)) for name in names))
    return Statement(sql.encode(), parameters, writes=writes)


PLACES = plain("SELECT version_num FROM alembic_version")
TABLES = _of_texts(
    "SELECT count(*) FROM unnest(string_to_array($1, ' ')) AS name WHERE to_regclass(quote_ident(name)) IS NOT NULL",
    "tables",
)

# Asked before the first heartbeat and after one that failed, so that the server's log holds no errors of it.
STATE = plain(
    "SELECT CASE WHEN pg_is_in_recovery() THEN 'replica' WHEN to_regclass('dbkit_service') IS NULL THEN 'missing'"
    " WHEN has_table_privilege('dbkit_service', 'SELECT') AND has_table_privilege('dbkit_service', 'INSERT')"
    " AND has_table_privilege('dbkit_service', 'UPDATE') AND has_table_privilege('dbkit_service', 'DELETE')"
    " THEN 'ready' ELSE 'forbidden' END"
)

# A service whose transactions only read has its row too: it needs the old shape as others do.
BEGIN = plain("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
BEAT = _of_texts(
    "INSERT INTO dbkit_service (instance, service, revision, needs, host, pid, started_at, seen_at)"
    " VALUES ($1::uuid, $2, $3, $4, $5, $6::int, now(), now()) ON CONFLICT (instance) DO UPDATE SET seen_at = now()",
    *("instance", "service", "revision", "needs", "host", "pid"),
    writes=True,
)
GONE = _of_texts("DELETE FROM dbkit_service WHERE instance = $1::uuid", "instance", writes=True)
PRUNE = plain("DELETE FROM dbkit_service WHERE seen_at < now() - interval '1 day'", writes=True)
"""Removes the rows of those that were killed; their time is long over."""

_REASONS = {
    "replica": "the database is a replica, and takes no rows",
    "missing": "there is no table dbkit_service yet: `dbkit migrate apply` makes it with the next revision",
    "forbidden": "the role may not write to dbkit_service: `dbkit db roles --apply` lets it",
}


def hindrance(state: str) -> str:
    """Return why no row can be written, by what `STATE` answers; nothing where one can."""
    return _REASONS.get(state, "")


@dataclass(frozen=True, slots=True)
class Serving:
    """A service, the revisions that its code was built with, the last that it needs, and the tables that it uses."""

    service: str
    revisions: tuple[str, ...]
    needs: str
    tables: tuple[str, ...]
    instance: UUID = field(default_factory=uuid4)

    @property
    def row(self) -> tuple[str, ...]:
        """What `BEAT` is sent with."""
        head = self.revisions[-1]
        return (str(self.instance), self.service, head, self.needs, socket.gethostname(), str(os.getpid()))

    def require(self, places: Sequence[str]) -> str:
        """Return a warning, or nothing, about a database at some revisions.

        Raises `SchemaMismatch` where it lacks what the code needs. A revision that the code does not know is
        a newer one, which broke nothing for it, or another line's.
        """
        known = {revision: number for number, revision in enumerate(self.revisions)}
        unknown = [place for place in places if place not in known]
        if unknown:
            return (
                f"the database is at {', '.join(unknown)}, which this code does not know: it was built with the line up"
                f" to {self.revisions[-1]}"
            )
        if max(known[place] for place in places) >= known[self.needs]:
            return ""
        raise SchemaMismatch(
            f"the database is at {', '.join(places)}, and the code of {self.service} needs {self.needs}",
            advice="Run `dbkit migrate apply --phase expand` with this release's line, then start it again.",
        )

    def require_tables(self, number: int) -> None:
        """Raise `SchemaMismatch` where a database says no revision and has none of the tables."""
        if self.tables and number == 0:
            raise SchemaMismatch(
                f"the database has no tables yet, and the code of {self.service} needs {self.needs}",
                advice="Run `dbkit migrate apply` with this release's line, then start it again.",
            )
