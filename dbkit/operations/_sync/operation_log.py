# Generated from dbkit/operations/_async/operation_log.py by tools/unasync.py; edit that file instead.
"""Logs of operations beyond the verbs: stored in bulk, kept by the month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dbkit.operations._sync.appending import Appending
from dbkit.operations.months import month_of
from dbkit.types.operation_log import NewOperationLog

__all__ = ["OperationLogOperations"]

_CHUNK = 10_000


class OperationLogOperations(Appending):
    """The operations of logs."""

    def append_many(self, lines: Iterable[NewOperationLog]) -> int:
        """Store lines, all or none, and return how many were new: lines that come again add nothing."""
        return self._append(lines)

    def ensure_partitions(self, months_ahead: int) -> None:
        """Make partitions for this month and so many after it, where there are none yet.

        Lines that came in before their partition move into it. For a role that owns the table.
        """
        with self._together() as tx:
            self._ensure_months(tx.operation_logs, months_ahead)

    def drop_partitions_before(self, month: datetime) -> None:
        """Remove all lines from before a month: whole partitions are dropped, without a scan, and the rest deleted.

        For a role that owns the table; who reads or writes it waits for that moment.
        """
        begin = month_of(month)
        with self._together() as tx:
            self._drop_months(tx.operation_logs, begin)
            while tx.operation_logs.delete_older_than(begin, _CHUNK):
                pass

    def delete_older_than(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` lines of all tenants from before this time, the oldest first; return how many."""
        return self._remove(self._columns.logged_at < before, order_by=("logged_at",), limit=limit)
