"""Encryption keys: data keys of a project, wrapped by the key management service."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter
from dbkit.types.identifiers import EncryptionKeyId, ProjectId, identifier
from dbkit.types.value import Bytes, Instant, Integer, StateEnum, Text, Value

__all__ = ["EncryptionKey", "EncryptionKeyFilter", "EncryptionKeyStatus", "NewEncryptionKey"]


class EncryptionKeyStatus(StateEnum):
    """What a data key is still used for: to seal and to open, to open only, for nothing."""

    ACTIVE = "active"
    RETIRING = "retiring"
    RETIRED = "retired"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps: active, retiring, retired."""
        return {cls.ACTIVE: frozenset({cls.RETIRING}), cls.RETIRING: frozenset({cls.RETIRED})}


class NewEncryptionKey(Value):
    """A data key to create; a project has one active key for each purpose. A retired one has `retired_at`."""

    project_id: ProjectId
    id: EncryptionKeyId = Field(default_factory=identifier(EncryptionKeyId))
    purpose: Text = "credentials"
    kms_key: Text
    kms_key_version: Integer
    wrapped_key: Bytes = Field(repr=False)
    status: EncryptionKeyStatus = EncryptionKeyStatus.ACTIVE
    retired_at: Instant | None = None


class EncryptionKey(NewEncryptionKey):
    """A stored data key."""

    created_at: Instant


class EncryptionKeyFilter(Filter):
    """Which data keys to list."""

    project_id: ProjectId | EveryTenant
    purpose: Text | AnyOf[Text] | None = None
    status: EncryptionKeyStatus | AnyOf[EncryptionKeyStatus] | None = None
