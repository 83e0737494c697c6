# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of operations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.operation import OperationCalls
from dbkit.models.operation import OPERATIONS
from dbkit.types._async.operation import AsyncOperationTransactionRepository
from dbkit.types.calls.operation import OperationChanges, OperationOrder, OperationUniqueKey
from dbkit.types.identifiers import OperationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.operation import NewOperation, Operation, OperationFilter, OperationStatus
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockOperationRepository", "AsyncMockOperations"]


class AsyncOperationGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, operation_id: OperationId) -> AsyncResult[Operation]: ...


class AsyncOperationFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, operation_id: OperationId) -> AsyncResult[Operation | None]: ...


class AsyncOperationGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, operation_ids: tuple[OperationId, ...]
    ) -> AsyncResult[list[Operation]]: ...


class AsyncOperationExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, operation_id: OperationId) -> AsyncResult[bool]: ...


class AsyncOperationPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: OperationFilter, *, order: OperationOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Operation]]: ...


class AsyncOperationIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: OperationFilter, *, order: OperationOrder) -> AsyncItems[Operation]: ...


class AsyncOperationCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: OperationFilter) -> AsyncResult[int]: ...


class AsyncOperationCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewOperation) -> AsyncResult[Operation]: ...


class AsyncOperationCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewOperation, ...], *, returning: bool) -> AsyncResult[int | list[Operation]]: ...


class AsyncOperationUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        *,
        expected_version: int,
        **changes: Unpack[OperationChanges],
    ) -> AsyncResult[Operation]: ...


class AsyncOperationUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewOperation, *, on: OperationUniqueKey) -> AsyncResult[Upserted[Operation]]: ...


class AsyncOperationDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, operation_id: OperationId, *, expected_version: int | None
    ) -> AsyncResult[None]: ...


class AsyncOperationTransitionStub(Protocol):
    """What may answer for `transition`."""

    def __call__(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        to: OperationStatus,
        *,
        expected_version: int,
        result: str | None,
    ) -> AsyncResult[Operation]: ...


class AsyncOperationRetryChainStub(Protocol):
    """What may answer for `retry_chain`."""

    def __call__(self, project_id: ProjectId, operation_id: OperationId) -> AsyncResult[list[Operation]]: ...


class AsyncOperationCountByStatusStub(Protocol):
    """What may answer for `count_by_status`."""

    def __call__(self, project_id: ProjectId, since: datetime) -> AsyncResult[dict[OperationStatus, int]]: ...


class AsyncOperationDeleteOlderThanStub(Protocol):
    """What may answer for `delete_older_than`."""

    def __call__(self, project_id: ProjectId, before: datetime, limit: int) -> AsyncResult[int]: ...


class AsyncOperationLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[Operation | None]: ...


class AsyncOperationClaimPollingStub(Protocol):
    """What may answer for `claim_polling`."""

    def __call__(self, limit: int) -> AsyncResult[list[Operation]]: ...


