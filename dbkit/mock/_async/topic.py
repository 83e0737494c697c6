# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of topics."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.topic import TopicCalls
from dbkit.models.topic import TOPICS
from dbkit.types._async.topic import AsyncTopicTransactionRepository
from dbkit.types.calls.topic import TopicChanges, TopicOrder, TopicUniqueKey
from dbkit.types.identifiers import ProjectId, TopicId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.topic import NewTopic, Topic, TopicFilter

__all__ = ["AsyncMockTopicRepository", "AsyncMockTopics"]


class AsyncTopicGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, topic_id: TopicId) -> AsyncResult[Topic]: ...


class AsyncTopicFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, topic_id: TopicId) -> AsyncResult[Topic | None]: ...


class AsyncTopicGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, topic_ids: tuple[TopicId, ...]) -> AsyncResult[list[Topic]]: ...


class AsyncTopicExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, topic_id: TopicId) -> AsyncResult[bool]: ...


class AsyncTopicPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: TopicFilter, *, order: TopicOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Topic]]: ...


class AsyncTopicIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: TopicFilter, *, order: TopicOrder) -> AsyncItems[Topic]: ...


class AsyncTopicCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: TopicFilter) -> AsyncResult[int]: ...


class AsyncTopicCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewTopic) -> AsyncResult[Topic]: ...


class AsyncTopicCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewTopic, ...], *, returning: bool) -> AsyncResult[int | list[Topic]]: ...


class AsyncTopicUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, topic_id: TopicId, **changes: Unpack[TopicChanges]
    ) -> AsyncResult[Topic]: ...


class AsyncTopicUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewTopic, *, on: TopicUniqueKey) -> AsyncResult[Upserted[Topic]]: ...


class AsyncTopicDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, topic_id: TopicId) -> AsyncResult[None]: ...


class AsyncTopicLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, topic_id: TopicId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[Topic | None]: ...


class AsyncMockTopicRepository(AsyncMockRepository):
    """A repository of topics that does what its stubs say."""

    @property
    def calls(self) -> TopicCalls:
        """The calls so far."""
        return TopicCalls(self._book.log)

    async def get(self, project_id: ProjectId, topic_id: TopicId) -> Topic:
        """Return the live value, or raise `NotFound`."""
        answer: Topic = await self._answer("get", (project_id, topic_id))
        return answer

    async def find(self, project_id: ProjectId, topic_id: TopicId) -> Topic | None:
        """Return the live value, or None."""
        answer: Topic | None = await self._answer("find", (project_id, topic_id))
        return answer

    async def get_many(self, project_id: ProjectId, topic_ids: Sequence[TopicId]) -> list[Topic]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Topic] = await self._answer("get_many", (project_id, topic_ids))
        return answer

    async def exists(self, project_id: ProjectId, topic_id: TopicId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, topic_id))
        return answer

    async def page(
        self, filter: TopicFilter, *, order: TopicOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Topic]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Topic] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: TopicFilter, *, order: TopicOrder = "id") -> AsyncIterator[Topic]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: TopicFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewTopic) -> Topic:
        """Store a new row and return it as stored."""
        answer: Topic = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewTopic], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewTopic], *, returning: Literal[True]) -> list[Topic]: ...
    async def create_many(self, new: Iterable[NewTopic], *, returning: bool = False) -> int | list[Topic]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Topic] = await self._answer("create_many", (new, returning))
        return answer

    async def update(self, project_id: ProjectId, topic_id: TopicId, **changes: Unpack[TopicChanges]) -> Topic:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Topic = await self._answer("update", (project_id, topic_id, changes))
        return answer

    async def upsert(self, new: NewTopic, *, on: TopicUniqueKey) -> Upserted[Topic]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Topic] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, project_id: ProjectId, topic_id: TopicId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (project_id, topic_id))

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        topic_id: TopicId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Topic: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        topic_id: TopicId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Topic | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        topic_id: TopicId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Topic | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Topic | None = await self._answer("lock", (project_id, topic_id, strength, nowait, skip_locked))
        return answer


class AsyncMockTopics(AsyncMockBuilder[AsyncMockTopicRepository]):
    """Builds a mock of the repository of topics: `with_...` says what an operation does."""

    _entity = TOPICS
    _interface = AsyncTopicTransactionRepository
    _made = AsyncMockTopicRepository

    def with_get(self, outcome: Outcome[Topic, AsyncTopicGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Topic | None, AsyncTopicFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Topic], AsyncTopicGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncTopicExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Topic], AsyncTopicPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Topic], AsyncTopicIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncTopicCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Topic, AsyncTopicCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Topic], AsyncTopicCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Topic, AsyncTopicUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Topic], AsyncTopicUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncTopicDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_lock(self, outcome: Outcome[Topic | None, AsyncTopicLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
