# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of team_members."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.team_member import TeamMemberChanges, TeamMemberOrder, TeamMemberUniqueKey
from dbkit.types.identifiers import BuilderId, OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.team_member import NewTeamMember, TeamMember, TeamMemberFilter, TeamRole

__all__ = ["AsyncTeamMemberRepository", "AsyncTeamMemberTransactionRepository"]


class AsyncTeamMemberRepository(Protocol):
    """The verbs of team_members, each call a transaction of its own."""

    async def get(self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId) -> TeamMember:
        """Return the live value, or raise `NotFound`."""
        ...

    async def find(self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId) -> TeamMember | None:
        """Return the live value, or None."""
        ...

    async def get_many(
        self, organization_id: OrganizationId, team_id: TeamId, builder_ids: Sequence[BuilderId]
    ) -> list[TeamMember]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    async def exists(self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId) -> bool:
        """Tell whether a live row has this key."""
        ...

    async def page(
        self,
        filter: TeamMemberFilter,
        *,
        order: TeamMemberOrder = "team_id,builder_id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[TeamMember]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: TeamMemberFilter, *, order: TeamMemberOrder = "team_id,builder_id"
    ) -> AsyncIterator[TeamMember]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    async def count(self, filter: TeamMemberFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    async def create(self, new: NewTeamMember) -> TeamMember:
        """Store a new row and return it as stored."""
        ...

    @overload
    async def create_many(self, new: Iterable[NewTeamMember], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    async def create_many(self, new: Iterable[NewTeamMember], *, returning: Literal[True]) -> list[TeamMember]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    async def update(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        builder_id: BuilderId,
        **changes: Unpack[TeamMemberChanges],
    ) -> TeamMember:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        ...

    async def upsert(self, new: NewTeamMember, *, on: TeamMemberUniqueKey) -> Upserted[TeamMember]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    async def delete(self, organization_id: OrganizationId, team_id: TeamId, builder_id: BuilderId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    async def roles_of(self, organization_id: OrganizationId, builder_id: BuilderId) -> dict[TeamId, TeamRole]:
        """Return the builder's role in each team of an organization that he is in."""
        ...


class AsyncTeamMemberTransactionRepository(AsyncTeamMemberRepository, Protocol):
    """The verbs of team_members inside a transaction."""

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> TeamMember:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    async def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> TeamMember | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...
