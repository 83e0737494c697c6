# Generated from dbkit/mock/_async/event_topic_route.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of event_topic_routes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.event_topic_route import EventTopicRouteCalls
from dbkit.models.event_topic_route import EVENT_TOPIC_ROUTES
from dbkit.types._sync.event_topic_route import EventTopicRouteTransactionRepository
from dbkit.types.calls.event_topic_route import EventTopicRouteOrder, EventTopicRouteUniqueKey
from dbkit.types.event_topic_route import EventTopicRoute, EventTopicRouteFilter, NewEventTopicRoute, NotificationType
from dbkit.types.identifiers import EventTopicRouteId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.topic import Topic

__all__ = ["MockEventTopicRouteRepository", "MockEventTopicRoutes"]


class EventTopicRouteGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> Result[EventTopicRoute]: ...


class EventTopicRouteFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId
    ) -> Result[EventTopicRoute | None]: ...


class EventTopicRouteGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, event_topic_route_ids: tuple[EventTopicRouteId, ...]
    ) -> Result[list[EventTopicRoute]]: ...


class EventTopicRouteExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> Result[bool]: ...


class EventTopicRoutePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: EventTopicRouteFilter, *, order: EventTopicRouteOrder, limit: int, after: str | None
    ) -> Result[Page[EventTopicRoute]]: ...


class EventTopicRouteIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: EventTopicRouteFilter, *, order: EventTopicRouteOrder) -> Items[EventTopicRoute]: ...


class EventTopicRouteCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: EventTopicRouteFilter) -> Result[int]: ...


class EventTopicRouteCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewEventTopicRoute) -> Result[EventTopicRoute]: ...


class EventTopicRouteCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewEventTopicRoute, ...], *, returning: bool
    ) -> Result[int | list[EventTopicRoute]]: ...


class EventTopicRouteUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewEventTopicRoute, *, on: EventTopicRouteUniqueKey
    ) -> Result[Upserted[EventTopicRoute]]: ...


class EventTopicRouteDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> Result[None]: ...


class EventTopicRouteTopicsForStub(Protocol):
    """What may answer for `topics_for`."""

    def __call__(self, project_id: ProjectId, event_type: NotificationType) -> Result[list[Topic]]: ...


class EventTopicRouteLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        event_topic_route_id: EventTopicRouteId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[EventTopicRoute | None]: ...


class MockEventTopicRouteRepository(MockRepository):
    """A repository of event_topic_routes that does what its stubs say."""

    @property
    def calls(self) -> EventTopicRouteCalls:
        """The calls so far."""
        return EventTopicRouteCalls(self._book.log)

    def get(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> EventTopicRoute:
        """Return the live value, or raise `NotFound`."""
        answer: EventTopicRoute = self._answer("get", (project_id, event_topic_route_id))
        return answer

    def find(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> EventTopicRoute | None:
        """Return the live value, or None."""
        answer: EventTopicRoute | None = self._answer("find", (project_id, event_topic_route_id))
        return answer

    def get_many(
        self, project_id: ProjectId, event_topic_route_ids: Sequence[EventTopicRouteId]
    ) -> list[EventTopicRoute]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[EventTopicRoute] = self._answer("get_many", (project_id, event_topic_route_ids))
        return answer

    def exists(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, event_topic_route_id))
        return answer

    def page(
        self,
        filter: EventTopicRouteFilter,
        *,
        order: EventTopicRouteOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[EventTopicRoute]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[EventTopicRoute] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: EventTopicRouteFilter, *, order: EventTopicRouteOrder = "id"
    ) -> Iterator[EventTopicRoute]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: EventTopicRouteFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewEventTopicRoute) -> EventTopicRoute:
        """Store a new row and return it as stored."""
        answer: EventTopicRoute = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewEventTopicRoute], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewEventTopicRoute], *, returning: Literal[True]) -> list[EventTopicRoute]: ...
    def create_many(self, new: Iterable[NewEventTopicRoute], *, returning: bool = False) -> int | list[EventTopicRoute]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[EventTopicRoute] = self._answer("create_many", (new, returning))
        return answer

    def upsert(self, new: NewEventTopicRoute, *, on: EventTopicRouteUniqueKey) -> Upserted[EventTopicRoute]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[EventTopicRoute] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (project_id, event_topic_route_id))

    def topics_for(self, project_id: ProjectId, event_type: NotificationType) -> list[Topic]:
        """Return the topics that a kind of event goes to, in the order of ids."""
        answer: list[Topic] = self._answer("topics_for", (project_id, event_type))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        event_topic_route_id: EventTopicRouteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> EventTopicRoute: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        event_topic_route_id: EventTopicRouteId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> EventTopicRoute | None: ...
    def lock(
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
        answer: EventTopicRoute | None = self._answer(
            "lock", (project_id, event_topic_route_id, strength, nowait, skip_locked)
        )
        return answer


class MockEventTopicRoutes(MockBuilder[MockEventTopicRouteRepository]):
    """Builds a mock of the repository of event_topic_routes: `with_...` says what an operation does."""

    _entity = EVENT_TOPIC_ROUTES
    _interface = EventTopicRouteTransactionRepository
    _made = MockEventTopicRouteRepository

    def with_get(self, outcome: Outcome[EventTopicRoute, EventTopicRouteGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[EventTopicRoute | None, EventTopicRouteFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[EventTopicRoute], EventTopicRouteGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, EventTopicRouteExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[EventTopicRoute], EventTopicRoutePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[EventTopicRoute], EventTopicRouteIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, EventTopicRouteCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[EventTopicRoute, EventTopicRouteCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[EventTopicRoute], EventTopicRouteCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[EventTopicRoute], EventTopicRouteUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, EventTopicRouteDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_topics_for(self, outcome: Outcome[list[Topic], EventTopicRouteTopicsForStub]) -> Self:
        """Say what `topics_for` does."""
        return self._with("topics_for", outcome)

    def with_lock(self, outcome: Outcome[EventTopicRoute | None, EventTopicRouteLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
