"""What a way to do the work is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from types import TracebackType
from typing import Any, ClassVar, Self

__all__ = ["POOL_SIZE", "AsyncWay"]

POOL_SIZE = 4
"""Connections that each way holds, all of them opened before anything is timed."""


class AsyncWay(ABC):
    """One way to do the work, with a pool of connections of its own.

    It has a method for each kind of work that it takes part in; all return what a caller would go
    on with, equal for all ways:

        get(project_id, id), find(project_id, id), page(project_id, after, limit) with the start of the next
        page, create(new), update(project_id, id, expected_version, changes), create_many(rows), iterate(project_id)
    """

    label: ClassVar[str]

    def __init__(self, conninfo: str) -> None:
        self.conninfo = conninfo

    @abstractmethod
    async def open(self) -> None:
        """Open the pool."""

    @abstractmethod
    async def close(self) -> None:
        """Close the pool."""

    def prepared(self, verb: str, calls: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:  # noqa: ARG002
        """Return the calls' arguments as this way wants them. It is not timed."""
        return calls

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()
