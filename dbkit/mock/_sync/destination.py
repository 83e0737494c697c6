# Generated from dbkit/mock/_async/destination.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of destinations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.destination import DestinationCalls
from dbkit.models.destination import DESTINATIONS
from dbkit.types._sync.destination import DestinationTransactionRepository
from dbkit.types.calls.destination import DestinationChanges, DestinationOrder, DestinationUniqueKey
from dbkit.types.destination import Destination, DestinationFilter, NewDestination
from dbkit.types.identifiers import DestinationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockDestinationRepository", "MockDestinations"]


class DestinationGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> Result[Destination]: ...


class DestinationFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> Result[Destination | None]: ...


class DestinationGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, destination_ids: tuple[DestinationId, ...]
    ) -> Result[list[Destination]]: ...


class DestinationExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> Result[bool]: ...


class DestinationPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: DestinationFilter, *, order: DestinationOrder, limit: int, after: str | None
    ) -> Result[Page[Destination]]: ...


class DestinationIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: DestinationFilter, *, order: DestinationOrder) -> Items[Destination]: ...


class DestinationCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: DestinationFilter) -> Result[int]: ...


class DestinationCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewDestination) -> Result[Destination]: ...


class DestinationCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewDestination, ...], *, returning: bool) -> Result[int | list[Destination]]: ...


class DestinationUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        expected_version: int,
        **changes: Unpack[DestinationChanges],
    ) -> Result[Destination]: ...


class DestinationUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewDestination, *, on: DestinationUniqueKey) -> Result[Upserted[Destination]]: ...


class DestinationDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, destination_id: DestinationId, *, expected_version: int | None
    ) -> Result[None]: ...


class DestinationRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> Result[Destination]: ...


class DestinationPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> Result[None]: ...


class DestinationGetByIdOrNameStub(Protocol):
    """What may answer for `get_by_id_or_name`."""

    def __call__(self, project_id: ProjectId, id_or_name: DestinationId | str) -> Result[Destination]: ...


class DestinationDisableStub(Protocol):
    """What may answer for `disable`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId, reason: str) -> Result[Destination]: ...


class DestinationEnableStub(Protocol):
    """What may answer for `enable`."""

    def __call__(self, project_id: ProjectId, destination_id: DestinationId) -> Result[Destination]: ...


class DestinationLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[Destination | None]: ...


class MockDestinationRepository(MockRepository):
    """A repository of destinations that does what its stubs say."""

    @property
    def calls(self) -> DestinationCalls:
        """The calls so far."""
        return DestinationCalls(self._book.log)

    def get(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Return the live value, or raise `NotFound`."""
        answer: Destination = self._answer("get", (project_id, destination_id))
        return answer

    def find(self, project_id: ProjectId, destination_id: DestinationId) -> Destination | None:
        """Return the live value, or None."""
        answer: Destination | None = self._answer("find", (project_id, destination_id))
        return answer

    def get_many(self, project_id: ProjectId, destination_ids: Sequence[DestinationId]) -> list[Destination]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Destination] = self._answer("get_many", (project_id, destination_ids))
        return answer

    def exists(self, project_id: ProjectId, destination_id: DestinationId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, destination_id))
        return answer

    def page(
        self, filter: DestinationFilter, *, order: DestinationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Destination]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Destination] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: DestinationFilter, *, order: DestinationOrder = "id") -> Iterator[Destination]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: DestinationFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewDestination) -> Destination:
        """Store a new row and return it as stored."""
        answer: Destination = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewDestination], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewDestination], *, returning: Literal[True]) -> list[Destination]: ...
    def create_many(self, new: Iterable[NewDestination], *, returning: bool = False) -> int | list[Destination]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Destination] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        expected_version: int,
        **changes: Unpack[DestinationChanges],
    ) -> Destination:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Destination = self._answer("update", (project_id, destination_id, expected_version, changes))
        return answer

    def upsert(self, new: NewDestination, *, on: DestinationUniqueKey) -> Upserted[Destination]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Destination] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self, project_id: ProjectId, destination_id: DestinationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, destination_id, expected_version))

    def restore(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Destination = self._answer("restore", (project_id, destination_id))
        return answer

    def purge(self, project_id: ProjectId, destination_id: DestinationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (project_id, destination_id))

    def get_by_id_or_name(self, project_id: ProjectId, id_or_name: DestinationId | str) -> Destination:
        """Return a project's live destination by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        answer: Destination = self._answer("get_by_id_or_name", (project_id, id_or_name))
        return answer

    def disable(self, project_id: ProjectId, destination_id: DestinationId, reason: str) -> Destination:
        """Send nothing more to a destination, and keep the reason; one that is disabled keeps its first reason.

        Raises `NotFound`.
        """
        answer: Destination = self._answer("disable", (project_id, destination_id, reason))
        return answer

    def enable(self, project_id: ProjectId, destination_id: DestinationId) -> Destination:
        """Send to a destination again, or raise `NotFound`."""
        answer: Destination = self._answer("enable", (project_id, destination_id))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Destination: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Destination | None: ...
    def lock(
        self,
        project_id: ProjectId,
        destination_id: DestinationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Destination | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Destination | None = self._answer("lock", (project_id, destination_id, strength, nowait, skip_locked))
        return answer


class MockDestinations(MockBuilder[MockDestinationRepository]):
    """Builds a mock of the repository of destinations: `with_...` says what an operation does."""

    _entity = DESTINATIONS
    _interface = DestinationTransactionRepository
    _made = MockDestinationRepository

    def with_get(self, outcome: Outcome[Destination, DestinationGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Destination | None, DestinationFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Destination], DestinationGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, DestinationExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Destination], DestinationPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Destination], DestinationIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, DestinationCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Destination, DestinationCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Destination], DestinationCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Destination, DestinationUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Destination], DestinationUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, DestinationDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Destination, DestinationRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, DestinationPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_get_by_id_or_name(self, outcome: Outcome[Destination, DestinationGetByIdOrNameStub]) -> Self:
        """Say what `get_by_id_or_name` does."""
        return self._with("get_by_id_or_name", outcome)

    def with_disable(self, outcome: Outcome[Destination, DestinationDisableStub]) -> Self:
        """Say what `disable` does."""
        return self._with("disable", outcome)

    def with_enable(self, outcome: Outcome[Destination, DestinationEnableStub]) -> Self:
        """Say what `enable` does."""
        return self._with("enable", outcome)

    def with_lock(self, outcome: Outcome[Destination | None, DestinationLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
