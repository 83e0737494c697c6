"""The table jwt_keys."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, CreatedAt, FreeText, Identifier, PlainText, UpdatedAt
from dbkit.models.entity import Entity
from dbkit.types.jwt_key import JwtAlgorithm, JwtKey, JwtKeyFilter, NewJwtKey

__all__ = ["JWT_KEYS", "JwtKeyModel"]


class JwtKeyModel(Base):
    """A public key that verifies the tokens of a project."""

    __tablename__ = "jwt_keys"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    label: Mapped[PlainText]
    algorithm: Mapped[PlainText] = mapped_column(server_default=text("'RS256'"), info=IMMUTABLE)
    public_key_pem: Mapped[FreeText] = mapped_column(info=IMMUTABLE)
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        UniqueConstraint("project_id", "label"),
        CheckConstraint(algorithm == JwtAlgorithm.RS256.value, name="algorithm"),
        CheckConstraint(public_key_pem.like("-----BEGIN PUBLIC KEY-----%"), name="public_key_pem"),
    )


JWT_KEYS = Entity(JwtKeyModel, new=NewJwtKey, value=JwtKey, filter=JwtKeyFilter)
