# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of builders."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.builder import BuilderFilter, NewBuilder
from dbkit.types.calls.builder import BuilderChanges, BuilderOrder, BuilderUniqueKey
from dbkit.types.identifiers import BuilderId
from dbkit.types.lock import LockStrength

__all__ = [
    "BuilderCalls",
    "BuilderCountCall",
    "BuilderCreateCall",
    "BuilderCreateManyCall",
    "BuilderDeleteCall",
    "BuilderExistsCall",
    "BuilderFindByEmailCall",
    "BuilderFindCall",
    "BuilderGetByIdpCall",
    "BuilderGetCall",
    "BuilderGetManyCall",
    "BuilderIterateCall",
    "BuilderLockCall",
    "BuilderOrganizationsCall",
    "BuilderPageCall",
    "BuilderPurgeCall",
    "BuilderRestoreCall",
    "BuilderUpdateCall",
    "BuilderUpsertCall",
]


class BuilderGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "builders.get"

    builder_id: BuilderId


class BuilderFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "builders.find"

    builder_id: BuilderId


class BuilderGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "builders.get_many"

    builder_ids: tuple[BuilderId, ...]


class BuilderExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "builders.exists"

    builder_id: BuilderId


class BuilderPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "builders.page"

    filter: BuilderFilter | None
    order: BuilderOrder
    limit: int
    after: str | None


class BuilderIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "builders.iterate"

    filter: BuilderFilter | None
    order: BuilderOrder


class BuilderCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "builders.count"

    filter: BuilderFilter | None


class BuilderCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "builders.create"

    new: NewBuilder


class BuilderCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "builders.create_many"

    new: tuple[NewBuilder, ...]
    returning: bool


class BuilderUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "builders.update"

    builder_id: BuilderId
    changes: BuilderChanges


class BuilderUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "builders.upsert"

    new: NewBuilder
    on: BuilderUniqueKey


class BuilderDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "builders.delete"

    builder_id: BuilderId


class BuilderRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "builders.restore"

    builder_id: BuilderId


class BuilderPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "builders.purge"

    builder_id: BuilderId


class BuilderGetByIdpCall(Call):
    """A call of `get_by_idp`."""

    called: ClassVar[str] = "builders.get_by_idp"

    idp_provider: str
    idp_ref: str


class BuilderFindByEmailCall(Call):
    """A call of `find_by_email`."""

    called: ClassVar[str] = "builders.find_by_email"

    email: str


class BuilderOrganizationsCall(Call):
    """A call of `organizations`."""

    called: ClassVar[str] = "builders.organizations"

    builder_id: BuilderId


class BuilderLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "builders.lock"

    builder_id: BuilderId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class BuilderCalls(Calls):
    """The calls of a mock of builders, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        BuilderGetCall,
        BuilderFindCall,
        BuilderGetManyCall,
        BuilderExistsCall,
        BuilderPageCall,
        BuilderIterateCall,
        BuilderCountCall,
        BuilderCreateCall,
        BuilderCreateManyCall,
        BuilderUpdateCall,
        BuilderUpsertCall,
        BuilderDeleteCall,
        BuilderRestoreCall,
        BuilderPurgeCall,
        BuilderGetByIdpCall,
        BuilderFindByEmailCall,
        BuilderOrganizationsCall,
        BuilderLockCall,
    )

    @property
    def get(self) -> tuple[BuilderGetCall, ...]:
        """The calls of `get`."""
        return self._of(BuilderGetCall)

    @property
    def find(self) -> tuple[BuilderFindCall, ...]:
        """The calls of `find`."""
        return self._of(BuilderFindCall)

    @property
    def get_many(self) -> tuple[BuilderGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(BuilderGetManyCall)

    @property
    def exists(self) -> tuple[BuilderExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(BuilderExistsCall)

    @property
    def page(self) -> tuple[BuilderPageCall, ...]:
        """The calls of `page`."""
        return self._of(BuilderPageCall)

    @property
    def iterate(self) -> tuple[BuilderIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(BuilderIterateCall)

    @property
    def count(self) -> tuple[BuilderCountCall, ...]:
        """The calls of `count`."""
        return self._of(BuilderCountCall)

    @property
    def create(self) -> tuple[BuilderCreateCall, ...]:
        """The calls of `create`."""
        return self._of(BuilderCreateCall)

    @property
    def create_many(self) -> tuple[BuilderCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(BuilderCreateManyCall)

    @property
    def update(self) -> tuple[BuilderUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(BuilderUpdateCall)

    @property
    def upsert(self) -> tuple[BuilderUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(BuilderUpsertCall)

    @property
    def delete(self) -> tuple[BuilderDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(BuilderDeleteCall)

    @property
    def restore(self) -> tuple[BuilderRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(BuilderRestoreCall)

    @property
    def purge(self) -> tuple[BuilderPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(BuilderPurgeCall)

    @property
    def get_by_idp(self) -> tuple[BuilderGetByIdpCall, ...]:
        """The calls of `get_by_idp`."""
        return self._of(BuilderGetByIdpCall)

    @property
    def find_by_email(self) -> tuple[BuilderFindByEmailCall, ...]:
        """The calls of `find_by_email`."""
        return self._of(BuilderFindByEmailCall)

    @property
    def organizations(self) -> tuple[BuilderOrganizationsCall, ...]:
        """The calls of `organizations`."""
        return self._of(BuilderOrganizationsCall)

    @property
    def lock(self) -> tuple[BuilderLockCall, ...]:
        """The calls of `lock`."""
        return self._of(BuilderLockCall)
