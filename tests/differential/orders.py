"""Orders that PostgreSQL does not promise, for a twin that is asked whether another one explains an answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from zlib import crc32

from dbkit.memory.statement import Statement

__all__ = ["ORDERS", "some_order"]

ORDERS = 24
"""So many orders are tried; of four sessions three may wait, who have six, and few rows refer to one."""


@contextmanager
def some_order(seed: int) -> Iterator[None]:
    """Have the twin come to the rows that refer to one in another order: a server takes them as it finds them.

    It is the same whenever a statement is run again, as one that had to wait is.
    """
    as_found = Statement._referring

    def referring(statement: Statement, reference: Any, old: Any) -> list[Any]:
        rows = as_found(statement, reference, old)
        return sorted(rows, key=lambda row: crc32(repr((seed, reference.table.primary.key(row))).encode()))

    with patch.object(Statement, "_referring", referring):
        yield
