# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of provider_apps."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.provider_app import ProviderAppChanges, ProviderAppOrder, ProviderAppUniqueKey
from dbkit.types.identifiers import EncryptionKeyId, ProjectId, ProviderAppId
from dbkit.types.lock import LockStrength
from dbkit.types.provider_app import NewProviderApp, ProviderAppFilter

__all__ = [
    "ProviderAppCalls",
    "ProviderAppCountCall",
    "ProviderAppCreateCall",
    "ProviderAppCreateManyCall",
    "ProviderAppDeleteCall",
    "ProviderAppExistsCall",
    "ProviderAppFindByExternalRefCall",
    "ProviderAppFindCall",
    "ProviderAppGetCall",
    "ProviderAppGetManyCall",
    "ProviderAppIsSealedWithCall",
    "ProviderAppIterateCall",
    "ProviderAppLockCall",
    "ProviderAppPageCall",
    "ProviderAppPurgeCall",
    "ProviderAppResealCall",
    "ProviderAppRestoreCall",
    "ProviderAppUpdateCall",
    "ProviderAppUpsertCall",
]


class ProviderAppGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "provider_apps.get"

    project_id: ProjectId
    provider_app_id: ProviderAppId


class ProviderAppFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "provider_apps.find"

    project_id: ProjectId
    provider_app_id: ProviderAppId


class ProviderAppGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "provider_apps.get_many"

    project_id: ProjectId
    provider_app_ids: tuple[ProviderAppId, ...]


class ProviderAppExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "provider_apps.exists"

    project_id: ProjectId
    provider_app_id: ProviderAppId


class ProviderAppPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "provider_apps.page"

    filter: ProviderAppFilter
    order: ProviderAppOrder
    limit: int
    after: str | None


class ProviderAppIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "provider_apps.iterate"

    filter: ProviderAppFilter
    order: ProviderAppOrder


class ProviderAppCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "provider_apps.count"

    filter: ProviderAppFilter


class ProviderAppCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "provider_apps.create"

    new: NewProviderApp


class ProviderAppCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "provider_apps.create_many"

    new: tuple[NewProviderApp, ...]
    returning: bool


class ProviderAppUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "provider_apps.update"

    project_id: ProjectId
    provider_app_id: ProviderAppId
    expected_version: int
    changes: ProviderAppChanges


class ProviderAppUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "provider_apps.upsert"

    new: NewProviderApp
    on: ProviderAppUniqueKey


class ProviderAppDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "provider_apps.delete"

    project_id: ProjectId
    provider_app_id: ProviderAppId
    expected_version: int | None


class ProviderAppRestoreCall(Call):
    """A call of `restore`."""

    called: ClassVar[str] = "provider_apps.restore"

    project_id: ProjectId
    provider_app_id: ProviderAppId


class ProviderAppPurgeCall(Call):
    """A call of `purge`."""

    called: ClassVar[str] = "provider_apps.purge"

    project_id: ProjectId
    provider_app_id: ProviderAppId


class ProviderAppFindByExternalRefCall(Call):
    """A call of `find_by_external_ref`."""

    called: ClassVar[str] = "provider_apps.find_by_external_ref"

    project_id: ProjectId
    external_ref: str


class ProviderAppResealCall(Call):
    """A call of `reseal`."""

    called: ClassVar[str] = "provider_apps.reseal"

    project_id: ProjectId
    provider_app_id: ProviderAppId
    key_id: EncryptionKeyId


class ProviderAppIsSealedWithCall(Call):
    """A call of `is_sealed_with`."""

    called: ClassVar[str] = "provider_apps.is_sealed_with"

    project_id: ProjectId
    key_id: EncryptionKeyId


class ProviderAppLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "provider_apps.lock"

    project_id: ProjectId
    provider_app_id: ProviderAppId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ProviderAppCalls(Calls):
    """The calls of a mock of provider_apps, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ProviderAppGetCall,
        ProviderAppFindCall,
        ProviderAppGetManyCall,
        ProviderAppExistsCall,
        ProviderAppPageCall,
        ProviderAppIterateCall,
        ProviderAppCountCall,
        ProviderAppCreateCall,
        ProviderAppCreateManyCall,
        ProviderAppUpdateCall,
        ProviderAppUpsertCall,
        ProviderAppDeleteCall,
        ProviderAppRestoreCall,
        ProviderAppPurgeCall,
        ProviderAppFindByExternalRefCall,
        ProviderAppResealCall,
        ProviderAppIsSealedWithCall,
        ProviderAppLockCall,
    )

    @property
    def get(self) -> tuple[ProviderAppGetCall, ...]:
        """The calls of `get`."""
        return self._of(ProviderAppGetCall)

    @property
    def find(self) -> tuple[ProviderAppFindCall, ...]:
        """The calls of `find`."""
        return self._of(ProviderAppFindCall)

    @property
    def get_many(self) -> tuple[ProviderAppGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ProviderAppGetManyCall)

    @property
    def exists(self) -> tuple[ProviderAppExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ProviderAppExistsCall)

    @property
    def page(self) -> tuple[ProviderAppPageCall, ...]:
        """The calls of `page`."""
        return self._of(ProviderAppPageCall)

    @property
    def iterate(self) -> tuple[ProviderAppIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ProviderAppIterateCall)

    @property
    def count(self) -> tuple[ProviderAppCountCall, ...]:
        """The calls of `count`."""
        return self._of(ProviderAppCountCall)

    @property
    def create(self) -> tuple[ProviderAppCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ProviderAppCreateCall)

    @property
    def create_many(self) -> tuple[ProviderAppCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ProviderAppCreateManyCall)

    @property
    def update(self) -> tuple[ProviderAppUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ProviderAppUpdateCall)

    @property
    def upsert(self) -> tuple[ProviderAppUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ProviderAppUpsertCall)

    @property
    def delete(self) -> tuple[ProviderAppDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ProviderAppDeleteCall)

    @property
    def restore(self) -> tuple[ProviderAppRestoreCall, ...]:
        """The calls of `restore`."""
        return self._of(ProviderAppRestoreCall)

    @property
    def purge(self) -> tuple[ProviderAppPurgeCall, ...]:
        """The calls of `purge`."""
        return self._of(ProviderAppPurgeCall)

    @property
    def find_by_external_ref(self) -> tuple[ProviderAppFindByExternalRefCall, ...]:
        """The calls of `find_by_external_ref`."""
        return self._of(ProviderAppFindByExternalRefCall)

    @property
    def reseal(self) -> tuple[ProviderAppResealCall, ...]:
        """The calls of `reseal`."""
        return self._of(ProviderAppResealCall)

    @property
    def is_sealed_with(self) -> tuple[ProviderAppIsSealedWithCall, ...]:
        """The calls of `is_sealed_with`."""
        return self._of(ProviderAppIsSealedWithCall)

    @property
    def lock(self) -> tuple[ProviderAppLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ProviderAppLockCall)
