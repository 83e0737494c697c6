"""Subscriptions beyond the verbs."""

from __future__ import annotations

from datetime import datetime

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.identifiers import ProjectId
from dbkit.types.subscription import Subscription, SubscriptionStatus

__all__ = ["AsyncSubscriptionOperations", "AsyncSubscriptionTransactionOperations"]


class AsyncSubscriptionOperations(AsyncOwnOperations):
    """The operations of subscriptions."""

    async def find_by_provider_ref(self, project_id: ProjectId, provider_subscription_ref: str) -> Subscription | None:
        """Return the newest subscription of a project that the provider knows by this reference, or None."""
        columns = self._columns
        found: Subscription | None = await self._first(
            columns.project_id == project_id,
            columns.provider_subscription_ref == provider_subscription_ref,
            order_by=("-created_at", "-id"),
        )
        return found


class AsyncSubscriptionTransactionOperations(AsyncSubscriptionOperations):
    """The operations of subscriptions inside a transaction."""

    async def due_for_renewal(self, before: datetime, limit: int) -> list[Subscription]:
        """Return up to `limit` active subscriptions of all tenants that expire before this time, the first first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        columns = self._columns
        return await self._all(
            columns.status == SubscriptionStatus.ACTIVE,
            columns.expires_at < before,
            order_by=("expires_at",),
            limit=limit,
            lock="skip locked",
        )
