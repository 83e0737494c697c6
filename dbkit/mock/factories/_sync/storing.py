# Generated from dbkit/mock/factories/_async/storing.py by tools/unasync.py; edit that file instead.
"""Storing rows that were made, with what they refer to."""

from __future__ import annotations

from contextlib import AbstractContextManager
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol

from dbkit.mock.factories.stored import Known, Work
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Row
from dbkit.types.errors import ReferenceMissing
from dbkit.verbs.selection import Selection

__all__ = ["Store", "store"]


class Store(Protocol):
    """Where rows are stored: a database, or a transaction of one."""

    def repository(self, entity: AnyEntity) -> Any:
        """Return the repository of an entity."""
        ...

    def transaction(self) -> AbstractContextManager[Any]:
        """Open a transaction, or a nested one."""
        ...


def store(db: Store, work: Work, known: Known) -> list[Any]:
    """Store rows in one transaction, and return them as stored.

    Where a parent is missing that was stored here once, the database was emptied meanwhile, or rolled back: all that
    the rows need is then stored again.
    """
    try:
        return _stored(db, work, known)
    except ReferenceMissing:
        # Inside a transaction of the caller's, nothing works any more after an error.
        if not hasattr(db, "run") or not known.forget(db):
            raise
    again = known.work(db, work.entity, work.makings, is_deleted=work.is_deleted)
    return _stored(db, again, known)


def _stored(db: Store, work: Work, known: Known) -> list[Any]:
    if work.is_single:
        values = [db.repository(work.entity).create(work.makings[0].value)]
        known.done(db, work)
        return values
    with db.transaction() as tx:
        _add(tx, work.before)
        values = _create(tx.repository(work.entity), [making.value for making in work.makings])
        _add(tx, work.after)
        if work.is_deleted:
            values = [_deleted(tx.repository(work.entity), value) for value in values]
    known.done(db, work)
    return values


def _create(repository: Any, new: list[Any]) -> list[Any]:
    """Store rows of one entity, by one call."""
    if len(new) == 1:
        return [repository.create(new[0])]
    return list(repository.create_many(new, returning=True))


def _add(tx: Any, rows: list[Row]) -> None:
    """Store the rows that are not there yet."""
    for entity, several in groupby(rows, key=attrgetter("entity")):
        values = [row.new for row in several]
        tx.repository(entity)._insert_missing(values, None)  # noqa: SLF001 (no verb leaves rows alone)


def _deleted(repository: Any, value: Any) -> Any:
    """Delete a stored value softly, and return what is stored then."""
    entity: AnyEntity = repository.entity
    key = [getattr(value, name) for name in entity.key]
    repository.delete(*key)
    is_it = tuple(entity.table.c[name] == part for name, part in zip(entity.key, key, strict=True))
    (found,) = repository._select_where(Selection(is_it))  # noqa: SLF001 (no verb reads what is deleted)
    return found
