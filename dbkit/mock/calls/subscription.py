# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of subscriptions."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.subscription import SubscriptionChanges, SubscriptionOrder, SubscriptionUniqueKey
from dbkit.types.identifiers import ProjectId, SubscriptionId
from dbkit.types.lock import LockStrength
from dbkit.types.subscription import NewSubscription, SubscriptionFilter

__all__ = [
    "SubscriptionCalls",
    "SubscriptionCountCall",
    "SubscriptionCreateCall",
    "SubscriptionCreateManyCall",
    "SubscriptionDeleteCall",
    "SubscriptionDueForRenewalCall",
    "SubscriptionExistsCall",
    "SubscriptionFindByProviderRefCall",
    "SubscriptionFindCall",
    "SubscriptionGetCall",
    "SubscriptionGetManyCall",
    "SubscriptionIterateCall",
    "SubscriptionLockCall",
    "SubscriptionPageCall",
    "SubscriptionUpdateCall",
    "SubscriptionUpsertCall",
]


class SubscriptionGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "subscriptions.get"

    project_id: ProjectId
    subscription_id: SubscriptionId


class SubscriptionFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "subscriptions.find"

    project_id: ProjectId
    subscription_id: SubscriptionId


class SubscriptionGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "subscriptions.get_many"

    project_id: ProjectId
    subscription_ids: tuple[SubscriptionId, ...]


class SubscriptionExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "subscriptions.exists"

    project_id: ProjectId
    subscription_id: SubscriptionId


class SubscriptionPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "subscriptions.page"

    filter: SubscriptionFilter
    order: SubscriptionOrder
    limit: int
    after: str | None


class SubscriptionIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "subscriptions.iterate"

    filter: SubscriptionFilter
    order: SubscriptionOrder


class SubscriptionCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "subscriptions.count"

    filter: SubscriptionFilter


class SubscriptionCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "subscriptions.create"

    new: NewSubscription


class SubscriptionCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "subscriptions.create_many"

    new: tuple[NewSubscription, ...]
    returning: bool


class SubscriptionUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "subscriptions.update"

    project_id: ProjectId
    subscription_id: SubscriptionId
    expected_version: int
    changes: SubscriptionChanges


class SubscriptionUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "subscriptions.upsert"

    new: NewSubscription
    on: SubscriptionUniqueKey


class SubscriptionDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "subscriptions.delete"

    project_id: ProjectId
    subscription_id: SubscriptionId
    expected_version: int | None


class SubscriptionFindByProviderRefCall(Call):
    """A call of `find_by_provider_ref`."""

    called: ClassVar[str] = "subscriptions.find_by_provider_ref"

    project_id: ProjectId
    provider_subscription_ref: str


class SubscriptionLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "subscriptions.lock"

    project_id: ProjectId
    subscription_id: SubscriptionId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class SubscriptionDueForRenewalCall(Call):
    """A call of `due_for_renewal`."""

    called: ClassVar[str] = "subscriptions.due_for_renewal"

    before: datetime
    limit: int


class SubscriptionCalls(Calls):
    """The calls of a mock of subscriptions, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        SubscriptionGetCall,
        SubscriptionFindCall,
        SubscriptionGetManyCall,
        SubscriptionExistsCall,
        SubscriptionPageCall,
        SubscriptionIterateCall,
        SubscriptionCountCall,
        SubscriptionCreateCall,
        SubscriptionCreateManyCall,
        SubscriptionUpdateCall,
        SubscriptionUpsertCall,
        SubscriptionDeleteCall,
        SubscriptionFindByProviderRefCall,
        SubscriptionLockCall,
        SubscriptionDueForRenewalCall,
    )

    @property
    def get(self) -> tuple[SubscriptionGetCall, ...]:
        """The calls of `get`."""
        return self._of(SubscriptionGetCall)

    @property
    def find(self) -> tuple[SubscriptionFindCall, ...]:
        """The calls of `find`."""
        return self._of(SubscriptionFindCall)

    @property
    def get_many(self) -> tuple[SubscriptionGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(SubscriptionGetManyCall)

    @property
    def exists(self) -> tuple[SubscriptionExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(SubscriptionExistsCall)

    @property
    def page(self) -> tuple[SubscriptionPageCall, ...]:
        """The calls of `page`."""
        return self._of(SubscriptionPageCall)

    @property
    def iterate(self) -> tuple[SubscriptionIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(SubscriptionIterateCall)

    @property
    def count(self) -> tuple[SubscriptionCountCall, ...]:
        """The calls of `count`."""
        return self._of(SubscriptionCountCall)

    @property
    def create(self) -> tuple[SubscriptionCreateCall, ...]:
        """The calls of `create`."""
        return self._of(SubscriptionCreateCall)

    @property
    def create_many(self) -> tuple[SubscriptionCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(SubscriptionCreateManyCall)

    @property
    def update(self) -> tuple[SubscriptionUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(SubscriptionUpdateCall)

    @property
    def upsert(self) -> tuple[SubscriptionUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(SubscriptionUpsertCall)

    @property
    def delete(self) -> tuple[SubscriptionDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(SubscriptionDeleteCall)

    @property
    def find_by_provider_ref(self) -> tuple[SubscriptionFindByProviderRefCall, ...]:
        """The calls of `find_by_provider_ref`."""
        return self._of(SubscriptionFindByProviderRefCall)

    @property
    def lock(self) -> tuple[SubscriptionLockCall, ...]:
        """The calls of `lock`."""
        return self._of(SubscriptionLockCall)

    @property
    def due_for_renewal(self) -> tuple[SubscriptionDueForRenewalCall, ...]:
        """The calls of `due_for_renewal`."""
        return self._of(SubscriptionDueForRenewalCall)
