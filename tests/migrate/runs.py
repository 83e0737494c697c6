"""A run of a test: what it hears, and what a database then has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.report import Options, StepReport, Watch

Connection = psycopg.Connection[Any]
HURRY = Options(patience_seconds=0, look_seconds=0, stall_milliseconds_max=20)


class Ears(Watch):
    """Remembers what a run tells."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.on_busy: Callable[[], None] = lambda: None
        self.on_begins: Callable[[Revision], None] = lambda _revision: None

    def waiting(self, holder: Holder) -> None:
        self.heard.append(f"waiting for {holder}")

    def begins(self, revision: Revision) -> None:
        self.on_begins(revision)

    def busy(self, revision: Revision, tries: int, holders: list[Holder]) -> None:
        self.heard.append(f"{revision.slug} is busy: {[holder.application_name for holder in holders]}")
        self.on_busy()

    def ends(self, step: StepReport) -> None:
        self.heard.append(f"{step.revision.slug} done")


def place(connection: Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT version_num FROM alembic_version").fetchall()]


def has(connection: Connection, table: str) -> bool:
    return connection.execute("SELECT to_regclass(%s)", (table,)).fetchone() != (None,)


def lock_of_runners(connection: Connection) -> bool:
    query = "SELECT pg_try_advisory_lock(hashtextextended('dbkit.migrate:public.alembic_version', 0))"
    return connection.execute(query).fetchone() == (True,)
