"""The in-memory twin, which knows of the transactions that a test has not ended."""

from __future__ import annotations

from typing import Any

from dbkit.memory._async.backend import AsyncMemoryBackend, AsyncMemoryTransaction
from dbkit.memory.transaction import TransactionState

__all__ = ["AsyncWatchedMemory"]


class AsyncWatchedMemory(AsyncMemoryBackend):
    """An empty database in memory; `under_way` are its transactions that have begun and not ended."""

    def __init__(self, entities: Any) -> None:
        super().__init__(entities)
        self.under_way: set[AsyncMemoryTransaction] = set()

    def _transaction(self, state: TransactionState) -> AsyncMemoryTransaction:
        transaction = _AsyncWatchedTransaction(self, state)
        transaction.under_way = self.under_way
        self.under_way.add(transaction)
        return transaction


class _AsyncWatchedTransaction(AsyncMemoryTransaction):
    under_way: set[AsyncMemoryTransaction]

    async def commit(self) -> None:
        self.under_way.discard(self)
        await super().commit()

    async def rollback(self) -> None:
        self.under_way.discard(self)
        await super().rollback()
