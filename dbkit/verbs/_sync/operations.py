# Generated from dbkit/verbs/_async/operations.py by tools/unasync.py; edit that file instead.
"""Operations beyond the verbs: written once, over the verbs and the primitives of any backend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.schema import Column

from dbkit.events.auditing import Audit
from dbkit.types.value import Value
from dbkit.verbs._sync.audited import AuditedRepository
from dbkit.verbs._sync.repository import Repository, TransactionRepository
from dbkit.verbs.selection import Changes, Selection, SelectionLock

__all__ = ["Operations", "repository_class"]

RepositoryT = TypeVar("RepositoryT", bound=Repository)


class Operations(Repository):
    """Base of an entity's operations.

    A subclass is mixed into the entity's repositories, of a database and of its transactions, so
    it has the verbs. What takes several statements runs in `_together()`.
    """

    @property
    def _columns(self) -> ReadOnlyColumnCollection[str, Column[Any]]:
        """The columns of the entity's table, to write conditions with."""
        return self.entity.table.columns

    @contextmanager
    def _together(self) -> Iterator[Any]:
        """Open a transaction around the block; in a transaction, go on in that one."""
        if isinstance(self, TransactionRepository):
            yield self._unit
        else:
            with self._unit.transaction() as tx:
                yield tx

    def _find_unique(self, key: str, **values: Any) -> Any:
        """Return the value, live or not, that holds these values in a unique key, or None.

        That is one look into the key's index; a deleted row is found where that holds deleted rows too.
        """
        return self._find_by(self.entity.unique_keys[key], values)

    def _first(self, *conditions: ColumnElement[bool], order_by: tuple[str, ...] = ()) -> Any:
        """Return the first value that meets the conditions, or None."""
        found = self._select_where(Selection(conditions, order_by, limit=1))
        return found[0] if found else None

    def _all(
        self,
        *conditions: ColumnElement[bool],
        order_by: tuple[str, ...] = (),
        limit: int | None = None,
        lock: SelectionLock | None = None,
    ) -> list[Any]:
        """Return the values that meet the conditions, in order."""
        return self._select_where(Selection(conditions, order_by, limit, lock))

    def _change(
        self,
        changes: Changes,
        *conditions: ColumnElement[bool],
        order_by: tuple[str, ...] = (),
        limit: int | None = None,
        lock: SelectionLock | None = None,
    ) -> list[Any]:
        """Change all rows that meet the conditions in one statement, and return them as stored, in order."""
        return self._update_where(Selection(conditions, order_by, limit, lock), changes)

    def _remove(
        self, *conditions: ColumnElement[bool], order_by: tuple[str, ...] = (), limit: int | None = None
    ) -> int:
        """Delete rows for good, those that another transaction holds left out, and return how many."""
        return self._delete_where(Selection(conditions, order_by, limit, "skip locked"))

    def _add_missing(self, rows: Sequence[Value], *, on: str | None = None) -> list[Any]:
        """Store the rows whose unique key `on` is free (without `on`: any), and return them."""
        unique = None if on is None else self.entity.unique_keys[on]
        return self._insert_missing(list(rows), unique) if rows else []


def repository_class(
    kind: type[RepositoryT], operations: type[Operations] | None, audit: Audit | None = None
) -> type[RepositoryT]:
    """Return the repository class of a backend with an entity's operations; with `audit` it records changes."""
    if operations is None and audit is None:
        return kind
    return cast("type[RepositoryT]", _mixed(kind, operations, audit))


@cache
def _mixed(kind: type[Repository], operations: type[Operations] | None, audit: Audit | None) -> type[Repository]:
    bases = [each for each in (operations, None if audit is None else AuditedRepository) if each is not None]
    return type(kind.__name__, (*bases, kind), {"__module__": kind.__module__, "audit": audit})
