"""Signatures as Standard Webhooks says: HMAC-SHA256 over id, time and body, with every secret that is valid now."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from dbkit.types.errors import SecretUnreadable, ValueInvalid
from dbkit.types.secret import Secret

__all__ = ["ID", "SIGNATURE", "TIMESTAMP", "headers_of", "secrets_in", "verify"]

ID: Final = "webhook-id"
TIMESTAMP: Final = "webhook-timestamp"
SIGNATURE: Final = "webhook-signature"
TOLERANCE_SECONDS: Final = 300.0
"""How far a receiver's clock may be from the sender's."""

_PREFIX: Final = "whsec_"
_VERSION: Final = "v1,"


def secrets_in(secret: Secret) -> list[bytes]:
    """Return the keys in a destination's secret: one, or while it is being replaced two, the new one first.

    Each is written `whsec_` and base64; a space stands between two. Raises `SecretUnreadable` for anything else,
    without a word of it.
    """
    try:
        keys = [_key(each) for each in secret.reveal_text().split()]
    except (UnicodeDecodeError, binascii.Error):
        keys = []
    if not keys or not all(keys):
        raise SecretUnreadable(
            "the signing key is not written as one",
            advice="Seal whsec_ and the base64 of 24 to 64 random bytes; two of them with a space between.",
        )
    return keys


def headers_of(message_id: str, at: datetime, body: bytes, keys: Sequence[bytes]) -> dict[str, str]:
    """Return the headers of a message: its id, which stays the same when it is sent again, the time, the signatures."""
    timestamp = str(int(at.timestamp()))
    signatures = (_signature(message_id, timestamp, body, key) for key in keys)
    return {ID: message_id, TIMESTAMP: timestamp, SIGNATURE: " ".join(signatures)}


def verify(headers: Mapping[str, str], body: bytes, keys: Sequence[bytes], *, now_seconds: float | None = None) -> str:
    """Return the id of a message that was received, or raise `ValueInvalid` unless one of its signatures is right.

    `headers` are looked up in lower case. A message older or newer than five minutes is refused, so that nobody sends
    it once more; ids that come twice are to be left out by the receiver.
    """
    message_id, timestamp = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    now = time.time() if now_seconds is None else now_seconds
    if not timestamp.isdecimal() or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        raise ValueInvalid("the message is too old, or comes from the future", fields=(TIMESTAMP,))
    wanted = [_signature(message_id, timestamp, body, key) for key in keys]
    given = headers.get(SIGNATURE, "").split()
    if not any(hmac.compare_digest(each.encode(), one.encode()) for each in given for one in wanted):
        raise ValueInvalid("none of the signatures is right", fields=(SIGNATURE,))
    return message_id


def _key(text: str) -> bytes:
    return base64.b64decode(text.removeprefix(_PREFIX), validate=True) if text.startswith(_PREFIX) else b""


def _signature(message_id: str, timestamp: str, body: bytes, key: bytes) -> str:
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    return _VERSION + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
