"""Consumers: messages of a relay, each handled once, by an inbox in the transaction of what the handler does."""

from __future__ import annotations

from dbkit.consuming._async.consume import consume_async
from dbkit.consuming._async.inbox import AsyncInbox
from dbkit.consuming._async.pubsub import AsyncPubSubSource
from dbkit.consuming._async.source import AsyncSource
from dbkit.consuming._sync.consume import consume
from dbkit.consuming._sync.inbox import Inbox
from dbkit.consuming._sync.pubsub import PubSubSource
from dbkit.consuming._sync.source import Source
from dbkit.consuming.options import ConsumeOptions, DeadLetter
from dbkit.consuming.pubsub_client import SubscriptionOptions
from dbkit.consuming.received import Incoming, Received
from dbkit.consuming.tally import Consumed, Tally

__all__ = [
    "AsyncInbox",
    "AsyncPubSubSource",
    "AsyncSource",
    "ConsumeOptions",
    "Consumed",
    "DeadLetter",
    "Inbox",
    "Incoming",
    "PubSubSource",
    "Received",
    "Source",
    "SubscriptionOptions",
    "Tally",
    "consume",
    "consume_async",
]
