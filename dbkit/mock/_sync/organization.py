# Generated from dbkit/mock/_async/organization.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of organizations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.organization import OrganizationCalls
from dbkit.models.organization import ORGANIZATIONS
from dbkit.types._sync.organization import OrganizationTransactionRepository
from dbkit.types.calls.organization import OrganizationChanges, OrganizationOrder, OrganizationUniqueKey
from dbkit.types.identifiers import OrganizationId, TeamId
from dbkit.types.lock import LockStrength
from dbkit.types.organization import NewOrganization, Organization, OrganizationFilter
from dbkit.types.page import Page, Upserted
from dbkit.types.team import NewTeam

__all__ = ["MockOrganizationRepository", "MockOrganizations"]


class OrganizationGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, organization_id: OrganizationId) -> Result[Organization]: ...


class OrganizationFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, organization_id: OrganizationId) -> Result[Organization | None]: ...


class OrganizationGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, organization_ids: tuple[OrganizationId, ...]) -> Result[list[Organization]]: ...


class OrganizationExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, organization_id: OrganizationId) -> Result[bool]: ...


class OrganizationPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: OrganizationFilter | None, *, order: OrganizationOrder, limit: int, after: str | None
    ) -> Result[Page[Organization]]: ...


class OrganizationIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: OrganizationFilter | None, *, order: OrganizationOrder) -> Items[Organization]: ...


class OrganizationCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: OrganizationFilter | None) -> Result[int]: ...


class OrganizationCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewOrganization) -> Result[Organization]: ...


class OrganizationCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewOrganization, ...], *, returning: bool) -> Result[int | list[Organization]]: ...


class OrganizationUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, organization_id: OrganizationId, *, expected_version: int, **changes: Unpack[OrganizationChanges]
    ) -> Result[Organization]: ...


class OrganizationUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewOrganization, *, on: OrganizationUniqueKey) -> Result[Upserted[Organization]]: ...


class OrganizationDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, organization_id: OrganizationId, *, expected_version: int | None) -> Result[None]: ...


class OrganizationRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, organization_id: OrganizationId) -> Result[Organization]: ...


class OrganizationPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, organization_id: OrganizationId) -> Result[None]: ...


class OrganizationCreateWithDefaultTeamStub(Protocol):
    """What may answer for `create_with_default_team`."""

    def __call__(self, organization: NewOrganization, team: NewTeam) -> Result[Organization]: ...


class OrganizationMoveDefaultTeamStub(Protocol):
    """What may answer for `move_default_team`."""

    def __call__(self, organization_id: OrganizationId, team_id: TeamId) -> Result[Organization]: ...


class OrganizationLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, organization_id: OrganizationId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Organization | None]: ...


class MockOrganizationRepository(MockRepository):
    """A repository of organizations that does what its stubs say."""

    @property
    def calls(self) -> OrganizationCalls:
        """The calls so far."""
        return OrganizationCalls(self._book.log)

    def get(self, organization_id: OrganizationId) -> Organization:
        """Return the live value, or raise `NotFound`."""
        answer: Organization = self._answer("get", (organization_id,))
        return answer

    def find(self, organization_id: OrganizationId) -> Organization | None:
        """Return the live value, or None."""
        answer: Organization | None = self._answer("find", (organization_id,))
        return answer

    def get_many(self, organization_ids: Sequence[OrganizationId]) -> list[Organization]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Organization] = self._answer("get_many", (organization_ids,))
        return answer

    def exists(self, organization_id: OrganizationId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (organization_id,))
        return answer

    def page(
        self,
        filter: OrganizationFilter | None = None,
        *,
        order: OrganizationOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Organization]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Organization] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: OrganizationFilter | None = None, *, order: OrganizationOrder = "id"
    ) -> Iterator[Organization]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: OrganizationFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewOrganization) -> Organization:
        """Store a new row and return it as stored."""
        answer: Organization = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewOrganization], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewOrganization], *, returning: Literal[True]) -> list[Organization]: ...
    def create_many(self, new: Iterable[NewOrganization], *, returning: bool = False) -> int | list[Organization]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Organization] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self, organization_id: OrganizationId, *, expected_version: int, **changes: Unpack[OrganizationChanges]
    ) -> Organization:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Organization = self._answer("update", (organization_id, expected_version, changes))
        return answer

    def upsert(self, new: NewOrganization, *, on: OrganizationUniqueKey) -> Upserted[Organization]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Organization] = self._answer("upsert", (new, on))
        return answer

    def delete(self, organization_id: OrganizationId, *, expected_version: int | None = None) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (organization_id, expected_version))

    def restore(self, organization_id: OrganizationId) -> Organization:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Organization = self._answer("restore", (organization_id,))
        return answer

    def purge(self, organization_id: OrganizationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (organization_id,))

    def create_with_default_team(self, organization: NewOrganization, team: NewTeam) -> Organization:
        """Store an organization and the team that it points to, both or none.

        Raises `ReferenceMissing` at the commit where the two do not name each other.
        """
        answer: Organization = self._answer("create_with_default_team", (organization, team))
        return answer

    def move_default_team(self, organization_id: OrganizationId, team_id: TeamId) -> Organization:
        """Make another live team the default one.

        Raises `NotFound` for an absent organization or team.
        """
        answer: Organization = self._answer("move_default_team", (organization_id, team_id))
        return answer

    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Organization: ...
    @overload
    def lock(
        self,
        organization_id: OrganizationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Organization | None: ...
    def lock(
        self,
        organization_id: OrganizationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Organization | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Organization | None = self._answer("lock", (organization_id, strength, nowait, skip_locked))
        return answer


class MockOrganizations(MockBuilder[MockOrganizationRepository]):
    """Builds a mock of the repository of organizations: `with_...` says what an operation does."""

    _entity = ORGANIZATIONS
    _interface = OrganizationTransactionRepository
    _made = MockOrganizationRepository

    def with_get(self, outcome: Outcome[Organization, OrganizationGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Organization | None, OrganizationFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Organization], OrganizationGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, OrganizationExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Organization], OrganizationPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Organization], OrganizationIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, OrganizationCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Organization, OrganizationCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Organization], OrganizationCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Organization, OrganizationUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Organization], OrganizationUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, OrganizationDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Organization, OrganizationRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, OrganizationPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_create_with_default_team(
        self, outcome: Outcome[Organization, OrganizationCreateWithDefaultTeamStub]
    ) -> Self:
        """Say what `create_with_default_team` does."""
        return self._with("create_with_default_team", outcome)

    def with_move_default_team(self, outcome: Outcome[Organization, OrganizationMoveDefaultTeamStub]) -> Self:
        """Say what `move_default_team` does."""
        return self._with("move_default_team", outcome)

    def with_lock(self, outcome: Outcome[Organization | None, OrganizationLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
