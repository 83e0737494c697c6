"""Rows of an outbox as messages, and when a refused one is tried again."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from dbkit.relay.sink import REDELIVERED, Message

__all__ = ["QUARANTINE", "QUARANTINED_FROM", "WHY_LENGTH_MAX", "event_id_of", "message_of_row", "pause_after"]

QUARANTINE: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""When a quarantined message is due again, unless somebody releases it."""

QUARANTINED_FROM: Final = datetime(9998, 1, 1, tzinfo=UTC)
"""What is due later than this is quarantined."""

WHY_LENGTH_MAX: Final = 500
_FIRST_SECONDS: Final = 1.0
_LONGEST_SECONDS: Final = 60.0


def event_id_of(row: Any, table: str) -> str:
    """Return the id by which a consumer knows the message of a row, the same each time."""
    given = row.headers.get("event_id")
    return str(given) if given else str(uuid5(NAMESPACE_OID, f"{table} {row.id} {row.created_at.isoformat()}"))


def message_of_row(row: Any, table: str, *, is_duplicate: bool) -> Message:
    """Return the message of a row."""
    event_id = event_id_of(row, table)
    headers = {**row.headers, "event_id": event_id}
    if is_duplicate:
        headers[REDELIVERED] = "true"
    return Message(
        event_id=event_id,
        topic=str(row.topic),
        key=row.key,
        payload=row.payload,
        headers=headers,
        outbox_id=row.id,
        attempt=row.attempts + 1,
        is_duplicate=is_duplicate,
    )


def pause_after(attempts: int, chance: Callable[[], float] = random.random) -> timedelta:
    """Return how long a message waits that was refused so many times: twice as long each time, and never quite so."""
    longest = min(_FIRST_SECONDS * 2 ** min(attempts - 1, 10), _LONGEST_SECONDS)
    return timedelta(seconds=longest * (1 + chance()) / 2)
