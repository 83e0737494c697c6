"""Installation configs: immutable configurations of an installation, numbered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, Range
from dbkit.types.identifiers import InstallationConfigId, InstallationId, ProjectId, RevisionId, identifier
from dbkit.types.value import Instant, Integer, JsonObject, Text, Value

__all__ = ["InstallationConfig", "InstallationConfigFilter", "NewInstallationConfig"]


class NewInstallationConfig(Value):
    """A configuration to create; numbers run 1, 2, 3 ... within the installation."""

    project_id: ProjectId
    id: InstallationConfigId = Field(default_factory=identifier(InstallationConfigId))
    installation_id: InstallationId
    revision_id: RevisionId
    number: Annotated[Integer, Field(gt=0)]
    content: JsonObject
    created_by: Text


class InstallationConfig(NewInstallationConfig):
    """A stored configuration; it is never changed."""

    created_at: Instant


class InstallationConfigFilter(Filter):
    """Which configurations to list."""

    project_id: ProjectId | EveryTenant
    installation_id: InstallationId | AnyOf[InstallationId] | None = None
    revision_id: RevisionId | AnyOf[RevisionId] | None = None
    number: Integer | Range[Integer] | None = None
