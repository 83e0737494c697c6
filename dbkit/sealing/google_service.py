"""Data keys wrapped by a key of Google Cloud KMS, through Google's own client (`pip install 'dbkit[google-kms]'`)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from dbkit.sealing.data_key import DATA_KEY_BYTES
from dbkit.sealing.keys import WrappedKey
from dbkit.types.errors import ConfigurationInvalid, KeyDestroyed, KeyServiceUnavailable

if TYPE_CHECKING:
    from google.cloud.kms import KeyManagementServiceClient

__all__ = ["GoogleKeyService"]

_KEY = re.compile(r"projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+")
_VERSION = re.compile(rf"({_KEY.pattern})/cryptoKeyVersions/(\d+)")
_LABEL = b"dbkit data key 1"
_CALL_SECONDS: Final = 5.0


class GoogleKeyService:
    """Wraps data keys with a symmetric key of Google Cloud KMS, its primary version. Implements `KeyService`.

    `key` is its resource name, `projects/.../cryptoKeys/...`. Without a client, Google's own is made with the
    credentials that it finds (workload identity, or `GOOGLE_APPLICATION_CREDENTIALS`). What is sent and what comes is
    checked by CRC-32C. A call, with what is tried again of it, has `call_seconds`. Raises `ConfigurationInvalid` for a
    name that is none.
    """

    def __init__(
        self, key: str, client: KeyManagementServiceClient | None = None, *, call_seconds: float = _CALL_SECONDS
    ) -> None:
        if not _KEY.fullmatch(key):
            raise ConfigurationInvalid(
                f"{key!r} is no key of Google Cloud KMS",
                advice="Write projects/P/locations/L/keyRings/R/cryptoKeys/K.",
            )
        self._key = key
        self._client = client or _own_client()
        self._call_seconds = call_seconds

    def __repr__(self) -> str:
        return f"GoogleKeyService({self._key})"

    def create_data_key(self, key_id: UUID) -> tuple[bytes, WrappedKey]:
        """Make a data key of 32 random bytes; return it plain and wrapped."""
        data_key = os.urandom(DATA_KEY_BYTES)
        return data_key, self.wrap(data_key, key_id)

    def wrap(self, data_key: bytes, key_id: UUID) -> WrappedKey:
        """Wrap a data key with the primary version of the key."""
        associated = _associated(key_id)
        request = {
            "name": self._key,
            "plaintext": data_key,
            "plaintext_crc32c": _checksum(data_key),
            "additional_authenticated_data": associated,
            "additional_authenticated_data_crc32c": _checksum(associated),
        }
        answer = self._call(self._client.encrypt, request)
        is_whole = answer.verified_plaintext_crc32c and answer.verified_additional_authenticated_data_crc32c
        if not is_whole or answer.ciphertext_crc32c != _checksum(answer.ciphertext):
            raise _damaged()
        version = _VERSION.fullmatch(answer.name)
        if version is None:
            raise ConfigurationInvalid(f"the key service names the version {answer.name!r}, which is none")
        return WrappedKey(answer.ciphertext, version[1], int(version[2]))

    def unwrap(self, wrapped: WrappedKey, key_id: UUID) -> bytes:
        """Return the plain data key, whatever key of this service has wrapped it.

        Raises `KeyDestroyed` where that key, or its version, is destroyed or disabled.
        """
        associated = _associated(key_id)
        request = {
            "name": wrapped.kms_key,
            "ciphertext": wrapped.wrapped_key,
            "ciphertext_crc32c": _checksum(wrapped.wrapped_key),
            "additional_authenticated_data": associated,
            "additional_authenticated_data_crc32c": _checksum(associated),
        }
        answer = self._call(self._client.decrypt, request)
        if answer.plaintext_crc32c != _checksum(answer.plaintext):
            raise _damaged()
        return bytes(answer.plaintext)

    def _call(self, call: Callable[..., Any], request: dict[str, Any]) -> Any:
        from google.api_core.retry import Retry

        with _translated(request["name"]):
            return call(request=request, retry=Retry(timeout=self._call_seconds), timeout=self._call_seconds)


@contextmanager
def _translated(key: str) -> Iterator[None]:
    """Raise the error of the tree that a failure of a call is; Google's own words are left out."""
    from google.api_core import exceptions

    try:
        yield
    except (exceptions.FailedPrecondition, exceptions.NotFound):
        error: Exception = KeyDestroyed(
            f"{key}, or the version of it that wrapped the data key, is not in use any more"
        )
    except exceptions.InvalidArgument:
        error = ConfigurationInvalid(
            f"{key} does not open the data key: another key has wrapped it, for another id, or it is damaged",
            advice="Look at kms_key and wrapped_key of its row in encryption_keys.",
        )
    except (exceptions.PermissionDenied, exceptions.Unauthenticated) as refused:
        error = ConfigurationInvalid(
            f"{key} may not be used by these credentials ({type(refused).__name__})",
            advice="Grant them roles/cloudkms.cryptoKeyEncrypterDecrypter on the key.",
        )
    except exceptions.GoogleAPICallError as silent:
        error = KeyServiceUnavailable(f"Google Cloud KMS does not answer ({type(silent).__name__})")
    except exceptions.RetryError:
        error = KeyServiceUnavailable("Google Cloud KMS does not answer in time")
    else:
        return
    raise error


def _own_client() -> KeyManagementServiceClient:
    try:
        from google.cloud.kms import KeyManagementServiceClient
    except ImportError as error:
        raise ConfigurationInvalid(
            "Google's client is not installed", advice="pip install 'dbkit[google-kms]'"
        ) from error
    return KeyManagementServiceClient()


def _associated(key_id: UUID) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in (_LABEL, key_id.bytes))


def _damaged() -> KeyServiceUnavailable:
    return KeyServiceUnavailable("what was sent to Google Cloud KMS, or what came back, was damaged on the way")


def _checksum(data: bytes) -> int:
    """Return the CRC-32C of bytes: of a key or a wrapped key, so a table of its own is not worth while."""
    remainder = 0xFFFFFFFF
    for byte in data:
        remainder ^= byte
        for _ in range(8):
            remainder = remainder >> 1 ^ (0x82F63B78 & -(remainder & 1))
    return remainder ^ 0xFFFFFFFF
