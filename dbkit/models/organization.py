"""The table organizations."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, DeletedAt, Identifier, PlainText, UpdatedAt, Version
from dbkit.models.entity import Entity
from dbkit.types.organization import NewOrganization, Organization, OrganizationFilter

__all__ = ["ORGANIZATIONS", "OrganizationModel"]


class OrganizationModel(Base):
    """An organization; it and its default team refer to each other, checked at commit."""

    __tablename__ = "organizations"

    id: Mapped[Identifier] = mapped_column(primary_key=True)
    label: Mapped[PlainText]
    default_team_id: Mapped[Identifier]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt]
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "default_team_id"],
            ["teams.organization_id", "teams.id"],
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
    )


ORGANIZATIONS = Entity(OrganizationModel, new=NewOrganization, value=Organization, filter=OrganizationFilter)
