"""Integrations: what to do with a provider."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.filter import AnyOf, Deleted, EveryTenant, Filter, IgnoringCase, Prefix
from dbkit.types.identifiers import IntegrationId, ProjectId, ProviderSlug, RevisionId, identifier
from dbkit.types.value import Instant, Integer, JsonObject, Text, Value

__all__ = ["Integration", "IntegrationFilter", "IntegrationManifest", "NewIntegration"]


class NewIntegration(Value):
    """An integration to create. Its name is unique among the live ones of the project, whatever the case."""

    project_id: ProjectId
    id: IntegrationId = Field(default_factory=identifier(IntegrationId))
    name: Text
    provider: ProviderSlug
    latest_revision_id: RevisionId | None = None


class Integration(NewIntegration):
    """A stored integration."""

    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None
    version: Integer


class IntegrationManifest(Value):
    """What an integration of this name should be: its provider, and the content of its newest revision."""

    name: Text
    provider: ProviderSlug
    spec_version: Text = "1.0.0"
    content: JsonObject


class IntegrationFilter(Filter):
    """Which integrations to list."""

    project_id: ProjectId | EveryTenant
    provider: ProviderSlug | AnyOf[ProviderSlug] | None = None
    name: IgnoringCase | Prefix | None = None
    deleted: Deleted = Deleted.LIVE
