"""The table project_role_grants."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, CreatedAt, Identifier, OptionalIdentifier, PlainText, one_of
from dbkit.models.entity import Entity
from dbkit.types.project_role_grant import NewProjectRoleGrant, ProjectRole, ProjectRoleGrant, ProjectRoleGrantFilter

__all__ = ["PROJECT_ROLE_GRANTS", "ProjectRoleGrantModel"]


class ProjectRoleGrantModel(Base):
    """A role on a project; the organization is carried so that project and team are of the same one."""

    __tablename__ = "project_role_grants"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    organization_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    builder_id: Mapped[OptionalIdentifier] = mapped_column(info=IMMUTABLE)
    team_id: Mapped[OptionalIdentifier] = mapped_column(info=IMMUTABLE)
    role: Mapped[PlainText] = mapped_column()
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["builder_id"], ["builders.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["organization_id", "project_id"], ["projects.organization_id", "projects.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["organization_id", "team_id"], ["teams.organization_id", "teams.id"], ondelete="CASCADE"),
        UniqueConstraint("project_id", "builder_id"),
        UniqueConstraint("project_id", "team_id"),
        CheckConstraint(builder_id.is_(None) != team_id.is_(None), name="principal"),
        one_of(role, ProjectRole, name="role"),
        Index("ix_project_role_grants_builder_id", builder_id, postgresql_where=builder_id.is_not(None)),
        Index("ix_project_role_grants_organization_id_project_id", organization_id, project_id),
        Index(
            "ix_project_role_grants_organization_id_team_id",
            organization_id,
            team_id,
            postgresql_where=team_id.is_not(None),
        ),
    )


PROJECT_ROLE_GRANTS = Entity(
    ProjectRoleGrantModel, new=NewProjectRoleGrant, value=ProjectRoleGrant, filter=ProjectRoleGrantFilter
)
