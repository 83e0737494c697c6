"""The table connection_secrets."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, and_, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    BinaryData,
    CreatedAt,
    Identifier,
    OptionalPointInTime,
    PlainText,
    UpdatedAt,
    Version,
    is_envelope,
    one_of,
    sealed_with,
    text_array,
)
from dbkit.models.entity import Entity
from dbkit.types.connection_secret import (
    ConnectionSecret,
    ConnectionSecretFilter,
    ConnectionSecretKind,
    NewConnectionSecret,
)

__all__ = ["CONNECTION_SECRETS", "ConnectionSecretModel"]


class ConnectionSecretModel(Base):
    """A sealed secret of a connection; its version is also the generation of the token."""

    __tablename__ = "connection_secrets"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    connection_id: Mapped[Identifier] = mapped_column(primary_key=True)
    kind: Mapped[PlainText] = mapped_column(primary_key=True)
    ciphertext: Mapped[BinaryData] = mapped_column(info=sealed_with("encryption_key_id"))
    encryption_key_id: Mapped[Identifier] = mapped_column()
    scopes: Mapped[list[str]] = mapped_column(text_array(), server_default=text("'{}'"))
    issued_at: Mapped[OptionalPointInTime]
    expires_at: Mapped[OptionalPointInTime] = mapped_column()
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "connection_id"], ["connections.project_id", "connections.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["project_id", "encryption_key_id"], ["encryption_keys.project_id", "encryption_keys.id"]),
        is_envelope(ciphertext, name="ciphertext"),
        one_of(kind, ConnectionSecretKind, name="kind"),
        Index(
            "ix_connection_secrets_expires_at_tokens",
            expires_at,
            postgresql_where=and_(kind == ConnectionSecretKind.ACCESS_TOKEN.value, expires_at.is_not(None)),
        ),
        Index("ix_connection_secrets_project_id_encryption_key_id", project_id, encryption_key_id),
    )


CONNECTION_SECRETS = Entity(
    ConnectionSecretModel, new=NewConnectionSecret, value=ConnectionSecret, filter=ConnectionSecretFilter
)
