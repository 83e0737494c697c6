# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of groups."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.group import GroupChanges, GroupOrder, GroupUniqueKey
from dbkit.types.group import Group, GroupFilter, NewGroup
from dbkit.types.identifiers import GroupRef, ProjectId
from dbkit.types.installation import Installation
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["AsyncGroupRepository", "AsyncGroupTransactionRepository"]


class AsyncGroupRepository(Protocol):
    """The verbs of groups, each call a transaction of its own."""

    async def get(self, project_id: ProjectId, group_ref: GroupRef) -> Group:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, project_id: ProjectId, group_ref: GroupRef) -> Group | None:
        """Return the live value, or None."""
        ...

    async def get_many(self, project_id: ProjectId, group_refs: Sequence[GroupRef]) -> list[Group]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, project_id: ProjectId, group_ref: GroupRef) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self, filter: GroupFilter, *, order: GroupOrder = "group_ref", limit: int = 50, after: str | None = None
    ) -> Page[Group]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: GroupFilter, *, order: GroupOrder = "group_ref") -> AsyncIterator[Group]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: GroupFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewGroup) -> Group:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewGroup], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewGroup], *, returning: Literal[True]) -> list[Group]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(self, project_id: ProjectId, group_ref: GroupRef, **changes: Unpack[GroupChanges]) -> Group:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewGroup, *, on: GroupUniqueKey) -> Upserted[Group]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, project_id: ProjectId, group_ref: GroupRef) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    def installations(self, project_id: ProjectId, group_ref: GroupRef) -> AsyncIterator[Installation]:
        """Yield the live installations of a group, in the order of ids."""
        ...


class AsyncGroupTransactionRepository(AsyncGroupRepository, Protocol):
    """The verbs of groups inside a transaction."""

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        group_ref: GroupRef,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Group:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        group_ref: GroupRef,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Group | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
