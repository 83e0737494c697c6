# Generated from dbkit/types/_async/operation.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, Protocol, Unpack, overload

from dbkit.types.calls.operation import OperationChanges, OperationOrder, OperationUniqueKey
from dbkit.types.identifiers import OperationId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.operation import NewOperation, Operation, OperationFilter, OperationStatus
from dbkit.types.page import Page, Upserted

__all__ = ["OperationRepository", "OperationTransactionRepository"]


class OperationRepository(Protocol):
    """The verbs of operations, each call a transaction of its own."""

    def get(self, project_id: ProjectId, operation_id: OperationId) -> Operation:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, project_id: ProjectId, operation_id: OperationId) -> Operation | None:
        """Return the live value, or None."""
        ...

    def get_many(self, project_id: ProjectId, operation_ids: Sequence[OperationId]) -> list[Operation]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, project_id: ProjectId, operation_id: OperationId) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self, filter: OperationFilter, *, order: OperationOrder = "id", limit: int = 50, after: str | None = None
    ) -> Page[Operation]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(self, filter: OperationFilter, *, order: OperationOrder = "id") -> Iterator[Operation]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: OperationFilter) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewOperation) -> Operation:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewOperation], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewOperation], *, returning: Literal[True]) -> list[Operation]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def update(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        *,
        expected_version: int,
        **changes: Unpack[OperationChanges],
    ) -> Operation:
        """Change a live row, or raise `NotFound`, `StaleVersion` or `IllegalTransition`."""
        ...

    def upsert(self, new: NewOperation, *, on: OperationUniqueKey) -> Upserted[Operation]:
        """Store a row or, where the unique key `on` already holds it, change that row; tell which."""
        ...

    def delete(self, project_id: ProjectId, operation_id: OperationId, *, expected_version: int | None = None) -> None:
        """Delete a live row for good, or raise `NotFound` or `StaleVersion`."""
        ...

    def transition(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        to: OperationStatus,
        *,
        expected_version: int,
        result: str | None = None,
    ) -> Operation:
        """Move an operation to another status, and note when it began or ended.

        One that fails before it ran has no beginning. Raises `NotFound`, `StaleVersion` and
        `IllegalTransition`; a result is kept unless another is given.
        """
        ...

    def retry_chain(self, project_id: ProjectId, operation_id: OperationId) -> list[Operation]:
        """Return all attempts of which an operation is one, by number: those before it and those after it.

        An attempt that was purged breaks the chain. Raises `NotFound`.
        """
        ...

    def count_by_status(self, project_id: ProjectId, since: datetime) -> dict[OperationStatus, int]:
        """Return how many operations of a project, created since then, have each status; all four are named."""
        ...

    def delete_older_than(self, project_id: ProjectId, before: datetime, limit: int) -> int:
        """Delete up to `limit` operations of a project created before this time, the oldest first; return how many.

        Their logs go along. What somebody else holds is left for the next time.
        """
        ...


class OperationTransactionRepository(OperationRepository, Protocol):
    """The verbs of operations inside a transaction."""

    @overload
    def lock(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        *,
        strength: LockStrength = "update",
        nowait: bool = False,
        skip_locked: Literal[False] = False,
    ) -> Operation:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    @overload
    def lock(
        self,
        project_id: ProjectId,
        operation_id: OperationId,
        *,
        strength: LockStrength = "update",
        nowait: Literal[False] = False,
        skip_locked: Literal[True],
    ) -> Operation | None:
        """Return the live value, its row held until the transaction ends, or raise `NotFound`.

        Where another transaction holds it in a conflicting way: waits, with `nowait` raises
        `LockNotAvailable`, with `skip_locked` returns None.
        """
        ...

    def claim_polling(self, limit: int) -> list[Operation]:
        """Return up to `limit` operations of all tenants whose bulk job is due to be asked about.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        ...
