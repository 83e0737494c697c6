"""The table api_keys."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, and_, func, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, BinaryData, CreatedAt, Identifier, PlainText, UpdatedAt, only_of, text_array
from dbkit.models.entity import Entity
from dbkit.types.api_key import ApiKey, ApiKeyFilter, ApiKeyScope, NewApiKey

__all__ = ["API_KEYS", "ApiKeyModel"]


class ApiKeyModel(Base):
    """A caller's secret key, by its hash, which is looked up before the project is known."""

    __tablename__ = "api_keys"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    label: Mapped[PlainText]
    scopes: Mapped[list[str]] = mapped_column(text_array())
    key_prefix: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    key_hash: Mapped[BinaryData] = mapped_column(info=IMMUTABLE)
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        UniqueConstraint("key_hash"),
        CheckConstraint(and_(only_of(scopes, ApiKeyScope), func.cardinality(scopes) > 0), name="scopes"),
    )


API_KEYS = Entity(ApiKeyModel, new=NewApiKey, value=ApiKey, filter=ApiKeyFilter)
