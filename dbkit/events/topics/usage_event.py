"""What is told of usage."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from dbkit.events.event import Event, Moment
from dbkit.types.identifiers import OrganizationId, ProjectId, UsageEventId, identifier
from dbkit.types.outbox_event import OutboxTopic
from dbkit.types.value import JsonObject, numeric

__all__ = ["UsageEmitted"]


class UsageEmitted(Event):
    """A billable act, which becomes one row of `usage_events`; the id is that row's."""

    topic: ClassVar[str] = OutboxTopic.USAGE_EMITTED
    ordered_by: ClassVar[str] = "organization_id"

    id: UsageEventId = Field(default_factory=identifier(UsageEventId))
    organization_id: OrganizationId
    project_id: ProjectId
    metric: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    quantity: Annotated[Decimal, numeric(20, 6), Field(ge=0)]
    dimensions: JsonObject = Field(default_factory=dict)
    occurred_at: Moment
