"""Data keys and the service that wraps them: `KeyService` is the port, `LocalKeyService` the one without a cloud.

A data key is stored wrapped, in `encryption_keys`, with the name and version of the key that
wrapped it. What `LocalKeyService` wrapped once, it unwraps in every later release:

    bytes   what
    1       0x01, the version
    12      nonce, random
    48      AES-256-GCM: the data key and its tag

The associated data is the concatenation of these parts, each after its length in four bytes
(big-endian): "dbkit data key 1" · data key id (16 bytes) · name of the wrapping key · its version
in decimal digits. So a wrapped key put into another row does not open.
"""

from __future__ import annotations

import base64
import binascii
import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol, runtime_checkable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dbkit.sealing.data_key import DATA_KEY_BYTES
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["DEVELOPMENT_NAME", "KeyService", "LocalKeyService", "WrappedKey", "key_service"]

_VERSION = b"\x01"
_LABEL = b"dbkit data key 1"
_NONCE_BYTES = 12
_WRAPPED_BYTES = 61

_MASTER_KEY = "DBKIT_MASTER_KEY"
_SERVICE = "DBKIT_KEY_SERVICE"
_DEVELOPMENT_KEY: Final = b"development only, not a secret!!"
DEVELOPMENT_NAME: Final = "local-development"
"""The name of the key of the service of local and test environments."""
_DEVELOPMENT_ENVIRONMENTS = frozenset({"local", "test"})
_DEVELOPMENT_SCHEMES = ("embedded://", "memory://")


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key as it is stored: sealed, and by which version of which key of the service."""

    wrapped_key: bytes = field(repr=False)
    kms_key: str
    kms_key_version: int


@runtime_checkable
class KeyService(Protocol):
    """What a key management service does for data keys. Its calls may go over the network.

    The id of a data key is part of what is wrapped, as associated data: a wrapped key opens only
    under the id that it was wrapped for. What fails in the service is raised as `KeyServiceUnavailable`
    where another try may help, as `KeyDestroyed` where the key is no more, else as `ConfigurationInvalid`.
    """

    def create_data_key(self, key_id: UUID) -> tuple[bytes, WrappedKey]:
        """Make a data key of 32 random bytes; return it plain, to be forgotten, and wrapped, to be stored."""
        ...

    def wrap(self, data_key: bytes, key_id: UUID) -> WrappedKey:
        """Wrap a data key with the newest version of the service's key, as a rotation of that key does."""
        ...

    def unwrap(self, wrapped: WrappedKey, key_id: UUID) -> bytes:
        """Return the plain data key; raise `ConfigurationInvalid` where the service cannot open it."""
        ...


