# Generated from dbkit/types/_async/ingested_message.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""The interface of ingested_messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, Protocol, overload

from dbkit.types.calls.ingested_message import IngestedMessageOrder
from dbkit.types.ingested_message import IngestedMessage, IngestedMessageFilter, NewIngestedMessage
from dbkit.types.page import Page
from dbkit.types.value import Text

__all__ = ["IngestedMessageRepository", "IngestedMessageTransactionRepository"]


class IngestedMessageRepository(Protocol):
    """The verbs of ingested_messages, each call a transaction of its own."""

    def get(self, subscription: Text, message_id: Text) -> IngestedMessage:
        """Return the live value, or raise `NotFound`."""
        ...

    def find(self, subscription: Text, message_id: Text) -> IngestedMessage | None:
        """Return the live value, or None."""
        ...

    def get_many(self, subscription: Text, message_ids: Sequence[Text]) -> list[IngestedMessage]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        ...

    def exists(self, subscription: Text, message_id: Text) -> bool:
        """Tell whether a live row has this key."""
        ...

    def page(
        self,
        filter: IngestedMessageFilter | None = None,
        *,
        order: IngestedMessageOrder = "subscription,message_id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[IngestedMessage]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        ...

    def iterate(
        self, filter: IngestedMessageFilter | None = None, *, order: IngestedMessageOrder = "subscription,message_id"
    ) -> Iterator[IngestedMessage]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        ...

    def count(self, filter: IngestedMessageFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        ...

    def create(self, new: NewIngestedMessage) -> IngestedMessage:
        """Store a new row and return it as stored."""
        ...

    @overload
    def create_many(self, new: Iterable[NewIngestedMessage], *, returning: Literal[False] = False) -> int:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    @overload
    def create_many(self, new: Iterable[NewIngestedMessage], *, returning: Literal[True]) -> list[IngestedMessage]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        ...

    def delete(self, subscription: Text, message_id: Text) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        ...

    def purge_older(self, before: datetime, limit: int, *, subscription: str | None = None) -> int:
        """Forget up to `limit` messages that came in before this time, the oldest first; return how many.

        Those of one subscription, or of all.
        """
        ...


class IngestedMessageTransactionRepository(IngestedMessageRepository, Protocol):
    """The verbs of ingested_messages inside a transaction."""

    def take(self, subscription: str, message_id: str) -> bool:
        """Tell whether a message comes in for the first time, and remember it if the transaction is committed.

        Waits for another transaction that takes the same message at this moment.
        """
        ...
