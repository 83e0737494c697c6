"""The server's certificate, which libpq checks and does not show."""

from __future__ import annotations

import socket
import ssl
import struct

from cryptography.x509 import load_der_x509_certificate

from dbkit.doctor.unseen import Unseen

__all__ = ["certificate_seconds_left"]

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_SECONDS = 5.0


def certificate_seconds_left(host: str, address: str, port: int, now_seconds: float) -> float | Unseen:
    """Return how long the certificate is valid, by a connection of its own that ends before it logs in."""
    try:
        certificate = _certificate(host, address, port)
    except OSError as error:
        return Unseen(f"the server's certificate could not be read ({type(error).__name__})")
    if certificate is None:
        return Unseen("the server showed no certificate")
    return load_der_x509_certificate(certificate).not_valid_after_utc.timestamp() - now_seconds


def _certificate(host: str, address: str, port: int) -> bytes | None:
    """Return the certificate, whatever it is worth: whether it is to be trusted is libpq's question."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection((address, port), _SECONDS) as plain:
        plain.sendall(_SSL_REQUEST)
        if plain.recv(1) != b"S":
            return None
        # Said, because where many servers share an address, each name has a certificate of its own.
        with context.wrap_socket(plain, server_hostname=host) as secured:
            return secured.getpeercert(binary_form=True)
