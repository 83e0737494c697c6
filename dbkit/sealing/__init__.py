"""Secrets sealed at rest: envelopes of AES-256-GCM, and the data keys that a key management service wraps."""

from __future__ import annotations

from dbkit.sealing.envelope import Place, key_id_of, seal, unseal
from dbkit.sealing.keys import KeyService, LocalKeyService, WrappedKey, key_service

__all__ = [
    "KeyService",
    "LocalKeyService",
    "Place",
    "WrappedKey",
    "key_id_of",
    "key_service",
    "seal",
    "unseal",
]
