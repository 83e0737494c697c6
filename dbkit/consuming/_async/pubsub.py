"""A subscription of Google Pub/Sub as a source, by Google's own client (`pip install 'dbkit[pubsub]'`)."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from typing import Any, Final

from dbkit._acompat import async_sleep
from dbkit.consuming.attempts import pause_seconds
from dbkit.consuming.outstanding import Outstanding
from dbkit.consuming.pubsub_client import (
    SubscriptionOptions,
    async_subscriber,
    received_messages,
    refused,
    subscription_path,
)
from dbkit.consuming.received import Received
from dbkit.ingest.waking import AsyncSignal, AsyncWorker
from dbkit.relay.pubsub_calls import pubsub_library, status_name

__all__ = ["AsyncPubSubSource"]

_logger = logging.getLogger("dbkit.consuming")
# A subscription may give a message to somebody else 10 seconds after it gave it to us, at the soonest.
_KEEP_SECONDS: Final = 4.0
_HELD_SECONDS: Final = 60
_POSTPONED_SECONDS_MAX: Final = 600
_IDS_MAX: Final = 1_000
_FAILURE_SECONDS: Final = (0.1, 2.0)


class AsyncPubSubSource:
    """Messages of `PROJECT/SUBSCRIPTION`, asked for in batches (Pull). Implements `AsyncSource`.

    Pub/Sub gives messages of one key, where the subscription orders them, to one worker at a time, and none behind one
    that is not settled. What workers have is held for them beside their work. Acknowledgements are collected until the
    next messages are asked for, or for 4 seconds; one that is lost brings a message again, which the inbox knows.
    """

    def __init__(self, subscription: str, options: SubscriptionOptions | None = None) -> None:
        self._path = subscription_path(subscription)
        self._options = options or SubscriptionOptions()
        self._outstanding = Outstanding(self._options.hold_seconds_max)
        self._failures = 0
        self._is_closing = False
        self.name: str | None = self._path
        pubsub_library()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._path})"

    async def open(self) -> None:
        """Connect, and hold from now on what workers have."""
        self._client: Any = await async_subscriber(self._options)
        self._waking = AsyncSignal()
        self._keeper = AsyncWorker("dbkit subscription", self._keep)

    async def receive(self, limit: int) -> Sequence[Received] | None:
        """Settle what is done, and ask for messages.

        Raises `ConfigurationInvalid`, `PermissionDenied` or `AuthenticationFailed` for what has to be created or
        granted first. While Pub/Sub does not answer, nothing comes.
        """
        from google.api_core.exceptions import GoogleAPICallError

        await self._acknowledge()
        request = {"subscription": self._path, "max_messages": limit}
        try:
            answer = await self._client.pull(request=request, retry=None, timeout=self._options.wait_seconds)
        except GoogleAPICallError as error:
            setup = refused(error, self._path)
            failure = status_name(error)
        else:
            self._failures = 0
            return self._given(received_messages(answer))
        if setup is not None:
            raise setup
        if failure != "DEADLINE_EXCEEDED":
            await self._wait_out(failure)
        return []

    async def acknowledge(self, received: Received) -> None:
        """Settle a message, with others, soon."""
        self._outstanding.settle(received.token)

    async def postpone(self, received: Sequence[Received], seconds: float) -> bool:
        """Have messages given again after this time, up to ten minutes."""
        ids = [each.token for each in received]
        self._outstanding.take_back(ids)
        await self._modify(ids, min(math.ceil(seconds), _POSTPONED_SECONDS_MAX))
        return True

    async def close(self) -> None:
        """Settle what is done, give back what is not, and disconnect."""
        self._is_closing = True
        self._waking.give()
        try:
            await self._keeper.join()
            await self._acknowledge()
            await self._modify(self._outstanding.take_kept(time.monotonic()), 0)
        finally:
            await self._client.transport.close()

    def _given(self, received: list[Received]) -> list[Received]:
        self._outstanding.give((each.token for each in received), time.monotonic())
        return received

    async def _wait_out(self, failure: str) -> None:
        if not self._failures:
            _logger.warning("%s gives nothing: %s", self._path, failure)
        self._failures += 1
        await async_sleep(pause_seconds(self._failures, *_FAILURE_SECONDS))

    async def _keep(self) -> None:
        while True:
            await self._waking.wait(_KEEP_SECONDS)
            if self._is_closing:
                return
            await self._acknowledge()
            await self._modify(self._outstanding.take_kept(time.monotonic()), _HELD_SECONDS)

    async def _acknowledge(self) -> None:
        settled = self._outstanding.take_settled()
        if not await self._call("acknowledge", settled):
            self._outstanding.return_settled(settled)

    async def _modify(self, ids: list[str], seconds: int) -> None:
        await self._call("modify_ack_deadline", ids, ack_deadline_seconds=seconds)

    async def _call(self, name: str, ids: list[str], **more: int) -> bool:
        """Tell Pub/Sub something of ids; what fails is noted, for it costs a redelivery at most."""
        from google.api_core.exceptions import GoogleAPICallError

        for first in range(0, len(ids), _IDS_MAX):
            request = {"subscription": self._path, "ack_ids": ids[first : first + _IDS_MAX], **more}
            try:
                await getattr(self._client, name)(request=request, retry=None, timeout=self._options.call_seconds)
            except GoogleAPICallError as error:
                _logger.warning("%s of %s failed: %s", name, self._path, status_name(error))
                return False
        return True
