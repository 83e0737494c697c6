# Generated from dbkit/mock/_async/claimed_domain.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of claimed_domains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.claimed_domain import ClaimedDomainCalls
from dbkit.models.claimed_domain import CLAIMED_DOMAINS
from dbkit.types._sync.claimed_domain import ClaimedDomainTransactionRepository
from dbkit.types.calls.claimed_domain import ClaimedDomainChanges, ClaimedDomainOrder, ClaimedDomainUniqueKey
from dbkit.types.claimed_domain import ClaimedDomain, ClaimedDomainFilter, NewClaimedDomain
from dbkit.types.identifiers import ClaimedDomainId, OrganizationId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockClaimedDomainRepository", "MockClaimedDomains"]


class ClaimedDomainGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId
    ) -> Result[ClaimedDomain]: ...


class ClaimedDomainFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId
    ) -> Result[ClaimedDomain | None]: ...


class ClaimedDomainGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, organization_id: OrganizationId, claimed_domain_ids: tuple[ClaimedDomainId, ...]
    ) -> Result[list[ClaimedDomain]]: ...


class ClaimedDomainExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> Result[bool]: ...


class ClaimedDomainPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ClaimedDomainFilter, *, order: ClaimedDomainOrder, limit: int, after: str | None
    ) -> Result[Page[ClaimedDomain]]: ...


class ClaimedDomainIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ClaimedDomainFilter, *, order: ClaimedDomainOrder) -> Items[ClaimedDomain]: ...


class ClaimedDomainCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ClaimedDomainFilter) -> Result[int]: ...


class ClaimedDomainCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewClaimedDomain) -> Result[ClaimedDomain]: ...


class ClaimedDomainCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewClaimedDomain, ...], *, returning: bool) -> Result[int | list[ClaimedDomain]]: ...


class ClaimedDomainUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        organization_id: OrganizationId,
        claimed_domain_id: ClaimedDomainId,
        **changes: Unpack[ClaimedDomainChanges],
    ) -> Result[ClaimedDomain]: ...


class ClaimedDomainUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewClaimedDomain, *, on: ClaimedDomainUniqueKey) -> Result[Upserted[ClaimedDomain]]: ...


class ClaimedDomainDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> Result[None]: ...


class ClaimedDomainFindByDomainStub(Protocol):
    """What may answer for `find_by_domain`."""

    def __call__(self, domain: str) -> Result[ClaimedDomain | None]: ...


class ClaimedDomainLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        organization_id: OrganizationId,
        claimed_domain_id: ClaimedDomainId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[ClaimedDomain | None]: ...


class MockClaimedDomainRepository(MockRepository):
    """A repository of claimed_domains that does what its stubs say."""

    @property
    def calls(self) -> ClaimedDomainCalls:
        """The calls so far."""
        return ClaimedDomainCalls(self._book.log)

    def get(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> ClaimedDomain:
        """Return the live value, or raise `NotFound`."""
        answer: ClaimedDomain = self._answer("get", (organization_id, claimed_domain_id))
        return answer

    def find(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> ClaimedDomain | None:
        """Return the live value, or None."""
        answer: ClaimedDomain | None = self._answer("find", (organization_id, claimed_domain_id))
        return answer

    def get_many(
        self, organization_id: OrganizationId, claimed_domain_ids: Sequence[ClaimedDomainId]
    ) -> list[ClaimedDomain]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ClaimedDomain] = self._answer("get_many", (organization_id, claimed_domain_ids))
        return answer

    def exists(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (organization_id, claimed_domain_id))
        return answer

    def page(
        self,
        filter: ClaimedDomainFilter,
        *,
        order: ClaimedDomainOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ClaimedDomain]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ClaimedDomain] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ClaimedDomainFilter, *, order: ClaimedDomainOrder = "id") -> Iterator[ClaimedDomain]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ClaimedDomainFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewClaimedDomain) -> ClaimedDomain:
        """Store a new row and return it as stored."""
        answer: ClaimedDomain = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewClaimedDomain], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewClaimedDomain], *, returning: Literal[True]) -> list[ClaimedDomain]: ...
    def create_many(self, new: Iterable[NewClaimedDomain], *, returning: bool = False) -> int | list[ClaimedDomain]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ClaimedDomain] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        organization_id: OrganizationId,
        claimed_domain_id: ClaimedDomainId,
        **changes: Unpack[ClaimedDomainChanges],
    ) -> ClaimedDomain:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: ClaimedDomain = self._answer("update", (organization_id, claimed_domain_id, changes))
        return answer

    def upsert(self, new: NewClaimedDomain, *, on: ClaimedDomainUniqueKey) -> Upserted[ClaimedDomain]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ClaimedDomain] = self._answer("upsert", (new, on))
        return answer

    def delete(self, organization_id: OrganizationId, claimed_domain_id: ClaimedDomainId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (organization_id, claimed_domain_id))

    def find_by_domain(self, domain: str) -> ClaimedDomain | None:
        """Return the claim of a domain, of whichever organization, or None. Upper case is folded."""
        answer: ClaimedDomain | None = self._answer("find_by_domain", (domain,))
        return answer

    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        claimed_domain_id: ClaimedDomainId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ClaimedDomain: ...
    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        claimed_domain_id: ClaimedDomainId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ClaimedDomain | None: ...
    def lock(
        self,
        organization_id: OrganizationId,
        claimed_domain_id: ClaimedDomainId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ClaimedDomain | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ClaimedDomain | None = self._answer(
            "lock", (organization_id, claimed_domain_id, strength, nowait, skip_locked)
        )
        return answer


class MockClaimedDomains(MockBuilder[MockClaimedDomainRepository]):
    """Builds a mock of the repository of claimed_domains: `with_...` says what an operation does."""

    _entity = CLAIMED_DOMAINS
    _interface = ClaimedDomainTransactionRepository
    _made = MockClaimedDomainRepository

    def with_get(self, outcome: Outcome[ClaimedDomain, ClaimedDomainGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ClaimedDomain | None, ClaimedDomainFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ClaimedDomain], ClaimedDomainGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ClaimedDomainExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ClaimedDomain], ClaimedDomainPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ClaimedDomain], ClaimedDomainIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ClaimedDomainCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ClaimedDomain, ClaimedDomainCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ClaimedDomain], ClaimedDomainCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ClaimedDomain, ClaimedDomainUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ClaimedDomain], ClaimedDomainUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ClaimedDomainDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_find_by_domain(self, outcome: Outcome[ClaimedDomain | None, ClaimedDomainFindByDomainStub]) -> Self:
        """Say what `find_by_domain` does."""
        return self._with("find_by_domain", outcome)

    def with_lock(self, outcome: Outcome[ClaimedDomain | None, ClaimedDomainLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
