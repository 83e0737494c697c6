# Generated from dbkit/mock/_async/operation_log.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of operation_logs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.operation_log import OperationLogCalls
from dbkit.models.operation_log import OPERATION_LOGS
from dbkit.types._sync.operation_log import OperationLogTransactionRepository
from dbkit.types.calls.operation_log import OperationLogOrder
from dbkit.types.identifiers import OperationLogId, ProjectId
from dbkit.types.operation_log import NewOperationLog, OperationLog, OperationLogFilter
from dbkit.types.page import Page
from dbkit.types.value import Instant

__all__ = ["MockOperationLogRepository", "MockOperationLogs"]


class OperationLogGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId
    ) -> Result[OperationLog]: ...


class OperationLogFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId
    ) -> Result[OperationLog | None]: ...


class OperationLogGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, logged_at: Instant, operation_log_ids: tuple[OperationLogId, ...]
    ) -> Result[list[OperationLog]]: ...


class OperationLogExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId) -> Result[bool]: ...


class OperationLogPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: OperationLogFilter, *, order: OperationLogOrder, limit: int, after: str | None
    ) -> Result[Page[OperationLog]]: ...


class OperationLogIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: OperationLogFilter, *, order: OperationLogOrder) -> Items[OperationLog]: ...


class OperationLogCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: OperationLogFilter) -> Result[int]: ...


class OperationLogCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewOperationLog) -> Result[OperationLog]: ...


class OperationLogCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewOperationLog, ...], *, returning: bool) -> Result[int | list[OperationLog]]: ...


class OperationLogAppendManyStub(Protocol):
    """What may answer for `append_many`."""

    def __call__(self, lines: tuple[NewOperationLog, ...]) -> Result[int]: ...


class OperationLogEnsurePartitionsStub(Protocol):
    """What may answer for `ensure_partitions`."""

    def __call__(self, months_ahead: int) -> Result[None]: ...


class OperationLogDropPartitionsBeforeStub(Protocol):
    """What may answer for `drop_partitions_before`."""

    def __call__(self, month: datetime) -> Result[None]: ...


class OperationLogDeleteOlderThanStub(Protocol):
    """What may answer for `delete_older_than`."""

    def __call__(self, before: datetime, limit: int) -> Result[int]: ...


class MockOperationLogRepository(MockRepository):
    """A repository of operation_logs that does what its stubs say."""

    @property
    def calls(self) -> OperationLogCalls:
        """The calls so far."""
        return OperationLogCalls(self._book.log)

    def get(self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId) -> OperationLog:
        """Return the live value, or raise `NotFound`."""
        answer: OperationLog = self._answer("get", (project_id, logged_at, operation_log_id))
        return answer

    def find(self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId) -> OperationLog | None:
        """Return the live value, or None."""
        answer: OperationLog | None = self._answer("find", (project_id, logged_at, operation_log_id))
        return answer

    def get_many(
        self, project_id: ProjectId, logged_at: Instant, operation_log_ids: Sequence[OperationLogId]
    ) -> list[OperationLog]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[OperationLog] = self._answer("get_many", (project_id, logged_at, operation_log_ids))
        return answer

    def exists(self, project_id: ProjectId, logged_at: Instant, operation_log_id: OperationLogId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, logged_at, operation_log_id))
        return answer

    def page(
        self,
        filter: OperationLogFilter,
        *,
        order: OperationLogOrder = "logged_at,id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[OperationLog]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[OperationLog] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: OperationLogFilter, *, order: OperationLogOrder = "logged_at,id"
    ) -> Iterator[OperationLog]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: OperationLogFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewOperationLog) -> OperationLog:
        """Store a new row and return it as stored."""
        answer: OperationLog = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewOperationLog], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewOperationLog], *, returning: Literal[True]) -> list[OperationLog]: ...
    def create_many(self, new: Iterable[NewOperationLog], *, returning: bool = False) -> int | list[OperationLog]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[OperationLog] = self._answer("create_many", (new, returning))
        return answer

    def append_many(self, lines: Iterable[NewOperationLog]) -> int:
        """Store lines, all or none, and return how many were new: lines that come again add nothing."""
        answer: int = self._answer("append_many", (lines,))
        return answer

    def ensure_partitions(self, months_ahead: int) -> None:
        """Make partitions for this month and so many after it, where there are none yet.

        Lines that came in before their partition move into it. For a role that owns the table.
        """
        self._answer("ensure_partitions", (months_ahead,))

    def drop_partitions_before(self, month: datetime) -> None:
        """Remove all lines from before a month: whole partitions are dropped, without a scan, and the rest deleted.

        For a role that owns the table; who reads or writes it waits for that moment.
        """
        self._answer("drop_partitions_before", (month,))

    def delete_older_than(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` lines of all tenants from before this time, the oldest first; return how many."""
        answer: int = self._answer("delete_older_than", (before, limit))
        return answer


class MockOperationLogs(MockBuilder[MockOperationLogRepository]):
    """Builds a mock of the repository of operation_logs: `with_...` says what an operation does."""

    _entity = OPERATION_LOGS
    _interface = OperationLogTransactionRepository
    _made = MockOperationLogRepository

    def with_get(self, outcome: Outcome[OperationLog, OperationLogGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[OperationLog | None, OperationLogFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[OperationLog], OperationLogGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, OperationLogExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[OperationLog], OperationLogPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[OperationLog], OperationLogIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, OperationLogCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[OperationLog, OperationLogCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[OperationLog], OperationLogCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_append_many(self, outcome: Outcome[int, OperationLogAppendManyStub]) -> Self:
        """Say what `append_many` does."""
        return self._with("append_many", outcome)

    def with_ensure_partitions(self, outcome: Outcome[None, OperationLogEnsurePartitionsStub]) -> Self:
        """Say what `ensure_partitions` does."""
        return self._with("ensure_partitions", outcome)

    def with_drop_partitions_before(self, outcome: Outcome[None, OperationLogDropPartitionsBeforeStub]) -> Self:
        """Say what `drop_partitions_before` does."""
        return self._with("drop_partitions_before", outcome)

    def with_delete_older_than(self, outcome: Outcome[int, OperationLogDeleteOlderThanStub]) -> Self:
        """Say what `delete_older_than` does."""
        return self._with("delete_older_than", outcome)
