"""The table integrations."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    DeletedAt,
    Identifier,
    OptionalIdentifier,
    PlainText,
    UpdatedAt,
    Version,
)
from dbkit.models.entity import Entity
from dbkit.types.integration import Integration, IntegrationFilter, NewIntegration

__all__ = ["INTEGRATIONS", "IntegrationModel"]


class IntegrationModel(Base):
    """An integration; its newest revision must be one of its own, checked at commit."""

    __tablename__ = "integrations"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    name: Mapped[PlainText] = mapped_column()
    provider: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    latest_revision_id: Mapped[OptionalIdentifier]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt] = mapped_column()
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "id", "latest_revision_id"],
            ["revisions.project_id", "revisions.integration_id", "revisions.id"],
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["provider"], ["providers.slug"], ondelete="RESTRICT"),
        Index(
            "uq_integrations_project_id_name_live",
            project_id,
            func.lower(name),
            unique=True,
            postgresql_where=deleted_at.is_(None),
        ),
    )


INTEGRATIONS = Entity(IntegrationModel, new=NewIntegration, value=Integration, filter=IntegrationFilter)
