"""Certificates for servers of tests."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.faults.node import Node

__all__ = ["write_certificate"]


def write_certificate(node: Node, ends: datetime) -> None:
    """Give a server a key, and a certificate that it has signed itself, where it looks for them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=100))
        .not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    _write(node, "server.key", key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    _write(node, "server.crt", certificate.public_bytes(serialization.Encoding.PEM))


def _write(node: Node, name: str, content: bytes) -> None:
    path = node.data / name
    path.write_bytes(content)
    path.chmod(0o600)
    if node.account.is_other:
        os.chown(path, node.account.uid, node.account.gid)
