# Generated from widget_service/mock/_async/movement.py by `dbkit generate`; edit that file instead.
# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of movements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page
from dbkit.types.value import BigInteger

from widget_service.mock.calls.movement import MovementCalls
from widget_service.models.movement import MOVEMENTS
from widget_service.types._sync.movement import MovementTransactionRepository
from widget_service.types.calls.movement import MovementChanges, MovementOrder
from widget_service.types.movement import Movement, MovementFilter, NewMovement

__all__ = ["MockMovementRepository", "MockMovements"]


class MovementGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, movement_id: BigInteger) -> Result[Movement]: ...


class MovementFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, movement_id: BigInteger) -> Result[Movement | None]: ...


class MovementGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, movement_ids: tuple[BigInteger, ...]) -> Result[list[Movement]]: ...


class MovementExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, movement_id: BigInteger) -> Result[bool]: ...


class MovementPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: MovementFilter | None, *, order: MovementOrder, limit: int, after: str | None
    ) -> Result[Page[Movement]]: ...


class MovementIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: MovementFilter | None, *, order: MovementOrder) -> Items[Movement]: ...


class MovementCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: MovementFilter | None) -> Result[int]: ...


class MovementCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewMovement) -> Result[Movement]: ...


class MovementCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewMovement, ...], *, returning: bool) -> Result[int | list[Movement]]: ...


class MovementUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, movement_id: BigInteger, **changes: Unpack[MovementChanges]) -> Result[Movement]: ...


class MovementDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, movement_id: BigInteger) -> Result[None]: ...


class MovementLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, movement_id: BigInteger, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Movement | None]: ...


class MockMovementRepository(MockRepository):
    """A repository of movements that does what its stubs say."""

    @property
    def calls(self) -> MovementCalls:
        """The calls so far."""
        return MovementCalls(self._book.log)

    def get(self, movement_id: BigInteger) -> Movement:
        """Return the live value, or raise `NotFound`."""
        answer: Movement = self._answer("get", (movement_id,))
        return answer

    def find(self, movement_id: BigInteger) -> Movement | None:
        """Return the live value, or None."""
        answer: Movement | None = self._answer("find", (movement_id,))
        return answer

    def get_many(self, movement_ids: Sequence[BigInteger]) -> list[Movement]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Movement] = self._answer("get_many", (movement_ids,))
        return answer

    def exists(self, movement_id: BigInteger) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (movement_id,))
        return answer

    def page(
        self,
        filter: MovementFilter | None = None,
        *,
        order: MovementOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Movement]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Movement] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: MovementFilter | None = None, *, order: MovementOrder = "id") -> Iterator[Movement]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: MovementFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewMovement) -> Movement:
        """Store a new row and return it as stored."""
        answer: Movement = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewMovement], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewMovement], *, returning: Literal[True]) -> list[Movement]: ...
    def create_many(self, new: Iterable[NewMovement], *, returning: bool = False) -> int | list[Movement]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Movement] = self._answer("create_many", (new, returning))
        return answer

    def update(self, movement_id: BigInteger, **changes: Unpack[MovementChanges]) -> Movement:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Movement = self._answer("update", (movement_id, changes))
        return answer

    def delete(self, movement_id: BigInteger) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (movement_id,))

    @overload
    def lock(
        self,
        movement_id: BigInteger,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Movement: ...
    @overload
    def lock(
        self,
        movement_id: BigInteger,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Movement | None: ...
    def lock(
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
        answer: Movement | None = self._answer("lock", (movement_id, strength, nowait, skip_locked))
        return answer


class MockMovements(MockBuilder[MockMovementRepository]):
    """Builds a mock of the repository of movements: `with_...` says what an operation does."""

    _entity = MOVEMENTS
    _interface = MovementTransactionRepository
    _made = MockMovementRepository

    def with_get(self, outcome: Outcome[Movement, MovementGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Movement | None, MovementFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Movement], MovementGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, MovementExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Movement], MovementPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Movement], MovementIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, MovementCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Movement, MovementCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Movement], MovementCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Movement, MovementUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_delete(self, outcome: Outcome[None, MovementDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_lock(self, outcome: Outcome[Movement | None, MovementLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
