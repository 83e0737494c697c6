"""Who hears everything that a run tells."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from dbkit.migrate.telling.events import Events

__all__ = ["Heard"]


class Heard(Events):
    """Keeps the events, and calls `on` the one that a test waits for, before the run goes on."""

    def __init__(self, **on: Callable[[], object]) -> None:
        self.events: list[dict[str, Any]] = []
        self._on = on
        super().__init__(self._keep)

    def of(self, name: str) -> list[dict[str, Any]]:
        """Return the events of a name."""
        return [each for each in self.events if each["event"] == name]

    def _keep(self, line: str) -> None:
        self.events.append(json.loads(line))
        self._on.get(self.events[-1]["event"], lambda: None)()
