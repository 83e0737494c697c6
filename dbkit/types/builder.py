"""Builders: people who work on integrations, known by an identity provider."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.filter import Deleted, Filter, IgnoringCase
from dbkit.types.identifiers import BuilderId, identifier
from dbkit.types.value import Instant, Text, Value

__all__ = ["Builder", "BuilderFilter", "NewBuilder"]


class NewBuilder(Value):
    """A builder to create. The e-mail address is unique among the live ones, whatever the case."""

    id: BuilderId = Field(default_factory=identifier(BuilderId))
    idp_provider: Text = "clerk"
    idp_ref: Text
    primary_email: Text
    first_name: Text | None = None
    last_name: Text | None = None


class Builder(NewBuilder):
    """A stored builder; the database makes the full name of the other two, where there is one."""

    full_name: Text | None
    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None


class BuilderFilter(Filter):
    """Which builders to list."""

    primary_email: IgnoringCase | None = None
    deleted: Deleted = Deleted.LIVE
