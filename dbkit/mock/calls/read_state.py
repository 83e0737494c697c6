# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of read_states."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.read_state import ReadStateChanges, ReadStateOrder, ReadStateUniqueKey
from dbkit.types.identifiers import InstallationId, OperationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.read_state import NewReadState, ReadStateFilter
from dbkit.types.value import Text

__all__ = [
    "ReadStateAdvanceCall",
    "ReadStateCalls",
    "ReadStateCountCall",
    "ReadStateCreateCall",
    "ReadStateCreateManyCall",
    "ReadStateDeleteCall",
    "ReadStateExistsCall",
    "ReadStateFindCall",
    "ReadStateGetCall",
    "ReadStateGetManyCall",
    "ReadStateIterateCall",
    "ReadStateLockCall",
    "ReadStatePageCall",
    "ReadStateStartCall",
    "ReadStateUpdateCall",
    "ReadStateUpsertCall",
]


class ReadStateGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "read_states.get"

    project_id: ProjectId
    installation_id: InstallationId
    object_name: Text


class ReadStateFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "read_states.find"

    project_id: ProjectId
    installation_id: InstallationId
    object_name: Text


class ReadStateGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "read_states.get_many"

    project_id: ProjectId
    installation_id: InstallationId
    object_names: tuple[Text, ...]


class ReadStateExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "read_states.exists"

    project_id: ProjectId
    installation_id: InstallationId
    object_name: Text


class ReadStatePageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "read_states.page"

    filter: ReadStateFilter
    order: ReadStateOrder
    limit: int
    after: str | None


class ReadStateIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "read_states.iterate"

    filter: ReadStateFilter
    order: ReadStateOrder


class ReadStateCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "read_states.count"

    filter: ReadStateFilter


class ReadStateCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "read_states.create"

    new: NewReadState


class ReadStateCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "read_states.create_many"

    new: tuple[NewReadState, ...]
    returning: bool


class ReadStateUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "read_states.update"

    project_id: ProjectId
    installation_id: InstallationId
    object_name: Text
    expected_version: int
    changes: ReadStateChanges


class ReadStateUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "read_states.upsert"

    new: NewReadState
    on: ReadStateUniqueKey


class ReadStateDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "read_states.delete"

    project_id: ProjectId
    installation_id: InstallationId
    object_name: Text
    expected_version: int | None


class ReadStateStartCall(Call):
    """A call of `start`."""

    called: ClassVar[str] = "read_states.start"

    project_id: ProjectId
    installation_id: InstallationId
    object_name: str
    operation_id: OperationId
    estimated_total: int | None


class ReadStateAdvanceCall(Call):
    """A call of `advance`."""

    called: ClassVar[str] = "read_states.advance"

    project_id: ProjectId
    installation_id: InstallationId
    object_name: str
    next_page_token: str | None
    processed: int
    expected_version: int


class ReadStateLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "read_states.lock"

    project_id: ProjectId
    installation_id: InstallationId
    object_name: Text
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class ReadStateCalls(Calls):
    """The calls of a mock of read_states, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        ReadStateGetCall,
        ReadStateFindCall,
        ReadStateGetManyCall,
        ReadStateExistsCall,
        ReadStatePageCall,
        ReadStateIterateCall,
        ReadStateCountCall,
        ReadStateCreateCall,
        ReadStateCreateManyCall,
        ReadStateUpdateCall,
        ReadStateUpsertCall,
        ReadStateDeleteCall,
        ReadStateStartCall,
        ReadStateAdvanceCall,
        ReadStateLockCall,
    )

    @property
    def get(self) -> tuple[ReadStateGetCall, ...]:
        """The calls of `get`."""
        return self._of(ReadStateGetCall)

    @property
    def find(self) -> tuple[ReadStateFindCall, ...]:
        """The calls of `find`."""
        return self._of(ReadStateFindCall)

    @property
    def get_many(self) -> tuple[ReadStateGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(ReadStateGetManyCall)

    @property
    def exists(self) -> tuple[ReadStateExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(ReadStateExistsCall)

    @property
    def page(self) -> tuple[ReadStatePageCall, ...]:
        """The calls of `page`."""
        return self._of(ReadStatePageCall)

    @property
    def iterate(self) -> tuple[ReadStateIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(ReadStateIterateCall)

    @property
    def count(self) -> tuple[ReadStateCountCall, ...]:
        """The calls of `count`."""
        return self._of(ReadStateCountCall)

    @property
    def create(self) -> tuple[ReadStateCreateCall, ...]:
        """The calls of `create`."""
        return self._of(ReadStateCreateCall)

    @property
    def create_many(self) -> tuple[ReadStateCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(ReadStateCreateManyCall)

    @property
    def update(self) -> tuple[ReadStateUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(ReadStateUpdateCall)

    @property
    def upsert(self) -> tuple[ReadStateUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(ReadStateUpsertCall)

    @property
    def delete(self) -> tuple[ReadStateDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(ReadStateDeleteCall)

    @property
    def start(self) -> tuple[ReadStateStartCall, ...]:
        """The calls of `start`."""
        return self._of(ReadStateStartCall)

    @property
    def advance(self) -> tuple[ReadStateAdvanceCall, ...]:
        """The calls of `advance`."""
        return self._of(ReadStateAdvanceCall)

    @property
    def lock(self) -> tuple[ReadStateLockCall, ...]:
        """The calls of `lock`."""
        return self._of(ReadStateLockCall)
