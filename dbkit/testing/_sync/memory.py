# Generated from dbkit/testing/_async/memory.py by tools/unasync.py; edit that file instead.
"""The in-memory twin, which knows of the transactions that a test has not ended."""

from __future__ import annotations

from typing import Any

from dbkit.memory._sync.backend import MemoryBackend, MemoryTransaction
from dbkit.memory.transaction import TransactionState

__all__ = ["WatchedMemory"]


class WatchedMemory(MemoryBackend):
    """An empty database in memory; `under_way` are its transactions that have begun and not ended."""

    def __init__(self, entities: Any) -> None:
        super().__init__(entities)
        self.under_way: set[MemoryTransaction] = set()

    def _transaction(self, state: TransactionState) -> MemoryTransaction:
        transaction = _WatchedTransaction(self, state)
        transaction.under_way = self.under_way
        self.under_way.add(transaction)
        return transaction


class _WatchedTransaction(MemoryTransaction):
    under_way: set[MemoryTransaction]

    def commit(self) -> None:
        self.under_way.discard(self)
        super().commit()

    def rollback(self) -> None:
        self.under_way.discard(self)
        super().rollback()
