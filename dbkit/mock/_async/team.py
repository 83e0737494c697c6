# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of teams."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.team import TeamCalls
from dbkit.models.team import TEAMS
from dbkit.types._async.team import AsyncTeamTransactionRepository
from dbkit.types.calls.team import TeamChanges, TeamOrder, TeamUniqueKey
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.team import NewTeam, Team, TeamFilter

__all__ = ["AsyncMockTeamRepository", "AsyncMockTeams"]


class AsyncTeamGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> AsyncResult[Team]: ...


class AsyncTeamFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> AsyncResult[Team | None]: ...


class AsyncTeamGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, organization_id: OrganizationId, team_ids: tuple[TeamId, ...]) -> AsyncResult[list[Team]]: ...


class AsyncTeamExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> AsyncResult[bool]: ...


class AsyncTeamPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: TeamFilter, *, order: TeamOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Team]]: ...


class AsyncTeamIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: TeamFilter, *, order: TeamOrder) -> AsyncItems[Team]: ...


class AsyncTeamCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: TeamFilter) -> AsyncResult[int]: ...


class AsyncTeamCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewTeam) -> AsyncResult[Team]: ...


class AsyncTeamCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewTeam, ...], *, returning: bool) -> AsyncResult[int | list[Team]]: ...


class AsyncTeamUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, organization_id: OrganizationId, team_id: TeamId, **changes: Unpack[TeamChanges]
    ) -> AsyncResult[Team]: ...


class AsyncTeamUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewTeam, *, on: TeamUniqueKey) -> AsyncResult[Upserted[Team]]: ...


class AsyncTeamDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> AsyncResult[None]: ...


class AsyncTeamRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> AsyncResult[Team]: ...


class AsyncTeamPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> AsyncResult[None]: ...


class AsyncTeamAncestorsStub(Protocol):
    """What may answer for `ancestors`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> AsyncResult[list[Team]]: ...


class AsyncTeamDescendantsStub(Protocol):
    """What may answer for `descendants`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> AsyncResult[list[Team]]: ...


class AsyncTeamLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[Team | None]: ...


class AsyncMockTeamRepository(AsyncMockRepository):
    """A repository of teams that does what its stubs say."""

    @property
    def calls(self) -> TeamCalls:
        """The calls so far."""
        return TeamCalls(self._book.log)

    async def get(self, organization_id: OrganizationId, team_id: TeamId) -> Team:
        """Return the live value, or raise `NotFound`."""
        answer: Team = await self._answer("get", (organization_id, team_id))
        return answer

    async def find(self, organization_id: OrganizationId, team_id: TeamId) -> Team | None:
        """Return the live value, or None."""
        answer: Team | None = await self._answer("find", (organization_id, team_id))
        return answer

    async def get_many(self, organization_id: OrganizationId, team_ids: Sequence[TeamId]) -> list[Team]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Team] = await self._answer("get_many", (organization_id, team_ids))
        return answer

    async def exists(self, organization_id: OrganizationId, team_id: TeamId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (organization_id, team_id))
        return answer

    async def page(
        self, filter: TeamFilter, *, order: TeamOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Team]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Team] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: TeamFilter, *, order: TeamOrder = "id") -> AsyncIterator[Team]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: TeamFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewTeam) -> Team:
        """Store a new row and return it as stored."""
        answer: Team = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewTeam], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewTeam], *, returning: Literal[True]) -> list[Team]: ...
    async def create_many(self, new: Iterable[NewTeam], *, returning: bool = False) -> int | list[Team]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Team] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, organization_id: OrganizationId, team_id: TeamId, **changes: Unpack[TeamChanges]) -> Team:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Team = await self._answer("update", (organization_id, team_id, changes))
        return answer

    async def upsert(self, new: NewTeam, *, on: TeamUniqueKey) -> Upserted[Team]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Team] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, organization_id: OrganizationId, team_id: TeamId) -> None:
        """Delete a live row softly, or raise `NotFound`."""
        await self._answer("delete", (organization_id, team_id))

    async def restore(self, organization_id: OrganizationId, team_id: TeamId) -> Team:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Team = await self._answer("restore", (organization_id, team_id))
        return answer

    async def purge(self, organization_id: OrganizationId, team_id: TeamId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        await self._answer("purge", (organization_id, team_id))

    async def ancestors(self, organization_id: OrganizationId, team_id: TeamId) -> list[Team]:
        """Return the live teams above a team, its parent first.

        Raises `NotFound` for an absent team, and `ValueInvalid` where the way up is longer than 32
        teams, as it is in a loop.
        """
        answer: list[Team] = await self._answer("ancestors", (organization_id, team_id))
        return answer

    async def descendants(self, organization_id: OrganizationId, team_id: TeamId) -> list[Team]:
        """Return the live teams below a team, level by level, each level in the order of ids.

        A query for each level. Raises as `ancestors` does.
        """
        answer: list[Team] = await self._answer("descendants", (organization_id, team_id))
        return answer

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Team: ...
    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Team | None: ...
    async def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Team | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Team | None = await self._answer("lock", (organization_id, team_id, strength, nowait, skip_locked))
        return answer


class AsyncMockTeams(AsyncMockBuilder[AsyncMockTeamRepository]):
    """Builds a mock of the repository of teams: `with_...` says what an operation does."""

    _entity = TEAMS
    _interface = AsyncTeamTransactionRepository
    _made = AsyncMockTeamRepository

    def with_get(self, outcome: Outcome[Team, AsyncTeamGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Team | None, AsyncTeamFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Team], AsyncTeamGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncTeamExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Team], AsyncTeamPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Team], AsyncTeamIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncTeamCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Team, AsyncTeamCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Team], AsyncTeamCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Team, AsyncTeamUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Team], AsyncTeamUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncTeamDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Team, AsyncTeamRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, AsyncTeamPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_ancestors(self, outcome: Outcome[list[Team], AsyncTeamAncestorsStub]) -> Self:
        """Say what `ancestors` does."""
        return self._with("ancestors", outcome)

    def with_descendants(self, outcome: Outcome[list[Team], AsyncTeamDescendantsStub]) -> Self:
        """Say what `descendants` does."""
        return self._with("descendants", outcome)

    def with_lock(self, outcome: Outcome[Team | None, AsyncTeamLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
