# Generated from dbkit/types/_async/delivery.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.delivery import DeliveryChanges, DeliveryOrder, DeliveryUniqueKey
from dbkit.types.delivery import Delivery, DeliveryFilter, DeliveryStatus, NewDelivery
from dbkit.types.delivery_attempt import NewDeliveryAttempt
from dbkit.types.identifiers import DeliveryId, DestinationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["DeliveryRepository", "DeliveryTransactionRepository"]


class DeliveryRepository(Protocol):
    """The verbs of deliveries, each call a transaction of its own."""

    def get(self, project_id: ProjectId, delivery_id: DeliveryId) -> Delivery:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, delivery_id: DeliveryId) -> Delivery | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_id: ProjectId, delivery_ids: Sequence[DeliveryId]) -> list[Delivery]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, delivery_id: DeliveryId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: DeliveryFilter, *, order: DeliveryOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Delivery]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: DeliveryFilter, *, order: DeliveryOrder = "id") -> Iterator[Delivery]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: DeliveryFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewDelivery) -> Delivery:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewDelivery], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewDelivery], *, returning: Literal[True]) -> list[Delivery]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        expected_version: int,
        **changes: Unpack[DeliveryChanges],
    ) -> Delivery:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewDelivery, *, on: DeliveryUniqueKey) -> Upserted[Delivery]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, project_id: ProjectId, delivery_id: DeliveryId, *, expected_version: int | None = None) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        ...

    def enqueue(self, delivery: NewDelivery) -> Delivery:
        """Store a delivery, or return the first one with its destination and idempotency key."""
        ...

    def claim_due(self, now: datetime, limit: int, *, again_after: timedelta = timedelta(minutes=5)) -> list[Delivery]:
        """Take up to `limit` deliveries of all tenants that are due, the longest due first, and mark them delivering.

        One statement: each goes to one worker. A worker that is not heard of again has lost it
        `again_after` later, when it is due once more.
        """
        ...

    def record_attempt(
        self, attempt: NewDeliveryAttempt, status: DeliveryStatus, *, next_attempt_at: datetime | None = None
    ) -> Delivery:
        """Store an attempt, count it and move its delivery to a status, all or nothing.

        A delivered one notes when. Raises `NotFound`, `IllegalTransition`, and `AlreadyExists` for
        an attempt that is stored already.
        """
        ...

    def delivered_since(self, project_id: ProjectId, destination_id: DestinationId, moment: datetime) -> bool:
        """Tell whether a destination has taken anything from this time on."""
        ...

    def replay(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        since: datetime,
        until: datetime,
        *,
        limit: int = 1000,
    ) -> int:
        """Make up to `limit` deliveries to a destination due now that were created from one time on, up to another.

        Those that have failed, and those that were put off because the destination was disabled; what was delivered
        stays so. Returns how many: fewer than the limit where there are no more.
        """
        ...


class DeliveryTransactionRepository(DeliveryRepository, Protocol):
    """The verbs of deliveries inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Delivery:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        project_id: ProjectId,
        delivery_id: DeliveryId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Delivery | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
