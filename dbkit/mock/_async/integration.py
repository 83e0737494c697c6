# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of integrations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.integration import IntegrationCalls
from dbkit.models.integration import INTEGRATIONS
from dbkit.types._async.integration import AsyncIntegrationTransactionRepository
from dbkit.types.calls.integration import IntegrationChanges, IntegrationOrder, IntegrationUniqueKey
from dbkit.types.identifiers import IntegrationId, ProjectId
from dbkit.types.integration import Integration, IntegrationFilter, IntegrationManifest, NewIntegration
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.revision import NewRevision

__all__ = ["AsyncMockIntegrationRepository", "AsyncMockIntegrations"]


class AsyncIntegrationGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> AsyncResult[Integration]: ...


class AsyncIntegrationFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> AsyncResult[Integration | None]: ...


class AsyncIntegrationGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, integration_ids: tuple[IntegrationId, ...]
    ) -> AsyncResult[list[Integration]]: ...


class AsyncIntegrationExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> AsyncResult[bool]: ...


class AsyncIntegrationPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: IntegrationFilter, *, order: IntegrationOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Integration]]: ...


class AsyncIntegrationIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: IntegrationFilter, *, order: IntegrationOrder) -> AsyncItems[Integration]: ...


class AsyncIntegrationCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: IntegrationFilter) -> AsyncResult[int]: ...


class AsyncIntegrationCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewIntegration) -> AsyncResult[Integration]: ...


class AsyncIntegrationCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewIntegration, ...], *, returning: bool) -> AsyncResult[int | list[Integration]]: ...


class AsyncIntegrationUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        expected_version: int,
        **changes: Unpack[IntegrationChanges],
    ) -> AsyncResult[Integration]: ...


class AsyncIntegrationUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewIntegration, *, on: IntegrationUniqueKey) -> AsyncResult[Upserted[Integration]]: ...


class AsyncIntegrationDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, integration_id: IntegrationId, *, expected_version: int | None
    ) -> AsyncResult[None]: ...


class AsyncIntegrationRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> AsyncResult[Integration]: ...


class AsyncIntegrationPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, integration_id: IntegrationId) -> AsyncResult[None]: ...


class AsyncIntegrationGetByIdOrNameStub(Protocol):
    """What may answer for `get_by_id_or_name`."""

    def __call__(self, project_id: ProjectId, id_or_name: IntegrationId | str) -> AsyncResult[Integration]: ...


class AsyncIntegrationCreateWithRevisionStub(Protocol):
    """What may answer for `create_with_revision`."""

    def __call__(self, integration: NewIntegration, revision: NewRevision) -> AsyncResult[Integration]: ...


class AsyncIntegrationBatchUpsertStub(Protocol):
    """What may answer for `batch_upsert`."""

    def __call__(
        self, project_id: ProjectId, manifests: tuple[IntegrationManifest, ...], *, destructive: bool
    ) -> AsyncResult[list[Integration]]: ...


class AsyncIntegrationLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[Integration | None]: ...


