# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of organizations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.organization import OrganizationCalls
from dbkit.models.organization import ORGANIZATIONS
from dbkit.types._async.organization import AsyncOrganizationTransactionRepository
from dbkit.types.calls.organization import OrganizationChanges, OrganizationOrder, OrganizationUniqueKey
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.organization import NewOrganization, Organization, OrganizationFilter
from dbkit.types.page import Page, Upserted
from dbkit.types.team import NewTeam

__all__ = ["AsyncMockOrganizationRepository", "AsyncMockOrganizations"]


class AsyncOrganizationGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, organization_id: OrganizationId) -> AsyncResult[Organization]: ...


class AsyncOrganizationFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, organization_id: OrganizationId) -> AsyncResult[Organization | None]: ...


class AsyncOrganizationGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, organization_ids: tuple[OrganizationId, ...]) -> AsyncResult[list[Organization]]: ...


class AsyncOrganizationExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, organization_id: OrganizationId) -> AsyncResult[bool]: ...


class AsyncOrganizationPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: OrganizationFilter | None, *, order: OrganizationOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Organization]]: ...


class AsyncOrganizationIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: OrganizationFilter | None, *, order: OrganizationOrder) -> AsyncItems[Organization]: ...


class AsyncOrganizationCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: OrganizationFilter | None) -> AsyncResult[int]: ...


class AsyncOrganizationCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewOrganization) -> AsyncResult[Organization]: ...


class AsyncOrganizationCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewOrganization, ...], *, returning: bool
    ) -> AsyncResult[int | list[Organization]]: ...


class AsyncOrganizationUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, organization_id: OrganizationId, *, expected_version: int, **changes: Unpack[OrganizationChanges]
    ) -> AsyncResult[Organization]: ...


class AsyncOrganizationUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewOrganization, *, on: OrganizationUniqueKey) -> AsyncResult[Upserted[Organization]]: ...


class AsyncOrganizationDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, organization_id: OrganizationId, *, expected_version: int | None) -> AsyncResult[None]: ...


class AsyncOrganizationRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, organization_id: OrganizationId) -> AsyncResult[Organization]: ...


class AsyncOrganizationPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, organization_id: OrganizationId) -> AsyncResult[None]: ...


class AsyncOrganizationCreateWithDefaultTeamStub(Protocol):
    """What may answer for `create_with_default_team`."""

    def __call__(self, organization: NewOrganization, team: NewTeam) -> AsyncResult[Organization]: ...


class AsyncOrganizationMoveDefaultTeamStub(Protocol):
    """What may answer for `move_default_team`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> AsyncResult[Organization]: ...


class AsyncOrganizationLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, organization_id: OrganizationId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Organization | None]: ...


class AsyncMockOrganizationRepository(AsyncMockRepository):
    """A repository of organizations that does what its stubs say."""

    @property
    def calls(self) -> OrganizationCalls:
        """The calls so far."""
        return OrganizationCalls(self._book.log)

    async def get(self, organization_id: OrganizationId) -> Organization:
        """Return the live value, or raise `NotFound`."""
        answer: Organization = await self._answer("get", (organization_id,))
        return answer

    async def find(self, organization_id: OrganizationId) -> Organization | None:
        """Return the live value, or None."""
        answer: Organization | None = await self._answer("find", (organization_id,))
        return answer

    async def get_many(self, organization_ids: Sequence[OrganizationId]) -> list[Organization]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Organization] = await self._answer("get_many", (organization_ids,))
        return answer

    async def exists(self, organization_id: OrganizationId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (organization_id,))
        return answer

    async def page(
        self,
        filter: OrganizationFilter | None = None,
        *,
        order: OrganizationOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Organization]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Organization] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: OrganizationFilter | None = None, *, order: OrganizationOrder = "id"
    ) -> AsyncIterator[Organization]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: OrganizationFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewOrganization) -> Organization:
        """Store a new row and return it as stored."""
        answer: Organization = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewOrganization], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewOrganization], *, returning: Literal[True]) -> list[Organization]: ...
    async def create_many(self, new: Iterable[NewOrganization], *, returning: bool = False) -> int | list[Organization]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Organization] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self, organization_id: OrganizationId, *, expected_version: int, **changes: Unpack[OrganizationChanges]
    ) -> Organization:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Organization = await self._answer("update", (organization_id, expected_version, changes))
        return answer

    async def upsert(self, new: NewOrganization, *, on: OrganizationUniqueKey) -> Upserted[Organization]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Organization] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, organization_id: OrganizationId, *, expected_version: int | None = None) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (organization_id, expected_version))

    async def restore(self, organization_id: OrganizationId) -> Organization:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Organization = await self._answer("restore", (organization_id,))
        return answer

    async def purge(self, organization_id: OrganizationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        await self._answer("purge", (organization_id,))

    async def create_with_default_team(self, organization: NewOrganization, team: NewTeam) -> Organization:
        """Store an organization and the team that it points to, both or none.

        Raises `ReferenceMissing` at the commit where the two do not name each other.
        """
        answer: Organization = await self._answer("create_with_default_team", (organization, team))
        return answer

    async def move_default_team(self, organization_id: OrganizationId, team_id: TeamId) -> Organization:
        """Make another live team the default one.

        Raises `NotFound` for an absent organization or team.
        """
        answer: Organization = await self._answer("move_default_team", (organization_id, team_id))
        return answer

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Organization: ...
    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Organization | None: ...
    async def lock(
        self,
        organization_id: OrganizationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Organization | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Organization | None = await self._answer("lock", (organization_id, strength, nowait, skip_locked))
        return answer


class AsyncMockOrganizations(AsyncMockBuilder[AsyncMockOrganizationRepository]):
    """Builds a mock of the repository of organizations: `with_...` says what an operation does."""

    _entity = ORGANIZATIONS
    _interface = AsyncOrganizationTransactionRepository
    _made = AsyncMockOrganizationRepository

    def with_get(self, outcome: Outcome[Organization, AsyncOrganizationGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Organization | None, AsyncOrganizationFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Organization], AsyncOrganizationGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncOrganizationExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Organization], AsyncOrganizationPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Organization], AsyncOrganizationIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncOrganizationCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Organization, AsyncOrganizationCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Organization], AsyncOrganizationCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Organization, AsyncOrganizationUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Organization], AsyncOrganizationUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncOrganizationDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Organization, AsyncOrganizationRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, AsyncOrganizationPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_create_with_default_team(
        self, outcome: Outcome[Organization, AsyncOrganizationCreateWithDefaultTeamStub]
    ) -> Self:
        """Say what `create_with_default_team` does."""
        return self._with("create_with_default_team", outcome)

    def with_move_default_team(self, outcome: Outcome[Organization, AsyncOrganizationMoveDefaultTeamStub]) -> Self:
        """Say what `move_default_team` does."""
        return self._with("move_default_team", outcome)

    def with_lock(self, outcome: Outcome[Organization | None, AsyncOrganizationLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
