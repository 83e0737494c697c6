# Generated from dbkit/types/_async/delivery_attempt.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of delivery_attempts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, overload

from dbkit.types.calls.delivery_attempt import DeliveryAttemptOrder
from dbkit.types.delivery_attempt import DeliveryAttempt, DeliveryAttemptFilter, NewDeliveryAttempt
from dbkit.types.identifiers import DeliveryId, ProjectId
from dbkit.types.page import Page
from dbkit.types.value import Integer

__all__ = ["DeliveryAttemptRepository", "DeliveryAttemptTransactionRepository"]


class DeliveryAttemptRepository(Protocol):
    """The verbs of delivery_attempts, each call a transaction of its own."""

    def get(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> DeliveryAttempt:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> DeliveryAttempt | None:
        """Return the live value, or None."""
        ...

    def get_many(
        self, project_id: ProjectId, delivery_id: DeliveryId, attempts: Sequence[Integer]
    ) -> list[DeliveryAttempt]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: DeliveryAttemptFilter,
        *,
        order: DeliveryAttemptOrder = "delivery_id,attempt",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[DeliveryAttempt]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: DeliveryAttemptFilter, *, order: DeliveryAttemptOrder = "delivery_id,attempt"
    ) -> Iterator[DeliveryAttempt]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: DeliveryAttemptFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewDeliveryAttempt) -> DeliveryAttempt:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewDeliveryAttempt], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewDeliveryAttempt], *, returning: Literal[True]) -> list[DeliveryAttempt]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...


class DeliveryAttemptTransactionRepository(DeliveryAttemptRepository, Protocol):
    """The verbs of delivery_attempts inside a transaction."""
