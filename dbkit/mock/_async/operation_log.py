# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of operation_logs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.operation_log import OperationLogCalls
from dbkit.models.operation_log import OPERATION_LOGS
from dbkit.types._async.operation_log import AsyncOperationLogTransactionRepository
from dbkit.types.calls.operation_log import OperationLogOrder
from dbkit.types.identifiers import OperationLogId, ProjectId
from dbkit.types.operation_log import NewOperationLog, OperationLog, OperationLogFilter
from dbkit.types.page import Page
from dbkit.types.value import Instant

__all__ = ["AsyncMockOperationLogRepository", "AsyncMockOperationLogs"]


class AsyncOperationLogGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId
    ) -> AsyncResult[OperationLog]: ...


class AsyncOperationLogFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId
    ) -> AsyncResult[OperationLog | None]: ...


class AsyncOperationLogGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, logged_at: Instant, operation_log_ids: tuple[OperationLogId, ...]
    ) -> AsyncResult[list[OperationLog]]: ...


class AsyncOperationLogExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(
        self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId
    ) -> AsyncResult[bool]: ...


class AsyncOperationLogPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: OperationLogFilter, *, order: OperationLogOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[OperationLog]]: ...


class AsyncOperationLogIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: OperationLogFilter, *, order: OperationLogOrder) -> AsyncItems[OperationLog]: ...


class AsyncOperationLogCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: OperationLogFilter) -> AsyncResult[int]: ...


class AsyncOperationLogCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewOperationLog) -> AsyncResult[OperationLog]: ...


class AsyncOperationLogCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewOperationLog, ...], *, returning: bool
    ) -> AsyncResult[int | list[OperationLog]]: ...


class AsyncOperationLogAppendManyStub(Protocol):
    """What may answer for `append_many`."""

    def __call__(self, lines: tuple[NewOperationLog, ...]) -> AsyncResult[int]: ...


class AsyncOperationLogEnsurePartitionsStub(Protocol):
    """What may answer for `ensure_partitions`."""

    def __call__(self, months_ahead: int) -> AsyncResult[None]: ...


class AsyncOperationLogDropPartitionsBeforeStub(Protocol):
    """What may answer for `drop_partitions_before`."""

    def __call__(self, month: datetime) -> AsyncResult[None]: ...


class AsyncOperationLogDeleteOlderThanStub(Protocol):
    """What may answer for `delete_older_than`."""

    def __call__(self, before: datetime, limit: int) -> AsyncResult[int]: ...


class AsyncMockOperationLogRepository(AsyncMockRepository):
    """A repository of operation_logs that does what its stubs say."""

    @property
    def calls(self) -> OperationLogCalls:
        """The calls so far."""
        return OperationLogCalls(self._book.log)

    async def get(self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId) -> OperationLog:
        """Return the live value, or raise `NotFound`."""
        answer: OperationLog = await self._answer("get", (project_id, logged_at, operation_log_id))
        return answer

    async def find(
        self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId
    ) -> OperationLog | None:
        """Return the live value, or None."""
        answer: OperationLog | None = await self._answer("find", (project_id, logged_at, operation_log_id))
        return answer

    async def get_many(
        self, project_id: ProjectId, logged_at: Instant, operation_log_ids: Sequence[OperationLogId]
    ) -> list[OperationLog]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[OperationLog] = await self._answer("get_many", (project_id, logged_at, operation_log_ids))
        return answer

    async def exists(self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, logged_at, operation_log_id))
        return answer

    async def page(
        self,
        filter: OperationLogFilter,
        *,
        order: OperationLogOrder = "logged_at,id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[OperationLog]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[OperationLog] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: OperationLogFilter, *, order: OperationLogOrder = "logged_at,id"
    ) -> AsyncIterator[OperationLog]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: OperationLogFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewOperationLog) -> OperationLog:
        """Store a new row and return it as stored."""
        answer: OperationLog = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewOperationLog], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewOperationLog], *, returning: Literal[True]) -> list[OperationLog]: ...
    async def create_many(self, new: Iterable[NewOperationLog], *, returning: bool = False) -> int | list[OperationLog]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[OperationLog] = await self._answer("create_many", (new, returning))
        return answer

    async def append_many(self, lines: Iterable[NewOperationLog]) -> int:
        """Store lines, all or none, and return how many were new: lines that come again add nothing."""
        answer: int = await self._answer("append_many", (lines,))
        return answer

    async def ensure_partitions(self, months_ahead: int) -> None:
        """Make partitions for this month and so many after it, where there are none yet.

        Lines that came in before their partition move into it. For a role that owns the table.
        """
        await self._answer("ensure_partitions", (months_ahead,))

    async def drop_partitions_before(self, month: datetime) -> None:
        """Remove all lines from before a month: whole partitions are dropped, without a scan, and the rest deleted.

        For a role that owns the table; who reads or writes it waits for that moment.
        """
        await self._answer("drop_partitions_before", (month,))

    async def delete_older_than(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` lines of all tenants from before this time, the oldest first; return how many."""
        answer: int = await self._answer("delete_older_than", (before, limit))
        return answer


class AsyncMockOperationLogs(AsyncMockBuilder[AsyncMockOperationLogRepository]):
    """Builds a mock of the repository of operation_logs: `with_...` says what an operation does."""

    _entity = OPERATION_LOGS
    _interface = AsyncOperationLogTransactionRepository
    _made = AsyncMockOperationLogRepository

    def with_get(self, outcome: Outcome[OperationLog, AsyncOperationLogGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[OperationLog | None, AsyncOperationLogFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[OperationLog], AsyncOperationLogGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncOperationLogExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[OperationLog], AsyncOperationLogPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[OperationLog], AsyncOperationLogIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncOperationLogCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[OperationLog, AsyncOperationLogCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[OperationLog], AsyncOperationLogCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_append_many(self, outcome: Outcome[int, AsyncOperationLogAppendManyStub]) -> Self:
        """Say what `append_many` does."""
        return self._with("append_many", outcome)

    def with_ensure_partitions(self, outcome: Outcome[None, AsyncOperationLogEnsurePartitionsStub]) -> Self:
        """Say what `ensure_partitions` does."""
        return self._with("ensure_partitions", outcome)

    def with_drop_partitions_before(self, outcome: Outcome[None, AsyncOperationLogDropPartitionsBeforeStub]) -> Self:
        """Say what `drop_partitions_before` does."""
        return self._with("drop_partitions_before", outcome)

    def with_delete_older_than(self, outcome: Outcome[int, AsyncOperationLogDeleteOlderThanStub]) -> Self:
        """Say what `delete_older_than` does."""
        return self._with("delete_older_than", outcome)
