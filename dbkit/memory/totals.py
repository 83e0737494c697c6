"""Rows counted, or a column of theirs summed, for each combination of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbkit.memory.functions import add
from dbkit.memory.logic import itself
from dbkit.memory.table import Table

__all__ = ["Totals"]


class Totals:
    """Totals of rows by the values of some fields: how many rows have them or, with `total`, the sum of that field.

    `found` holds them by the values that came first among equal ones. NULL equals NULL here, and adds nothing; a sum
    of nothing else is None. Without fields to go by there is one total, also of no rows.
    """

    def __init__(self, table: Table, by: tuple[str, ...], total: str | None) -> None:
        self._keys: tuple[tuple[str, Callable[[Any], Any]], ...] = tuple((n, table.types[n].key or itself) for n in by)
        self._total = total
        self._of_nothing = 0 if total is None else None
        self._values: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        self.found: dict[tuple[Any, ...], Any] = {} if by else {(): self._of_nothing}

    def add(self, value: Any) -> None:
        """Add a row's value."""
        parts = tuple(getattr(value, name) for name, _ in self._keys)
        keyed = zip(parts, self._keys, strict=True)
        equal = tuple(None if part is None else key(part) for part, (_, key) in keyed)
        first = self._values.setdefault(equal, parts)
        self.found[first] = self._sum(self.found.get(first, self._of_nothing), value)

    def _sum(self, so_far: Any, value: Any) -> Any:
        amount = 1 if self._total is None else getattr(value, self._total)
        if amount is None or so_far is None:
            return so_far if amount is None else amount
        return add(so_far, amount)
