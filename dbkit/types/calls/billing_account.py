# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of billing_accounts take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.billing_account import BillingProvider
from dbkit.types.value import Text

__all__ = ["BillingAccountChanges", "BillingAccountOrder", "BillingAccountUniqueKey"]


class BillingAccountChanges(TypedDict, total=False):
    """What an update can change."""

    display_name: Text
    billing_provider: BillingProvider
    billing_provider_ref: Text


BillingAccountOrder: TypeAlias = Literal[
    "id", "-id", "billing_provider,billing_provider_ref", "-billing_provider,-billing_provider_ref"
]
"""The orders that an index serves."""

BillingAccountUniqueKey: TypeAlias = Literal[
    "pk_billing_accounts",
    "uq_billing_accounts_billing_provider_billing_provider_ref",
    "uq_billing_accounts_organization_id",
]
"""The unique keys that an upsert can name."""
