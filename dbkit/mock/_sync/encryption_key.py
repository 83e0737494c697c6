# Generated from dbkit/mock/_async/encryption_key.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of encryption_keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.encryption_key import EncryptionKeyCalls
from dbkit.models.encryption_key import ENCRYPTION_KEYS
from dbkit.types._sync.encryption_key import EncryptionKeyTransactionRepository
from dbkit.types.calls.encryption_key import EncryptionKeyChanges, EncryptionKeyOrder, EncryptionKeyUniqueKey
from dbkit.types.encryption_key import EncryptionKey, EncryptionKeyFilter, NewEncryptionKey
from dbkit.types.identifiers import EncryptionKeyId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockEncryptionKeyRepository", "MockEncryptionKeys"]


class EncryptionKeyGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> Result[EncryptionKey]: ...


class EncryptionKeyFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> Result[EncryptionKey | None]: ...


class EncryptionKeyGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, encryption_key_ids: tuple[EncryptionKeyId, ...]
    ) -> Result[list[EncryptionKey]]: ...


class EncryptionKeyExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> Result[bool]: ...


class EncryptionKeyPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: EncryptionKeyFilter, *, order: EncryptionKeyOrder, limit: int, after: str | None
    ) -> Result[Page[EncryptionKey]]: ...


class EncryptionKeyIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: EncryptionKeyFilter, *, order: EncryptionKeyOrder) -> Items[EncryptionKey]: ...


class EncryptionKeyCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: EncryptionKeyFilter) -> Result[int]: ...


class EncryptionKeyCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewEncryptionKey) -> Result[EncryptionKey]: ...


class EncryptionKeyCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewEncryptionKey, ...], *, returning: bool) -> Result[int | list[EncryptionKey]]: ...


class EncryptionKeyUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, encryption_key_id: EncryptionKeyId, **changes: Unpack[EncryptionKeyChanges]
    ) -> Result[EncryptionKey]: ...


class EncryptionKeyUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewEncryptionKey, *, on: EncryptionKeyUniqueKey) -> Result[Upserted[EncryptionKey]]: ...


class EncryptionKeyDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> Result[None]: ...


class EncryptionKeyActiveStub(Protocol):
    """What may answer for `active`."""

    def __call__(self, project_id: ProjectId, purpose: str) -> Result[EncryptionKey | None]: ...


class EncryptionKeyRotateStub(Protocol):
    """What may answer for `rotate`."""

    def __call__(self, project_id: ProjectId, purpose: str, new_key: NewEncryptionKey) -> Result[EncryptionKey]: ...


class EncryptionKeyUnusedRetiringStub(Protocol):
    """What may answer for `unused_retiring`."""

    def __call__(self, limit: int) -> Result[list[EncryptionKey]]: ...


class EncryptionKeyLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        encryption_key_id: EncryptionKeyId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[EncryptionKey | None]: ...


