# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of read_states."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.read_state import ReadStateCalls
from dbkit.models.read_state import READ_STATES
from dbkit.types._async.read_state import AsyncReadStateTransactionRepository
from dbkit.types.calls.read_state import ReadStateChanges, ReadStateOrder, ReadStateUniqueKey
from dbkit.types.identifiers import InstallationId, OperationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.read_state import NewReadState, ReadState, ReadStateFilter
from dbkit.types.value import Text

__all__ = ["AsyncMockReadStateRepository", "AsyncMockReadStates"]


class AsyncReadStateGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, object_name: Text
    ) -> AsyncResult[ReadState]: ...


class AsyncReadStateFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, object_name: Text
    ) -> AsyncResult[ReadState | None]: ...


class AsyncReadStateGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, object_names: tuple[Text, ...]
    ) -> AsyncResult[list[ReadState]]: ...


class AsyncReadStateExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, object_name: Text
    ) -> AsyncResult[bool]: ...


class AsyncReadStatePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ReadStateFilter, *, order: ReadStateOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[ReadState]]: ...


class AsyncReadStateIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ReadStateFilter, *, order: ReadStateOrder) -> AsyncItems[ReadState]: ...


class AsyncReadStateCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ReadStateFilter) -> AsyncResult[int]: ...


class AsyncReadStateCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewReadState) -> AsyncResult[ReadState]: ...


class AsyncReadStateCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewReadState, ...], *, returning: bool) -> AsyncResult[int | list[ReadState]]: ...


class AsyncReadStateUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        expected_version: int,
        **changes: Unpack[ReadStateChanges],
    ) -> AsyncResult[ReadState]: ...


class AsyncReadStateUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewReadState, *, on: ReadStateUniqueKey) -> AsyncResult[Upserted[ReadState]]: ...


class AsyncReadStateDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, object_name: Text, *, expected_version: int | None
    ) -> AsyncResult[None]: ...


class AsyncReadStateStartStub(Protocol):
    """What may answer for `start`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        operation_id: OperationId,
        estimated_total: int | None,
    ) -> AsyncResult[ReadState]: ...


class AsyncReadStateAdvanceStub(Protocol):
    """What may answer for `advance`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        *,
        next_page_token: str | None,
        processed: int,
        expected_version: int,
    ) -> AsyncResult[ReadState]: ...


class AsyncReadStateLockStub(Protocol):
    """What may answer for `lock`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        strength: LockStrength,
        nowait: bool,
        skip_locked: bool,
    ) -> AsyncResult[ReadState | None]: ...


class AsyncMockReadStateRepository(AsyncMockRepository):
    """A repository of read_states that does what its stubs say."""

    @property
    def calls(self) -> ReadStateCalls:
        """The calls so far."""
        return ReadStateCalls(self._book.log)

    async def get(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> ReadState:
        """Return the live value, or raise `NotFound`."""
        answer: ReadState = await self._answer("get", (project_id, installation_id, object_name))
        return answer

    async def find(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> ReadState | None:
        """Return the live value, or None."""
        answer: ReadState | None = await self._answer("find", (project_id, installation_id, object_name))
        return answer

    async def get_many(
        self, project_id: ProjectId, installation_id: InstallationId, object_names: Sequence[Text]
    ) -> list[ReadState]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ReadState] = await self._answer("get_many", (project_id, installation_id, object_names))
        return answer

    async def exists(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (project_id, installation_id, object_name))
        return answer

    async def page(
        self,
        filter: ReadStateFilter,
        *,
        order: ReadStateOrder = "installation_id,object_name",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ReadState]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ReadState] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ReadStateFilter, *, order: ReadStateOrder = "installation_id,object_name"
    ) -> AsyncIterator[ReadState]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: ReadStateFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewReadState) -> ReadState:
        """Store a new row and return it as stored."""
        answer: ReadState = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewReadState], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(self, new: Iterable[NewReadState], *, returning: Literal[True]) -> list[ReadState]: ...
    async def create_many(self, new: Iterable[NewReadState], *, returning: bool = False) -> int | list[ReadState]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ReadState] = await self._answer("create_many", (new, returning))
        return answer

    async def update(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        expected_version: int,
        **changes: Unpack[ReadStateChanges],
    ) -> ReadState:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: ReadState = await self._answer(
            "update", (project_id, installation_id, object_name, expected_version, changes)
        )
        return answer

    async def upsert(self, new: NewReadState, *, on: ReadStateUniqueKey) -> Upserted[ReadState]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ReadState] = await self._answer("upsert", (new, on))
        return answer

    async def delete(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        await self._answer("delete", (project_id, installation_id, object_name, expected_version))

    async def start(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        operation_id: OperationId,
        estimated_total: int | None = None,
    ) -> ReadState:
        """Note that an operation begins to read an object, with nothing processed, from where the last one ended."""
        answer: ReadState = await self._answer(
            "start", (project_id, installation_id, object_name, operation_id, estimated_total)
        )
        return answer

    async def advance(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        *,
        next_page_token: str | None,
        processed: int,
        expected_version: int,
    ) -> ReadState:
        """Note that `processed` more records have been read, and where to go on.

        Raises `NotFound`, and `StaleVersion` where another reader has been faster.
        """
        answer: ReadState = await self._answer(
            "advance", (project_id, installation_id, object_name, next_page_token, processed, expected_version)
        )
        return answer

    @overload
    async def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> ReadState: ...
    @overload
    async def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ReadState | None: ...
    async def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: bool = False,
    ) -> ReadState | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        answer: ReadState | None = await self._answer(
            "lock", (project_id, installation_id, object_name, strength, nowait, skip_locked)
        )
        return answer


class AsyncMockReadStates(AsyncMockBuilder[AsyncMockReadStateRepository]):
    """Builds a mock of the repository of read_states: `with_...` says what an operation does."""

    _entity = READ_STATES
    _interface = AsyncReadStateTransactionRepository
    _made = AsyncMockReadStateRepository

    def with_get(self, outcome: Outcome[ReadState, AsyncReadStateGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ReadState | None, AsyncReadStateFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ReadState], AsyncReadStateGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncReadStateExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ReadState], AsyncReadStatePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ReadState], AsyncReadStateIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncReadStateCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ReadState, AsyncReadStateCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ReadState], AsyncReadStateCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ReadState, AsyncReadStateUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ReadState], AsyncReadStateUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncReadStateDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_start(self, outcome: Outcome[ReadState, AsyncReadStateStartStub]) -> Self:
        """Say what `start` does."""
        return self._with("start", outcome)

    def with_advance(self, outcome: Outcome[ReadState, AsyncReadStateAdvanceStub]) -> Self:
        """Say what `advance` does."""
        return self._with("advance", outcome)

    def with_lock(self, outcome: Outcome[ReadState | None, AsyncReadStateLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
