"""Locks between processes that the kernel gives back when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from dbkit.types.errors import Unavailable

_POLL_SECONDS = 0.003


def ticks(seconds: float) -> Iterator[None]:
    """Yield at once, then every few milliseconds until `seconds` are over."""
    deadline = time.monotonic() + seconds
    yield
    while time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
        yield


class FileLock:
    """An flock on a file, which is created where it is missing.

    The lock belongs to this object, so two of them exclude each other inside one process as well. A
    process that inherits the descriptor over exec holds the lock too; a forked Python process does
    not, it closes its copy.
    """

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self.path = path
        self._descriptor: int | None = os.open(path, flags, 0o600)
        _open_locks.add(self)

    @property
    def closed(self) -> bool:
        """Whether the file has been let go of."""
        return self._descriptor is None

    def fileno(self) -> int:
        """Return the file's descriptor, for a child to inherit."""
        if self._descriptor is None:
            raise ValueError(f"{self.path} is closed")
        return self._descriptor

    def try_exclusive(self) -> bool:
        """Take the lock for this object alone, if nobody else holds it; a shared hold is given up for it."""
        return self._try(fcntl.LOCK_EX)

    def try_shared(self) -> bool:
        """Take the lock together with others, if nobody holds it exclusively."""
        return self._try(fcntl.LOCK_SH)

    @contextmanager
    def exclusive(self, seconds: float) -> Iterator[None]:
        """Hold the lock alone for a block. `Unavailable` when others keep it for longer than `seconds`."""
        if not any(self.try_exclusive() for _ in ticks(seconds)):
            raise Unavailable(f"another process has kept {self.path} locked for {seconds:g} s")
        try:
            yield
        finally:
            if self._descriptor is not None:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the lock, unless another process inherited it."""
        descriptor, self._descriptor = self._descriptor, None
        # Closing, not unlocking: unlocking would take the lock away from those who inherited it.
        if descriptor is not None:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _try(self, operation: int) -> bool:
        try:
            fcntl.flock(self.fileno(), operation | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


_open_locks: weakref.WeakSet[FileLock] = weakref.WeakSet()


def _close_inherited() -> None:
    for lock in list(_open_locks):
        lock.close()


os.register_at_fork(after_in_child=_close_inherited)
