"""Deliveries beyond the verbs: queued once, claimed by one worker, attempted until they end."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, or_

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.clock import now
from dbkit.types.delivery import Delivery, DeliveryStatus, NewDelivery
from dbkit.types.delivery_attempt import NewDeliveryAttempt
from dbkit.types.identifiers import DestinationId, ProjectId

__all__ = ["AsyncDeliveryOperations"]

_UNIQUE = "uq_deliveries_project_id_destination_id_idempotency_key"


class AsyncDeliveryOperations(AsyncOwnOperations):
    """The operations of deliveries."""

    async def enqueue(self, delivery: NewDelivery) -> Delivery:
        """Store a delivery, or return the first one with its destination and idempotency key."""
        added = await self._add_missing([delivery], on=_UNIQUE)
        if added:
            stored: Delivery = added[0]
            return stored
        columns = self._columns
        first: Delivery = await self._first(
            columns.project_id == delivery.project_id,
            columns.destination_id == delivery.destination_id,
            columns.idempotency_key == delivery.idempotency_key,
        )
        return first

    async def claim_due(
        self, now: datetime, limit: int, *, again_after: timedelta = timedelta(minutes=5)
    ) -> list[Delivery]:
        """Take up to `limit` deliveries of all tenants that are due, the longest due first, and mark them delivering.

        One statement: each goes to one worker. A worker that is not heard of again has lost it
        `again_after` later, when it is due once more.
        """
        columns = self._columns
        return await self._change(
            {"status": DeliveryStatus.DELIVERING, "next_attempt_at": now + again_after},
            or_(columns.status == DeliveryStatus.PENDING, columns.status == DeliveryStatus.DELIVERING),
            columns.next_attempt_at <= now,
            order_by=("next_attempt_at",),
            limit=limit,
            lock="skip locked",
        )

    async def record_attempt(
        self,
        attempt: NewDeliveryAttempt,
        status: DeliveryStatus,
        *,
        next_attempt_at: datetime | None = None,
    ) -> Delivery:
        """Store an attempt, count it and move its delivery to a status, all or nothing.

        A delivered one notes when. Raises `NotFound`, `IllegalTransition`, and `AlreadyExists` for
        an attempt that is stored already.
        """
        async with self._together() as tx:
            delivery = await tx.deliveries.lock(attempt.project_id, attempt.delivery_id)
            ended = attempt.started_at + timedelta(milliseconds=attempt.duration_ms)
            changed = await tx.deliveries.update(
                attempt.project_id,
                attempt.delivery_id,
                expected_version=delivery.version,
                status=status,
                attempts=delivery.attempts + 1,
                next_attempt_at=next_attempt_at,
                delivered_at=ended if status is DeliveryStatus.DELIVERED else None,
            )
            await tx.delivery_attempts.create(attempt)
            return changed

    async def delivered_since(self, project_id: ProjectId, destination_id: DestinationId, moment: datetime) -> bool:
        """Tell whether a destination has taken anything from this time on."""
        columns = self._columns
        taken = await self._first(
            columns.project_id == project_id,
            columns.destination_id == destination_id,
            columns.delivered_at >= moment,
        )
        return taken is not None

    async def replay(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        since: datetime,
        until: datetime,
        *,
        limit: int = 1_000,
    ) -> int:
        """Make up to `limit` deliveries to a destination due now that were created from one time on, up to another.

        Those that have failed, and those that were put off because the destination was disabled; what was delivered
        stays so. Returns how many: fewer than the limit where there are no more.
        """
        columns = self._columns
        is_put_off = and_(columns.status == DeliveryStatus.PENDING, columns.next_attempt_at.is_(None))
        replayed = await self._change(
            {"status": DeliveryStatus.PENDING, "next_attempt_at": now()},
            columns.project_id == project_id,
            columns.destination_id == destination_id,
            columns.created_at >= since,
            columns.created_at < until,
            or_(columns.status == DeliveryStatus.FAILED, is_put_off),
            order_by=("created_at",),
            limit=limit,
            lock="skip locked",
        )
        return len(replayed)
