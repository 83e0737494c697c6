"""What unsealing takes beside a bare call of the cipher: `python -m benchmarks.sealing`."""

from __future__ import annotations

import os
from collections.abc import Callable
from timeit import repeat
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import dbkit
from dbkit.mock.factories import Factories
from dbkit.sealing import DataKey, LocalKeyService, Place, key_service

_CALLS = 5_000


def microseconds(call: Callable[[], object]) -> float:
    """Return what a call takes, in the best of nine rounds."""
    return min(repeat(call, number=_CALLS, repeat=9)) / _CALLS * 1e6


def main() -> None:
    """Measure and print."""
    cipher, nonce, bound = AESGCM(bytes(32)), os.urandom(12), bytes(120)
    sealed = cipher.encrypt(nonce, bytes(200), bound)
    bare = microseconds(lambda: cipher.decrypt(nonce, sealed, bound))
    place = Place("connection_secrets", "ciphertext", {"project_id": UUID(int=1), "id": UUID(int=2), "kind": "api_key"})
    key = DataKey(UUID(int=7), bytes(32))
    envelope = key.seal(bytes(200), place)
    service = key_service({"DBKIT_ENV": "test"})
    assert isinstance(service, LocalKeyService)
    with dbkit.connect("memory://") as db:
        row = Factories(seed=5).connection_secret.create(db, secret=bytes(200))
        db.keyring.use(service)
        keyring = db.keyring
        lines = {
            "AESGCM.decrypt": bare,
            "DataKey.unseal": microseconds(lambda: key.unseal(envelope, place)),
            "keyring.unseal": microseconds(lambda: keyring.unseal(row)),
        }
    for name, taken in lines.items():
        print(f"{name:15} {taken:6.1f} us {taken / bare:5.1f}")


if __name__ == "__main__":
    main()
