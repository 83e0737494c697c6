# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of api_keys."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.api_key import ApiKeyFilter, NewApiKey
from dbkit.types.calls.api_key import ApiKeyChanges, ApiKeyOrder, ApiKeyUniqueKey
from dbkit.types.identifiers import ApiKeyId, ProjectId
from dbkit.types.lock import LockStrength

__all__ = [
    "ApiKeyCalls",
    "ApiKeyCountCall",
    "ApiKeyCreateCall",
    "ApiKeyCreateManyCall",
    "ApiKeyDeactivateCall",
    "ApiKeyDeleteCall",
    "ApiKeyExistsCall",
    "ApiKeyFindByHashCall",
    "ApiKeyFindCall",
    "ApiKeyGetCall",
    "ApiKeyGetManyCall",
    "ApiKeyIterateCall",
    "ApiKeyLockCall",
    "ApiKeyPageCall",
    "ApiKeyUpdateCall",
    "ApiKeyUpsertCall",
]


class ApiKeyGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "api_keys.get"

    project_id: ProjectId
    api_key_id: ApiKeyId


class ApiKeyFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "api_keys.find"

    project_id: ProjectId
    api_key_id: ApiKeyId


class ApiKeyGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "api_keys.get_many"

    project_id: ProjectId
    api_key_ids: tuple[ApiKeyId, ...]


class ApiKeyExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "api_keys.exists"

    project_id: ProjectId
    api_key_id: ApiKeyId


class ApiKeyPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "api_keys.page"

    filter: ApiKeyFilter
    order: ApiKeyOrder
    limit: int
    after: str | None


class ApiKeyIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "api_keys.iterate"

    filter: ApiKeyFilter
    order: ApiKeyOrder


class ApiKeyCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "api_keys.count"

    filter: ApiKeyFilter


class ApiKeyCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "api_keys.create"

    new: NewApiKey


class ApiKeyCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "api_keys.create_many"

    new: tuple[NewApiKey, ...]
    returning: bool


class ApiKeyUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "api_keys.update"

    project_id: ProjectId
    api_key_id: ApiKeyId
    changes: ApiKeyChanges


class ApiKeyUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "api_keys.upsert"

    new: NewApiKey
    on: ApiKeyUniqueKey


class ApiKeyDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "api_keys.delete"

    project_id: ProjectId
    api_key_id: ApiKeyId


class ApiKeyFindByHashCall(Call):
    """A call of `find_by_hash`."""

    called: ClassVar[str] = "api_keys.find_by_hash"

    key_hash: bytes


class ApiKeyDeactivateCall(Call):
    """A call of `deactivate`."""

    called: ClassVar[str] = "api_keys.deactivate"

    project_id: ProjectId
    api_key_id: ApiKeyId


class ApiKeyLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "api_keys.lock"

    project_id: ProjectId
    api_key_id: ApiKeyId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ApiKeyCalls(Calls):
    """The calls of a mock of api_keys, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ApiKeyGetCall,
        ApiKeyFindCall,
        ApiKeyGetManyCall,
        ApiKeyExistsCall,
        ApiKeyPageCall,
        ApiKeyIterateCall,
        ApiKeyCountCall,
        ApiKeyCreateCall,
        ApiKeyCreateManyCall,
        ApiKeyUpdateCall,
        ApiKeyUpsertCall,
        ApiKeyDeleteCall,
        ApiKeyFindByHashCall,
        ApiKeyDeactivateCall,
        ApiKeyLockCall,
    )

    @property
    def get(self) -> tuple[ApiKeyGetCall, ...]:
        """The calls of `get`."""
        return self._of(ApiKeyGetCall)

    @property
    def find(self) -> tuple[ApiKeyFindCall, ...]:
        """The calls of `find`."""
        return self._of(ApiKeyFindCall)

    @property
    def get_many(self) -> tuple[ApiKeyGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ApiKeyGetManyCall)

    @property
    def exists(self) -> tuple[ApiKeyExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ApiKeyExistsCall)

    @property
    def page(self) -> tuple[ApiKeyPageCall, ...]:
        """The calls of `page`."""
        return self._of(ApiKeyPageCall)

    @property
    def iterate(self) -> tuple[ApiKeyIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ApiKeyIterateCall)

    @property
    def count(self) -> tuple[ApiKeyCountCall, ...]:
        """The calls of `count`."""
        return self._of(ApiKeyCountCall)

    @property
    def create(self) -> tuple[ApiKeyCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ApiKeyCreateCall)

    @property
    def create_many(self) -> tuple[ApiKeyCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ApiKeyCreateManyCall)

    @property
    def update(self) -> tuple[ApiKeyUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ApiKeyUpdateCall)

    @property
    def upsert(self) -> tuple[ApiKeyUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ApiKeyUpsertCall)

    @property
    def delete(self) -> tuple[ApiKeyDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ApiKeyDeleteCall)

    @property
    def find_by_hash(self) -> tuple[ApiKeyFindByHashCall, ...]:
        """The calls of `find_by_hash`."""
        return self._of(ApiKeyFindByHashCall)

    @property
    def deactivate(self) -> tuple[ApiKeyDeactivateCall, ...]:
        """The calls of `deactivate`."""
        return self._of(ApiKeyDeactivateCall)

    @property
    def lock(self) -> tuple[ApiKeyLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ApiKeyLockCall)
