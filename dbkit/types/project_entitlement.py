"""Project entitlements: feature switches of a project, whose values are typed by key."""

from __future__ import annotations

from enum import StrEnum

from dbkit.types.filter import AnyOf, EveryTenant, Filter
from dbkit.types.identifiers import ProjectId
from dbkit.types.value import Instant, Json, Value

__all__ = ["EntitlementKey", "NewProjectEntitlement", "ProjectEntitlement", "ProjectEntitlementFilter"]


class EntitlementKey(StrEnum):
    """What can be switched."""

    BRANDING_REMOVAL = "brandingRemoval"
    LOG_RETENTION_DAYS = "logRetentionDays"


class NewProjectEntitlement(Value):
    """An entitlement to create: a boolean for `brandingRemoval`, a whole number up to 3,650 for `logRetentionDays`."""

    project_id: ProjectId
    key: EntitlementKey
    value: Json


class ProjectEntitlement(NewProjectEntitlement):
    """A stored entitlement."""

    created_at: Instant
    updated_at: Instant


class ProjectEntitlementFilter(Filter):
    """Which entitlements to list."""

    project_id: ProjectId | EveryTenant
    key: EntitlementKey | AnyOf[EntitlementKey] | None = None
