# Generated from dbkit/types/_async/organization.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of organizations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.organization import OrganizationChanges, OrganizationOrder, OrganizationUniqueKey
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.organization import NewOrganization, Organization, OrganizationFilter
from dbkit.types.page import Page, Upserted
from dbkit.types.team import NewTeam

__all__ = ["OrganizationRepository", "OrganizationTransactionRepository"]


class OrganizationRepository(Protocol):
    """The verbs of organizations, each call a transaction of its own."""

    def get(self, organization_id: OrganizationId) -> Organization:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, organization_id: OrganizationId) -> Organization | None:
        """Return the live value, or None."""
        ...

    def get_many(self, organization_ids: Sequence[OrganizationId]) -> list[Organization]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, organization_id: OrganizationId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: OrganizationFilter | None = None,
        *,
        order: OrganizationOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Organization]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: OrganizationFilter | None = None, *, order: OrganizationOrder = "id"
    ) -> Iterator[Organization]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: OrganizationFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewOrganization) -> Organization:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewOrganization], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewOrganization], *, returning: Literal[True]) -> list[Organization]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(
        self, organization_id: OrganizationId, *, expected_version: int, **changes: Unpack[OrganizationChanges]
    ) -> Organization:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewOrganization, *, on: OrganizationUniqueKey) -> Upserted[Organization]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, organization_id: OrganizationId, *, expected_version: int | None = None) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        ...

    def restore(self, organization_id: OrganizationId) -> Organization:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    def purge(self, organization_id: OrganizationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...

    def create_with_default_team(self, organization: NewOrganization, team: NewTeam) -> Organization:
        """Store an organization and the team that it points to, both or none.

        Raises `ReferenceMissing` at the commit where the two do not name each other.
        """
        ...

    def move_default_team(self, organization_id: OrganizationId, team_id: TeamId) -> Organization:
        """Make another live team the default one.

        Raises `NotFound` for an absent organization or team.
        """
        ...


class OrganizationTransactionRepository(OrganizationRepository, Protocol):
    """The verbs of organizations inside a transaction."""

    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Organization:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Organization | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
