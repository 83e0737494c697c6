# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of groups."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.group import GroupCalls
from dbkit.models.group import GROUPS
from dbkit.types._async.group import AsyncGroupTransactionRepository
from dbkit.types.calls.group import GroupChanges, GroupOrder, GroupUniqueKey
from dbkit.types.group import Group, GroupFilter, NewGroup
from dbkit.types.identifiers import GroupRef, ProjectId
from dbkit.types.installation import Installation
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockGroupRepository", "AsyncMockGroups"]


class AsyncGroupGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> AsyncResult[Group]: ...


class AsyncGroupFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> AsyncResult[Group | None]: ...


class AsyncGroupGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, group_refs: tuple[GroupRef, ...]) -> AsyncResult[list[Group]]: ...


class AsyncGroupExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> AsyncResult[bool]: ...


class AsyncGroupPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: GroupFilter, *, order: GroupOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Group]]: ...


class AsyncGroupIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: GroupFilter, *, order: GroupOrder) -> AsyncItems[Group]: ...


class AsyncGroupCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: GroupFilter) -> AsyncResult[int]: ...


class AsyncGroupCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewGroup) -> AsyncResult[Group]: ...


class AsyncGroupCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewGroup, ...], *, returning: bool) -> AsyncResult[int | list[Group]]: ...


class AsyncGroupUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, group_ref: GroupRef, **changes: Unpack[GroupChanges]
    ) -> AsyncResult[Group]: ...


class AsyncGroupUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewGroup, *, on: GroupUniqueKey) -> AsyncResult[Upserted[Group]]: ...


class AsyncGroupDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> AsyncResult[None]: ...


class AsyncGroupInstallationsStub(Protocol):
    """What may answer for `installations`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> AsyncItems[Installation]: ...


class AsyncGroupLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, group_ref: GroupRef, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Group | None]: ...


class AsyncMockGroupRepository(AsyncMockRepository):
    """A repository of groups that does what its stubs say."""

    @property
    def calls(self) -> GroupCalls:
        """The calls so far."""
        return GroupCalls(self._book.log)

    async def get(self, project_id: ProjectId, group_ref: GroupRef) -> Group:
        """Return the live value, or raise `NotFound`."""
        answer: Group = await self._answer("get", (project_id, group_ref))
        return answer

    async def find(self, project_id: ProjectId, group_ref: GroupRef) -> Group | None:
        """Return the live value, or None."""
        answer: Group | None = await self._answer("find", (project_id, group_ref))
        return answer

    async def get_many(self, project_id: ProjectId, group_refs: Sequence[GroupRef]) -> list[Group]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Group] = await self._answer("get_many", (project_id, group_refs))
        return answer

    async def exists(self, project_id: ProjectId, group_ref: GroupRef) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, group_ref))
        return answer

    async def page(
        self, filter: GroupFilter, *, order: GroupOrder = "group_ref", limit: int = 50, after: str | None = None
    ) -> Page[Group]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Group] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: GroupFilter, *, order: GroupOrder = "group_ref") -> AsyncIterator[Group]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: GroupFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewGroup) -> Group:
        """Store a new row and return it as stored."""
        answer: Group = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewGroup], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewGroup], *, returning: Literal[True]) -> list[Group]: ...
    async def create_many(self, new: Iterable[NewGroup], *, returning: bool = False) -> int | list[Group]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Group] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, project_id: ProjectId, group_ref: GroupRef, **changes: Unpack[GroupChanges]) -> Group:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Group = await self._answer("update", (project_id, group_ref, changes))
        return answer

    async def upsert(self, new: NewGroup, *, on: GroupUniqueKey) -> Upserted[Group]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Group] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, project_id: ProjectId, group_ref: GroupRef) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (project_id, group_ref))

    def installations(self, project_id: ProjectId, group_ref: GroupRef) -> AsyncIterator[Installation]:
        """Yield the live installations of a group, in the order of ids."""
        return self._iterate("installations", (project_id, group_ref))

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        group_ref: GroupRef,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Group: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        group_ref: GroupRef,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Group | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        group_ref: GroupRef,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Group | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Group | None = await self._answer("lock", (project_id, group_ref, strength, nowait, skip_locked))
        return answer


class AsyncMockGroups(AsyncMockBuilder[AsyncMockGroupRepository]):
    """Builds a mock of the repository of groups: `with_...` says what an operation does."""

    _entity = GROUPS
    _interface = AsyncGroupTransactionRepository
    _made = AsyncMockGroupRepository

    def with_get(self, outcome: Outcome[Group, AsyncGroupGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Group | None, AsyncGroupFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Group], AsyncGroupGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncGroupExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Group], AsyncGroupPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Group], AsyncGroupIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncGroupCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Group, AsyncGroupCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Group], AsyncGroupCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Group, AsyncGroupUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Group], AsyncGroupUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncGroupDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_installations(self, outcome: Outcome[Iterable[Installation], AsyncGroupInstallationsStub]) -> Self:
        """Say what `installations` does."""
        return self._with("installations", outcome)

    def with_lock(self, outcome: Outcome[Group | None, AsyncGroupLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
