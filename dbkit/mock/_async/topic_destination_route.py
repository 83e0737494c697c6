# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of topic_destination_routes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.topic_destination_route import TopicDestinationRouteCalls
from dbkit.models.topic_destination_route import TOPIC_DESTINATION_ROUTES
from dbkit.types._async.topic_destination_route import AsyncTopicDestinationRouteTransactionRepository
from dbkit.types.calls.topic_destination_route import TopicDestinationRouteOrder, TopicDestinationRouteUniqueKey
from dbkit.types.destination import Destination
from dbkit.types.event_topic_route import NotificationType
from dbkit.types.identifiers import ProjectId, TopicDestinationRouteId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.topic_destination_route import (
    NewTopicDestinationRoute,
    TopicDestinationRoute,
    TopicDestinationRouteFilter,
)

__all__ = ["AsyncMockTopicDestinationRouteRepository", "AsyncMockTopicDestinationRoutes"]


class AsyncTopicDestinationRouteGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId
    ) -> AsyncResult[TopicDestinationRoute]: ...


class AsyncTopicDestinationRouteFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId
    ) -> AsyncResult[TopicDestinationRoute | None]: ...


class AsyncTopicDestinationRouteGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, topic_destination_route_ids: tuple[TopicDestinationRouteId, ...]
    ) -> AsyncResult[list[TopicDestinationRoute]]: ...


class AsyncTopicDestinationRouteExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(
        self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId
    ) -> AsyncResult[bool]: ...


class AsyncTopicDestinationRoutePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: TopicDestinationRouteFilter, *, order: TopicDestinationRouteOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[TopicDestinationRoute]]: ...


class AsyncTopicDestinationRouteIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: TopicDestinationRouteFilter, *, order: TopicDestinationRouteOrder
    ) -> AsyncItems[TopicDestinationRoute]: ...


class AsyncTopicDestinationRouteCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: TopicDestinationRouteFilter) -> AsyncResult[int]: ...


class AsyncTopicDestinationRouteCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewTopicDestinationRoute) -> AsyncResult[TopicDestinationRoute]: ...


class AsyncTopicDestinationRouteCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewTopicDestinationRoute, ...], *, returning: bool
    ) -> AsyncResult[int | list[TopicDestinationRoute]]: ...


class AsyncTopicDestinationRouteUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewTopicDestinationRoute, *, on: TopicDestinationRouteUniqueKey
    ) -> AsyncResult[Upserted[TopicDestinationRoute]]: ...


class AsyncTopicDestinationRouteDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId
    ) -> AsyncResult[None]: ...


class AsyncTopicDestinationRouteDestinationsForStub(Protocol):
    """What may answer for `destinations_for`."""

    def __call__(self, project_id: ProjectId, event_type: NotificationType) -> AsyncResult[list[Destination]]: ...


class AsyncTopicDestinationRouteLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        topic_destination_route_id: TopicDestinationRouteId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[TopicDestinationRoute | None]: ...


class AsyncMockTopicDestinationRouteRepository(AsyncMockRepository):
    """A repository of topic_destination_routes that does what its stubs say."""

    @property
    def calls(self) -> TopicDestinationRouteCalls:
        """The calls so far."""
        return TopicDestinationRouteCalls(self._book.log)

    async def get(
        self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId
    ) -> TopicDestinationRoute:
        """Return the live value, or raise `NotFound`."""
        answer: TopicDestinationRoute = await self._answer("get", (project_id, topic_destination_route_id))
        return answer

    async def find(
        self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId
    ) -> TopicDestinationRoute | None:
        """Return the live value, or None."""
        answer: TopicDestinationRoute | None = await self._answer("find", (project_id, topic_destination_route_id))
        return answer

    async def get_many(
        self, project_id: ProjectId, topic_destination_route_ids: Sequence[TopicDestinationRouteId]
    ) -> list[TopicDestinationRoute]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[TopicDestinationRoute] = await self._answer("get_many", (project_id, topic_destination_route_ids))
        return answer

    async def exists(self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, topic_destination_route_id))
        return answer

    async def page(
        self,
        filter: TopicDestinationRouteFilter,
        *,
        order: TopicDestinationRouteOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[TopicDestinationRoute]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[TopicDestinationRoute] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: TopicDestinationRouteFilter, *, order: TopicDestinationRouteOrder = "id"
    ) -> AsyncIterator[TopicDestinationRoute]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: TopicDestinationRouteFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewTopicDestinationRoute) -> TopicDestinationRoute:
        """Store a new row and return it as stored."""
        answer: TopicDestinationRoute = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(
        self, new: Iterable[NewTopicDestinationRoute], *, returning: Literal[False] = False
    ) -> int: ...
    @overload
    async def create_many(
        self, new: Iterable[NewTopicDestinationRoute], *, returning: Literal[True]
    ) -> list[TopicDestinationRoute]: ...
    async def create_many(
        self, new: Iterable[NewTopicDestinationRoute], *, returning: bool = False
    ) -> int | list[TopicDestinationRoute]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[TopicDestinationRoute] = await self._answer("create_many", (new, returning))
        return answer

    async def upsert(
        self, new: NewTopicDestinationRoute, *, on: TopicDestinationRouteUniqueKey
    ) -> Upserted[TopicDestinationRoute]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[TopicDestinationRoute] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (project_id, topic_destination_route_id))

    async def destinations_for(self, project_id: ProjectId, event_type: NotificationType) -> list[Destination]:
        """Return the live and enabled destinations that a kind of event goes to, each once, in the order of ids."""
        answer: list[Destination] = await self._answer("destinations_for", (project_id, event_type))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        topic_destination_route_id: TopicDestinationRouteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> TopicDestinationRoute: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        topic_destination_route_id: TopicDestinationRouteId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> TopicDestinationRoute | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        topic_destination_route_id: TopicDestinationRouteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> TopicDestinationRoute | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: TopicDestinationRoute | None = await self._answer(
            "lock", (project_id, topic_destination_route_id, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockTopicDestinationRoutes(AsyncMockBuilder[AsyncMockTopicDestinationRouteRepository]):
    """Builds a mock of the repository of topic_destination_routes: `with_...` says what an operation does."""

    _entity = TOPIC_DESTINATION_ROUTES
    _interface = AsyncTopicDestinationRouteTransactionRepository
    _made = AsyncMockTopicDestinationRouteRepository

    def with_get(self, outcome: Outcome[TopicDestinationRoute, AsyncTopicDestinationRouteGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[TopicDestinationRoute | None, AsyncTopicDestinationRouteFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(
        self, outcome: Outcome[list[TopicDestinationRoute], AsyncTopicDestinationRouteGetManyStub]
    ) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncTopicDestinationRouteExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[TopicDestinationRoute], AsyncTopicDestinationRoutePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(
        self, outcome: Outcome[Iterable[TopicDestinationRoute], AsyncTopicDestinationRouteIterateStub]
    ) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncTopicDestinationRouteCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[TopicDestinationRoute, AsyncTopicDestinationRouteCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[TopicDestinationRoute], AsyncTopicDestinationRouteCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_upsert(
        self, outcome: Outcome[Upserted[TopicDestinationRoute], AsyncTopicDestinationRouteUpsertStub]
    ) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncTopicDestinationRouteDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_destinations_for(
        self, outcome: Outcome[list[Destination], AsyncTopicDestinationRouteDestinationsForStub]
    ) -> Self:
        """Say what `destinations_for` does."""
        return self._with("destinations_for", outcome)

    def with_lock(self, outcome: Outcome[TopicDestinationRoute | None, AsyncTopicDestinationRouteLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
