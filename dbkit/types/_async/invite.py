# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of invites."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.invite import InviteChanges, InviteOrder, InviteUniqueKey
from dbkit.types.identifiers import BuilderId, InviteId, OrganizationId
from dbkit.types.invite import Invite, InviteFilter, NewInvite
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncInviteRepository", "AsyncInviteTransactionRepository"]


class AsyncInviteRepository(Protocol):
    """The verbs of invites, each call a transaction of its own."""

    async def get(self, organization_id: OrganizationId, invite_id: InviteId) -> Invite:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, organization_id: OrganizationId, invite_id: InviteId) -> Invite | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, organization_id: OrganizationId, invite_ids: Sequence[InviteId]) -> list[Invite]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, organization_id: OrganizationId, invite_id: InviteId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: InviteFilter, *, order: InviteOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Invite]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: InviteFilter, *, order: InviteOrder = "id") -> AsyncIterator[Invite]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: InviteFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewInvite) -> Invite:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewInvite], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewInvite], *, returning: Literal[True]) -> list[Invite]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self, organization_id: OrganizationId, invite_id: InviteId, **changes: Unpack[InviteChanges]
    ) -> Invite:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewInvite, *, on: InviteUniqueKey) -> Upserted[Invite]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, organization_id: OrganizationId, invite_id: InviteId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def accept(self, organization_id: OrganizationId, invite_id: InviteId, builder_id: BuilderId) -> Invite:
        """Mark a pending invite accepted by a builder.

        Raises `NotFound`, `IllegalTransition` where it is no longer pending, and `ReferenceMissing`
        for an absent builder. That it is not past its end is for the caller, who has the clock.
        """
        ...

    async def expire_due(self, now: datetime, limit: int) -> list[Invite]:
        """Mark up to `limit` pending invites of all tenants expired that have ended by now, and return them.

        Invites that somebody else is about to change are left out.
        """
        ...


class AsyncInviteTransactionRepository(AsyncInviteRepository, Protocol):
    """The verbs of invites inside a transaction."""

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        invite_id: InviteId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Invite:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        invite_id: InviteId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Invite | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
