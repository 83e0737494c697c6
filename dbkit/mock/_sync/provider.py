# Generated from dbkit/mock/_async/provider.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of providers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.provider import ProviderCalls
from dbkit.models.provider import PROVIDERS
from dbkit.types._sync.provider import ProviderTransactionRepository
from dbkit.types.calls.provider import ProviderChanges, ProviderOrder, ProviderUniqueKey
from dbkit.types.identifiers import ProviderSlug
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.provider import NewProvider, Provider, ProviderFilter

__all__ = ["MockProviderRepository", "MockProviders"]


class ProviderGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, slug: ProviderSlug) -> Result[Provider]: ...


class ProviderFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, slug: ProviderSlug) -> Result[Provider | None]: ...


class ProviderGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, slugs: tuple[ProviderSlug, ...]) -> Result[list[Provider]]: ...


class ProviderExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, slug: ProviderSlug) -> Result[bool]: ...


class ProviderPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ProviderFilter | None, *, order: ProviderOrder, limit: int, after: str | None
    ) -> Result[Page[Provider]]: ...


class ProviderIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ProviderFilter | None, *, order: ProviderOrder) -> Items[Provider]: ...


class ProviderCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ProviderFilter | None) -> Result[int]: ...


class ProviderCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewProvider) -> Result[Provider]: ...


class ProviderCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewProvider, ...], *, returning: bool) -> Result[int | list[Provider]]: ...


class ProviderUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, slug: ProviderSlug, **changes: Unpack[ProviderChanges]) -> Result[Provider]: ...


class ProviderUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewProvider, *, on: ProviderUniqueKey) -> Result[Upserted[Provider]]: ...


class ProviderDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, slug: ProviderSlug) -> Result[None]: ...


class ProviderSyncStub(Protocol):
    """What may answer for `sync`."""

    def __call__(self, catalogue: tuple[NewProvider, ...]) -> Result[list[ProviderSlug]]: ...


class ProviderLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, slug: ProviderSlug, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Provider | None]: ...


class MockProviderRepository(MockRepository):
    """A repository of providers that does what its stubs say."""

    @property
    def calls(self) -> ProviderCalls:
        """The calls so far."""
        return ProviderCalls(self._book.log)

    def get(self, slug: ProviderSlug) -> Provider:
        """Return the live value, or raise `NotFound`."""
        answer: Provider = self._answer("get", (slug,))
        return answer

    def find(self, slug: ProviderSlug) -> Provider | None:
        """Return the live value, or None."""
        answer: Provider | None = self._answer("find", (slug,))
        return answer

    def get_many(self, slugs: Sequence[ProviderSlug]) -> list[Provider]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Provider] = self._answer("get_many", (slugs,))
        return answer

    def exists(self, slug: ProviderSlug) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (slug,))
        return answer

    def page(
        self,
        filter: ProviderFilter | None = None,
        *,
        order: ProviderOrder = "slug",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Provider]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Provider] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ProviderFilter | None = None, *, order: ProviderOrder = "slug") -> Iterator[Provider]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ProviderFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewProvider) -> Provider:
        """Store a new row and return it as stored."""
        answer: Provider = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewProvider], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewProvider], *, returning: Literal[True]) -> list[Provider]: ...
    def create_many(self, new: Iterable[NewProvider], *, returning: bool = False) -> int | list[Provider]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Provider] = self._answer("create_many", (new, returning))
        return answer

    def update(self, slug: ProviderSlug, **changes: Unpack[ProviderChanges]) -> Provider:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Provider = self._answer("update", (slug, changes))
        return answer

    def upsert(self, new: NewProvider, *, on: ProviderUniqueKey) -> Upserted[Provider]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Provider] = self._answer("upsert", (new, on))
        return answer

    def delete(self, slug: ProviderSlug) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (slug,))

    def sync(self, catalogue: Iterable[NewProvider]) -> list[ProviderSlug]:
        """Bring the providers of a catalogue to what it says, all or none; return the slugs that changed, sorted.

        Providers that the catalogue does not name stay as they are.
        """
        answer: list[ProviderSlug] = self._answer("sync", (catalogue,))
        return answer

    @overload
    def lock(
        self,
        slug: ProviderSlug,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Provider: ...
    @overload
    def lock(
        self,
        slug: ProviderSlug,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Provider | None: ...
    def lock(
        self, slug: ProviderSlug, *, strength: LockStrength = "update", nowait: bool = False, skip_locked: bool = False
    ) -> Provider | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Provider | None = self._answer("lock", (slug, strength, nowait, skip_locked))
        return answer


class MockProviders(MockBuilder[MockProviderRepository]):
    """Builds a mock of the repository of providers: `with_...` says what an operation does."""

    _entity = PROVIDERS
    _interface = ProviderTransactionRepository
    _made = MockProviderRepository

    def with_get(self, outcome: Outcome[Provider, ProviderGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Provider | None, ProviderFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Provider], ProviderGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ProviderExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Provider], ProviderPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Provider], ProviderIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ProviderCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Provider, ProviderCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Provider], ProviderCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Provider, ProviderUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Provider], ProviderUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ProviderDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_sync(self, outcome: Outcome[list[ProviderSlug], ProviderSyncStub]) -> Self:
        """Say what `sync` does."""
        return self._with("sync", outcome)

    def with_lock(self, outcome: Outcome[Provider | None, ProviderLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
