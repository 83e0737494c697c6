# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of destinations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.destination import DestinationCalls
from dbkit.models.destination import DESTINATIONS
from dbkit.types._async.destination import AsyncDestinationTransactionRepository
from dbkit.types.calls.destination import DestinationChanges, DestinationOrder, DestinationUniqueKey
from dbkit.types.destination import Destination, DestinationFilter, NewDestination
from dbkit.types.identifiers import DestinationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockDestinationRepository", "AsyncMockDestinations"]


class AsyncDestinationGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> AsyncResult[Destination]: ...


class AsyncDestinationFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> AsyncResult[Destination | None]: ...


class AsyncDestinationGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, destination_ids: tuple[DestinationId, ...]
    ) -> AsyncResult[list[Destination]]: ...


class AsyncDestinationExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> AsyncResult[bool]: ...


class AsyncDestinationPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: DestinationFilter, *, order: DestinationOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Destination]]: ...


class AsyncDestinationIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: DestinationFilter, *, order: DestinationOrder) -> AsyncItems[Destination]: ...


class AsyncDestinationCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: DestinationFilter) -> AsyncResult[int]: ...


class AsyncDestinationCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewDestination) -> AsyncResult[Destination]: ...


class AsyncDestinationCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewDestination, ...], *, returning: bool) -> AsyncResult[int | list[Destination]]: ...


class AsyncDestinationUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        expected_version: int,
        **changes: Unpack[DestinationChanges],
    ) -> AsyncResult[Destination]: ...


class AsyncDestinationUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewDestination, *, on: DestinationUniqueKey) -> AsyncResult[Upserted[Destination]]: ...


class AsyncDestinationDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, destination_id: DestinationId, *, expected_version: int | None
    ) -> AsyncResult[None]: ...


class AsyncDestinationRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> AsyncResult[Destination]: ...


class AsyncDestinationPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> AsyncResult[None]: ...


class AsyncDestinationGetByIdOrNameStub(Protocol):
    """What may answer for `get_by_id_or_name`."""

    def __call__(self, project_id: ProjectId, id_or_name: DestinationId | str) -> AsyncResult[Destination]: ...


class AsyncDestinationDisableStub(Protocol):
    """What may answer for `disable`."""

    def __call__(
        self, project_id: ProjectId, destination_id: DestinationId, reason: str
    ) -> AsyncResult[Destination]: ...


class AsyncDestinationEnableStub(Protocol):
    """What may answer for `enable`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> AsyncResult[Destination]: ...


class AsyncDestinationLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[Destination | None]: ...


class AsyncMockDestinationRepository(AsyncMockRepository):
    """A repository of destinations that does what its stubs say."""

    @property
    def calls(self) -> DestinationCalls:
        """The calls so far."""
        return DestinationCalls(self._book.log)

    async def get(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Return the live value, or raise `NotFound`."""
        answer: Destination = await self._answer("get", (project_id, destination_id))
        return answer

    async def find(self, project_id: ProjectId, destination_id: DestinationId) -> Destination | None:
        """Return the live value, or None."""
        answer: Destination | None = await self._answer("find", (project_id, destination_id))
        return answer

    async def get_many(self, project_id: ProjectId, destination_ids: Sequence[DestinationId]) -> list[Destination]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Destination] = await self._answer("get_many", (project_id, destination_ids))
        return answer

    async def exists(self, project_id: ProjectId, destination_id: DestinationId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, destination_id))
        return answer

    async def page(
        self, filter: DestinationFilter, *, order: DestinationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Destination]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Destination] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: DestinationFilter, *, order: DestinationOrder = "id") -> AsyncIterator[Destination]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: DestinationFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewDestination) -> Destination:
        """Store a new row and return it as stored."""
        answer: Destination = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewDestination], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewDestination], *, returning: Literal[True]) -> list[Destination]: ...
    async def create_many(self, new: Iterable[NewDestination], *, returning: bool = False) -> int | list[Destination]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Destination] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        expected_version: int,
        **changes: Unpack[DestinationChanges],
    ) -> Destination:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Destination = await self._answer("update", (project_id, destination_id, expected_version, changes))
        return answer

    async def upsert(self, new: NewDestination, *, on: DestinationUniqueKey) -> Upserted[Destination]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Destination] = await self._answer("upsert", (new, on))
        return answer

    async def delete(
        self, project_id: ProjectId, destination_id: DestinationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (project_id, destination_id, expected_version))

    async def restore(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Destination = await self._answer("restore", (project_id, destination_id))
        return answer

    async def purge(self, project_id: ProjectId, destination_id: DestinationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        await self._answer("purge", (project_id, destination_id))

    async def get_by_id_or_name(self, project_id: ProjectId, id_or_name: DestinationId | str) -> Destination:
        """Return a project's live destination by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        answer: Destination = await self._answer("get_by_id_or_name", (project_id, id_or_name))
        return answer

    async def disable(self, project_id: ProjectId, destination_id: DestinationId, reason: str) -> Destination:
        """Send nothing more to a destination, and keep the reason; one that is disabled keeps its first reason.

        Raises `NotFound`.
        """
        answer: Destination = await self._answer("disable", (project_id, destination_id, reason))
        return answer

    async def enable(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Send to a destination again, or raise `NotFound`."""
        answer: Destination = await self._answer("enable", (project_id, destination_id))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Destination: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Destination | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Destination | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Destination | None = await self._answer(
            "lock", (project_id, destination_id, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockDestinations(AsyncMockBuilder[AsyncMockDestinationRepository]):
    """Builds a mock of the repository of destinations: `with_...` says what an operation does."""

    _entity = DESTINATIONS
    _interface = AsyncDestinationTransactionRepository
    _made = AsyncMockDestinationRepository

    def with_get(self, outcome: Outcome[Destination, AsyncDestinationGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Destination | None, AsyncDestinationFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Destination], AsyncDestinationGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncDestinationExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Destination], AsyncDestinationPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Destination], AsyncDestinationIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncDestinationCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Destination, AsyncDestinationCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Destination], AsyncDestinationCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Destination, AsyncDestinationUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Destination], AsyncDestinationUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncDestinationDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Destination, AsyncDestinationRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, AsyncDestinationPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_get_by_id_or_name(self, outcome: Outcome[Destination, AsyncDestinationGetByIdOrNameStub]) -> Self:
        """Say what `get_by_id_or_name` does."""
        return self._with("get_by_id_or_name", outcome)

    def with_disable(self, outcome: Outcome[Destination, AsyncDestinationDisableStub]) -> Self:
        """Say what `disable` does."""
        return self._with("disable", outcome)

    def with_enable(self, outcome: Outcome[Destination, AsyncDestinationEnableStub]) -> Self:
        """Say what `enable` does."""
        return self._with("enable", outcome)

    def with_lock(self, outcome: Outcome[Destination | None, AsyncDestinationLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
