# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of jwt_keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.jwt_key import JwtKeyChanges, JwtKeyOrder, JwtKeyUniqueKey
from dbkit.types.identifiers import JwtKeyId, ProjectId
from dbkit.types.jwt_key import JwtKey, JwtKeyFilter, NewJwtKey
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncJwtKeyRepository", "AsyncJwtKeyTransactionRepository"]


class AsyncJwtKeyRepository(Protocol):
    """The verbs of jwt_keys, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> JwtKey:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> JwtKey | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, project_id: ProjectId, jwt_key_ids: Sequence[JwtKeyId]) -> list[JwtKey]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: JwtKeyFilter, *, order: JwtKeyOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[JwtKey]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: JwtKeyFilter, *, order: JwtKeyOrder = "id") -> AsyncIterator[JwtKey]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: JwtKeyFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewJwtKey) -> JwtKey:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewJwtKey], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewJwtKey], *, returning: Literal[True]) -> list[JwtKey]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(self, project_id: ProjectId, jwt_key_id: JwtKeyId, **changes: Unpack[JwtKeyChanges]) -> JwtKey:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewJwtKey, *, on: JwtKeyUniqueKey) -> Upserted[JwtKey]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def active_keys(self, project_id: ProjectId) -> list[JwtKey]:
        """Return the keys that a token of a project may be verified with, in the order of ids."""
        ...


class AsyncJwtKeyTransactionRepository(AsyncJwtKeyRepository, Protocol):
    """The verbs of jwt_keys inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        jwt_key_id: JwtKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> JwtKey:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        jwt_key_id: JwtKeyId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> JwtKey | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
