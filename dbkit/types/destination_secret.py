"""Destination secrets: the sealed secrets of a destination, one of each kind."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter
from dbkit.types.identifiers import DestinationId, EncryptionKeyId, ProjectId
from dbkit.types.value import Bytes, Instant, Integer, Value

__all__ = ["DestinationSecret", "DestinationSecretFilter", "DestinationSecretKind", "NewDestinationSecret"]


class DestinationSecretKind(StrEnum):
    """What a secret is for."""

    WEBHOOK_SIGNING_KEY = "webhook_signing_key"
    AWS_ACCESS_KEY_ID = "aws_access_key_id"
    AWS_SECRET_ACCESS_KEY = "aws_secret_access_key"  # noqa: S105 (the kind's name)
    AWS_SESSION_TOKEN = "aws_session_token"  # noqa: S105 (the kind's name)
    SLACK_WEBHOOK_URL = "slack_webhook_url"
    PASSWORD = "password"  # noqa: S105 (the kind's name)
    PRIVATE_KEY = "private_key"
    SERVICE_ACCOUNT_CREDENTIALS = "service_account_credentials"
    CONNECTION_STRING = "connection_string"


class NewDestinationSecret(Value):
    """A secret to create. `ciphertext` is an envelope: a version byte, 16 bytes, the secret sealed by the data key."""

    project_id: ProjectId
    destination_id: DestinationId
    kind: DestinationSecretKind
    ciphertext: Bytes = Field(repr=False)
    encryption_key_id: EncryptionKeyId


class DestinationSecret(NewDestinationSecret):
    """A stored secret."""

    created_at: Instant
    updated_at: Instant
    version: Integer


class DestinationSecretFilter(Filter):
    """Which secrets to list."""

    project_id: ProjectId | EveryTenant
    destination_id: DestinationId | AnyOf[DestinationId] | None = None
    kind: DestinationSecretKind | AnyOf[DestinationSecretKind] | None = None
    encryption_key_id: EncryptionKeyId | AnyOf[EncryptionKeyId] | None = None
