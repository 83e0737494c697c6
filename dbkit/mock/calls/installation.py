# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of installations."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.installation import InstallationChanges, InstallationOrder, InstallationUniqueKey
from dbkit.types.identifiers import InstallationId, ProjectId, RevisionId
from dbkit.types.installation import InstallationFilter, NewInstallation
from dbkit.types.installation_config import NewInstallationConfig
from dbkit.types.lock import LockStrength
from dbkit.types.value import JsonObject

__all__ = [
    "InstallationCalls",
    "InstallationCountCall",
    "InstallationCreateCall",
    "InstallationCreateManyCall",
    "InstallationCreateWithConfigCall",
    "InstallationDeleteCall",
    "InstallationExistsCall",
    "InstallationFindCall",
    "InstallationGetCall",
    "InstallationGetManyCall",
    "InstallationIterateCall",
    "InstallationLockCall",
    "InstallationPageCall",
    "InstallationPauseReadsCall",
    "InstallationPurgeCall",
    "InstallationReconfigureCall",
    "InstallationRestoreCall",
    "InstallationUnpauseReadsCall",
    "InstallationUpdateCall",
    "InstallationUpsertCall",
]


class InstallationGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "installations.get"

    project_id: ProjectId
    installation_id: InstallationId


class InstallationFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "installations.find"

    project_id: ProjectId
    installation_id: InstallationId


class InstallationGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "installations.get_many"

    project_id: ProjectId
    installation_ids: tuple[InstallationId, ...]


class InstallationExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "installations.exists"

    project_id: ProjectId
    installation_id: InstallationId


class InstallationPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "installations.page"

    filter: InstallationFilter
    order: InstallationOrder
    limit: int
    after: str | None


class InstallationIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "installations.iterate"

    filter: InstallationFilter
    order: InstallationOrder


class InstallationCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "installations.count"

    filter: InstallationFilter


class InstallationCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "installations.create"

    new: NewInstallation


class InstallationCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "installations.create_many"

    new: tuple[NewInstallation, ...]
    returning: bool


class InstallationUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "installations.update"

    project_id: ProjectId
    installation_id: InstallationId
    expected_version: int
    changes: InstallationChanges


class InstallationUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "installations.upsert"

    new: NewInstallation
    on: InstallationUniqueKey


class InstallationDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "installations.delete"

    project_id: ProjectId
    installation_id: InstallationId
    expected_version: int | None


class InstallationRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "installations.restore"

    project_id: ProjectId
    installation_id: InstallationId


class InstallationPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "installations.purge"

    project_id: ProjectId
    installation_id: InstallationId


class InstallationCreateWithConfigCall(Call):
    """A call of `create_with_config`."""

    called: ClassVar[str] = "installations.create_with_config"

    installation: NewInstallation
    config: NewInstallationConfig


class InstallationReconfigureCall(Call):
    """A call of `reconfigure`."""

    called: ClassVar[str] = "installations.reconfigure"

    project_id: ProjectId
    installation_id: InstallationId
    content: JsonObject
    expected_version: int
    created_by: str
    revision_id: RevisionId | None


class InstallationPauseReadsCall(Call):
    """A call of `pause_reads`."""

    called: ClassVar[str] = "installations.pause_reads"

    project_id: ProjectId
    installation_id: InstallationId


class InstallationUnpauseReadsCall(Call):
    """A call of `unpause_reads`."""

    called: ClassVar[str] = "installations.unpause_reads"

    project_id: ProjectId
    installation_id: InstallationId


class InstallationLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "installations.lock"

    project_id: ProjectId
    installation_id: InstallationId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class InstallationCalls(Calls):
    """The calls of a mock of installations, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        InstallationGetCall,
        InstallationFindCall,
        InstallationGetManyCall,
        InstallationExistsCall,
        InstallationPageCall,
        InstallationIterateCall,
        InstallationCountCall,
        InstallationCreateCall,
        InstallationCreateManyCall,
        InstallationUpdateCall,
        InstallationUpsertCall,
        InstallationDeleteCall,
        InstallationRestoreCall,
        InstallationPurgeCall,
        InstallationCreateWithConfigCall,
        InstallationReconfigureCall,
        InstallationPauseReadsCall,
        InstallationUnpauseReadsCall,
        InstallationLockCall,
    )

    @property
    def get(self) -> tuple[InstallationGetCall, ...]:
        """The calls of `get`."""
        return self._of(InstallationGetCall)

    @property
    def find(self) -> tuple[InstallationFindCall, ...]:
        """The calls of `find`."""
        return self._of(InstallationFindCall)

    @property
    def get_many(self) -> tuple[InstallationGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(InstallationGetManyCall)

    @property
    def exists(self) -> tuple[InstallationExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(InstallationExistsCall)

    @property
    def page(self) -> tuple[InstallationPageCall, ...]:
        """The calls of `page`."""
        return self._of(InstallationPageCall)

    @property
    def iterate(self) -> tuple[InstallationIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(InstallationIterateCall)

    @property
    def count(self) -> tuple[InstallationCountCall, ...]:
        """The calls of `count`."""
        return self._of(InstallationCountCall)

    @property
    def create(self) -> tuple[InstallationCreateCall, ...]:
        """The calls of `create`."""
        return self._of(InstallationCreateCall)

    @property
    def create_many(self) -> tuple[InstallationCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(InstallationCreateManyCall)

    @property
    def update(self) -> tuple[InstallationUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(InstallationUpdateCall)

    @property
    def upsert(self) -> tuple[InstallationUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(InstallationUpsertCall)

    @property
    def delete(self) -> tuple[InstallationDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(InstallationDeleteCall)

    @property
    def restore(self) -> tuple[InstallationRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(InstallationRestoreCall)

    @property
    def purge(self) -> tuple[InstallationPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(InstallationPurgeCall)

    @property
    def create_with_config(self) -> tuple[InstallationCreateWithConfigCall, ...]:
        """The calls of `create_with_config`."""
        return self._of(InstallationCreateWithConfigCall)

    @property
    def reconfigure(self) -> tuple[InstallationReconfigureCall, ...]:
        """The calls of `reconfigure`."""
        return self._of(InstallationReconfigureCall)

    @property
    def pause_reads(self) -> tuple[InstallationPauseReadsCall, ...]:
        """The calls of `pause_reads`."""
        return self._of(InstallationPauseReadsCall)

    @property
    def unpause_reads(self) -> tuple[InstallationUnpauseReadsCall, ...]:
        """The calls of `unpause_reads`."""
        return self._of(InstallationUnpauseReadsCall)

    @property
    def lock(self) -> tuple[InstallationLockCall, ...]:
        """The calls of `lock`."""
        return self._of(InstallationLockCall)
