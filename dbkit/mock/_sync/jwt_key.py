# Generated from dbkit/mock/_async/jwt_key.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of jwt_keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.jwt_key import JwtKeyCalls
from dbkit.models.jwt_key import JWT_KEYS
from dbkit.types._sync.jwt_key import JwtKeyTransactionRepository
from dbkit.types.calls.jwt_key import JwtKeyChanges, JwtKeyOrder, JwtKeyUniqueKey
from dbkit.types.identifiers import JwtKeyId, ProjectId
from dbkit.types.jwt_key import JwtKey, JwtKeyFilter, NewJwtKey
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockJwtKeyRepository", "MockJwtKeys"]


class JwtKeyGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> Result[JwtKey]: ...


class JwtKeyFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> Result[JwtKey | None]: ...


class JwtKeyGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, jwt_key_ids: tuple[JwtKeyId, ...]) -> Result[list[JwtKey]]: ...


class JwtKeyExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> Result[bool]: ...


class JwtKeyPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: JwtKeyFilter, *, order: JwtKeyOrder, limit: int, after: str | None
    ) -> Result[Page[JwtKey]]: ...


class JwtKeyIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: JwtKeyFilter, *, order: JwtKeyOrder) -> Items[JwtKey]: ...


class JwtKeyCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: JwtKeyFilter) -> Result[int]: ...


class JwtKeyCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewJwtKey) -> Result[JwtKey]: ...


class JwtKeyCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewJwtKey, ...], *, returning: bool) -> Result[int | list[JwtKey]]: ...


class JwtKeyUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, jwt_key_id: JwtKeyId, **changes: Unpack[JwtKeyChanges]
    ) -> Result[JwtKey]: ...


class JwtKeyUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewJwtKey, *, on: JwtKeyUniqueKey) -> Result[Upserted[JwtKey]]: ...


class JwtKeyDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> Result[None]: ...


class JwtKeyActiveKeysStub(Protocol):
    """What may answer for `active_keys`."""

    def __call__(self, project_id: ProjectId) -> Result[list[JwtKey]]: ...


class JwtKeyLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, jwt_key_id: JwtKeyId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[JwtKey | None]: ...


class MockJwtKeyRepository(MockRepository):
    """A repository of jwt_keys that does what its stubs say."""

    @property
    def calls(self) -> JwtKeyCalls:
        """The calls so far."""
        return JwtKeyCalls(self._book.log)

    def get(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> JwtKey:
        """Return the live value, or raise `NotFound`."""
        answer: JwtKey = self._answer("get", (project_id, jwt_key_id))
        return answer

    def find(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> JwtKey | None:
        """Return the live value, or None."""
        answer: JwtKey | None = self._answer("find", (project_id, jwt_key_id))
        return answer

    def get_many(self, project_id: ProjectId, jwt_key_ids: Sequence[JwtKeyId]) -> list[JwtKey]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[JwtKey] = self._answer("get_many", (project_id, jwt_key_ids))
        return answer

    def exists(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, jwt_key_id))
        return answer

    def page(
        self, filter: JwtKeyFilter, *, order: JwtKeyOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[JwtKey]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[JwtKey] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: JwtKeyFilter, *, order: JwtKeyOrder = "id") -> Iterator[JwtKey]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: JwtKeyFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewJwtKey) -> JwtKey:
        """Store a new row and return it as stored."""
        answer: JwtKey = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewJwtKey], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewJwtKey], *, returning: Literal[True]) -> list[JwtKey]: ...
    def create_many(self, new: Iterable[NewJwtKey], *, returning: bool = False) -> int | list[JwtKey]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[JwtKey] = self._answer("create_many", (new, returning))
        return answer

    def update(self, project_id: ProjectId, jwt_key_id: JwtKeyId, **changes: Unpack[JwtKeyChanges]) -> JwtKey:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: JwtKey = self._answer("update", (project_id, jwt_key_id, changes))
        return answer

    def upsert(self, new: NewJwtKey, *, on: JwtKeyUniqueKey) -> Upserted[JwtKey]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[JwtKey] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, jwt_key_id: JwtKeyId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (project_id, jwt_key_id))

    def active_keys(self, project_id: ProjectId) -> list[JwtKey]:
        """Return the keys that a token of a project may be verified with, in the order of ids."""
        answer: list[JwtKey] = self._answer("active_keys", (project_id,))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        jwt_key_id: JwtKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> JwtKey: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        jwt_key_id: JwtKeyId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> JwtKey | None: ...
    def lock(
        self,
        project_id: ProjectId,
        jwt_key_id: JwtKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> JwtKey | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: JwtKey | None = self._answer("lock", (project_id, jwt_key_id, strength, nowait, skip_locked))
        return answer


class MockJwtKeys(MockBuilder[MockJwtKeyRepository]):
    """Builds a mock of the repository of jwt_keys: `with_...` says what an operation does."""

    _entity = JWT_KEYS
    _interface = JwtKeyTransactionRepository
    _made = MockJwtKeyRepository

    def with_get(self, outcome: Outcome[JwtKey, JwtKeyGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[JwtKey | None, JwtKeyFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[JwtKey], JwtKeyGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, JwtKeyExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[JwtKey], JwtKeyPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[JwtKey], JwtKeyIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, JwtKeyCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[JwtKey, JwtKeyCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[JwtKey], JwtKeyCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[JwtKey, JwtKeyUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[JwtKey], JwtKeyUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, JwtKeyDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_active_keys(self, outcome: Outcome[list[JwtKey], JwtKeyActiveKeysStub]) -> Self:
        """Say what `active_keys` does."""
        return self._with("active_keys", outcome)

    def with_lock(self, outcome: Outcome[JwtKey | None, JwtKeyLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
