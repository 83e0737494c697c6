# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of installations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.installation import InstallationCalls
from dbkit.models.installation import INSTALLATIONS
from dbkit.types._async.installation import AsyncInstallationTransactionRepository
from dbkit.types.calls.installation import InstallationChanges, InstallationOrder, InstallationUniqueKey
from dbkit.types.identifiers import InstallationId, ProjectId, RevisionId
from dbkit.types.installation import Installation, InstallationFilter, NewInstallation
from dbkit.types.installation_config import NewInstallationConfig
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.value import JsonObject

__all__ = ["AsyncMockInstallationRepository", "AsyncMockInstallations"]


class AsyncInstallationGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> AsyncResult[Installation]: ...


class AsyncInstallationFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> AsyncResult[Installation | None]: ...


class AsyncInstallationGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, installation_ids: tuple[InstallationId, ...]
    ) -> AsyncResult[list[Installation]]: ...


class AsyncInstallationExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> AsyncResult[bool]: ...


class AsyncInstallationPageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: InstallationFilter, *, order: InstallationOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[Installation]]: ...


class AsyncInstallationIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: InstallationFilter, *, order: InstallationOrder) -> AsyncItems[Installation]: ...


class AsyncInstallationCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: InstallationFilter) -> AsyncResult[int]: ...


class AsyncInstallationCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewInstallation) -> AsyncResult[Installation]: ...


class AsyncInstallationCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewInstallation, ...], *, returning: bool
    ) -> AsyncResult[int | list[Installation]]: ...


class AsyncInstallationUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        expected_version: int,
        **changes: Unpack[InstallationChanges],
    ) -> AsyncResult[Installation]: ...


class AsyncInstallationUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewInstallation, *, on: InstallationUniqueKey) -> AsyncResult[Upserted[Installation]]: ...


class AsyncInstallationDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, *, expected_version: int | None
    ) -> AsyncResult[None]: ...


class AsyncInstallationRestoreStub(Protocol):
    """What may answer for `restore`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> AsyncResult[Installation]: ...


class AsyncInstallationPurgeStub(Protocol):
    """What may answer for `purge`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> AsyncResult[None]: ...


class AsyncInstallationCreateWithConfigStub(Protocol):
    """What may answer for `create_with_config`."""

    def __call__(self, installation: NewInstallation, config: NewInstallationConfig) -> AsyncResult[Installation]: ...


class AsyncInstallationReconfigureStub(Protocol):
    """What may answer for `reconfigure`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        content: JsonObject,
        *,
        expected_version: int,
        created_by: str,
        revision_id: RevisionId | None,
    ) -> AsyncResult[Installation]: ...


class AsyncInstallationPauseReadsStub(Protocol):
    """What may answer for `pause_reads`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> AsyncResult[Installation]: ...


