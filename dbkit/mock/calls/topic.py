# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of topics."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.topic import TopicChanges, TopicOrder, TopicUniqueKey
from dbkit.types.identifiers import ProjectId, TopicId
from dbkit.types.lock import LockStrength
from dbkit.types.topic import NewTopic, TopicFilter

__all__ = [
    "TopicCalls",
    "TopicCountCall",
    "TopicCreateCall",
    "TopicCreateManyCall",
    "TopicDeleteCall",
    "TopicExistsCall",
    "TopicFindCall",
    "TopicGetCall",
    "TopicGetManyCall",
    "TopicIterateCall",
    "TopicLockCall",
    "TopicPageCall",
    "TopicUpdateCall",
    "TopicUpsertCall",
]


class TopicGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "topics.get"

    project_id: ProjectId
    topic_id: TopicId


class TopicFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "topics.find"

    project_id: ProjectId
    topic_id: TopicId


class TopicGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "topics.get_many"

    project_id: ProjectId
    topic_ids: tuple[TopicId, ...]


class TopicExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "topics.exists"

    project_id: ProjectId
    topic_id: TopicId


class TopicPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "topics.page"

    filter: TopicFilter
    order: TopicOrder
    limit: int
    after: str | None


class TopicIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "topics.iterate"

    filter: TopicFilter
    order: TopicOrder


class TopicCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "topics.count"

    filter: TopicFilter


class TopicCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "topics.create"

    new: NewTopic


class TopicCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "topics.create_many"

    new: tuple[NewTopic, ...]
    returning: bool


class TopicUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "topics.update"

    project_id: ProjectId
    topic_id: TopicId
    changes: TopicChanges


class TopicUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "topics.upsert"

    new: NewTopic
    on: TopicUniqueKey


class TopicDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "topics.delete"

    project_id: ProjectId
    topic_id: TopicId


class TopicLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "topics.lock"

    project_id: ProjectId
    topic_id: TopicId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class TopicCalls(Calls):
    """The calls of a mock of topics, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        TopicGetCall,
        TopicFindCall,
        TopicGetManyCall,
        TopicExistsCall,
        TopicPageCall,
        TopicIterateCall,
        TopicCountCall,
        TopicCreateCall,
        TopicCreateManyCall,
        TopicUpdateCall,
        TopicUpsertCall,
        TopicDeleteCall,
        TopicLockCall,
    )

    @property
    def get(self) -> tuple[TopicGetCall, ...]:
        """The calls of `get`."""
        return self._of(TopicGetCall)

    @property
    def find(self) -> tuple[TopicFindCall, ...]:
        """The calls of `find`."""
        return self._of(TopicFindCall)

    @property
    def get_many(self) -> tuple[TopicGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(TopicGetManyCall)

    @property
    def exists(self) -> tuple[TopicExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(TopicExistsCall)

    @property
    def page(self) -> tuple[TopicPageCall, ...]:
        """The calls of `page`."""
        return self._of(TopicPageCall)

    @property
    def iterate(self) -> tuple[TopicIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(TopicIterateCall)

    @property
    def count(self) -> tuple[TopicCountCall, ...]:
        """The calls of `count`."""
        return self._of(TopicCountCall)

    @property
    def create(self) -> tuple[TopicCreateCall, ...]:
        """The calls of `create`."""
        return self._of(TopicCreateCall)

    @property
    def create_many(self) -> tuple[TopicCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(TopicCreateManyCall)

    @property
    def update(self) -> tuple[TopicUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(TopicUpdateCall)

    @property
    def upsert(self) -> tuple[TopicUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(TopicUpsertCall)

    @property
    def delete(self) -> tuple[TopicDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(TopicDeleteCall)

    @property
    def lock(self) -> tuple[TopicLockCall, ...]:
        """The calls of `lock`."""
        return self._of(TopicLockCall)
