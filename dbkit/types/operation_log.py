"""Operation logs: the log lines of operations."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.clock import now
from dbkit.types.filter import AnyOf, EveryTenant, Filter, Range
from dbkit.types.identifiers import OperationId, OperationLogId, ProjectId, identifier
from dbkit.types.value import Instant, JsonObject, Text, Value

__all__ = ["LogSeverity", "NewOperationLog", "OperationLog", "OperationLogFilter"]


class LogSeverity(StrEnum):
    """How much a line matters, from least to most."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARN = "WARN"
    ERROR = "ERROR"

    def and_above(self) -> AnyOf[LogSeverity]:
        """Return the condition of a line that matters at least as much: the text's order is another one."""
        severities = list(LogSeverity)
        return AnyOf(*severities[severities.index(self) :])


class NewOperationLog(Value):
    """A line to write."""

    project_id: ProjectId
    logged_at: Instant = Field(default_factory=now)
    id: OperationLogId = Field(default_factory=identifier(OperationLogId))
    operation_id: OperationId
    severity: LogSeverity = LogSeverity.INFO
    message: Text
    error: Text | None = None
    details: JsonObject | None = None


class OperationLog(NewOperationLog):
    """A stored line; it is never changed."""


class OperationLogFilter(Filter):
    """Which lines to list; `severity=LogSeverity.WARN.and_above()` gives those that matter."""

    project_id: ProjectId | EveryTenant
    operation_id: OperationId | AnyOf[OperationId] | None = None
    severity: LogSeverity | AnyOf[LogSeverity] | None = None
    logged_at: Range[Instant] | None = None
