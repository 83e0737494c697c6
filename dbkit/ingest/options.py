"""How a scribe works: sizes, times and limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dbkit.types.errors import ConfigurationInvalid

if TYPE_CHECKING:
    from dbkit.ingest.report import Refusal

__all__ = ["ScribeOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScribeOptions:
    """Options of a scribe; raises `ConfigurationInvalid` for sizes that are none.

    A batch goes when it has `batch_rows`, or when its first row is `batch_seconds` old. `buffer_rows` may wait in
    memory; who writes more waits up to `wait_seconds`. `rows_a_second_max` holds the database's load down, bursts of
    up to a second let through. `spool` is a folder of the scribe's own for rows that come in while the database is
    out, up to `spool_bytes_max`; without one they wait in memory. `refused` hears of each row that the database
    refuses for good.
    """

    batch_rows: int = 5_000
    batch_seconds: float = 0.2
    buffer_rows: int = 50_000
    wait_seconds: float = 10.0
    rows_a_second_max: float | None = None
    spool: Path | None = None
    spool_bytes_max: int = 1 << 30
    segment_bytes_max: int = 16 << 20
    refused: Callable[[Refusal], object] | None = None

    def __post_init__(self) -> None:
        names = ("batch_rows", "batch_seconds", "buffer_rows", "spool_bytes_max", "segment_bytes_max")
        wrong = tuple(name for name in names if getattr(self, name) <= 0)
        if self.rows_a_second_max is not None and self.rows_a_second_max <= 0:
            wrong = (*wrong, "rows_a_second_max")
        if wrong:
            raise ConfigurationInvalid(
                f"{', '.join(wrong)} must be more than 0", fields=wrong, advice="Leave it out to have the default."
            )
        if self.buffer_rows < self.batch_rows:
            raise ConfigurationInvalid(
                f"a buffer of {self.buffer_rows} rows never fills a batch of {self.batch_rows}",
                fields=("buffer_rows",),
                advice="Make buffer_rows twice as large as batch_rows, or larger.",
            )
