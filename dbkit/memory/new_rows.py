"""What writes do with new rows of one table, within a statement, for both colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dbkit.memory.indexes import Index, Key
from dbkit.memory.logic import Row
from dbkit.memory.read_rows import ReadRows
from dbkit.memory.row_at_fault import look_back
from dbkit.memory.row_locks import BeginAgain, MustWait
from dbkit.memory.statement import Statement
from dbkit.memory.table import Table
from dbkit.memory.telling import Teller
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import AlreadyExists, EntityError, ReferenceMissing
from dbkit.types.value import Value

__all__ = ["NewRows"]


class NewRows(ReadRows):
    """The rows of one table, to be read and inserted; the `teller` stores what changes tell."""

    def __init__(self, table: Table, teller: Teller | None = None) -> None:
        super().__init__(table)
        self._teller = teller
        self.tells_new = teller is not None and teller.tells_new

    def insert(self, statement: Statement, new: Value) -> Any:
        """Insert a row and return its value."""
        row = self.table.new_row(new, statement.now, statement.numbers)
        statement.insert(self.table, row)
        if self._teller is not None:
            self._teller.appeared(statement, row)
        statement.finish()
        return self.decode(row)

    def insert_all(self, statement: Statement, new: list[Value], *, is_copy: bool = True) -> list[Row]:
        """Insert rows and return them; `statement.number` tells which one is at fault.

        A server gets them by COPY, or one by one.
        """
        rows = []
        for statement.number, value in enumerate(new):
            try:
                row = self.table.new_row(value, statement.now, statement.numbers)
                statement.insert(self.table, row)
            except (EntityError, MustWait) as met:
                look_back(self.table, statement, new, met, is_copy=is_copy)
                raise
            rows.append(row)
        try:
            statement.finish()
        except ReferenceMissing:
            # Who is told so looks for the row at fault, and tries all of them once more.
            if is_copy and statement.contention is not None and statement.contention.may_end_otherwise:
                raise BeginAgain from None
            raise
        self._tell_new(statement, rows)
        return rows

    def _tell_new(self, statement: Statement, rows: list[Row]) -> None:
        if self._teller is not None:
            for row in rows:
                self._teller.appeared(statement, row)

    def insert_missing(self, statement: Statement, new: list[Value], unique_key: UniqueKey | None) -> list[Any]:
        """Insert the rows that no unique key, or not this one, refuses, and return their values."""
        inserted: list[Row] = []
        keys = [key for key, _ in self.table.unique] if unique_key is None else [unique_key]
        if len(new) > 1:
            # The server reads all of one statement before it stores a part of it.
            self.table.require_fitting(new)
        for number, value in enumerate(new):
            row = self.table.new_row(value, statement.now, statement.numbers)
            self.table.verify(row)
            found = self._inserted_or_in_the_way(statement, keys, row, number)
            if found is None:
                inserted.append(row)
            else:
                # Only a row that the transaction sees may be left where it is.
                self._require_visible(statement, *found)
        self._tell_new(statement, inserted)
        statement.finish()
        return list(map(self.decode, inserted))

    def _inserted_or_in_the_way(
        self, statement: Statement, keys: Sequence[UniqueKey], row: Row, number: int = 0
    ) -> tuple[UniqueKey, Row] | None:
        """Insert a row and return None, or return the one that stands where it would in one of these unique keys.

        A server that has found those places free, and then waits for another key's, goes on without another look.
        `number` tells apart the rows of one statement.
        """
        contention, written = statement.contention, statement.writes.mark()
        if contention is None or not contention.has_found_free(number):
            found = self._in_the_way(statement, keys, row)
            if found is not None:
                return found
        if contention is not None:
            contention.note_free(number)
        try:
            statement.insert(self.table, row)
        except AlreadyExists as error:
            if all(error.constraint != key.name for key in keys):
                raise
            statement.writes.go_back(written)
            return self._in_the_way(statement, keys, row)
        return None

    def _in_the_way(self, statement: Statement, keys: Sequence[UniqueKey], row: Row) -> tuple[UniqueKey, Row] | None:
        """Return the row that stands where this one would in the first of these unique keys, seen or not."""
        for unique_key in keys:
            index, key = self._place(unique_key, row)
            if key is not None and (found := statement.occupant(index, key)) is not None:
                return unique_key, found
        return None

    def _require_visible(self, statement: Statement, unique_key: UniqueKey, row: Row) -> None:
        index, key = self._place(unique_key, row)
        if key is not None and statement.contention is not None:
            statement.contention.require_visible(index, key, row)

    def _place(self, unique_key: UniqueKey, row: Row) -> tuple[Index, Key | None]:
        index = next(index for key, index in self.table.unique if key is unique_key)
        return index, index.key(row)
