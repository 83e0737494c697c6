"""Which mocks were built for a test, so that they can be verified at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["Verified", "noticed", "watching"]


class Verified(Protocol):
    """What can be verified."""

    def verify(self) -> None:
        """Raise where something is wrong."""
        ...


_watchers: list[list[Verified]] = []


@contextmanager
def watching() -> Iterator[list[Verified]]:
    """Collect the mocks that are built in a block, whatever the thread, but for those built in a block inside of it."""
    built: list[Verified] = []
    _watchers.append(built)
    try:
        yield built
    finally:
        _watchers[:] = [each for each in _watchers if each is not built]


def noticed(mock: Verified) -> None:
    """Tell of a mock that was built."""
    if _watchers:
        _watchers[-1].append(mock)
