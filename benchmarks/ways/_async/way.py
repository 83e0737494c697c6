"""What a way to do the work is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from types import TracebackType
from typing import Any, ClassVar, Self

__all__ = ["AsyncWay"]


class AsyncWay(ABC):
    """One way to do the work, with a pool of connections of its own.

    It has a method for each kind of work that it takes part in; all return what a caller would go
    on with, equal for all ways:

        get(project_id, id), find(project_id, id), page(project_id, after, limit) with the start of the next
        page, create(new), update(project_id, id, expected_version, changes), create_many(rows), iterate(project_id)
    """

    label: ClassVar[str]
    leaves_out: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, conninfo: str) -> None:
        self.conninfo = conninfo

    @abstractmethod
    async def open(self) -> None:
        """Open the pool."""

    @abstractmethod
    async def close(self) -> None:
        """Close the pool."""

    def does(self, verb: str) -> bool:
        """Tell whether this way takes part in a kind of work."""
        return hasattr(self, verb) and verb not in self.leaves_out

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
