# Generated from dbkit/mock/_async/project_role_grant.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of project_role_grants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.project_role_grant import ProjectRoleGrantCalls
from dbkit.models.project_role_grant import PROJECT_ROLE_GRANTS
from dbkit.types._sync.project_role_grant import ProjectRoleGrantTransactionRepository
from dbkit.types.calls.project_role_grant import (
    ProjectRoleGrantChanges,
    ProjectRoleGrantOrder,
    ProjectRoleGrantUniqueKey,
)
from dbkit.types.identifiers import BuilderId, ProjectId, ProjectRoleGrantId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.project_role_grant import NewProjectRoleGrant, ProjectRole, ProjectRoleGrant, ProjectRoleGrantFilter

__all__ = ["MockProjectRoleGrantRepository", "MockProjectRoleGrants"]


class ProjectRoleGrantGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId
    ) -> Result[ProjectRoleGrant]: ...


class ProjectRoleGrantFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId
    ) -> Result[ProjectRoleGrant | None]: ...


class ProjectRoleGrantGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, project_role_grant_ids: tuple[ProjectRoleGrantId, ...]
    ) -> Result[list[ProjectRoleGrant]]: ...


class ProjectRoleGrantExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> Result[bool]: ...


class ProjectRoleGrantPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ProjectRoleGrantFilter, *, order: ProjectRoleGrantOrder, limit: int, after: str | None
    ) -> Result[Page[ProjectRoleGrant]]: ...


class ProjectRoleGrantIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ProjectRoleGrantFilter, *, order: ProjectRoleGrantOrder) -> Items[ProjectRoleGrant]: ...


class ProjectRoleGrantCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ProjectRoleGrantFilter) -> Result[int]: ...


class ProjectRoleGrantCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewProjectRoleGrant) -> Result[ProjectRoleGrant]: ...


class ProjectRoleGrantCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewProjectRoleGrant, ...], *, returning: bool
    ) -> Result[int | list[ProjectRoleGrant]]: ...


class ProjectRoleGrantUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        **changes: Unpack[ProjectRoleGrantChanges],
    ) -> Result[ProjectRoleGrant]: ...


class ProjectRoleGrantUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewProjectRoleGrant, *, on: ProjectRoleGrantUniqueKey
    ) -> Result[Upserted[ProjectRoleGrant]]: ...


class ProjectRoleGrantDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> Result[None]: ...


class ProjectRoleGrantEffectiveRolesStub(Protocol):
    """What may answer for `effective_roles`."""

    def __call__(self, project_id: ProjectId, builder_id: BuilderId) -> Result[frozenset[ProjectRole]]: ...


class ProjectRoleGrantLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[ProjectRoleGrant | None]: ...


class MockProjectRoleGrantRepository(MockRepository):
    """A repository of project_role_grants that does what its stubs say."""

    @property
    def calls(self) -> ProjectRoleGrantCalls:
        """The calls so far."""
        return ProjectRoleGrantCalls(self._book.log)

    def get(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> ProjectRoleGrant:
        """Return the live value, or raise `NotFound`."""
        answer: ProjectRoleGrant = self._answer("get", (project_id, project_role_grant_id))
        return answer

    def find(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> ProjectRoleGrant | None:
        """Return the live value, or None."""
        answer: ProjectRoleGrant | None = self._answer("find", (project_id, project_role_grant_id))
        return answer

    def get_many(
        self, project_id: ProjectId, project_role_grant_ids: Sequence[ProjectRoleGrantId]
    ) -> list[ProjectRoleGrant]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ProjectRoleGrant] = self._answer("get_many", (project_id, project_role_grant_ids))
        return answer

    def exists(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, project_role_grant_id))
        return answer

    def page(
        self,
        filter: ProjectRoleGrantFilter,
        *,
        order: ProjectRoleGrantOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ProjectRoleGrant]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ProjectRoleGrant] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ProjectRoleGrantFilter, *, order: ProjectRoleGrantOrder = "id"
    ) -> Iterator[ProjectRoleGrant]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ProjectRoleGrantFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewProjectRoleGrant) -> ProjectRoleGrant:
        """Store a new row and return it as stored."""
        answer: ProjectRoleGrant = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewProjectRoleGrant], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(
        self, new: Iterable[NewProjectRoleGrant], *, returning: Literal[True]
    ) -> list[ProjectRoleGrant]: ...
    def create_many(
        self, new: Iterable[NewProjectRoleGrant], *, returning: bool = False
    ) -> int | list[ProjectRoleGrant]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ProjectRoleGrant] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        **changes: Unpack[ProjectRoleGrantChanges],
    ) -> ProjectRoleGrant:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: ProjectRoleGrant = self._answer("update", (project_id, project_role_grant_id, changes))
        return answer

    def upsert(self, new: NewProjectRoleGrant, *, on: ProjectRoleGrantUniqueKey) -> Upserted[ProjectRoleGrant]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ProjectRoleGrant] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, project_role_grant_id: ProjectRoleGrantId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (project_id, project_role_grant_id))

    def effective_roles(self, project_id: ProjectId, builder_id: BuilderId) -> frozenset[ProjectRole]:
        """Return the roles that a builder has on a project: his own, those of his live teams and of the teams above.

        Raises `NotFound` for an absent project.
        """
        answer: frozenset[ProjectRole] = self._answer("effective_roles", (project_id, builder_id))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ProjectRoleGrant: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ProjectRoleGrant | None: ...
    def lock(
        self,
        project_id: ProjectId,
        project_role_grant_id: ProjectRoleGrantId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ProjectRoleGrant | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ProjectRoleGrant | None = self._answer(
            "lock", (project_id, project_role_grant_id, strength, nowait, skip_locked)
        )
        return answer


class MockProjectRoleGrants(MockBuilder[MockProjectRoleGrantRepository]):
    """Builds a mock of the repository of project_role_grants: `with_...` says what an operation does."""

    _entity = PROJECT_ROLE_GRANTS
    _interface = ProjectRoleGrantTransactionRepository
    _made = MockProjectRoleGrantRepository

    def with_get(self, outcome: Outcome[ProjectRoleGrant, ProjectRoleGrantGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ProjectRoleGrant | None, ProjectRoleGrantFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ProjectRoleGrant], ProjectRoleGrantGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ProjectRoleGrantExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ProjectRoleGrant], ProjectRoleGrantPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ProjectRoleGrant], ProjectRoleGrantIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ProjectRoleGrantCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ProjectRoleGrant, ProjectRoleGrantCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ProjectRoleGrant], ProjectRoleGrantCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ProjectRoleGrant, ProjectRoleGrantUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ProjectRoleGrant], ProjectRoleGrantUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ProjectRoleGrantDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_effective_roles(
        self, outcome: Outcome[frozenset[ProjectRole], ProjectRoleGrantEffectiveRolesStub]
    ) -> Self:
        """Say what `effective_roles` does."""
        return self._with("effective_roles", outcome)

    def with_lock(self, outcome: Outcome[ProjectRoleGrant | None, ProjectRoleGrantLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
