"""What is told of what providers call in with."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator

from dbkit.events.event import Event, Moment
from dbkit.types.identifiers import ConsumerRef, GroupRef, InstallationId, ProjectId, ProviderSlug, SubscriptionId
from dbkit.types.outbox_event import OutboxTopic
from dbkit.types.subscription import SubscriptionEventType
from dbkit.types.value import JsonObject, Text

__all__ = ["SubscribeWebhookProcessed", "SubscribeWebhookReceived"]


class SubscribeWebhookReceived(Event):
    """A provider has called in; no row tells of it. The body is here, or where `body_url` says."""

    topic: ClassVar[str] = OutboxTopic.SUBSCRIBE_WEBHOOK_RECEIVED
    ordered_by: ClassVar[str] = "provider_subscription_ref"

    provider: ProviderSlug
    provider_subscription_ref: Text
    project_id: ProjectId | None = None
    subscription_id: SubscriptionId | None = None
    received_at: Moment
    headers: dict[str, Text] = Field(default_factory=dict)
    body: Text | None = None
    body_url: Text | None = None

    @model_validator(mode="after")
    def _has_one_body(self) -> Self:
        if (self.body is None) == (self.body_url is None):
            message = "either body or body_url has to be given"
            raise ValueError(message)
        return self

    def ordering_key(self) -> str:
        """Return the subscription's id, or what the provider calls it where nobody knows whose it is."""
        return self.provider_subscription_ref if self.subscription_id is None else str(self.subscription_id)


class SubscribeWebhookProcessed(Event):
    """What a provider called in with is matched to a subscription, and read."""

    topic: ClassVar[str] = OutboxTopic.SUBSCRIBE_WEBHOOK_PROCESSED
    ordered_by: ClassVar[str] = "installation_id"

    project_id: ProjectId
    installation_id: InstallationId
    subscription_id: SubscriptionId
    object_name: Text
    event_type: SubscriptionEventType
    provider_event_type: Text
    records: tuple[JsonObject, ...]
    group_ref: GroupRef
    consumer_ref: ConsumerRef
    processed_at: Moment
