# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of operation_logs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, overload

from dbkit.types.calls.operation_log import OperationLogOrder
from dbkit.types.identifiers import OperationLogId, ProjectId
from dbkit.types.operation_log import NewOperationLog, OperationLog, OperationLogFilter
from dbkit.types.page import Page
from dbkit.types.value import Instant

__all__ = ["AsyncOperationLogRepository", "AsyncOperationLogTransactionRepository"]


class AsyncOperationLogRepository(Protocol):
    """The verbs of operation_logs, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId) -> OperationLog:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(
        self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId
    ) -> OperationLog | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, project_id: ProjectId, logged_at: Instant, operation_log_ids: Sequence[OperationLogId]
    ) -> list[OperationLog]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: OperationLogFilter,
        *,
        order: OperationLogOrder = "logged_at,id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[OperationLog]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: OperationLogFilter, *, order: OperationLogOrder = "logged_at,id"
    ) -> AsyncIterator[OperationLog]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: OperationLogFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewOperationLog) -> OperationLog:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewOperationLog], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewOperationLog], *, returning: Literal[True]) -> list[OperationLog]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def append_many(self, lines: Iterable[NewOperationLog]) -> int:
        """Store lines, all or none, and return how many were new: lines that come again add nothing."""
        ...

    async def ensure_partitions(self, months_ahead: int) -> None:
        """Make partitions for this month and so many after it, where there are none yet.

        Lines that came in before their partition move into it. For a role that owns the table.
        """
        ...

    async def drop_partitions_before(self, month: datetime) -> None:
        """Remove all lines from before a month: whole partitions are dropped, without a scan, and the rest deleted.

        For a role that owns the table; who reads or writes it waits for that moment.
        """
        ...

    async def delete_older_than(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` lines of all tenants from before this time, the oldest first; return how many."""
        ...


class AsyncOperationLogTransactionRepository(AsyncOperationLogRepository, Protocol):
    """The verbs of operation_logs inside a transaction."""
