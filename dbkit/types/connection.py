"""Connections: links of a group and a consumer to an account at a provider."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, Deleted, EveryTenant, Filter, NullTest, Range
from dbkit.types.identifiers import (
    ConnectionId,
    ConsumerRef,
    GroupRef,
    ProjectId,
    ProviderAppId,
    ProviderSlug,
    identifier,
)
from dbkit.types.value import Instant, Integer, JsonObject, StateEnum, Text, Value

__all__ = ["AuthScheme", "Connection", "ConnectionFilter", "ConnectionStatus", "NewConnection"]


class AuthScheme(StrEnum):
    """How a connection authenticates at its provider."""

    NONE = "none"
    API_KEY = "apiKey"
    BASIC = "basic"
    OAUTH2_AUTHORIZATION_CODE = "oauth2/authorizationCode"
    OAUTH2_AUTHORIZATION_CODE_PKCE = "oauth2/authorizationCodePKCE"
    OAUTH2_CLIENT_CREDENTIALS = "oauth2/clientCredentials"
    OAUTH2_PASSWORD = "oauth2/password"  # noqa: S105 (the scheme's name)
    CUSTOM = "custom"


class ConnectionStatus(StateEnum):
    """Whether the credentials of a connection work."""

    CREATED = "created"
    WORKING = "working"
    BAD_CREDENTIALS = "bad_credentials"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps: out of created once, then between the other two."""
        return {
            cls.CREATED: frozenset({cls.WORKING, cls.BAD_CREDENTIALS}),
            cls.WORKING: frozenset({cls.BAD_CREDENTIALS}),
            cls.BAD_CREDENTIALS: frozenset({cls.WORKING}),
        }


class NewConnection(Value):
    """A connection to create. Among the live ones a group, consumer and workspace has one per provider."""

    project_id: ProjectId
    id: ConnectionId = Field(default_factory=identifier(ConnectionId))
    provider: ProviderSlug
    provider_app_id: ProviderAppId | None = None
    group_ref: GroupRef
    consumer_ref: ConsumerRef
    provider_workspace_ref: Text | None = None
    provider_consumer_ref: Text | None = None
    auth_scheme: AuthScheme
    status: ConnectionStatus = ConnectionStatus.CREATED
    provider_metadata: JsonObject = Field(default_factory=dict)


class Connection(NewConnection):
    """A stored connection."""

    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None
    version: Integer


class ConnectionFilter(Filter):
    """Which connections to list."""

    project_id: ProjectId | EveryTenant
    provider: ProviderSlug | AnyOf[ProviderSlug] | None = None
    provider_app_id: ProviderAppId | AnyOf[ProviderAppId] | NullTest | None = None
    group_ref: GroupRef | AnyOf[GroupRef] | None = None
    consumer_ref: ConsumerRef | AnyOf[ConsumerRef] | None = None
    status: ConnectionStatus | AnyOf[ConnectionStatus] | None = None
    auth_scheme: AuthScheme | AnyOf[AuthScheme] | None = None
    created_at: Range[Instant] | None = None
    deleted: Deleted = Deleted.LIVE
