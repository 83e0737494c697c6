# Generated from dbkit/mock/_async/subscription.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of subscriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.subscription import SubscriptionCalls
from dbkit.models.subscription import SUBSCRIPTIONS
from dbkit.types._sync.subscription import SubscriptionTransactionRepository
from dbkit.types.calls.subscription import SubscriptionChanges, SubscriptionOrder, SubscriptionUniqueKey
from dbkit.types.identifiers import ProjectId, SubscriptionId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.subscription import NewSubscription, Subscription, SubscriptionFilter

__all__ = ["MockSubscriptionRepository", "MockSubscriptions"]


class SubscriptionGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, subscription_id: SubscriptionId) -> Result[Subscription]: ...


class SubscriptionFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, subscription_id: SubscriptionId) -> Result[Subscription | None]: ...


class SubscriptionGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, subscription_ids: tuple[SubscriptionId, ...]
    ) -> Result[list[Subscription]]: ...


class SubscriptionExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, subscription_id: SubscriptionId) -> Result[bool]: ...


class SubscriptionPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: SubscriptionFilter, *, order: SubscriptionOrder, limit: int, after: str | None
    ) -> Result[Page[Subscription]]: ...


class SubscriptionIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: SubscriptionFilter, *, order: SubscriptionOrder) -> Items[Subscription]: ...


class SubscriptionCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: SubscriptionFilter) -> Result[int]: ...


class SubscriptionCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewSubscription) -> Result[Subscription]: ...


class SubscriptionCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewSubscription, ...], *, returning: bool) -> Result[int | list[Subscription]]: ...


class SubscriptionUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        subscription_id: SubscriptionId,
        *,
        expected_version: int,
        **changes: Unpack[SubscriptionChanges],
    ) -> Result[Subscription]: ...


class SubscriptionUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewSubscription, *, on: SubscriptionUniqueKey) -> Result[Upserted[Subscription]]: ...


class SubscriptionDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, subscription_id: SubscriptionId, *, expected_version: int | None
    ) -> Result[None]: ...


class SubscriptionFindByProviderRefStub(Protocol):
    """What may answer for `find_by_provider_ref`."""

    def __call__(self, project_id: ProjectId, provider_subscription_ref: str) -> Result[Subscription | None]: ...


class SubscriptionLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        subscription_id: SubscriptionId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[Subscription | None]: ...


class SubscriptionDueForRenewalStub(Protocol):
    """What may answer for `due_for_renewal`."""

    def __call__(self, before: datetime, limit: int) -> Result[list[Subscription]]: ...


class MockSubscriptionRepository(MockRepository):
    """A repository of subscriptions that does what its stubs say."""

    @property
    def calls(self) -> SubscriptionCalls:
        """The calls so far."""
        return SubscriptionCalls(self._book.log)

    def get(self, project_id: ProjectId, subscription_id: SubscriptionId) -> Subscription:
        """Return the live value, or raise `NotFound`."""
        answer: Subscription = self._answer("get", (project_id, subscription_id))
        return answer

    def find(self, project_id: ProjectId, subscription_id: SubscriptionId) -> Subscription | None:
        """Return the live value, or None."""
        answer: Subscription | None = self._answer("find", (project_id, subscription_id))
        return answer

    def get_many(self, project_id: ProjectId, subscription_ids: Sequence[SubscriptionId]) -> list[Subscription]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Subscription] = self._answer("get_many", (project_id, subscription_ids))
        return answer

    def exists(self, project_id: ProjectId, subscription_id: SubscriptionId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, subscription_id))
        return answer

    def page(
        self, filter: SubscriptionFilter, *, order: SubscriptionOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Subscription]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Subscription] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: SubscriptionFilter, *, order: SubscriptionOrder = "id") -> Iterator[Subscription]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: SubscriptionFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewSubscription) -> Subscription:
        """Store a new row and return it as stored."""
        answer: Subscription = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewSubscription], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewSubscription], *, returning: Literal[True]) -> list[Subscription]: ...
    def create_many(self, new: Iterable[NewSubscription], *, returning: bool = False) -> int | list[Subscription]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Subscription] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        subscription_id: SubscriptionId,
        *,
        expected_version: int,
        **changes: Unpack[SubscriptionChanges],
    ) -> Subscription:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Subscription = self._answer("update", (project_id, subscription_id, expected_version, changes))
        return answer

    def upsert(self, new: NewSubscription, *, on: SubscriptionUniqueKey) -> Upserted[Subscription]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Subscription] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self, project_id: ProjectId, subscription_id: SubscriptionId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, subscription_id, expected_version))

    def find_by_provider_ref(self, project_id: ProjectId, provider_subscription_ref: str) -> Subscription | None:
        """Return the newest subscription of a project that the provider knows by this reference, or None."""
        answer: Subscription | None = self._answer("find_by_provider_ref", (project_id, provider_subscription_ref))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        subscription_id: SubscriptionId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Subscription: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        subscription_id: SubscriptionId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Subscription | None: ...
    def lock(
        self,
        project_id: ProjectId,
        subscription_id: SubscriptionId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Subscription | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Subscription | None = self._answer("lock", (project_id, subscription_id, strength, nowait, skip_locked))
        return answer

    def due_for_renewal(self, before: datetime, limit: int) -> list[Subscription]:
        """Return up to `limit` active subscriptions of all tenants that expire before this time, the first first.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        answer: list[Subscription] = self._answer("due_for_renewal", (before, limit))
        return answer


class MockSubscriptions(MockBuilder[MockSubscriptionRepository]):
    """Builds a mock of the repository of subscriptions: `with_...` says what an operation does."""

    _entity = SUBSCRIPTIONS
    _interface = SubscriptionTransactionRepository
    _made = MockSubscriptionRepository

    def with_get(self, outcome: Outcome[Subscription, SubscriptionGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Subscription | None, SubscriptionFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Subscription], SubscriptionGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, SubscriptionExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Subscription], SubscriptionPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Subscription], SubscriptionIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, SubscriptionCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Subscription, SubscriptionCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Subscription], SubscriptionCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Subscription, SubscriptionUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Subscription], SubscriptionUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, SubscriptionDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_find_by_provider_ref(
        self, outcome: Outcome[Subscription | None, SubscriptionFindByProviderRefStub]
    ) -> Self:
        """Say what `find_by_provider_ref` does."""
        return self._with("find_by_provider_ref", outcome)

    def with_lock(self, outcome: Outcome[Subscription | None, SubscriptionLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)

    def with_due_for_renewal(self, outcome: Outcome[list[Subscription], SubscriptionDueForRenewalStub]) -> Self:
        """Say what `due_for_renewal` does."""
        return self._with("due_for_renewal", outcome)
