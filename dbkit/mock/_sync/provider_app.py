# Generated from dbkit/mock/_async/provider_app.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of provider_apps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.provider_app import ProviderAppCalls
from dbkit.models.provider_app import PROVIDER_APPS
from dbkit.types._sync.provider_app import ProviderAppTransactionRepository
from dbkit.types.calls.provider_app import ProviderAppChanges, ProviderAppOrder, ProviderAppUniqueKey
from dbkit.types.identifiers import EncryptionKeyId, ProjectId, ProviderAppId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.provider_app import NewProviderApp, ProviderApp, ProviderAppFilter

__all__ = ["MockProviderAppRepository", "MockProviderApps"]


class ProviderAppGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> Result[ProviderApp]: ...


class ProviderAppFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> Result[ProviderApp | None]: ...


class ProviderAppGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, provider_app_ids: tuple[ProviderAppId, ...]
    ) -> Result[list[ProviderApp]]: ...


class ProviderAppExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> Result[bool]: ...


class ProviderAppPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ProviderAppFilter, *, order: ProviderAppOrder, limit: int, after: str | None
    ) -> Result[Page[ProviderApp]]: ...


class ProviderAppIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ProviderAppFilter, *, order: ProviderAppOrder) -> Items[ProviderApp]: ...


class ProviderAppCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ProviderAppFilter) -> Result[int]: ...


class ProviderAppCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewProviderApp) -> Result[ProviderApp]: ...


class ProviderAppCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewProviderApp, ...], *, returning: bool) -> Result[int | list[ProviderApp]]: ...


class ProviderAppUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        expected_version: int,
        **changes: Unpack[ProviderAppChanges],
    ) -> Result[ProviderApp]: ...


class ProviderAppUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewProviderApp, *, on: ProviderAppUniqueKey) -> Result[Upserted[ProviderApp]]: ...


class ProviderAppDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, provider_app_id: ProviderAppId, *, expected_version: int | None
    ) -> Result[None]: ...


class ProviderAppRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> Result[ProviderApp]: ...


class ProviderAppPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> Result[None]: ...


class ProviderAppFindByExternalRefStub(Protocol):
    """What may answer for `find_by_external_ref`."""

    def __call__(self, project_id: ProjectId, external_ref: str) -> Result[ProviderApp | None]: ...


class ProviderAppResealStub(Protocol):
    """What may answer for `reseal`."""

    def __call__(
        self, project_id: ProjectId, provider_app_id: ProviderAppId, key_id: EncryptionKeyId
    ) -> Result[ProviderApp]: ...


class ProviderAppIsSealedWithStub(Protocol):
    """What may answer for `is_sealed_with`."""

    def __call__(self, project_id: ProjectId, key_id: EncryptionKeyId) -> Result[bool]: ...


class ProviderAppLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> Result[ProviderApp | None]: ...


