"""What a relay asks of the outbox: what is pending, and that something is sent, or is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_

from dbkit.relay.messages import QUARANTINE, QUARANTINED_FROM
from dbkit.relay.slots import SLOTS, pattern_of
from dbkit.verbs._async.operations import AsyncOperations
from dbkit.verbs.selection import Selection

__all__ = ["AsyncRelayedOperations"]


class AsyncRelayedOperations(AsyncOperations):
    """The operations of an outbox, dbkit's own or a service's, for its relay."""

    async def pending(self, slots: Mapping[str, frozenset[int]], after: int, limit: int) -> list[Any]:
        """Return what is to be sent in these slots of topics, by number, behind a number; due or not."""
        columns = self._columns
        return await self._all(
            columns.published_at.is_(None), columns.id > after, self._within(slots), order_by=("id",), limit=limit
        )

    async def settle(self, rows: Sequence[Any], *, keep: bool) -> int:
        """Delete rows that are sent, or note that they are; return how many were pending until now.

        Each is known by its time as well: a failover may give its number to another one.
        """
        columns = self._columns
        sent = Selection(
            (
                columns.id.in_([row.id for row in rows]),
                columns.created_at.in_([row.created_at for row in rows]),
                columns.published_at.is_(None),
            )
        )
        if not keep:
            return await self._delete_where(sent)
        return len(await self._update_where(sent, {"published_at": func.now()}))

    async def note(self, rows: Sequence[Any], why: str) -> None:
        """Note something of rows that are pending still."""
        columns = self._columns
        await self._change(
            {"last_error": why},
            columns.id.in_([row.id for row in rows]),
            columns.created_at.in_([row.created_at for row in rows]),
            columns.published_at.is_(None),
        )

    async def has_unmarked(self, slots: Mapping[str, frozenset[int]], until: datetime) -> bool:
        """Tell whether something waits in these slots, from up to this time, of which no try and no death is noted."""
        columns = self._columns
        found = await self._first(
            columns.published_at.is_(None),
            columns.created_at <= until,
            columns.attempts == 0,
            columns.last_error.is_(None),
            self._within(slots),
        )
        return found is not None

    async def put_off(self, row: Any, why: str, pause: timedelta | None) -> bool:
        """Note that a row was refused, and try again after a pause, or never; tell whether it was as it was read."""
        columns = self._columns
        changed = await self._change(
            {
                "attempts": columns.attempts + 1,
                "last_error": why,
                "available_at": QUARANTINE if pause is None else func.now() + pause,
            },
            columns.id == row.id,
            columns.created_at == row.created_at,
            columns.attempts == row.attempts,
            columns.published_at.is_(None),
        )
        return bool(changed)

    async def remove_sent(self, keep: timedelta, limit: int) -> int:
        """Delete up to `limit` messages that were sent longer ago than this."""
        columns = self._columns
        return await self._remove(
            columns.published_at.is_not(None),
            columns.published_at < func.now() - keep,
            order_by=("published_at",),
            limit=limit,
        )

    async def quarantined(self, key: str | None = None, topic: str | None = None) -> list[Any]:
        """Return the messages that are quarantined, of a key, or of all."""
        return await self._all(*self._quarantined(key, topic), order_by=("id",))

    async def release(self, key: str | None, topic: str | None = None) -> list[Any]:
        """Make the quarantined messages of a key due, as if they had never been refused, and return them."""
        changes = {"attempts": 0, "available_at": func.now()}
        return await self._change(changes, *self._quarantined(key, topic))

    async def drop(self, key: str, topic: str | None = None) -> int:
        """Delete the quarantined messages of a key, and return how many; those behind them go on."""
        return await self._delete_where(Selection(tuple(self._quarantined(key, topic))))

    async def pending_by_topic(self) -> dict[str, int]:
        """Return how many messages wait in each topic."""
        return await self._by_topic(self._columns.published_at.is_(None))

    async def quarantined_by_topic(self) -> dict[str, int]:
        """Return how many messages of each topic are quarantined."""
        return await self._by_topic(*self._quarantined(None, None))

    async def oldest_since(self, topic: str) -> datetime | None:
        """Return since when the oldest message of a topic has waited, those in quarantine left out."""
        columns = self._columns
        oldest = await self._first(
            columns.published_at.is_(None),
            columns.topic == topic,
            columns.available_at < QUARANTINED_FROM,
            order_by=("created_at",),
        )
        return None if oldest is None else oldest.created_at

    async def _by_topic(self, *conditions: ColumnElement[bool]) -> dict[str, int]:
        totals = await self._totals(Selection(conditions), ("topic",), None)
        return {str(topic): count for (topic,), count in totals.items()}

    def _quarantined(self, key: str | None, topic: str | None) -> list[ColumnElement[bool]]:
        columns = self._columns
        conditions = [columns.published_at.is_(None), columns.available_at >= QUARANTINED_FROM]
        if key is not None:
            conditions.append(columns.key == key)
        if topic is not None:
            conditions.append(columns.topic == topic)
        return conditions

    def _within(self, slots: Mapping[str, frozenset[int]]) -> ColumnElement[bool]:
        """Return the condition of these slots: one part for all topics of which the same ones are meant."""
        columns = self._columns
        topics: dict[frozenset[int], list[str]] = {}
        for topic, numbers in sorted(slots.items()):
            topics.setdefault(numbers, []).append(topic)
        parts = [
            columns.topic.in_(among)
            if len(numbers) == SLOTS
            else and_(columns.topic.in_(among), columns.key.regexp_match(pattern_of(numbers)))
            for numbers, among in topics.items()
        ]
        return or_(false(), *parts)
