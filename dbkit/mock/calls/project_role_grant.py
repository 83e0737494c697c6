# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of project_role_grants."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.project_role_grant import (
    ProjectRoleGrantChanges,
    ProjectRoleGrantOrder,
    ProjectRoleGrantUniqueKey,
)
from dbkit.types.identifiers import BuilderId, ProjectId, ProjectRoleGrantId
from dbkit.types.lock import LockStrength
from dbkit.types.project_role_grant import NewProjectRoleGrant, ProjectRoleGrantFilter

__all__ = [
    "ProjectRoleGrantCalls",
    "ProjectRoleGrantCountCall",
    "ProjectRoleGrantCreateCall",
    "ProjectRoleGrantCreateManyCall",
    "ProjectRoleGrantDeleteCall",
    "ProjectRoleGrantEffectiveRolesCall",
    "ProjectRoleGrantExistsCall",
    "ProjectRoleGrantFindCall",
    "ProjectRoleGrantGetCall",
    "ProjectRoleGrantGetManyCall",
    "ProjectRoleGrantIterateCall",
    "ProjectRoleGrantLockCall",
    "ProjectRoleGrantPageCall",
    "ProjectRoleGrantUpdateCall",
    "ProjectRoleGrantUpsertCall",
]


class ProjectRoleGrantGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "project_role_grants.get"

    project_id: ProjectId
    project_role_grant_id: ProjectRoleGrantId


class ProjectRoleGrantFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "project_role_grants.find"

    project_id: ProjectId
    project_role_grant_id: ProjectRoleGrantId


class ProjectRoleGrantGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "project_role_grants.get_many"

    project_id: ProjectId
    project_role_grant_ids: tuple[ProjectRoleGrantId, ...]


class ProjectRoleGrantExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "project_role_grants.exists"

    project_id: ProjectId
    project_role_grant_id: ProjectRoleGrantId


class ProjectRoleGrantPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "project_role_grants.page"

    filter: ProjectRoleGrantFilter
    order: ProjectRoleGrantOrder
    limit: int
    after: str | None


class ProjectRoleGrantIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "project_role_grants.iterate"

    filter: ProjectRoleGrantFilter
    order: ProjectRoleGrantOrder


class ProjectRoleGrantCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "project_role_grants.count"

    filter: ProjectRoleGrantFilter


class ProjectRoleGrantCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "project_role_grants.create"

    new: NewProjectRoleGrant


class ProjectRoleGrantCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "project_role_grants.create_many"

    new: tuple[NewProjectRoleGrant, ...]
    returning: bool


class ProjectRoleGrantUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "project_role_grants.update"

    project_id: ProjectId
    project_role_grant_id: ProjectRoleGrantId
    changes: ProjectRoleGrantChanges


class ProjectRoleGrantUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "project_role_grants.upsert"

    new: NewProjectRoleGrant
    on: ProjectRoleGrantUniqueKey


class ProjectRoleGrantDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "project_role_grants.delete"

    project_id: ProjectId
    project_role_grant_id: ProjectRoleGrantId


class ProjectRoleGrantEffectiveRolesCall(Call):
    """A call of `effective_roles`."""

    called: ClassVar[str] = "project_role_grants.effective_roles"

    project_id: ProjectId
    builder_id: BuilderId


class ProjectRoleGrantLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "project_role_grants.lock"

    project_id: ProjectId
    project_role_grant_id: ProjectRoleGrantId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ProjectRoleGrantCalls(Calls):
    """The calls of a mock of project_role_grants, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ProjectRoleGrantGetCall,
        ProjectRoleGrantFindCall,
        ProjectRoleGrantGetManyCall,
        ProjectRoleGrantExistsCall,
        ProjectRoleGrantPageCall,
        ProjectRoleGrantIterateCall,
        ProjectRoleGrantCountCall,
        ProjectRoleGrantCreateCall,
        ProjectRoleGrantCreateManyCall,
        ProjectRoleGrantUpdateCall,
        ProjectRoleGrantUpsertCall,
        ProjectRoleGrantDeleteCall,
        ProjectRoleGrantEffectiveRolesCall,
        ProjectRoleGrantLockCall,
    )

    @property
    def get(self) -> tuple[ProjectRoleGrantGetCall, ...]:
        """The calls of `get`."""
        return self._of(ProjectRoleGrantGetCall)

    @property
    def find(self) -> tuple[ProjectRoleGrantFindCall, ...]:
        """The calls of `find`."""
        return self._of(ProjectRoleGrantFindCall)

    @property
    def get_many(self) -> tuple[ProjectRoleGrantGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ProjectRoleGrantGetManyCall)

    @property
    def exists(self) -> tuple[ProjectRoleGrantExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ProjectRoleGrantExistsCall)

    @property
    def page(self) -> tuple[ProjectRoleGrantPageCall, ...]:
        """The calls of `page`."""
        return self._of(ProjectRoleGrantPageCall)

    @property
    def iterate(self) -> tuple[ProjectRoleGrantIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ProjectRoleGrantIterateCall)

    @property
    def count(self) -> tuple[ProjectRoleGrantCountCall, ...]:
        """The calls of `count`."""
        return self._of(ProjectRoleGrantCountCall)

    @property
    def create(self) -> tuple[ProjectRoleGrantCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ProjectRoleGrantCreateCall)

    @property
    def create_many(self) -> tuple[ProjectRoleGrantCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ProjectRoleGrantCreateManyCall)

    @property
    def update(self) -> tuple[ProjectRoleGrantUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ProjectRoleGrantUpdateCall)

    @property
    def upsert(self) -> tuple[ProjectRoleGrantUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ProjectRoleGrantUpsertCall)

    @property
    def delete(self) -> tuple[ProjectRoleGrantDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ProjectRoleGrantDeleteCall)

    @property
    def effective_roles(self) -> tuple[ProjectRoleGrantEffectiveRolesCall, ...]:
        """The calls of `effective_roles`."""
        return self._of(ProjectRoleGrantEffectiveRolesCall)

    @property
    def lock(self) -> tuple[ProjectRoleGrantLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ProjectRoleGrantLockCall)
