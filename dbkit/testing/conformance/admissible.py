"""What a backend may say of rows that break several rules at once.

A row is looked at rule by rule, and the first rule that it breaks is reported:

1. values that cannot be sent at all, in the order of the columns: nothing of the row gets to the server;
2. values that the server cannot read as their type, in that order;
3. values that their column has no room for, such as those of `numeric(5, 2)`;
4. NULL where none may be;
5. checks, in the order of their names;
6. unique keys, and indexes that a long text does not fit into;
7. foreign keys, after the last row of the statement: first those of the row that was written first;
8. deferred foreign keys, at commit.

Of several rows of a call, the first is at fault that would have been refused by itself; a reference counts only where
nothing else is wrong with any row, as it may be to a later one.

Where a server has several orders, any of the broken rules may be named:

- columns without their value or without room (3, 4): a revision adds columns at the end, wherever the model has them;
- indexes (6) are looked at in the order in which they were made, and a restored database has made them in another one
  than the first;
- foreign keys of one row (7, 8): their triggers run in the order of names that end in the number of an object, as text,
  so that 100010 comes before 99977;
- deferred foreign keys of one row, others of another one: `create_many` has them all checked at once where it looks for
  the row at fault, or returns what it has stored;
- an update of no row, or of one that is not as expected, to a value without room (3): a server that has planned the
  statement for any values looks for the row first;
- a value without room (3) where nothing may be written: a server that has planned the statement for any values does not
  come to look at it;
- a row whose reference is to nothing, and a later one with a value of another type than its column's (1, 2): binary
  COPY takes no such value, so the rows are inserted one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dbkit.memory.refusal import ValueRefused
from dbkit.mock.rows.checks import column_type, is_indexed, refusing, stored
from dbkit.mock.rows.references import AnyEntity, Reference
from dbkit.models.unique import UniqueKey
from dbkit.testing.conformance.breaches import Kind
from dbkit.testing.conformance.expectation import Refusal, refusal
from dbkit.types.errors import AlreadyExists, CheckFailed, DbkitError, ReferenceMissing, ValueInvalid, ValueMissing

__all__ = ["Judge", "Verdict"]


@dataclass(frozen=True)
class Verdict:
    """What is said of a row: the kind of the first rule that it breaks, and what the error may be."""

    kind: Kind
    refusal: Refusal


@dataclass(frozen=True)
class Judge:
    """Judges rows of an entity beside `taken`, which are stored; what these and `valid` rows refer to is there."""

    entity: AnyEntity
    references: Sequence[Reference]
    taken: Sequence[Any]
    valid: Sequence[Mapping[str, Any]]

    def verdict(self, fields: Mapping[str, Any]) -> Verdict | None:
        """Return what is said of a new row with these fields; None, if nothing is wrong with it."""
        judgements: tuple[Callable[[Mapping[str, Any]], Verdict | None], ...] = (
            self._of_types,
            self._of_nulls,
            self._of_checks,
            self._of_keys,
            self._of_references,
        )
        return next((verdict for judge in judgements if (verdict := judge(fields)) is not None), None)

    def refusals(self, rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, Refusal]]:
        """Return what may be said of new rows of one call, each with the index of the row."""
        verdicts = [(row, verdict) for row, fields in enumerate(rows) if (verdict := self.verdict(fields)) is not None]
        first = next((each for each in verdicts if each[1].kind < Kind.REFERENCE), None)
        if first is None:
            return list(self._of_references_in(rows))
        earlier = [each for each in verdicts[: verdicts.index(first)] if first[1].kind <= Kind.UNREADABLE][:1]
        return [(row, verdict.refusal) for row, verdict in (*earlier, first)]

    def _of_types(self, fields: Mapping[str, Any]) -> Verdict | None:
        found: list[tuple[Kind, str, str | None]] = []
        for name in self.entity.new_fields:
            if fields.get(name) is not None and (refused := _refused(self.entity, name, fields[name])):
                found.append((refused[0], name, refused[1]))
        if not found:
            return None
        kind = min(kind for kind, _, _ in found)
        first = [(name, sqlstate) for each, name, sqlstate in found if each is kind]
        among = first if kind is Kind.TOO_LARGE else first[:1]
        named = {(name,) if sqlstate is None else () for name, sqlstate in among}
        sqlstates = {sqlstate for _, sqlstate in among}
        return Verdict(kind, self._refusal(ValueInvalid, sqlstate=sqlstates, constraint=None, fields=named))

    def _refusal(self, error: type[DbkitError], **facts: Any) -> Refusal:
        return Refusal(error, entity=self.entity.name, **facts)

    def _of_nulls(self, fields: Mapping[str, Any]) -> Verdict | None:
        row = stored(self.entity, fields)
        required = [name for name in self.entity.new_fields if not self.entity.table.c[name].nullable]
        missing = {(name,) for name in required if row[name] is None}
        refusal = self._refusal(ValueMissing, sqlstate="23502", constraint=None, fields=missing)
        return Verdict(Kind.NULL, refusal) if missing else None

    def _of_checks(self, fields: Mapping[str, Any]) -> Verdict | None:
        broken = refusing(self.entity, stored(self.entity, fields))
        if not broken:
            return None
        return Verdict(Kind.CHECK, refusal(CheckFailed, "23514", self.entity, min(broken)))

    def taken_keys(self, fields: Mapping[str, Any]) -> list[str]:
        """Return the unique keys in which another row has this one's place."""
        row = stored(self.entity, fields)
        return [key.name for key in self.entity.unique_keys.values() if self._is_taken(key, row)]

    def _of_keys(self, fields: Mapping[str, Any]) -> Verdict | None:
        clashing = self.taken_keys(fields)
        return Verdict(Kind.UNIQUE, refusal(AlreadyExists, "23505", self.entity, *clashing)) if clashing else None

    def _is_taken(self, key: UniqueKey, row: Mapping[str, Any]) -> bool:
        own = [row[name] for name in key.fields]
        if not is_indexed(self.entity, key, row) or (None in own and not key.nulls_not_distinct):
            return False
        holders = (each.__dict__ for each in self.taken)
        return any(
            is_indexed(self.entity, key, other) and own == [other[name] for name in key.fields] for other in holders
        )

    def _of_references(self, fields: Mapping[str, Any]) -> Verdict | None:
        for kind in (Kind.REFERENCE, Kind.DEFERRED):
            if names := self._absent(fields, kind):
                return Verdict(kind, refusal(ReferenceMissing, "23503", self.entity, *names))
        return None

    def _of_references_in(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Refusal]]:
        for kind in (Kind.REFERENCE, Kind.DEFERRED):
            absent = ((row, names) for row, fields in enumerate(rows) if (names := self._absent(fields, kind)))
            for row, names in islice(absent, 1):
                yield row, refusal(ReferenceMissing, "23503", self.entity, *names)

    def _absent(self, fields: Mapping[str, Any], kind: Kind) -> list[str]:
        row, deferrable = stored(self.entity, fields), kind is Kind.DEFERRED
        references = [reference for reference in self.references if reference.deferrable is deferrable]
        return [reference.name for reference in references if self._is_absent(reference, row)]

    def _is_absent(self, reference: Reference, row: Mapping[str, Any]) -> bool:
        wanted = [row[name] for name in reference.fields]
        known = [*self.valid, *(value.__dict__ for value in self.taken)]
        return None not in wanted and all(wanted != [each.get(name) for name in reference.fields] for each in known)


def _refused(entity: AnyEntity, name: str, value: Any) -> tuple[Kind, str | None] | None:
    """Return how a column's type refuses a value, with the SQLSTATE if it is the server that does."""
    type_ = column_type(entity, name)
    for kind, taking in ((Kind.UNREADABLE, type_.unlimited), (Kind.TOO_LARGE, type_)):
        try:
            taking.accept(value)
        except ValueRefused as refused:
            return (kind if refused.sqlstate else Kind.UNSENDABLE), refused.sqlstate
    return None
