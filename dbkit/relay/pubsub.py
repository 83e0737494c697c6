"""A sink that is Google Pub/Sub, by Google's own client (`pip install 'dbkit[pubsub]'`)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

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
from dbkit.relay.pubsub_format import attributes_of, data_of, misfit, requests_of
from dbkit.relay.sink import Message, Refusal
from dbkit.types.errors import ConfigurationInvalid, SetupError

if TYPE_CHECKING:
    from google.pubsub_v1 import PublisherAsyncClient

__all__ = ["PubSubOptions", "PubSubSink"]

_PROJECT = re.compile(r"(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{0,62}")
_PREFIX = re.compile(r"(?:[A-Za-z][A-Za-z0-9\-._~+%]*)?")
_BEHIND: Final = Refusal("not sent, because an earlier message of its key was not")
_ROLE: Final = "roles/pubsub.publisher"


@dataclass(frozen=True, slots=True, kw_only=True)
class PubSubOptions:
    """How messages are sent: `in_flight` requests at a time, each with `call_seconds`.

    `endpoint` is where Pub/Sub is asked, such as `europe-west1-pubsub.googleapis.com`: messages of one key are in order
    only where all of them are published in one region. `PUBSUB_EMULATOR_HOST` goes before it.
    """

    in_flight: int = 64
    call_seconds: float = 10.0
    endpoint: str | None = None


class PubSubSink:
    """Publishes each message to the topic `projects/PROJECT/topics/PREFIX` and its own topic's name. Implements `Sink`.

    The data is the payload as JSON, the attributes are the headers, the ordering key is the key. A request holds
    messages of one key alone, as Pub/Sub wants it, and the next of a key goes when the last one was answered; keys go
    side by side. Nothing is tried again here: that is the relay's. Belongs to the event loop of its first call.
    """

    def __init__(self, project: str, prefix: str = "", options: PubSubOptions | None = None) -> None:
        """Raise `ConfigurationInvalid` for names that Google does not allow, and where its client is not installed."""
        if not _PROJECT.fullmatch(project) or not _PREFIX.fullmatch(prefix) or prefix.lower().startswith("goog"):
            raise ConfigurationInvalid(
                f"no topic of Pub/Sub can be called projects/{project}/topics/{prefix}...",
                advice="Write pubsub://PROJECT or pubsub://PROJECT/PREFIX.",
            )
        self._library = pubsub_library()
        self._topics = f"projects/{project}/topics/{prefix}"
        self._options = options or PubSubOptions()
        self._room = asyncio.Semaphore(self._options.in_flight)
        self._client: PublisherAsyncClient | None = None

    def __repr__(self) -> str:
        return f"PubSubSink({self._topics}...)"

    @classmethod
    def at(cls, url: str) -> PubSubSink:
        """Return the sink of a URL: `pubsub://PROJECT[/PREFIX][?endpoint=HOST]`."""
        parts = urlsplit(url)
        endpoint = parse_qs(parts.query).get("endpoint", [None])[0]
        return cls(parts.netloc, parts.path.removeprefix("/"), PubSubOptions(endpoint=endpoint))

    async def publish(self, messages: Sequence[Message]) -> list[Refusal | None]:
        """Send messages, each key's in order; return for each why it was not sent, or None.

        A message that Pub/Sub takes never is refused for good; an answer that fails, or does not come, is worth
        another try. So is what has to be created or granted first; where nothing at all is sent for that reason, this
        raises `ConfigurationInvalid`, `PermissionDenied` or `AuthenticationFailed`.
        """
        lanes: dict[tuple[str, str], list[int]] = {}
        for index, message in enumerate(messages):
            lanes.setdefault((message.topic, message.key), []).append(index)
        setups: list[SetupError] = []
        answers = await asyncio.gather(
            *(self._send_lane([messages[index] for index in lane], setups) for lane in lanes.values()),
            return_exceptions=True,
        )
        fates: list[Refusal | None] = [None] * len(messages)
        for lane, answer in zip(lanes.values(), answers, strict=True):
            if isinstance(answer, BaseException):
                raise answer
            for index, fate in zip(lane, answer, strict=True):
                fates[index] = fate
        if setups and None not in fates:
            raise setups[0]
        return fates

    async def close(self) -> None:
        """Close the connection."""
        client, self._client = self._client, None
        if client is not None:
            transport: Any = client.transport
            await transport.close()

    async def _send_lane(self, messages: Sequence[Message], setups: list[SetupError]) -> list[Refusal | None]:
        """Send messages of one topic and key, up to the first that is refused; add what has to be set up first."""
        topic = f"{self._topics}{messages[0].topic}"
        written, refusal = self._write(messages)
        fates: list[Refusal | None] = []
        for request in requests_of(written):
            async with self._room:
                fates += await self._send(topic, request, setups)
            if fates[-1] is not None:
                break
        else:
            fates += [refusal] if refusal else []
        return [*fates, *[_BEHIND] * (len(messages) - len(fates))]

    def _write(self, messages: Sequence[Message]) -> tuple[list[Any], Refusal | None]:
        """Return messages as Pub/Sub has them, up to the first that does not fit, and why that one does not."""
        # What the library wraps: to build through its wrappers takes twice the time.
        kind = self._library.PubsubMessage.pb()
        written: list[Any] = []
        for message in messages:
            attributes = attributes_of(message)
            made = kind(data=data_of(message.payload), attributes=attributes, ordering_key=message.key)
            refusal = misfit(attributes, message.key, made.ByteSize())
            if refusal is not None:
                return written, refusal
            written.append(made)
        return written, None

    async def _send(self, topic: str, written: Sequence[Any], setups: list[SetupError]) -> list[Refusal | None]:
        """Send one request; where it is refused for good, its messages one by one, to find the one at fault."""
        refusal = await self._call(topic, written, setups)
        if refusal is None or not refusal.is_final or len(written) == 1:
            return [refusal] * len(written)
        fates: list[Refusal | None] = []
        for message in written:
            fates.append(await self._call(topic, [message], setups))
            if fates[-1] is not None:
                break
        return [*fates, *[_BEHIND] * (len(written) - len(fates))]

    async def _call(self, topic: str, written: Sequence[Any], setups: list[SetupError]) -> Refusal | None:
        from google.api_core.exceptions import GoogleAPICallError

        request = self._library.PublishRequest.pb()(topic=topic, messages=written)
        try:
            await self._publisher().publish(
                request=self._library.PublishRequest.wrap(request), retry=None, timeout=self._options.call_seconds
            )
        except GoogleAPICallError as error:
            kind = kind_of(error)
            if kind is not Kind.SETUP:
                return Refusal(f"Pub/Sub answers {status_name(error)}", is_final=kind is Kind.FINAL)
            setup = setup_error(error, topic, role=_ROLE)
            setups.append(setup)
            return Refusal(f"{setup.happened}. {setup.to_do}")
        return None

    def _publisher(self) -> PublisherAsyncClient:
        if self._client is None:
            self._client = self._connect()
        return self._client

    def _connect(self) -> PublisherAsyncClient:
        from google.pubsub_v1.services.publisher.transports import PublisherGrpcAsyncIOTransport

        address = emulator()
        if address is not None:
            transport = PublisherGrpcAsyncIOTransport(channel=plain_channel("grpc.aio", address))
            there: PublisherAsyncClient = self._library.PublisherAsyncClient(transport=transport)
            return there
        given = {"api_endpoint": self._options.endpoint} if self._options.endpoint else None
        client: PublisherAsyncClient = with_credentials(
            lambda: self._library.PublisherAsyncClient(client_options=given)
        )
        return client
