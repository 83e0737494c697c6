# Generated from dbkit/mock/_async/topic.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.topic import TopicCalls
from dbkit.models.topic import TOPICS
from dbkit.types._sync.topic import TopicTransactionRepository
from dbkit.types.calls.topic import TopicChanges, TopicOrder, TopicUniqueKey
from dbkit.types.identifiers import ProjectId, TopicId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.topic import NewTopic, Topic, TopicFilter

__all__ = ["MockTopicRepository", "MockTopics"]


class TopicGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, topic_id: TopicId) -> Result[Topic]: ...


class TopicFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, topic_id: TopicId) -> Result[Topic | None]: ...


class TopicGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, topic_ids: tuple[TopicId, ...]) -> Result[list[Topic]]: ...


class TopicExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, topic_id: TopicId) -> Result[bool]: ...


class TopicPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: TopicFilter, *, order: TopicOrder, limit: int, after: str | None
    ) -> Result[Page[Topic]]: ...


class TopicIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: TopicFilter, *, order: TopicOrder) -> Items[Topic]: ...


class TopicCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: TopicFilter) -> Result[int]: ...


class TopicCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewTopic) -> Result[Topic]: ...


class TopicCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewTopic, ...], *, returning: bool) -> Result[int | list[Topic]]: ...


class TopicUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, project_id: ProjectId, topic_id: TopicId, **changes: Unpack[TopicChanges]) -> Result[Topic]: ...


class TopicUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewTopic, *, on: TopicUniqueKey) -> Result[Upserted[Topic]]: ...


class TopicDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, topic_id: TopicId) -> Result[None]: ...


class TopicLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, topic_id: TopicId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Topic | None]: ...


class MockTopicRepository(MockRepository):
    """A repository of topics that does what its stubs say."""

    @property
    def calls(self) -> TopicCalls:
        """The calls so far."""
        return TopicCalls(self._book.log)

    def get(self, project_id: ProjectId, topic_id: TopicId) -> Topic:
        """Return the live value, or raise `NotFound`."""
        answer: Topic = self._answer("get", (project_id, topic_id))
        return answer

    def find(self, project_id: ProjectId, topic_id: TopicId) -> Topic | None:
        """Return the live value, or None."""
        answer: Topic | None = self._answer("find", (project_id, topic_id))
        return answer

    def get_many(self, project_id: ProjectId, topic_ids: Sequence[TopicId]) -> list[Topic]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Topic] = self._answer("get_many", (project_id, topic_ids))
        return answer

    def exists(self, project_id: ProjectId, topic_id: TopicId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, topic_id))
        return answer

    def page(
        self, filter: TopicFilter, *, order: TopicOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Topic]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Topic] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: TopicFilter, *, order: TopicOrder = "id") -> Iterator[Topic]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: TopicFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewTopic) -> Topic:
        """Store a new row and return it as stored."""
        answer: Topic = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewTopic], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewTopic], *, returning: Literal[True]) -> list[Topic]: ...
    def create_many(self, new: Iterable[NewTopic], *, returning: bool = False) -> int | list[Topic]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Topic] = self._answer("create_many", (new, returning))
        return answer

    def update(self, project_id: ProjectId, topic_id: TopicId, **changes: Unpack[TopicChanges]) -> Topic:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Topic = self._answer("update", (project_id, topic_id, changes))
        return answer

    def upsert(self, new: NewTopic, *, on: TopicUniqueKey) -> Upserted[Topic]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Topic] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, topic_id: TopicId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (project_id, topic_id))

    @overload
    def lock(
        self,
        project_id: ProjectId,
        topic_id: TopicId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Topic: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        topic_id: TopicId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Topic | None: ...
    def lock(
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
        answer: Topic | None = self._answer("lock", (project_id, topic_id, strength, nowait, skip_locked))
        return answer


class MockTopics(MockBuilder[MockTopicRepository]):
    """Builds a mock of the repository of topics: `with_...` says what an operation does."""

    _entity = TOPICS
    _interface = TopicTransactionRepository
    _made = MockTopicRepository

    def with_get(self, outcome: Outcome[Topic, TopicGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Topic | None, TopicFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Topic], TopicGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, TopicExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Topic], TopicPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Topic], TopicIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, TopicCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Topic, TopicCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Topic], TopicCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Topic, TopicUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Topic], TopicUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, TopicDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_lock(self, outcome: Outcome[Topic | None, TopicLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
