# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of team_members."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.team_member import TeamMemberCalls
from dbkit.models.team_member import TEAM_MEMBERS
from dbkit.types._async.team_member import AsyncTeamMemberTransactionRepository
from dbkit.types.calls.team_member import TeamMemberChanges, TeamMemberOrder, TeamMemberUniqueKey
from dbkit.types.identifiers import BuilderId, OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.team_member import NewTeamMember, TeamMember, TeamMemberFilter, TeamRole

__all__ = ["AsyncMockTeamMemberRepository", "AsyncMockTeamMembers"]


class AsyncTeamMemberGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId
    ) -> AsyncResult[TeamMember]: ...


class AsyncTeamMemberFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId
    ) -> AsyncResult[TeamMember | None]: ...


class AsyncTeamMemberGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, organization_id: OrganizationId, team_id: TeamId, builder_ids: tuple[BuilderId, ...]
    ) -> AsyncResult[list[TeamMember]]: ...


class AsyncTeamMemberExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(
        self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId
    ) -> AsyncResult[bool]: ...


class AsyncTeamMemberPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: TeamMemberFilter, *, order: TeamMemberOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[TeamMember]]: ...


class AsyncTeamMemberIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: TeamMemberFilter, *, order: TeamMemberOrder) -> AsyncItems[TeamMember]: ...


class AsyncTeamMemberCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: TeamMemberFilter) -> AsyncResult[int]: ...


class AsyncTeamMemberCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewTeamMember) -> AsyncResult[TeamMember]: ...


class AsyncTeamMemberCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewTeamMember, ...], *, returning: bool) -> AsyncResult[int | list[TeamMember]]: ...


class AsyncTeamMemberUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        builder_id: BuilderId,
        **changes: Unpack[TeamMemberChanges],
    ) -> AsyncResult[TeamMember]: ...


class AsyncTeamMemberUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewTeamMember, *, on: TeamMemberUniqueKey) -> AsyncResult[Upserted[TeamMember]]: ...


class AsyncTeamMemberDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId
    ) -> AsyncResult[None]: ...


class AsyncTeamMemberRolesOfStub(Protocol):
    """What may answer for `roles_of`."""

    def __call__(
        self, organization_id: OrganizationId, builder_id: BuilderId
    ) -> AsyncResult[dict[TeamId, TeamRole]]: ...


class AsyncTeamMemberLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        builder_id: BuilderId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[TeamMember | None]: ...


class AsyncMockTeamMemberRepository(AsyncMockRepository):
    """A repository of team_members that does what its stubs say."""

    @property
    def calls(self) -> TeamMemberCalls:
        """The calls so far."""
        return TeamMemberCalls(self._book.log)

    async def get(self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId) -> TeamMember:
        """Return the live value, or raise `NotFound`."""
        answer: TeamMember = await self._answer("get", (organization_id, team_id, builder_id))
        return answer

    async def find(self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId) -> TeamMember | None:
        """Return the live value, or None."""
        answer: TeamMember | None = await self._answer("find", (organization_id, team_id, builder_id))
        return answer

    async def get_many(
        self, organization_id: OrganizationId, team_id: TeamId, builder_ids: Sequence[BuilderId]
    ) -> list[TeamMember]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[TeamMember] = await self._answer("get_many", (organization_id, team_id, builder_ids))
        return answer

    async def exists(self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (organization_id, team_id, builder_id))
        return answer

    async def page(
        self,
        filter: TeamMemberFilter,
        *,
        order: TeamMemberOrder = "team_id,builder_id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[TeamMember]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[TeamMember] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: TeamMemberFilter, *, order: TeamMemberOrder = "team_id,builder_id"
    ) -> AsyncIterator[TeamMember]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: TeamMemberFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewTeamMember) -> TeamMember:
        """Store a new row and return it as stored."""
        answer: TeamMember = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewTeamMember], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewTeamMember], *, returning: Literal[True]) -> list[TeamMember]: ...
    async def create_many(self, new: Iterable[NewTeamMember], *, returning: bool = False) -> int | list[TeamMember]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[TeamMember] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        builder_id: BuilderId,
        **changes: Unpack[TeamMemberChanges],
    ) -> TeamMember:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: TeamMember = await self._answer("update", (organization_id, team_id, builder_id, changes))
        return answer

    async def upsert(self, new: NewTeamMember, *, on: TeamMemberUniqueKey) -> Upserted[TeamMember]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[TeamMember] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (organization_id, team_id, builder_id))

    async def roles_of(self, organization_id: OrganizationId, builder_id: BuilderId) -> dict[TeamId, TeamRole]:
        """Return the builder's role in each team of an organization that he is in."""
        answer: dict[TeamId, TeamRole] = await self._answer("roles_of", (organization_id, builder_id))
        return answer

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> TeamMember: ...
    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> TeamMember | None: ...
    async def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> TeamMember | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: TeamMember | None = await self._answer(
            "lock", (organization_id, team_id, builder_id, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockTeamMembers(AsyncMockBuilder[AsyncMockTeamMemberRepository]):
    """Builds a mock of the repository of team_members: `with_...` says what an operation does."""

    _entity = TEAM_MEMBERS
    _interface = AsyncTeamMemberTransactionRepository
    _made = AsyncMockTeamMemberRepository

    def with_get(self, outcome: Outcome[TeamMember, AsyncTeamMemberGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[TeamMember | None, AsyncTeamMemberFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[TeamMember], AsyncTeamMemberGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncTeamMemberExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[TeamMember], AsyncTeamMemberPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[TeamMember], AsyncTeamMemberIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncTeamMemberCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[TeamMember, AsyncTeamMemberCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[TeamMember], AsyncTeamMemberCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[TeamMember, AsyncTeamMemberUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[TeamMember], AsyncTeamMemberUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncTeamMemberDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_roles_of(self, outcome: Outcome[dict[TeamId, TeamRole], AsyncTeamMemberRolesOfStub]) -> Self:
        """Say what `roles_of` does."""
        return self._with("roles_of", outcome)

    def with_lock(self, outcome: Outcome[TeamMember | None, AsyncTeamMemberLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
