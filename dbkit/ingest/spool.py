"""Rows on disk while the database is out: files that are only appended to, and read again in order.

What is appended is on disk before the call returns: one write and one fdatasync for a batch, and an fsync of the folder
where a file is new. A file goes when all of its rows are stored. How far it was read is not written down: after a crash
its rows are stored once more, which changes nothing, since the database knows them by their keys.
"""

from __future__ import annotations

import fcntl
import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dbkit.ingest.errors import SpoolFull, SpoolInUse, unwritable
from dbkit.ingest.framing import framed, frames_in

__all__ = ["Spool"]

_SUFFIX = ".spool"
_DAMAGED = ".damaged"
_LOCK = "lock"


@dataclass(slots=True)
class _Segment:
    """A file of the spool: how large it is, how many of its rows are not stored, and where the first of those is."""

    path: Path
    size: int
    rows: int
    offset: int = 0


class Spool:
    """The spool in a folder, which one scribe has at a time; not for several threads.

    `rows` wait here, in `size_bytes`; so many files were `damaged`, and put aside.
    """

    def __init__(self, folder: Path, *, bytes_max: int, segment_bytes_max: int) -> None:
        self._folder = folder
        self._bytes_max = bytes_max
        self._segment_bytes_max = segment_bytes_max
        self._segments: deque[_Segment] = deque()
        self._reading: tuple[int, int] = (0, 0)
        # Plain numbers, which others may read while this goes on.
        self.rows = 0
        self.size_bytes = 0
        self.damaged = 0
        with _typed():
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(folder / _LOCK)
            self._find()
        # Never into a file of an earlier process, whose end may be torn.
        self._next = 1 + max((int(each.path.stem) for each in self._segments), default=0)
        self._writing: _Segment | None = None

    def append(self, records: Sequence[bytes]) -> None:
        """Put rows behind the others, on disk when this returns; raises `SpoolFull` and then keeps none of them."""
        data = b"".join(map(framed, records))
        if self.size_bytes + len(data) > self._bytes_max:
            raise SpoolFull
        with _typed():
            segment = self._open_for(len(data))
            _write(segment, data)
        segment.size += len(data)
        segment.rows += len(records)
        self.size_bytes += len(data)
        self.rows += len(records)

    def read(self, rows_max: int) -> list[bytes]:
        """Return the first rows, up to so many; until `forget` they stay the first."""
        while self._segments:
            segment = self._segments[0]
            data = segment.path.read_bytes()
            found = list(islice(frames_in(data, segment.offset), rows_max))
            if found:
                self._reading = (len(found), found[-1][1])
                return [record for record, _ in found]
            self._put_aside(segment)
        return []

    def forget(self) -> None:
        """Forget the rows that were read last: they are stored."""
        segment = self._segments[0]
        count, segment.offset = self._reading
        segment.rows -= count
        self.rows -= count
        if segment.rows <= 0:
            segment.path.unlink()
            self._drop(segment)

    def keep(self, record: bytes) -> None:
        """Put a row aside that nobody here can read."""
        with _typed(), _private(self._folder / f"unknown{_DAMAGED}").open("ab") as file:
            file.write(framed(record))

    def close(self) -> None:
        """Let another process have the folder; what is in it stays."""
        os.close(self._lock)

    def _find(self) -> None:
        """Take up the files of earlier processes; what a crash has cut off at an end was never promised."""
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            data = path.read_bytes()
            whole = list(frames_in(data))
            if whole:
                end = whole[-1][1]
                if end < len(data):
                    self._keep_rest(path, data, end)
                self._segments.append(_Segment(path, end, len(whole)))
                self.size_bytes += end
                self.rows += len(whole)
            else:
                self._set_aside(path)

    def _keep_rest(self, path: Path, data: bytes, end: int) -> None:
        """Put aside what follows the last whole row, and cut it off."""
        self.damaged += 1
        _private(path.with_suffix(_DAMAGED)).write_bytes(data[end:])
        os.truncate(path, end)

    def _put_aside(self, segment: _Segment) -> None:
        """Give up a file of which nothing more can be read."""
        self._set_aside(segment.path)
        self._drop(segment)

    def _set_aside(self, path: Path) -> None:
        """Keep a file for somebody to look at, if there is anything in it."""
        if path.stat().st_size:
            self.damaged += 1
            path.replace(path.with_suffix(_DAMAGED))
        else:
            path.unlink()

    def _drop(self, segment: _Segment) -> None:
        self._segments.remove(segment)
        self.size_bytes -= segment.size
        self.rows -= segment.rows
        if segment is self._writing:
            self._writing = None

    def _open_for(self, size: int) -> _Segment:
        """Return the file to write so many bytes to: the last one, or a new one where that is full."""
        segment = self._writing
        if segment is None or segment.size + size > self._segment_bytes_max:
            segment = _Segment(_private(self._folder / f"{self._next:016d}{_SUFFIX}", is_new=True), 0, 0)
            _sync(self._folder)
            self._next += 1
            self._segments.append(segment)
            self._writing = segment
        return segment


def _private(path: Path, *, is_new: bool = False) -> Path:
    """Return the path of a file that is there, and that nobody but its owner may read: rows are in it."""
    path.touch(mode=0o600, exist_ok=not is_new)
    return path


def _write(segment: _Segment, data: bytes) -> None:
    """Write behind what is there; what a full disk lets through in part is cut off again."""
    with segment.path.open("ab", buffering=0) as file:
        try:
            left = memoryview(data)
            while left:
                left = left[file.write(left) or 0 :]
            os.fdatasync(file.fileno())
        except OSError:
            os.truncate(file.fileno(), segment.size)
            raise


def _locked(path: Path) -> int:
    """Return the open lock of a folder; raises `SpoolInUse`."""
    lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
    else:
        return lock
    raise SpoolInUse(f"another scribe has the spool {path.parent}")


def _sync(folder: Path) -> None:
    """Have the disk know of a new name."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _typed() -> Iterator[None]:
    """Raise what the operating system refuses as a typed error."""
    try:
        yield
    except OSError as error:
        refused = unwritable(error)
    else:
        return
    raise refused
