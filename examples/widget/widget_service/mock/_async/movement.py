# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of movements."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page
from dbkit.types.value import BigInteger

from widget_service.mock.calls.movement import MovementCalls
from widget_service.models.movement import MOVEMENTS
from widget_service.types._async.movement import AsyncMovementTransactionRepository
from widget_service.types.calls.movement import MovementChanges, MovementOrder
from widget_service.types.movement import Movement, MovementFilter, NewMovement

__all__ = ["AsyncMockMovementRepository", "AsyncMockMovements"]


class AsyncMovementGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, movement_id: BigInteger) -> AsyncResult[Movement]: ...


class AsyncMovementFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, movement_id: BigInteger) -> AsyncResult[Movement | None]: ...


class AsyncMovementGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, movement_ids: tuple[BigInteger, ...]) -> AsyncResult[list[Movement]]: ...


class AsyncMovementExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, movement_id: BigInteger) -> AsyncResult[bool]: ...


class AsyncMovementPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: MovementFilter | None, *, order: MovementOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Movement]]: ...


class AsyncMovementIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: MovementFilter | None, *, order: MovementOrder) -> AsyncItems[Movement]: ...


class AsyncMovementCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: MovementFilter | None) -> AsyncResult[int]: ...


class AsyncMovementCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewMovement) -> AsyncResult[Movement]: ...


class AsyncMovementCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewMovement, ...], *, returning: bool) -> AsyncResult[int | list[Movement]]: ...


class AsyncMovementUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, movement_id: BigInteger, **changes: Unpack[MovementChanges]) -> AsyncResult[Movement]: ...


class AsyncMovementDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, movement_id: BigInteger) -> AsyncResult[None]: ...


class AsyncMovementLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, movement_id: BigInteger, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Movement | None]: ...


class AsyncMockMovementRepository(AsyncMockRepository):
    """A repository of movements that does what its stubs say."""

    @property
    def calls(self) -> MovementCalls:
        """The calls so far."""
        return MovementCalls(self._book.log)

    async def get(self, movement_id: BigInteger) -> Movement:
        """Return the live value, or raise `NotFound`."""
        answer: Movement = await self._answer("get", (movement_id,))
        return answer

    async def find(self, movement_id: BigInteger) -> Movement | None:
        """Return the live value, or None."""
        answer: Movement | None = await self._answer("find", (movement_id,))
        return answer

    async def get_many(self, movement_ids: Sequence[BigInteger]) -> list[Movement]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Movement] = await self._answer("get_many", (movement_ids,))
        return answer

    async def exists(self, movement_id: BigInteger) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (movement_id,))
        return answer

    async def page(
        self,
        filter: MovementFilter | None = None,
        *,
        order: MovementOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Movement]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Movement] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: MovementFilter | None = None, *, order: MovementOrder = "id") -> AsyncIterator[Movement]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: MovementFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewMovement) -> Movement:
        """Store a new row and return it as stored."""
        answer: Movement = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewMovement], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewMovement], *, returning: Literal[True]) -> list[Movement]: ...
    async def create_many(self, new: Iterable[NewMovement], *, returning: bool = False) -> int | list[Movement]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Movement] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, movement_id: BigInteger, **changes: Unpack[MovementChanges]) -> Movement:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Movement = await self._answer("update", (movement_id, changes))
        return answer

    async def delete(self, movement_id: BigInteger) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (movement_id,))

    @overload
    async def lock(
        self,
        movement_id: BigInteger,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Movement: ...
    @overload
    async def lock(
        self,
        movement_id: BigInteger,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Movement | None: ...
    async def lock(
        self,
        movement_id: BigInteger,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Movement | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Movement | None = await self._answer("lock", (movement_id, strength, nowait, skip_locked))
        return answer


class AsyncMockMovements(AsyncMockBuilder[AsyncMockMovementRepository]):
    """Builds a mock of the repository of movements: `with_...` says what an operation does."""

    _entity = MOVEMENTS
    _interface = AsyncMovementTransactionRepository
    _made = AsyncMockMovementRepository

    def with_get(self, outcome: Outcome[Movement, AsyncMovementGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Movement | None, AsyncMovementFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Movement], AsyncMovementGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncMovementExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Movement], AsyncMovementPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Movement], AsyncMovementIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncMovementCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Movement, AsyncMovementCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Movement], AsyncMovementCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Movement, AsyncMovementUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncMovementDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_lock(self, outcome: Outcome[Movement | None, AsyncMovementLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
