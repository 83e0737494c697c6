# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of subscriptions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.subscription import SubscriptionChanges, SubscriptionOrder, SubscriptionUniqueKey
from dbkit.types.identifiers import ProjectId, SubscriptionId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.subscription import NewSubscription, Subscription, SubscriptionFilter

__all__ = ["AsyncSubscriptionRepository", "AsyncSubscriptionTransactionRepository"]


class AsyncSubscriptionRepository(Protocol):
    """The verbs of subscriptions, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, subscription_id: SubscriptionId) -> Subscription:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, subscription_id: SubscriptionId) -> Subscription | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, project_id: ProjectId, subscription_ids: Sequence[SubscriptionId]) -> list[Subscription]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, subscription_id: SubscriptionId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: SubscriptionFilter, *, order: SubscriptionOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Subscription]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: SubscriptionFilter, *, order: SubscriptionOrder = "id") -> AsyncIterator[Subscription]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: SubscriptionFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewSubscription) -> Subscription:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewSubscription], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewSubscription], *, returning: Literal[True]) -> list[Subscription]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self,
        project_id: ProjectId,
        subscription_id: SubscriptionId,
        *,
        expected_version: int,
        **changes: Unpack[SubscriptionChanges],
    ) -> Subscription:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewSubscription, *, on: SubscriptionUniqueKey) -> Upserted[Subscription]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(
        self, project_id: ProjectId, subscription_id: SubscriptionId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        ...

    async def find_by_provider_ref(self, project_id: ProjectId, provider_subscription_ref: str) -> Subscription | None:
        """Return the newest subscription of a project that the provider knows by this reference, or None."""
        ...


class AsyncSubscriptionTransactionRepository(AsyncSubscriptionRepository, Protocol):
    """The verbs of subscriptions inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        subscription_id: SubscriptionId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Subscription:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        subscription_id: SubscriptionId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Subscription | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    async def due_for_renewal(self, before: datetime, limit: int) -> list[Subscription]:
        """Return up to `limit` active subscriptions of all tenants that expire before this time, the first first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        ...
