# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of encryption_keys take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.encryption_key import EncryptionKeyStatus
from dbkit.types.value import Bytes, Instant, Integer, Text

__all__ = ["EncryptionKeyChanges", "EncryptionKeyOrder", "EncryptionKeyUniqueKey"]


class EncryptionKeyChanges(TypedDict, total=False):
    """What an update can change."""

    kms_key: Text
    kms_key_version: Integer
    wrapped_key: Bytes
    status: EncryptionKeyStatus
    retired_at: Instant | None


EncryptionKeyOrder: TypeAlias = Literal["id", "-id"]
"""The orders that an index serves."""

EncryptionKeyUniqueKey: TypeAlias = Literal["pk_encryption_keys", "uq_encryption_keys_project_id_purpose_active"]
"""The unique keys that an upsert can name."""
