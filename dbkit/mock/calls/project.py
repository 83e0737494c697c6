# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of projects."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.project import ProjectChanges, ProjectOrder, ProjectUniqueKey
from dbkit.types.identifiers import OrganizationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.project import NewProject, ProjectFilter

__all__ = [
    "ProjectCalls",
    "ProjectCountCall",
    "ProjectCreateCall",
    "ProjectCreateManyCall",
    "ProjectDeleteCall",
    "ProjectExistsCall",
    "ProjectFindCall",
    "ProjectGetByIdOrNameCall",
    "ProjectGetCall",
    "ProjectGetManyCall",
    "ProjectIterateCall",
    "ProjectLockCall",
    "ProjectPageCall",
    "ProjectPurgeCall",
    "ProjectRestoreCall",
    "ProjectUpdateCall",
    "ProjectUpsertCall",
]


class ProjectGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "projects.get"

    project_id: ProjectId


class ProjectFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "projects.find"

    project_id: ProjectId


class ProjectGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "projects.get_many"

    project_ids: tuple[ProjectId, ...]


class ProjectExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "projects.exists"

    project_id: ProjectId


class ProjectPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "projects.page"

    filter: ProjectFilter
    order: ProjectOrder
    limit: int
    after: str | None


class ProjectIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "projects.iterate"

    filter: ProjectFilter
    order: ProjectOrder


class ProjectCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "projects.count"

    filter: ProjectFilter


class ProjectCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "projects.create"

    new: NewProject


class ProjectCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "projects.create_many"

    new: tuple[NewProject, ...]
    returning: bool


class ProjectUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "projects.update"

    project_id: ProjectId
    expected_version: int
    changes: ProjectChanges


class ProjectUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "projects.upsert"

    new: NewProject
    on: ProjectUniqueKey


class ProjectDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "projects.delete"

    project_id: ProjectId
    expected_version: int | None


class ProjectRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "projects.restore"

    project_id: ProjectId


class ProjectPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "projects.purge"

    project_id: ProjectId


class ProjectGetByIdOrNameCall(Call):
    """A call of `get_by_id_or_name`."""

    called: ClassVar[str] = "projects.get_by_id_or_name"

    organization_id: OrganizationId
    id_or_name: ProjectId | str


class ProjectLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "projects.lock"

    project_id: ProjectId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ProjectCalls(Calls):
    """The calls of a mock of projects, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ProjectGetCall,
        ProjectFindCall,
        ProjectGetManyCall,
        ProjectExistsCall,
        ProjectPageCall,
        ProjectIterateCall,
        ProjectCountCall,
        ProjectCreateCall,
        ProjectCreateManyCall,
        ProjectUpdateCall,
        ProjectUpsertCall,
        ProjectDeleteCall,
        ProjectRestoreCall,
        ProjectPurgeCall,
        ProjectGetByIdOrNameCall,
        ProjectLockCall,
    )

    @property
    def get(self) -> tuple[ProjectGetCall, ...]:
        """The calls of `get`."""
        return self._of(ProjectGetCall)

    @property
    def find(self) -> tuple[ProjectFindCall, ...]:
        """The calls of `find`."""
        return self._of(ProjectFindCall)

    @property
    def get_many(self) -> tuple[ProjectGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ProjectGetManyCall)

    @property
    def exists(self) -> tuple[ProjectExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ProjectExistsCall)

    @property
    def page(self) -> tuple[ProjectPageCall, ...]:
        """The calls of `page`."""
        return self._of(ProjectPageCall)

    @property
    def iterate(self) -> tuple[ProjectIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ProjectIterateCall)

    @property
    def count(self) -> tuple[ProjectCountCall, ...]:
        """The calls of `count`."""
        return self._of(ProjectCountCall)

    @property
    def create(self) -> tuple[ProjectCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ProjectCreateCall)

    @property
    def create_many(self) -> tuple[ProjectCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ProjectCreateManyCall)

    @property
    def update(self) -> tuple[ProjectUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ProjectUpdateCall)

    @property
    def upsert(self) -> tuple[ProjectUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ProjectUpsertCall)

    @property
    def delete(self) -> tuple[ProjectDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ProjectDeleteCall)

    @property
    def restore(self) -> tuple[ProjectRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(ProjectRestoreCall)

    @property
    def purge(self) -> tuple[ProjectPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(ProjectPurgeCall)

    @property
    def get_by_id_or_name(self) -> tuple[ProjectGetByIdOrNameCall, ...]:
        """The calls of `get_by_id_or_name`."""
        return self._of(ProjectGetByIdOrNameCall)

    @property
    def lock(self) -> tuple[ProjectLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ProjectLockCall)
