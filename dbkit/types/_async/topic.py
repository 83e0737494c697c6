# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of topics."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.topic import TopicChanges, TopicOrder, TopicUniqueKey
from dbkit.types.identifiers import ProjectId, TopicId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.topic import NewTopic, Topic, TopicFilter

__all__ = ["AsyncTopicRepository", "AsyncTopicTransactionRepository"]


class AsyncTopicRepository(Protocol):
    """The verbs of topics, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, topic_id: TopicId) -> Topic:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, topic_id: TopicId) -> Topic | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, project_id: ProjectId, topic_ids: Sequence[TopicId]) -> list[Topic]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, topic_id: TopicId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: TopicFilter, *, order: TopicOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Topic]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: TopicFilter, *, order: TopicOrder = "id") -> AsyncIterator[Topic]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: TopicFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewTopic) -> Topic:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewTopic], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewTopic], *, returning: Literal[True]) -> list[Topic]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(self, project_id: ProjectId, topic_id: TopicId, **changes: Unpack[TopicChanges]) -> Topic:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewTopic, *, on: TopicUniqueKey) -> Upserted[Topic]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, project_id: ProjectId, topic_id: TopicId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...


class AsyncTopicTransactionRepository(AsyncTopicRepository, Protocol):
    """The verbs of topics inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        topic_id: TopicId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Topic:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        topic_id: TopicId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Topic | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
