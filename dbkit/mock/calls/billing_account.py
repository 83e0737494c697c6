# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of billing_accounts."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.billing_account import BillingAccountFilter, NewBillingAccount
from dbkit.types.calls.billing_account import BillingAccountChanges, BillingAccountOrder, BillingAccountUniqueKey
from dbkit.types.identifiers import BillingAccountId, OrganizationId
from dbkit.types.lock import LockStrength

__all__ = [
    "BillingAccountCalls",
    "BillingAccountCountCall",
    "BillingAccountCreateCall",
    "BillingAccountCreateManyCall",
    "BillingAccountDeleteCall",
    "BillingAccountExistsCall",
    "BillingAccountFindCall",
    "BillingAccountGetByOrganizationCall",
    "BillingAccountGetCall",
    "BillingAccountGetManyCall",
    "BillingAccountIterateCall",
    "BillingAccountLockCall",
    "BillingAccountPageCall",
    "BillingAccountUpdateCall",
    "BillingAccountUpsertCall",
]


class BillingAccountGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "billing_accounts.get"

    billing_account_id: BillingAccountId


class BillingAccountFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "billing_accounts.find"

    billing_account_id: BillingAccountId


class BillingAccountGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "billing_accounts.get_many"

    billing_account_ids: tuple[BillingAccountId, ...]


class BillingAccountExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "billing_accounts.exists"

    billing_account_id: BillingAccountId


class BillingAccountPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "billing_accounts.page"

    filter: BillingAccountFilter
    order: BillingAccountOrder
    limit: int
    after: str | None


class BillingAccountIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "billing_accounts.iterate"

    filter: BillingAccountFilter
    order: BillingAccountOrder


class BillingAccountCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "billing_accounts.count"

    filter: BillingAccountFilter


class BillingAccountCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "billing_accounts.create"

    new: NewBillingAccount


class BillingAccountCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "billing_accounts.create_many"

    new: tuple[NewBillingAccount, ...]
    returning: bool


class BillingAccountUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "billing_accounts.update"

    billing_account_id: BillingAccountId
    changes: BillingAccountChanges


class BillingAccountUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "billing_accounts.upsert"

    new: NewBillingAccount
    on: BillingAccountUniqueKey


class BillingAccountDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "billing_accounts.delete"

    billing_account_id: BillingAccountId


class BillingAccountGetByOrganizationCall(Call):
    """A call of `get_by_organization`."""

    called: ClassVar[str] = "billing_accounts.get_by_organization"

    organization_id: OrganizationId


class BillingAccountLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "billing_accounts.lock"

    billing_account_id: BillingAccountId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class BillingAccountCalls(Calls):
    """The calls of a mock of billing_accounts, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        BillingAccountGetCall,
        BillingAccountFindCall,
        BillingAccountGetManyCall,
        BillingAccountExistsCall,
        BillingAccountPageCall,
        BillingAccountIterateCall,
        BillingAccountCountCall,
        BillingAccountCreateCall,
        BillingAccountCreateManyCall,
        BillingAccountUpdateCall,
        BillingAccountUpsertCall,
        BillingAccountDeleteCall,
        BillingAccountGetByOrganizationCall,
        BillingAccountLockCall,
    )

    @property
    def get(self) -> tuple[BillingAccountGetCall, ...]:
        """The calls of `get`."""
        return self._of(BillingAccountGetCall)

    @property
    def find(self) -> tuple[BillingAccountFindCall, ...]:
        """The calls of `find`."""
        return self._of(BillingAccountFindCall)

    @property
    def get_many(self) -> tuple[BillingAccountGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(BillingAccountGetManyCall)

    @property
    def exists(self) -> tuple[BillingAccountExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(BillingAccountExistsCall)

    @property
    def page(self) -> tuple[BillingAccountPageCall, ...]:
        """The calls of `page`."""
        return self._of(BillingAccountPageCall)

    @property
    def iterate(self) -> tuple[BillingAccountIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(BillingAccountIterateCall)

    @property
    def count(self) -> tuple[BillingAccountCountCall, ...]:
        """The calls of `count`."""
        return self._of(BillingAccountCountCall)

    @property
    def create(self) -> tuple[BillingAccountCreateCall, ...]:
        """The calls of `create`."""
        return self._of(BillingAccountCreateCall)

    @property
    def create_many(self) -> tuple[BillingAccountCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(BillingAccountCreateManyCall)

    @property
    def update(self) -> tuple[BillingAccountUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(BillingAccountUpdateCall)

    @property
    def upsert(self) -> tuple[BillingAccountUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(BillingAccountUpsertCall)

    @property
    def delete(self) -> tuple[BillingAccountDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(BillingAccountDeleteCall)

    @property
    def get_by_organization(self) -> tuple[BillingAccountGetByOrganizationCall, ...]:
        """The calls of `get_by_organization`."""
        return self._of(BillingAccountGetByOrganizationCall)

    @property
    def lock(self) -> tuple[BillingAccountLockCall, ...]:
        """The calls of `lock`."""
        return self._of(BillingAccountLockCall)