class AsyncInstallationUnpauseReadsStub(Protocol):
    """What may answer for `unpause_reads`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId) -> AsyncResult[Installation]: ...


class AsyncInstallationLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[Installation | None]: ...


class AsyncMockInstallationRepository(AsyncMockRepository):
    """A repository of installations that does what its stubs say."""

    @property
    def calls(self) -> InstallationCalls:
        """The calls so far."""
        return InstallationCalls(self._book.log)

    async def get(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Return the live value, or raise `NotFound`."""
        answer: Installation = await self._answer("get", (project_id, installation_id))
        return answer

    async def find(self, project_id: ProjectId, installation_id: InstallationId) -> Installation | None:
        """Return the live value, or None."""
        answer: Installation | None = await self._answer("find", (project_id, installation_id))
        return answer

    async def get_many(self, project_id: ProjectId, installation_ids: Sequence[InstallationId]) -> list[Installation]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[Installation] = await self._answer("get_many", (project_id, installation_ids))
        return answer

    async def exists(self, project_id: ProjectId, installation_id: InstallationId) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, installation_id))
        return answer

    async def page(
        self, filter: InstallationFilter, *, order: InstallationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Installation]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[Installation] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(self, filter: InstallationFilter, *, order: InstallationOrder = "id") -> AsyncIterator[Installation]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: InstallationFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewInstallation) -> Installation:
        """Store a new row and return it as stored."""
        answer: Installation = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewInstallation], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewInstallation], *, returning: Literal[True]) -> list[Installation]: ...
    async def create_many(self, new: Iterable[NewInstallation], *, returning: bool = False) -> int | list[Installation]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[Installation] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        expected_version: int,
        **changes: Unpack[InstallationChanges],
    ) -> Installation:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: Installation = await self._answer("update", (project_id, installation_id, expected_version, changes))
        return answer

    async def upsert(self, new: NewInstallation, *, on: InstallationUniqueKey) -> Upserted[Installation]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[Installation] = await self._answer("upsert", (new, on))
        return answer

    async def delete(
        self, project_id: ProjectId, installation_id: InstallationId, *, expected_version: int | None = None
    ) -> None:
        """Delete a live row softly, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (project_id, installation_id, expected_version))

    async def restore(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."""
        answer: Installation = await self._answer("restore", (project_id, installation_id))
        return answer

    async def purge(self, project_id: ProjectId, installation_id: InstallationId) -> None:
        """Delete the row for good, or raise `NotFound` or `StillReferenced`."""
        await self._answer("purge", (project_id, installation_id))

    async def create_with_config(self, installation: NewInstallation, config: NewInstallationConfig) -> Installation:
        """Store an installation and its first configuration, both or none.

        Raises `ValueInvalid` where the two do not name each other.
        """
        answer: Installation = await self._answer("create_with_config", (installation, config))
        return answer

    async def reconfigure(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        content: JsonObject,
        *,
        expected_version: int,
        created_by: str,
        revision_id: RevisionId | None = None,
    ) -> Installation:
        """Store the next configuration of an installation and make it the current one.

        `revision_id` is the revision that it is for, the current configuration's unless given. Raises
        `NotFound`, and `StaleVersion` where the installation has moved on.
        """
        answer: Installation = await self._answer(
            "reconfigure", (project_id, installation_id, content, expected_version, created_by, revision_id)
        )
        return answer

    async def pause_reads(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Stop scheduled reads from now on, or raise `NotFound`; what is paused stays paused since when it was."""
        answer: Installation = await self._answer("pause_reads", (project_id, installation_id))
        return answer

    async def unpause_reads(self, project_id: ProjectId, installation_id: InstallationId) -> Installation:
        """Let scheduled reads go on, or raise `NotFound`."""
        answer: Installation = await self._answer("unpause_reads", (project_id, installation_id))
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Installation: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Installation | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> Installation | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: Installation | None = await self._answer(
            "lock", (project_id, installation_id, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockInstallations(AsyncMockBuilder[AsyncMockInstallationRepository]):
    """Builds a mock of the repository of installations: `with_...` says what an operation does."""

    _entity = INSTALLATIONS
    _interface = AsyncInstallationTransactionRepository
    _made = AsyncMockInstallationRepository

    def with_get(self, outcome: Outcome[Installation, AsyncInstallationGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[Installation | None, AsyncInstallationFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[Installation], AsyncInstallationGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncInstallationExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[Installation], AsyncInstallationPageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[Installation], AsyncInstallationIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncInstallationCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[Installation, AsyncInstallationCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[Installation], AsyncInstallationCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[Installation, AsyncInstallationUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[Installation], AsyncInstallationUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncInstallationDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_restore(self, outcome: Outcome[Installation, AsyncInstallationRestoreStub]) -> Self:
        """Say what `restore` does."""
        return self._with("restore", outcome)

    def with_purge(self, outcome: Outcome[None, AsyncInstallationPurgeStub]) -> Self:
        """Say what `purge` does."""
        return self._with("purge", outcome)

    def with_create_with_config(self, outcome: Outcome[Installation, AsyncInstallationCreateWithConfigStub]) -> Self:
        """Say what `create_with_config` does."""
        return self._with("create_with_config", outcome)

    def with_reconfigure(self, outcome: Outcome[Installation, AsyncInstallationReconfigureStub]) -> Self:
        """Say what `reconfigure` does."""
        return self._with("reconfigure", outcome)

    def with_pause_reads(self, outcome: Outcome[Installation, AsyncInstallationPauseReadsStub]) -> Self:
        """Say what `pause_reads` does."""
        return self._with("pause_reads", outcome)

    def with_unpause_reads(self, outcome: Outcome[Installation, AsyncInstallationUnpauseReadsStub]) -> Self:
        """Say what `unpause_reads` does."""
        return self._with("unpause_reads", outcome)

    def with_lock(self, outcome: Outcome[Installation | None, AsyncInstallationLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
