"""What a caller calls a source becomes one."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dbkit.consuming._async.pubsub import AsyncPubSubSource
from dbkit.consuming._async.source import AsyncIterableSource, AsyncSource
from dbkit.consuming.file import messages_of_file
from dbkit.consuming.pubsub_client import SubscriptionOptions
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["async_source_of"]


def async_source_of(given: Any) -> AsyncSource:
    """Return the source of a URL, of an iterable, or itself; raise `ConfigurationInvalid` for anything else."""
    if isinstance(given, str):
        return _of_url(given)
    if hasattr(given, "receive"):
        source: AsyncSource = given
        return source
    if hasattr(given, "__iter__") or hasattr(given, "__aiter__"):
        return AsyncIterableSource(given)
    raise _no_source(type(given).__name__)


def _of_url(url: str) -> AsyncSource:
    parts = urlsplit(url)
    if parts.scheme == "pubsub":
        endpoint = parse_qs(parts.query).get("endpoint", [None])[0]
        return AsyncPubSubSource(f"{parts.netloc}{parts.path}", SubscriptionOptions(endpoint=endpoint))
    if parts.scheme == "file":
        return AsyncIterableSource(messages_of_file(Path(url.removeprefix("file:").removeprefix("//"))))
    raise _no_source(url)


def _no_source(given: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(
        f"{given!r} is no source of messages",
        advice="Give pubsub://PROJECT/SUBSCRIPTION, file:PATH, or an iterable of messages.",
    )
