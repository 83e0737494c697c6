"""Revisions: immutable versions of an integration's manifest."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, Range
from dbkit.types.identifiers import IntegrationId, ProjectId, RevisionId, identifier
from dbkit.types.value import Instant, Integer, JsonObject, Text, Value

__all__ = ["NewRevision", "Revision", "RevisionFilter"]


class NewRevision(Value):
    """A revision to create; numbers run 1, 2, 3 ... within the integration."""

    project_id: ProjectId
    id: RevisionId = Field(default_factory=identifier(RevisionId))
    integration_id: IntegrationId
    spec_version: Text = "1.0.0"
    content: JsonObject
    number: Annotated[Integer, Field(gt=0)]


class Revision(NewRevision):
    """A stored revision."""

    created_at: Instant


class RevisionFilter(Filter):
    """Which revisions to list."""

    project_id: ProjectId | EveryTenant
    integration_id: IntegrationId | AnyOf[IntegrationId] | None = None
    number: Integer | Range[Integer] | None = None
    spec_version: Text | AnyOf[Text] | None = None
