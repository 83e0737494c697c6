"""One call that writes, and the statement that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dbkit.memory.base import Base, Verb
from dbkit.memory.numbers import Numbers
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.statement import Statement
from dbkit.memory.table import Table
from dbkit.types.errors import EntityError, ValueInvalid

__all__ = ["Change"]


@dataclass(slots=True)
class Change:
    """A write: the verb and table that were called, what it does, and the key of its row as an error shows it.

    `key` gets the index of the row at fault, in a call that takes many; it returns None where that is not known. Such a
    call `is_nested`: a server's transaction makes a savepoint around its COPY, and releases it.
    """

    verb: Verb
    table: Table
    run: Callable[[Statement], Any]
    key: Callable[[int | None], Mapping[str, object] | None]
    is_nested: bool = False

    def apply(self, base: Base, now: datetime, numbers: Numbers, *, settle: bool = False) -> tuple[Any, Statement]:
        """Return the result and the statement that was run; with `settle` what waits for the commit is run too."""
        statement = Statement(base, now, self.verb, self.table, numbers)
        refusal: ValueRefused
        try:
            result = self.run(statement)
            if settle:
                statement.settle(statement.deferred)
        except EntityError as error:
            self._locate(error, statement)
            raise
        except ValueRefused as error:
            refusal = error
        else:
            return result, statement
        invalid = ValueInvalid(sqlstate=refusal.sqlstate)
        self._locate(invalid, statement)
        raise invalid

    def _locate(self, error: EntityError, statement: Statement) -> None:
        error.entity = self.table.name
        if error.constraint is not None:
            # That of another table, which an action has come to, says nothing of the fields of the call.
            error.fields = self.table.entity.fields_of(error.constraint)
        key = self.key(statement.number)
        error.key = None if key is None else dict(key)
        error.row = statement.number
