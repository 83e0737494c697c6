# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of project_role_grants."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.project_role_grant import ProjectRoleGrantCalls
from dbkit.models.project_role_grant import PROJECT_ROLE_GRANTS
from dbkit.types._async.project_role_grant import AsyncProjectRoleGrantTransactionRepository
from dbkit.types.calls.project_role_grant import (
    ProjectRoleGrantChanges,
    ProjectRoleGrantOrder,
    ProjectRoleGrantUniqueKey,
)
from dbkit.types.identifiers import BuilderId, ProjectId, ProjectRoleGrantId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.project_role_grant import NewProjectRoleGrant, ProjectRole, ProjectRoleGrant, ProjectRoleGrantFilter

__all__ = ["AsyncMockProjectRoleGrantRepository", "AsyncMockProjectRoleGrants"]


class AsyncProjectRoleGrantGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId
    ) -> AsyncResult[ProjectRoleGrant]: ...


class AsyncProjectRoleGrantFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId
    ) -> AsyncResult[ProjectRoleGrant | None]: ...


class AsyncProjectRoleGrantGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, project_role_grant_ids: tuple[ProjectRoleGrantId, ...]
    ) -> AsyncResult[list[ProjectRoleGrant]]: ...


class AsyncProjectRoleGrantExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> AsyncResult[bool]: ...


class AsyncProjectRoleGrantPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ProjectRoleGrantFilter, *, order: ProjectRoleGrantOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[ProjectRoleGrant]]: ...


class AsyncProjectRoleGrantIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: ProjectRoleGrantFilter, *, order: ProjectRoleGrantOrder
    ) -> AsyncItems[ProjectRoleGrant]: ...


class AsyncProjectRoleGrantCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ProjectRoleGrantFilter) -> AsyncResult[int]: ...


class AsyncProjectRoleGrantCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewProjectRoleGrant) -> AsyncResult[ProjectRoleGrant]: ...


class AsyncProjectRoleGrantCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewProjectRoleGrant, ...], *, returning: bool
    ) -> AsyncResult[int | list[ProjectRoleGrant]]: ...


class AsyncProjectRoleGrantUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        **changes: Unpack[ProjectRoleGrantChanges],
    ) -> AsyncResult[ProjectRoleGrant]: ...


class AsyncProjectRoleGrantUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewProjectRoleGrant, *, on: ProjectRoleGrantUniqueKey
    ) -> AsyncResult[Upserted[ProjectRoleGrant]]: ...


class AsyncProjectRoleGrantDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> AsyncResult[None]: ...


class AsyncProjectRoleGrantEffectiveRolesStub(Protocol):
    """What may answer for `effective_roles`."""

    def __call__(self, project_id: ProjectId, builder_id: BuilderId) -> AsyncResult[frozenset[ProjectRole]]: ...


class AsyncProjectRoleGrantLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[ProjectRoleGrant | None]: ...


class AsyncMockProjectRoleGrantRepository(AsyncMockRepository):
    """A repository of project_role_grants that does what its stubs say."""

    @property
    def calls(self) -> ProjectRoleGrantCalls:
        """The calls so far."""
        return ProjectRoleGrantCalls(self._book.log)

    async def get(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> ProjectRoleGrant:
        """Return the live value, or raise `NotFound`."""
        answer: ProjectRoleGrant = await self._answer("get", (project_id, project_role_grant_id))
        return answer

    async def find(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> ProjectRoleGrant | None:
        """Return the live value, or None."""
        answer: ProjectRoleGrant | None = await self._answer("find", (project_id, project_role_grant_id))
        return answer

    async def get_many(
        self, project_id: ProjectId, project_role_grant_ids: Sequence[ProjectRoleGrantId]
    ) -> list[ProjectRoleGrant]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ProjectRoleGrant] = await self._answer("get_many", (project_id, project_role_grant_ids))
        return answer

    async def exists(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, project_role_grant_id))
        return answer

    async def page(
        self,
        filter: ProjectRoleGrantFilter,
        *,
        order: ProjectRoleGrantOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ProjectRoleGrant]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ProjectRoleGrant] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ProjectRoleGrantFilter, *, order: ProjectRoleGrantOrder = "id"
    ) -> AsyncIterator[ProjectRoleGrant]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: ProjectRoleGrantFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewProjectRoleGrant) -> ProjectRoleGrant:
        """Store a new row and return it as stored."""
        answer: ProjectRoleGrant = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewProjectRoleGrant], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(
        self, new: Iterable[NewProjectRoleGrant], *, returning: Literal[True]
    ) -> list[ProjectRoleGrant]: ...
    async def create_many(
        self, new: Iterable[NewProjectRoleGrant], *, returning: bool = False
    ) -> int | list[ProjectRoleGrant]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ProjectRoleGrant] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        **changes: Unpack[ProjectRoleGrantChanges],
    ) -> ProjectRoleGrant:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: ProjectRoleGrant = await self._answer("update", (project_id, project_role_grant_id, changes))
        return answer

    async def upsert(self, new: NewProjectRoleGrant, *, on: ProjectRoleGrantUniqueKey) -> Upserted[ProjectRoleGrant]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ProjectRoleGrant] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (project_id, project_role_grant_id))

    async def effective_roles(self, project_id: ProjectId, builder_id: BuilderId) -> frozenset[ProjectRole]:
        """Return the roles that a builder has on a project: his own, those of his live teams and of the teams above.

        Raises `NotFound` for an absent project.
        """
        answer: frozenset[ProjectRole] = await self._answer("effective_roles", (project_id, builder_id))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ProjectRoleGrant: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ProjectRoleGrant | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ProjectRoleGrant | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ProjectRoleGrant | None = await self._answer(
            "lock", (project_id, project_role_grant_id, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockProjectRoleGrants(AsyncMockBuilder[AsyncMockProjectRoleGrantRepository]):
    """Builds a mock of the repository of project_role_grants: `with_...` says what an operation does."""

    _entity = PROJECT_ROLE_GRANTS
    _interface = AsyncProjectRoleGrantTransactionRepository
    _made = AsyncMockProjectRoleGrantRepository

    def with_get(self, outcome: Outcome[ProjectRoleGrant, AsyncProjectRoleGrantGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ProjectRoleGrant | None, AsyncProjectRoleGrantFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ProjectRoleGrant], AsyncProjectRoleGrantGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncProjectRoleGrantExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ProjectRoleGrant], AsyncProjectRoleGrantPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ProjectRoleGrant], AsyncProjectRoleGrantIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncProjectRoleGrantCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ProjectRoleGrant, AsyncProjectRoleGrantCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[ProjectRoleGrant], AsyncProjectRoleGrantCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ProjectRoleGrant, AsyncProjectRoleGrantUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ProjectRoleGrant], AsyncProjectRoleGrantUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncProjectRoleGrantDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_effective_roles(
        self, outcome: Outcome[frozenset[ProjectRole], AsyncProjectRoleGrantEffectiveRolesStub]
    ) -> Self:
        """Say what `effective_roles` does."""
        return self._with("effective_roles", outcome)

    def with_lock(self, outcome: Outcome[ProjectRoleGrant | None, AsyncProjectRoleGrantLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
