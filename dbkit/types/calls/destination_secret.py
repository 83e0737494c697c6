# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of destination_secrets take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.identifiers import EncryptionKeyId
from dbkit.types.value import Bytes

__all__ = ["DestinationSecretChanges", "DestinationSecretOrder", "DestinationSecretUniqueKey"]


class DestinationSecretChanges(TypedDict, total=False):
    """What an update can change."""

    ciphertext: Bytes
    encryption_key_id: EncryptionKeyId


DestinationSecretOrder: TypeAlias = Literal[
    "destination_id,kind", "-destination_id,-kind", "encryption_key_id", "-encryption_key_id"
]
"""The orders that an index serves."""

DestinationSecretUniqueKey: TypeAlias = Literal["pk_destination_secrets"]
"""The unique keys that an upsert can name."""
