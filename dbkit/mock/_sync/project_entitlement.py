# Generated from dbkit/mock/_async/project_entitlement.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of project_entitlements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from pydantic import JsonValue

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.project_entitlement import ProjectEntitlementCalls
from dbkit.models.project_entitlement import PROJECT_ENTITLEMENTS
from dbkit.types._sync.project_entitlement import ProjectEntitlementTransactionRepository
from dbkit.types.calls.project_entitlement import (
    ProjectEntitlementChanges,
    ProjectEntitlementOrder,
    ProjectEntitlementUniqueKey,
)
from dbkit.types.identifiers import ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.project_entitlement import (
    EntitlementKey,
    NewProjectEntitlement,
    ProjectEntitlement,
    ProjectEntitlementFilter,
)

__all__ = ["MockProjectEntitlementRepository", "MockProjectEntitlements"]


class ProjectEntitlementGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> Result[ProjectEntitlement]: ...


class ProjectEntitlementFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> Result[ProjectEntitlement | None]: ...


class ProjectEntitlementGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, keys: tuple[EntitlementKey, ...]) -> Result[list[ProjectEntitlement]]: ...


class ProjectEntitlementExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> Result[bool]: ...


class ProjectEntitlementPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ProjectEntitlementFilter, *, order: ProjectEntitlementOrder, limit: int, after: str | None
    ) -> Result[Page[ProjectEntitlement]]: ...


class ProjectEntitlementIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: ProjectEntitlementFilter, *, order: ProjectEntitlementOrder
    ) -> Items[ProjectEntitlement]: ...


class ProjectEntitlementCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ProjectEntitlementFilter) -> Result[int]: ...


class ProjectEntitlementCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewProjectEntitlement) -> Result[ProjectEntitlement]: ...


class ProjectEntitlementCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewProjectEntitlement, ...], *, returning: bool
    ) -> Result[int | list[ProjectEntitlement]]: ...


class ProjectEntitlementUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, key: EntitlementKey, **changes: Unpack[ProjectEntitlementChanges]
    ) -> Result[ProjectEntitlement]: ...


class ProjectEntitlementUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewProjectEntitlement, *, on: ProjectEntitlementUniqueKey
    ) -> Result[Upserted[ProjectEntitlement]]: ...


class ProjectEntitlementDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> Result[None]: ...


class ProjectEntitlementValueOfStub(Protocol):
    """What may answer for `value_of`."""

    def __call__(self, project_id: ProjectId, key: EntitlementKey) -> Result[JsonValue]: ...


class ProjectEntitlementLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, key: EntitlementKey, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[ProjectEntitlement | None]: ...


class MockProjectEntitlementRepository(MockRepository):
    """A repository of project_entitlements that does what its stubs say."""

    @property
    def calls(self) -> ProjectEntitlementCalls:
        """The calls so far."""
        return ProjectEntitlementCalls(self._book.log)

    def get(self, project_id: ProjectId, key: EntitlementKey) -> ProjectEntitlement:
        """Return the live value, or raise `NotFound`."""
        answer: ProjectEntitlement = self._answer("get", (project_id, key))
        return answer

    def find(self, project_id: ProjectId, key: EntitlementKey) -> ProjectEntitlement | None:
        """Return the live value, or None."""
        answer: ProjectEntitlement | None = self._answer("find", (project_id, key))
        return answer

    def get_many(self, project_id: ProjectId, keys: Sequence[EntitlementKey]) -> list[ProjectEntitlement]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ProjectEntitlement] = self._answer("get_many", (project_id, keys))
        return answer

    def exists(self, project_id: ProjectId, key: EntitlementKey) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, key))
        return answer

    def page(
        self,
        filter: ProjectEntitlementFilter,
        *,
        order: ProjectEntitlementOrder = "key",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ProjectEntitlement]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ProjectEntitlement] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ProjectEntitlementFilter, *, order: ProjectEntitlementOrder = "key"
    ) -> Iterator[ProjectEntitlement]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ProjectEntitlementFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewProjectEntitlement) -> ProjectEntitlement:
        """Store a new row and return it as stored."""
        answer: ProjectEntitlement = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewProjectEntitlement], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(
        self, new: Iterable[NewProjectEntitlement], *, returning: Literal[True]
    ) -> list[ProjectEntitlement]: ...
    def create_many(
        self, new: Iterable[NewProjectEntitlement], *, returning: bool = False
    ) -> int | list[ProjectEntitlement]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ProjectEntitlement] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self, project_id: ProjectId, key: EntitlementKey, **changes: Unpack[ProjectEntitlementChanges]
    ) -> ProjectEntitlement:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: ProjectEntitlement = self._answer("update", (project_id, key, changes))
        return answer

    def upsert(self, new: NewProjectEntitlement, *, on: ProjectEntitlementUniqueKey) -> Upserted[ProjectEntitlement]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ProjectEntitlement] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, key: EntitlementKey) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (project_id, key))

    def value_of(self, project_id: ProjectId, key: EntitlementKey) -> JsonValue:
        """Return what a project is entitled to; where nothing is stored, no branding removal and 30 days of logs."""
        answer: JsonValue = self._answer("value_of", (project_id, key))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        key: EntitlementKey,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ProjectEntitlement: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        key: EntitlementKey,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ProjectEntitlement | None: ...
    def lock(
        self,
        project_id: ProjectId,
        key: EntitlementKey,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ProjectEntitlement | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ProjectEntitlement | None = self._answer("lock", (project_id, key, strength, nowait, skip_locked))
        return answer


class MockProjectEntitlements(MockBuilder[MockProjectEntitlementRepository]):
    """Builds a mock of the repository of project_entitlements: `with_...` says what an operation does."""

    _entity = PROJECT_ENTITLEMENTS
    _interface = ProjectEntitlementTransactionRepository
    _made = MockProjectEntitlementRepository

    def with_get(self, outcome: Outcome[ProjectEntitlement, ProjectEntitlementGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ProjectEntitlement | None, ProjectEntitlementFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ProjectEntitlement], ProjectEntitlementGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ProjectEntitlementExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ProjectEntitlement], ProjectEntitlementPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ProjectEntitlement], ProjectEntitlementIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ProjectEntitlementCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ProjectEntitlement, ProjectEntitlementCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[ProjectEntitlement], ProjectEntitlementCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ProjectEntitlement, ProjectEntitlementUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ProjectEntitlement], ProjectEntitlementUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ProjectEntitlementDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_value_of(self, outcome: Outcome[JsonValue, ProjectEntitlementValueOfStub]) -> Self:
        """Say what `value_of` does."""
        return self._with("value_of", outcome)

    def with_lock(self, outcome: Outcome[ProjectEntitlement | None, ProjectEntitlementLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
