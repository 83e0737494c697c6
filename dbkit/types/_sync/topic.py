# Generated from dbkit/types/_async/topic.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.topic import TopicChanges, TopicOrder, TopicUniqueKey
from dbkit.types.identifiers import ProjectId, TopicId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.topic import NewTopic, Topic, TopicFilter

__all__ = ["TopicRepository", "TopicTransactionRepository"]


class TopicRepository(Protocol):
    """The verbs of topics, each call a transaction of its own."""

    def get(self, project_id: ProjectId, topic_id: TopicId) -> Topic:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, topic_id: TopicId) -> Topic | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_id: ProjectId, topic_ids: Sequence[TopicId]) -> list[Topic]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, topic_id: TopicId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: TopicFilter, *, order: TopicOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Topic]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: TopicFilter, *, order: TopicOrder = "id") -> Iterator[Topic]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: TopicFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewTopic) -> Topic:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewTopic], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewTopic], *, returning: Literal[True]) -> list[Topic]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(self, project_id: ProjectId, topic_id: TopicId, **changes: Unpack[TopicChanges]) -> Topic:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewTopic, *, on: TopicUniqueKey) -> Upserted[Topic]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, project_id: ProjectId, topic_id: TopicId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...


class TopicTransactionRepository(TopicRepository, Protocol):
    """The verbs of topics inside a transaction."""

    @overload
    def lock(
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
    def lock(
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
