"""JSON documents as operations compare them."""

from __future__ import annotations

import hashlib
import json

from pydantic import JsonValue

__all__ = ["canonical_hash"]


def canonical_hash(document: JsonValue) -> bytes:
    """Return the SHA-256 of a document's canonical JSON: keys in order, no spaces, UTF-8."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()