class AsyncMockOperationRepository(AsyncMockRepository):
    """A repository of operations that does what its stubs say."""

    @property
    def calls(self) -> OperationCalls:
        """The calls so far."""
        return OperationCalls(self._book.log)

    async def get(self, project_id: ProjectId, operation_id: OperationId) -> Operation:
        """Return the live value, or raise `NotFound`."""
        answer: Operation = await self._answer("get", (project_id, operation_id))
        return answer

    async def find(self, project_id: ProjectId, operation_id: OperationId) -> Operation | None:
        """Return the live value, or None."""
        answer: Operation | None = await self._answer("find", (project_id, operation_id))
        return answer

    async def get_many(self, project_id: ProjectId, operation_ids: Sequence[OperationId]) -> list[Operation]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Operation] = await self._answer("get_many", (project_id, operation_ids))
        return answer

    async def exists(self, project_id: ProjectId, operation_id: OperationId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, operation_id))
        return answer

    async def page(
        self, filter: OperationFilter, *, order: OperationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Operation]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Operation] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: OperationFilter, *, order: OperationOrder = "id") -> AsyncIterator[Operation]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: OperationFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewOperation) -> Operation:
        """Store a new row and return it as stored."""
        answer: Operation = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewOperation], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewOperation], *, returning: Literal[True]) -> list[Operation]: ...
    async def create_many(self, new: Iterable[NewOperation], *, returning: bool = False) -> int | list[Operation]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Operation] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        *,
        expected_version: int,
        **changes: Unpack[OperationChanges],
    ) -> Operation:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Operation = await self._answer("update", (project_id, operation_id, expected_version, changes))
        return answer

    async def upsert(self, new: NewOperation, *, on: OperationUniqueKey) -> Upserted[Operation]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Operation] = await self._answer("upsert", (new, on))
        return answer

    async def delete(
        self, project_id: ProjectId, operation_id: OperationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (project_id, operation_id, expected_version))

    async def transition(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        to: OperationStatus,
        *,
        expected_version: int,
        result: str | None = None,
    ) -> Operation:
        """Move an operation to another status, and note when it began or ended.

        One that fails before it ran has no beginning. Raises `NotFound`, `StaleVersion` and
        `IllegalTransition`; a result is kept unless another is given.
        """
        answer: Operation = await self._answer("transition", (project_id, operation_id, to, expected_version, result))
        return answer

    async def retry_chain(self, project_id: ProjectId, operation_id: OperationId) -> list[Operation]:
        """Return all attempts of which an operation is one, by number: those before it and those after it.

        An attempt that was purged breaks the chain. Raises `NotFound`.
        """
        answer: list[Operation] = await self._answer("retry_chain", (project_id, operation_id))
        return answer

    async def count_by_status(self, project_id: ProjectId, since: datetime) -> dict[OperationStatus, int]:
        """Return how many operations of a project, created since then, have each status; all four are named."""
        answer: dict[OperationStatus, int] = await self._answer("count_by_status", (project_id, since))
        return answer

    async def delete_older_than(self, project_id: ProjectId, before: datetime, limit: int) -> int:
        """Delete up to `limit` operations of a project created before this time, the oldest first; return how many.

        Their logs go along. What somebody else holds is left for the next time.
        """
        answer: int = await self._answer("delete_older_than", (project_id, before, limit))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Operation: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Operation | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Operation | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Operation | None = await self._answer("lock", (project_id, operation_id, strength, nowait, skip_locked))
        return answer

    async def claim_polling(self, limit: int) -> list[Operation]:
        """Return up to `limit` operations of all tenants whose bulk job is due to be asked about.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        answer: list[Operation] = await self._answer("claim_polling", (limit,))
        return answer


class AsyncMockOperations(AsyncMockBuilder[AsyncMockOperationRepository]):
    """Builds a mock of the repository of operations: `with_...` says what an operation does."""

    _entity = OPERATIONS
    _interface = AsyncOperationTransactionRepository
    _made = AsyncMockOperationRepository

    def with_get(self, outcome: Outcome[Operation, AsyncOperationGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Operation | None, AsyncOperationFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Operation], AsyncOperationGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncOperationExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Operation], AsyncOperationPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Operation], AsyncOperationIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncOperationCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Operation, AsyncOperationCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Operation], AsyncOperationCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Operation, AsyncOperationUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Operation], AsyncOperationUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncOperationDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_transition(self, outcome: Outcome[Operation, AsyncOperationTransitionStub]) -> Self:
        """Say what `transition` does."""
        return self._with("transition", outcome)

    def with_retry_chain(self, outcome: Outcome[list[Operation], AsyncOperationRetryChainStub]) -> Self:
        """Say what `retry_chain` does."""
        return self._with("retry_chain", outcome)

    def with_count_by_status(
        self, outcome: Outcome[dict[OperationStatus, int], AsyncOperationCountByStatusStub]
    ) -> Self:
        """Say what `count_by_status` does."""
        return self._with("count_by_status", outcome)

    def with_delete_older_than(self, outcome: Outcome[int, AsyncOperationDeleteOlderThanStub]) -> Self:
        """Say what `delete_older_than` does."""
        return self._with("delete_older_than", outcome)

    def with_lock(self, outcome: Outcome[Operation | None, AsyncOperationLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)

    def with_claim_polling(self, outcome: Outcome[list[Operation], AsyncOperationClaimPollingStub]) -> Self:
        """Say what `claim_polling` does."""
        return self._with("claim_polling", outcome)
