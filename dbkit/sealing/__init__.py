"""Secrets sealed at rest: envelopes of AES-256-GCM, and the data keys that a key management service wraps."""

from __future__ import annotations

from dbkit.sealing.data_key import DataKey, key_id_of
from dbkit.sealing.envelope import seal, unseal
from dbkit.sealing.key_cache import KeyCache
from dbkit.sealing.keys import KeyService, LocalKeyService, WrappedKey, key_service
from dbkit.sealing.place import Place

__all__ = [
    "DataKey",
    "KeyCache",
    "KeyService",
    "LocalKeyService",
    "Place",
    "WrappedKey",
    "key_id_of",
    "key_service",
    "seal",
    "unseal",
]
