"""What goes wrong in the control of a database in memory, beside the errors that every backend raises."""

from __future__ import annotations

from dbkit.types.errors import ResourceError, SetupError, TransactionError

__all__ = [
    "FaultNotRaised",
    "PointNotReached",
    "SessionsUnfinished",
    "SnapshotForeign",
    "TransactionShared",
    "TransactionsOpen",
]


class TransactionsOpen(TransactionError):
    """The rows cannot be replaced, because transactions are under way that see them."""

    code = "transactions_open"
    what = "transactions are open on this database"
    advice = "End them first: leave their blocks, and finish the sessions of steps()."


class TransactionShared(TransactionError):
    """A transaction was used while one of its statements waits for a lock, so by a second thread or task."""

    code = "transaction_shared"
    what = "another thread or task is using this transaction, and waits in it"
    advice = "Give each thread and task a transaction of its own."


class SnapshotForeign(SetupError):
    """The snapshot was taken from another database."""

    code = "snapshot_foreign"
    what = "the snapshot is of another database"
    advice = "Use it with the database that it was taken from; dump() and load() go from one to another."


class PointNotReached(ResourceError):
    """A session did not come to where it was sent: it ended before, waits for a lock, or took too long."""

    code = "point_not_reached"
    what = "the session did not reach the point"


class SessionsUnfinished(TransactionError):
    """The block of `steps()` ended before its sessions did; they were rolled back."""

    code = "sessions_unfinished"
    what = "sessions were not finished"
    advice = "Call finish() of each session before the block ends."


class FaultNotRaised(SetupError):
    """A fault that was asked for has not come about, because nothing was called where it could have."""

    code = "fault_not_raised"
    what = "a fault was asked for and never raised"
    advice = "Look where PostgreSQL can raise it (docs/memory.md), and call that inside the block."
