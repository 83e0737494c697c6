"""Records in a file of the spool: a length, a checksum, and the row with the name of its table."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

__all__ = ["FRAME_BYTES", "framed", "frames_in"]

_HEAD = struct.Struct(">II")
FRAME_BYTES = _HEAD.size
"""What a record takes beside its row."""


def framed(record: bytes) -> bytes:
    """Return a record as it is written."""
    return _HEAD.pack(len(record), zlib.crc32(record)) + record


def frames_in(data: bytes, start: int = 0) -> Iterator[tuple[bytes, int]]:
    """Yield the whole records of a file, each with the place behind it; stops at the first one that is not whole."""
    while start + FRAME_BYTES <= len(data):
        size, checksum = _HEAD.unpack_from(data, start)
        end = start + FRAME_BYTES + size
        record = data[start + FRAME_BYTES : end]
        # A size of nothing is what a file holds where the disk kept its length and not its content.
        if not size or len(record) < size or zlib.crc32(record) != checksum:
            return
        yield record, end
        start = end
