# Generated from dbkit/database/_async/leases.py by tools/unasync.py; edit that file instead.
"""Leases for a database class of one's own."""

from __future__ import annotations

from dbkit.database.repository import repository
from dbkit.models.lease import LEASES
from dbkit.operations._sync.lease import LeaseOperations, LeaseTransactionOperations
from dbkit.types._sync.lease import LeaseRepository, LeaseTransactionRepository

__all__ = ["Leases", "TransactionLeases"]


class Leases:
    """Gives a database class the repository of dbkit's leases; a revision of its line makes their table."""

    leases: LeaseRepository = repository(LEASES, LeaseOperations)


class TransactionLeases:
    """Gives the class of its transactions the same."""

    leases: LeaseTransactionRepository = repository(LEASES, LeaseTransactionOperations)
