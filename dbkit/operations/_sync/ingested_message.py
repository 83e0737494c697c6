# Generated from dbkit/operations/_async/ingested_message.py by tools/unasync.py; edit that file instead.
"""Ingested messages beyond the verbs: each is taken once."""

from __future__ import annotations

from datetime import datetime

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.ingested_message import NewIngestedMessage

__all__ = ["IngestedMessageOperations", "IngestedMessageTransactionOperations"]


class IngestedMessageOperations(OwnOperations):
    """The operations of ingested messages."""

    def purge_older(self, before: datetime, limit: int, *, subscription: str | None = None) -> int:
        """Forget up to `limit` messages that came in before this time, the oldest first; return how many.

        Those of one subscription, or of all.
        """
        older = [self._columns.received_at < before]
        if subscription is not None:
            older.append(self._columns.subscription == subscription)
        return self._remove(*older, order_by=("received_at",), limit=limit)


class IngestedMessageTransactionOperations(IngestedMessageOperations):
    """The operations of ingested messages inside a transaction."""

    def take(self, subscription: str, message_id: str) -> bool:
        """Tell whether a message comes in for the first time, and remember it if the transaction is committed.

        Waits for another transaction that takes the same message at this moment.
        """
        message = NewIngestedMessage(subscription=subscription, message_id=message_id)
        return bool(self._add_missing([message], on="pk_ingested_messages"))
