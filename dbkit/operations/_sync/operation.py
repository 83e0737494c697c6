# Generated from dbkit/operations/_async/operation.py by tools/unasync.py; edit that file instead.
"""Operations beyond the verbs: their life from pending to an end, retries, polling and retention."""

from __future__ import annotations

from datetime import datetime

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.clock import now
from dbkit.types.identifiers import OperationId, ProjectId
from dbkit.types.operation import Operation, OperationStatus
from dbkit.verbs.selection import Selection

__all__ = ["OperationOperations", "OperationTransactionOperations"]


class OperationOperations(OwnOperations):
    """The operations of operations."""

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
        with self._together() as tx:
            operation = tx.operations.lock(project_id, operation_id)
            moment = now()
            if operation.started_at is not None:
                # Clocks of two workers differ, and an end does not come before the beginning.
                moment = max(moment, operation.started_at)
            has_ended = to in (OperationStatus.COMPLETED, OperationStatus.FAILED)
            return tx.operations.update(
                project_id,
                operation_id,
                expected_version=expected_version,
                status=to,
                started_at=moment if to is OperationStatus.RUNNING else operation.started_at,
                completed_at=moment if has_ended else None,
                result=operation.result if result is None else result,
            )

    def retry_chain(self, project_id: ProjectId, operation_id: OperationId) -> list[Operation]:
        """Return all attempts of which an operation is one, by number: those before it and those after it.

        An attempt that was purged breaks the chain. Raises `NotFound`.
        """
        columns = self._columns
        operation: Operation = self.get(project_id, operation_id)
        chain = {operation.id: operation}
        while operation.retry_of_id is not None and operation.retry_of_id not in chain:
            before: Operation | None = self.find(project_id, operation.retry_of_id)
            if before is None:
                break
            operation = before
            chain[operation.id] = operation
        level = list(chain)
        while level:
            after: list[Operation] = []
            for each in level:
                after += self._all(columns.project_id == project_id, columns.retry_of_id == each)
            level = [each.id for each in after if each.id not in chain]
            chain.update({each.id: each for each in after})
        return sorted(chain.values(), key=lambda each: (each.attempt, each.created_at, each.id))

    def count_by_status(self, project_id: ProjectId, since: datetime) -> dict[OperationStatus, int]:
        """Return how many operations of a project, created since then, have each status; all four are named."""
        columns = self._columns
        chosen = Selection((columns.project_id == project_id, columns.created_at >= since))
        counts = self._totals(chosen, ("status",), None)
        return {status: counts.get((status,), 0) for status in OperationStatus}

    def delete_older_than(self, project_id: ProjectId, before: datetime, limit: int) -> int:
        """Delete up to `limit` operations of a project created before this time, the oldest first; return how many.

        Their logs go along. What somebody else holds is left for the next time.
        """
        columns = self._columns
        return self._remove(
            columns.project_id == project_id, columns.created_at < before, order_by=("created_at",), limit=limit
        )


class OperationTransactionOperations(OperationOperations):
    """The operations of operations inside a transaction."""

    def claim_polling(self, limit: int) -> list[Operation]:
        """Return up to `limit` operations of all tenants whose bulk job is due to be asked about.

        Their rows are held until the transaction ends; those that others hold are left out.
        """
        columns = self._columns
        return self._all(
            columns.next_poll_at.is_not(None),
            columns.next_poll_at <= now(),
            order_by=("next_poll_at",),
            limit=limit,
            lock="skip locked",
        )
