"""A worker: claims what is due, sends it, records what came of it, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from dbkit.deliveries.addresses import Network
from dbkit.deliveries.outcome import Outcome
from dbkit.deliveries.schedule import pause_after
from dbkit.deliveries.sending import Sender
from dbkit.deliveries.signing import secrets_in
from dbkit.types.clock import now
from dbkit.types.delivery import Delivery, DeliveryStatus
from dbkit.types.delivery_attempt import NewDeliveryAttempt
from dbkit.types.destination import Destination
from dbkit.types.destination_secret import DestinationSecretKind
from dbkit.types.errors import (
    AlreadyExists,
    DbkitError,
    IllegalTransition,
    NotFound,
    ResourceError,
    SecretUnreadable,
    StaleVersion,
)

if TYPE_CHECKING:
    from dbkit.database._async.database import AsyncDatabase

__all__ = ["Counts", "DeliveryOptions", "DeliveryWorker"]

_logger = logging.getLogger("dbkit.deliveries")
_RECORD_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOptions:
    """How a worker works: `concurrency` messages at a time, each with `send_seconds`; it looks every `poll_seconds`.

    Private addresses are refused but for those in `allowed`, where http will do. With `once` it ends when nothing is
    due any more.
    """

    concurrency: int = 20
    send_seconds: float = 15.0
    poll_seconds: float = 1.0
    allowed: Sequence[Network] = ()
    once: bool = False


@dataclass(slots=True)
class Counts:
    """What a worker has done: attempts by their end, what was put off, and destinations that were disabled."""

    delivered: int = 0
    retried: int = 0
    failed: int = 0
    put_off: int = 0
    disabled: int = 0
    lost: int = 0
    """Attempts that another worker has recorded first, after this one's claim had ended."""


class DeliveryWorker:
    """Delivers what is due, at least once, beside as many others as there are.

    A claim lasts for the time of a message and of its recording. A worker that dies in between has sent what the next
    one sends again, with the same `webhook-id`, by which the receiver knows it.
    """

    def __init__(self, database: AsyncDatabase, options: DeliveryOptions | None = None) -> None:
        self._database = database
        self._options = options or DeliveryOptions()
        self._again_after = timedelta(seconds=self._options.send_seconds + _RECORD_SECONDS)
        self.counts = Counts()

    async def run(self, stop: asyncio.Event | None = None) -> Counts:
        """Work until it is asked to stop; then end what was begun, and leave nothing claimed."""
        asked = stop or asyncio.Event()
        self._sender = Sender(self._options.send_seconds, self._options.allowed)
        tasks: set[asyncio.Task[None]] = set()
        try:
            while not asked.is_set():
                free = self._options.concurrency - len(tasks)
                claimed = await self._claim(free) if free else []
                tasks |= {asyncio.create_task(self._handle(delivery)) for delivery in claimed}
                if self._options.once and not tasks:
                    break
                tasks = await self._wait(tasks, asked)
        finally:
            if tasks:
                await asyncio.wait(tasks)
            await self._sender.close()
        return self.counts

    async def _wait(self, tasks: set[asyncio.Task[None]], asked: asyncio.Event) -> set[asyncio.Task[None]]:
        """Wait until one is done, or it is time to look again, or to stop; return the tasks that go on."""
        stopping = asyncio.ensure_future(asked.wait())
        seconds = self._options.poll_seconds
        await asyncio.wait({*tasks, stopping}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        ended = {task for task in tasks if task.done()}
        for task in ended:
            # What goes wrong beyond the database is a mistake of this code, and ends the worker.
            task.result()
        return tasks - ended

    async def _claim(self, limit: int) -> list[Delivery]:
        try:
            return await self._database.deliveries.claim_due(now(), limit, again_after=self._again_after)
        except ResourceError as error:
            _logger.warning("nothing can be claimed: %s", error)
            return []

    async def _handle(self, delivery: Delivery) -> None:
        try:
            await self._deliver(delivery)
        except (AlreadyExists, IllegalTransition, StaleVersion, NotFound):
            self.counts.lost += 1
        except DbkitError as error:
            # The claim ends by itself, and it is sent once more.
            _logger.warning("delivery %s stays claimed until its time is over: %s", delivery.id, error)

    async def _deliver(self, delivery: Delivery) -> None:
        destination = await self._database.destinations.find(delivery.project_id, delivery.destination_id)
        if destination is None or destination.disabled_at is not None:
            await self._put_off(delivery)
            return
        try:
            keys = await self._keys(destination)
        except (NotFound, SecretUnreadable):
            outcome = Outcome(now(), 0, error="the destination has no signing key that can be read")
        else:
            outcome = await self._sender.send(delivery, str(destination.metadata["url"]), keys)
        await self._record(delivery, outcome)

    async def _keys(self, destination: Destination) -> list[bytes]:
        secret = await self._database.destination_secrets.get(
            destination.project_id, destination.id, DestinationSecretKind.WEBHOOK_SIGNING_KEY
        )
        return secrets_in(await self._database.keyring.unseal(secret))

    async def _record(self, delivery: Delivery, outcome: Outcome) -> None:
        """Store the attempt and what follows from it; a destination that takes nothing any more is disabled."""
        number = delivery.attempts + 1
        pause = None if outcome.is_gone else pause_after(number, outcome.retry_after_seconds)
        if outcome.is_delivered:
            status, pause = DeliveryStatus.DELIVERED, None
        else:
            status = DeliveryStatus.FAILED if pause is None else DeliveryStatus.PENDING
        attempt = NewDeliveryAttempt(
            project_id=delivery.project_id,
            delivery_id=delivery.id,
            attempt=number,
            started_at=outcome.started_at,
            duration_ms=outcome.duration_ms,
            http_status=outcome.http_status,
            error=outcome.error,
        )
        await self._database.deliveries.record_attempt(
            attempt, status, next_attempt_at=None if pause is None else now() + pause
        )
        self._count(status)
        if status is DeliveryStatus.FAILED:
            await self._disable_if_dead(delivery, outcome)

    def _count(self, status: DeliveryStatus) -> None:
        counts = self.counts
        counts.delivered += status is DeliveryStatus.DELIVERED
        counts.retried += status is DeliveryStatus.PENDING
        counts.failed += status is DeliveryStatus.FAILED

    async def _disable_if_dead(self, delivery: Delivery, outcome: Outcome) -> None:
        """Disable a destination that says it is gone, or took nothing in all the time of a delivery's attempts."""
        database, key = self._database, (delivery.project_id, delivery.destination_id)
        if not outcome.is_gone and await database.deliveries.delivered_since(*key, delivery.created_at):
            return
        days = (now() - delivery.created_at).days
        reason = "the receiver is gone (410)" if outcome.is_gone else f"it has taken nothing for {days} days"
        await database.destinations.disable(*key, reason)
        self.counts.disabled += 1

    async def _put_off(self, delivery: Delivery) -> None:
        """Give a delivery back for which nobody is there; a replay makes it due again."""
        with suppress(StaleVersion):
            await self._database.deliveries.update(
                delivery.project_id,
                delivery.id,
                expected_version=delivery.version,
                status=DeliveryStatus.PENDING,
                next_attempt_at=None,
            )
            self.counts.put_off += 1
