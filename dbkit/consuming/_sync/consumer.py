# Generated from dbkit/consuming/_async/consumer.py by tools/unasync.py; edit that file instead.
"""A consumer: takes messages of a source, handles each once, and settles it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from dbkit._acompat import call, sleep
from dbkit.consuming._sync.inbox import Inbox
from dbkit.consuming._sync.source import Source
from dbkit.consuming.attempts import Attempts, pause_seconds
from dbkit.consuming.options import ConsumeOptions, DeadLetter, Stop
from dbkit.consuming.received import Incoming, Received, opened
from dbkit.consuming.tally import Consumed, Tally
from dbkit.consuming.together import NotAwaited, require_done, together
from dbkit.types.errors import CommitUnknown, DatabaseClosed, DbkitError, PoolExhausted, Unavailable

__all__ = ["Consumer"]

_logger = logging.getLogger("dbkit.consuming")
_LOOK_SECONDS: Final = 0.1
_OUTAGE_SECONDS_MAX: Final = 10.0
_FORGET_SECONDS: Final = 3_600.0
_OUTAGES: Final = (Unavailable, PoolExhausted, CommitUnknown)


class Consumer:
    """Handles what a source gives, beside as many others as there are; see `consume`."""

    def __init__(
        self,
        inbox: Inbox,
        source: Source,
        handler: Callable[[Any, Incoming], object],
        options: ConsumeOptions,
        stop: Stop | None = None,
    ) -> None:
        self._inbox = inbox
        self._source = source
        self._handler = handler
        self._options = options
        self._stop = stop
        self._attempts = Attempts()
        self._is_ending = False
        self._forget_at = time.monotonic()
        self._tally = Tally(options.tally)

    def run(self) -> Consumed:
        """Work until the source has no more, or somebody asks to stop; then end what was begun."""
        self._inbox.require()
        self._source.open()
        try:
            together(self._work, self._options.workers, self._end)
        finally:
            self._source.close()
        return self._tally.consumed

    def _end(self) -> None:
        self._is_ending = True

    @property
    def _is_over(self) -> bool:
        return self._is_ending or (self._stop is not None and self._stop.is_set())

    def _work(self) -> None:
        while not self._is_over:
            self._forget_some()
            batch = self._source.receive(self._options.batch)
            if batch is None:
                return
            self._handle(batch)

    def _handle(self, batch: Sequence[Received]) -> None:
        """Handle messages in order; behind one that is postponed, those of its key are too."""
        left = list(batch)
        while left and not self._is_over:
            received = left.pop(0)
            followers = [each for each in left if received.key and each.key == received.key]
            if not self._settle(received, followers):
                left = [each for each in left if each not in followers]

    def _settle(self, received: Received, followers: Sequence[Received]) -> bool:
        """Handle a message until that succeeds; return False where the source gives it again, or it is time to end."""
        outages = 0
        while not self._is_over:
            try:
                seconds = self._try(received)
            except _OUTAGES as error:
                outages += 1
                self._tally.add("outages")
                _logger.warning("message %s waits for the database: %s", received.event_id, error)
                self._pause(pause_seconds(outages, self._options.base_seconds, _OUTAGE_SECONDS_MAX))
                continue
            if seconds is None:
                self._source.acknowledge(received)
                return True
            if self._source.postpone([received, *followers], seconds):
                return False
            self._pause(seconds)
        return False

    def _try(self, received: Received) -> float | None:
        """Handle a message once; return None where it is settled, else after how many seconds to try it again."""
        attempt = max(self._attempts.next_of(received.known_as), received.attempt or 0)
        try:
            is_new = self._inbox.handle(self._handler, opened(received, self._options.events, attempt))
        except (DatabaseClosed, NotAwaited, *_OUTAGES):
            raise
        except Exception as error:  # noqa: BLE001 (whatever a handler raises is its message's failure)
            self._attempts.failed(received.known_as)
            return self._failed(received, attempt, error)
        self._attempts.settled(received.known_as)
        self._tally.add("handled" if is_new else "duplicates")
        return None

    def _failed(self, received: Received, attempt: int, error: Exception) -> float | None:
        # The words of errors that are not dbkit's may hold what is in the message.
        reason = str(error) if isinstance(error, DbkitError) else type(error).__name__
        _logger.warning("message %s failed at try %d: %s", received.event_id, attempt, reason)
        self._tally.add("failures")
        if attempt >= self._options.tries and self._options.dead_letter is not None:
            return self._give_up(DeadLetter(received=received, attempts=attempt, error=error))
        return pause_seconds(attempt, self._options.base_seconds, self._options.cap_seconds)

    def _give_up(self, letter: DeadLetter) -> float | None:
        assert self._options.dead_letter is not None
        try:
            require_done(call(self._options.dead_letter, letter))
        except NotAwaited:
            raise
        except Exception as error:  # noqa: BLE001 (as above: what is not reported is not given up)
            _logger.warning("message %s cannot be given up: %s", letter.received.event_id, type(error).__name__)
            return self._options.cap_seconds
        self._attempts.settled(letter.received.known_as)
        self._tally.add("dead_letters")
        return None

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._is_over and (left := until - time.monotonic()) > 0:
            sleep(min(left, _LOOK_SECONDS))

    def _forget_some(self) -> None:
        """Clear the inbox up from time to time; that it fails holds nothing up."""
        if self._options.keep is None or time.monotonic() < self._forget_at:
            return
        self._forget_at = time.monotonic() + _FORGET_SECONDS
        try:
            self._tally.add("forgotten", self._inbox.forget(self._options.keep))
        except DbkitError as error:
            _logger.warning("the inbox is not cleared up: %s", error)
