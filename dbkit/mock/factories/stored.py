"""What is stored where: which rows a database holds already, and which go with a new one."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from dbkit.mock.factories.making import Making
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Row
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Known", "Work", "check_colour"]


@dataclass(slots=True)
class Work:
    """Rows of one entity to store, with the rows that have to be there before them, and those to add after them."""

    entity: AnyEntity
    makings: Sequence[Making]
    before: list[Row]
    after: list[Row]
    is_deleted: bool = False

    @property
    def is_single(self) -> bool:
        """Whether one call of one verb is all of it."""
        return len(self.makings) == 1 and not (self.before or self.after or self.is_deleted)


@dataclass
class Known:
    """Remembers for each database, or transaction, which rows were stored there as the parents of others."""

    _stored: WeakKeyDictionary[Any, set[Row]] = field(default_factory=WeakKeyDictionary)

    def work(self, db: object, entity: AnyEntity, makings: Sequence[Making], *, is_deleted: bool = False) -> Work:
        """Return what there is to do to store rows that were made."""
        stored, seen = self._of(db), {making.row for making in makings}
        before: list[Row] = []
        after: list[Row] = []
        for making in makings:
            _collect((*making.before, *making.row.needs), (stored, seen), before)
        for making in makings:
            _collect((*making.row.after, *making.after), (stored, seen), after)
        return Work(entity, makings, before, after, is_deleted)

    def done(self, db: object, work: Work) -> None:
        """Note that rows were stored, of the main ones those that others will refer to."""
        stored = self._of(db)
        stored.update(work.before, work.after)
        stored.update(making.row for making in work.makings if making.is_parent)

    def forget(self, db: object) -> bool:
        """Forget what a database holds, because it holds it no more; tell whether there was any."""
        return bool(self._stored.pop(db, None))

    def _of(self, db: object) -> set[Row]:
        return self._stored.setdefault(db, set())


def _collect(rows: Iterable[Row], there: tuple[set[Row], set[Row]], found: list[Row]) -> None:
    """Add rows to those found, what each needs before it, and what it asks for after it; none that is there already."""
    stored, seen = there
    for row in rows:
        if row not in stored and row not in seen:
            seen.add(row)
            _collect(row.needs, there, found)
            found.append(row)
            _collect(row.after, there, found)


def check_colour(db: object, *, is_async: bool) -> None:
    """Raise `ConfigurationInvalid` for a database of the other colour, which would fail less clearly later."""
    found = inspect.iscoroutinefunction(getattr(type(db), "execute", None))
    if found is not is_async:
        wanted = "create_async and the like" if found else "create and the like"
        raise ConfigurationInvalid(
            f"{type(db).__name__} is {'async' if found else 'sync'}", advice=f"Call {wanted} with it."
        )
