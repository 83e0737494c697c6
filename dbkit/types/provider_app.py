"""Provider apps: OAuth applications of a project at a provider."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.filter import AnyOf, Deleted, EveryTenant, Filter, NullTest
from dbkit.types.identifiers import EncryptionKeyId, ProjectId, ProviderAppId, ProviderSlug, identifier
from dbkit.types.value import Bytes, Instant, Integer, JsonObject, Text, Value

__all__ = ["NewProviderApp", "ProviderApp", "ProviderAppFilter"]


class NewProviderApp(Value):
    """An app to create. `metadata` has at most `authQueryParams` and `providerParams`.

    `client_secret_ciphertext` is an envelope: a version byte, 16 bytes, the secret sealed by the data key.
    """

    project_id: ProjectId
    id: ProviderAppId = Field(default_factory=identifier(ProviderAppId))
    provider: ProviderSlug
    external_ref: Text | None = None
    client_id: Text
    client_secret_ciphertext: Bytes = Field(repr=False)
    client_secret_key_id: EncryptionKeyId
    scopes: tuple[Text, ...] = ()
    metadata: JsonObject = Field(default_factory=dict)


class ProviderApp(NewProviderApp):
    """A stored app."""

    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None
    version: Integer


class ProviderAppFilter(Filter):
    """Which apps to list."""

    project_id: ProjectId | EveryTenant
    provider: ProviderSlug | AnyOf[ProviderSlug] | None = None
    client_id: Text | AnyOf[Text] | None = None
    external_ref: Text | AnyOf[Text] | NullTest | None = None
    deleted: Deleted = Deleted.LIVE
