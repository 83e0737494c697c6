"""The table builders."""

from __future__ import annotations

from sqlalchemy import Computed, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, CreatedAt, DeletedAt, Identifier, OptionalFreeText, PlainText, UpdatedAt
from dbkit.models.entity import Entity
from dbkit.types.builder import Builder, BuilderFilter, NewBuilder

__all__ = ["BUILDERS", "BuilderModel"]


class BuilderModel(Base):
    """A builder; known by an identity provider, and in organizations by being in their teams."""

    __tablename__ = "builders"

    id: Mapped[Identifier] = mapped_column(primary_key=True)
    idp_provider: Mapped[PlainText] = mapped_column(server_default=text("'clerk'"), info=IMMUTABLE)
    idp_ref: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    primary_email: Mapped[PlainText] = mapped_column()
    first_name: Mapped[OptionalFreeText] = mapped_column()
    last_name: Mapped[OptionalFreeText] = mapped_column()
    full_name: Mapped[OptionalFreeText] = mapped_column(
        Computed(
            func.nullif(func.btrim(func.coalesce(first_name, "") + " " + func.coalesce(last_name, "")), ""),
            persisted=True,
        )
    )
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt] = mapped_column()

    __table_args__ = (
        UniqueConstraint("idp_provider", "idp_ref"),
        Index(
            "uq_builders_primary_email_live",
            func.lower(primary_email),
            unique=True,
            postgresql_where=deleted_at.is_(None),
        ),
    )


BUILDERS = Entity(BuilderModel, new=NewBuilder, value=Builder, filter=BuilderFilter)
