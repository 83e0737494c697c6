# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of encryption_keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.encryption_key import EncryptionKeyChanges, EncryptionKeyOrder, EncryptionKeyUniqueKey
from dbkit.types.encryption_key import EncryptionKey, EncryptionKeyFilter, NewEncryptionKey
from dbkit.types.identifiers import EncryptionKeyId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncEncryptionKeyRepository", "AsyncEncryptionKeyTransactionRepository"]


class AsyncEncryptionKeyRepository(Protocol):
    """The verbs of encryption_keys, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> EncryptionKey:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> EncryptionKey | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, project_id: ProjectId, encryption_key_ids: Sequence[EncryptionKeyId]
    ) -> list[EncryptionKey]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: EncryptionKeyFilter,
        *,
        order: EncryptionKeyOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[EncryptionKey]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: EncryptionKeyFilter, *, order: EncryptionKeyOrder = "id") -> AsyncIterator[EncryptionKey]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: EncryptionKeyFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewEncryptionKey) -> EncryptionKey:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewEncryptionKey], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewEncryptionKey], *, returning: Literal[True]) -> list[EncryptionKey]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self, project_id: ProjectId, encryption_key_id: EncryptionKeyId, **changes: Unpack[EncryptionKeyChanges]
    ) -> EncryptionKey:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewEncryptionKey, *, on: EncryptionKeyUniqueKey) -> Upserted[EncryptionKey]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def active(self, project_id: ProjectId, purpose: str = "credentials") -> EncryptionKey | None:
        """Return the key that seals new secrets of a purpose, or None before the first."""
        ...

    async def rotate(self, project_id: ProjectId, purpose: str, new_key: NewEncryptionKey) -> EncryptionKey:
        """Store a new active key for a purpose; the one before it, if any, is retiring from then on.

        Raises `ValueInvalid` for a new key of another project or purpose, or one that is not active.
        """
        ...

    async def unused_retiring(self, limit: int) -> list[EncryptionKey]:
        """Return up to `limit` retiring keys of all tenants that seal nothing any more, so that they may be retired."""
        ...


class AsyncEncryptionKeyTransactionRepository(AsyncEncryptionKeyRepository, Protocol):
    """The verbs of encryption_keys inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        encryption_key_id: EncryptionKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> EncryptionKey:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        encryption_key_id: EncryptionKeyId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> EncryptionKey | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
