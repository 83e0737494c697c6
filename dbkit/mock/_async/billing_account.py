# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of billing_accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.billing_account import BillingAccountCalls
from dbkit.models.billing_account import BILLING_ACCOUNTS
from dbkit.types._async.billing_account import AsyncBillingAccountTransactionRepository
from dbkit.types.billing_account import BillingAccount, BillingAccountFilter, NewBillingAccount
from dbkit.types.calls.billing_account import BillingAccountChanges, BillingAccountOrder, BillingAccountUniqueKey
from dbkit.types.identifiers import BillingAccountId, OrganizationId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncMockBillingAccountRepository", "AsyncMockBillingAccounts"]


class AsyncBillingAccountGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, billing_account_id: BillingAccountId) -> AsyncResult[BillingAccount]: ...


class AsyncBillingAccountFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, billing_account_id: BillingAccountId) -> AsyncResult[BillingAccount | None]: ...


class AsyncBillingAccountGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, billing_account_ids: tuple[BillingAccountId, ...]) -> AsyncResult[list[BillingAccount]]: ...


class AsyncBillingAccountExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, billing_account_id: BillingAccountId) -> AsyncResult[bool]: ...


class AsyncBillingAccountPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: BillingAccountFilter, *, order: BillingAccountOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[BillingAccount]]: ...


class AsyncBillingAccountIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: BillingAccountFilter, *, order: BillingAccountOrder) -> AsyncItems[BillingAccount]: ...


class AsyncBillingAccountCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: BillingAccountFilter) -> AsyncResult[int]: ...


class AsyncBillingAccountCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewBillingAccount) -> AsyncResult[BillingAccount]: ...


class AsyncBillingAccountCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewBillingAccount, ...], *, returning: bool
    ) -> AsyncResult[int | list[BillingAccount]]: ...


class AsyncBillingAccountUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, billing_account_id: BillingAccountId, **changes: Unpack[BillingAccountChanges]
    ) -> AsyncResult[BillingAccount]: ...


class AsyncBillingAccountUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(
        self, new: NewBillingAccount, *, on: BillingAccountUniqueKey
    ) -> AsyncResult[Upserted[BillingAccount]]: ...


class AsyncBillingAccountDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, billing_account_id: BillingAccountId) -> AsyncResult[None]: ...


class AsyncBillingAccountGetByOrganizationStub(Protocol):
    """What may answer for `get_by_organization`."""

    def __call__(self, organization_id: OrganizationId) -> AsyncResult[BillingAccount]: ...


class AsyncBillingAccountLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, billing_account_id: BillingAccountId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> AsyncResult[BillingAccount | None]: ...


class AsyncMockBillingAccountRepository(AsyncMockRepository):
    """A repository of billing_accounts that does what its stubs say."""

    @property
    def calls(self) -> BillingAccountCalls:
        """The calls so far."""
        return BillingAccountCalls(self._book.log)

    async def get(self, billing_account_id: BillingAccountId) -> BillingAccount:
        """Return the live value, or raise `NotFound`."""
        answer: BillingAccount = await self._answer("get", (billing_account_id,))
        return answer

    async def find(self, billing_account_id: BillingAccountId) -> BillingAccount | None:
        """Return the live value, or None."""
        answer: BillingAccount | None = await self._answer("find", (billing_account_id,))
        return answer

    async def get_many(self, billing_account_ids: Sequence[BillingAccountId]) -> list[BillingAccount]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[BillingAccount] = await self._answer("get_many", (billing_account_ids,))
        return answer

    async def exists(self, billing_account_id: BillingAccountId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (billing_account_id,))
        return answer

    async def page(
        self,
        filter: BillingAccountFilter,
        *,
        order: BillingAccountOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[BillingAccount]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[BillingAccount] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: BillingAccountFilter, *, order: BillingAccountOrder = "id"
    ) -> AsyncIterator[BillingAccount]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: BillingAccountFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewBillingAccount) -> BillingAccount:
        """Store a new row and return it as stored."""
        answer: BillingAccount = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewBillingAccount], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(
        self, new: Iterable[NewBillingAccount], *, returning: Literal[True]
    ) -> list[BillingAccount]: ...
    async def create_many(
        self, new: Iterable[NewBillingAccount], *, returning: bool = False
    ) -> int | list[BillingAccount]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[BillingAccount] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self, billing_account_id: BillingAccountId, **changes: Unpack[BillingAccountChanges]
    ) -> BillingAccount:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: BillingAccount = await self._answer("update", (billing_account_id, changes))
        return answer

    async def upsert(self, new: NewBillingAccount, *, on: BillingAccountUniqueKey) -> Upserted[BillingAccount]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[BillingAccount] = await self._answer("upsert", (new, on))
        return answer

    async def delete(self, billing_account_id: BillingAccountId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (billing_account_id,))

    async def get_by_organization(self, organization_id: OrganizationId) -> BillingAccount:
        """Return the account of an organization, or raise `NotFound`."""
        answer: BillingAccount = await self._answer("get_by_organization", (organization_id,))
        return answer

    @overload
    async def lock(
        self,
        billing_account_id: BillingAccountId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> BillingAccount: ...
    @overload
    async def lock(
        self,
        billing_account_id: BillingAccountId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> BillingAccount | None: ...
    async def lock(
        self,
        billing_account_id: BillingAccountId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> BillingAccount | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: BillingAccount | None = await self._answer("lock", (billing_account_id, strength, nowait, skip_locked))
        return answer


class AsyncMockBillingAccounts(AsyncMockBuilder[AsyncMockBillingAccountRepository]):
    """Builds a mock of the repository of billing_accounts: `with_...` says what an operation does."""

    _entity = BILLING_ACCOUNTS
    _interface = AsyncBillingAccountTransactionRepository
    _made = AsyncMockBillingAccountRepository

    def with_get(self, outcome: Outcome[BillingAccount, AsyncBillingAccountGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[BillingAccount | None, AsyncBillingAccountFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[BillingAccount], AsyncBillingAccountGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncBillingAccountExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[BillingAccount], AsyncBillingAccountPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[BillingAccount], AsyncBillingAccountIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncBillingAccountCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[BillingAccount, AsyncBillingAccountCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[BillingAccount], AsyncBillingAccountCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[BillingAccount, AsyncBillingAccountUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[BillingAccount], AsyncBillingAccountUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncBillingAccountDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_get_by_organization(
        self, outcome: Outcome[BillingAccount, AsyncBillingAccountGetByOrganizationStub]
    ) -> Self:
        """Say what `get_by_organization` does."""
        return self._with("get_by_organization", outcome)

    def with_lock(self, outcome: Outcome[BillingAccount | None, AsyncBillingAccountLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
