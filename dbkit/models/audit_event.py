"""The table audit_events."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKeyConstraint, Index, func, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    Identifier,
    JsonDocument,
    OptionalIdentifier,
    OptionalText,
    PlainText,
    is_json_object,
    one_of,
)
from dbkit.models.entity import Entity, Verb
from dbkit.types.audit_event import ActorType, AuditEvent, AuditEventFilter, NewAuditEvent

__all__ = ["AUDIT_EVENTS", "AuditEventModel"]


class AuditEventModel(Base):
    """An audit event; the row that it tells of has no foreign key here, so the trail outlives it."""

    __tablename__ = "audit_events"

    organization_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    project_id: Mapped[OptionalIdentifier]
    actor_type: Mapped[PlainText] = mapped_column()
    actor_id: Mapped[OptionalText] = mapped_column()
    action: Mapped[PlainText]
    entity: Mapped[PlainText] = mapped_column()
    entity_id: Mapped[PlainText] = mapped_column()
    changes: Mapped[JsonDocument] = mapped_column(server_default=text("'{}'"))
    occurred_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    __table_args__ = (
        ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="RESTRICT"),
        CheckConstraint(or_(actor_id.is_not(None), actor_type == ActorType.SERVICE.value), name="actor_id"),
        one_of(actor_type, ActorType, name="actor_type"),
        is_json_object(changes, name="changes"),
        Index(
            "ix_audit_events_organization_id_entity_entity_id",
            organization_id,
            entity,
            entity_id,
            occurred_at.desc(),
        ),
        Index("ix_audit_events_organization_id_occurred_at", organization_id, occurred_at.desc(), id.desc()),
    )


AUDIT_EVENTS = Entity(
    AuditEventModel,
    new=NewAuditEvent,
    value=AuditEvent,
    filter=AuditEventFilter,
    without=frozenset({Verb.UPDATE, Verb.UPSERT, Verb.DELETE}),
)
