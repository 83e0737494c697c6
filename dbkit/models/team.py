"""The table teams."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, DeletedAt, Identifier, OptionalIdentifier, PlainText, UpdatedAt
from dbkit.models.entity import Entity
from dbkit.types.team import NewTeam, Team, TeamFilter

__all__ = ["TEAMS", "TeamModel"]


class TeamModel(Base):
    """A team; it may have a parent in the same organization."""

    __tablename__ = "teams"

    organization_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    name: Mapped[PlainText] = mapped_column()
    parent_team_id: Mapped[OptionalIdentifier] = mapped_column()
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt] = mapped_column()

    __table_args__ = (
        ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["organization_id", "parent_team_id"],
            ["teams.organization_id", "teams.id"],
            ondelete="SET NULL (parent_team_id)",
        ),
        CheckConstraint(parent_team_id != id, name="parent_team_id"),
        Index(
            "uq_teams_organization_id_name_live",
            organization_id,
            func.lower(name),
            unique=True,
            postgresql_where=deleted_at.is_(None),
        ),
        Index(
            "ix_teams_organization_id_parent_team_id",
            organization_id,
            parent_team_id,
            postgresql_where=parent_team_id.is_not(None),
        ),
    )


TEAMS = Entity(TeamModel, new=NewTeam, value=Team, filter=TeamFilter)
