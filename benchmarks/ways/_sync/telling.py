# Generated from benchmarks/ways/_async/telling.py by tools/unasync.py; edit that file instead.
"""dbkit, as a service opens it: what changes tell is stored with them."""

from __future__ import annotations

from typing import ClassVar

from benchmarks.ways._sync.dbkit import DbkitWay
from benchmarks.ways.opening import open_telling_dbkit

__all__ = ["TellingWay"]


class TellingWay(DbkitWay):
    """dbkit's verbs on an entity that has events; the other ways store none."""

    label: ClassVar[str] = "dbkit, with events"

    def open(self) -> None:
        self._database = open_telling_dbkit(self.conninfo)

    def does(self, verb: str) -> bool:
        """Tell whether events come of it, so that it is not what plain dbkit does once more."""
        return verb in ("create_operation", "update_operation")
