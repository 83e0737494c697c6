"""The most memory that an iteration takes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from benchmarks.memory import memory_bytes_max, reset_memory_max

__all__ = ["async_iterated"]


async def async_iterated(way: Any, project_id: UUID) -> dict[str, int]:
    """Iterate, and return the rows and the bytes that this process had at most beyond those it began with."""
    async with way:
        before, rows = reset_memory_max(), 0
        async for _ in way.iterate(project_id):
            rows += 1
        return {"rows": rows, "bytes": memory_bytes_max() - before}
