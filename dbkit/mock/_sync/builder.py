# Generated from dbkit/mock/_async/builder.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of builders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.builder import BuilderCalls
from dbkit.models.builder import BUILDERS
from dbkit.types._sync.builder import BuilderTransactionRepository
from dbkit.types.builder import Builder, BuilderFilter, NewBuilder
from dbkit.types.calls.builder import BuilderChanges, BuilderOrder, BuilderUniqueKey
from dbkit.types.identifiers import BuilderId
from dbkit.types.lock import LockStrength
from dbkit.types.organization import Organization
from dbkit.types.page import Page, Upserted

__all__ = ["MockBuilderRepository", "MockBuilders"]


class BuilderGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, builder_id: BuilderId) -> Result[Builder]: ...


class BuilderFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, builder_id: BuilderId) -> Result[Builder | None]: ...


class BuilderGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, builder_ids: tuple[BuilderId, ...]) -> Result[list[Builder]]: ...


class BuilderExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, builder_id: BuilderId) -> Result[bool]: ...


class BuilderPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: BuilderFilter | None, *, order: BuilderOrder, limit: int, after: str | None
    ) -> Result[Page[Builder]]: ...


class BuilderIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: BuilderFilter | None, *, order: BuilderOrder) -> Items[Builder]: ...


class BuilderCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: BuilderFilter | None) -> Result[int]: ...


class BuilderCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewBuilder) -> Result[Builder]: ...


class BuilderCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewBuilder, ...], *, returning: bool) -> Result[int | list[Builder]]: ...


class BuilderUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(self, builder_id: BuilderId, **changes: Unpack[BuilderChanges]) -> Result[Builder]: ...


class BuilderUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewBuilder, *, on: BuilderUniqueKey) -> Result[Upserted[Builder]]: ...


class BuilderDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, builder_id: BuilderId) -> Result[None]: ...


class BuilderRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, builder_id: BuilderId) -> Result[Builder]: ...


class BuilderPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, builder_id: BuilderId) -> Result[None]: ...


class BuilderGetByIdpStub(Protocol):
    """What may answer for `get_by_idp`."""

    def __call__(self, idp_provider: str, idp_ref: str) -> Result[Builder]: ...


class BuilderFindByEmailStub(Protocol):
    """What may answer for `find_by_email`."""

    def __call__(self, email: str) -> Result[Builder | None]: ...


class BuilderOrganizationsStub(Protocol):
    """What may answer for `organizations`."""

    def __call__(self, builder_id: BuilderId) -> Result[list[Organization]]: ...


class BuilderLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, builder_id: BuilderId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[Builder | None]: ...


class MockBuilderRepository(MockRepository):
    """A repository of builders that does what its stubs say."""

    @property
    def calls(self) -> BuilderCalls:
        """The calls so far."""
        return BuilderCalls(self._book.log)

    def get(self, builder_id: BuilderId) -> Builder:
        """Return the live value, or raise `NotFound`."""
        answer: Builder = self._answer("get", (builder_id,))
        return answer

    def find(self, builder_id: BuilderId) -> Builder | None:
        """Return the live value, or None."""
        answer: Builder | None = self._answer("find", (builder_id,))
        return answer

    def get_many(self, builder_ids: Sequence[BuilderId]) -> list[Builder]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Builder] = self._answer("get_many", (builder_ids,))
        return answer

    def exists(self, builder_id: BuilderId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (builder_id,))
        return answer

    def page(
        self,
        filter: BuilderFilter | None = None,
        *,
        order: BuilderOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Builder]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Builder] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: BuilderFilter | None = None, *, order: BuilderOrder = "id") -> Iterator[Builder]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: BuilderFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewBuilder) -> Builder:
        """Store a new row and return it as stored."""
        answer: Builder = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewBuilder], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewBuilder], *, returning: Literal[True]) -> list[Builder]: ...
    def create_many(self, new: Iterable[NewBuilder], *, returning: bool = False) -> int | list[Builder]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Builder] = self._answer("create_many", (new, returning))
        return answer

    def update(self, builder_id: BuilderId, **changes: Unpack[BuilderChanges]) -> Builder:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: Builder = self._answer("update", (builder_id, changes))
        return answer

    def upsert(self, new: NewBuilder, *, on: BuilderUniqueKey) -> Upserted[Builder]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Builder] = self._answer("upsert", (new, on))
        return answer

    def delete(self, builder_id: BuilderId) -> None:
        """Delete a live row softly, or raise `NotFound`."""
        self._answer("delete", (builder_id,))

    def restore(self, builder_id: BuilderId) -> Builder:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Builder = self._answer("restore", (builder_id,))
        return answer

    def purge(self, builder_id: BuilderId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (builder_id,))

    def get_by_idp(self, idp_provider: str, idp_ref: str) -> Builder:
        """Return the live builder whom an identity provider knows by this reference, or raise `NotFound`."""
        answer: Builder = self._answer("get_by_idp", (idp_provider, idp_ref))
        return answer

    def find_by_email(self, email: str) -> Builder | None:
        """Return the live builder with this primary address, without regard to case, or None."""
        answer: Builder | None = self._answer("find_by_email", (email,))
        return answer

    def organizations(self, builder_id: BuilderId) -> list[Organization]:
        """Return the live organizations of which a builder is in some team, in the order of ids."""
        answer: list[Organization] = self._answer("organizations", (builder_id,))
        return answer

    @overload
    def lock(
        self,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Builder: ...
    @overload
    def lock(
        self,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Builder | None: ...
    def lock(
        self,
        builder_id: BuilderId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Builder | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Builder | None = self._answer("lock", (builder_id, strength, nowait, skip_locked))
        return answer


class MockBuilders(MockBuilder[MockBuilderRepository]):
    """Builds a mock of the repository of builders: `with_...` says what an operation does."""

    _entity = BUILDERS
    _interface = BuilderTransactionRepository
    _made = MockBuilderRepository

    def with_get(self, outcome: Outcome[Builder, BuilderGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Builder | None, BuilderFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Builder], BuilderGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, BuilderExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Builder], BuilderPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Builder], BuilderIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, BuilderCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Builder, BuilderCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Builder], BuilderCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Builder, BuilderUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Builder], BuilderUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, BuilderDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Builder, BuilderRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, BuilderPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_get_by_idp(self, outcome: Outcome[Builder, BuilderGetByIdpStub]) -> Self:
        """Say what `get_by_idp` does."""
        return self._with("get_by_idp", outcome)

    def with_find_by_email(self, outcome: Outcome[Builder | None, BuilderFindByEmailStub]) -> Self:
        """Say what `find_by_email` does."""
        return self._with("find_by_email", outcome)

    def with_organizations(self, outcome: Outcome[list[Organization], BuilderOrganizationsStub]) -> Self:
        """Say what `organizations` does."""
        return self._with("organizations", outcome)

    def with_lock(self, outcome: Outcome[Builder | None, BuilderLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
