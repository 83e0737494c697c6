"""Subscriptions: what an installation subscribed to at a provider, by object."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, Range
from dbkit.types.identifiers import InstallationId, ProjectId, SubscriptionId, identifier
from dbkit.types.value import Instant, Integer, StateEnum, Text, Value

__all__ = ["NewSubscription", "Subscription", "SubscriptionEventType", "SubscriptionFilter", "SubscriptionStatus"]


class SubscriptionEventType(StrEnum):
    """What happened to an object at the provider."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    ASSOCIATION_CHANGE = "associationChange"
    OTHER = "other"


class SubscriptionStatus(StateEnum):
    """Whether the provider sends events."""

    PENDING = "pending"
    ACTIVE = "active"
    FAILED = "failed"
    UNSUBSCRIBED = "unsubscribed"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps; a failed one may be tried again, an unsubscribed one may not."""
        return {
            cls.PENDING: frozenset({cls.ACTIVE, cls.FAILED}),
            cls.ACTIVE: frozenset({cls.FAILED, cls.UNSUBSCRIBED}),
            cls.FAILED: frozenset({cls.PENDING, cls.UNSUBSCRIBED}),
        }


class NewSubscription(Value):
    """A subscription to create, to one type of event at least.

    An object of an installation has one that is not unsubscribed.
    """

    project_id: ProjectId
    id: SubscriptionId = Field(default_factory=identifier(SubscriptionId))
    installation_id: InstallationId
    object_name: Text
    provider_subscription_ref: Text | None = None
    event_types: tuple[SubscriptionEventType, ...]
    status: SubscriptionStatus = SubscriptionStatus.PENDING
    status_reason: Text | None = None
    expires_at: Instant | None = None


class Subscription(NewSubscription):
    """A stored subscription."""

    created_at: Instant
    updated_at: Instant
    version: Integer


class SubscriptionFilter(Filter):
    """Which subscriptions to list."""

    project_id: ProjectId | EveryTenant
    installation_id: InstallationId | AnyOf[InstallationId] | None = None
    object_name: Text | AnyOf[Text] | None = None
    status: SubscriptionStatus | AnyOf[SubscriptionStatus] | None = None
    expires_at: Range[Instant] | None = None
