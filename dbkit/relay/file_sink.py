"""A file, or the standard output, as a sink: a line of JSON for each message."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from pathlib import Path

from dbkit.relay.sink import Message, Refusal

__all__ = ["FileSink", "line_of"]


class FileSink:
    """Appends messages to a file, which several relays may share; without a path to the standard output.

    What is sent is on the disk, unless the disk lies. A line that a crash has cut off is ended, and its message sent
    again. Raises `OSError` where the file cannot be written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._file = 1 if path is None else os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o644)
        size = 0 if path is None else os.fstat(self._file).st_size
        self._is_cut = size > 0 and os.pread(self._file, 1, size - 1) != b"\n"

    async def publish(self, messages: Sequence[Message]) -> Sequence[Refusal | None]:
        """Append a line for each message."""
        await asyncio.to_thread(self._append, messages)
        return [None] * len(messages)

    async def close(self) -> None:
        """Close the file."""
        if self._path is not None:
            os.close(self._file)

    def _append(self, messages: Sequence[Message]) -> None:
        text = "".join(map(line_of, messages)).encode()
        left = memoryview(b"\n" + text if self._is_cut else text)
        self._is_cut = True
        while left:
            left = left[os.write(self._file, left) :]
        self._is_cut = False
        if self._path is not None:
            os.fsync(self._file)


def line_of(message: Message) -> str:
    """Return a message as a line of JSON."""
    document = {
        "event_id": message.event_id,
        "topic": message.topic,
        "key": message.key,
        "attempt": message.attempt,
        "headers": message.headers,
        "payload": message.payload,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
