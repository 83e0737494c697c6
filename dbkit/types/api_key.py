"""API keys: what callers of a project show; only a key's hash is kept."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import EveryTenant, Filter, Prefix
from dbkit.types.identifiers import ApiKeyId, ProjectId, identifier
from dbkit.types.value import Bytes, Instant, Text, Value

__all__ = ["ApiKey", "ApiKeyFilter", "ApiKeyScope", "NewApiKey"]


class ApiKeyScope(StrEnum):
    """What a key allows."""

    FULL = "full"
    FRONTEND = "frontend"
    READ = "read"
    WRITE = "write"
    PROXY = "proxy"


class NewApiKey(Value):
    """A key to create, with one scope at least. `key_hash` is its SHA-256, `key_prefix` its first 8 characters."""

    project_id: ProjectId
    id: ApiKeyId = Field(default_factory=identifier(ApiKeyId))
    label: Text
    scopes: tuple[ApiKeyScope, ...]
    key_prefix: Text
    key_hash: Bytes = Field(repr=False)
    active: bool = True


class ApiKey(NewApiKey):
    """A stored key."""

    created_at: Instant
    updated_at: Instant


class ApiKeyFilter(Filter):
    """Which keys to list."""

    project_id: ProjectId | EveryTenant
    active: bool | None = None
    label: Text | Prefix | None = None
