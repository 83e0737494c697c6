"""The table usage_events."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import Identifier, JsonDocument, PlainText, PointInTime, is_json_object
from dbkit.models.entity import Entity, Verb
from dbkit.models.partition import Months
from dbkit.types.usage_event import NewUsageEvent, UsageEvent, UsageEventFilter

__all__ = ["USAGE_EVENTS", "UsageEventModel"]


class UsageEventModel(Base):
    """A billable quantity, in the partition of its month; it keeps the organization, and outlives the project."""

    __tablename__ = "usage_events"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    occurred_at: Mapped[PointInTime] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    organization_id: Mapped[Identifier] = mapped_column()
    metric: Mapped[PlainText] = mapped_column()
    quantity: Mapped[Decimal] = mapped_column(Numeric(20, 6))
    dimensions: Mapped[JsonDocument] = mapped_column(server_default=text("'{}'"))
    recorded_at: Mapped[PointInTime] = mapped_column(server_default=func.now())

    __table_args__ = (
        ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="RESTRICT"),
        is_json_object(dimensions, name="dimensions"),
        CheckConstraint(metric.regexp_match("^[a-z][a-z0-9_]*$"), name="metric"),
        CheckConstraint(quantity >= 0, name="quantity"),
        Index("ix_usage_events_organization_id_metric_occurred_at", organization_id, metric, occurred_at),
        # Whole months are archived by hand, so none is retired.
        {"postgresql_partition_by": "RANGE (occurred_at)", "info": Months().info},
    )


USAGE_EVENTS = Entity(
    UsageEventModel,
    new=NewUsageEvent,
    value=UsageEvent,
    filter=UsageEventFilter,
    without=frozenset({Verb.UPDATE, Verb.UPSERT, Verb.DELETE}),
)
