"""What became of a batch, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dbkit.relay.sink import Refusal
from dbkit.relay.sweep import OrderingKey, ordering_key

__all__ = ["Outcome"]


class Outcome:
    """Whether anything of a batch was sent, and for each key the first row that was refused, and why."""

    def __init__(self) -> None:
        self.has_sent = False
        self.refused: dict[OrderingKey, tuple[Any, Refusal]] = {}
        self._blocked: set[OrderingKey] = set()

    def add(self, rows: Sequence[Any], refusals: Sequence[Refusal | None]) -> list[Any]:
        """Note what the sink has said of a part; return the rows that are sent."""
        sent = []
        for row, refusal in zip(rows, refusals, strict=True):
            if refusal is None:
                sent.append(row)
            else:
                self.refused.setdefault(ordering_key(row), (row, refusal))
        self.has_sent = self.has_sent or bool(sent)
        return sent

    def block(self, key: OrderingKey) -> None:
        """Note that nothing more of a key is sent."""
        self._blocked.add(key)

    def not_behind(self, rows: Sequence[Any]) -> list[Any]:
        """Return the rows before which nothing of their keys was refused or blocked."""
        held = {*self.refused, *self._blocked}
        return [row for row in rows if ordering_key(row) not in held] if held else list(rows)

    @property
    def fault_of_sink(self) -> Refusal | None:
        """Return why nothing was taken, where nothing was and no message alone is to blame."""
        reasons = [refusal for _, refusal in self.refused.values()]
        if self.has_sent or not reasons or any(refusal.is_final for refusal in reasons):
            return None
        return reasons[0]
