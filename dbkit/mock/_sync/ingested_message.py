# Generated from dbkit/mock/_async/ingested_message.py by tools/unasync.py; edit that file instead.
# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of ingested_messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._sync.mock import MockBuilder, MockRepository
from dbkit.mock.base.outcomes import Items, Outcome, Result
from dbkit.mock.calls.ingested_message import IngestedMessageCalls
from dbkit.models.ingested_message import INGESTED_MESSAGES
from dbkit.types._sync.ingested_message import IngestedMessageTransactionRepository
from dbkit.types.calls.ingested_message import IngestedMessageOrder
from dbkit.types.ingested_message import IngestedMessage, IngestedMessageFilter, NewIngestedMessage
from dbkit.types.page import Page
from dbkit.types.value import Text

__all__ = ["MockIngestedMessageRepository", "MockIngestedMessages"]


class IngestedMessageGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, subscription: Text, message_id: Text) -> Result[IngestedMessage]: ...


class IngestedMessageFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, subscription: Text, message_id: Text) -> Result[IngestedMessage | None]: ...


class IngestedMessageGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, subscription: Text, message_ids: tuple[Text, ...]) -> Result[list[IngestedMessage]]: ...


class IngestedMessageExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, subscription: Text, message_id: Text) -> Result[bool]: ...


class IngestedMessagePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: IngestedMessageFilter | None, *, order: IngestedMessageOrder, limit: int, after: str | None
    ) -> Result[Page[IngestedMessage]]: ...


class IngestedMessageIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: IngestedMessageFilter | None, *, order: IngestedMessageOrder
    ) -> Items[IngestedMessage]: ...


class IngestedMessageCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: IngestedMessageFilter | None) -> Result[int]: ...


class IngestedMessageCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewIngestedMessage) -> Result[IngestedMessage]: ...


class IngestedMessageCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewIngestedMessage, ...], *, returning: bool
    ) -> Result[int | list[IngestedMessage]]: ...


class IngestedMessageDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, subscription: Text, message_id: Text) -> Result[None]: ...


class IngestedMessagePurgeOlderStub(Protocol):
    """What may answer for `purge_older`."""

    def __call__(self, before: datetime, limit: int, *, subscription: str | None) -> Result[int]: ...


class IngestedMessageTakeStub(Protocol):
    """What may answer for `take`."""

    def __call__(self, subscription: str, message_id: str) -> Result[bool]: ...


class MockIngestedMessageRepository(MockRepository):
    """A repository of ingested_messages that does what its stubs say."""

    @property
    def calls(self) -> IngestedMessageCalls:
        """The calls so far."""
        return IngestedMessageCalls(self._book.log)

    def get(self, subscription: Text, message_id: Text) -> IngestedMessage:
        """Return the live value, or raise `NotFound`."""
        answer: IngestedMessage = self._answer("get", (subscription, message_id))
        return answer

    def find(self, subscription: Text, message_id: Text) -> IngestedMessage | None:
        """Return the live value, or None."""
        answer: IngestedMessage | None = self._answer("find", (subscription, message_id))
        return answer

    def get_many(self, subscription: Text, message_ids: Sequence[Text]) -> list[IngestedMessage]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[IngestedMessage] = self._answer("get_many", (subscription, message_ids))
        return answer

    def exists(self, subscription: Text, message_id: Text) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = self._answer("exists", (subscription, message_id))
        return answer

    def page(
        self,
        filter: IngestedMessageFilter | None = None,
        *,
        order: IngestedMessageOrder = "subscription,message_id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[IngestedMessage]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[IngestedMessage] = self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: IngestedMessageFilter | None = None, *, order: IngestedMessageOrder = "subscription,message_id"
    ) -> Iterator[IngestedMessage]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    def count(self, filter: IngestedMessageFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = self._answer("count", (filter,))
        return answer

    def create(self, new: NewIngestedMessage) -> IngestedMessage:
        """Store a new row and return it as stored."""
        answer: IngestedMessage = self._answer("create", (new,))
        return answer

    @overload
    def create_many(self, new: Iterable[NewIngestedMessage], *, returning: Literal[False] = False) -> int: ...
    @overload
    def create_many(self, new: Iterable[NewIngestedMessage], *, returning: Literal[True]) -> list[IngestedMessage]: ...
    def create_many(self, new: Iterable[NewIngestedMessage], *, returning: bool = False) -> int | list[IngestedMessage]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[IngestedMessage] = self._answer("create_many", (new, returning))
        return answer

    def delete(self, subscription: Text, message_id: Text) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        self._answer("delete", (subscription, message_id))

    def purge_older(self, before: datetime, limit: int, *, subscription: str | None = None) -> int:
        """Forget up to `limit` messages that came in before this time, the oldest first; return how many.

        Those of one subscription, or of all.
        """
        answer: int = self._answer("purge_older", (before, limit, subscription))
        return answer

    def take(self, subscription: str, message_id: str) -> bool:
        """Tell whether a message comes in for the first time, and remember it if the transaction is committed.

        Waits for another transaction that takes the same message at this moment.
        """
        answer: bool = self._answer("take", (subscription, message_id))
        return answer


class MockIngestedMessages(MockBuilder[MockIngestedMessageRepository]):
    """Builds a mock of the repository of ingested_messages: `with_...` says what an operation does."""

    _entity = INGESTED_MESSAGES
    _interface = IngestedMessageTransactionRepository
    _made = MockIngestedMessageRepository

    def with_get(self, outcome: Outcome[IngestedMessage, IngestedMessageGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[IngestedMessage | None, IngestedMessageFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[IngestedMessage], IngestedMessageGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, IngestedMessageExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[IngestedMessage], IngestedMessagePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[IngestedMessage], IngestedMessageIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, IngestedMessageCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[IngestedMessage, IngestedMessageCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(self, outcome: Outcome[int | list[IngestedMessage], IngestedMessageCreateManyStub]) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_delete(self, outcome: Outcome[None, IngestedMessageDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_purge_older(self, outcome: Outcome[int, IngestedMessagePurgeOlderStub]) -> Self:
        """Say what `purge_older` does."""
        return self._with("purge_older", outcome)

    def with_take(self, outcome: Outcome[bool, IngestedMessageTakeStub]) -> Self:
        """Say what `take` does."""
        return self._with("take", outcome)
