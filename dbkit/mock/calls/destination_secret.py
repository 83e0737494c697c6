# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of destination_secrets."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.destination_secret import (
    DestinationSecretChanges,
    DestinationSecretOrder,
    DestinationSecretUniqueKey,
)
from dbkit.types.destination_secret import DestinationSecretFilter, DestinationSecretKind, NewDestinationSecret
from dbkit.types.identifiers import DestinationId, EncryptionKeyId, ProjectId
from dbkit.types.lock import LockStrength

__all__ = [
    "DestinationSecretCalls",
    "DestinationSecretCountCall",
    "DestinationSecretCreateCall",
    "DestinationSecretCreateManyCall",
    "DestinationSecretDeleteCall",
    "DestinationSecretExistsCall",
    "DestinationSecretFindCall",
    "DestinationSecretGetCall",
    "DestinationSecretGetManyCall",
    "DestinationSecretIterateCall",
    "DestinationSecretLockCall",
    "DestinationSecretPageCall",
    "DestinationSecretResealBatchCall",
    "DestinationSecretUpdateCall",
    "DestinationSecretUpsertCall",
]


class DestinationSecretGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "destination_secrets.get"

    project_id: ProjectId
    destination_id: DestinationId
    kind: DestinationSecretKind


class DestinationSecretFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "destination_secrets.find"

    project_id: ProjectId
    destination_id: DestinationId
    kind: DestinationSecretKind


class DestinationSecretGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "destination_secrets.get_many"

    project_id: ProjectId
    destination_id: DestinationId
    kinds: tuple[DestinationSecretKind, ...]


class DestinationSecretExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "destination_secrets.exists"

    project_id: ProjectId
    destination_id: DestinationId
    kind: DestinationSecretKind


class DestinationSecretPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "destination_secrets.page"

    filter: DestinationSecretFilter
    order: DestinationSecretOrder
    limit: int
    after: str | None


class DestinationSecretIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "destination_secrets.iterate"

    filter: DestinationSecretFilter
    order: DestinationSecretOrder


class DestinationSecretCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "destination_secrets.count"

    filter: DestinationSecretFilter


class DestinationSecretCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "destination_secrets.create"

    new: NewDestinationSecret


class DestinationSecretCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "destination_secrets.create_many"

    new: tuple[NewDestinationSecret, ...]
    returning: bool


class DestinationSecretUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "destination_secrets.update"

    project_id: ProjectId
    destination_id: DestinationId
    kind: DestinationSecretKind
    expected_version: int
    changes: DestinationSecretChanges


class DestinationSecretUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "destination_secrets.upsert"

    new: NewDestinationSecret
    on: DestinationSecretUniqueKey


class DestinationSecretDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "destination_secrets.delete"

    project_id: ProjectId
    destination_id: DestinationId
    kind: DestinationSecretKind
    expected_version: int | None


class DestinationSecretResealBatchCall(Call):
    """A call of `reseal_batch`."""

    called: ClassVar[str] = "destination_secrets.reseal_batch"

    project_id: ProjectId
    from_key: EncryptionKeyId
    to_key: EncryptionKeyId
    after: tuple[DestinationId, DestinationSecretKind] | None
    limit: int


class DestinationSecretLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "destination_secrets.lock"

    project_id: ProjectId
    destination_id: DestinationId
    kind: DestinationSecretKind
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class DestinationSecretCalls(Calls):
    """The calls of a mock of destination_secrets, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        DestinationSecretGetCall,
        DestinationSecretFindCall,
        DestinationSecretGetManyCall,
        DestinationSecretExistsCall,
        DestinationSecretPageCall,
        DestinationSecretIterateCall,
        DestinationSecretCountCall,
        DestinationSecretCreateCall,
        DestinationSecretCreateManyCall,
        DestinationSecretUpdateCall,
        DestinationSecretUpsertCall,
        DestinationSecretDeleteCall,
        DestinationSecretResealBatchCall,
        DestinationSecretLockCall,
    )

    @property
    def get(self) -> tuple[DestinationSecretGetCall, ...]:
        """The calls of `get`."""
        return self._of(DestinationSecretGetCall)

    @property
    def find(self) -> tuple[DestinationSecretFindCall, ...]:
        """The calls of `find`."""
        return self._of(DestinationSecretFindCall)

    @property
    def get_many(self) -> tuple[DestinationSecretGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(DestinationSecretGetManyCall)

    @property
    def exists(self) -> tuple[DestinationSecretExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(DestinationSecretExistsCall)

    @property
    def page(self) -> tuple[DestinationSecretPageCall, ...]:
        """The calls of `page`."""
        return self._of(DestinationSecretPageCall)

    @property
    def iterate(self) -> tuple[DestinationSecretIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(DestinationSecretIterateCall)

    @property
    def count(self) -> tuple[DestinationSecretCountCall, ...]:
        """The calls of `count`."""
        return self._of(DestinationSecretCountCall)

    @property
    def create(self) -> tuple[DestinationSecretCreateCall, ...]:
        """The calls of `create`."""
        return self._of(DestinationSecretCreateCall)

    @property
    def create_many(self) -> tuple[DestinationSecretCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(DestinationSecretCreateManyCall)

    @property
    def update(self) -> tuple[DestinationSecretUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(DestinationSecretUpdateCall)

    @property
    def upsert(self) -> tuple[DestinationSecretUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(DestinationSecretUpsertCall)

    @property
    def delete(self) -> tuple[DestinationSecretDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(DestinationSecretDeleteCall)

    @property
    def reseal_batch(self) -> tuple[DestinationSecretResealBatchCall, ...]:
        """The calls of `reseal_batch`."""
        return self._of(DestinationSecretResealBatchCall)

    @property
    def lock(self) -> tuple[DestinationSecretLockCall, ...]:
        """The calls of `lock`."""
        return self._of(DestinationSecretLockCall)
