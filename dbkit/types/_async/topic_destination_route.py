# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of topic_destination_routes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, overload

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

__all__ = ["AsyncTopicDestinationRouteRepository", "AsyncTopicDestinationRouteTransactionRepository"]


class AsyncTopicDestinationRouteRepository(Protocol):
    """The verbs of topic_destination_routes, each call a transaction of its own."""

    async def get(
        self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId
    ) -> TopicDestinationRoute:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(
        self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId
    ) -> TopicDestinationRoute | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, project_id: ProjectId, topic_destination_route_ids: Sequence[TopicDestinationRouteId]
    ) -> list[TopicDestinationRoute]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: TopicDestinationRouteFilter,
        *,
        order: TopicDestinationRouteOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[TopicDestinationRoute]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: TopicDestinationRouteFilter, *, order: TopicDestinationRouteOrder = "id"
    ) -> AsyncIterator[TopicDestinationRoute]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: TopicDestinationRouteFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewTopicDestinationRoute) -> TopicDestinationRoute:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewTopicDestinationRoute], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(
        self, new: Iterable[NewTopicDestinationRoute], *, returning: Literal[True]
    ) -> list[TopicDestinationRoute]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def upsert(
        self, new: NewTopicDestinationRoute, *, on: TopicDestinationRouteUniqueKey
    ) -> Upserted[TopicDestinationRoute]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, project_id: ProjectId, topic_destination_route_id: TopicDestinationRouteId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def destinations_for(self, project_id: ProjectId, event_type: NotificationType) -> list[Destination]:
        """Return the live and enabled destinations that a kind of event goes to, each once, in the order of ids."""
        ...


class AsyncTopicDestinationRouteTransactionRepository(AsyncTopicDestinationRouteRepository, Protocol):
    """The verbs of topic_destination_routes inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        topic_destination_route_id: TopicDestinationRouteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> TopicDestinationRoute:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        topic_destination_route_id: TopicDestinationRouteId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> TopicDestinationRoute | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
