"""The table provider_apps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, and_, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    BinaryData,
    CreatedAt,
    DeletedAt,
    Identifier,
    OptionalText,
    PlainText,
    UpdatedAt,
    Version,
    array_literal,
    is_envelope,
    sealed_with,
    text_array,
)
from dbkit.models.entity import Entity
from dbkit.types.provider_app import NewProviderApp, ProviderApp, ProviderAppFilter

__all__ = ["PROVIDER_APPS", "ProviderAppModel"]


class ProviderAppModel(Base):
    """An OAuth application at a provider, its secret sealed."""

    __tablename__ = "provider_apps"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    provider: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    external_ref: Mapped[OptionalText] = mapped_column()
    client_id: Mapped[PlainText] = mapped_column()
    client_secret_ciphertext: Mapped[BinaryData] = mapped_column(info=sealed_with("client_secret_key_id"))
    client_secret_key_id: Mapped[Identifier]
    scopes: Mapped[list[str]] = mapped_column(text_array(), server_default=text("'{}'"))
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", JSONB(), server_default=text("'{}'"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt] = mapped_column()
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "client_secret_key_id"], ["encryption_keys.project_id", "encryption_keys.id"]
        ),
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["provider"], ["providers.slug"], ondelete="RESTRICT"),
        is_envelope(client_secret_ciphertext, name="client_secret_ciphertext"),
        CheckConstraint(
            and_(
                func.jsonb_typeof(metadata_) == "object",
                metadata_.op("-")(array_literal("authQueryParams", "providerParams")) == text("'{}'"),
            ),
            name="metadata",
        ),
        Index(
            "uq_provider_apps_project_id_external_ref_live",
            project_id,
            external_ref,
            unique=True,
            postgresql_where=and_(external_ref.is_not(None), deleted_at.is_(None)),
        ),
        Index(
            "uq_provider_apps_project_id_provider_client_id_live",
            project_id,
            provider,
            client_id,
            unique=True,
            postgresql_where=deleted_at.is_(None),
        ),
    )


PROVIDER_APPS = Entity(ProviderAppModel, new=NewProviderApp, value=ProviderApp, filter=ProviderAppFilter)
