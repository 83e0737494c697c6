# Generated from dbkit/mock/_async/consumer.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of consumers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.consumer import ConsumerCalls
from dbkit.models.consumer import CONSUMERS
from dbkit.types._sync.consumer import ConsumerTransactionRepository
from dbkit.types.calls.consumer import ConsumerChanges, ConsumerOrder, ConsumerUniqueKey
from dbkit.types.connection import Connection
from dbkit.types.consumer import Consumer, ConsumerFilter, NewConsumer
from dbkit.types.identifiers import ConsumerRef, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockConsumerRepository", "MockConsumers"]


class ConsumerGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Result[Consumer]: ...


class ConsumerFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Result[Consumer | None]: ...


class ConsumerGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, consumer_refs: tuple[ConsumerRef, ...]) -> Result[list[Consumer]]: ...


class ConsumerExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Result[bool]: ...


class ConsumerPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ConsumerFilter, *, order: ConsumerOrder, limit: int, after: str | None
    ) -> Result[Page[Consumer]]: ...


class ConsumerIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ConsumerFilter, *, order: ConsumerOrder) -> Items[Consumer]: ...


class ConsumerCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ConsumerFilter) -> Result[int]: ...


class ConsumerCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewConsumer) -> Result[Consumer]: ...


class ConsumerCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewConsumer, ...], *, returning: bool) -> Result[int | list[Consumer]]: ...


class ConsumerUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, consumer_ref: ConsumerRef, **changes: Unpack[ConsumerChanges]
    ) -> Result[Consumer]: ...


class ConsumerUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewConsumer, *, on: ConsumerUniqueKey) -> Result[Upserted[Consumer]]: ...


class ConsumerDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Result[None]: ...


class ConsumerConnectionsStub(Protocol):
    """What may answer for `connections`."""

    def __call__(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Items[Connection]: ...


class ConsumerLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        consumer_ref: ConsumerRef,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[Consumer | None]: ...


class MockConsumerRepository(MockRepository):
    """A repository of consumers that does what its stubs say."""

    @property
    def calls(self) -> ConsumerCalls:
        """The calls so far."""
        return ConsumerCalls(self._book.log)

    def get(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Consumer:
        """Return the live value, or raise `NotFound`."""
        answer: Consumer = self._answer("get", (project_id, consumer_ref))
        return answer

    def find(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Consumer | None:
        """Return the live value, or None."""
        answer: Consumer | None = self._answer("find", (project_id, consumer_ref))
        return answer

    def get_many(self, project_id: ProjectId, consumer_refs: Sequence[ConsumerRef]) -> list[Consumer]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Consumer] = self._answer("get_many", (project_id, consumer_refs))
        return answer

    def exists(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, consumer_ref))
        return answer

    def page(
        self,
        filter: ConsumerFilter,
        *,
        order: ConsumerOrder = "consumer_ref",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Consumer]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Consumer] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ConsumerFilter, *, order: ConsumerOrder = "consumer_ref") -> Iterator[Consumer]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ConsumerFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewConsumer) -> Consumer:
        """Store a new row and return it as stored."""
        answer: Consumer = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewConsumer], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewConsumer], *, returning: Literal[True]) -> list[Consumer]: ...
    def create_many(self, new: Iterable[NewConsumer], *, returning: bool = False) -> int | list[Consumer]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Consumer] = self._answer("create_many", (new, returning))
        return answer

    def update(self, project_id: ProjectId, consumer_ref: ConsumerRef, **changes: Unpack[ConsumerChanges]) -> Consumer:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Consumer = self._answer("update", (project_id, consumer_ref, changes))
        return answer

    def upsert(self, new: NewConsumer, *, on: ConsumerUniqueKey) -> Upserted[Consumer]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Consumer] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (project_id, consumer_ref))

    def connections(self, project_id: ProjectId, consumer_ref: ConsumerRef) -> Iterator[Connection]:
        """Yield the live connections of a consumer, in the order of ids."""
        return self._iterate("connections", (project_id, consumer_ref))

    @overload
    def lock(
        self,
        project_id: ProjectId,
        consumer_ref: ConsumerRef,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Consumer: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        consumer_ref: ConsumerRef,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Consumer | None: ...
    def lock(
        self,
        project_id: ProjectId,
        consumer_ref: ConsumerRef,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Consumer | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Consumer | None = self._answer("lock", (project_id, consumer_ref, strength, nowait, skip_locked))
        return answer


class MockConsumers(MockBuilder[MockConsumerRepository]):
    """Builds a mock of the repository of consumers: `with_...` says what an operation does."""

    _entity = CONSUMERS
    _interface = ConsumerTransactionRepository
    _made = MockConsumerRepository

    def with_get(self, outcome: Outcome[Consumer, ConsumerGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Consumer | None, ConsumerFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Consumer], ConsumerGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ConsumerExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Consumer], ConsumerPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Consumer], ConsumerIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ConsumerCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Consumer, ConsumerCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Consumer], ConsumerCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Consumer, ConsumerUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Consumer], ConsumerUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ConsumerDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_connections(self, outcome: Outcome[Iterable[Connection], ConsumerConnectionsStub]) -> Self:
        """Say what `connections` does."""
        return self._with("connections", outcome)

    def with_lock(self, outcome: Outcome[Consumer | None, ConsumerLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
