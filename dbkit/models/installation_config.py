"""The table installation_configs."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, Identifier, JsonDocument, PlainText, is_json_object
from dbkit.models.entity import Entity, Verb
from dbkit.types.installation_config import InstallationConfig, InstallationConfigFilter, NewInstallationConfig

__all__ = ["INSTALLATION_CONFIGS", "InstallationConfigModel"]


class InstallationConfigModel(Base):
    """A configuration of an installation; written once, gone only with its installation."""

    __tablename__ = "installation_configs"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    installation_id: Mapped[Identifier]
    revision_id: Mapped[Identifier] = mapped_column()
    number: Mapped[int] = mapped_column()
    content: Mapped[JsonDocument] = mapped_column()
    created_by: Mapped[PlainText]
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "installation_id"], ["installations.project_id", "installations.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["project_id", "revision_id"], ["revisions.project_id", "revisions.id"]),
        UniqueConstraint("project_id", "installation_id", "id"),
        UniqueConstraint("project_id", "installation_id", "number"),
        is_json_object(content, name="content"),
        CheckConstraint(number > 0, name="number"),
        Index("ix_installation_configs_project_id_revision_id", project_id, revision_id),
    )


INSTALLATION_CONFIGS = Entity(
    InstallationConfigModel,
    new=NewInstallationConfig,
    value=InstallationConfig,
    filter=InstallationConfigFilter,
    without=frozenset({Verb.UPDATE, Verb.UPSERT, Verb.DELETE}),
)