class MockEncryptionKeyRepository(MockRepository):
    """A repository of encryption_keys that does what its stubs say."""

    @property
    def calls(self) -> EncryptionKeyCalls:
        """The calls so far."""
        return EncryptionKeyCalls(self._book.log)

    def get(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> EncryptionKey:
        """Return the live value, or raise `NotFound`."""
        answer: EncryptionKey = self._answer("get", (project_id, encryption_key_id))
        return answer

    def find(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> EncryptionKey | None:
        """Return the live value, or None."""
        answer: EncryptionKey | None = self._answer("find", (project_id, encryption_key_id))
        return answer

    def get_many(self, project_id: ProjectId, encryption_key_ids: Sequence[EncryptionKeyId]) -> list[EncryptionKey]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[EncryptionKey] = self._answer("get_many", (project_id, encryption_key_ids))
        return answer

    def exists(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, encryption_key_id))
        return answer

    def page(
        self,
        filter: EncryptionKeyFilter,
        *,
        order: EncryptionKeyOrder = "id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[EncryptionKey]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[EncryptionKey] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: EncryptionKeyFilter, *, order: EncryptionKeyOrder = "id") -> Iterator[EncryptionKey]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: EncryptionKeyFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewEncryptionKey) -> EncryptionKey:
        """Store a new row and return it as stored."""
        answer: EncryptionKey = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewEncryptionKey], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewEncryptionKey], *, returning: Literal[True]) -> list[EncryptionKey]: ...
    def create_many(self, new: Iterable[NewEncryptionKey], *, returning: bool = False) -> int | list[EncryptionKey]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[EncryptionKey] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self, project_id: ProjectId, encryption_key_id: EncryptionKeyId, **changes: Unpack[EncryptionKeyChanges]
    ) -> EncryptionKey:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: EncryptionKey = self._answer("update", (project_id, encryption_key_id, changes))
        return answer

    def upsert(self, new: NewEncryptionKey, *, on: EncryptionKeyUniqueKey) -> Upserted[EncryptionKey]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[EncryptionKey] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, encryption_key_id: EncryptionKeyId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (project_id, encryption_key_id))

    def active(self, project_id: ProjectId, purpose: str = "credentials") -> EncryptionKey | None:
        """Return the key that seals new secrets of a purpose, or None before the first."""
        answer: EncryptionKey | None = self._answer("active", (project_id, purpose))
        return answer

    def rotate(self, project_id: ProjectId, purpose: str, new_key: NewEncryptionKey) -> EncryptionKey:
        """Store a new active key for a purpose; the one before it, if any, is retiring from then on.

        Raises `ValueInvalid` for a new key of another project or purpose, or one that is not active.
        """
        answer: EncryptionKey = self._answer("rotate", (project_id, purpose, new_key))
        return answer

    def unused_retiring(self, limit: int) -> list[EncryptionKey]:
        """Return up to `limit` retiring keys of all tenants that seal nothing any more, so that they may be retired."""
        answer: list[EncryptionKey] = self._answer("unused_retiring", (limit,))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        encryption_key_id: EncryptionKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> EncryptionKey: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        encryption_key_id: EncryptionKeyId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> EncryptionKey | None: ...
    def lock(
        self,
        project_id: ProjectId,
        encryption_key_id: EncryptionKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> EncryptionKey | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: EncryptionKey | None = self._answer(
            "lock", (project_id, encryption_key_id, strength, nowait, skip_locked)
        )
        return answer


class MockEncryptionKeys(MockBuilder[MockEncryptionKeyRepository]):
    """Builds a mock of the repository of encryption_keys: `with_...` says what an operation does."""

    _entity = ENCRYPTION_KEYS
    _interface = EncryptionKeyTransactionRepository
    _made = MockEncryptionKeyRepository

    def with_get(self, outcome: Outcome[EncryptionKey, EncryptionKeyGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[EncryptionKey | None, EncryptionKeyFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[EncryptionKey], EncryptionKeyGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, EncryptionKeyExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[EncryptionKey], EncryptionKeyPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[EncryptionKey], EncryptionKeyIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, EncryptionKeyCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[EncryptionKey, EncryptionKeyCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[EncryptionKey], EncryptionKeyCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[EncryptionKey, EncryptionKeyUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[EncryptionKey], EncryptionKeyUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, EncryptionKeyDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_active(self, outcome: Outcome[EncryptionKey | None, EncryptionKeyActiveStub]) -> Self:
        """Say what `active` does."""
        return self._with("active", outcome)

    def with_rotate(self, outcome: Outcome[EncryptionKey, EncryptionKeyRotateStub]) -> Self:
        """Say what `rotate` does."""
        return self._with("rotate", outcome)

    def with_unused_retiring(self, outcome: Outcome[list[EncryptionKey], EncryptionKeyUnusedRetiringStub]) -> Self:
        """Say what `unused_retiring` does."""
        return self._with("unused_retiring", outcome)

    def with_lock(self, outcome: Outcome[EncryptionKey | None, EncryptionKeyLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
