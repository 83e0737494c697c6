"""The table destination_secrets."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    BinaryData,
    CreatedAt,
    Identifier,
    PlainText,
    UpdatedAt,
    Version,
    is_envelope,
    one_of,
    sealed_with,
)
from dbkit.models.entity import Entity
from dbkit.types.destination_secret import (
    DestinationSecret,
    DestinationSecretFilter,
    DestinationSecretKind,
    NewDestinationSecret,
)

__all__ = ["DESTINATION_SECRETS", "DestinationSecretModel"]


class DestinationSecretModel(Base):
    """A sealed secret of a destination."""

    __tablename__ = "destination_secrets"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    destination_id: Mapped[Identifier] = mapped_column(primary_key=True)
    kind: Mapped[PlainText] = mapped_column(primary_key=True)
    ciphertext: Mapped[BinaryData] = mapped_column(info=sealed_with("encryption_key_id"))
    encryption_key_id: Mapped[Identifier] = mapped_column()
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "destination_id"], ["destinations.project_id", "destinations.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["project_id", "encryption_key_id"], ["encryption_keys.project_id", "encryption_keys.id"]),
        is_envelope(ciphertext, name="ciphertext"),
        one_of(kind, DestinationSecretKind, name="kind"),
        Index("ix_destination_secrets_project_id_encryption_key_id", project_id, encryption_key_id),
    )


DESTINATION_SECRETS = Entity(
    DestinationSecretModel, new=NewDestinationSecret, value=DestinationSecret, filter=DestinationSecretFilter
)
