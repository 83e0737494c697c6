"""The table projects."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, CreatedAt, DeletedAt, Identifier, PlainText, UpdatedAt, Version
from dbkit.models.entity import Entity
from dbkit.types.project import NewProject, Project, ProjectFilter

__all__ = ["PROJECTS", "ProjectModel"]


class ProjectModel(Base):
    """A project; a hard delete takes everything of the tenant along."""

    __tablename__ = "projects"

    id: Mapped[Identifier] = mapped_column(primary_key=True)
    organization_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    name: Mapped[PlainText] = mapped_column()
    app_name: Mapped[PlainText] = mapped_column(server_default=text("''"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt] = mapped_column()
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="RESTRICT"),
        UniqueConstraint("organization_id", "id"),
        Index(
            "uq_projects_organization_id_name_live",
            organization_id,
            func.lower(name),
            unique=True,
            postgresql_where=deleted_at.is_(None),
        ),
    )


PROJECTS = Entity(ProjectModel, new=NewProject, value=Project, filter=ProjectFilter)
