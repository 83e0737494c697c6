# Generated from dbkit/operations/_async/base.py by tools/unasync.py; edit that file instead.
"""The base of dbkit's own operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from dbkit.operations.months import months_from
from dbkit.types._sync.unit import Unit
from dbkit.types.clock import now
from dbkit.verbs._sync.operations import Operations

__all__ = ["OwnOperations"]


class OwnOperations(Operations):
    """Operations that may use the repositories of dbkit's other entities."""

    @contextmanager
    def _together(self) -> Iterator[Unit]:
        """Open a transaction around the block; in a transaction, go on in that one."""
        with super()._together() as tx:
            yield tx

    def _live(self, repository: Any, keys: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Return the live rows of another repository with these keys, in order; only their last parts differ."""
        found = repository._find_many(list(keys))  # noqa: SLF001 (repositories of one family)
        return [found[key] for key in keys if key in found]

    def _ensure_months(self, repository: Any, months_ahead: int) -> None:
        """Give this month and so many after it a partition each."""
        for low, high in months_from(now(), months_ahead):
            repository._make_partition(low, high)  # noqa: SLF001 (repositories of one family)

    def _drop_months(self, repository: Any, before: datetime) -> None:
        """Drop the partitions that end before this time."""
        repository._drop_partitions(before)  # noqa: SLF001 (repositories of one family)
