# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of api_keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.api_key import ApiKey, ApiKeyFilter, NewApiKey
from dbkit.types.calls.api_key import ApiKeyChanges, ApiKeyOrder, ApiKeyUniqueKey
from dbkit.types.identifiers import ApiKeyId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncApiKeyRepository", "AsyncApiKeyTransactionRepository"]


class AsyncApiKeyRepository(Protocol):
    """The verbs of api_keys, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, project_id: ProjectId, api_key_ids: Sequence[ApiKeyId]) -> list[ApiKey]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, api_key_id: ApiKeyId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: ApiKeyFilter, *, order: ApiKeyOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[ApiKey]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: ApiKeyFilter, *, order: ApiKeyOrder = "id") -> AsyncIterator[ApiKey]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: ApiKeyFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewApiKey) -> ApiKey:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewApiKey], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewApiKey], *, returning: Literal[True]) -> list[ApiKey]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(self, project_id: ProjectId, api_key_id: ApiKeyId, **changes: Unpack[ApiKeyChanges]) -> ApiKey:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewApiKey, *, on: ApiKeyUniqueKey) -> Upserted[ApiKey]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, project_id: ProjectId, api_key_id: ApiKeyId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def find_by_hash(self, key_hash: bytes) -> ApiKey | None:
        """Return the key with this SHA-256, active or not, of whichever project, or None.

        The only look-up across tenants: the caller of a service is not known before it.
        """
        ...

    async def deactivate(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey:
        """End a key's life, or raise `NotFound`; a key that is inactive stays so."""
        ...


class AsyncApiKeyTransactionRepository(AsyncApiKeyRepository, Protocol):
    """The verbs of api_keys inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        api_key_id: ApiKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ApiKey:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        api_key_id: ApiKeyId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ApiKey | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
