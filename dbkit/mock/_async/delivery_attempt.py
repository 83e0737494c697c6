# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of delivery_attempts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.delivery_attempt import DeliveryAttemptCalls
from dbkit.models.delivery_attempt import DELIVERY_ATTEMPTS
from dbkit.types._async.delivery_attempt import AsyncDeliveryAttemptTransactionRepository
from dbkit.types.calls.delivery_attempt import DeliveryAttemptOrder
from dbkit.types.delivery_attempt import DeliveryAttempt, DeliveryAttemptFilter, NewDeliveryAttempt
from dbkit.types.identifiers import DeliveryId, ProjectId
from dbkit.types.page import Page
from dbkit.types.value import Integer

__all__ = ["AsyncMockDeliveryAttemptRepository", "AsyncMockDeliveryAttempts"]


class AsyncDeliveryAttemptGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer
    ) -> AsyncResult[DeliveryAttempt]: ...


class AsyncDeliveryAttemptFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer
    ) -> AsyncResult[DeliveryAttempt | None]: ...


class AsyncDeliveryAttemptGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, delivery_id: DeliveryId, attempts: tuple[Integer, ...]
    ) -> AsyncResult[list[DeliveryAttempt]]: ...


class AsyncDeliveryAttemptExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> AsyncResult[bool]: ...


class AsyncDeliveryAttemptPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: DeliveryAttemptFilter, *, order: DeliveryAttemptOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[DeliveryAttempt]]: ...


class AsyncDeliveryAttemptIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: DeliveryAttemptFilter, *, order: DeliveryAttemptOrder
    ) -> AsyncItems[DeliveryAttempt]: ...


class AsyncDeliveryAttemptCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: DeliveryAttemptFilter) -> AsyncResult[int]: ...


class AsyncDeliveryAttemptCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewDeliveryAttempt) -> AsyncResult[DeliveryAttempt]: ...


class AsyncDeliveryAttemptCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewDeliveryAttempt, ...], *, returning: bool
    ) -> AsyncResult[int | list[DeliveryAttempt]]: ...


class AsyncMockDeliveryAttemptRepository(AsyncMockRepository):
    """A repository of delivery_attempts that does what its stubs say."""

    @property
    def calls(self) -> DeliveryAttemptCalls:
        """The calls so far."""
        return DeliveryAttemptCalls(self._book.log)

    async def get(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> DeliveryAttempt:
        """Return the live value, or raise `NotFound`."""
        answer: DeliveryAttempt = await self._answer("get", (project_id, delivery_id, attempt))
        return answer

    async def find(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> DeliveryAttempt | None:
        """Return the live value, or None."""
        answer: DeliveryAttempt | None = await self._answer("find", (project_id, delivery_id, attempt))
        return answer

    async def get_many(
        self, project_id: ProjectId, delivery_id: DeliveryId, attempts: Sequence[Integer]
    ) -> list[DeliveryAttempt]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[DeliveryAttempt] = await self._answer("get_many", (project_id, delivery_id, attempts))
        return answer

    async def exists(self, project_id: ProjectId, delivery_id: DeliveryId, attempt: Integer) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, delivery_id, attempt))
        return answer

    async def page(
        self,
        filter: DeliveryAttemptFilter,
        *,
        order: DeliveryAttemptOrder = "delivery_id,attempt",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[DeliveryAttempt]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[DeliveryAttempt] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: DeliveryAttemptFilter, *, order: DeliveryAttemptOrder = "delivery_id,attempt"
    ) -> AsyncIterator[DeliveryAttempt]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: DeliveryAttemptFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewDeliveryAttempt) -> DeliveryAttempt:
        """Store a new row and return it as stored."""
        answer: DeliveryAttempt = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewDeliveryAttempt], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(
        self, new: Iterable[NewDeliveryAttempt], *, returning: Literal[True]
    ) -> list[DeliveryAttempt]: ...
    async def create_many(
        self, new: Iterable[NewDeliveryAttempt], *, returning: bool = False
    ) -> int | list[DeliveryAttempt]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[DeliveryAttempt] = await self._answer("create_many", (new, returning))
        return answer


class AsyncMockDeliveryAttempts(AsyncMockBuilder[AsyncMockDeliveryAttemptRepository]):
    """Builds a mock of the repository of delivery_attempts: `with_...` says what an operation does."""

    _entity = DELIVERY_ATTEMPTS
    _interface = AsyncDeliveryAttemptTransactionRepository
    _made = AsyncMockDeliveryAttemptRepository

    def with_get(self, outcome: Outcome[DeliveryAttempt, AsyncDeliveryAttemptGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[DeliveryAttempt | None, AsyncDeliveryAttemptFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[DeliveryAttempt], AsyncDeliveryAttemptGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncDeliveryAttemptExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[DeliveryAttempt], AsyncDeliveryAttemptPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[DeliveryAttempt], AsyncDeliveryAttemptIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncDeliveryAttemptCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[DeliveryAttempt, AsyncDeliveryAttemptCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[DeliveryAttempt], AsyncDeliveryAttemptCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)
