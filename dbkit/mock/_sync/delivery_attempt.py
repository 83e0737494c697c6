# Generated from dbkit/mock/_async/delivery_attempt.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of delivery_attempts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.delivery_attempt import DeliveryAttemptCalls
from dbkit.models.delivery_attempt import DELIVERY_ATTEMPTS
from dbkit.types._sync.delivery_attempt import DeliveryAttemptTransactionRepository
from dbkit.types.calls.delivery_attempt import DeliveryAttemptOrder
from dbkit.types.delivery_attempt import DeliveryAttempt, DeliveryAttemptFilter, NewDeliveryAttempt
from dbkit.types.identifiers import DeliveryId, ProjectId
from dbkit.types.page import Page
from dbkit.types.value import Integer

__all__ = ["MockDeliveryAttemptRepository", "MockDeliveryAttempts"]


class DeliveryAttemptGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> Result[DeliveryAttempt]: ...


class DeliveryAttemptFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer
    ) -> Result[DeliveryAttempt | None]: ...


class DeliveryAttemptGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, delivery_id: DeliveryId, attempts: tuple[Integer, ...]
    ) -> Result[list[DeliveryAttempt]]: ...


class DeliveryAttemptExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> Result[bool]: ...


class DeliveryAttemptPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: DeliveryAttemptFilter, *, order: DeliveryAttemptOrder, limit: int, after: str | None
    ) -> Result[Page[DeliveryAttempt]]: ...


class DeliveryAttemptIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: DeliveryAttemptFilter, *, order: DeliveryAttemptOrder) -> Items[DeliveryAttempt]: ...


class DeliveryAttemptCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: DeliveryAttemptFilter) -> Result[int]: ...


class DeliveryAttemptCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewDeliveryAttempt) -> Result[DeliveryAttempt]: ...


class DeliveryAttemptCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewDeliveryAttempt, ...], *, returning: bool
    ) -> Result[int | list[DeliveryAttempt]]: ...


class MockDeliveryAttemptRepository(MockRepository):
    """A repository of delivery_attempts that does what its stubs say."""

    @property
    def calls(self) -> DeliveryAttemptCalls:
        """The calls so far."""
        return DeliveryAttemptCalls(self._book.log)

    def get(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> DeliveryAttempt:
        """Return the live value, or raise `NotFound`."""
        answer: DeliveryAttempt = self._answer("get", (project_id, delivery_id, attempt))
        return answer

    def find(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> DeliveryAttempt | None:
        """Return the live value, or None."""
        answer: DeliveryAttempt | None = self._answer("find", (project_id, delivery_id, attempt))
        return answer

    def get_many(
        self, project_id: ProjectId, delivery_id: DeliveryId, attempts: Sequence[Integer]
    ) -> list[DeliveryAttempt]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[DeliveryAttempt] = self._answer("get_many", (project_id, delivery_id, attempts))
        return answer

    def exists(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, delivery_id, attempt))
        return answer

    def page(
        self,
        filter: DeliveryAttemptFilter,
        *,
        order: DeliveryAttemptOrder = "delivery_id,attempt",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[DeliveryAttempt]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[DeliveryAttempt] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: DeliveryAttemptFilter, *, order: DeliveryAttemptOrder = "delivery_id,attempt"
    ) -> Iterator[DeliveryAttempt]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: DeliveryAttemptFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewDeliveryAttempt) -> DeliveryAttempt:
        """Store a new row and return it as stored."""
        answer: DeliveryAttempt = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewDeliveryAttempt], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewDeliveryAttempt], *, returning: Literal[True]) -> list[DeliveryAttempt]: ...
    def create_many(self, new: Iterable[NewDeliveryAttempt], *, returning: bool = False) -> int | list[DeliveryAttempt]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[DeliveryAttempt] = self._answer("create_many", (new, returning))
        return answer


class MockDeliveryAttempts(MockBuilder[MockDeliveryAttemptRepository]):
    """Builds a mock of the repository of delivery_attempts: `with_...` says what an operation does."""

    _entity = DELIVERY_ATTEMPTS
    _interface = DeliveryAttemptTransactionRepository
    _made = MockDeliveryAttemptRepository

    def with_get(self, outcome: Outcome[DeliveryAttempt, DeliveryAttemptGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[DeliveryAttempt | None, DeliveryAttemptFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[DeliveryAttempt], DeliveryAttemptGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, DeliveryAttemptExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[DeliveryAttempt], DeliveryAttemptPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[DeliveryAttempt], DeliveryAttemptIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, DeliveryAttemptCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[DeliveryAttempt, DeliveryAttemptCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[DeliveryAttempt], DeliveryAttemptCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)
