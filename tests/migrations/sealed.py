"""Envelopes and wrapped keys for rows that are planted: made as their formats say, but the same each time.

What `dbkit.sealing` makes differs from run to run. This writes the formats down a second time, so a
row that is planted here and opened by a revision also shows that both are what they say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dbkit.sealing import Place, WrappedKey, key_service, unseal
from tests.migrations.rows import Snapshot, key

_MASTER_KEY = b"development only, not a secret!!"
_KMS_KEY = "local-development"


def key_row(project: int, number: int) -> dict[str, Any]:
    """Return what a row of encryption_keys needs, for a data key that `envelope` seals with."""
    key_id = key("encryption_key", number)
    parts = (b"dbkit data key 1", key_id.bytes, _KMS_KEY.encode(), b"1")
    wrapped = b"\x01" + _sealed(_MASTER_KEY, _data_key(number), parts)
    return {
        "project_id": key("project", project),
        "id": key_id,
        "kms_key": _KMS_KEY,
        "kms_key_version": 1,
        "wrapped_key": wrapped,
    }


def envelope(text: str, number: int, table: str, column: str, *row: UUID | str) -> bytes:
    """Seal a text with the data key of this number, for the row with this primary key."""
    key_id = key("encryption_key", number)
    values = [b"u" + value.bytes if isinstance(value, UUID) else b"t" + value.encode() for value in row]
    parts = (b"dbkit envelope 1", key_id.bytes, table.encode(), column.encode(), *values)
    return b"\x01" + key_id.bytes + _sealed(_data_key(number), text.encode(), parts)


def secret_row(text: str, number: int, project: int, connection: int, kind: str) -> dict[str, Any]:
    """Return what a row of connection_secrets needs, its secret sealed with the data key of this number."""
    row = {"project_id": key("project", project), "connection_id": key("connection", connection), "kind": kind}
    sealed = envelope(text, number, "connection_secrets", "ciphertext", *row.values())  # type: ignore[arg-type]
    return {**row, "ciphertext": sealed, "encryption_key_id": key("encryption_key", number)}


def opened(snapshot: Snapshot, table: str, column: str, key_id: str, *columns: str) -> Iterator[tuple[Any, str]]:
    """Open all envelopes of a column with the keys of the snapshot; give each row's primary key and its text."""
    service = key_service()
    keys = snapshot.by("encryption_keys", "project_id", "id")
    data_keys: dict[tuple[str, str], bytes] = {}
    for row in snapshot[table]:
        if row[column] is None:
            continue
        name = row["project_id"], row[key_id]
        if name not in data_keys:
            stored = keys[name]
            wrapped = WrappedKey(_bytes(stored["wrapped_key"]), stored["kms_key"], stored["kms_key_version"])
            data_keys[name] = service.unwrap(wrapped, UUID(stored["id"]))
        place = Place(table, column, {name: _value(row, name) for name in columns})
        text = unseal(_bytes(row[column]), data_keys[name], UUID(row[key_id]), place).decode()
        yield tuple(row[each] for each in columns), text


def _value(row: Mapping[str, Any], name: str) -> UUID | str:
    return UUID(row[name]) if name.endswith("id") else row[name]


def _bytes(shown: str) -> bytes:
    """Return the bytes of a bytea as JSON shows it."""
    return bytes.fromhex(shown.removeprefix("\\x"))


def _data_key(number: int) -> bytes:
    return hashlib.sha256(f"data key {number}".encode()).digest()


def _sealed(data_key: bytes, plaintext: bytes, parts: tuple[bytes, ...]) -> bytes:
    associated = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    # A nonce that follows from all that goes in: two rows never share one.
    nonce = hashlib.sha256(data_key + associated + plaintext).digest()[:12]
    return nonce + AESGCM(data_key).encrypt(nonce, plaintext, associated)
