"""Google's clients of subscriptions, one for each colour, and what their failures mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from dbkit.consuming.received import Received
from dbkit.relay.pubsub_calls import (
    Kind,
    emulator,
    kind_of,
    plain_channel,
    pubsub_library,
    setup_error,
    status_name,
    with_credentials,
)
from dbkit.types.errors import ConfigurationInvalid, SetupError

__all__ = ["SubscriptionOptions", "async_subscriber", "received_messages", "refused", "subscriber", "subscription_path"]

_NAME = re.compile(r"[a-z][a-z0-9-]*(?:[.:][a-z0-9-]+)*/[A-Za-z][A-Za-z0-9\-._~+%]*")
_ROLE: Final = "roles/pubsub.subscriber"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionOptions:
    """How a subscription is asked: each call for messages waits up to `wait_seconds`, others have `call_seconds`.

    What a worker has is held for it, so that nobody else gets it, for up to `hold_seconds_max`. `endpoint` is where
    Pub/Sub is asked, such as `europe-west1-pubsub.googleapis.com`; `PUBSUB_EMULATOR_HOST` goes before it.
    """

    wait_seconds: float = 5.0
    call_seconds: float = 10.0
    hold_seconds_max: float = 3_600.0
    endpoint: str | None = None


def subscription_path(name: str) -> str:
    """Return the full name for `PROJECT/SUBSCRIPTION`; raise `ConfigurationInvalid` for what is none."""
    if not _NAME.fullmatch(name):
        raise ConfigurationInvalid(
            f"{name!r} names no subscription of Pub/Sub", advice="Write pubsub://PROJECT/SUBSCRIPTION."
        )
    project, _, subscription = name.partition("/")
    return f"projects/{project}/subscriptions/{subscription}"


async def async_subscriber(options: SubscriptionOptions) -> Any:
    """Return the async client, on the running event loop."""
    from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcAsyncIOTransport

    client = pubsub_library().SubscriberAsyncClient
    return _made(client, SubscriberGrpcAsyncIOTransport, "grpc.aio", options)


def subscriber(options: SubscriptionOptions) -> Any:
    """Return the sync client, which any thread may use."""
    from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcTransport

    return _made(pubsub_library().SubscriberClient, SubscriberGrpcTransport, "grpc", options)


def received_messages(answer: Any) -> list[Received]:
    """Return the messages of an answer to Pull."""
    # What the library wraps: to read through its wrappers takes several times as long.
    raw = type(answer).pb(answer).received_messages
    return [
        Received(
            payload=each.message.data,
            headers=dict(each.message.attributes),
            key=each.message.ordering_key,
            attempt=each.delivery_attempt or None,
            token=each.ack_id,
        )
        for each in raw
    ]


def refused(error: Any, path: str) -> SetupError | None:
    """Return the error for a failed call that will fail until somebody changes something, or None."""
    if kind_of(error) is Kind.TRANSIENT:
        return None
    if kind_of(error) is Kind.FINAL:
        return ConfigurationInvalid(f"Pub/Sub does not take what it is asked of {path} ({status_name(error)})")
    return setup_error(error, path, role=_ROLE)


def _made(client: Any, transport: Any, module: str, options: SubscriptionOptions) -> Any:
    address = emulator()
    if address is not None:
        return client(transport=transport(channel=plain_channel(module, address)))
    given = {"api_endpoint": options.endpoint} if options.endpoint else None
    return with_credentials(lambda: client(client_options=given))
