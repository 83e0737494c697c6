"""The table read_states."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Computed,
    ForeignKeyConstraint,
    Index,
    Numeric,
    and_,
    case,
    cast,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    CreatedAt,
    Identifier,
    OptionalFreeText,
    OptionalIdentifier,
    PlainText,
    UpdatedAt,
    Version,
)
from dbkit.models.entity import Entity
from dbkit.types.read_state import NewReadState, ReadState, ReadStateFilter

__all__ = ["READ_STATES", "ReadStateModel"]


def _percent(processed: Mapped[Any], total: Mapped[Any]) -> ColumnElement[Decimal]:
    """Return how much is done, at most 100; NULL for a total that is unknown or 0."""
    rounded = func.round(cast(processed, Numeric()) * Decimal("100.0") / cast(total, Numeric()), 2)
    return case((total > 0, func.least(Decimal("100.00"), rounded)))


class ReadStateModel(Base):
    """Where the next read of an object goes on; the running read may go without it."""

    __tablename__ = "read_states"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    installation_id: Mapped[Identifier] = mapped_column(primary_key=True)
    object_name: Mapped[PlainText] = mapped_column(primary_key=True)
    next_page_token: Mapped[OptionalFreeText]
    progress_operation_id: Mapped[OptionalIdentifier] = mapped_column()
    records_processed: Mapped[int] = mapped_column(BigInteger(), server_default=text("0"))
    records_estimated_total: Mapped[int | None] = mapped_column(BigInteger())
    percent_complete: Mapped[Decimal | None] = mapped_column(
        Numeric(5, 2), Computed(_percent(records_processed, records_estimated_total), persisted=True)
    )
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "installation_id"], ["installations.project_id", "installations.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["project_id", "progress_operation_id"],
            ["operations.project_id", "operations.id"],
            ondelete="SET NULL (progress_operation_id)",
        ),
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        CheckConstraint(and_(records_processed >= 0, records_estimated_total >= 0), name="records"),
        Index(
            "ix_read_states_project_id_progress_operation_id",
            project_id,
            progress_operation_id,
            postgresql_where=progress_operation_id.is_not(None),
        ),
    )


READ_STATES = Entity(ReadStateModel, new=NewReadState, value=ReadState, filter=ReadStateFilter)
