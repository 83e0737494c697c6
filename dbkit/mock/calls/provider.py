# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of providers."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.provider import ProviderChanges, ProviderOrder, ProviderUniqueKey
from dbkit.types.identifiers import ProviderSlug
from dbkit.types.lock import LockStrength
from dbkit.types.provider import NewProvider, ProviderFilter

__all__ = [
    "ProviderCalls",
    "ProviderCountCall",
    "ProviderCreateCall",
    "ProviderCreateManyCall",
    "ProviderDeleteCall",
    "ProviderExistsCall",
    "ProviderFindCall",
    "ProviderGetCall",
    "ProviderGetManyCall",
    "ProviderIterateCall",
    "ProviderLockCall",
    "ProviderPageCall",
    "ProviderSyncCall",
    "ProviderUpdateCall",
    "ProviderUpsertCall",
]


class ProviderGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "providers.get"

    slug: ProviderSlug


class ProviderFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "providers.find"

    slug: ProviderSlug


class ProviderGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "providers.get_many"

    slugs: tuple[ProviderSlug, ...]


class ProviderExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "providers.exists"

    slug: ProviderSlug


class ProviderPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "providers.page"

    filter: ProviderFilter | None
    order: ProviderOrder
    limit: int
    after: str | None


class ProviderIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "providers.iterate"

    filter: ProviderFilter | None
    order: ProviderOrder


class ProviderCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "providers.count"

    filter: ProviderFilter | None


class ProviderCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "providers.create"

    new: NewProvider


class ProviderCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "providers.create_many"

    new: tuple[NewProvider, ...]
    returning: bool


class ProviderUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "providers.update"

    slug: ProviderSlug
    changes: ProviderChanges


class ProviderUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "providers.upsert"

    new: NewProvider
    on: ProviderUniqueKey


class ProviderDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "providers.delete"

    slug: ProviderSlug


class ProviderSyncCall(Call):
    """A call of `sync`."""

    called: ClassVar[str] = "providers.sync"

    catalogue: tuple[NewProvider, ...]


class ProviderLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "providers.lock"

    slug: ProviderSlug
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ProviderCalls(Calls):
    """The calls of a mock of providers, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ProviderGetCall,
        ProviderFindCall,
        ProviderGetManyCall,
        ProviderExistsCall,
        ProviderPageCall,
        ProviderIterateCall,
        ProviderCountCall,
        ProviderCreateCall,
        ProviderCreateManyCall,
        ProviderUpdateCall,
        ProviderUpsertCall,
        ProviderDeleteCall,
        ProviderSyncCall,
        ProviderLockCall,
    )

    @property
    def get(self) -> tuple[ProviderGetCall, ...]:
        """The calls of `get`."""
        return self._of(ProviderGetCall)

    @property
    def find(self) -> tuple[ProviderFindCall, ...]:
        """The calls of `find`."""
        return self._of(ProviderFindCall)

    @property
    def get_many(self) -> tuple[ProviderGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ProviderGetManyCall)

    @property
    def exists(self) -> tuple[ProviderExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ProviderExistsCall)

    @property
    def page(self) -> tuple[ProviderPageCall, ...]:
        """The calls of `page`."""
        return self._of(ProviderPageCall)

    @property
    def iterate(self) -> tuple[ProviderIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ProviderIterateCall)

    @property
    def count(self) -> tuple[ProviderCountCall, ...]:
        """The calls of `count`."""
        return self._of(ProviderCountCall)

    @property
    def create(self) -> tuple[ProviderCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ProviderCreateCall)

    @property
    def create_many(self) -> tuple[ProviderCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ProviderCreateManyCall)

    @property
    def update(self) -> tuple[ProviderUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ProviderUpdateCall)

    @property
    def upsert(self) -> tuple[ProviderUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ProviderUpsertCall)

    @property
    def delete(self) -> tuple[ProviderDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ProviderDeleteCall)

    @property
    def sync(self) -> tuple[ProviderSyncCall, ...]:
        """The calls of `sync`."""
        return self._of(ProviderSyncCall)

    @property
    def lock(self) -> tuple[ProviderLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ProviderLockCall)
