"""The table operations."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, and_, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    Identifier,
    OptionalFreeText,
    OptionalIdentifier,
    OptionalJsonDocument,
    OptionalPointInTime,
    OptionalText,
    PlainText,
    UpdatedAt,
    Version,
    is_one_of,
    one_of,
)
from dbkit.models.entity import Entity
from dbkit.types.operation import NewOperation, Operation, OperationFilter, OperationStatus, OperationType, ReadType

__all__ = ["OPERATIONS", "OperationModel"]


class OperationModel(Base):
    """An operation of an installation; a retry refers to the attempt before it."""

    __tablename__ = "operations"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    integration_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    installation_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    config_id: Mapped[OptionalIdentifier] = mapped_column(info=IMMUTABLE)
    type: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    read_type: Mapped[OptionalText] = mapped_column(info=IMMUTABLE)
    status: Mapped[PlainText] = mapped_column(server_default=text("'pending'"))
    attempt: Mapped[int] = mapped_column(server_default=text("1"), info=IMMUTABLE)
    retry_of_id: Mapped[OptionalIdentifier] = mapped_column(info=IMMUTABLE)
    started_at: Mapped[OptionalPointInTime] = mapped_column()
    completed_at: Mapped[OptionalPointInTime] = mapped_column()
    provider_job_ref: Mapped[OptionalText]
    next_poll_at: Mapped[OptionalPointInTime] = mapped_column()
    result: Mapped[OptionalFreeText]
    metadata_: Mapped[OptionalJsonDocument] = mapped_column("metadata")
    created_at: Mapped[CreatedAt] = mapped_column()
    updated_at: Mapped[UpdatedAt]
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "config_id"],
            ["installation_configs.project_id", "installation_configs.id"],
            ondelete="SET NULL (config_id)",
        ),
        ForeignKeyConstraint(
            ["project_id", "installation_id"], ["installations.project_id", "installations.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["project_id", "integration_id"], ["integrations.project_id", "integrations.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["project_id", "retry_of_id"], ["operations.project_id", "operations.id"], ondelete="SET NULL (retry_of_id)"
        ),
        CheckConstraint(and_(attempt > 0, retry_of_id != id), name="attempt"),
        CheckConstraint(
            and_(
                completed_at >= started_at,
                or_(completed_at.is_(None), is_one_of(status, (OperationStatus.COMPLETED, OperationStatus.FAILED))),
            ),
            name="completed_at",
        ),
        CheckConstraint(
            and_(is_one_of(read_type, ReadType), or_(read_type.is_(None), type == OperationType.READ.value)),
            name="read_type",
        ),
        one_of(status, OperationStatus, name="status"),
        one_of(type, OperationType, name="type"),
        Index("ix_operations_next_poll_at_due", next_poll_at, postgresql_where=next_poll_at.is_not(None)),
        Index("ix_operations_project_id_config_id", project_id, config_id, postgresql_where=config_id.is_not(None)),
        Index("ix_operations_project_id_created_at_id", project_id, created_at.desc(), id.desc()),
        Index(
            "ix_operations_project_id_created_at_open",
            project_id,
            created_at,
            postgresql_where=is_one_of(status, (OperationStatus.PENDING, OperationStatus.RUNNING)),
        ),
        Index(
            "ix_operations_project_id_installation_id_created_at_id",
            project_id,
            installation_id,
            created_at.desc(),
            id.desc(),
        ),
        Index("ix_operations_project_id_integration_id", project_id, integration_id),
        Index(
            "ix_operations_project_id_retry_of_id", project_id, retry_of_id, postgresql_where=retry_of_id.is_not(None)
        ),
    )


OPERATIONS = Entity(OperationModel, new=NewOperation, value=Operation, filter=OperationFilter)
