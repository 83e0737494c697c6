"""The data keys of a service whose database has no table of them: wrapped, in a file."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from dbkit.sealing.data_key import DATA_KEY_BYTES
from dbkit.sealing.file_service import write_private
from dbkit.sealing.keys import DEVELOPMENT_NAME, KeyService, LocalKeyService
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Keyset", "StoredKey", "add_data_key", "keyset"]

_FILE: Final = "DBKIT_DATA_KEYS"
_HOW = "Make one with `dbkit db data-key FILE`, and name it in DBKIT_DATA_KEYS."
_DEVELOPMENT = b"data key of development"


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A data key as it is stored: wrapped."""

    id: UUID
    wrapped_key: bytes = field(repr=False)
    kms_key: str
    kms_key_version: int


@dataclass(frozen=True, slots=True)
class Keyset:
    """Data keys, the newest last: it seals, and all open."""

    keys: Sequence[StoredKey]

    @property
    def active(self) -> StoredKey:
        """The key that seals."""
        return self.keys[-1]

    def find(self, key_id: UUID) -> StoredKey | None:
        """Return a key, or None."""
        return next((key for key in self.keys if key.id == key_id), None)


def keyset(service: KeyService, environ: Mapping[str, str] | None = None) -> Keyset:
    """Return the data keys in the file that `DBKIT_DATA_KEYS` names.

    Without one, and with the key service of local and test environments alone, there is a key that everybody knows.
    Raises `ConfigurationInvalid` otherwise.
    """
    path = (os.environ if environ is None else environ).get(_FILE)
    if path:
        return Keyset(_read(Path(path)))
    if isinstance(service, LocalKeyService) and service.kms_key == DEVELOPMENT_NAME:
        key_id = UUID(bytes=blake2b(b"id of " + _DEVELOPMENT, digest_size=16).digest())
        wrapped = service.wrap(blake2b(_DEVELOPMENT, digest_size=DATA_KEY_BYTES).digest(), key_id)
        return Keyset((StoredKey(key_id, wrapped.wrapped_key, wrapped.kms_key, wrapped.kms_key_version),))
    raise ConfigurationInvalid("this database has no table encryption_keys, and no file of data keys", advice=_HOW)


def add_data_key(path: Path, service: KeyService) -> UUID:
    """Add a data key to a file, which seals from now on, and return its id. The first one makes the file."""
    keys = list(_read(path)) if path.exists() else []
    key_id = uuid4()
    _, wrapped = service.create_data_key(key_id)
    keys.append(StoredKey(key_id, wrapped.wrapped_key, wrapped.kms_key, wrapped.kms_key_version))
    document = [
        {
            "id": str(key.id),
            "wrapped_key": base64.b64encode(key.wrapped_key).decode(),
            "kms_key": key.kms_key,
            "kms_key_version": key.kms_key_version,
        }
        for key in keys
    ]
    write_private(path, json.dumps(document, indent=2))
    return key_id


def _read(path: Path) -> tuple[StoredKey, ...]:
    try:
        keys = tuple(
            StoredKey(
                UUID(each["id"]),
                base64.b64decode(each["wrapped_key"], validate=True),
                str(each["kms_key"]),
                int(each["kms_key_version"]),
            )
            for each in json.loads(path.read_bytes())
        )
    except OSError as error:
        raise ConfigurationInvalid(
            f"the file of data keys {path} cannot be read: {error.strerror}", advice=_HOW
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        keys = ()
    if not keys:
        raise ConfigurationInvalid(f"{path} is no file of data keys", advice=_HOW)
    return keys
