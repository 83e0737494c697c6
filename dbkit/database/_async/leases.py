"""Leases for a database class of one's own."""

from __future__ import annotations

from dbkit.database.repository import repository
from dbkit.models.lease import LEASES
from dbkit.operations._async.lease import AsyncLeaseOperations, AsyncLeaseTransactionOperations
from dbkit.types._async.lease import AsyncLeaseRepository, AsyncLeaseTransactionRepository

__all__ = ["AsyncLeases", "AsyncTransactionLeases"]


class AsyncLeases:
    """Gives a database class the repository of dbkit's leases; a revision of its line makes their table."""

    leases: AsyncLeaseRepository = repository(LEASES, AsyncLeaseOperations)


class AsyncTransactionLeases:
    """Gives the class of its transactions the same."""

    leases: AsyncLeaseTransactionRepository = repository(LEASES, AsyncLeaseTransactionOperations)
