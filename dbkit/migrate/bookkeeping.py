"""The runner's own tables, beside the version table: what was done and when, how far it has come, which services run.

No revision knows of them, and no comparison of schemas looks at them. The runner makes them once it
has the lock and something to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, LiteralString

from dbkit.migrate.session import Connection

__all__ = ["HISTORY", "PROGRESS", "RELATIONS", "SERVICES", "STEPS", "TABLES", "ensure", "missing"]

HISTORY: Final[LiteralString] = "dbkit_migration_history"
"""A row for each revision that was applied or taken back."""

STEPS: Final[LiteralString] = "dbkit_migration_step"
"""A row for each statement of a revision without a transaction: begun, or done."""

PROGRESS: Final[LiteralString] = "dbkit_migration_progress"
"""A row for each backfill: behind which key it goes on."""

SERVICES: Final[LiteralString] = "dbkit_service"
"""A row for each process of a service that is running, or was a while ago."""

_CREATE: Final[Mapping[LiteralString, LiteralString]] = MappingProxyType(
    {
        HISTORY: f"""CREATE TABLE {HISTORY} (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, revision text NOT NULL, direction text NOT NULL,
            started_at timestamptz NOT NULL, finished_at timestamptz NOT NULL, tries int NOT NULL,
            waited_seconds double precision NOT NULL, hash text NOT NULL, dbkit_version text NOT NULL,
            role text NOT NULL, note text NOT NULL DEFAULT '')""",
        STEPS: f"""CREATE TABLE {STEPS} (
            revision text NOT NULL, direction text NOT NULL, number int NOT NULL, statement_hash text NOT NULL,
            state text NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz,
            detail jsonb NOT NULL DEFAULT '{{}}', PRIMARY KEY (revision, direction, number))""",
        PROGRESS: f"""CREATE TABLE {PROGRESS} (
            revision text NOT NULL, name text NOT NULL, identity text NOT NULL, last_key jsonb,
            rows_done bigint NOT NULL, rows_estimated bigint, batch_rows int NOT NULL,
            updated_at timestamptz NOT NULL, finished_at timestamptz, PRIMARY KEY (revision, name))""",
        SERVICES: f"""CREATE TABLE {SERVICES} (
            instance uuid PRIMARY KEY, service text NOT NULL, revision text NOT NULL, needs text NOT NULL,
            host text NOT NULL, pid int NOT NULL, started_at timestamptz NOT NULL, seen_at timestamptz NOT NULL)""",
    }
)

TABLES: Final[tuple[LiteralString, ...]] = tuple(_CREATE)
"""Their names."""

RELATIONS: Final[tuple[str, ...]] = (*TABLES, *(f"{table}_pkey" for table in TABLES), f"{HISTORY}_id_seq")
"""The names of all relations that come with them."""

_MISSING: LiteralString = "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NULL"


def missing(connection: Connection) -> list[str]:
    """Return which of the tables the schema lacks."""
    return [row[0] for row in connection.execute(_MISSING, (list(TABLES),)).fetchall()]


def ensure(connection: Connection) -> None:
    """Make the tables that are missing, all of them or none.

    One runner at a time: it takes no lock of its own. The role needs CREATE on the schema, and the
    driver's errors pass.
    """
    lacking = missing(connection)
    if lacking:
        with connection.transaction():
            for table, create in _CREATE.items():
                if table in lacking:
                    connection.execute(create)