class AsyncMockIntegrationRepository(AsyncMockRepository):
    """A repository of integrations that does what its stubs say."""

    @property
    def calls(self) -> IntegrationCalls:
        """The calls so far."""
        return IntegrationCalls(self._book.log)

    async def get(self, project_id: ProjectId, integration_id: IntegrationId) -> Integration:
        """Return the live value, or raise `NotFound`."""
        answer: Integration = await self._answer("get", (project_id, integration_id))
        return answer

    async def find(self, project_id: ProjectId, integration_id: IntegrationId) -> Integration | None:
        """Return the live value, or None."""
        answer: Integration | None = await self._answer("find", (project_id, integration_id))
        return answer

    async def get_many(self, project_id: ProjectId, integration_ids: Sequence[IntegrationId]) -> list[Integration]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Integration] = await self._answer("get_many", (project_id, integration_ids))
        return answer

    async def exists(self, project_id: ProjectId, integration_id: IntegrationId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, integration_id))
        return answer

    async def page(
        self, filter: IntegrationFilter, *, order: IntegrationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Integration]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Integration] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: IntegrationFilter, *, order: IntegrationOrder = "id") -> AsyncIterator[Integration]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: IntegrationFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewIntegration) -> Integration:
        """Store a new row and return it as stored."""
        answer: Integration = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewIntegration], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewIntegration], *, returning: Literal[True]) -> list[Integration]: ...
    async def create_many(self, new: Iterable[NewIntegration], *, returning: bool = False) -> int | list[Integration]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Integration] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        expected_version: int,
        **changes: Unpack[IntegrationChanges],
    ) -> Integration:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Integration = await self._answer("update", (project_id, integration_id, expected_version, changes))
        return answer

    async def upsert(self, new: NewIntegration, *, on: IntegrationUniqueKey) -> Upserted[Integration]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Integration] = await self._answer("upsert", (new, on))
        return answer

    async def delete(
        self, project_id: ProjectId, integration_id: IntegrationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (project_id, integration_id, expected_version))

    async def restore(self, project_id: ProjectId, integration_id: IntegrationId) -> Integration:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Integration = await self._answer("restore", (project_id, integration_id))
        return answer

    async def purge(self, project_id: ProjectId, integration_id: IntegrationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        await self._answer("purge", (project_id, integration_id))

    async def get_by_id_or_name(self, project_id: ProjectId, id_or_name: IntegrationId | str) -> Integration:
        """Return a project's live integration by its id or, without regard to case, its name; or raise `NotFound`.

        What reads as a uuid is taken for an id first.
        """
        answer: Integration = await self._answer("get_by_id_or_name", (project_id, id_or_name))
        return answer

    async def create_with_revision(self, integration: NewIntegration, revision: NewRevision) -> Integration:
        """Store an integration and its first revision, both or none, the one pointing to the other.

        Raises `ValueInvalid` where the revision is of another integration.
        """
        answer: Integration = await self._answer("create_with_revision", (integration, revision))
        return answer

    async def batch_upsert(
        self, project_id: ProjectId, manifests: Sequence[IntegrationManifest], *, destructive: bool = False
    ) -> list[Integration]:
        """Bring a project's live integrations to what these manifests say, all or none; return them in their order.

        An integration is known by its name, without regard to case. An unknown one is created; one
        whose newest revision says something else gets another revision. With `destructive`, live
        integrations without a manifest are deleted. Raises `ValueInvalid` where two manifests have
        one name or one names another provider than the integration has, and `NotFound` for an
        absent project.
        """
        answer: list[Integration] = await self._answer("batch_upsert", (project_id, manifests, destructive))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Integration: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Integration | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        integration_id: IntegrationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Integration | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Integration | None = await self._answer(
            "lock", (project_id, integration_id, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockIntegrations(AsyncMockBuilder[AsyncMockIntegrationRepository]):
    """Builds a mock of the repository of integrations: `with_...` says what an operation does."""

    _entity = INTEGRATIONS
    _interface = AsyncIntegrationTransactionRepository
    _made = AsyncMockIntegrationRepository

    def with_get(self, outcome: Outcome[Integration, AsyncIntegrationGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Integration | None, AsyncIntegrationFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Integration], AsyncIntegrationGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncIntegrationExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Integration], AsyncIntegrationPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Integration], AsyncIntegrationIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncIntegrationCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Integration, AsyncIntegrationCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Integration], AsyncIntegrationCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Integration, AsyncIntegrationUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Integration], AsyncIntegrationUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncIntegrationDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Integration, AsyncIntegrationRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, AsyncIntegrationPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_get_by_id_or_name(self, outcome: Outcome[Integration, AsyncIntegrationGetByIdOrNameStub]) -> Self:
        """Say what `get_by_id_or_name` does."""
        return self._with("get_by_id_or_name", outcome)

    def with_create_with_revision(self, outcome: Outcome[Integration, AsyncIntegrationCreateWithRevisionStub]) -> Self:
        """Say what `create_with_revision` does."""
        return self._with("create_with_revision", outcome)

    def with_batch_upsert(self, outcome: Outcome[list[Integration], AsyncIntegrationBatchUpsertStub]) -> Self:
        """Say what `batch_upsert` does."""
        return self._with("batch_upsert", outcome)

    def with_lock(self, outcome: Outcome[Integration | None, AsyncIntegrationLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
