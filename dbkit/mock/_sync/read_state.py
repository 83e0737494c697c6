# Generated from dbkit/mock/_async/read_state.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of read_states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, Self, Unpack, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.read_state import ReadStateCalls
from dbkit.models.read_state import READ_STATES
from dbkit.types._sync.read_state import ReadStateTransactionRepository
from dbkit.types.calls.read_state import ReadStateChanges, ReadStateOrder, ReadStateUniqueKey
from dbkit.types.identifiers import InstallationId, OperationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.page import Page, Upserted
from dbkit.types.read_state import NewReadState, ReadState, ReadStateFilter
from dbkit.types.value import Text

__all__ = ["MockReadStateRepository", "MockReadStates"]


class ReadStateGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, object_name: Text
    ) -> Result[ReadState]: ...


class ReadStateFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, object_name: Text
    ) -> Result[ReadState | None]: ...


class ReadStateGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, object_names: tuple[Text, ...]
    ) -> Result[list[ReadState]]: ...


class ReadStateExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> Result[bool]: ...


class ReadStatePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: ReadStateFilter, *, order: ReadStateOrder, limit: int, after: str | None
    ) -> Result[Page[ReadState]]: ...


class ReadStateIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(self, filter: ReadStateFilter, *, order: ReadStateOrder) -> Items[ReadState]: ...


class ReadStateCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: ReadStateFilter) -> Result[int]: ...


class ReadStateCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewReadState) -> Result[ReadState]: ...


class ReadStateCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(self, new: tuple[NewReadState, ...], *, returning: bool) -> Result[int | list[ReadState]]: ...


class ReadStateUpdateStub(Protocol):
    """What may answer for `update`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        expected_version: int,
        **changes: Unpack[ReadStateChanges],
    ) -> Result[ReadState]: ...


class ReadStateUpsertStub(Protocol):
    """What may answer for `upsert`."""

    def __call__(self, new: NewReadState, *, on: ReadStateUniqueKey) -> Result[Upserted[ReadState]]: ...


class ReadStateDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(
        self, project_id: ProjectId, installation_id: InstallationId, object_name: Text, *, expected_version: int | None
    ) -> Result[None]: ...


class ReadStateStartStub(Protocol):
    """What may answer for `start`."""

    def __call__(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        operation_id: OperationId,
        estimated_total: int | None,
    ) -> Result[ReadState]: ...


class ReadStateAdvanceStub(Protocol):
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
    ) -> Result[ReadState]: ...


class ReadStateLockStub(Protocol):
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
    ) -> Result[ReadState | None]: ...


class MockReadStateRepository(MockRepository):
    """A repository of read_states that does what its stubs say."""

    @property
    def calls(self) -> ReadStateCalls:
        """The calls so far."""
        return ReadStateCalls(self._book.log)

    def get(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> ReadState:
        """Return the live value, or raise `NotFound`."""
        answer: ReadState = self._answer("get", (project_id, installation_id, object_name))
        return answer

    def find(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> ReadState | None:
        """Return the live value, or None."""
        answer: ReadState | None = self._answer("find", (project_id, installation_id, object_name))
        return answer

    def get_many(
        self, project_id: ProjectId, installation_id: InstallationId, object_names: Sequence[Text]
    ) -> list[ReadState]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[ReadState] = self._answer("get_many", (project_id, installation_id, object_names))
        return answer

    def exists(self, project_id: ProjectId, installation_id: InstallationId, object_name: Text) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (project_id, installation_id, object_name))
        return answer

    def page(
        self,
        filter: ReadStateFilter,
        *,
        order: ReadStateOrder = "installation_id,object_name",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ReadState]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[ReadState] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: ReadStateFilter, *, order: ReadStateOrder = "installation_id,object_name"
    ) -> Iterator[ReadState]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: ReadStateFilter) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewReadState) -> ReadState:
        """Store a new row and return it as stored."""
        answer: ReadState = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewReadState], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewReadState], *, returning: Literal[True]) -> list[ReadState]: ...
    def create_many(self, new: Iterable[NewReadState], *, returning: bool = False) -> int | list[ReadState]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[ReadState] = self._answer("create_many", (new, returning))
        return answer

    def update(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        expected_version: int,
        **changes: Unpack[ReadStateChanges],
    ) -> ReadState:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        answer: ReadState = self._answer(
            "update", (project_id, installation_id, object_name, expected_version, changes)
        )
        return answer

    def upsert(self, new: NewReadState, *, on: ReadStateUniqueKey) -> Upserted[ReadState]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        answer: Upserted[ReadState] = self._answer("upsert", (new, on))
        return answer

    def delete(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        self._answer("delete", (project_id, installation_id, object_name, expected_version))

    def start(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: str,
        operation_id: OperationId,
        estimated_total: int | None = None,
    ) -> ReadState:
        """Note that an operation begins to read an object, with nothing processed, from where the last one ended."""
        answer: ReadState = self._answer(
            "start", (project_id, installation_id, object_name, operation_id, estimated_total)
        )
        return answer

    def advance(
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
        answer: ReadState = self._answer(
            "advance", (project_id, installation_id, object_name, next_page_token, processed, expected_version)
        )
        return answer

    @overload
    def lock(
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
    def lock(
        self,
        project_id: ProjectId,
        installation_id: InstallationId,
        object_name: Text,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> ReadState | None: ...
    def lock(
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
        answer: ReadState | None = self._answer(
            "lock", (project_id, installation_id, object_name, strength, nowait, skip_locked)
        )
        return answer


class MockReadStates(MockBuilder[MockReadStateRepository]):
    """Builds a mock of the repository of read_states: `with_...` says what an operation does."""

    _entity = READ_STATES
    _interface = ReadStateTransactionRepository
    _made = MockReadStateRepository

    def with_get(self, outcome: Outcome[ReadState, ReadStateGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[ReadState | None, ReadStateFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[ReadState], ReadStateGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, ReadStateExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[ReadState], ReadStatePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[ReadState], ReadStateIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, ReadStateCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[ReadState, ReadStateCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[ReadState], ReadStateCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_update(self, outcome: Outcome[ReadState, ReadStateUpdateStub]) -> Self:
        """Say what `update` does."""
        return self._with("update", outcome)

    def with_upsert(self, outcome: Outcome[Upserted[ReadState], ReadStateUpsertStub]) -> Self:
        """Say what `upsert` does."""
        return self._with("upsert", outcome)

    def with_delete(self, outcome: Outcome[None, ReadStateDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_start(self, outcome: Outcome[ReadState, ReadStateStartStub]) -> Self:
        """Say what `start` does."""
        return self._with("start", outcome)

    def with_advance(self, outcome: Outcome[ReadState, ReadStateAdvanceStub]) -> Self:
        """Say what `advance` does."""
        return self._with("advance", outcome)

    def with_lock(self, outcome: Outcome[ReadState | None, ReadStateLockStub]) -> Self:
        """Say what `lock` does."""
        return self._with("lock", outcome)
