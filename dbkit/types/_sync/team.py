# Generated from dbkit/types/_async/team.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of teams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.team import TeamChanges, TeamOrder, TeamUniqueKey
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.team import NewTeam, Team, TeamFilter

__all__ = ["TeamRepository", "TeamTransactionRepository"]


class TeamRepository(Protocol):
    """The verbs of teams, each call a transaction of its own."""

    def get(self, organization_id: OrganizationId, team_id: TeamId) -> Team:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, organization_id: OrganizationId, team_id: TeamId) -> Team | None:
        """Return the live value, or None."""
        ...

    def get_many(self, organization_id: OrganizationId, team_ids: Sequence[TeamId]) -> list[Team]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, organization_id: OrganizationId, team_id: TeamId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: TeamFilter, *, order: TeamOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Team]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: TeamFilter, *, order: TeamOrder = "id") -> Iterator[Team]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: TeamFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewTeam) -> Team:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewTeam], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewTeam], *, returning: Literal[True]) -> list[Team]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(self, organization_id: OrganizationId, team_id: TeamId, **changes: Unpack[TeamChanges]) -> Team:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewTeam, *, on: TeamUniqueKey) -> Upserted[Team]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, organization_id: OrganizationId, team_id: TeamId) -> None:
        """Delete a live row softly, or raise `NotFound`."""
        ...

    def restore(self, organization_id: OrganizationId, team_id: TeamId) -> Team:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        ...

    def purge(self, organization_id: OrganizationId, team_id: TeamId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        ...

    def ancestors(self, organization_id: OrganizationId, team_id: TeamId) -> list[Team]:
        """Return the live teams above a team, its parent first.

        Raises `NotFound` for an absent team, and `ValueInvalid` where the way up is longer than 32
        teams, as it is in a loop.
        """
        ...

    def descendants(self, organization_id: OrganizationId, team_id: TeamId) -> list[Team]:
        """Return the live teams below a team, level by level, each level in the order of ids.

        A query for each level. Raises as `ancestors` does.
        """
        ...


class TeamTransactionRepository(TeamRepository, Protocol):
    """The verbs of teams inside a transaction."""

    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Team:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Team | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
