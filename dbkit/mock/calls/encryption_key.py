# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of encryption_keys."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.encryption_key import EncryptionKeyChanges, EncryptionKeyOrder, EncryptionKeyUniqueKey
from dbkit.types.encryption_key import EncryptionKeyFilter, NewEncryptionKey
from dbkit.types.identifiers import EncryptionKeyId, ProjectId
from dbkit.types.lock import LockStrength

__all__ = [
    "EncryptionKeyActiveCall",
    "EncryptionKeyCalls",
    "EncryptionKeyCountCall",
    "EncryptionKeyCreateCall",
    "EncryptionKeyCreateManyCall",
    "EncryptionKeyDeleteCall",
    "EncryptionKeyExistsCall",
    "EncryptionKeyFindCall",
    "EncryptionKeyGetCall",
    "EncryptionKeyGetManyCall",
    "EncryptionKeyIterateCall",
    "EncryptionKeyLockCall",
    "EncryptionKeyPageCall",
    "EncryptionKeyRotateCall",
    "EncryptionKeyUnusedRetiringCall",
    "EncryptionKeyUpdateCall",
    "EncryptionKeyUpsertCall",
]


class EncryptionKeyGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "encryption_keys.get"

    project_id: ProjectId
    encryption_key_id: EncryptionKeyId


class EncryptionKeyFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "encryption_keys.find"

    project_id: ProjectId
    encryption_key_id: EncryptionKeyId


class EncryptionKeyGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "encryption_keys.get_many"

    project_id: ProjectId
    encryption_key_ids: tuple[EncryptionKeyId, ...]


class EncryptionKeyExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "encryption_keys.exists"

    project_id: ProjectId
    encryption_key_id: EncryptionKeyId


class EncryptionKeyPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "encryption_keys.page"

    filter: EncryptionKeyFilter
    order: EncryptionKeyOrder
    limit: int
    after: str | None


class EncryptionKeyIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "encryption_keys.iterate"

    filter: EncryptionKeyFilter
    order: EncryptionKeyOrder


class EncryptionKeyCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "encryption_keys.count"

    filter: EncryptionKeyFilter


class EncryptionKeyCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "encryption_keys.create"

    new: NewEncryptionKey


class EncryptionKeyCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "encryption_keys.create_many"

    new: tuple[NewEncryptionKey, ...]
    returning: bool


class EncryptionKeyUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "encryption_keys.update"

    project_id: ProjectId
    encryption_key_id: EncryptionKeyId
    changes: EncryptionKeyChanges


class EncryptionKeyUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "encryption_keys.upsert"

    new: NewEncryptionKey
    on: EncryptionKeyUniqueKey


class EncryptionKeyDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "encryption_keys.delete"

    project_id: ProjectId
    encryption_key_id: EncryptionKeyId


class EncryptionKeyActiveCall(Call):
    """A call of `active`."""

    called: ClassVar[str] = "encryption_keys.active"

    project_id: ProjectId
    purpose: str


class EncryptionKeyRotateCall(Call):
    """A call of `rotate`."""

    called: ClassVar[str] = "encryption_keys.rotate"

    project_id: ProjectId
    purpose: str
    new_key: NewEncryptionKey


class EncryptionKeyUnusedRetiringCall(Call):
    """A call of `unused_retiring`."""

    called: ClassVar[str] = "encryption_keys.unused_retiring"

    limit: int


class EncryptionKeyLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "encryption_keys.lock"

    project_id: ProjectId
    encryption_key_id: EncryptionKeyId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class EncryptionKeyCalls(Calls):
    """The calls of a mock of encryption_keys, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        EncryptionKeyGetCall,
        EncryptionKeyFindCall,
        EncryptionKeyGetManyCall,
        EncryptionKeyExistsCall,
        EncryptionKeyPageCall,
        EncryptionKeyIterateCall,
        EncryptionKeyCountCall,
        EncryptionKeyCreateCall,
        EncryptionKeyCreateManyCall,
        EncryptionKeyUpdateCall,
        EncryptionKeyUpsertCall,
        EncryptionKeyDeleteCall,
        EncryptionKeyActiveCall,
        EncryptionKeyRotateCall,
        EncryptionKeyUnusedRetiringCall,
        EncryptionKeyLockCall,
    )

    @property
    def get(self) -> tuple[EncryptionKeyGetCall, ...]:
        """The calls of `get`."""
        return self._of(EncryptionKeyGetCall)

    @property
    def find(self) -> tuple[EncryptionKeyFindCall, ...]:
        """The calls of `find`."""
        return self._of(EncryptionKeyFindCall)

    @property
    def get_many(self) -> tuple[EncryptionKeyGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(EncryptionKeyGetManyCall)

    @property
    def exists(self) -> tuple[EncryptionKeyExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(EncryptionKeyExistsCall)

    @property
    def page(self) -> tuple[EncryptionKeyPageCall, ...]:
        """The calls of `page`."""
        return self._of(EncryptionKeyPageCall)

    @property
    def iterate(self) -> tuple[EncryptionKeyIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(EncryptionKeyIterateCall)

    @property
    def count(self) -> tuple[EncryptionKeyCountCall, ...]:
        """The calls of `count`."""
        return self._of(EncryptionKeyCountCall)

    @property
    def create(self) -> tuple[EncryptionKeyCreateCall, ...]:
        """The calls of `create`."""
        return self._of(EncryptionKeyCreateCall)

    @property
    def create_many(self) -> tuple[EncryptionKeyCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(EncryptionKeyCreateManyCall)

    @property
    def update(self) -> tuple[EncryptionKeyUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(EncryptionKeyUpdateCall)

    @property
    def upsert(self) -> tuple[EncryptionKeyUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(EncryptionKeyUpsertCall)

    @property
    def delete(self) -> tuple[EncryptionKeyDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(EncryptionKeyDeleteCall)

    @property
    def active(self) -> tuple[EncryptionKeyActiveCall, ...]:
        """The calls of `active`."""
        return self._of(EncryptionKeyActiveCall)

    @property
    def rotate(self) -> tuple[EncryptionKeyRotateCall, ...]:
        """The calls of `rotate`."""
        return self._of(EncryptionKeyRotateCall)

    @property
    def unused_retiring(self) -> tuple[EncryptionKeyUnusedRetiringCall, ...]:
        """The calls of `unused_retiring`."""
        return self._of(EncryptionKeyUnusedRetiringCall)

    @property
    def lock(self) -> tuple[EncryptionKeyLockCall, ...]:
        """The calls of `lock`."""
        return self._of(EncryptionKeyLockCall)
