"""How many rows a batch passes: as many as take the time that others may have to wait for one."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["BATCH_SECONDS", "BATCH_SECONDS_MAX", "BatchSize"]

BATCH_SECONDS = 0.016
"""What a batch takes about, once its size fits: whoever wants one of its rows waits as long."""

BATCH_SECONDS_MAX = 0.1
"""What no batch may take: it is cut off, and tried again with fewer rows."""

_ROWS_FIRST = 1_000
_ROWS_MIN = 100
_ROWS_MAX = 50_000
# A single batch that was fast says little: what comes behind it must not take long for that.
_GROWTH = 1.25
_FAR = 4
# A batch that was cut off may have been far too large.
_CUT = 8


@dataclass(slots=True)
class BatchSize:
    """The number of rows of the next batch: at once as few as fit where one took too long, more bit by bit."""

    rows: int = _ROWS_FIRST

    def took(self, rows: int, seconds: float) -> None:
        """Learn from a batch of so many rows that was done."""
        fit = BATCH_SECONDS / max(seconds, BATCH_SECONDS / _ROWS_MAX)
        if fit < 1:
            self.rows = max(min(rows, _ROWS_MIN), int(rows * max(fit, 0.5)))
        else:
            self.rows = min(_ROWS_MAX, math.ceil(rows * (2 if fit > _FAR else min(fit, _GROWTH))))

    def cut_off(self) -> None:
        """Learn from a batch that was cut off: only such a one leads to fewer rows than 100."""
        self.rows = max(1, self.rows // _CUT)
