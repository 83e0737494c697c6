"""A key service in a file, for development: it has versions of its key, as one of a cloud has, and no protection."""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from dbkit.sealing.data_key import DATA_KEY_BYTES
from dbkit.sealing.keys import LocalKeyService, WrappedKey
from dbkit.types.errors import ConfigurationInvalid, KeyDestroyed

__all__ = ["FileKeyService", "write_private"]

_NAME = "file"


@dataclass(frozen=True, slots=True)
class FileKeyService:
    """Wraps data keys with the newest of the master keys in a file. Implements `KeyService`.

    The file is JSON: `{"1": "<32 bytes in base64>", "2": ...}`, by version. It is read at each call, so that a version
    that is added, or taken away, counts at once. Raises `ConfigurationInvalid` where there is no such file.
    """

    path: Path

    def add_version(self) -> int:
        """Add a master key, which wraps from now on, and return its version. The first one makes the file."""
        keys = self._read() if self.path.exists() else {}
        version = max(keys, default=0) + 1
        self._write({**keys, version: os.urandom(DATA_KEY_BYTES)})
        return version

    def create_data_key(self, key_id: UUID) -> tuple[bytes, WrappedKey]:
        """Make a data key of 32 random bytes; return it plain and wrapped."""
        return self._newest().create_data_key(key_id)

    def wrap(self, data_key: bytes, key_id: UUID) -> WrappedKey:
        """Wrap a data key with the newest master key."""
        return self._newest().wrap(data_key, key_id)

    def unwrap(self, wrapped: WrappedKey, key_id: UUID) -> bytes:
        """Return the plain data key; raise `KeyDestroyed` where its version is not in the file any more."""
        version, keys = wrapped.kms_key_version, self._read()
        if version not in keys:
            raise KeyDestroyed(f"version {version} of the master key is not in {self.path}")
        return LocalKeyService(keys[version], _NAME, version).unwrap(wrapped, key_id)

    def _newest(self) -> LocalKeyService:
        keys = self._read()
        version = max(keys)
        return LocalKeyService(keys[version], _NAME, version)

    def _read(self) -> dict[int, bytes]:
        try:
            document = json.loads(self.path.read_bytes())
            keys = {int(version): base64.b64decode(key, validate=True) for version, key in document.items()}
        except OSError as error:
            raise ConfigurationInvalid(
                f"the file of master keys {self.path} cannot be read: {error.strerror}",
                advice="Make one with `dbkit db master-key FILE`.",
            ) from None
        except (ValueError, TypeError, AttributeError, binascii.Error):
            keys = {}
        if not keys:
            # What it holds is not told.
            raise ConfigurationInvalid(
                f"{self.path} is no file of master keys", advice="Make one with `dbkit db master-key FILE`."
            )
        return keys

    def _write(self, keys: dict[int, bytes]) -> None:
        texts = {str(version): base64.b64encode(key).decode() for version, key in keys.items()}
        write_private(self.path, json.dumps(texts, indent=2))


def write_private(path: Path, text: str) -> None:
    """Put a file in its place at once, for its owner alone."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
