# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of project_entitlements."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from pydantic import JsonValue

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.project_entitlement import ProjectEntitlementCalls
from dbkit.models.project_entitlement import PROJECT_ENTITLEMENTS
from dbkit.types._async.project_entitlement import AsyncProjectEntitlementTransactionRepository
from dbkit.types.calls.project_entitlement import (
    ProjectEntitlementChanges,
    ProjectEntitlementOrder,
    ProjectEntitlementUniqueKey,
)
from dbkit.types.identifiers import ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.project_entitlement import (
    EntitlementKey,
    NewProjectEntitlement,
    ProjectEntitlement,
    ProjectEntitlementFilter,
)

__all__ = ["AsyncMockProjectEntitlementRepository", "AsyncMockProjectEntitlements"]


class AsyncProjectEntitlementGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> AsyncResult[ProjectEntitlement]: ...


class AsyncProjectEntitlementFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> AsyncResult[ProjectEntitlement | None]: ...


class AsyncProjectEntitlementGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, keys: tuple[EntitlementKey, ...]
    ) -> AsyncResult[list[ProjectEntitlement]]: ...


class AsyncProjectEntitlementExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> AsyncResult[bool]: ...


class AsyncProjectEntitlementPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ProjectEntitlementFilter, *, order: ProjectEntitlementOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[ProjectEntitlement]]: ...


class AsyncProjectEntitlementIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: ProjectEntitlementFilter, *, order: ProjectEntitlementOrder
    ) -> AsyncItems[ProjectEntitlement]: ...


class AsyncProjectEntitlementCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ProjectEntitlementFilter) -> AsyncResult[int]: ...


class AsyncProjectEntitlementCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewProjectEntitlement) -> AsyncResult[ProjectEntitlement]: ...


class AsyncProjectEntitlementCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewProjectEntitlement, ...], *, returning: bool
    ) -> AsyncResult[int | list[ProjectEntitlement]]: ...


class AsyncProjectEntitlementUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, key: EntitlementKey, **changes: Unpack[ProjectEntitlementChanges]
    ) -> AsyncResult[ProjectEntitlement]: ...


class AsyncProjectEntitlementUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewProjectEntitlement, *, on: ProjectEntitlementUniqueKey
    ) -> AsyncResult[Upserted[ProjectEntitlement]]: ...


class AsyncProjectEntitlementDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> AsyncResult[None]: ...


class AsyncProjectEntitlementValueOfStub(Protocol):
    """What may answer for `value_of`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> AsyncResult[JsonValue]: ...


class AsyncProjectEntitlementLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, key: EntitlementKey, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[ProjectEntitlement | None]: ...


class AsyncMockProjectEntitlementRepository(AsyncMockRepository):
    """A repository of project_entitlements that does what its stubs say."""

    @property
    def calls(self) -> ProjectEntitlementCalls:
        """The calls so far."""
        return ProjectEntitlementCalls(self._book.log)

    async def get(self, project_id: ProjectId, key: EntitlementKey) -> ProjectEntitlement:
        """Return the live value, or raise `NotFound`."""
        answer: ProjectEntitlement = await self._answer("get", (project_id, key))
        return answer

    async def find(self, project_id: ProjectId, key: EntitlementKey) -> ProjectEntitlement | None:
        """Return the live value, or None."""
        answer: ProjectEntitlement | None = await self._answer("find", (project_id, key))
        return answer

    async def get_many(self, project_id: ProjectId, keys: Sequence[EntitlementKey]) -> list[ProjectEntitlement]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ProjectEntitlement] = await self._answer("get_many", (project_id, keys))
        return answer

    async def exists(self, project_id: ProjectId, key: EntitlementKey) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, key))
        return answer

    async def page(
        self,
        filter: ProjectEntitlementFilter,
        *,
        order: ProjectEntitlementOrder = "key",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ProjectEntitlement]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ProjectEntitlement] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ProjectEntitlementFilter, *, order: ProjectEntitlementOrder = "key"
    ) -> AsyncIterator[ProjectEntitlement]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: ProjectEntitlementFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewProjectEntitlement) -> ProjectEntitlement:
        """Store a new row and return it as stored."""
        answer: ProjectEntitlement = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewProjectEntitlement], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(
        self, new: Iterable[NewProjectEntitlement], *, returning: Literal[True]
    ) -> list[ProjectEntitlement]: ...
    async def create_many(
        self, new: Iterable[NewProjectEntitlement], *, returning: bool = False
    ) -> int | list[ProjectEntitlement]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ProjectEntitlement] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self, project_id: ProjectId, key: EntitlementKey, **changes: Unpack[ProjectEntitlementChanges]
    ) -> ProjectEntitlement:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: ProjectEntitlement = await self._answer("update", (project_id, key, changes))
        return answer

    async def upsert(
        self, new: NewProjectEntitlement, *, on: ProjectEntitlementUniqueKey
    ) -> Upserted[ProjectEntitlement]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ProjectEntitlement] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, project_id: ProjectId, key: EntitlementKey) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (project_id, key))

    async def value_of(self, project_id: ProjectId, key: EntitlementKey) -> JsonValue:
        """Return what a project is entitled to; where nothing is stored, no branding removal and 30 days of logs."""
        answer: JsonValue = await self._answer("value_of", (project_id, key))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        key: EntitlementKey,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ProjectEntitlement: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        key: EntitlementKey,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ProjectEntitlement | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        key: EntitlementKey,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ProjectEntitlement | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ProjectEntitlement | None = await self._answer("lock", (project_id, key, strength, nowait, skip_locked))
        return answer


class AsyncMockProjectEntitlements(AsyncMockBuilder[AsyncMockProjectEntitlementRepository]):
    """Builds a mock of the repository of project_entitlements: `with_...` says what an operation does."""

    _entity = PROJECT_ENTITLEMENTS
    _interface = AsyncProjectEntitlementTransactionRepository
    _made = AsyncMockProjectEntitlementRepository

    def with_get(self, outcome: Outcome[ProjectEntitlement, AsyncProjectEntitlementGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ProjectEntitlement | None, AsyncProjectEntitlementFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ProjectEntitlement], AsyncProjectEntitlementGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncProjectEntitlementExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ProjectEntitlement], AsyncProjectEntitlementPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ProjectEntitlement], AsyncProjectEntitlementIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncProjectEntitlementCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ProjectEntitlement, AsyncProjectEntitlementCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[ProjectEntitlement], AsyncProjectEntitlementCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ProjectEntitlement, AsyncProjectEntitlementUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ProjectEntitlement], AsyncProjectEntitlementUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncProjectEntitlementDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_value_of(self, outcome: Outcome[JsonValue, AsyncProjectEntitlementValueOfStub]) -> Self:
        """Say what `value_of` does."""
        return self._with("value_of", outcome)

    def with_lock(self, outcome: Outcome[ProjectEntitlement | None, AsyncProjectEntitlementLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
