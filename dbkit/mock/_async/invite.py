# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of invites."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.invite import InviteCalls
from dbkit.models.invite import INVITES
from dbkit.types._async.invite import AsyncInviteTransactionRepository
from dbkit.types.calls.invite import InviteChanges, InviteOrder, InviteUniqueKey
from dbkit.types.identifiers import BuilderId, InviteId, OrganizationId
from dbkit.types.invite import Invite, InviteFilter, NewInvite
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockInviteRepository", "AsyncMockInvites"]


class AsyncInviteGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, organization_id: OrganizationId, invite_id: InviteId) -> AsyncResult[Invite]: ...


class AsyncInviteFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, organization_id: OrganizationId, invite_id: InviteId) -> AsyncResult[Invite | None]: ...


class AsyncInviteGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, organization_id: OrganizationId, invite_ids: tuple[InviteId, ...]
    ) -> AsyncResult[list[Invite]]: ...


class AsyncInviteExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, organization_id: OrganizationId, invite_id: InviteId) -> AsyncResult[bool]: ...


class AsyncInvitePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: InviteFilter, *, order: InviteOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Invite]]: ...


class AsyncInviteIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: InviteFilter, *, order: InviteOrder) -> AsyncItems[Invite]: ...


class AsyncInviteCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: InviteFilter) -> AsyncResult[int]: ...


class AsyncInviteCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewInvite) -> AsyncResult[Invite]: ...


class AsyncInviteCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewInvite, ...], *, returning: bool) -> AsyncResult[int | list[Invite]]: ...


class AsyncInviteUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, organization_id: OrganizationId, invite_id: InviteId, **changes: Unpack[InviteChanges]
    ) -> AsyncResult[Invite]: ...


class AsyncInviteUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewInvite, *, on: InviteUniqueKey) -> AsyncResult[Upserted[Invite]]: ...


class AsyncInviteDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, organization_id: OrganizationId, invite_id: InviteId) -> AsyncResult[None]: ...


class AsyncInviteAcceptStub(Protocol):
    """What may answer for `accept`."""

    def __call__(
        self, organization_id: OrganizationId, invite_id: InviteId, builder_id: BuilderId
    ) -> AsyncResult[Invite]: ...


class AsyncInviteExpireDueStub(Protocol):
    """What may answer for `expire_due`."""

    def __call__(self, now: datetime, limit: int) -> AsyncResult[list[Invite]]: ...


class AsyncInviteLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        organization_id: OrganizationId,
        invite_id: InviteId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[Invite | None]: ...


class AsyncMockInviteRepository(AsyncMockRepository):
    """A repository of invites that does what its stubs say."""

    @property
    def calls(self) -> InviteCalls:
        """The calls so far."""
        return InviteCalls(self._book.log)

    async def get(self, organization_id: OrganizationId, invite_id: InviteId) -> Invite:
        """Return the live value, or raise `NotFound`."""
        answer: Invite = await self._answer("get", (organization_id, invite_id))
        return answer

    async def find(self, organization_id: OrganizationId, invite_id: InviteId) -> Invite | None:
        """Return the live value, or None."""
        answer: Invite | None = await self._answer("find", (organization_id, invite_id))
        return answer

    async def get_many(self, organization_id: OrganizationId, invite_ids: Sequence[InviteId]) -> list[Invite]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Invite] = await self._answer("get_many", (organization_id, invite_ids))
        return answer

    async def exists(self, organization_id: OrganizationId, invite_id: InviteId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (organization_id, invite_id))
        return answer

    async def page(
        self, filter: InviteFilter, *, order: InviteOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Invite]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Invite] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: InviteFilter, *, order: InviteOrder = "id") -> AsyncIterator[Invite]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: InviteFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewInvite) -> Invite:
        """Store a new row and return it as stored."""
        answer: Invite = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewInvite], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewInvite], *, returning: Literal[True]) -> list[Invite]: ...
    async def create_many(self, new: Iterable[NewInvite], *, returning: bool = False) -> int | list[Invite]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Invite] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self, organization_id: OrganizationId, invite_id: InviteId, **changes: Unpack[InviteChanges]
    ) -> Invite:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Invite = await self._answer("update", (organization_id, invite_id, changes))
        return answer

    async def upsert(self, new: NewInvite, *, on: InviteUniqueKey) -> Upserted[Invite]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Invite] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, organization_id: OrganizationId, invite_id: InviteId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (organization_id, invite_id))

    async def accept(self, organization_id: OrganizationId, invite_id: InviteId, builder_id: BuilderId) -> Invite:
        """Mark a pending invite accepted by a builder.

        Raises `NotFound`, `IllegalTransition` where it is no longer pending, and `ReferenceMissing`
        for an absent builder. That it is not past its end is for the caller, who has the clock.
        """
        answer: Invite = await self._answer("accept", (organization_id, invite_id, builder_id))
        return answer

    async def expire_due(self, now: datetime, limit: int) -> list[Invite]:
        """Mark up to `limit` pending invites of all tenants expired that have ended by now, and return them.

        Invites that somebody else is about to change are left out.
        """
        answer: list[Invite] = await self._answer("expire_due", (now, limit))
        return answer

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        invite_id: InviteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Invite: ...
    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        invite_id: InviteId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Invite | None: ...
    async def lock(
        self,
        organization_id: OrganizationId,
        invite_id: InviteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Invite | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Invite | None = await self._answer("lock", (organization_id, invite_id, strength, nowait, skip_locked))
        return answer


class AsyncMockInvites(AsyncMockBuilder[AsyncMockInviteRepository]):
    """Builds a mock of the repository of invites: `with_...` says what an operation does."""

    _entity = INVITES
    _interface = AsyncInviteTransactionRepository
    _made = AsyncMockInviteRepository

    def with_get(self, outcome: Outcome[Invite, AsyncInviteGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Invite | None, AsyncInviteFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Invite], AsyncInviteGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncInviteExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Invite], AsyncInvitePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Invite], AsyncInviteIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncInviteCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Invite, AsyncInviteCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Invite], AsyncInviteCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Invite, AsyncInviteUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Invite], AsyncInviteUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncInviteDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_accept(self, outcome: Outcome[Invite, AsyncInviteAcceptStub]) -> Self:
        """Say what `accept` does."""
        return self._with("accept", outcome)

    def with_expire_due(self, outcome: Outcome[list[Invite], AsyncInviteExpireDueStub]) -> Self:
        """Say what `expire_due` does."""
        return self._with("expire_due", outcome)

    def with_lock(self, outcome: Outcome[Invite | None, AsyncInviteLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
