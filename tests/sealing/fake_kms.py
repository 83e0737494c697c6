"""A stand-in for Google Cloud KMS that speaks its protocol: Encrypt and Decrypt over gRPC, for Google's own client."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.cloud.kms import KeyManagementServiceClient
from google.cloud.kms_v1 import types
from google.cloud.kms_v1.services.key_management_service.transports import KeyManagementServiceGrpcTransport

from dbkit.sealing.google_service import _checksum

_SERVICE = "google.cloud.kms.v1.KeyManagementService"


@dataclass
class FakeKms:
    """The versions of one key. `fails` is the status with which it answers instead; `damages` what it answers."""

    key: str = "projects/p/locations/europe/keyRings/r/cryptoKeys/k"
    versions: dict[int, bytes] = field(default_factory=lambda: {1: os.urandom(32)})
    fails: grpc.StatusCode | None = None
    damages: bool = False
    calls: list[str] = field(default_factory=list)

    def add_version(self) -> int:
        version = max(self.versions) + 1
        self.versions[version] = os.urandom(32)
        return version

    def encrypt(self, request: Any, context: grpc.ServicerContext) -> Any:
        self._admit("encrypt", request.name, context)
        version, nonce = max(self.versions), os.urandom(12)
        sealed = AESGCM(self.versions[version]).encrypt(nonce, request.plaintext, request.additional_authenticated_data)
        ciphertext = version.to_bytes(4, "big") + nonce + sealed
        return types.EncryptResponse(
            name=f"{self.key}/cryptoKeyVersions/{version}",
            ciphertext=ciphertext,
            ciphertext_crc32c=_checksum(ciphertext) ^ self.damages,
            verified_plaintext_crc32c=request.plaintext_crc32c == _checksum(request.plaintext),
            verified_additional_authenticated_data_crc32c=True,
        )

    def decrypt(self, request: Any, context: grpc.ServicerContext) -> Any:
        self._admit("decrypt", request.name, context)
        key = self.versions.get(int.from_bytes(request.ciphertext[:4], "big"))
        if key is None:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "the version is not enabled: DESTROYED")
        nonce, sealed = request.ciphertext[4:16], request.ciphertext[16:]
        try:
            plaintext = AESGCM(key).decrypt(nonce, sealed, request.additional_authenticated_data)
        except InvalidTag:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "Decryption failed: the ciphertext is invalid.")
        return types.DecryptResponse(plaintext=plaintext, plaintext_crc32c=_checksum(plaintext) ^ self.damages)

    def _admit(self, name: str, key: str, context: grpc.ServicerContext) -> None:
        self.calls.append(name)
        if self.fails is not None:
            context.abort(self.fails, "as it was told")
        if key != self.key:
            context.abort(grpc.StatusCode.NOT_FOUND, "no such key")

    @contextmanager
    def serving(self) -> Iterator[KeyManagementServiceClient]:
        """Serve for a block, and give it Google's client of this server."""
        server = grpc.server(ThreadPoolExecutor(2))
        handlers = {
            "Encrypt": _handler(self.encrypt, types.EncryptRequest, types.EncryptResponse),
            "Decrypt": _handler(self.decrypt, types.DecryptRequest, types.DecryptResponse),
        }
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(_SERVICE, handlers),))
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            yield KeyManagementServiceClient(transport=KeyManagementServiceGrpcTransport(channel=channel))
        server.stop(None).wait()


def _handler(method: Any, request: Any, response: Any) -> grpc.RpcMethodHandler:
    return grpc.unary_unary_rpc_method_handler(
        method, request_deserializer=request.deserialize, response_serializer=response.serialize
    )
