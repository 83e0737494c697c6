"""The table providers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, or_, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    CreatedAt,
    FreeText,
    JsonDocument,
    OptionalText,
    PlainText,
    UpdatedAt,
    is_json_object,
    one_of,
    only_of,
    text_array,
)
from dbkit.models.entity import Entity
from dbkit.types.provider import (
    NewProvider,
    OAuth2GrantType,
    Provider,
    ProviderAction,
    ProviderAuthType,
    ProviderFilter,
)

__all__ = ["PROVIDERS", "ProviderModel"]


class ProviderModel(Base):
    """A provider; global reference data, kept while anything uses it."""

    __tablename__ = "providers"

    slug: Mapped[PlainText] = mapped_column(primary_key=True)
    display_name: Mapped[PlainText]
    auth_type: Mapped[PlainText] = mapped_column(server_default=text("'oauth2'"))
    base_url: Mapped[FreeText]
    modules: Mapped[JsonDocument] = mapped_column(server_default=text("'{}'"))
    default_module: Mapped[OptionalText] = mapped_column()
    supports: Mapped[list[str]] = mapped_column(text_array(), server_default=text("'{}'"))
    oauth2_grant_type: Mapped[OptionalText] = mapped_column()
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", JSONB(), server_default=text("'{}'"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (
        one_of(auth_type, ProviderAuthType, name="auth_type"),
        CheckConstraint(modules.bool_op("?")(default_module), name="default_module"),
        CheckConstraint(
            or_(oauth2_grant_type.is_(None), auth_type == ProviderAuthType.OAUTH2.value), name="grant_needs_oauth2"
        ),
        is_json_object(metadata_, name="metadata"),
        is_json_object(modules, name="modules"),
        one_of(oauth2_grant_type, OAuth2GrantType, name="oauth2_grant_type"),
        CheckConstraint(only_of(supports, ProviderAction), name="supports"),
    )


PROVIDERS = Entity(ProviderModel, new=NewProvider, value=Provider, filter=ProviderFilter)
