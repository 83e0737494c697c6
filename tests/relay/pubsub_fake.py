"""A stand-in for Google Pub/Sub that speaks its protocol: Publish, Pull, Acknowledge, ModifyAckDeadline over gRPC.

As the service does, it takes requests of one key alone, gives messages of one key in order, and none of a key of which
some are outstanding. Its time stands still, but for `advance`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from google.pubsub_v1 import types

PROJECT = "shop-test"
ACK_SECONDS = 60.0
_BYTES_MAX = 10_000_000
_WAIT_SECONDS = 0.02

_Message = types.PubsubMessage.pb()
_Received = types.ReceivedMessage.pb()


def topic_path(name: str) -> str:
    return f"projects/{PROJECT}/topics/{name}"


def subscription_path(name: str) -> str:
    return f"projects/{PROJECT}/subscriptions/{name}"


@dataclass
class Entry:
    """A message that a subscription has to give: not before `due`, and again then unless it is acknowledged."""

    message: Any
    due: float = 0.0
    attempts: int = 0
    ack_id: str = ""
    is_acknowledged: bool = False


@dataclass
class Subscription:
    """What a subscription has, in order. `counts_attempts` where it has a dead-letter policy."""

    topic: str
    counts_attempts: bool = False
    entries: list[Entry] = field(default_factory=list)

    def give(self, at: float, limit: int) -> list[Entry]:
        waiting = [entry for entry in self.entries if not entry.is_acknowledged]
        held = {entry.message.ordering_key for entry in waiting if entry.due > at} - {""}
        return [entry for entry in waiting if entry.due <= at and entry.message.ordering_key not in held][:limit]


class FakePubSub:
    """Topics and subscriptions.

    `fails` is the status that is answered, by calls of the names in `failing` or, without them, by all; `refused` are
    data that Publish never takes. While `answers` is not set, Publish does not answer. With `is_stored_before_failing`
    what fails is stored nevertheless. `log` has each call, and what it was about.
    """

    def __init__(self) -> None:
        self.topics: dict[str, list[Any]] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.fails: grpc.StatusCode | None = None
        self.failing: set[str] = set()
        self.is_stored_before_failing = False
        self.refused: set[bytes] = set()
        self.answers = threading.Event()
        self.answers.set()
        self.log: list[tuple[str, Any]] = []
        self._time = 0.0
        self._count = 0
        self._changed = threading.Condition()

    def add_topic(self, name: str) -> None:
        self.topics[topic_path(name)] = []

    def add_subscription(self, name: str, topic: str, *, counts_attempts: bool = False) -> Subscription:
        made = self.subscriptions[subscription_path(name)] = Subscription(topic_path(topic), counts_attempts)
        return made

    def put(self, topic: str, data: bytes, key: str = "", **attributes: str) -> None:
        """Publish a message, past the protocol."""
        self._store(topic_path(topic), [_Message(data=data, attributes=attributes, ordering_key=key)])

    def redeliver(self, name: str) -> None:
        """Forget what was acknowledged, as Pub/Sub may."""
        with self._changed:
            for entry in self.subscriptions[subscription_path(name)].entries:
                entry.is_acknowledged, entry.due = False, 0.0
            self._changed.notify_all()

    def advance(self, seconds: float) -> None:
        """Let time go by."""
        with self._changed:
            self._time += seconds
            self._changed.notify_all()

    def data(self, topic: str) -> list[bytes]:
        return [message.data for message in self.topics[topic_path(topic)]]

    def calls(self, name: str) -> list[Any]:
        return [about for called, about in self.log if called == name]

    def heal(self) -> None:
        """Fail no more, and forget what was called."""
        with self._changed:
            self.fails, self.failing, self.is_stored_before_failing, self.refused = None, set(), False, set()
            self.log.clear()

    def wait_for(self, name: str, count: int = 1, seconds: float = 60.0) -> bool:
        """Wait until a call of this name has come so many times."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.calls(name)) >= count, seconds)

    def open_count(self, name: str) -> int:
        """Return how many messages of a subscription are not acknowledged."""
        with self._changed:
            return sum(not entry.is_acknowledged for entry in self.subscriptions[subscription_path(name)].entries)

    def publish(self, request: Any, context: grpc.ServicerContext) -> Any:
        data = [message.data for message in request.messages]
        self._note("publish", data)
        while context.is_active() and not self.answers.wait(0.01):
            pass
        if self.is_stored_before_failing:
            self._store(request.topic, request.messages)
        self._fail("publish", context)
        if request.topic not in self.topics:
            context.abort(grpc.StatusCode.NOT_FOUND, f"Resource not found (resource={request.topic}).")
        if self._is_invalid(request):
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"One of these is not taken: {data}")
        return types.PublishResponse.pb()(message_ids=self._store(request.topic, request.messages))

    def pull(self, request: Any, context: grpc.ServicerContext) -> Any:
        subscription = self._subscription("pull", request, context)
        with self._changed:
            given = subscription.give(self._time, request.max_messages)
            if not given and self._changed.wait(_WAIT_SECONDS):
                given = subscription.give(self._time, request.max_messages)
            for entry in given:
                entry.attempts += 1
                entry.ack_id = f"{entry.message.message_id}-{entry.attempts}"
                entry.due = self._time + ACK_SECONDS
        counted = subscription.counts_attempts
        received = [
            _Received(ack_id=entry.ack_id, message=entry.message, delivery_attempt=entry.attempts if counted else 0)
            for entry in given
        ]
        return types.PullResponse.pb()(received_messages=received)

    def acknowledge(self, request: Any, context: grpc.ServicerContext) -> Any:
        with self._changed:
            for entry in self._outstanding("acknowledge", request, context):
                entry.is_acknowledged = True
                self._note("acknowledge", entry.message.data)
        return Empty()

    def modify_ack_deadline(self, request: Any, context: grpc.ServicerContext) -> Any:
        with self._changed:
            for entry in self._outstanding("modify", request, context):
                entry.due = self._time + request.ack_deadline_seconds
                self._note("modify", (entry.message.data, request.ack_deadline_seconds))
        return Empty()

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[int]:
        """Serve for a block, and give the port."""
        server = grpc.server(ThreadPoolExecutor(16), options=[("grpc.max_receive_message_length", -1)])
        for service, name, method, request, response in (
            ("Publisher", "Publish", self.publish, types.PublishRequest.pb(), types.PublishResponse.pb()),
            ("Subscriber", "Pull", self.pull, types.PullRequest.pb(), types.PullResponse.pb()),
            ("Subscriber", "Acknowledge", self.acknowledge, types.AcknowledgeRequest.pb(), Empty),
            ("Subscriber", "ModifyAckDeadline", self.modify_ack_deadline, types.ModifyAckDeadlineRequest.pb(), Empty),
        ):
            handler = grpc.unary_unary_rpc_method_handler(
                method, request_deserializer=request.FromString, response_serializer=response.SerializeToString
            )
            generic = grpc.method_handlers_generic_handler(f"google.pubsub.v1.{service}", {name: handler})
            server.add_generic_rpc_handlers((generic,))
        bound = server.add_insecure_port(f"127.0.0.1:{port}")
        server.start()
        try:
            yield bound
        finally:
            self.answers.set()
            server.stop(None).wait()

    def _note(self, name: str, about: Any) -> None:
        with self._changed:
            self.log.append((name, about))
            self._changed.notify_all()

    def _fail(self, name: str, context: grpc.ServicerContext) -> None:
        if self.fails is not None and (not self.failing or name in self.failing):
            self._note(f"{name} failed", self.fails)
            context.abort(self.fails, "as it was told")

    def _is_invalid(self, request: Any) -> bool:
        keys = {message.ordering_key for message in request.messages}
        is_refused = any(message.data in self.refused for message in request.messages)
        is_empty = any(not message.data and not message.attributes for message in request.messages)
        is_large = request.ByteSize() > _BYTES_MAX or not 0 < len(request.messages) <= 1_000
        return len(keys) > 1 or is_refused or is_empty or is_large

    def _store(self, topic: str, messages: Any) -> list[str]:
        with self._changed:
            for message in messages:
                self._count += 1
                message.message_id = str(self._count)
                self.topics[topic].append(message)
                for subscription in self.subscriptions.values():
                    if subscription.topic == topic:
                        subscription.entries.append(Entry(message))
            self._changed.notify_all()
        return [message.message_id for message in messages]

    def _subscription(self, name: str, request: Any, context: grpc.ServicerContext) -> Subscription:
        self._fail(name, context)
        if request.subscription not in self.subscriptions:
            context.abort(grpc.StatusCode.NOT_FOUND, f"Resource not found (resource={request.subscription}).")
        return self.subscriptions[request.subscription]

    def _outstanding(self, name: str, request: Any, context: grpc.ServicerContext) -> list[Entry]:
        """Return the entries of ids that are still good; one whose time is over is passed over, as in the service."""
        found = self._subscription(name, request, context)
        return [entry for entry in found.entries if entry.ack_id in request.ack_ids and entry.due > self._time]
