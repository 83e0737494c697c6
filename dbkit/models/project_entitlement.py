"""The table project_entitlements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKeyConstraint,
    Numeric,
    Text,
    and_,
    case,
    cast,
    false,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, Identifier, PlainText, UpdatedAt, array_literal, one_of
from dbkit.models.entity import Entity
from dbkit.types.project_entitlement import (
    EntitlementKey,
    NewProjectEntitlement,
    ProjectEntitlement,
    ProjectEntitlementFilter,
)

__all__ = ["PROJECT_ENTITLEMENTS", "ProjectEntitlementModel"]


_LOG_RETENTION_DAYS_MAX = 3650


def _has_type_of_key(key: Mapped[Any], value: Mapped[Any]) -> ColumnElement[bool]:
    """Return the rule of a value by its key; NULL, which passes, for a key that another check refuses."""
    kind: ColumnElement[str] = func.jsonb_typeof(value)
    number = cast(value.op("#>>", return_type=Text())(array_literal()), Numeric())
    is_days = and_(number.between(1, _LOG_RETENTION_DAYS_MAX), number % 1 == 0)
    # A cast of what is no number is an error, so it is made for numbers only.
    days_or_false = case((kind == "number", is_days), else_=false())
    rules: dict[str, ColumnElement[bool]] = {
        EntitlementKey.BRANDING_REMOVAL.value: kind == "boolean",
        EntitlementKey.LOG_RETENTION_DAYS.value: days_or_false,
    }
    return case(rules, value=key)


class ProjectEntitlementModel(Base):
    """A feature switch of a project; its value is typed by its key."""

    __tablename__ = "project_entitlements"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    key: Mapped[PlainText] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB())
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        one_of(key, EntitlementKey, name="key"),
        CheckConstraint(_has_type_of_key(key, value), name="value"),
    )


PROJECT_ENTITLEMENTS = Entity(
    ProjectEntitlementModel, new=NewProjectEntitlement, value=ProjectEntitlement, filter=ProjectEntitlementFilter
)
