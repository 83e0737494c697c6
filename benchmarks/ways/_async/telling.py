"""dbkit, as a service opens it: what changes tell is stored with them."""

from __future__ import annotations

from typing import ClassVar

from benchmarks.ways._async.dbkit import AsyncDbkitWay
from benchmarks.ways.opening import async_open_telling_dbkit

__all__ = ["AsyncTellingWay"]


class AsyncTellingWay(AsyncDbkitWay):
    """dbkit's verbs on an entity that has events; the other ways store none."""

    label: ClassVar[str] = "dbkit, with events"

    async def open(self) -> None:
        self._database = await async_open_telling_dbkit(self.conninfo)

    def does(self, verb: str) -> bool:
        """Tell whether events come of it, so that it is not what plain dbkit does once more."""
        return verb in ("create_operation", "update_operation")
