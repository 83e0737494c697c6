"""The inbox: a message's effects and the note that it was handled, in one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from dbkit._acompat import async_call
from dbkit.consuming.received import Incoming
from dbkit.consuming.together import require_done
from dbkit.types.clock import now
from dbkit.types.errors import ConfigurationInvalid
from dbkit.verbs.transaction import Isolation

__all__ = ["AsyncInbox"]

_ROWS = 1_000


class AsyncInbox:
    """Handles each message of a subscription once, whoever else handles messages of it.

    Raises `ConfigurationInvalid` for a database class without the repository `ingested_messages`.
    """

    def __init__(self, database: Any, subscription: str, *, isolation: Isolation = "read committed") -> None:
        if not hasattr(type(database), "ingested_messages"):
            raise ConfigurationInvalid(
                f"{type(database).__name__} has no repository ingested_messages for its inbox",
                advice="Consume into a database class that extends dbkit's own.",
            )
        self._database = database
        self._subscription = subscription
        self._isolation: Isolation = isolation

    async def handle(self, handler: Callable[[Any, Incoming], Awaitable[object] | object], incoming: Incoming) -> bool:
        """Call `handler(tx, incoming)` and commit; return False, without calling it, where that was done before.

        A handler that raises leaves nothing behind, and the message comes in for the first time again. One that has
        the same message at this moment is waited for. The transaction is tried again after a conflict, as `run` does.
        Raises `TypeError` for a handler of the other colour.
        """

        async def work(tx: Any) -> bool:
            if not await tx.ingested_messages.take(self._subscription, incoming.event_id):
                return False
            require_done(await async_call(handler, tx, incoming))
            return True

        is_new: bool = await self._database.run(work, isolation=self._isolation)
        return is_new

    async def require(self) -> None:
        """Raise what a database says that has no table for an inbox, or does not let it be read."""
        await self._database.ingested_messages.exists(self._subscription, "")

    async def forget(self, keep: timedelta) -> int:
        """Forget the messages of the subscription that came in longer ago than this; return how many."""
        forgotten, more = 0, _ROWS
        while more == _ROWS:
            more = await self._database.ingested_messages.purge_older(
                now() - keep, _ROWS, subscription=self._subscription
            )
            forgotten += more
        return forgotten
