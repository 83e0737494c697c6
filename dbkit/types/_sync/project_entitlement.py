# Generated from dbkit/types/_async/project_entitlement.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of project_entitlements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from pydantic import JsonValue

from dbkit.types.calls.project_entitlement import (
    ProjectEntitlementChanges,
    ProjectEntitlementOrder,
    ProjectEntitlementUniqueKey,
)
from dbkit.types.identifiers import ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.project_entitlement import (
    EntitlementKey,
    NewProjectEntitlement,
    ProjectEntitlement,
    ProjectEntitlementFilter,
)

__all__ = ["ProjectEntitlementRepository", "ProjectEntitlementTransactionRepository"]


class ProjectEntitlementRepository(Protocol):
    """The verbs of project_entitlements, each call a transaction of its own."""

    def get(self, project_id: ProjectId, key: EntitlementKey) -> ProjectEntitlement:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, key: EntitlementKey) -> ProjectEntitlement | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_id: ProjectId, keys: Sequence[EntitlementKey]) -> list[ProjectEntitlement]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, key: EntitlementKey) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: ProjectEntitlementFilter,
        *,
        order: ProjectEntitlementOrder = "key",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ProjectEntitlement]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: ProjectEntitlementFilter, *, order: ProjectEntitlementOrder = "key"
    ) -> Iterator[ProjectEntitlement]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: ProjectEntitlementFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewProjectEntitlement) -> ProjectEntitlement:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewProjectEntitlement], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(
        self, new: Iterable[NewProjectEntitlement], *, returning: Literal[True]
    ) -> list[ProjectEntitlement]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(
        self, project_id: ProjectId, key: EntitlementKey, **changes: Unpack[ProjectEntitlementChanges]
    ) -> ProjectEntitlement:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewProjectEntitlement, *, on: ProjectEntitlementUniqueKey) -> Upserted[ProjectEntitlement]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, project_id: ProjectId, key: EntitlementKey) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    def value_of(self, project_id: ProjectId, key: EntitlementKey) -> JsonValue:
        """Return what a project is entitled to; where nothing is stored, no branding removal and 30 days of logs."""
        ...


class ProjectEntitlementTransactionRepository(ProjectEntitlementRepository, Protocol):
    """The verbs of project_entitlements inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        key: EntitlementKey,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ProjectEntitlement:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        project_id: ProjectId,
        key: EntitlementKey,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ProjectEntitlement | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
