"""The table groups."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, Identifier, PlainText, UpdatedAt
from dbkit.models.entity import Entity
from dbkit.types.group import Group, GroupFilter, NewGroup

__all__ = ["GROUPS", "GroupModel"]


class GroupModel(Base):
    """A group, by the reference that the customer uses."""

    __tablename__ = "groups"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    group_ref: Mapped[PlainText] = mapped_column(primary_key=True)
    group_name: Mapped[PlainText] = mapped_column(server_default=text("''"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),)


GROUPS = Entity(GroupModel, new=NewGroup, value=Group, filter=GroupFilter)
