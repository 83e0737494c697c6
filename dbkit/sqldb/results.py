"""What a result says besides rows of values."""

from __future__ import annotations

from psycopg.pq.abc import PGresult

__all__ = ["changed_rows", "flag", "number", "numbers"]


def number(result: PGresult) -> int:
    """Return the whole number in the first column of the first row."""
    return numbers(result)[0]


def numbers(result: PGresult) -> list[int]:
    """Return the whole numbers of the first column."""
    data = (result.get_value(row, 0) or b"" for row in range(result.ntuples))
    return [int.from_bytes(each, "big", signed=True) for each in data]


def flag(result: PGresult, column: int) -> bool:
    """Return the boolean in a column of the first row."""
    return result.get_value(0, column) == b"\x01"


def changed_rows(result: PGresult) -> int:
    """Return how many rows a statement has changed."""
    return result.command_tuples or 0
