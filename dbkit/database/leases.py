"""Leases for database classes of one's own, in both colours."""

from __future__ import annotations

from dbkit.database._async.leases import AsyncLeases, AsyncTransactionLeases
from dbkit.database._sync.leases import Leases, TransactionLeases
from dbkit.models.lease import LEASES

__all__ = ["LEASES", "AsyncLeases", "AsyncTransactionLeases", "Leases", "TransactionLeases"]
