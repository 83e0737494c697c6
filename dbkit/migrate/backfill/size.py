"""How many rows a batch passes: as many as take the time that others may have to wait for one."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BATCH_SECONDS", "BATCH_SECONDS_MAX", "BatchSize"]

BATCH_SECONDS = 0.015
"""What a batch takes at most, once its size fits: whoever wants one of its rows waits as long."""

BATCH_SECONDS_MAX = 0.1
"""What no batch may take: it is cut off, and tried again with fewer rows."""

_ROWS_FIRST = 1_000
_ROWS_MIN = 100
_ROWS_MAX = 50_000
# A batch that was cut off may have been far too large.
_CUT = 8


@dataclass(slots=True)
class BatchSize:
    """The number of rows of the next batch: halved where the last one took too long, doubled where there was time."""

    rows: int = _ROWS_FIRST

    def took(self, seconds: float) -> None:
        """Learn from a batch that was done."""
        if seconds > BATCH_SECONDS:
            self.rows = max(min(self.rows, _ROWS_MIN), self.rows // 2)
        elif seconds < BATCH_SECONDS / 2:
            self.rows = min(_ROWS_MAX, self.rows * 2)

    def cut_off(self) -> None:
        """Learn from a batch that was cut off: only such a one leads to fewer rows than 100."""
        self.rows = max(1, self.rows // _CUT)
