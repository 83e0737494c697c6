"""The table destinations."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, and_, func, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    DeletedAt,
    Identifier,
    JsonDocument,
    OptionalFreeText,
    OptionalPointInTime,
    PlainText,
    UpdatedAt,
    Version,
    one_of,
)
from dbkit.models.entity import Entity
from dbkit.types.destination import Destination, DestinationFilter, DestinationType, NewDestination

__all__ = ["DESTINATIONS", "DestinationModel"]


class DestinationModel(Base):
    """Where results and notifications go; the shape of its metadata goes by its type."""

    __tablename__ = "destinations"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    name: Mapped[PlainText] = mapped_column()
    type: Mapped[PlainText] = mapped_column(server_default=text("'webhook'"), info=IMMUTABLE)
    metadata_: Mapped[JsonDocument] = mapped_column("metadata")
    disabled_at: Mapped[OptionalPointInTime] = mapped_column()
    disabled_reason: Mapped[OptionalFreeText] = mapped_column()
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt] = mapped_column()
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        CheckConstraint(or_(disabled_reason.is_(None), disabled_at.is_not(None)), name="disabled_reason"),
        CheckConstraint(
            and_(
                func.jsonb_typeof(metadata_) == "object",
                or_(type != DestinationType.WEBHOOK.value, metadata_.bool_op("?")("url")),
            ),
            name="metadata",
        ),
        one_of(type, DestinationType, name="type"),
        Index(
            "uq_destinations_project_id_name_live",
            project_id,
            func.lower(name),
            unique=True,
            postgresql_where=deleted_at.is_(None),
        ),
    )


DESTINATIONS = Entity(DestinationModel, new=NewDestination, value=Destination, filter=DestinationFilter)
