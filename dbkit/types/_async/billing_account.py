# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of billing_accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.billing_account import BillingAccount, BillingAccountFilter, NewBillingAccount
from dbkit.types.calls.billing_account import BillingAccountChanges, BillingAccountOrder, BillingAccountUniqueKey
from dbkit.types.identifiers import BillingAccountId, OrganizationId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncBillingAccountRepository", "AsyncBillingAccountTransactionRepository"]


class AsyncBillingAccountRepository(Protocol):
    """The verbs of billing_accounts, each call a transaction of its own."""

    async def get(self, billing_account_id: BillingAccountId) -> BillingAccount:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, billing_account_id: BillingAccountId) -> BillingAccount | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, billing_account_ids: Sequence[BillingAccountId]) -> list[BillingAccount]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, billing_account_id: BillingAccountId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: BillingAccountFilter,
        *,
        order: BillingAccountOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[BillingAccount]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: BillingAccountFilter, *, order: BillingAccountOrder = "id"
    ) -> AsyncIterator[BillingAccount]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: BillingAccountFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewBillingAccount) -> BillingAccount:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewBillingAccount], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewBillingAccount], *, returning: Literal[True]) -> list[BillingAccount]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self, billing_account_id: BillingAccountId, **changes: Unpack[BillingAccountChanges]
    ) -> BillingAccount:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewBillingAccount, *, on: BillingAccountUniqueKey) -> Upserted[BillingAccount]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, billing_account_id: BillingAccountId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def get_by_organization(self, organization_id: OrganizationId) -> BillingAccount:
        """Return the account of an organization, or raise `NotFound`."""
        ...


class AsyncBillingAccountTransactionRepository(AsyncBillingAccountRepository, Protocol):
    """The verbs of billing_accounts inside a transaction."""

    @overload
    async def lock(
        self,
        billing_account_id: BillingAccountId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> BillingAccount:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        billing_account_id: BillingAccountId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> BillingAccount | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
