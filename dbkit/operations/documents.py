"""How two JSON documents differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from pydantic import JsonValue

from dbkit.types.document import DocumentDifference

__all__ = ["canonical_hash", "differences"]


def differences(before: JsonValue, after: JsonValue, path: str = "") -> Iterator[DocumentDifference]:
    """Yield where two documents differ, objects key by key and all else as a whole.

    Paths are JSON Pointers (RFC 6901), in the order of keys.
    """
    if not isinstance(before, dict) or not isinstance(after, dict):
        if before != after or isinstance(before, bool) != isinstance(after, bool):
            yield DocumentDifference(path=path, before=(before,), after=(after,))
        return
    for name in sorted(before.keys() | after.keys()):
        below = f"{path}/{name.replace('~', '~0').replace('/', '~1')}"
        if name not in after:
            yield DocumentDifference(path=below, before=(before[name],), after=())
        elif name not in before:
            yield DocumentDifference(path=below, before=(), after=(after[name],))
        else:
            yield from differences(before[name], after[name], below)


def canonical_hash(document: JsonValue) -> bytes:
    """Return the SHA-256 of a document's canonical JSON: keys in order, no spaces, UTF-8."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()
