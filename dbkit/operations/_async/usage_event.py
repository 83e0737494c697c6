"""Usage events beyond the verbs: taken in once, summed up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from dbkit.operations._async.appending import AsyncAppending
from dbkit.types.identifiers import OrganizationId
from dbkit.types.usage_event import NewUsageEvent
from dbkit.verbs.selection import Selection

__all__ = ["AsyncUsageEventOperations"]


class AsyncUsageEventOperations(AsyncAppending):
    """The operations of usage events."""

    async def append_many(self, events: Iterable[NewUsageEvent]) -> int:
        """Store events, all or none, and return how many were new: a redelivery adds nothing."""
        return await self._append(events)

    async def ensure_partitions(self, months_ahead: int) -> None:
        """Make partitions for this month and so many after it, where there are none yet.

        Events that came in before their partition move into it. For a role that owns the table.
        """
        async with self._together() as tx:
            await self._ensure_months(tx.usage_events, months_ahead)

    async def totals(self, organization_id: OrganizationId, metric: str, from_: datetime, to: datetime) -> Decimal:
        """Return how much of a metric an organization used from a time on, up to another that is excluded."""
        columns = self._columns
        chosen = Selection(
            (
                columns.organization_id == organization_id,
                columns.metric == metric,
                columns.occurred_at >= from_,
                columns.occurred_at < to,
            )
        )
        total = (await self._totals(chosen, (), "quantity")).get(())
        return Decimal(0) if total is None else total
