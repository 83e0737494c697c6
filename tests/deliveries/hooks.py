"""Destinations and deliveries to them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import timedelta

from dbkit import AsyncDatabase
from dbkit.deliveries.addresses import networks
from dbkit.deliveries.worker import Counts, DeliveryOptions, DeliveryWorker
from dbkit.types import (
    EVERY_TENANT,
    Delivery,
    DeliveryAttempt,
    DeliveryAttemptFilter,
    Destination,
    DestinationSecretKind,
    NewDelivery,
    NewDestination,
    NewDestinationSecret,
)
from dbkit.types.clock import now
from tests.operations._async.world import async_make_tenant

KEYS = [bytes(range(32)), bytes(range(32, 64))]
LOOPBACK = networks(["127.0.0.0/8"])


def written(*keys: bytes) -> str:
    """Return signing keys as they are sealed."""
    return " ".join(f"whsec_{base64.b64encode(key).decode()}" for key in keys)


@dataclass(frozen=True)
class Hook:
    """A destination with a signing key, and what is delivered to it."""

    db: AsyncDatabase
    destination: Destination

    @classmethod
    async def made(cls, db: AsyncDatabase, url: str, secret: str | None = written(KEYS[0])) -> Hook:
        """Make one, with its tenant."""
        tenant = await async_make_tenant(db)
        destination = await db.destinations.create(
            NewDestination(project_id=tenant.project_id, name="hook", metadata={"url": url})
        )
        if secret is not None:
            kind = DestinationSecretKind.WEBHOOK_SIGNING_KEY
            sealed = await db.keyring.seal(
                NewDestinationSecret,
                project_id=tenant.project_id,
                destination_id=destination.id,
                kind=kind,
                ciphertext=secret,
            )
            await db.destination_secrets.create(sealed)
        return cls(db, destination)

    async def enqueue(self, key: str = "1", *, attempts: int = 0) -> Delivery:
        """Queue a delivery that is due."""
        return await self.db.deliveries.enqueue(
            NewDelivery(
                project_id=self.destination.project_id,
                destination_id=self.destination.id,
                event_type="connection.error",
                idempotency_key=key,
                payload={"name": "Zoë", "count": 3},
                attempts=attempts,
                next_attempt_at=now() - timedelta(seconds=1),
            )
        )

    async def again(self, delivery: Delivery) -> Delivery:
        """Return a delivery as it is by now."""
        return await self.db.deliveries.get(delivery.project_id, delivery.id)

    async def attempts(self) -> list[DeliveryAttempt]:
        """Return all attempts, in order."""
        found = self.db.delivery_attempts.iterate(DeliveryAttemptFilter(project_id=EVERY_TENANT))
        return sorted([each async for each in found], key=lambda each: each.attempt)

    async def current(self) -> Destination:
        """Return the destination as it is by now."""
        return await self.db.destinations.get(self.destination.project_id, self.destination.id)


async def async_delivered(db: AsyncDatabase, **options: object) -> Counts:
    """Deliver what is due, and return what became of it."""
    given = {"once": True, "allowed": LOOPBACK, "poll_seconds": 0.05, "send_seconds": 60.0, **options}
    return await DeliveryWorker(db, DeliveryOptions(**given)).run()  # type: ignore[arg-type]
