# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of connection_secrets take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import EncryptionKeyId
from dbkit.types.value import Bytes, Instant, Text

__all__ = ["ConnectionSecretChanges", "ConnectionSecretOrder", "ConnectionSecretUniqueKey"]


class ConnectionSecretChanges(TypedDict, total=False):
    """What an update can change."""

    ciphertext: Bytes
    encryption_key_id: EncryptionKeyId
    scopes: tuple[Text, ...]
    issued_at: Instant | None
    expires_at: Instant | None


ConnectionSecretOrder: TypeAlias = Literal[
    "connection_id,kind", "-connection_id,-kind", "encryption_key_id", "-encryption_key_id"
]
"""The orders that an index serves."""

ConnectionSecretUniqueKey: TypeAlias = Literal["pk_connection_secrets"]
"""The unique keys that an upsert can name."""
