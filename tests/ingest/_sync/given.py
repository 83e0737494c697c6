# Generated from tests/ingest/_async/given.py by tools/unasync.py; edit that file instead.
"""Rows to write, and databases that are out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from dbkit import Database
from dbkit.types import (
    EVERY_TENANT,
    NewOperationLog,
    NewUsageEvent,
    Operation,
    OperationLogFilter,
    Unavailable,
    UsageEventFilter,
)
from dbkit.types.value import Value

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def usages(organization_id: Any, operation: Operation, count: int, **given: Any) -> list[NewUsageEvent]:
    """Return so many events of the operation's project."""
    fields = {"metric": "records", "quantity": 1, **given}
    return [
        NewUsageEvent(project_id=operation.project_id, organization_id=organization_id, occurred_at=NOON, **fields)
        for _ in range(count)
    ]


def lines(operation: Operation, count: int, **given: Any) -> list[NewOperationLog]:
    """Return so many lines of the operation's log."""
    fields = {"operation_id": operation.id, "message": "line", "logged_at": NOON, **given}
    return [NewOperationLog(project_id=operation.project_id, **fields) for _ in range(count)]


def counts(db: Database) -> tuple[int, int]:
    """Return how many events and lines are stored."""
    events = db.usage_events.count(UsageEventFilter(project_id=EVERY_TENANT))
    return events, db.operation_logs.count(OperationLogFilter(project_id=EVERY_TENANT))


class Outages:
    """A database that takes rows only while it is not out; it may also lose an answer."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.is_out = False
        self.answers_lost = 0
        self.batches: list[list[Value]] = []

    @property
    def usage_events(self) -> Outages:
        """The only rows that it takes."""
        return self

    def append_many(self, rows: Iterable[Value]) -> int:
        """Store rows, unless it is out."""
        given: list[Any] = list(rows)
        if self.is_out:
            raise Unavailable("the server is out")
        self.batches.append(given)
        stored = self._db.usage_events.append_many(given)
        if self.answers_lost:
            self.answers_lost -= 1
            raise Unavailable("the answer got lost")
        return stored


def ids(batches: Iterable[Iterable[Any]]) -> Iterator[Any]:
    """Yield the ids of rows in batches."""
    return (row.id for batch in batches for row in batch)
