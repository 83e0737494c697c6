# Generated from dbkit/mock/_async/group.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.group import GroupCalls
from dbkit.models.group import GROUPS
from dbkit.types._sync.group import GroupTransactionRepository
from dbkit.types.calls.group import GroupChanges, GroupOrder, GroupUniqueKey
from dbkit.types.group import Group, GroupFilter, NewGroup
from dbkit.types.identifiers import GroupRef, ProjectId
from dbkit.types.installation import Installation
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockGroupRepository", "MockGroups"]


class GroupGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> Result[Group]: ...


class GroupFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> Result[Group | None]: ...


class GroupGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, group_refs: tuple[GroupRef, ...]) -> Result[list[Group]]: ...


class GroupExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> Result[bool]: ...


class GroupPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: GroupFilter, *, order: GroupOrder, limit: int, after: str | None
    ) -> Result[Page[Group]]: ...


class GroupIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: GroupFilter, *, order: GroupOrder) -> Items[Group]: ...


class GroupCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: GroupFilter) -> Result[int]: ...


class GroupCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewGroup) -> Result[Group]: ...


class GroupCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewGroup, ...], *, returning: bool) -> Result[int | list[Group]]: ...


class GroupUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, group_ref: GroupRef, **changes: Unpack[GroupChanges]
    ) -> Result[Group]: ...


class GroupUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewGroup, *, on: GroupUniqueKey) -> Result[Upserted[Group]]: ...


class GroupDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> Result[None]: ...


class GroupInstallationsStub(Protocol):
    """What may answer for `installations`."""

    def __call__(self, project_id: ProjectId, group_ref: GroupRef) -> Items[Installation]: ...


class GroupLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, group_ref: GroupRef, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Group | None]: ...


class MockGroupRepository(MockRepository):
    """A repository of groups that does what its stubs say."""

    @property
    def calls(self) -> GroupCalls:
        """The calls so far."""
        return GroupCalls(self._book.log)

    def get(self, project_id: ProjectId, group_ref: GroupRef) -> Group:
        """Return the live value, or raise `NotFound`."""
        answer: Group = self._answer("get", (project_id, group_ref))
        return answer

    def find(self, project_id: ProjectId, group_ref: GroupRef) -> Group | None:
        """Return the live value, or None."""
        answer: Group | None = self._answer("find", (project_id, group_ref))
        return answer

    def get_many(self, project_id: ProjectId, group_refs: Sequence[GroupRef]) -> list[Group]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Group] = self._answer("get_many", (project_id, group_refs))
        return answer

    def exists(self, project_id: ProjectId, group_ref: GroupRef) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, group_ref))
        return answer

    def page(
        self, filter: GroupFilter, *, order: GroupOrder = "group_ref", limit: int = 50, after: str | None = None
    ) -> Page[Group]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Group] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: GroupFilter, *, order: GroupOrder = "group_ref") -> Iterator[Group]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: GroupFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewGroup) -> Group:
        """Store a new row and return it as stored."""
        answer: Group = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewGroup], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewGroup], *, returning: Literal[True]) -> list[Group]: ...
    def create_many(self, new: Iterable[NewGroup], *, returning: bool = False) -> int | list[Group]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Group] = self._answer("create_many", (new, returning))
        return answer

    def update(self, project_id: ProjectId, group_ref: GroupRef, **changes: Unpack[GroupChanges]) -> Group:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Group = self._answer("update", (project_id, group_ref, changes))
        return answer

    def upsert(self, new: NewGroup, *, on: GroupUniqueKey) -> Upserted[Group]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Group] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, group_ref: GroupRef) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (project_id, group_ref))

    def installations(self, project_id: ProjectId, group_ref: GroupRef) -> Iterator[Installation]:
        """Yield the live installations of a group, in the order of ids."""
        return self._iterate("installations", (project_id, group_ref))

    @overload
    def lock(
        self,
        project_id: ProjectId,
        group_ref: GroupRef,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Group: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        group_ref: GroupRef,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Group | None: ...
    def lock(
        self,
        project_id: ProjectId,
        group_ref: GroupRef,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Group | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Group | None = self._answer("lock", (project_id, group_ref, strength, nowait, skip_locked))
        return answer


class MockGroups(MockBuilder[MockGroupRepository]):
    """Builds a mock of the repository of groups: `with_...` says what an operation does."""

    _entity = GROUPS
    _interface = GroupTransactionRepository
    _made = MockGroupRepository

    def with_get(self, outcome: Outcome[Group, GroupGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Group | None, GroupFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Group], GroupGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, GroupExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Group], GroupPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Group], GroupIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, GroupCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Group, GroupCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Group], GroupCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Group, GroupUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Group], GroupUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, GroupDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_installations(self, outcome: Outcome[Iterable[Installation], GroupInstallationsStub]) -> Self:
        """Say what `installations` does."""
        return self._with("installations", outcome)

    def with_lock(self, outcome: Outcome[Group | None, GroupLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
