# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of integrations."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.integration import IntegrationChanges, IntegrationOrder, IntegrationUniqueKey
from dbkit.types.identifiers import IntegrationId, ProjectId
from dbkit.types.integration import IntegrationFilter, IntegrationManifest, NewIntegration
from dbkit.types.lock import LockStrength
from dbkit.types.revision import NewRevision

__all__ = [
    "IntegrationBatchUpsertCall",
    "IntegrationCalls",
    "IntegrationCountCall",
    "IntegrationCreateCall",
    "IntegrationCreateManyCall",
    "IntegrationCreateWithRevisionCall",
    "IntegrationDeleteCall",
    "IntegrationExistsCall",
    "IntegrationFindCall",
    "IntegrationGetByIdOrNameCall",
    "IntegrationGetCall",
    "IntegrationGetManyCall",
    "IntegrationIterateCall",
    "IntegrationLockCall",
    "IntegrationPageCall",
    "IntegrationPurgeCall",
    "IntegrationRestoreCall",
    "IntegrationUpdateCall",
    "IntegrationUpsertCall",
]


class IntegrationGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "integrations.get"

    project_id: ProjectId
    integration_id: IntegrationId


class IntegrationFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "integrations.find"

    project_id: ProjectId
    integration_id: IntegrationId


class IntegrationGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "integrations.get_many"

    project_id: ProjectId
    integration_ids: tuple[IntegrationId, ...]


class IntegrationExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "integrations.exists"

    project_id: ProjectId
    integration_id: IntegrationId


class IntegrationPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "integrations.page"

    filter: IntegrationFilter
    order: IntegrationOrder
    limit: int
    after: str | None


class IntegrationIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "integrations.iterate"

    filter: IntegrationFilter
    order: IntegrationOrder


class IntegrationCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "integrations.count"

    filter: IntegrationFilter


class IntegrationCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "integrations.create"

    new: NewIntegration


class IntegrationCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "integrations.create_many"

    new: tuple[NewIntegration, ...]
    returning: bool


class IntegrationUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "integrations.update"

    project_id: ProjectId
    integration_id: IntegrationId
    expected_version: int
    changes: IntegrationChanges


class IntegrationUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "integrations.upsert"

    new: NewIntegration
    on: IntegrationUniqueKey


class IntegrationDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "integrations.delete"

    project_id: ProjectId
    integration_id: IntegrationId
    expected_version: int | None


class IntegrationRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "integrations.restore"

    project_id: ProjectId
    integration_id: IntegrationId


class IntegrationPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "integrations.purge"

    project_id: ProjectId
    integration_id: IntegrationId


class IntegrationGetByIdOrNameCall(Call):
    """A call of `get_by_id_or_name`."""

    called: ClassVar[str] = "integrations.get_by_id_or_name"

    project_id: ProjectId
    id_or_name: IntegrationId | str


class IntegrationCreateWithRevisionCall(Call):
    """A call of `create_with_revision`."""

    called: ClassVar[str] = "integrations.create_with_revision"

    integration: NewIntegration
    revision: NewRevision


class IntegrationBatchUpsertCall(Call):
    """A call of `batch_upsert`."""

    called: ClassVar[str] = "integrations.batch_upsert"

    project_id: ProjectId
    manifests: tuple[IntegrationManifest, ...]
    destructive: bool


class IntegrationLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "integrations.lock"

    project_id: ProjectId
    integration_id: IntegrationId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class IntegrationCalls(Calls):
    """The calls of a mock of integrations, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        IntegrationGetCall,
        IntegrationFindCall,
        IntegrationGetManyCall,
        IntegrationExistsCall,
        IntegrationPageCall,
        IntegrationIterateCall,
        IntegrationCountCall,
        IntegrationCreateCall,
        IntegrationCreateManyCall,
        IntegrationUpdateCall,
        IntegrationUpsertCall,
        IntegrationDeleteCall,
        IntegrationRestoreCall,
        IntegrationPurgeCall,
        IntegrationGetByIdOrNameCall,
        IntegrationCreateWithRevisionCall,
        IntegrationBatchUpsertCall,
        IntegrationLockCall,
    )

    @property
    def get(self) -> tuple[IntegrationGetCall, ...]:
        """The calls of `get`."""
        return self._of(IntegrationGetCall)

    @property
    def find(self) -> tuple[IntegrationFindCall, ...]:
        """The calls of `find`."""
        return self._of(IntegrationFindCall)

    @property
    def get_many(self) -> tuple[IntegrationGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(IntegrationGetManyCall)

    @property
    def exists(self) -> tuple[IntegrationExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(IntegrationExistsCall)

    @property
    def page(self) -> tuple[IntegrationPageCall, ...]:
        """The calls of `page`."""
        return self._of(IntegrationPageCall)

    @property
    def iterate(self) -> tuple[IntegrationIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(IntegrationIterateCall)

    @property
    def count(self) -> tuple[IntegrationCountCall, ...]:
        """The calls of `count`."""
        return self._of(IntegrationCountCall)

    @property
    def create(self) -> tuple[IntegrationCreateCall, ...]:
        """The calls of `create`."""
        return self._of(IntegrationCreateCall)

    @property
    def create_many(self) -> tuple[IntegrationCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(IntegrationCreateManyCall)

    @property
    def update(self) -> tuple[IntegrationUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(IntegrationUpdateCall)

    @property
    def upsert(self) -> tuple[IntegrationUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(IntegrationUpsertCall)

    @property
    def delete(self) -> tuple[IntegrationDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(IntegrationDeleteCall)

    @property
    def restore(self) -> tuple[IntegrationRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(IntegrationRestoreCall)

    @property
    def purge(self) -> tuple[IntegrationPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(IntegrationPurgeCall)

    @property
    def get_by_id_or_name(self) -> tuple[IntegrationGetByIdOrNameCall, ...]:
        """The calls of `get_by_id_or_name`."""
        return self._of(IntegrationGetByIdOrNameCall)

    @property
    def create_with_revision(self) -> tuple[IntegrationCreateWithRevisionCall, ...]:
        """The calls of `create_with_revision`."""
        return self._of(IntegrationCreateWithRevisionCall)

    @property
    def batch_upsert(self) -> tuple[IntegrationBatchUpsertCall, ...]:
        """The calls of `batch_upsert`."""
        return self._of(IntegrationBatchUpsertCall)

    @property
    def lock(self) -> tuple[IntegrationLockCall, ...]:
        """The calls of `lock`."""
        return self._of(IntegrationLockCall)
