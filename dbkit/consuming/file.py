"""The file that a relay writes, as messages."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

from dbkit.consuming.received import Received
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["messages_of_file"]

_logger = logging.getLogger("dbkit.consuming")


def messages_of_file(path: Path) -> Iterator[Received]:
    """Return the messages of a file to its present end, in order. Raises `ConfigurationInvalid` where there is none.

    A line that a crash has cut off is passed over: the relay has sent its message again.
    """
    if not path.is_file():
        raise ConfigurationInvalid(f"{path} is no file", advice="Name one that a relay has written: file:PATH.")
    return _messages(path)


def _messages(path: Path) -> Iterator[Received]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            received = _message(line)
            if received is None:
                _logger.warning("line %d of %s holds no message", number, path)
            else:
                yield received


def _message(line: str) -> Received | None:
    try:
        document = json.loads(line)
        headers = {**document["headers"], "event_id": document["event_id"]}
        key = f"{document['topic']}/{document['key']}"
        return Received(payload=document["payload"], headers=headers, key=key)
    except (ValueError, KeyError, TypeError):
        return None
