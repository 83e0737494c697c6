"""The keys by which promotions are signed and checked: Ed25519, in PEM, named by variables of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dbkit.types.errors import ConfigurationInvalid

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["PRIVATE_KEY", "PUBLIC_KEY", "KeyPair", "new_keys", "private_key", "public_key"]

PRIVATE_KEY = "DBKIT_PROMOTION_KEY"
PUBLIC_KEY = "DBKIT_PROMOTION_PUBLIC_KEY"
"""Variables that hold a key in PEM, or the name of a file with it."""

_PRIVATE_FILE, _PUBLIC_FILE = "promotion-key.pem", "promotion-key.public.pem"


class KeyPair:
    """Two files with the halves of a new key."""

    def __init__(self, folder: Path) -> None:
        self.private, self.public = folder / _PRIVATE_FILE, folder / _PUBLIC_FILE


def new_keys(folder: Path) -> KeyPair:
    """Write a new pair of keys into a folder, the private one for its owner's eyes only; nothing is written over.

    Raises `ConfigurationInvalid` where one of the files is there already.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pair, key = KeyPair(folder), Ed25519PrivateKey.generate()
    there = [path.name for path in (pair.private, pair.public) if path.exists()]
    if there:
        raise ConfigurationInvalid(f"{folder} has {' and '.join(there)} already", advice="Name another folder.")
    unlocked = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unlocked)
    descriptor = os.open(pair.private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
    public = key.public_key()
    pair.public.write_bytes(
        public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return pair


def private_key(environ: Mapping[str, str]) -> Ed25519PrivateKey:
    """Return the key that signs; raise `ConfigurationInvalid` where there is none, without a word of it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    text = _text(PRIVATE_KEY, environ)
    if text is None:
        raise ConfigurationInvalid(
            f"{PRIVATE_KEY} is not set, and a promotion is signed with it",
            advice="Set it to a key in PEM or to a file with one; `dbkit migrate promote --new-key` makes a pair.",
        )
    try:
        key = load_pem_private_key(text, password=None)
    except (TypeError, ValueError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(PRIVATE_KEY, "private")
    return key


def public_key(environ: Mapping[str, str]) -> Ed25519PublicKey | None:
    """Return the key that checks, None where none is set; raise `ConfigurationInvalid` for what is none."""
    text = _text(PUBLIC_KEY, environ)
    if text is None:
        return None
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(text)
    except (UnsupportedAlgorithm, ValueError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(PUBLIC_KEY, "public")
    return key


def _text(name: str, environ: Mapping[str, str]) -> bytes | None:
    value = environ.get(name, "")
    if not value:
        return None
    if value.lstrip().startswith("-----"):
        return value.encode()
    try:
        return Path(value).read_bytes()
    except OSError as error:
        raise ConfigurationInvalid(
            f"{name} names no file that can be read ({error.strerror})", advice="Name a file, or write the key itself."
        ) from None


def _no_key(name: str, half: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(
        f"{name} is no {half} Ed25519 key in PEM", advice="`dbkit migrate promote --new-key` makes a pair."
    )
