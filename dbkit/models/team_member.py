"""The table team_members."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, Identifier, PlainText, one_of
from dbkit.models.entity import Entity
from dbkit.types.team_member import NewTeamMember, TeamMember, TeamMemberFilter, TeamRole

__all__ = ["TEAM_MEMBERS", "TeamMemberModel"]


class TeamMemberModel(Base):
    """A builder in a team; gone with either."""

    __tablename__ = "team_members"

    organization_id: Mapped[Identifier] = mapped_column(primary_key=True)
    team_id: Mapped[Identifier] = mapped_column(primary_key=True)
    builder_id: Mapped[Identifier] = mapped_column(primary_key=True)
    role: Mapped[PlainText] = mapped_column(server_default=text("'member'"))
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["builder_id"], ["builders.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["organization_id", "team_id"], ["teams.organization_id", "teams.id"], ondelete="CASCADE"),
        one_of(role, TeamRole, name="role"),
        Index("ix_team_members_builder_id", builder_id),
    )


TEAM_MEMBERS = Entity(TeamMemberModel, new=NewTeamMember, value=TeamMember, filter=TeamMemberFilter)
