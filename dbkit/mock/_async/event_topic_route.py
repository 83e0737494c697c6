# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of event_topic_routes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.event_topic_route import EventTopicRouteCalls
from dbkit.models.event_topic_route import EVENT_TOPIC_ROUTES
from dbkit.types._async.event_topic_route import AsyncEventTopicRouteTransactionRepository
from dbkit.types.calls.event_topic_route import EventTopicRouteOrder, EventTopicRouteUniqueKey
from dbkit.types.event_topic_route import EventTopicRoute, EventTopicRouteFilter, NewEventTopicRoute, NotificationType
from dbkit.types.identifiers import EventTopicRouteId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.topic import Topic

__all__ = ["AsyncMockEventTopicRouteRepository", "AsyncMockEventTopicRoutes"]


class AsyncEventTopicRouteGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId
    ) -> AsyncResult[EventTopicRoute]: ...


class AsyncEventTopicRouteFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId
    ) -> AsyncResult[EventTopicRoute | None]: ...


class AsyncEventTopicRouteGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, event_topic_route_ids: tuple[EventTopicRouteId, ...]
    ) -> AsyncResult[list[EventTopicRoute]]: ...


class AsyncEventTopicRouteExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> AsyncResult[bool]: ...


class AsyncEventTopicRoutePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: EventTopicRouteFilter, *, order: EventTopicRouteOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[EventTopicRoute]]: ...


class AsyncEventTopicRouteIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: EventTopicRouteFilter, *, order: EventTopicRouteOrder
    ) -> AsyncItems[EventTopicRoute]: ...


class AsyncEventTopicRouteCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: EventTopicRouteFilter) -> AsyncResult[int]: ...


class AsyncEventTopicRouteCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewEventTopicRoute) -> AsyncResult[EventTopicRoute]: ...


class AsyncEventTopicRouteCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewEventTopicRoute, ...], *, returning: bool
    ) -> AsyncResult[int | list[EventTopicRoute]]: ...


class AsyncEventTopicRouteUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewEventTopicRoute, *, on: EventTopicRouteUniqueKey
    ) -> AsyncResult[Upserted[EventTopicRoute]]: ...


class AsyncEventTopicRouteDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> AsyncResult[None]: ...


class AsyncEventTopicRouteTopicsForStub(Protocol):
    """What may answer for `topics_for`."""

    def __call__(self, project_id: ProjectId, event_type: NotificationType) -> AsyncResult[list[Topic]]: ...


class AsyncEventTopicRouteLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        event_topic_route_id: EventTopicRouteId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[EventTopicRoute | None]: ...


class AsyncMockEventTopicRouteRepository(AsyncMockRepository):
    """A repository of event_topic_routes that does what its stubs say."""

    @property
    def calls(self) -> EventTopicRouteCalls:
        """The calls so far."""
        return EventTopicRouteCalls(self._book.log)

    async def get(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> EventTopicRoute:
        """Return the live value, or raise `NotFound`."""
        answer: EventTopicRoute = await self._answer("get", (project_id, event_topic_route_id))
        return answer

    async def find(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> EventTopicRoute | None:
        """Return the live value, or None."""
        answer: EventTopicRoute | None = await self._answer("find", (project_id, event_topic_route_id))
        return answer

    async def get_many(
        self, project_id: ProjectId, event_topic_route_ids: Sequence[EventTopicRouteId]
    ) -> list[EventTopicRoute]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[EventTopicRoute] = await self._answer("get_many", (project_id, event_topic_route_ids))
        return answer

    async def exists(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, event_topic_route_id))
        return answer

    async def page(
        self,
        filter: EventTopicRouteFilter,
        *,
        order: EventTopicRouteOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[EventTopicRoute]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[EventTopicRoute] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: EventTopicRouteFilter, *, order: EventTopicRouteOrder = "id"
    ) -> AsyncIterator[EventTopicRoute]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: EventTopicRouteFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewEventTopicRoute) -> EventTopicRoute:
        """Store a new row and return it as stored."""
        answer: EventTopicRoute = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewEventTopicRoute], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(
        self, new: Iterable[NewEventTopicRoute], *, returning: Literal[True]
    ) -> list[EventTopicRoute]: ...
    async def create_many(
        self, new: Iterable[NewEventTopicRoute], *, returning: bool = False
    ) -> int | list[EventTopicRoute]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[EventTopicRoute] = await self._answer("create_many", (new, returning))
        return answer

    async def upsert(self, new: NewEventTopicRoute, *, on: EventTopicRouteUniqueKey) -> Upserted[EventTopicRoute]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[EventTopicRoute] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (project_id, event_topic_route_id))

    async def topics_for(self, project_id: ProjectId, event_type: NotificationType) -> list[Topic]:
        """Return the topics that a kind of event goes to, in the order of ids."""
        answer: list[Topic] = await self._answer("topics_for", (project_id, event_type))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        event_topic_route_id: EventTopicRouteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> EventTopicRoute: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        event_topic_route_id: EventTopicRouteId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> EventTopicRoute | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        event_topic_route_id: EventTopicRouteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> EventTopicRoute | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: EventTopicRoute | None = await self._answer(
            "lock", (project_id, event_topic_route_id, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockEventTopicRoutes(AsyncMockBuilder[AsyncMockEventTopicRouteRepository]):
    """Builds a mock of the repository of event_topic_routes: `with_...` says what an operation does."""

    _entity = EVENT_TOPIC_ROUTES
    _interface = AsyncEventTopicRouteTransactionRepository
    _made = AsyncMockEventTopicRouteRepository

    def with_get(self, outcome: Outcome[EventTopicRoute, AsyncEventTopicRouteGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[EventTopicRoute | None, AsyncEventTopicRouteFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[EventTopicRoute], AsyncEventTopicRouteGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncEventTopicRouteExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[EventTopicRoute], AsyncEventTopicRoutePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[EventTopicRoute], AsyncEventTopicRouteIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncEventTopicRouteCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[EventTopicRoute, AsyncEventTopicRouteCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[EventTopicRoute], AsyncEventTopicRouteCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[EventTopicRoute], AsyncEventTopicRouteUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncEventTopicRouteDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_topics_for(self, outcome: Outcome[list[Topic], AsyncEventTopicRouteTopicsForStub]) -> Self:
        """Say what `topics_for` does."""
        return self._with("topics_for", outcome)

    def with_lock(self, outcome: Outcome[EventTopicRoute | None, AsyncEventTopicRouteLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
