# Generated from dbkit/mock/_async/api_key.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of api_keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.api_key import ApiKeyCalls
from dbkit.models.api_key import API_KEYS
from dbkit.types._sync.api_key import ApiKeyTransactionRepository
from dbkit.types.api_key import ApiKey, ApiKeyFilter, NewApiKey
from dbkit.types.calls.api_key import ApiKeyChanges, ApiKeyOrder, ApiKeyUniqueKey
from dbkit.types.identifiers import ApiKeyId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted

__all__ = ["MockApiKeyRepository", "MockApiKeys"]


class ApiKeyGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> Result[ApiKey]: ...


class ApiKeyFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> Result[ApiKey | None]: ...


class ApiKeyGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, project_id: ProjectId, api_key_ids: tuple[ApiKeyId, ...]) -> Result[list[ApiKey]]: ...


class ApiKeyExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> Result[bool]: ...


class ApiKeyPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ApiKeyFilter, *, order: ApiKeyOrder, limit: int, after: str | None
    ) -> Result[Page[ApiKey]]: ...


class ApiKeyIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ApiKeyFilter, *, order: ApiKeyOrder) -> Items[ApiKey]: ...


class ApiKeyCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ApiKeyFilter) -> Result[int]: ...


class ApiKeyCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewApiKey) -> Result[ApiKey]: ...


class ApiKeyCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewApiKey, ...], *, returning: bool) -> Result[int | list[ApiKey]]: ...


class ApiKeyUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self, project_id: ProjectId, api_key_id: ApiKeyId, **changes: Unpack[ApiKeyChanges]
    ) -> Result[ApiKey]: ...


class ApiKeyUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewApiKey, *, on: ApiKeyUniqueKey) -> Result[Upserted[ApiKey]]: ...


class ApiKeyDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> Result[None]: ...


class ApiKeyFindByHashStub(Protocol):
    """What may answer for `find_by_hash`."""

    def __call__(self, key_hash: bytes) -> Result[ApiKey | None]: ...


class ApiKeyDeactivateStub(Protocol):
    """What may answer for `deactivate`."""

    def __call__(self, project_id: ProjectId, api_key_id: ApiKeyId) -> Result[ApiKey]: ...


class ApiKeyLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self, project_id: ProjectId, api_key_id: ApiKeyId, *, strength: LockStrength, nowait: bool, skip_locked: bool
    ) -> Result[ApiKey | None]: ...


class MockApiKeyRepository(MockRepository):
    """A repository of api_keys that does what its stubs say."""

    @property
    def calls(self) -> ApiKeyCalls:
        """The calls so far."""
        return ApiKeyCalls(self._book.log)

    def get(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey:
        """Return the live value, or raise `NotFound`."""
        answer: ApiKey = self._answer("get", (project_id, api_key_id))
        return answer

    def find(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey | None:
        """Return the live value, or None."""
        answer: ApiKey | None = self._answer("find", (project_id, api_key_id))
        return answer

    def get_many(self, project_id: ProjectId, api_key_ids: Sequence[ApiKeyId]) -> list[ApiKey]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ApiKey] = self._answer("get_many", (project_id, api_key_ids))
        return answer

    def exists(self, project_id: ProjectId, api_key_id: ApiKeyId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, api_key_id))
        return answer

    def page(
        self, filter: ApiKeyFilter, *, order: ApiKeyOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[ApiKey]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ApiKey] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ApiKeyFilter, *, order: ApiKeyOrder = "id") -> Iterator[ApiKey]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ApiKeyFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewApiKey) -> ApiKey:
        """Store a new row and return it as stored."""
        answer: ApiKey = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewApiKey], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewApiKey], *, returning: Literal[True]) -> list[ApiKey]: ...
    def create_many(self, new: Iterable[NewApiKey], *, returning: bool = False) -> int | list[ApiKey]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ApiKey] = self._answer("create_many", (new, returning))
        return answer

    def update(self, project_id: ProjectId, api_key_id: ApiKeyId, **changes: Unpack[ApiKeyChanges]) -> ApiKey:
        """Change a live row, or raise `NotFound` or `IllegalTransition`."""
        answer: ApiKey = self._answer("update", (project_id, api_key_id, changes))
        return answer

    def upsert(self, new: NewApiKey, *, on: ApiKeyUniqueKey) -> Upserted[ApiKey]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ApiKey] = self._answer("upsert", (new, on))
        return answer

    def delete(self, project_id: ProjectId, api_key_id: ApiKeyId) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (project_id, api_key_id))

    def find_by_hash(self, key_hash: bytes) -> ApiKey | None:
        """Return the key with this SHA-256, active or not, of whichever project, or None.

        The only look-up across tenants: the caller of a service is not known before it.
        """
        answer: ApiKey | None = self._answer("find_by_hash", (key_hash,))
        return answer

    def deactivate(self, project_id: ProjectId, api_key_id: ApiKeyId) -> ApiKey:
        """End a key's life, or raise `NotFound`; a key that is inactive stays so."""
        answer: ApiKey = self._answer("deactivate", (project_id, api_key_id))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        api_key_id: ApiKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ApiKey: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        api_key_id: ApiKeyId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ApiKey | None: ...
    def lock(
        self,
        project_id: ProjectId,
        api_key_id: ApiKeyId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ApiKey | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ApiKey | None = self._answer("lock", (project_id, api_key_id, strength, nowait, skip_locked))
        return answer


class MockApiKeys(MockBuilder[MockApiKeyRepository]):
    """Builds a mock of the repository of api_keys: `with_...` says what an operation does."""

    _entity = API_KEYS
    _interface = ApiKeyTransactionRepository
    _made = MockApiKeyRepository

    def with_get(self, outcome: Outcome[ApiKey, ApiKeyGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ApiKey | None, ApiKeyFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ApiKey], ApiKeyGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ApiKeyExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ApiKey], ApiKeyPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ApiKey], ApiKeyIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ApiKeyCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ApiKey, ApiKeyCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ApiKey], ApiKeyCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ApiKey, ApiKeyUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ApiKey], ApiKeyUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ApiKeyDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_find_by_hash(self, outcome: Outcome[ApiKey | None, ApiKeyFindByHashStub]) -> Self:
        """Say what `find_by_hash` does."""
        return self._with("find_by_hash", outcome)

    def with_deactivate(self, outcome: Outcome[ApiKey, ApiKeyDeactivateStub]) -> Self:
        """Say what `deactivate` does."""
        return self._with("deactivate", outcome)

    def with_lock(self, outcome: Outcome[ApiKey | None, ApiKeyLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
