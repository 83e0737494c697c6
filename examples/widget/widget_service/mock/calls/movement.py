# Generated from values and models by `dbkit generate`; edit those instead.
"""Records of calls to mocks of movements."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.lock import LockStrength
from dbkit.types.value import BigInteger

from widget_service.types.calls.movement import MovementChanges, MovementOrder
from widget_service.types.movement import MovementFilter, NewMovement

__all__ = [
    "MovementCalls",
    "MovementCountCall",
    "MovementCreateCall",
    "MovementCreateManyCall",
    "MovementDeleteCall",
    "MovementExistsCall",
    "MovementFindCall",
    "MovementGetCall",
    "MovementGetManyCall",
    "MovementIterateCall",
    "MovementLockCall",
    "MovementPageCall",
    "MovementUpdateCall",
]


class MovementGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "movements.get"

    movement_id: BigInteger


class MovementFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "movements.find"

    movement_id: BigInteger


class MovementGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "movements.get_many"

    movement_ids: tuple[BigInteger, ...]


class MovementExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "movements.exists"

    movement_id: BigInteger


class MovementPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "movements.page"

    filter: MovementFilter | None
    order: MovementOrder
    limit: int
    after: str | None


class MovementIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "movements.iterate"

    filter: MovementFilter | None
    order: MovementOrder


class MovementCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "movements.count"

    filter: MovementFilter | None


class MovementCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "movements.create"

    new: NewMovement


class MovementCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "movements.create_many"

    new: tuple[NewMovement, ...]
    returning: bool


class MovementUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "movements.update"

    movement_id: BigInteger
    changes: MovementChanges


class MovementDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "movements.delete"

    movement_id: BigInteger


class MovementLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "movements.lock"

    movement_id: BigInteger
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class MovementCalls(Calls):
    """The calls of a mock of movements, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        MovementGetCall,
        MovementFindCall,
        MovementGetManyCall,
        MovementExistsCall,
        MovementPageCall,
        MovementIterateCall,
        MovementCountCall,
        MovementCreateCall,
        MovementCreateManyCall,
        MovementUpdateCall,
        MovementDeleteCall,
        MovementLockCall,
    )

    @property
    def get(self) -> tuple[MovementGetCall, ...]:
        """The calls of `get`."""
        return self._of(MovementGetCall)

    @property
    def find(self) -> tuple[MovementFindCall, ...]:
        """The calls of `find`."""
        return self._of(MovementFindCall)

    @property
    def get_many(self) -> tuple[MovementGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(MovementGetManyCall)

    @property
    def exists(self) -> tuple[MovementExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(MovementExistsCall)

    @property
    def page(self) -> tuple[MovementPageCall, ...]:
        """The calls of `page`."""
        return self._of(MovementPageCall)

    @property
    def iterate(self) -> tuple[MovementIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(MovementIterateCall)

    @property
    def count(self) -> tuple[MovementCountCall, ...]:
        """The calls of `count`."""
        return self._of(MovementCountCall)

    @property
    def create(self) -> tuple[MovementCreateCall, ...]:
        """The calls of `create`."""
        return self._of(MovementCreateCall)

    @property
    def create_many(self) -> tuple[MovementCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(MovementCreateManyCall)

    @property
    def update(self) -> tuple[MovementUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(MovementUpdateCall)

    @property
    def delete(self) -> tuple[MovementDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(MovementDeleteCall)

    @property
    def lock(self) -> tuple[MovementLockCall, ...]:
        """The calls of `lock`."""
        return self._of(MovementLockCall)
