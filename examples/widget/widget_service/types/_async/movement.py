# Generated from values and models by `dbkit generate`; edit those instead.
"""The interface of movements."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.lock import LockStrength
from dbkit.types.page import Page
from dbkit.types.value import BigInteger

from widget_service.types.calls.movement import MovementChanges, MovementOrder
from widget_service.types.movement import Movement, MovementFilter, NewMovement

__all__ = ["AsyncMovementRepository", "AsyncMovementTransactionRepository"]


class AsyncMovementRepository(Protocol):
    """The verbs of movements, each call a transaction of its own."""

    async def get(self, movement_id: BigInteger) -> Movement:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, movement_id: BigInteger) -> Movement | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, movement_ids: Sequence[BigInteger]) -> list[Movement]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, movement_id: BigInteger) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: MovementFilter | None = None,
        *,
        order: MovementOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Movement]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: MovementFilter | None = None, *, order: MovementOrder = "id") -> AsyncIterator[Movement]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: MovementFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewMovement) -> Movement:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewMovement], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewMovement], *, returning: Literal[True]) -> list[Movement]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(self, movement_id: BigInteger, **changes: Unpack[MovementChanges]) -> Movement:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def delete(self, movement_id: BigInteger) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...


class AsyncMovementTransactionRepository(AsyncMovementRepository, Protocol):
    """The verbs of movements inside a transaction."""

    @overload
    async def lock(
        self,
        movement_id: BigInteger,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Movement:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        movement_id: BigInteger,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Movement | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
