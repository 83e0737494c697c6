# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of event_topic_routes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, overload

from dbkit.types.calls.event_topic_route import EventTopicRouteOrder, EventTopicRouteUniqueKey
from dbkit.types.event_topic_route import EventTopicRoute, EventTopicRouteFilter, NewEventTopicRoute, NotificationType
from dbkit.types.identifiers import EventTopicRouteId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.topic import Topic

__all__ = ["AsyncEventTopicRouteRepository", "AsyncEventTopicRouteTransactionRepository"]


class AsyncEventTopicRouteRepository(Protocol):
    """The verbs of event_topic_routes, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> EventTopicRoute:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> EventTopicRoute | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, project_id: ProjectId, event_topic_route_ids: Sequence[EventTopicRouteId]
    ) -> list[EventTopicRoute]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: EventTopicRouteFilter,
        *,
        order: EventTopicRouteOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[EventTopicRoute]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: EventTopicRouteFilter, *, order: EventTopicRouteOrder = "id"
    ) -> AsyncIterator[EventTopicRoute]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: EventTopicRouteFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewEventTopicRoute) -> EventTopicRoute:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewEventTopicRoute], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(
        self, new: Iterable[NewEventTopicRoute], *, returning: Literal[True]
    ) -> list[EventTopicRoute]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def upsert(self, new: NewEventTopicRoute, *, on: EventTopicRouteUniqueKey) -> Upserted[EventTopicRoute]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, project_id: ProjectId, event_topic_route_id: EventTopicRouteId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def topics_for(self, project_id: ProjectId, event_type: NotificationType) -> list[Topic]:
        """Return the topics that a kind of event goes to, in the order of ids."""
        ...


class AsyncEventTopicRouteTransactionRepository(AsyncEventTopicRouteRepository, Protocol):
    """The verbs of event_topic_routes inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        event_topic_route_id: EventTopicRouteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> EventTopicRoute:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        event_topic_route_id: EventTopicRouteId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> EventTopicRoute | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
