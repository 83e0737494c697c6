# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of project_entitlements."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.project_entitlement import (
    ProjectEntitlementChanges,
    ProjectEntitlementOrder,
    ProjectEntitlementUniqueKey,
)
from dbkit.types.identifiers import ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.project_entitlement import EntitlementKey, NewProjectEntitlement, ProjectEntitlementFilter

__all__ = [
    "ProjectEntitlementCalls",
    "ProjectEntitlementCountCall",
    "ProjectEntitlementCreateCall",
    "ProjectEntitlementCreateManyCall",
    "ProjectEntitlementDeleteCall",
    "ProjectEntitlementExistsCall",
    "ProjectEntitlementFindCall",
    "ProjectEntitlementGetCall",
    "ProjectEntitlementGetManyCall",
    "ProjectEntitlementIterateCall",
    "ProjectEntitlementLockCall",
    "ProjectEntitlementPageCall",
    "ProjectEntitlementUpdateCall",
    "ProjectEntitlementUpsertCall",
    "ProjectEntitlementValueOfCall",
]


class ProjectEntitlementGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "project_entitlements.get"

    project_id: ProjectId
    key: EntitlementKey


class ProjectEntitlementFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "project_entitlements.find"

    project_id: ProjectId
    key: EntitlementKey


class ProjectEntitlementGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "project_entitlements.get_many"

    project_id: ProjectId
    keys: tuple[EntitlementKey, ...]


class ProjectEntitlementExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "project_entitlements.exists"

    project_id: ProjectId
    key: EntitlementKey


class ProjectEntitlementPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "project_entitlements.page"

    filter: ProjectEntitlementFilter
    order: ProjectEntitlementOrder
    limit: int
    after: str | None


class ProjectEntitlementIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "project_entitlements.iterate"

    filter: ProjectEntitlementFilter
    order: ProjectEntitlementOrder


class ProjectEntitlementCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "project_entitlements.count"

    filter: ProjectEntitlementFilter


class ProjectEntitlementCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "project_entitlements.create"

    new: NewProjectEntitlement


class ProjectEntitlementCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "project_entitlements.create_many"

    new: tuple[NewProjectEntitlement, ...]
    returning: bool


class ProjectEntitlementUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "project_entitlements.update"

    project_id: ProjectId
    key: EntitlementKey
    changes: ProjectEntitlementChanges


class ProjectEntitlementUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "project_entitlements.upsert"

    new: NewProjectEntitlement
    on: ProjectEntitlementUniqueKey


class ProjectEntitlementDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "project_entitlements.delete"

    project_id: ProjectId
    key: EntitlementKey


class ProjectEntitlementValueOfCall(Call):
    """A call of `value_of`."""

    called: ClassVar[str] = "project_entitlements.value_of"

    project_id: ProjectId
    key: EntitlementKey


class ProjectEntitlementLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "project_entitlements.lock"

    project_id: ProjectId
    key: EntitlementKey
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ProjectEntitlementCalls(Calls):
    """The calls of a mock of project_entitlements, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ProjectEntitlementGetCall,
        ProjectEntitlementFindCall,
        ProjectEntitlementGetManyCall,
        ProjectEntitlementExistsCall,
        ProjectEntitlementPageCall,
        ProjectEntitlementIterateCall,
        ProjectEntitlementCountCall,
        ProjectEntitlementCreateCall,
        ProjectEntitlementCreateManyCall,
        ProjectEntitlementUpdateCall,
        ProjectEntitlementUpsertCall,
        ProjectEntitlementDeleteCall,
        ProjectEntitlementValueOfCall,
        ProjectEntitlementLockCall,
    )

    @property
    def get(self) -> tuple[ProjectEntitlementGetCall, ...]:
        """The calls of `get`."""
        return self._of(ProjectEntitlementGetCall)

    @property
    def find(self) -> tuple[ProjectEntitlementFindCall, ...]:
        """The calls of `find`."""
        return self._of(ProjectEntitlementFindCall)

    @property
    def get_many(self) -> tuple[ProjectEntitlementGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ProjectEntitlementGetManyCall)

    @property
    def exists(self) -> tuple[ProjectEntitlementExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ProjectEntitlementExistsCall)

    @property
    def page(self) -> tuple[ProjectEntitlementPageCall, ...]:
        """The calls of `page`."""
        return self._of(ProjectEntitlementPageCall)

    @property
    def iterate(self) -> tuple[ProjectEntitlementIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ProjectEntitlementIterateCall)

    @property
    def count(self) -> tuple[ProjectEntitlementCountCall, ...]:
        """The calls of `count`."""
        return self._of(ProjectEntitlementCountCall)

    @property
    def create(self) -> tuple[ProjectEntitlementCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ProjectEntitlementCreateCall)

    @property
    def create_many(self) -> tuple[ProjectEntitlementCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ProjectEntitlementCreateManyCall)

    @property
    def update(self) -> tuple[ProjectEntitlementUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ProjectEntitlementUpdateCall)

    @property
    def upsert(self) -> tuple[ProjectEntitlementUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ProjectEntitlementUpsertCall)

    @property
    def delete(self) -> tuple[ProjectEntitlementDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ProjectEntitlementDeleteCall)

    @property
    def value_of(self) -> tuple[ProjectEntitlementValueOfCall, ...]:
        """The calls of `value_of`."""
        return self._of(ProjectEntitlementValueOfCall)

    @property
    def lock(self) -> tuple[ProjectEntitlementLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ProjectEntitlementLockCall)
