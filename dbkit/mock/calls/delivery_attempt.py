# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of delivery_attempts."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.delivery_attempt import DeliveryAttemptOrder
from dbkit.types.delivery_attempt import DeliveryAttemptFilter, NewDeliveryAttempt
from dbkit.types.identifiers import DeliveryId, ProjectId
from dbkit.types.value import Integer

__all__ = [
    "DeliveryAttemptCalls",
    "DeliveryAttemptCountCall",
    "DeliveryAttemptCreateCall",
    "DeliveryAttemptCreateManyCall",
    "DeliveryAttemptExistsCall",
    "DeliveryAttemptFindCall",
    "DeliveryAttemptGetCall",
    "DeliveryAttemptGetManyCall",
    "DeliveryAttemptIterateCall",
    "DeliveryAttemptPageCall",
]


class DeliveryAttemptGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "delivery_attempts.get"

    project_id: ProjectId
    delivery_id: DeliveryId
    attempt: Integer


class DeliveryAttemptFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "delivery_attempts.find"

    project_id: ProjectId
    delivery_id: DeliveryId
    attempt: Integer


class DeliveryAttemptGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "delivery_attempts.get_many"

    project_id: ProjectId
    delivery_id: DeliveryId
    attempts: tuple[Integer, ...]


class DeliveryAttemptExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "delivery_attempts.exists"

    project_id: ProjectId
    delivery_id: DeliveryId
    attempt: Integer


class DeliveryAttemptPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "delivery_attempts.page"

    filter: DeliveryAttemptFilter
    order: DeliveryAttemptOrder
    limit: int
    after: str | None


class DeliveryAttemptIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "delivery_attempts.iterate"

    filter: DeliveryAttemptFilter
    order: DeliveryAttemptOrder


class DeliveryAttemptCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "delivery_attempts.count"

    filter: DeliveryAttemptFilter


class DeliveryAttemptCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "delivery_attempts.create"

    new: NewDeliveryAttempt


class DeliveryAttemptCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "delivery_attempts.create_many"

    new: tuple[NewDeliveryAttempt, ...]
    returning: bool


class DeliveryAttemptCalls(Calls):
    """The calls of a mock of delivery_attempts, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        DeliveryAttemptGetCall,
        DeliveryAttemptFindCall,
        DeliveryAttemptGetManyCall,
        DeliveryAttemptExistsCall,
        DeliveryAttemptPageCall,
        DeliveryAttemptIterateCall,
        DeliveryAttemptCountCall,
        DeliveryAttemptCreateCall,
        DeliveryAttemptCreateManyCall,
    )

    @property
    def get(self) -> tuple[DeliveryAttemptGetCall, ...]:
        """The calls of `get`."""
        return self._of(DeliveryAttemptGetCall)

    @property
    def find(self) -> tuple[DeliveryAttemptFindCall, ...]:
        """The calls of `find`."""
        return self._of(DeliveryAttemptFindCall)

    @property
    def get_many(self) -> tuple[DeliveryAttemptGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(DeliveryAttemptGetManyCall)

    @property
    def exists(self) -> tuple[DeliveryAttemptExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(DeliveryAttemptExistsCall)

    @property
    def page(self) -> tuple[DeliveryAttemptPageCall, ...]:
        """The calls of `page`."""
        return self._of(DeliveryAttemptPageCall)

    @property
    def iterate(self) -> tuple[DeliveryAttemptIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(DeliveryAttemptIterateCall)

    @property
    def count(self) -> tuple[DeliveryAttemptCountCall, ...]:
        """The calls of `count`."""
        return self._of(DeliveryAttemptCountCall)

    @property
    def create(self) -> tuple[DeliveryAttemptCreateCall, ...]:
        """The calls of `create`."""
        return self._of(DeliveryAttemptCreateCall)

    @property
    def create_many(self) -> tuple[DeliveryAttemptCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(DeliveryAttemptCreateManyCall)
