"""Ingested messages beyond the verbs: each is taken once."""

from __future__ import annotations

from datetime import datetime

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.ingested_message import NewIngestedMessage

__all__ = ["AsyncIngestedMessageOperations", "AsyncIngestedMessageTransactionOperations"]


class AsyncIngestedMessageOperations(AsyncOwnOperations):
    """The operations of ingested messages."""

    async def purge_older(self, before: datetime, limit: int, *, subscription: str | None = None) -> int:
        """Forget up to `limit` messages that came in before this time, the oldest first; return how many.

        Those of one subscription, or of all.
        """
        older = [self._columns.received_at < before]
        if subscription is not None:
            older.append(self._columns.subscription == subscription)
        return await self._remove(*older, order_by=("received_at",), limit=limit)


class AsyncIngestedMessageTransactionOperations(AsyncIngestedMessageOperations):
    """The operations of ingested messages inside a transaction."""

    async def take(self, subscription: str, message_id: str) -> bool:
        """Tell whether a message comes in for the first time, and remember it if the transaction is committed.

        Waits for another transaction that takes the same message at this moment.
        """
        message = NewIngestedMessage(subscription=subscription, message_id=message_id)
        return bool(await self._add_missing([message], on="pk_ingested_messages"))
