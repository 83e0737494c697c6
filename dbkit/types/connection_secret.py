"""Connection secrets: the sealed secrets of a connection, one of each kind."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, Range
from dbkit.types.identifiers import ConnectionId, EncryptionKeyId, ProjectId
from dbkit.types.value import Bytes, Instant, Integer, Text, Value

__all__ = ["ConnectionSecret", "ConnectionSecretFilter", "ConnectionSecretKind", "NewConnectionSecret"]


class ConnectionSecretKind(StrEnum):
    """What a secret is for."""

    ACCESS_TOKEN = "access_token"  # noqa: S105 (the kind's name)
    REFRESH_TOKEN = "refresh_token"  # noqa: S105 (the kind's name)
    API_KEY = "api_key"
    BASIC = "basic"
    CLIENT_CREDENTIALS = "client_credentials"
    PASSWORD = "password"  # noqa: S105 (the kind's name)
    CUSTOM = "custom"


class NewConnectionSecret(Value):
    """A secret to create. `ciphertext` is an envelope: a version byte, 16 bytes, the secret sealed by the data key."""

    project_id: ProjectId
    connection_id: ConnectionId
    kind: ConnectionSecretKind
    ciphertext: Bytes = Field(repr=False)
    encryption_key_id: EncryptionKeyId
    scopes: tuple[Text, ...] = ()
    issued_at: Instant | None = None
    expires_at: Instant | None = None


class ConnectionSecret(NewConnectionSecret):
    """A stored secret; its version is also the generation of the token."""

    created_at: Instant
    updated_at: Instant
    version: Integer


class ConnectionSecretFilter(Filter):
    """Which secrets to list."""

    project_id: ProjectId | EveryTenant
    connection_id: ConnectionId | AnyOf[ConnectionId] | None = None
    kind: ConnectionSecretKind | AnyOf[ConnectionSecretKind] | None = None
    expires_at: Range[Instant] | None = None
    encryption_key_id: EncryptionKeyId | AnyOf[EncryptionKeyId] | None = None
