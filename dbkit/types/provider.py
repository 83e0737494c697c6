"""Providers: the catalogue of SaaS providers and what each supports. Shared by all tenants."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, Contains, Filter, Prefix
from dbkit.types.identifiers import ProviderSlug
from dbkit.types.value import Instant, JsonObject, Text, Value

__all__ = ["NewProvider", "OAuth2GrantType", "Provider", "ProviderAction", "ProviderAuthType", "ProviderFilter"]


class ProviderAuthType(StrEnum):
    """How a provider authenticates its callers."""

    OAUTH2 = "oauth2"
    API_KEY = "apiKey"
    BASIC = "basic"
    JWT = "jwt"
    CUSTOM = "custom"
    NONE = "none"


class OAuth2GrantType(StrEnum):
    """Which grant a provider with OAuth 2 uses."""

    AUTHORIZATION_CODE = "authorizationCode"
    AUTHORIZATION_CODE_PKCE = "authorizationCodePKCE"
    CLIENT_CREDENTIALS = "clientCredentials"
    PASSWORD = "password"  # noqa: S105 (the grant's name)


class ProviderAction(StrEnum):
    """What an integration can do with a provider."""

    BULK_WRITE = "bulkWrite"
    PROXY = "proxy"
    READ = "read"
    SUBSCRIBE = "subscribe"
    WRITE = "write"
    DELETE = "delete"
    SEARCH = "search"


class NewProvider(Value):
    """A provider to create. `default_module`, if any, is a key of `modules`."""

    slug: ProviderSlug
    display_name: Text
    auth_type: ProviderAuthType = ProviderAuthType.OAUTH2
    base_url: Text
    modules: JsonObject = Field(default_factory=dict)
    default_module: Text | None = None
    supports: tuple[ProviderAction, ...] = ()
    oauth2_grant_type: OAuth2GrantType | None = None
    metadata: JsonObject = Field(default_factory=dict)


class Provider(NewProvider):
    """A stored provider."""

    created_at: Instant
    updated_at: Instant


class ProviderFilter(Filter):
    """Which providers to list."""

    auth_type: ProviderAuthType | AnyOf[ProviderAuthType] | None = None
    supports: Contains[ProviderAction] | None = None
    slug: ProviderSlug | AnyOf[ProviderSlug] | Prefix | None = None
