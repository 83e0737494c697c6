"""Operations: single reads, writes, deletes, proxy calls and searches of an installation."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, NullTest, Range
from dbkit.types.identifiers import (
    InstallationConfigId,
    InstallationId,
    IntegrationId,
    OperationId,
    ProjectId,
    identifier,
)
from dbkit.types.value import Instant, Integer, JsonObject, StateEnum, Text, Value

__all__ = ["NewOperation", "Operation", "OperationFilter", "OperationStatus", "OperationType", "ReadType"]


class OperationType(StrEnum):
    """What an operation does."""

    READ = "read"
    WRITE = "write"
    DELETE = "delete"
    PROXY = "proxy"
    SEARCH = "search"


class ReadType(StrEnum):
    """Why a read takes place."""

    BACKFILL = "backfill"
    SCHEDULED = "scheduled"
    TRIGGERED = "triggered"


class OperationStatus(StateEnum):
    """How far an operation is."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps. One that has ended stays so: a retry is an operation of its own."""
        return {
            cls.PENDING: frozenset({cls.RUNNING, cls.FAILED}),
            cls.RUNNING: frozenset({cls.COMPLETED, cls.FAILED}),
        }


class NewOperation(Value):
    """An operation to create. Only a read has a `read_type`; a retry names the attempt before it."""

    project_id: ProjectId
    id: OperationId = Field(default_factory=identifier(OperationId))
    integration_id: IntegrationId
    installation_id: InstallationId
    config_id: InstallationConfigId | None = None
    type: OperationType
    read_type: ReadType | None = None
    status: OperationStatus = OperationStatus.PENDING
    attempt: Integer = 1
    retry_of_id: OperationId | None = None
    started_at: Instant | None = None
    completed_at: Instant | None = None
    provider_job_ref: Text | None = None
    next_poll_at: Instant | None = None
    result: Text | None = None
    metadata: JsonObject | None = None


class Operation(NewOperation):
    """A stored operation."""

    created_at: Instant
    updated_at: Instant
    version: Integer


class OperationFilter(Filter):
    """Which operations to list."""

    project_id: ProjectId | EveryTenant
    integration_id: IntegrationId | AnyOf[IntegrationId] | None = None
    installation_id: InstallationId | AnyOf[InstallationId] | None = None
    config_id: InstallationConfigId | AnyOf[InstallationConfigId] | NullTest | None = None
    type: OperationType | AnyOf[OperationType] | None = None
    status: OperationStatus | AnyOf[OperationStatus] | None = None
    read_type: ReadType | AnyOf[ReadType] | NullTest | None = None
    created_at: Range[Instant] | None = None
    retry_of_id: OperationId | AnyOf[OperationId] | NullTest | None = None
