"""How a message looks in Pub/Sub, and what does not fit there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dbkit.relay.sink import Message, Refusal
from dbkit.types.value import JsonObject

__all__ = ["REQUEST_BYTES_MAX", "attributes_of", "data_of", "misfit", "requests_of"]

REQUEST_BYTES_MAX: Final = 10_000_000
_REQUEST_MESSAGES_MAX: Final = 1_000
_ATTRIBUTES_MAX: Final = 100
_NAME_BYTES_MAX: Final = 256
_VALUE_BYTES_MAX: Final = 1_024
_KEY_BYTES_MAX: Final = 1_024
# A topic's name and the length of each message are in a request as well.
_REQUEST_ROOM_BYTES: Final = 1_024
_MESSAGE_ROOM_BYTES: Final = 8


def data_of(payload: JsonObject) -> bytes:
    """Return the data of a message: its payload as JSON."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def attributes_of(message: Message) -> dict[str, str]:
    """Return a message's headers as texts, which is all that attributes can be; those that are None are left out."""
    headers = {name: _text(value) for name, value in message.headers.items() if value is not None}
    return {**headers, "event_id": message.event_id}


def misfit(attributes: Mapping[str, str], key: str, size_bytes: int) -> Refusal | None:
    """Return why Pub/Sub would never take a message, or None. No value of it is told."""
    if size_bytes + _REQUEST_ROOM_BYTES + _MESSAGE_ROOM_BYTES > REQUEST_BYTES_MAX:
        return Refusal(f"a message of {size_bytes} bytes is more than Pub/Sub takes", is_final=True)
    if len(key.encode()) > _KEY_BYTES_MAX:
        return Refusal(f"a key of more than {_KEY_BYTES_MAX} bytes is more than Pub/Sub takes", is_final=True)
    if len(attributes) > _ATTRIBUTES_MAX:
        return Refusal(f"{len(attributes)} headers are more than Pub/Sub takes", is_final=True)
    for name, value in attributes.items():
        if not 0 < len(name.encode()) <= _NAME_BYTES_MAX or name.startswith("goog"):
            return Refusal("a header has a name that Pub/Sub does not take", is_final=True)
        if len(value.encode()) > _VALUE_BYTES_MAX:
            return Refusal(f"the header {name} is longer than Pub/Sub takes", is_final=True)
    return None


def requests_of(written: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield Pub/Sub's messages in groups that fit a request each, in order."""
    first, size_bytes = 0, _REQUEST_ROOM_BYTES
    for index, message in enumerate(written):
        more_bytes = message.ByteSize() + _MESSAGE_ROOM_BYTES
        is_full = index - first == _REQUEST_MESSAGES_MAX or size_bytes + more_bytes > REQUEST_BYTES_MAX
        if is_full and index > first:
            yield written[first:index]
            first, size_bytes = index, _REQUEST_ROOM_BYTES
        size_bytes += more_bytes
    if first < len(written):
        yield written[first:]


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
