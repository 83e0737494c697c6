# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of provider_apps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.provider_app import ProviderAppChanges, ProviderAppOrder, ProviderAppUniqueKey
from dbkit.types.identifiers import EncryptionKeyId, ProjectId, ProviderAppId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.provider_app import NewProviderApp, ProviderApp, ProviderAppFilter

__all__ = ["AsyncProviderAppRepository", "AsyncProviderAppTransactionRepository"]


class AsyncProviderAppRepository(Protocol):
    """The verbs of provider_apps, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> ProviderApp:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> ProviderApp | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, project_id: ProjectId, provider_app_ids: Sequence[ProviderAppId]) -> list[ProviderApp]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: ProviderAppFilter, *, order: ProviderAppOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[ProviderApp]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: ProviderAppFilter, *, order: ProviderAppOrder = "id") -> AsyncIterator[ProviderApp]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: ProviderAppFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewProviderApp) -> ProviderApp:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewProviderApp], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewProviderApp], *, returning: Literal[True]) -> list[ProviderApp]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        expected_version: int,
        **changes: Unpack[ProviderAppChanges],
    ) -> ProviderApp:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewProviderApp, *, on: ProviderAppUniqueKey) -> Upserted[ProviderApp]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(
        self, project_id: ProjectId, provider_app_id: ProviderAppId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        ...

    async def restore(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> ProviderApp:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    async def purge(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...

    async def find_by_external_ref(self, project_id: ProjectId, external_ref: str) -> ProviderApp | None:
        """Return the live app that the customer knows by this reference, or None."""
        ...

    async def reseal(
        self, project_id: ProjectId, provider_app_id: ProviderAppId, key_id: EncryptionKeyId
    ) -> ProviderApp:
        """Seal an app's secret with another data key of its project.

        The key service is the one that the environment names; the call waits for it. Raises
        `NotFound` for app or key, `ValueInvalid` for a secret that does not open, and
        `ConfigurationInvalid` without a key service.
        """
        ...

    async def is_sealed_with(self, project_id: ProjectId, key_id: EncryptionKeyId) -> bool:
        """Tell whether an app's secret, deleted apps included, is sealed with a data key."""
        ...


class AsyncProviderAppTransactionRepository(AsyncProviderAppRepository, Protocol):
    """The verbs of provider_apps inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ProviderApp:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ProviderApp | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
