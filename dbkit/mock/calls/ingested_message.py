# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of ingested_messages."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.ingested_message import IngestedMessageOrder
from dbkit.types.ingested_message import IngestedMessageFilter, NewIngestedMessage
from dbkit.types.value import Text

__all__ = [
    "IngestedMessageCalls",
    "IngestedMessageCountCall",
    "IngestedMessageCreateCall",
    "IngestedMessageCreateManyCall",
    "IngestedMessageDeleteCall",
    "IngestedMessageExistsCall",
    "IngestedMessageFindCall",
    "IngestedMessageGetCall",
    "IngestedMessageGetManyCall",
    "IngestedMessageIterateCall",
    "IngestedMessagePageCall",
    "IngestedMessagePurgeOlderCall",
    "IngestedMessageTakeCall",
]


class IngestedMessageGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "ingested_messages.get"

    subscription: Text
    message_id: Text


class IngestedMessageFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "ingested_messages.find"

    subscription: Text
    message_id: Text


class IngestedMessageGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "ingested_messages.get_many"

    subscription: Text
    message_ids: tuple[Text, ...]


class IngestedMessageExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "ingested_messages.exists"

    subscription: Text
    message_id: Text


class IngestedMessagePageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "ingested_messages.page"

    filter: IngestedMessageFilter | None
    order: IngestedMessageOrder
    limit: int
    after: str | None


class IngestedMessageIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "ingested_messages.iterate"

    filter: IngestedMessageFilter | None
    order: IngestedMessageOrder


class IngestedMessageCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "ingested_messages.count"

    filter: IngestedMessageFilter | None


class IngestedMessageCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "ingested_messages.create"

    new: NewIngestedMessage


class IngestedMessageCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "ingested_messages.create_many"

    new: tuple[NewIngestedMessage, ...]
    returning: bool


class IngestedMessageDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "ingested_messages.delete"

    subscription: Text
    message_id: Text


class IngestedMessagePurgeOlderCall(Call):
    """A call of `purge_older`."""

    called: ClassVar[str] = "ingested_messages.purge_older"

    before: datetime
    limit: int
    subscription: str | None


class IngestedMessageTakeCall(Call):
    """A call of `take`."""

    called: ClassVar[str] = "ingested_messages.take"

    subscription: str
    message_id: str


class IngestedMessageCalls(Calls):
    """The calls of a mock of ingested_messages, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        IngestedMessageGetCall,
        IngestedMessageFindCall,
        IngestedMessageGetManyCall,
        IngestedMessageExistsCall,
        IngestedMessagePageCall,
        IngestedMessageIterateCall,
        IngestedMessageCountCall,
        IngestedMessageCreateCall,
        IngestedMessageCreateManyCall,
        IngestedMessageDeleteCall,
        IngestedMessagePurgeOlderCall,
        IngestedMessageTakeCall,
    )

    @property
    def get(self) -> tuple[IngestedMessageGetCall, ...]:
        """The calls of `get`."""
        return self._of(IngestedMessageGetCall)

    @property
    def find(self) -> tuple[IngestedMessageFindCall, ...]:
        """The calls of `find`."""
        return self._of(IngestedMessageFindCall)

    @property
    def get_many(self) -> tuple[IngestedMessageGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(IngestedMessageGetManyCall)

    @property
    def exists(self) -> tuple[IngestedMessageExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(IngestedMessageExistsCall)

    @property
    def page(self) -> tuple[IngestedMessagePageCall, ...]:
        """The calls of `page`."""
        return self._of(IngestedMessagePageCall)

    @property
    def iterate(self) -> tuple[IngestedMessageIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(IngestedMessageIterateCall)

    @property
    def count(self) -> tuple[IngestedMessageCountCall, ...]:
        """The calls of `count`."""
        return self._of(IngestedMessageCountCall)

    @property
    def create(self) -> tuple[IngestedMessageCreateCall, ...]:
        """The calls of `create`."""
        return self._of(IngestedMessageCreateCall)

    @property
    def create_many(self) -> tuple[IngestedMessageCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(IngestedMessageCreateManyCall)

    @property
    def delete(self) -> tuple[IngestedMessageDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(IngestedMessageDeleteCall)

    @property
    def purge_older(self) -> tuple[IngestedMessagePurgeOlderCall, ...]:
        """The calls of `purge_older`."""
        return self._of(IngestedMessagePurgeOlderCall)

    @property
    def take(self) -> tuple[IngestedMessageTakeCall, ...]:
        """The calls of `take`."""
        return self._of(IngestedMessageTakeCall)