@dataclass(frozen=True, slots=True)
class LocalKeyService:
    """Wraps data keys with one master key of 32 bytes, in this process. Implements `KeyService`.

    `random` gives the bytes of data keys and nonces; only test data that has to be the same again takes another
    source. Raises `ConfigurationInvalid` for a master key of another length.
    """

    master_key: bytes = field(repr=False)
    kms_key: str = "local"
    kms_key_version: int = 1
    random: Callable[[int], bytes] = field(default=os.urandom, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.master_key) != DATA_KEY_BYTES:
            raise ConfigurationInvalid(
                f"the master key has {len(self.master_key)} bytes, not {DATA_KEY_BYTES}", advice=_how_to_make_one()
            )

    def create_data_key(self, key_id: UUID) -> tuple[bytes, WrappedKey]:
        """Make a data key of 32 random bytes; return it plain and wrapped."""
        data_key = self.random(DATA_KEY_BYTES)
        return data_key, self.wrap(data_key, key_id)

    def wrap(self, data_key: bytes, key_id: UUID) -> WrappedKey:
        """Wrap a data key with the master key."""
        nonce = self.random(_NONCE_BYTES)
        sealed = AESGCM(self.master_key).encrypt(nonce, data_key, self._associated(key_id))
        return WrappedKey(_VERSION + nonce + sealed, self.kms_key, self.kms_key_version)

    def unwrap(self, wrapped: WrappedKey, key_id: UUID) -> bytes:
        """Return the plain data key; raise `ConfigurationInvalid` where the master key is another one."""
        if (wrapped.kms_key, wrapped.kms_key_version) != (self.kms_key, self.kms_key_version):
            raise ConfigurationInvalid(
                f"data key {key_id} is wrapped by version {wrapped.kms_key_version} of {wrapped.kms_key!r},"
                f" and this service has version {self.kms_key_version} of {self.kms_key!r}",
                advice=f"Set {_SERVICE} and {_MASTER_KEY} as they were when the key was made.",
            )
        nonce, sealed = wrapped.wrapped_key[1 : 1 + _NONCE_BYTES], wrapped.wrapped_key[1 + _NONCE_BYTES :]
        if len(wrapped.wrapped_key) != _WRAPPED_BYTES or not wrapped.wrapped_key.startswith(_VERSION):
            raise ConfigurationInvalid(f"data key {key_id} is not wrapped by a local key service, or is damaged")
        try:
            return AESGCM(self.master_key).decrypt(nonce, sealed, self._associated(key_id))
        except InvalidTag:
            raise ConfigurationInvalid(
                f"data key {key_id} does not open: the master key is another one, or the wrapped key is damaged",
                advice=f"Set {_MASTER_KEY} to the key that was used when the data key was made.",
            ) from None

    def _associated(self, key_id: UUID) -> bytes:
        parts = [_LABEL, key_id.bytes, self.kms_key.encode(), str(self.kms_key_version).encode()]
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def key_service(environ: Mapping[str, str] | None = None) -> KeyService:
    """Return the key service that the environment names.

    `DBKIT_KEY_SERVICE` is `local` (which is meant where it is missing), `file:` and the path of a file of master
    keys, `google-kms:` and the name of a key, or `package.module:object`, an object that implements `KeyService`.
    The local one takes its master key from
    `DBKIT_MASTER_KEY`: 32 bytes in base64. Without it, it works with a key that everybody knows, and
    only where nothing is secret: where `DBKIT_ENV` is local or test, or is not set while `DBKIT_URL`
    names an embedded server or memory. Raises `ConfigurationInvalid` otherwise.
    """
    environ = os.environ if environ is None else environ
    name = environ.get(_SERVICE) or "local"
    if name == "local":
        return _local(environ)
    scheme, _, rest = name.partition(":")
    if scheme == "file":
        from dbkit.sealing.file_service import FileKeyService

        return FileKeyService(Path(rest))
    if scheme == "google-kms":
        from dbkit.sealing.google_service import GoogleKeyService

        return GoogleKeyService(rest)
    return _found(name)


def _local(environ: Mapping[str, str]) -> LocalKeyService:
    given = environ.get(_MASTER_KEY)
    if given:
        try:
            return LocalKeyService(base64.b64decode(given, validate=True))
        except binascii.Error:
            raise ConfigurationInvalid(f"{_MASTER_KEY} is no base64", advice=_how_to_make_one()) from None
    environment = environ.get("DBKIT_ENV")
    if environment in _DEVELOPMENT_ENVIRONMENTS or (
        not environment and environ.get("DBKIT_URL", "").startswith(_DEVELOPMENT_SCHEMES)
    ):
        return LocalKeyService(_DEVELOPMENT_KEY, DEVELOPMENT_NAME)
    where = f"the environment {environment!r}" if environment else "an unknown environment (DBKIT_ENV is not set)"
    raise ConfigurationInvalid(
        f"{where} needs a key service, or a master key",
        advice=f"Set {_SERVICE} to package.module:object, or {_MASTER_KEY}. {_how_to_make_one()}",
    )


def _found(name: str) -> KeyService:
    module, _, attribute = name.partition(":")
    try:
        service = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigurationInvalid(
            f"{_SERVICE} names {name!r}, and there is no such object", advice="Write it as package.module:object."
        ) from error
    # A class has the methods as well, and cannot be called through.
    if isinstance(service, type) or not isinstance(service, KeyService):
        raise ConfigurationInvalid(
            f"{_SERVICE} names {name!r}, which is no key service",
            advice="Name an object with create_data_key, wrap and unwrap (dbkit.sealing.KeyService).",
        )
    return service


def _how_to_make_one() -> str:
    return "`openssl rand -base64 32` makes a master key."