class MockProviderAppRepository(MockRepository):
    """A repository of provider_apps that does what its stubs say."""

    @property
    def calls(self) -> ProviderAppCalls:
        """The calls so far."""
        return ProviderAppCalls(self._book.log)

    def get(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> ProviderApp:
        """Return the live value, or raise `NotFound`."""
        answer: ProviderApp = self._answer("get", (project_id, provider_app_id))
        return answer

    def find(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> ProviderApp | None:
        """Return the live value, or None."""
        answer: ProviderApp | None = self._answer("find", (project_id, provider_app_id))
        return answer

    def get_many(self, project_id: ProjectId, provider_app_ids: Sequence[ProviderAppId]) -> list[ProviderApp]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ProviderApp] = self._answer("get_many", (project_id, provider_app_ids))
        return answer

    def exists(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, provider_app_id))
        return answer

    def page(
        self, filter: ProviderAppFilter, *, order: ProviderAppOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[ProviderApp]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ProviderApp] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: ProviderAppFilter, *, order: ProviderAppOrder = "id") -> Iterator[ProviderApp]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ProviderAppFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewProviderApp) -> ProviderApp:
        """Store a new row and return it as stored."""
        answer: ProviderApp = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewProviderApp], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewProviderApp], *, returning: Literal[True]) -> list[ProviderApp]: ...
    def create_many(self, new: Iterable[NewProviderApp], *, returning: bool = False) -> int | list[ProviderApp]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ProviderApp] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        expected_version: int,
        **changes: Unpack[ProviderAppChanges],
    ) -> ProviderApp:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: ProviderApp = self._answer("update", (project_id, provider_app_id, expected_version, changes))
        return answer

    def upsert(self, new: NewProviderApp, *, on: ProviderAppUniqueKey) -> Upserted[ProviderApp]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ProviderApp] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self, project_id: ProjectId, provider_app_id: ProviderAppId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, provider_app_id, expected_version))

    def restore(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> ProviderApp:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: ProviderApp = self._answer("restore", (project_id, provider_app_id))
        return answer

    def purge(self, project_id: ProjectId, provider_app_id: ProviderAppId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        self._answer("purge", (project_id, provider_app_id))

    def find_by_external_ref(self, project_id: ProjectId, external_ref: str) -> ProviderApp | None:
        """Return the live app that the customer knows by this reference, or None."""
        answer: ProviderApp | None = self._answer("find_by_external_ref", (project_id, external_ref))
        return answer

    def reseal(self, project_id: ProjectId, provider_app_id: ProviderAppId, key_id: EncryptionKeyId) -> ProviderApp:
        """Seal an app's secret with another data key of its project.

        The key service is the one that the environment names; the call waits for it. Raises
        `NotFound` for app or key, `ValueInvalid` for a secret that does not open, and
        `ConfigurationInvalid` without a key service.
        """
        answer: ProviderApp = self._answer("reseal", (project_id, provider_app_id, key_id))
        return answer

    def is_sealed_with(self, project_id: ProjectId, key_id: EncryptionKeyId) -> bool:
        """Tell whether an app's secret, deleted apps included, is sealed with a data key."""
        answer: bool = self._answer("is_sealed_with", (project_id, key_id))
        return answer

    @overload
    def lock(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ProviderApp: ...
    @overload
    def lock(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ProviderApp | None: ...
    def lock(
        self,
        project_id: ProjectId,
        provider_app_id: ProviderAppId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ProviderApp | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ProviderApp | None = self._answer("lock", (project_id, provider_app_id, strength, nowait, skip_locked))
        return answer


class MockProviderApps(MockBuilder[MockProviderAppRepository]):
    """Builds a mock of the repository of provider_apps: `with_...` says what an operation does."""

    _entity = PROVIDER_APPS
    _interface = ProviderAppTransactionRepository
    _made = MockProviderAppRepository

    def with_get(self, outcome: Outcome[ProviderApp, ProviderAppGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ProviderApp | None, ProviderAppFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ProviderApp], ProviderAppGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ProviderAppExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ProviderApp], ProviderAppPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ProviderApp], ProviderAppIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ProviderAppCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ProviderApp, ProviderAppCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ProviderApp], ProviderAppCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ProviderApp, ProviderAppUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ProviderApp], ProviderAppUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ProviderAppDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[ProviderApp, ProviderAppRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, ProviderAppPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_find_by_external_ref(self, outcome: Outcome[ProviderApp | None, ProviderAppFindByExternalRefStub]) -> Self:
        """Say what `find_by_external_ref` does."""
        return self._with("find_by_external_ref", outcome)

    def with_reseal(self, outcome: Outcome[ProviderApp, ProviderAppResealStub]) -> Self:
        """Say what `reseal` does."""
        return self._with("reseal", outcome)

    def with_is_sealed_with(self, outcome: Outcome[bool, ProviderAppIsSealedWithStub]) -> Self:
        """Say what `is_sealed_with` does."""
        return self._with("is_sealed_with", outcome)

    def with_lock(self, outcome: Outcome[ProviderApp | None, ProviderAppLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
