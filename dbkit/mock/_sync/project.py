# Generated from dbkit/mock/_async/project.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.project import ProjectCalls
from dbkit.models.project import PROJECTS
from dbkit.types._sync.project import ProjectTransactionRepository
from dbkit.types.calls.project import ProjectChanges, ProjectOrder, ProjectUniqueKey
from dbkit.types.identifiers import OrganizationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.project import NewProject, Project, ProjectFilter

__all__ = ["MockProjectRepository", "MockProjects"]


class ProjectGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId) -> Result[Project]: ...


class ProjectFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId) -> Result[Project | None]: ...


class ProjectGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_ids: tuple[ProjectId, ...]) -> Result[list[Project]]: ...


class ProjectExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId) -> Result[bool]: ...


class ProjectPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ProjectFilter, *, order: ProjectOrder, limit: int, after: str | None
    ) -> Result[Page[Project]]: ...


class ProjectIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ProjectFilter, *, order: ProjectOrder) -> Items[Project]: ...


class ProjectCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ProjectFilter) -> Result[int]: ...


class ProjectCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewProject) -> Result[Project]: ...


class ProjectCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewProject, ...], *, returning: bool) -> Result[int | list[Project]]: ...


class ProjectUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, *, expected_version: int, **changes: Unpack[ProjectChanges]
    ) -> Result[Project]: ...


class ProjectUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewProject, *, on: ProjectUniqueKey) -> Result[Upserted[Project]]: ...


class ProjectDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, *, expected_version: int | None) -> Result[None]: ...


class ProjectRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId) -> Result[Project]: ...


class ProjectPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId) -> Result[None]: ...


class ProjectGetByIdOrNameStub(Protocol):
    """What may answer for `get_by_id_or_name`."""

    def __call__(self, organization_id: OrganizationId, id_or_name: ProjectId | str) -> Result[Project]: ...


class ProjectLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Project | None]: ...


class MockProjectRepository(MockRepository):
    """A repository of projects that does what its stubs say."""

    @property
    def calls(self) -> ProjectCalls:
        """The calls so far."""
        return ProjectCalls(self._book.log)

    def get(self, project_id: ProjectId) -> Project:
        """Return the live value, or raise `NotFound`."""
        answer: Project = self._answer("get", (project_id,))
        return answer

    def find(self, project_id: ProjectId) -> Project | None:
        """Return the live value, or None."""
        answer: Project | None = self._answer("find", (project_id,))
        return answer

    def get_many(self, project_ids: Sequence[ProjectId]) -> list[Project]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Project] = self._answer("get_many", (project_ids,))
        return answer

    def exists(self, project_id: ProjectId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id,))
        return answer

    def page(
        self, filter: ProjectFilter, *, order: ProjectOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Project]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Project] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ProjectFilter, *, order: ProjectOrder = "id") -> Iterator[Project]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ProjectFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewProject) -> Project:
        """Store a new row and return it as stored."""
        answer: Project = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewProject], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewProject], *, returning: Literal[True]) -> list[Project]: ...
    def create_many(self, new: Iterable[NewProject], *, returning: bool = False) -> int | list[Project]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Project] = self._answer("create_many", (new, returning))
        return answer

    def update(self, project_id: ProjectId, *, expected_version: int, **changes: Unpack[ProjectChanges]) -> Project:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Project = self._answer("update", (project_id, expected_version, changes))
        return answer

    def upsert(self, new: NewProject, *, on: ProjectUniqueKey) -> Upserted[Project]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Project] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, *, expected_version: int | None = None) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, expected_version))

    def restore(self, project_id: ProjectId) -> Project:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Project = self._answer("restore", (project_id,))
        return answer

    def purge(self, project_id: ProjectId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (project_id,))

    def get_by_id_or_name(self, organization_id: OrganizationId, id_or_name: ProjectId | str) -> Project:
        """Return an organization's live project by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        answer: Project = self._answer("get_by_id_or_name", (organization_id, id_or_name))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Project: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Project | None: ...
    def lock(
        self,
        project_id: ProjectId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Project | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Project | None = self._answer("lock", (project_id, strength, nowait, skip_locked))
        return answer


class MockProjects(MockBuilder[MockProjectRepository]):
    """Builds a mock of the repository of projects: `with_...` says what an operation does."""

    _entity = PROJECTS
    _interface = ProjectTransactionRepository
    _made = MockProjectRepository

    def with_get(self, outcome: Outcome[Project, ProjectGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Project | None, ProjectFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Project], ProjectGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ProjectExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Project], ProjectPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Project], ProjectIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ProjectCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Project, ProjectCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Project], ProjectCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Project, ProjectUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Project], ProjectUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ProjectDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Project, ProjectRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, ProjectPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_get_by_id_or_name(self, outcome: Outcome[Project, ProjectGetByIdOrNameStub]) -> Self:
        """Say what `get_by_id_or_name` does."""
        return self._with("get_by_id_or_name", outcome)

    def with_lock(self, outcome: Outcome[Project | None, ProjectLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
