"""What becomes of the rows before the one at fault, where many are stored at once."""

from __future__ import annotations

from typing import Final

from dbkit.memory.refusal import ValueRefused
from dbkit.memory.row_locks import MustWait
from dbkit.memory.statement import Statement
from dbkit.memory.table import Table
from dbkit.types.errors import EntityError, TransactionConflict
from dbkit.types.value import Value

__all__ = ["look_back"]


_OF_AN_INDEX: Final = frozenset({"23505", "23P01", "54000"})
"""What an index refuses a row for, of which COPY tells the line."""


def look_back(
    table: Table, statement: Statement, new: list[Value], met: EntityError | MustWait, *, is_copy: bool
) -> None:
    """Do with the rows before the one that is refused what a server does: it stores them once more, to find that one.

    Or some of them, where COPY tells the line. Row by row, where a value has no binary form, which is all that COPY
    takes; then theirs may be at fault, and are so before a later one has to wait.
    """
    number = statement.number
    assert number is not None
    if all(table.has_binary(value) for value in new):
        if isinstance(met, EntityError):
            is_told = is_copy and met.sqlstate in _OF_AN_INDEX
            impossible = _first_impossible(table, statement, new)
            statement.wait_for_references(_stored_by_search(len(new), number, impossible) if is_told else number)
        return
    try:
        statement.finish()
    except (TransactionConflict, MustWait) as other:
        other.row = statement.number
        raise
    statement.number = number


def _first_impossible(table: Table, statement: Statement, new: list[Value]) -> int:
    """Return which row the table may never hold: COPY reads and checks them all before it stores the first."""
    for number, value in enumerate(new):
        try:
            table.verify(table.new_row(value, statement.now))
        except (EntityError, ValueRefused):
            return number
    return len(new)


def _stored_by_search(count: int, refused: int, impossible: int) -> int:
    """Return how many rows are in place when the search for the row at fault comes to the one that an index refuses.

    It tries ever closer beginnings, as those fail with a row that is impossible; without one COPY itself tells.
    """
    stored, end = 0, count
    while end > impossible and end - stored > 1:
        middle = (stored + end) // 2
        if middle > impossible:
            end = middle
        elif middle > refused:
            break
        else:
            stored = middle
    return stored
