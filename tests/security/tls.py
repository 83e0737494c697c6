"""A server that speaks PostgreSQL's beginning, over TLS or not, and notes all that it hears before it hangs up."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

__all__ = ["Authority", "Listener"]

_CLEARTEXT, _MD5 = 3, 5


class Authority:
    """Signs certificates, in a folder of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.root = folder / f"{name}.crt"
        self._write(self.root, self._certificate(self._name, self._key, days=1, host=None))

    def context(self, host: str = "localhost", *, days: int = 1) -> ssl.SSLContext:
        """Return what a server of this name needs, with a certificate for some days, or one that ended before."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        chain = self._folder / f"{self.root.stem}-{host}-{days}.pem"
        plain = serialization.NoEncryption()
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        self._write(chain, private + self._certificate(name, key, days=days, host=host))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        return context

    def _certificate(self, name: x509.Name, key: ec.EllipticCurvePrivateKey, *, days: int, host: str | None) -> bytes:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=10))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        )
        if host is not None:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def _write(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        path.chmod(0o600)


@dataclass
class Listener:
    """A server for a block; without a context it has no TLS. `asks` is how it wants the password."""

    context: ssl.SSLContext | None
    asks: int = _CLEARTEXT
    heard: bytearray = field(default_factory=bytearray)

    def __enter__(self) -> Listener:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # What waits in accept() is let go by shutting it down.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                try:
                    self._converse(connection)
                except OSError:
                    continue

    def _converse(self, connection: socket.socket) -> None:
        self.heard += connection.recv(8)
        connection.sendall(b"N" if self.context is None else b"S")
        if self.context is None:
            self._ask(connection)
            return
        with self.context.wrap_socket(connection, server_side=True) as inside:
            self._ask(inside)

    def _ask(self, connection: socket.socket) -> None:
        """Ask for the password of who begins a session."""
        if self._hear(connection):
            salt = b"salt" if self.asks == _MD5 else b""
            connection.sendall(b"R" + struct.pack("!II", 8 + len(salt), self.asks) + salt)
            self._hear(connection)

    def _hear(self, connection: socket.socket) -> bytes:
        told = connection.recv(4096)
        self.heard += told
        return told
