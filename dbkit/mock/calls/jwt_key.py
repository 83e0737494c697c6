# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of jwt_keys."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.jwt_key import JwtKeyChanges, JwtKeyOrder, JwtKeyUniqueKey
from dbkit.types.identifiers import JwtKeyId, ProjectId
from dbkit.types.jwt_key import JwtKeyFilter, NewJwtKey
from dbkit.types.lock import LockStrength

__all__ = [
    "JwtKeyActiveKeysCall",
    "JwtKeyCalls",
    "JwtKeyCountCall",
    "JwtKeyCreateCall",
    "JwtKeyCreateManyCall",
    "JwtKeyDeleteCall",
    "JwtKeyExistsCall",
    "JwtKeyFindCall",
    "JwtKeyGetCall",
    "JwtKeyGetManyCall",
    "JwtKeyIterateCall",
    "JwtKeyLockCall",
    "JwtKeyPageCall",
    "JwtKeyUpdateCall",
    "JwtKeyUpsertCall",
]


class JwtKeyGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "jwt_keys.get"

    project_id: ProjectId
    jwt_key_id: JwtKeyId


class JwtKeyFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "jwt_keys.find"

    project_id: ProjectId
    jwt_key_id: JwtKeyId


class JwtKeyGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "jwt_keys.get_many"

    project_id: ProjectId
    jwt_key_ids: tuple[JwtKeyId, ...]


class JwtKeyExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "jwt_keys.exists"

    project_id: ProjectId
    jwt_key_id: JwtKeyId


class JwtKeyPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "jwt_keys.page"

    filter: JwtKeyFilter
    order: JwtKeyOrder
    limit: int
    after: str | None


class JwtKeyIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "jwt_keys.iterate"

    filter: JwtKeyFilter
    order: JwtKeyOrder


class JwtKeyCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "jwt_keys.count"

    filter: JwtKeyFilter


class JwtKeyCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "jwt_keys.create"

    new: NewJwtKey


class JwtKeyCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "jwt_keys.create_many"

    new: tuple[NewJwtKey, ...]
    returning: bool


class JwtKeyUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "jwt_keys.update"

    project_id: ProjectId
    jwt_key_id: JwtKeyId
    changes: JwtKeyChanges


class JwtKeyUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "jwt_keys.upsert"

    new: NewJwtKey
    on: JwtKeyUniqueKey


class JwtKeyDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "jwt_keys.delete"

    project_id: ProjectId
    jwt_key_id: JwtKeyId


class JwtKeyActiveKeysCall(Call):
    """A call of `active_keys`."""

    called: ClassVar[str] = "jwt_keys.active_keys"

    project_id: ProjectId


class JwtKeyLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "jwt_keys.lock"

    project_id: ProjectId
    jwt_key_id: JwtKeyId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class JwtKeyCalls(Calls):
    """The calls of a mock of jwt_keys, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        JwtKeyGetCall,
        JwtKeyFindCall,
        JwtKeyGetManyCall,
        JwtKeyExistsCall,
        JwtKeyPageCall,
        JwtKeyIterateCall,
        JwtKeyCountCall,
        JwtKeyCreateCall,
        JwtKeyCreateManyCall,
        JwtKeyUpdateCall,
        JwtKeyUpsertCall,
        JwtKeyDeleteCall,
        JwtKeyActiveKeysCall,
        JwtKeyLockCall,
    )

    @property
    def get(self) -> tuple[JwtKeyGetCall, ...]:
        """The calls of `get`."""
        return self._of(JwtKeyGetCall)

    @property
    def find(self) -> tuple[JwtKeyFindCall, ...]:
        """The calls of `find`."""
        return self._of(JwtKeyFindCall)

    @property
    def get_many(self) -> tuple[JwtKeyGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(JwtKeyGetManyCall)

    @property
    def exists(self) -> tuple[JwtKeyExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(JwtKeyExistsCall)

    @property
    def page(self) -> tuple[JwtKeyPageCall, ...]:
        """The calls of `page`."""
        return self._of(JwtKeyPageCall)

    @property
    def iterate(self) -> tuple[JwtKeyIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(JwtKeyIterateCall)

    @property
    def count(self) -> tuple[JwtKeyCountCall, ...]:
        """The calls of `count`."""
        return self._of(JwtKeyCountCall)

    @property
    def create(self) -> tuple[JwtKeyCreateCall, ...]:
        """The calls of `create`."""
        return self._of(JwtKeyCreateCall)

    @property
    def create_many(self) -> tuple[JwtKeyCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(JwtKeyCreateManyCall)

    @property
    def update(self) -> tuple[JwtKeyUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(JwtKeyUpdateCall)

    @property
    def upsert(self) -> tuple[JwtKeyUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(JwtKeyUpsertCall)

    @property
    def delete(self) -> tuple[JwtKeyDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(JwtKeyDeleteCall)

    @property
    def active_keys(self) -> tuple[JwtKeyActiveKeysCall, ...]:
        """The calls of `active_keys`."""
        return self._of(JwtKeyActiveKeysCall)

    @property
    def lock(self) -> tuple[JwtKeyLockCall, ...]:
        """The calls of `lock`."""
        return self._of(JwtKeyLockCall)
