# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of groups."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.group import GroupChanges, GroupOrder, GroupUniqueKey
from dbkit.types.group import GroupFilter, NewGroup
from dbkit.types.identifiers import GroupRef, ProjectId
from dbkit.types.lock import LockStrength

__all__ = [
    "GroupCalls",
    "GroupCountCall",
    "GroupCreateCall",
    "GroupCreateManyCall",
    "GroupDeleteCall",
    "GroupExistsCall",
    "GroupFindCall",
    "GroupGetCall",
    "GroupGetManyCall",
    "GroupInstallationsCall",
    "GroupIterateCall",
    "GroupLockCall",
    "GroupPageCall",
    "GroupUpdateCall",
    "GroupUpsertCall",
]


class GroupGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "groups.get"

    project_id: ProjectId
    group_ref: GroupRef


class GroupFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "groups.find"

    project_id: ProjectId
    group_ref: GroupRef


class GroupGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "groups.get_many"

    project_id: ProjectId
    group_refs: tuple[GroupRef, ...]


class GroupExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "groups.exists"

    project_id: ProjectId
    group_ref: GroupRef


class GroupPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "groups.page"

    filter: GroupFilter
    order: GroupOrder
    limit: int
    after: str | None


class GroupIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "groups.iterate"

    filter: GroupFilter
    order: GroupOrder


class GroupCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "groups.count"

    filter: GroupFilter


class GroupCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "groups.create"

    new: NewGroup


class GroupCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "groups.create_many"

    new: tuple[NewGroup, ...]
    returning: bool


class GroupUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "groups.update"

    project_id: ProjectId
    group_ref: GroupRef
    changes: GroupChanges


class GroupUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "groups.upsert"

    new: NewGroup
    on: GroupUniqueKey


class GroupDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "groups.delete"

    project_id: ProjectId
    group_ref: GroupRef


class GroupInstallationsCall(Call):
    """A call of `installations`."""

    called: ClassVar[str] = "groups.installations"

    project_id: ProjectId
    group_ref: GroupRef


class GroupLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "groups.lock"

    project_id: ProjectId
    group_ref: GroupRef
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class GroupCalls(Calls):
    """The calls of a mock of groups, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        GroupGetCall,
        GroupFindCall,
        GroupGetManyCall,
        GroupExistsCall,
        GroupPageCall,
        GroupIterateCall,
        GroupCountCall,
        GroupCreateCall,
        GroupCreateManyCall,
        GroupUpdateCall,
        GroupUpsertCall,
        GroupDeleteCall,
        GroupInstallationsCall,
        GroupLockCall,
    )

    @property
    def get(self) -> tuple[GroupGetCall, ...]:
        """The calls of `get`."""
        return self._of(GroupGetCall)

    @property
    def find(self) -> tuple[GroupFindCall, ...]:
        """The calls of `find`."""
        return self._of(GroupFindCall)

    @property
    def get_many(self) -> tuple[GroupGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(GroupGetManyCall)

    @property
    def exists(self) -> tuple[GroupExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(GroupExistsCall)

    @property
    def page(self) -> tuple[GroupPageCall, ...]:
        """The calls of `page`."""
        return self._of(GroupPageCall)

    @property
    def iterate(self) -> tuple[GroupIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(GroupIterateCall)

    @property
    def count(self) -> tuple[GroupCountCall, ...]:
        """The calls of `count`."""
        return self._of(GroupCountCall)

    @property
    def create(self) -> tuple[GroupCreateCall, ...]:
        """The calls of `create`."""
        return self._of(GroupCreateCall)

    @property
    def create_many(self) -> tuple[GroupCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(GroupCreateManyCall)

    @property
    def update(self) -> tuple[GroupUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(GroupUpdateCall)

    @property
    def upsert(self) -> tuple[GroupUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(GroupUpsertCall)

    @property
    def delete(self) -> tuple[GroupDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(GroupDeleteCall)

    @property
    def installations(self) -> tuple[GroupInstallationsCall, ...]:
        """The calls of `installations`."""
        return self._of(GroupInstallationsCall)

    @property
    def lock(self) -> tuple[GroupLockCall, ...]:
        """The calls of `lock`."""
        return self._of(GroupLockCall)
