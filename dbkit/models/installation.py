"""The table installations."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    DeletedAt,
    Identifier,
    OptionalPointInTime,
    OptionalText,
    PlainText,
    UpdatedAt,
    Version,
    one_of,
)
from dbkit.models.entity import Entity
from dbkit.types.installation import (
    HealthStatus,
    Installation,
    InstallationFilter,
    LastOperationStatus,
    NewInstallation,
)

__all__ = ["INSTALLATIONS", "InstallationModel"]


class InstallationModel(Base):
    """An installation; its current configuration must be one of its own, checked at commit."""

    __tablename__ = "installations"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    integration_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    connection_id: Mapped[Identifier] = mapped_column()
    group_ref: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    config_id: Mapped[Identifier]
    health_status: Mapped[PlainText] = mapped_column(server_default=text("'healthy'"))
    last_operation_status: Mapped[OptionalText] = mapped_column()
    read_paused_at: Mapped[OptionalPointInTime]
    created_by: Mapped[OptionalText] = mapped_column(info=IMMUTABLE)
    created_at: Mapped[CreatedAt] = mapped_column()
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt] = mapped_column()
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "id", "config_id"],
            ["installation_configs.project_id", "installation_configs.installation_id", "installation_configs.id"],
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        ForeignKeyConstraint(["project_id", "connection_id"], ["connections.project_id", "connections.id"]),
        ForeignKeyConstraint(["project_id", "group_ref"], ["groups.project_id", "groups.group_ref"]),
        ForeignKeyConstraint(["project_id", "integration_id"], ["integrations.project_id", "integrations.id"]),
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        one_of(health_status, HealthStatus, name="health_status"),
        one_of(last_operation_status, LastOperationStatus, name="last_operation_status"),
        Index(
            "uq_installations_project_id_integration_id_group_ref_live",
            project_id,
            integration_id,
            group_ref,
            unique=True,
            postgresql_where=deleted_at.is_(None),
        ),
        Index("ix_installations_project_id_connection_id", project_id, connection_id),
        Index(
            "ix_installations_project_id_created_at_id_live",
            project_id,
            created_at.desc(),
            id.desc(),
            postgresql_where=deleted_at.is_(None),
        ),
        Index("ix_installations_project_id_group_ref", project_id, group_ref),
    )


INSTALLATIONS = Entity(InstallationModel, new=NewInstallation, value=Installation, filter=InstallationFilter)
