# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of subscriptions take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.subscription import SubscriptionEventType, SubscriptionStatus
from dbkit.types.value import Instant, Text

__all__ = ["SubscriptionChanges", "SubscriptionOrder", "SubscriptionUniqueKey"]


class SubscriptionChanges(TypedDict, total=False):
    """What an update can change."""

    provider_subscription_ref: Text | None
    event_types: tuple[SubscriptionEventType, ...]
    status: SubscriptionStatus
    status_reason: Text | None
    expires_at: Instant | None


SubscriptionOrder: TypeAlias = Literal["id", "-id"]
"""The orders that an index serves."""

SubscriptionUniqueKey: TypeAlias = Literal[
    "pk_subscriptions", "uq_subscriptions_project_id_installation_id_object_name_current"
]
"""The unique keys that an upsert can name."""
