# Generated from dbkit/types/_async/provider.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of providers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.provider import ProviderChanges, ProviderOrder, ProviderUniqueKey
from dbkit.types.identifiers import ProviderSlug
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.provider import NewProvider, Provider, ProviderFilter

__all__ = ["ProviderRepository", "ProviderTransactionRepository"]


class ProviderRepository(Protocol):
    """The verbs of providers, each call a transaction of its own."""

    def get(self, slug: ProviderSlug) -> Provider:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, slug: ProviderSlug) -> Provider | None:
        """Return the live value, or None."""
        ...

    def get_many(self, slugs: Sequence[ProviderSlug]) -> list[Provider]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, slug: ProviderSlug) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: ProviderFilter | None = None,
        *,
        order: ProviderOrder = "slug",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Provider]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: ProviderFilter | None = None, *, order: ProviderOrder = "slug") -> Iterator[Provider]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: ProviderFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewProvider) -> Provider:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewProvider], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewProvider], *, returning: Literal[True]) -> list[Provider]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(self, slug: ProviderSlug, **changes: Unpack[ProviderChanges]) -> Provider:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewProvider, *, on: ProviderUniqueKey) -> Upserted[Provider]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, slug: ProviderSlug) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    def sync(self, catalogue: Iterable[NewProvider]) -> list[ProviderSlug]:
        """Bring the providers of a catalogue to what it says, all or none; return the slugs that changed, sorted.

        Providers that the catalogue does not name stay as they are.
        """
        ...


class ProviderTransactionRepository(ProviderRepository, Protocol):
    """The verbs of providers inside a transaction."""

    @overload
    def lock(
        self,
        slug: ProviderSlug,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Provider:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        slug: ProviderSlug,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Provider | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
