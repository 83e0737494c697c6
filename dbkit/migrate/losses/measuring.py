"""A downgrade tried on a filled scratch database: down, and up again. What does not come back is what it loses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import psycopg

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.errors import DowngradeImpossible, RevisionEndless
from dbkit.migrate.header import Header, Lossless, Lossy
from dbkit.migrate.line import Revision
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.losses.agreement import Loss
from dbkit.migrate.place import Place
from dbkit.migrate.proving.filling import filled
from dbkit.migrate.rows import Column, Rows, TableRows
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.scratch_runs import apply_within, down_within
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.trace.walking import known_keys
from dbkit.types.errors import DbkitError

__all__ = ["Measured", "declared", "measured", "measured_from"]

_PROGRAM: Final = "dbkit migrate down"
_GOES: Final = "goes"
_OTHERS: Final = "does not come back as it was"
# One value alone may be what a column that is made anew has for all rows.
_TELLING_VALUES_MIN: Final = 2
_DECLARED: Final = "its header says so"


@dataclass(frozen=True, slots=True)
class Measured:
    """What is lost, and what could not be tried."""

    losses: tuple[Loss, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tried:
    """Catalogue and rows before, the catalogue where it leads, and the rows after going up again."""

    before: Catalog
    rows: Rows
    at_goal: Catalog
    rows_after: Rows


def measured(
    server: Target, place: Place, revisions: Sequence[Revision], *, seconds_max: float = SECONDS_MAX
) -> Measured:
    """Take revisions back on a scratch database of a server, with rows in every table, and apply them again.

    What a header says is lost counts too. Rows that the downgrade refuses, or that cannot be made, leave it to the
    schema: what goes is lost. Raises `DowngradeImpossible`, `RevisionEndless`, and what a downgrade raises that fails
    without rows too.
    """
    with known_keys(), scratch_database(server) as base:
        apply_within(seconds_max, base, place.line, count=place.count, one_by_one=False)
        return measured_from(server, base, place, revisions, seconds_max=seconds_max)


def measured_from(
    server: Target, base: Target, place: Place, revisions: Sequence[Revision], *, seconds_max: float = SECONDS_MAX
) -> Measured:
    """Measure it on copies of a scratch database that is at this place, to which nobody is connected."""
    trial = _Trial(server, base, place, len(revisions), seconds_max)
    try:
        tried = trial.tried(is_filled=True)
        notes: tuple[str, ...] = ()
    except (DowngradeImpossible, RevisionEndless):
        raise
    except DbkitError as error:
        tried = trial.tried(is_filled=False)
        notes = (f"tried without rows, because with those of a test it fails ({type(error).__name__})",)
    headers = [each.header for each in revisions]
    found = dict.fromkeys([*_losses(tried, _made_anew(headers)), *_of_headers(headers)])
    return Measured(tuple(_distinct(found)), notes)


def declared(revisions: Sequence[Revision]) -> tuple[Loss, ...]:
    """Return what the headers say is lost: without a server to try it on, nothing else is known."""
    return tuple(_distinct(dict.fromkeys(_of_headers([each.header for each in revisions]))))


@dataclass(frozen=True, slots=True)
class _Trial:
    """So many revisions that are taken back and applied again on copies of a database, each in its time."""

    server: Target
    base: Target
    place: Place
    count: int
    seconds_max: float

    def tried(self, *, is_filled: bool) -> _Tried:
        """Try it, with rows or without."""
        line = self.place.line
        with scratch_database(self.server, template=self.base) as copy:
            if is_filled:
                filled(copy, line)
            before, rows = _read(copy)
            down_within(self.seconds_max, copy, line, count=self.count)
            at_goal, _ = _read(copy)
            apply_within(self.seconds_max, copy, line, count=self.count)
            _, rows_after = _read(copy)
        return _Tried(before, rows, at_goal, rows_after)


def _read(target: Target) -> tuple[Catalog, Rows]:
    try:
        with Session(target, _PROGRAM) as session:
            catalog = Catalog.read(session.connection)
            return catalog, Rows.read(session.connection, catalog)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _losses(tried: _Tried, made_anew: frozenset[str]) -> Iterator[Loss]:
    for name, table in tried.rows.tables.items():
        if not table.rows:
            yield from _by_schema(name, table.columns, tried)
            continue
        after = tried.rows_after.tables.get(name, TableRows((), ()))
        if len(after.rows) < len(table.rows):
            yield Loss(name, why=_GOES if f"table {name}" not in tried.at_goal.objects else _OTHERS)
            continue
        changed = table.changed(after)
        for number, column in enumerate(table.columns):
            if column.name in changed and f"{name}.{column.name}" not in made_anew:
                yield Loss(name, column.name, _why(name, column, tried))
            elif len(table.values(number).keys() - {None}) < _TELLING_VALUES_MIN:
                yield from _by_schema(name, (column,), tried)


def _by_schema(name: str, columns: Sequence[Column], tried: _Tried) -> Iterator[Loss]:
    """Tell by the schema alone: nothing is known of rows, or of values, where there are none."""
    if f"table {name}" not in tried.at_goal.objects:
        yield Loss(name, why=_GOES)
        return
    for column in columns:
        if _is_other(name, column, tried):
            yield Loss(name, column.name, _why(name, column, tried))


def _is_other(table: str, column: Column, tried: _Tried) -> bool:
    key = f"column {table}.{column.name}"
    after = tried.at_goal.objects.get(key)
    return after is None or _type_of(after) != _type_of(tried.before.objects[key])


def _why(table: str, column: Column, tried: _Tried) -> str:
    key = f"column {table}.{column.name}"
    after = tried.at_goal.objects.get(key)
    if after is None:
        return _GOES
    before = tried.before.objects[key]
    return _OTHERS if _type_of(after) == _type_of(before) else f"becomes {_type_of(after)}"


def _type_of(definition: str) -> str:
    for word in (" COLLATE ", " STORAGE ", " COMPRESSION ", " DEFAULT ", " GENERATED ", " NOT NULL", " STATISTICS "):
        definition = definition.partition(word)[0]
    return definition


def _made_anew(headers: Sequence[Header]) -> frozenset[str]:
    """Return the columns of which the headers say that they are filled anew, or kept: no value is lost by that."""
    known = [each.downgrade for each in headers if isinstance(each.downgrade, Lossless | Lossy)]
    return frozenset(name for each in known for name in (*each.remade, *each.kept))


def _of_headers(headers: Sequence[Header]) -> Iterator[Loss]:
    for header in headers:
        if isinstance(header.downgrade, Lossy):
            yield from (Loss(name, why=_DECLARED) for name in header.downgrade.rows)
            for name in header.downgrade.columns:
                table, _, column = name.partition(".")
                yield Loss(table, column, _DECLARED)


def _distinct(losses: dict[Loss, None]) -> Iterator[Loss]:
    """Give each loss once, and of a table that loses its rows nothing else."""
    whole = {each.table for each in losses if not each.column}
    told: set[str] = set()
    for each in losses:
        if each.name not in told and not (each.column and each.table in whole):
            told.add(each.name)
            yield each
