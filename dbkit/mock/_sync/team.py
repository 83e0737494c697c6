# Generated from dbkit/mock/_async/team.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of teams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.team import TeamCalls
from dbkit.models.team import TEAMS
from dbkit.types._sync.team import TeamTransactionRepository
from dbkit.types.calls.team import TeamChanges, TeamOrder, TeamUniqueKey
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.team import NewTeam, Team, TeamFilter

__all__ = ["MockTeamRepository", "MockTeams"]


class TeamGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> Result[Team]: ...


class TeamFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> Result[Team | None]: ...


class TeamGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, organization_id: OrganizationId, team_ids: tuple[TeamId, ...]) -> Result[list[Team]]: ...


class TeamExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> Result[bool]: ...


class TeamPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: TeamFilter, *, order: TeamOrder, limit: int, after: str | None
    ) -> Result[Page[Team]]: ...


class TeamIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: TeamFilter, *, order: TeamOrder) -> Items[Team]: ...


class TeamCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: TeamFilter) -> Result[int]: ...


class TeamCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewTeam) -> Result[Team]: ...


class TeamCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewTeam, ...], *, returning: bool) -> Result[int | list[Team]]: ...


class TeamUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, organization_id: OrganizationId, team_id: TeamId, **changes: Unpack[TeamChanges]
    ) -> Result[Team]: ...


class TeamUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewTeam, *, on: TeamUniqueKey) -> Result[Upserted[Team]]: ...


class TeamDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> Result[None]: ...


class TeamRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> Result[Team]: ...


class TeamPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> Result[None]: ...


class TeamAncestorsStub(Protocol):
    """What may answer for `ancestors`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> Result[list[Team]]: ...


class TeamDescendantsStub(Protocol):
    """What may answer for `descendants`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> Result[list[Team]]: ...


class TeamLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[Team | None]: ...


class MockTeamRepository(MockRepository):
    """A repository of teams that does what its stubs say."""

    @property
    def calls(self) -> TeamCalls:
        """The calls so far."""
        return TeamCalls(self._book.log)

    def get(self, organization_id: OrganizationId, team_id: TeamId) -> Team:
        """Return the live value, or raise `NotFound`."""
        answer: Team = self._answer("get", (organization_id, team_id))
        return answer

    def find(self, organization_id: OrganizationId, team_id: TeamId) -> Team | None:
        """Return the live value, or None."""
        answer: Team | None = self._answer("find", (organization_id, team_id))
        return answer

    def get_many(self, organization_id: OrganizationId, team_ids: Sequence[TeamId]) -> list[Team]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Team] = self._answer("get_many", (organization_id, team_ids))
        return answer

    def exists(self, organization_id: OrganizationId, team_id: TeamId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (organization_id, team_id))
        return answer

    def page(
        self, filter: TeamFilter, *, order: TeamOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Team]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Team] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: TeamFilter, *, order: TeamOrder = "id") -> Iterator[Team]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: TeamFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewTeam) -> Team:
        """Store a new row and return it as stored."""
        answer: Team = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewTeam], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewTeam], *, returning: Literal[True]) -> list[Team]: ...
    def create_many(self, new: Iterable[NewTeam], *, returning: bool = False) -> int | list[Team]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Team] = self._answer("create_many", (new, returning))
        return answer

    def update(self, organization_id: OrganizationId, team_id: TeamId, **changes: Unpack[TeamChanges]) -> Team:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Team = self._answer("update", (organization_id, team_id, changes))
        return answer

    def upsert(self, new: NewTeam, *, on: TeamUniqueKey) -> Upserted[Team]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Team] = self._answer("upsert", (new, on))
        return answer

    def delete(self, organization_id: OrganizationId, team_id: TeamId) -> None:
        """Delete a live row softly, or raise `NotFound`."""
        self._answer("delete", (organization_id, team_id))

    def restore(self, organization_id: OrganizationId, team_id: TeamId) -> Team:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Team = self._answer("restore", (organization_id, team_id))
        return answer

    def purge(self, organization_id: OrganizationId, team_id: TeamId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (organization_id, team_id))

    def ancestors(self, organization_id: OrganizationId, team_id: TeamId) -> list[Team]:
        """Return the live teams above a team, its parent first.

        Raises `NotFound` for an absent team, and `ValueInvalid` where the way up is longer than 32
        teams, as it is in a loop.
        """
        answer: list[Team] = self._answer("ancestors", (organization_id, team_id))
        return answer

    def descendants(self, organization_id: OrganizationId, team_id: TeamId) -> list[Team]:
        """Return the live teams below a team, level by level, each level in the order of ids.

        A query for each level. Raises as `ancestors` does.
        """
        answer: list[Team] = self._answer("descendants", (organization_id, team_id))
        return answer

    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Team: ...
    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Team | None: ...
    def lock(
        self,
        organization_id: OrganizationId,
        team_id: TeamId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Team | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Team | None = self._answer("lock", (organization_id, team_id, strength, nowait, skip_locked))
        return answer


class MockTeams(MockBuilder[MockTeamRepository]):
    """Builds a mock of the repository of teams: `with_...` says what an operation does."""

    _entity = TEAMS
    _interface = TeamTransactionRepository
    _made = MockTeamRepository

    def with_get(self, outcome: Outcome[Team, TeamGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Team | None, TeamFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Team], TeamGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, TeamExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Team], TeamPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Team], TeamIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, TeamCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Team, TeamCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Team], TeamCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Team, TeamUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Team], TeamUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, TeamDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Team, TeamRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, TeamPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_ancestors(self, outcome: Outcome[list[Team], TeamAncestorsStub]) -> Self:
        """Say what `ancestors` does."""
        return self._with("ancestors", outcome)

    def with_descendants(self, outcome: Outcome[list[Team], TeamDescendantsStub]) -> Self:
        """Say what `descendants` does."""
        return self._with("descendants", outcome)

    def with_lock(self, outcome: Outcome[Team | None, TeamLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
