# Generated from values and models by tools/interfaces.py; edit those instead.
"""Mocks of ingested_messages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol, Self, overload

from dbkit.mock.base._async.mock import AsyncMockBuilder, AsyncMockRepository
from dbkit.mock.base.outcomes import AsyncItems, AsyncResult, Outcome
from dbkit.mock.calls.ingested_message import IngestedMessageCalls
from dbkit.models.ingested_message import INGESTED_MESSAGES
from dbkit.types._async.ingested_message import AsyncIngestedMessageTransactionRepository
from dbkit.types.calls.ingested_message import IngestedMessageOrder
from dbkit.types.ingested_message import IngestedMessage, IngestedMessageFilter, NewIngestedMessage
from dbkit.types.page import Page
from dbkit.types.value import Text

__all__ = ["AsyncMockIngestedMessageRepository", "AsyncMockIngestedMessages"]


class AsyncIngestedMessageGetStub(Protocol):
    """What may answer for `get`."""

    def __call__(self, subscription: Text, message_id: Text) -> AsyncResult[IngestedMessage]: ...


class AsyncIngestedMessageFindStub(Protocol):
    """What may answer for `find`."""

    def __call__(self, subscription: Text, message_id: Text) -> AsyncResult[IngestedMessage | None]: ...


class AsyncIngestedMessageGetManyStub(Protocol):
    """What may answer for `get_many`."""

    def __call__(self, subscription: Text, message_ids: tuple[Text, ...]) -> AsyncResult[list[IngestedMessage]]: ...


class AsyncIngestedMessageExistsStub(Protocol):
    """What may answer for `exists`."""

    def __call__(self, subscription: Text, message_id: Text) -> AsyncResult[bool]: ...


class AsyncIngestedMessagePageStub(Protocol):
    """What may answer for `page`."""

    def __call__(
        self, filter: IngestedMessageFilter | None, *, order: IngestedMessageOrder, limit: int, after: str | None
    ) -> AsyncResult[Page[IngestedMessage]]: ...


class AsyncIngestedMessageIterateStub(Protocol):
    """What may answer for `iterate`."""

    def __call__(
        self, filter: IngestedMessageFilter | None, *, order: IngestedMessageOrder
    ) -> AsyncItems[IngestedMessage]: ...


class AsyncIngestedMessageCountStub(Protocol):
    """What may answer for `count`."""

    def __call__(self, filter: IngestedMessageFilter | None) -> AsyncResult[int]: ...


class AsyncIngestedMessageCreateStub(Protocol):
    """What may answer for `create`."""

    def __call__(self, new: NewIngestedMessage) -> AsyncResult[IngestedMessage]: ...


class AsyncIngestedMessageCreateManyStub(Protocol):
    """What may answer for `create_many`."""

    def __call__(
        self, new: tuple[NewIngestedMessage, ...], *, returning: bool
    ) -> AsyncResult[int | list[IngestedMessage]]: ...


class AsyncIngestedMessageDeleteStub(Protocol):
    """What may answer for `delete`."""

    def __call__(self, subscription: Text, message_id: Text) -> AsyncResult[None]: ...


class AsyncIngestedMessagePurgeOlderStub(Protocol):
    """What may answer for `purge_older`."""

    def __call__(self, before: datetime, limit: int, *, subscription: str | None) -> AsyncResult[int]: ...


class AsyncIngestedMessageTakeStub(Protocol):
    """What may answer for `take`."""

    def __call__(self, subscription: str, message_id: str) -> AsyncResult[bool]: ...


class AsyncMockIngestedMessageRepository(AsyncMockRepository):
    """A repository of ingested_messages that does what its stubs say."""

    @property
    def calls(self) -> IngestedMessageCalls:
        """The calls so far."""
        return IngestedMessageCalls(self._book.log)

    async def get(self, subscription: Text, message_id: Text) -> IngestedMessage:
        """Return the live value, or raise `NotFound`."""
        answer: IngestedMessage = await self._answer("get", (subscription, message_id))
        return answer

    async def find(self, subscription: Text, message_id: Text) -> IngestedMessage | None:
        """Return the live value, or None."""
        answer: IngestedMessage | None = await self._answer("find", (subscription, message_id))
        return answer

    async def get_many(self, subscription: Text, message_ids: Sequence[Text]) -> list[IngestedMessage]:
        """Return the live values in the order asked, or raise `NotFound` for the first absent one."""
        answer: list[IngestedMessage] = await self._answer("get_many", (subscription, message_ids))
        return answer

    async def exists(self, subscription: Text, message_id: Text) -> bool:
        """Tell whether a live row has this key."""
        answer: bool = await self._answer("exists", (subscription, message_id))
        return answer

    async def page(
        self,
        filter: IngestedMessageFilter | None = None,
        *,
        order: IngestedMessageOrder = "subscription,message_id",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[IngestedMessage]:
        """Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."""
        answer: Page[IngestedMessage] = await self._answer("page", (filter, order, limit, after))
        return answer

    def iterate(
        self, filter: IngestedMessageFilter | None = None, *, order: IngestedMessageOrder = "subscription,message_id"
    ) -> AsyncIterator[IngestedMessage]:
        """Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."""
        return self._iterate("iterate", (filter, order))

    async def count(self, filter: IngestedMessageFilter | None = None) -> int:
        """Return how many rows the filter selects."""
        answer: int = await self._answer("count", (filter,))
        return answer

    async def create(self, new: NewIngestedMessage) -> IngestedMessage:
        """Store a new row and return it as stored."""
        answer: IngestedMessage = await self._answer("create", (new,))
        return answer

    @overload
    async def create_many(self, new: Iterable[NewIngestedMessage], *, returning: Literal[False] = False) -> int: ...
    @overload
    async def create_many(
        self, new: Iterable[NewIngestedMessage], *, returning: Literal[True]
    ) -> list[IngestedMessage]: ...
    async def create_many(
        self, new: Iterable[NewIngestedMessage], *, returning: bool = False
    ) -> int | list[IngestedMessage]:
        """Store all rows or none; return how many or, with `returning`, the stored values.

        An error names the row at fault by its index (`error.row`).
        """
        answer: int | list[IngestedMessage] = await self._answer("create_many", (new, returning))
        return answer

    async def delete(self, subscription: Text, message_id: Text) -> None:
        """Delete a live row for good, or raise `NotFound`."""
        await self._answer("delete", (subscription, message_id))

    async def purge_older(self, before: datetime, limit: int, *, subscription: str | None = None) -> int:
        """Forget up to `limit` messages that came in before this time, the oldest first; return how many.

        Those of one subscription, or of all.
        """
        answer: int = await self._answer("purge_older", (before, limit, subscription))
        return answer

    async def take(self, subscription: str, message_id: str) -> bool:
        """Tell whether a message comes in for the first time, and remember it if the transaction is committed.

        Waits for another transaction that takes the same message at this moment.
        """
        answer: bool = await self._answer("take", (subscription, message_id))
        return answer


class AsyncMockIngestedMessages(AsyncMockBuilder[AsyncMockIngestedMessageRepository]):
    """Builds a mock of the repository of ingested_messages: `with_...` says what an operation does."""

    _entity = INGESTED_MESSAGES
    _interface = AsyncIngestedMessageTransactionRepository
    _made = AsyncMockIngestedMessageRepository

    def with_get(self, outcome: Outcome[IngestedMessage, AsyncIngestedMessageGetStub]) -> Self:
        """Say what `get` does."""
        return self._with("get", outcome)

    def with_find(self, outcome: Outcome[IngestedMessage | None, AsyncIngestedMessageFindStub]) -> Self:
        """Say what `find` does."""
        return self._with("find", outcome)

    def with_get_many(self, outcome: Outcome[list[IngestedMessage], AsyncIngestedMessageGetManyStub]) -> Self:
        """Say what `get_many` does."""
        return self._with("get_many", outcome)

    def with_exists(self, outcome: Outcome[bool, AsyncIngestedMessageExistsStub]) -> Self:
        """Say what `exists` does."""
        return self._with("exists", outcome)

    def with_page(self, outcome: Outcome[Page[IngestedMessage], AsyncIngestedMessagePageStub]) -> Self:
        """Say what `page` does."""
        return self._with("page", outcome)

    def with_iterate(self, outcome: Outcome[Iterable[IngestedMessage], AsyncIngestedMessageIterateStub]) -> Self:
        """Say what `iterate` does."""
        return self._with("iterate", outcome)

    def with_count(self, outcome: Outcome[int, AsyncIngestedMessageCountStub]) -> Self:
        """Say what `count` does."""
        return self._with("count", outcome)

    def with_create(self, outcome: Outcome[IngestedMessage, AsyncIngestedMessageCreateStub]) -> Self:
        """Say what `create` does."""
        return self._with("create", outcome)

    def with_create_many(
        self, outcome: Outcome[int | list[IngestedMessage], AsyncIngestedMessageCreateManyStub]
    ) -> Self:
        """Say what `create_many` does."""
        return self._with("create_many", outcome)

    def with_delete(self, outcome: Outcome[None, AsyncIngestedMessageDeleteStub]) -> Self:
        """Say what `delete` does."""
        return self._with("delete", outcome)

    def with_purge_older(self, outcome: Outcome[int, AsyncIngestedMessagePurgeOlderStub]) -> Self:
        """Say what `purge_older` does."""
        return self._with("purge_older", outcome)

    def with_take(self, outcome: Outcome[bool, AsyncIngestedMessageTakeStub]) -> Self:
        """Say what `take` does."""
        return self._with("take", outcome)
