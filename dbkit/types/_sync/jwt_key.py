# Generated from dbkit/types/_async/jwt_key.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of jwt_keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.jwt_key import JwtKeyChanges, JwtKeyOrder, JwtKeyUniqueKey
from dbkit.types.identifiers import JwtKeyId, ProjectId
from dbkit.types.jwt_key import JwtKey, JwtKeyFilter, NewJwtKey
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["JwtKeyRepository", "JwtKeyTransactionRepository"]


class JwtKeyRepository(Protocol):
    """The verbs of jwt_keys, each call a transaction of its own."""

    def get(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> JwtKey:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> JwtKey | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_id: ProjectId, jwt_key_ids: Sequence[JwtKeyId]) -> list[JwtKey]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: JwtKeyFilter, *, order: JwtKeyOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[JwtKey]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: JwtKeyFilter, *, order: JwtKeyOrder = "id") -> Iterator[JwtKey]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: JwtKeyFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewJwtKey) -> JwtKey:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewJwtKey], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewJwtKey], *, returning: Literal[True]) -> list[JwtKey]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(self, project_id: ProjectId, jwt_key_id: JwtKeyId, **changes: Unpack[JwtKeyChanges]) -> JwtKey:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewJwtKey, *, on: JwtKeyUniqueKey) -> Upserted[JwtKey]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    def active_keys(self, project_id: ProjectId) -> list[JwtKey]:
        """Return the keys that a token of a project may be verified with, in the order of ids."""
        ...


class JwtKeyTransactionRepository(JwtKeyRepository, Protocol):
    """The verbs of jwt_keys inside a transaction."""

    @overload
    def lock(
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
    def lock(
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
