# Generated from benchmarks/pool/ways/_async/way.py by tools/unasync.py; edit that file instead.
"""What a pool is to the benchmarks."""

from __future__ import annotations

from abc import ABC, abstractmethod

from benchmarks.pool.ways.settings import Settings

__all__ = ["PoolWay"]


class PoolWay(ABC):
    """A pool, used as its own documentation has it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @abstractmethod
    def open(self) -> None:
        """Open the pool."""

    @abstractmethod
    def close(self) -> None:
        """Close the pool."""

    @abstractmethod
    def checkout(self) -> None:
        """Take a connection and give it back."""

    @abstractmethod
    def ask(self) -> None:
        """Ask for a row that is not there."""

    @abstractmethod
    def ask_within(self, seconds: float) -> None:
        """Ask, or fail after so many seconds, as well as this pool's users can."""

    @abstractmethod
    def hold(self, seconds: float) -> None:
        """Keep a connection, and the server, busy for so many seconds."""
