"""Billing accounts: an organization's account at a billing provider."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter
from dbkit.types.identifiers import BillingAccountId, OrganizationId, identifier
from dbkit.types.value import Instant, Text, Value

__all__ = ["BillingAccount", "BillingAccountFilter", "BillingProvider", "NewBillingAccount"]


class BillingProvider(StrEnum):
    """Who writes the bills."""

    STRIPE = "stripe"
    ORB = "orb"
    ZENSKAR = "zenskar"


class NewBillingAccount(Value):
    """An account to create; an organization has one."""

    id: BillingAccountId = Field(default_factory=identifier(BillingAccountId))
    organization_id: OrganizationId
    display_name: Text
    billing_provider: BillingProvider
    billing_provider_ref: Text


class BillingAccount(NewBillingAccount):
    """A stored account."""

    created_at: Instant
    updated_at: Instant


class BillingAccountFilter(Filter):
    """Which accounts to list."""

    organization_id: OrganizationId | EveryTenant
    billing_provider: BillingProvider | AnyOf[BillingProvider] | None = None
