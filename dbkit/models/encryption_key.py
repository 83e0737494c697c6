"""The table encryption_keys."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, BinaryData, CreatedAt, Identifier, OptionalPointInTime, PlainText, one_of
from dbkit.models.entity import Entity
from dbkit.types.encryption_key import EncryptionKey, EncryptionKeyFilter, EncryptionKeyStatus, NewEncryptionKey

__all__ = ["ENCRYPTION_KEYS", "EncryptionKeyModel"]


class EncryptionKeyModel(Base):
    """A data key, wrapped; kept while a secret is sealed by it."""

    __tablename__ = "encryption_keys"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    purpose: Mapped[PlainText] = mapped_column(server_default=text("'credentials'"), info=IMMUTABLE)
    kms_key: Mapped[PlainText]
    kms_key_version: Mapped[int] = mapped_column()
    wrapped_key: Mapped[BinaryData]
    status: Mapped[PlainText] = mapped_column(server_default=text("'active'"))
    retired_at: Mapped[OptionalPointInTime] = mapped_column()
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        CheckConstraint(kms_key_version > 0, name="kms_key_version"),
        CheckConstraint((status == EncryptionKeyStatus.RETIRED.value) == retired_at.is_not(None), name="retired_at"),
        one_of(status, EncryptionKeyStatus, name="status"),
        Index(
            "uq_encryption_keys_project_id_purpose_active",
            project_id,
            purpose,
            unique=True,
            postgresql_where=status == EncryptionKeyStatus.ACTIVE.value,
        ),
    )


ENCRYPTION_KEYS = Entity(EncryptionKeyModel, new=NewEncryptionKey, value=EncryptionKey, filter=EncryptionKeyFilter)
