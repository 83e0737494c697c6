"""One call that writes, and the statement that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, cast

from dbkit.memory.base import Base, Verb
from dbkit.memory.numbers import Numbers
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.statement import Statement
from dbkit.memory.table import Table
from dbkit.types.errors import DbkitError, EntityError, ReadOnly, ValueInvalid

__all__ = ["Change"]


class _NotRun(Exception):
    """A statement that is not run was asked to do something."""


class _Unrun:
    """Stands for a statement that is not run. It knows the time, and whatever else is asked of it ends the attempt."""

    numbers = None

    def __init__(self, now: datetime) -> None:
        vars(self)["now"] = now

    def __getattr__(self, name: str) -> NoReturn:
        raise _NotRun(name)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise _NotRun(name)


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
    is_nested: bool

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

    def refused_before(self, refusal: DbkitError, now: datetime) -> DbkitError:
        """Return what is said instead of a transaction's refusal to write: of a value that is found to be wrong before.

        What cannot be sent is found first of all. A server that may not write has read the values when it says so; one
        whose transaction has failed reads none. COPY is refused before it is sent any.
        """
        if refusal.sqlstate is None:
            return refusal
        try:
            self.run(cast("Statement", _Unrun(now)))
        except ValueInvalid as error:
            invalid = error
        except (EntityError, ValueRefused, _NotRun):
            return refusal
        else:
            return refusal
        if invalid.sqlstate is not None and not isinstance(refusal, ReadOnly):
            return refusal
        key = self.key(None)
        invalid.entity, invalid.key = self.table.name, None if key is None else dict(key)
        return invalid

    def _locate(self, error: EntityError, statement: Statement) -> None:
        error.entity = self.table.name
        if error.constraint is not None:
            # That of another table, which an action has come to, says nothing of the fields of the call.
            error.fields = self.table.entity.fields_of(error.constraint)
        key = self.key(statement.number)
        error.key = None if key is None else dict(key)
        error.row = statement.number
