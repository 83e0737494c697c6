"""The table connections."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    DeletedAt,
    Identifier,
    JsonDocument,
    OptionalIdentifier,
    OptionalText,
    PlainText,
    UpdatedAt,
    Version,
    is_json_object,
    one_of,
)
from dbkit.models.entity import Entity
from dbkit.types.connection import AuthScheme, Connection, ConnectionFilter, ConnectionStatus, NewConnection

__all__ = ["CONNECTIONS", "ConnectionModel"]


class ConnectionModel(Base):
    """A connection of a group and a consumer to an account at a provider."""

    __tablename__ = "connections"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    provider: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    provider_app_id: Mapped[OptionalIdentifier] = mapped_column()
    group_ref: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    consumer_ref: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    provider_workspace_ref: Mapped[OptionalText] = mapped_column()
    provider_consumer_ref: Mapped[OptionalText]
    auth_scheme: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    status: Mapped[PlainText] = mapped_column(server_default=text("'created'"))
    provider_metadata: Mapped[JsonDocument] = mapped_column(server_default=text("'{}'"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt] = mapped_column()
    version: Mapped[Version]

    # The columns' names would pass 63 bytes, so this index is named after what it is.
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "consumer_ref"], ["consumers.project_id", "consumers.consumer_ref"]),
        ForeignKeyConstraint(["project_id", "group_ref"], ["groups.project_id", "groups.group_ref"]),
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["provider"], ["providers.slug"], ondelete="RESTRICT"),
        ForeignKeyConstraint(["project_id", "provider_app_id"], ["provider_apps.project_id", "provider_apps.id"]),
        one_of(auth_scheme, AuthScheme, name="auth_scheme"),
        is_json_object(provider_metadata, name="provider_metadata"),
        one_of(status, ConnectionStatus, name="status"),
        Index(
            "uq_connections_identity_live",
            project_id,
            provider,
            group_ref,
            consumer_ref,
            provider_workspace_ref,
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=deleted_at.is_(None),
        ),
        Index("ix_connections_project_id_consumer_ref", project_id, consumer_ref),
        Index("ix_connections_project_id_group_ref", project_id, group_ref),
        Index(
            "ix_connections_project_id_provider_app_id",
            project_id,
            provider_app_id,
            postgresql_where=provider_app_id.is_not(None),
        ),
    )


CONNECTIONS = Entity(ConnectionModel, new=NewConnection, value=Connection, filter=ConnectionFilter)
