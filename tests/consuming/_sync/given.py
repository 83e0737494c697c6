# Generated from tests/consuming/_async/given.py by tools/unasync.py; edit that file instead.
"""Messages to consume, and a handler whose effects can be counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from dbkit import Database
from dbkit.consuming import ConsumeOptions, Incoming, Received
from dbkit.events import UsageEmitted
from dbkit.events.event import headers_of
from dbkit.types import OutboxTopic

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUICK = {"base_seconds": 0.001, "cap_seconds": 0.002}


def message(number: int, key: str = "", **headers: Any) -> Received:
    """Return a message that tells of so much usage."""
    event = usage(number)
    given = {**headers_of(UsageEmitted, event.project_id), "event_id": f"event-{number}", **headers}
    return Received(payload=event.payload(), headers=given, key=key)


def usage(number: int) -> UsageEmitted:
    """Return an event of so much usage."""
    return UsageEmitted(
        organization_id=UUID(int=1), project_id=UUID(int=2), metric="m", quantity=Decimal(number), occurred_at=NOON
    )


def quick(**given: Any) -> ConsumeOptions:
    """Return options of a consumer that does not wait long."""
    return ConsumeOptions(**{**QUICK, **given})


class Until:
    """Asks a consumer to stop when something is so, or after so many seconds."""

    def __init__(self, is_so: Callable[[], object], seconds: float = 60.0) -> None:
        self._is_so = is_so
        self._ends_at = time.monotonic() + seconds

    def is_set(self) -> bool:
        return bool(self._is_so()) or time.monotonic() > self._ends_at


class Handler:
    """Stores a row for each message; fails so often for the messages of some numbers."""

    def __init__(self, failing: dict[int, int] | None = None) -> None:
        self.failing = dict(failing or {})
        self.seen: list[int] = []

    def __call__(self, tx: Any, incoming: Incoming) -> None:
        assert isinstance(incoming.event, UsageEmitted)
        number = int(incoming.event.quantity)
        self.seen.append(number)
        tx.outbox_events.append(OutboxTopic.READ_FINISHED, str(number), {})
        if self.failing.get(number, 0) > 0:
            self.failing[number] -= 1
            raise RuntimeError(f"canary {number}")


def effects(db: Database) -> list[int]:
    """Return the numbers of the messages whose effects are stored, in the order of that."""
    return [int(each.key) for each in db.outbox_events.iterate()]
