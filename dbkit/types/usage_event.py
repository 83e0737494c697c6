"""Usage events: billable quantities."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, Range
from dbkit.types.identifiers import OrganizationId, ProjectId, UsageEventId, identifier
from dbkit.types.value import Instant, JsonObject, Text, Value, numeric

__all__ = ["NewUsageEvent", "UsageEvent", "UsageEventFilter"]


class NewUsageEvent(Value):
    """A quantity to record. `metric` is of lower-case ASCII letters, digits and underscores, a letter first."""

    project_id: ProjectId
    occurred_at: Instant
    id: UsageEventId = Field(default_factory=identifier(UsageEventId))
    organization_id: OrganizationId
    metric: Text
    quantity: Annotated[Decimal, numeric(20, 6)]
    dimensions: JsonObject = Field(default_factory=dict)


class UsageEvent(NewUsageEvent):
    """A stored quantity; it is never changed, and outlives its project."""

    recorded_at: Instant


class UsageEventFilter(Filter):
    """Which quantities to list."""

    project_id: ProjectId | EveryTenant
    organization_id: OrganizationId | AnyOf[OrganizationId] | None = None
    metric: Text | AnyOf[Text] | None = None
    occurred_at: Range[Instant] | None = None
