"""The table revisions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, Identifier, JsonDocument, PlainText, is_json_object
from dbkit.models.entity import Entity, Verb
from dbkit.types.revision import NewRevision, Revision, RevisionFilter

__all__ = ["REVISIONS", "RevisionModel"]


class RevisionModel(Base):
    """A revision; written once, gone only with its integration."""

    __tablename__ = "revisions"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    integration_id: Mapped[Identifier] = mapped_column()
    spec_version: Mapped[PlainText] = mapped_column(server_default=text("'1.0.0'"))
    content: Mapped[JsonDocument] = mapped_column()
    number: Mapped[int] = mapped_column()
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "integration_id"], ["integrations.project_id", "integrations.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        UniqueConstraint("project_id", "integration_id", "id"),
        UniqueConstraint("project_id", "integration_id", "number"),
        is_json_object(content, name="content"),
        CheckConstraint(number > 0, name="number"),
        Index("ix_revisions_integration_id_created_at", integration_id, "created_at"),
    )


REVISIONS = Entity(
    RevisionModel,
    new=NewRevision,
    value=Revision,
    filter=RevisionFilter,
    without=frozenset({Verb.UPDATE, Verb.UPSERT, Verb.DELETE}),
)
