# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of operation_logs."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.operation_log import OperationLogOrder
from dbkit.types.identifiers import OperationLogId, ProjectId
from dbkit.types.operation_log import NewOperationLog, OperationLogFilter
from dbkit.types.value import Instant

__all__ = [
    "OperationLogAppendManyCall",
    "OperationLogCalls",
    "OperationLogCountCall",
    "OperationLogCreateCall",
    "OperationLogCreateManyCall",
    "OperationLogDeleteOlderThanCall",
    "OperationLogDropPartitionsBeforeCall",
    "OperationLogEnsurePartitionsCall",
    "OperationLogExistsCall",
    "OperationLogFindCall",
    "OperationLogGetCall",
    "OperationLogGetManyCall",
    "OperationLogIterateCall",
    "OperationLogPageCall",
]


class OperationLogGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "operation_logs.get"

    project_id: ProjectId
    logged_at: Instant
    operation_log_id: OperationLogId


class OperationLogFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "operation_logs.find"

    project_id: ProjectId
    logged_at: Instant
    operation_log_id: OperationLogId


class OperationLogGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "operation_logs.get_many"

    project_id: ProjectId
    logged_at: Instant
    operation_log_ids: tuple[OperationLogId, ...]


class OperationLogExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "operation_logs.exists"

    project_id: ProjectId
    logged_at: Instant
    operation_log_id: OperationLogId


class OperationLogPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "operation_logs.page"

    filter: OperationLogFilter
    order: OperationLogOrder
    limit: int
    after: str | None


class OperationLogIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "operation_logs.iterate"

    filter: OperationLogFilter
    order: OperationLogOrder


class OperationLogCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "operation_logs.count"

    filter: OperationLogFilter


class OperationLogCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "operation_logs.create"

    new: NewOperationLog


class OperationLogCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "operation_logs.create_many"

    new: tuple[NewOperationLog, ...]
    returning: bool


class OperationLogAppendManyCall(Call):
    """A call of `append_many`."""

    called: ClassVar[str] = "operation_logs.append_many"

    lines: tuple[NewOperationLog, ...]


class OperationLogEnsurePartitionsCall(Call):
    """A call of `ensure_partitions`."""

    called: ClassVar[str] = "operation_logs.ensure_partitions"

    months_ahead: int


class OperationLogDropPartitionsBeforeCall(Call):
    """A call of `drop_partitions_before`."""

    called: ClassVar[str] = "operation_logs.drop_partitions_before"

    month: datetime


class OperationLogDeleteOlderThanCall(Call):
    """A call of `delete_older_than`."""

    called: ClassVar[str] = "operation_logs.delete_older_than"

    before: datetime
    limit: int


class OperationLogCalls(Calls):
    """The calls of a mock of operation_logs, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        OperationLogGetCall,
        OperationLogFindCall,
        OperationLogGetManyCall,
        OperationLogExistsCall,
        OperationLogPageCall,
        OperationLogIterateCall,
        OperationLogCountCall,
        OperationLogCreateCall,
        OperationLogCreateManyCall,
        OperationLogAppendManyCall,
        OperationLogEnsurePartitionsCall,
        OperationLogDropPartitionsBeforeCall,
        OperationLogDeleteOlderThanCall,
    )

    @property
    def get(self) -> tuple[OperationLogGetCall, ...]:
        """The calls of `get`."""
        return self._of(OperationLogGetCall)

    @property
    def find(self) -> tuple[OperationLogFindCall, ...]:
        """The calls of `find`."""
        return self._of(OperationLogFindCall)

    @property
    def get_many(self) -> tuple[OperationLogGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(OperationLogGetManyCall)

    @property
    def exists(self) -> tuple[OperationLogExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(OperationLogExistsCall)

    @property
    def page(self) -> tuple[OperationLogPageCall, ...]:
        """The calls of `page`."""
        return self._of(OperationLogPageCall)

    @property
    def iterate(self) -> tuple[OperationLogIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(OperationLogIterateCall)

    @property
    def count(self) -> tuple[OperationLogCountCall, ...]:
        """The calls of `count`."""
        return self._of(OperationLogCountCall)

    @property
    def create(self) -> tuple[OperationLogCreateCall, ...]:
        """The calls of `create`."""
        return self._of(OperationLogCreateCall)

    @property
    def create_many(self) -> tuple[OperationLogCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(OperationLogCreateManyCall)

    @property
    def append_many(self) -> tuple[OperationLogAppendManyCall, ...]:
        """The calls of `append_many`."""
        return self._of(OperationLogAppendManyCall)

    @property
    def ensure_partitions(self) -> tuple[OperationLogEnsurePartitionsCall, ...]:
        """The calls of `ensure_partitions`."""
        return self._of(OperationLogEnsurePartitionsCall)

    @property
    def drop_partitions_before(self) -> tuple[OperationLogDropPartitionsBeforeCall, ...]:
        """The calls of `drop_partitions_before`."""
        return self._of(OperationLogDropPartitionsBeforeCall)

    @property
    def delete_older_than(self) -> tuple[OperationLogDeleteOlderThanCall, ...]:
        """The calls of `delete_older_than`."""
        return self._of(OperationLogDeleteOlderThanCall)
