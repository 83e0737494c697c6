"""Installations: integrations installed for a group over a connection."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from dbkit.types.filter import AnyOf, Deleted, EveryTenant, Filter, NullTest, Range
from dbkit.types.identifiers import (
    ConnectionId,
    GroupRef,
    InstallationConfigId,
    InstallationId,
    IntegrationId,
    ProjectId,
    identifier,
)
from dbkit.types.value import Instant, Integer, StateEnum, Text, Value

__all__ = ["HealthStatus", "Installation", "InstallationFilter", "LastOperationStatus", "NewInstallation"]


class HealthStatus(StateEnum):
    """Whether an installation works."""

    HEALTHY = "healthy"
    UNHEALTHY = "unhealthy"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps: between the two."""
        return {cls.HEALTHY: frozenset({cls.UNHEALTHY}), cls.UNHEALTHY: frozenset({cls.HEALTHY})}


class LastOperationStatus(StateEnum):
    """How the newest operation of an installation went."""

    SUCCESS = "success"
    FAILURE = "failure"
    IN_PROGRESS = "in_progress"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps: from each to any other."""
        return {status: frozenset(cls) - {status} for status in cls}


class NewInstallation(Value):
    """An installation to create; its configuration is created in the same transaction.

    A group has one live installation of an integration. `created_by` is `consumer:<ref>` or `builder:<id>`.
    """

    project_id: ProjectId
    id: InstallationId = Field(default_factory=identifier(InstallationId))
    integration_id: IntegrationId
    connection_id: ConnectionId
    group_ref: GroupRef
    config_id: InstallationConfigId
    health_status: HealthStatus = HealthStatus.HEALTHY
    last_operation_status: LastOperationStatus | None = None
    read_paused_at: Instant | None = None
    created_by: Text | None = None


class Installation(NewInstallation):
    """A stored installation."""

    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None
    version: Integer


class InstallationFilter(Filter):
    """Which installations to list; `read_paused_at=NullTest.IS_NOT_NULL` gives those whose reads are paused."""

    project_id: ProjectId | EveryTenant
    integration_id: IntegrationId | AnyOf[IntegrationId] | None = None
    group_ref: GroupRef | AnyOf[GroupRef] | None = None
    connection_id: ConnectionId | AnyOf[ConnectionId] | None = None
    health_status: HealthStatus | AnyOf[HealthStatus] | None = None
    last_operation_status: LastOperationStatus | AnyOf[LastOperationStatus] | NullTest | None = None
    read_paused_at: NullTest | None = None
    created_at: Range[Instant] | None = None
    deleted: Deleted = Deleted.LIVE
