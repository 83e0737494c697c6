"""Billing accounts beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.billing_account import BillingAccount
from dbkit.types.errors import NotFound
from dbkit.types.identifiers import OrganizationId

__all__ = ["AsyncBillingAccountOperations"]


class AsyncBillingAccountOperations(AsyncOwnOperations):
    """The operations of billing accounts."""

    async def get_by_organization(self, organization_id: OrganizationId) -> BillingAccount:
        """Return the account of an organization, or raise `NotFound`."""
        found: BillingAccount | None = await self._find_unique(
            "uq_billing_accounts_organization_id", organization_id=organization_id
        )
        if found is None:
            raise NotFound(entity=self.entity.name, key={"organization_id": organization_id})
        return found
