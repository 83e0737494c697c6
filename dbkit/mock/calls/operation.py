# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of operations."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.operation import OperationChanges, OperationOrder, OperationUniqueKey
from dbkit.types.identifiers import OperationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.operation import NewOperation, OperationFilter, OperationStatus

__all__ = [
    "OperationCalls",
    "OperationClaimPollingCall",
    "OperationCountByStatusCall",
    "OperationCountCall",
    "OperationCreateCall",
    "OperationCreateManyCall",
    "OperationDeleteCall",
    "OperationDeleteOlderThanCall",
    "OperationExistsCall",
    "OperationFindCall",
    "OperationGetCall",
    "OperationGetManyCall",
    "OperationIterateCall",
    "OperationLockCall",
    "OperationPageCall",
    "OperationRetryChainCall",
    "OperationTransitionCall",
    "OperationUpdateCall",
    "OperationUpsertCall",
]


class OperationGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "operations.get"

    project_id: ProjectId
    operation_id: OperationId


class OperationFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "operations.find"

    project_id: ProjectId
    operation_id: OperationId


class OperationGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "operations.get_many"

    project_id: ProjectId
    operation_ids: tuple[OperationId, ...]


class OperationExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "operations.exists"

    project_id: ProjectId
    operation_id: OperationId


class OperationPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "operations.page"

    filter: OperationFilter
    order: OperationOrder
    limit: int
    after: str | None


class OperationIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "operations.iterate"

    filter: OperationFilter
    order: OperationOrder


class OperationCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "operations.count"

    filter: OperationFilter


class OperationCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "operations.create"

    new: NewOperation


class OperationCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "operations.create_many"

    new: tuple[NewOperation, ...]
    returning: bool


class OperationUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "operations.update"

    project_id: ProjectId
    operation_id: OperationId
    expected_version: int
    changes: OperationChanges


class OperationUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "operations.upsert"

    new: NewOperation
    on: OperationUniqueKey


class OperationDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "operations.delete"

    project_id: ProjectId
    operation_id: OperationId
    expected_version: int | None


class OperationTransitionCall(Call):
    """A call of `transition`."""

    called: ClassVar[str] = "operations.transition"

    project_id: ProjectId
    operation_id: OperationId
    to: OperationStatus
    expected_version: int
    result: str | None


class OperationRetryChainCall(Call):
    """A call of `retry_chain`."""

    called: ClassVar[str] = "operations.retry_chain"

    project_id: ProjectId
    operation_id: OperationId


class OperationCountByStatusCall(Call):
    """A call of `count_by_status`."""

    called: ClassVar[str] = "operations.count_by_status"

    project_id: ProjectId
    since: datetime


class OperationDeleteOlderThanCall(Call):
    """A call of `delete_older_than`."""

    called: ClassVar[str] = "operations.delete_older_than"

    project_id: ProjectId
    before: datetime
    limit: int


class OperationLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "operations.lock"

    project_id: ProjectId
    operation_id: OperationId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class OperationClaimPollingCall(Call):
    """A call of `claim_polling`."""

    called: ClassVar[str] = "operations.claim_polling"

    limit: int


class OperationCalls(Calls):
    """The calls of a mock of operations, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        OperationGetCall,
        OperationFindCall,
        OperationGetManyCall,
        OperationExistsCall,
        OperationPageCall,
        OperationIterateCall,
        OperationCountCall,
        OperationCreateCall,
        OperationCreateManyCall,
        OperationUpdateCall,
        OperationUpsertCall,
        OperationDeleteCall,
        OperationTransitionCall,
        OperationRetryChainCall,
        OperationCountByStatusCall,
        OperationDeleteOlderThanCall,
        OperationLockCall,
        OperationClaimPollingCall,
    )

    @property
    def get(self) -> tuple[OperationGetCall, ...]:
        """The calls of `get`."""
        return self._of(OperationGetCall)

    @property
    def find(self) -> tuple[OperationFindCall, ...]:
        """The calls of `find`."""
        return self._of(OperationFindCall)

    @property
    def get_many(self) -> tuple[OperationGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(OperationGetManyCall)

    @property
    def exists(self) -> tuple[OperationExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(OperationExistsCall)

    @property
    def page(self) -> tuple[OperationPageCall, ...]:
        """The calls of `page`."""
        return self._of(OperationPageCall)

    @property
    def iterate(self) -> tuple[OperationIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(OperationIterateCall)

    @property
    def count(self) -> tuple[OperationCountCall, ...]:
        """The calls of `count`."""
        return self._of(OperationCountCall)

    @property
    def create(self) -> tuple[OperationCreateCall, ...]:
        """The calls of `create`."""
        return self._of(OperationCreateCall)

    @property
    def create_many(self) -> tuple[OperationCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(OperationCreateManyCall)

    @property
    def update(self) -> tuple[OperationUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(OperationUpdateCall)

    @property
    def upsert(self) -> tuple[OperationUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(OperationUpsertCall)

    @property
    def delete(self) -> tuple[OperationDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(OperationDeleteCall)

    @property
    def transition(self) -> tuple[OperationTransitionCall, ...]:
        """The calls of `transition`."""
        return self._of(OperationTransitionCall)

    @property
    def retry_chain(self) -> tuple[OperationRetryChainCall, ...]:
        """The calls of `retry_chain`."""
        return self._of(OperationRetryChainCall)

    @property
    def count_by_status(self) -> tuple[OperationCountByStatusCall, ...]:
        """The calls of `count_by_status`."""
        return self._of(OperationCountByStatusCall)

    @property
    def delete_older_than(self) -> tuple[OperationDeleteOlderThanCall, ...]:
        """The calls of `delete_older_than`."""
        return self._of(OperationDeleteOlderThanCall)

    @property
    def lock(self) -> tuple[OperationLockCall, ...]:
        """The calls of `lock`."""
        return self._of(OperationLockCall)

    @property
    def claim_polling(self) -> tuple[OperationClaimPollingCall, ...]:
        """The calls of `claim_polling`."""
        return self._of(OperationClaimPollingCall)
