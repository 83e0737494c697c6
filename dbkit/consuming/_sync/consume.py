# Generated from dbkit/consuming/_async/consume.py by tools/unasync.py; edit that file instead.
"""Consume messages: each event handled once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbkit.consuming._sync.consumer import Consumer
from dbkit.consuming._sync.inbox import Inbox
from dbkit.consuming._sync.opening import source_of
from dbkit.consuming.options import ConsumeOptions, Stop
from dbkit.consuming.received import Incoming
from dbkit.consuming.tally import Consumed
from dbkit.database.context import current
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["consume"]


def consume(
    handler: Callable[[Any, Incoming], object],
    source: Any,
    *,
    database: Any = None,
    subscription: str | None = None,
    options: ConsumeOptions | None = None,
    stop: Stop | None = None,
) -> Consumed:
    """Call `handler(tx, message)` once for each message that the source gives, and return what was done.

    The source is `pubsub://PROJECT/SUBSCRIPTION`, `file:PATH` (what a relay wrote), an iterable of messages, plain or
    async, or a source of one's own. What the handler does on `tx` is committed together with the note that this
    `subscription` has handled the message's `event_id`, and is settled in the source behind that: a message that
    comes again is settled without the handler. What it does elsewhere may be done again, after an error or a crash.

    Messages of one key are handled in order. A handler that raises is rolled back, and the message comes again, as
    `options` say. Returns when the source has no more, or `stop` is set and what was begun has ended. Without a
    `database` it is the context's. Raises `ConfigurationInvalid` for what is no source, or has no name, and `TypeError`
    for a handler of the other colour.
    """
    chosen = options or ConsumeOptions()
    opened = source_of(source)
    name = subscription or opened.name
    if name is None:
        raise ConfigurationInvalid(
            "this source has no name by which the inbox would know its messages again",
            fields=("subscription",),
            advice="Give subscription=..., and the same one each time.",
        )
    inbox = Inbox(current() if database is None else database, name, isolation=chosen.isolation)
    return Consumer(inbox, opened, handler, chosen, stop).run()
