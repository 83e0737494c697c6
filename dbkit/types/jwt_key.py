"""JWT keys: public keys that verify the tokens of a project."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter
from dbkit.types.identifiers import JwtKeyId, ProjectId, identifier
from dbkit.types.value import Instant, Text, Value

__all__ = ["JwtAlgorithm", "JwtKey", "JwtKeyFilter", "NewJwtKey"]


class JwtAlgorithm(StrEnum):
    """How tokens are signed."""

    RS256 = "RS256"


class NewJwtKey(Value):
    """A key to create. Its label is unique in the project; its PEM starts with `-----BEGIN PUBLIC KEY-----`."""

    project_id: ProjectId
    id: JwtKeyId = Field(default_factory=identifier(JwtKeyId))
    label: Text
    algorithm: JwtAlgorithm = JwtAlgorithm.RS256
    public_key_pem: Text
    active: bool = True


class JwtKey(NewJwtKey):
    """A stored key."""

    created_at: Instant
    updated_at: Instant


class JwtKeyFilter(Filter):
    """Which keys to list."""

    project_id: ProjectId | EveryTenant
    active: bool | None = None
    label: Text | AnyOf[Text] | None = None
