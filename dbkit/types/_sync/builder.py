# Generated from dbkit/types/_async/builder.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of builders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.builder import Builder, BuilderFilter, NewBuilder
from dbkit.types.calls.builder import BuilderChanges, BuilderOrder, BuilderUniqueKey
from dbkit.types.identifiers import BuilderId
from dbkit.types.lock import LockStrength
from dbkit.types.organization import Organization
from dbkit.types.page import Page, Upserted

__all__ = ["BuilderRepository", "BuilderTransactionRepository"]


class BuilderRepository(Protocol):
    """The verbs of builders, each call a transaction of its own."""

    def get(self, builder_id: BuilderId) -> Builder:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, builder_id: BuilderId) -> Builder | None:
        """Return the live value, or None."""
        ...

    def get_many(self, builder_ids: Sequence[BuilderId]) -> list[Builder]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, builder_id: BuilderId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: BuilderFilter | None = None,
        *,
        order: BuilderOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Builder]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: BuilderFilter | None = None, *, order: BuilderOrder = "id") -> Iterator[Builder]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: BuilderFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewBuilder) -> Builder:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewBuilder], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewBuilder], *, returning: Literal[True]) -> list[Builder]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(self, builder_id: BuilderId, **changes: Unpack[BuilderChanges]) -> Builder:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewBuilder, *, on: BuilderUniqueKey) -> Upserted[Builder]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, builder_id: BuilderId) -> None:
        """Delete a live row softly, or raise `NotFound`."""
        ...

    def restore(self, builder_id: BuilderId) -> Builder:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    def purge(self, builder_id: BuilderId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...

    def get_by_idp(self, idp_provider: str, idp_ref: str) -> Builder:
        """Return the live builder whom an identity provider knows by this reference, or raise `NotFound`."""
        ...

    def find_by_email(self, email: str) -> Builder | None:
        """Return the live builder with this primary address, without regard to case, or None."""
        ...

    def organizations(self, builder_id: BuilderId) -> list[Organization]:
        """Return the live organizations of which a builder is in some team, in the order of ids."""
        ...


class BuilderTransactionRepository(BuilderRepository, Protocol):
    """The verbs of builders inside a transaction."""

    @overload
    def lock(
        self,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Builder:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Builder | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
