"""The table operation_logs."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    FreeText,
    Identifier,
    OptionalFreeText,
    OptionalJsonDocument,
    PlainText,
    PointInTime,
    is_json_object,
    one_of,
)
from dbkit.models.entity import Entity, Verb
from dbkit.models.partition import Months
from dbkit.types.operation_log import LogSeverity, NewOperationLog, OperationLog, OperationLogFilter

__all__ = ["OPERATION_LOGS", "OperationLogModel"]

# Partitions hold the lines of all projects, some of which have been promised to keep theirs for longer.
_MONTHS = Months(
    kept=12,
    kept_days="SELECT max((value #>> '{}')::numeric)::int FROM project_entitlements WHERE key = 'logRetentionDays'",
)


class OperationLogModel(Base):
    """A line of an operation's log, in the partition of its month."""

    __tablename__ = "operation_logs"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    logged_at: Mapped[PointInTime] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    operation_id: Mapped[Identifier] = mapped_column()
    severity: Mapped[PlainText] = mapped_column(server_default=text("'INFO'"))
    message: Mapped[FreeText]
    error: Mapped[OptionalFreeText]
    details: Mapped[OptionalJsonDocument] = mapped_column()

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "operation_id"], ["operations.project_id", "operations.id"], ondelete="CASCADE"
        ),
        is_json_object(details, name="details"),
        one_of(severity, LogSeverity, name="severity"),
        Index("ix_operation_logs_project_id_operation_id_logged_at_id", project_id, operation_id, logged_at, id),
        {"postgresql_partition_by": "RANGE (logged_at)", "info": _MONTHS.info},
    )


OPERATION_LOGS = Entity(
    OperationLogModel,
    new=NewOperationLog,
    value=OperationLog,
    filter=OperationLogFilter,
    without=frozenset({Verb.UPDATE, Verb.UPSERT, Verb.DELETE}),
)
