"""The repeated techniques of revisions, each with a name.

Revisions of all times use these, so what a function does never changes: a better way gets a new
name. All of them work on the revision that is running (Alembic's `op`), on plain identifiers of
the version table's schema.

A revision without a transaction may stop anywhere and is run again from its start. So every
function that may be used there looks first, and goes on where it stopped; what none of them covers
stands under `atomically()`, behind a look of its own (`has_table`, `has_column`, ...).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeAlias

import psycopg
from alembic import op
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.backfill.batch import Update
from dbkit.migrate.backfill.filling import Filling
from dbkit.migrate.errors import DowngradeImpossible, IndexDiffers
from dbkit.migrate.index_builds import watched

__all__ = [
    "add_column",
    "add_constraint",
    "add_constraint_not_valid",
    "atomically",
    "backfill",
    "create_index_concurrently",
    "create_unique_index_concurrently",
    "drop_index_concurrently",
    "has_column",
    "has_constraint",
    "has_function",
    "has_generated_column",
    "has_index",
    "has_table",
    "has_trigger",
    "has_type",
    "in_batches",
    "in_ranges",
    "primary_key_using_index",
    "refuse_downgrade",
    "refuse_downgrade_if",
    "replace_check",
    "replace_checks",
    "set_not_null",
    "unique_using_index",
    "validate_constraint",
]

Columns: TypeAlias = tuple[str, ...]

_COLUMN = "SELECT FROM pg_attribute WHERE attrelid = to_regclass(:table) AND attname = :name AND NOT attisdropped"
_CONSTRAINT = "SELECT convalidated FROM pg_constraint WHERE conrelid = to_regclass(:table) AND conname = :name"
_INDEX = "SELECT indisvalid, pg_get_indexdef(indexrelid) FROM pg_index WHERE indexrelid = to_regclass(:name)"
# REINDEX shortens a name that leaves no room for its ending.
_LEFTOVERS = r"""
    SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid,
      regexp_replace(relname, '_cc(new|old)\d*$', '') AS stem
    WHERE NOT indisvalid AND relnamespace = CAST(current_schema() AS regnamespace) AND relname <> stem
      AND (stem = :name OR octet_length(relname) = 63 AND starts_with(:name, stem))
"""
_TRIGGER = "SELECT FROM pg_trigger WHERE tgrelid = to_regclass(:table) AND tgname = :name AND NOT tgisinternal"
_FUNCTION = "SELECT FROM pg_proc WHERE proname = :name AND pronamespace = current_schema()::regnamespace"


def has_table(name: str) -> bool:
    """Tell whether there is a table or view of this name."""
    return _first("SELECT 1 WHERE to_regclass(:name) IS NOT NULL", name=name) is not None


def has_column(table: str, name: str) -> bool:
    """Tell whether the table has this column."""
    return _first(_COLUMN, table=table, name=name) is not None


def has_generated_column(table: str, name: str) -> bool:
    """Tell whether the table has this column, and PostgreSQL computes it."""
    return _first(f"{_COLUMN} AND attgenerated = 's'", table=table, name=name) is not None


def has_constraint(table: str, name: str) -> bool:
    """Tell whether the table has this constraint, validated or not."""
    return _first(_CONSTRAINT, table=table, name=name) is not None


def has_index(name: str) -> bool:
    """Tell whether there is a valid index of this name."""
    found = _first(_INDEX, name=name)
    return found is not None and bool(found[0])


def has_trigger(table: str, name: str) -> bool:
    """Tell whether the table has this trigger."""
    return _first(_TRIGGER, table=table, name=name) is not None


def has_function(name: str) -> bool:
    """Tell whether there is a function of this name."""
    return _first(_FUNCTION, name=name) is not None


def has_type(name: str) -> bool:
    """Tell whether there is a type of this name."""
    return _first("SELECT 1 WHERE to_regtype(:name) IS NOT NULL", name=name) is not None


@contextmanager
def atomically() -> Iterator[None]:
    """Run the block's statements in one transaction of a revision that has none: all of them, or none."""
    connection: psycopg.Connection[Any] = op.get_bind().connection.driver_connection  # type: ignore[assignment]
    with connection.transaction():
        yield


def add_column(table: str, name: str, definition: str) -> None:
    """Add a column unless the table has it; `definition` is its type and what follows."""
    # IF NOT EXISTS takes the table's strongest lock to do nothing.
    if not has_column(table, name):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {definition}")


def add_constraint_not_valid(table: str, name: str, definition: str) -> None:
    """Add a constraint that only new rows are held to, unless the table has it; no scan."""
    if not has_constraint(table, name):
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID")


def validate_constraint(table: str, name: str) -> None:
    """Hold all rows to a constraint; the scan lets reads and writes go on. Nothing to do if it is valid."""
    found = _first(_CONSTRAINT, table=table, name=name)
    if found is None or not found[0]:
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def add_constraint(table: str, name: str, definition: str) -> None:
    """Add a constraint in two steps, so that no scan runs under a strong lock. Not in a transaction."""
    add_constraint_not_valid(table, name, definition)
    validate_constraint(table, name)


def replace_check(table: str, name: str, expression: str) -> None:
    """Put another expression behind the name of a check: add beside, validate, swap. Not in a transaction.

    Where rows do not fit the new expression it raises the violation, and the old check is as it was.
    """
    replace_checks((table, name, expression))


def replace_checks(*checks: tuple[str, str, str]) -> None:
    """Put other expressions behind several checks, each given as table, name, expression. Not in a transaction.

    All are added beside and validated before the first is swapped: where rows do not fit one of the
    new expressions it raises the violation, and all of the old checks are as they were.
    """
    for table, name, expression in checks:
        # What a stop left beside may be of the other direction.
        if has_constraint(table, f"{name}_new"):
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}_new")
        add_constraint_not_valid(table, f"{name}_new", f"CHECK ({expression})")
    try:
        for table, name, _ in checks:
            validate_constraint(table, f"{name}_new")
    except DBAPIError as error:
        if isinstance(error.orig, psycopg.errors.CheckViolation):
            for table, name, _ in checks:
                op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}_new")
        raise
    for table, name, _ in checks:
        with atomically():
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {name}_new TO {name}")


def set_not_null(table: str, *columns: str, check: str) -> None:
    """Set columns NOT NULL without a scan under the strong lock: a validated check proves it first.

    `check` names that check, which is dropped again. Not in a transaction.
    """
    present = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    if all(_is_not_null(table, column) for column in columns):
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {check}")
        return
    add_constraint(table, check, f"CHECK ({present})")
    with atomically():
        op.execute(f"ALTER TABLE {table} " + ", ".join(f"ALTER COLUMN {column} SET NOT NULL" for column in columns))
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {check}")


def create_index_concurrently(name: str, on: str, *, unique: bool = False) -> None:
    """Create an index while reads and writes go on. Not in a transaction.

    `on` is what follows ON: table, columns, predicate. An invalid index of this name, as a build
    that was stopped leaves it, is dropped first, and so is what a stopped REINDEX left of one; a valid
    one is kept if it is the same, else `IndexDiffers` is raised. Raises `TablesBusy` where transactions
    that it has to wait for outlast the run's patience.
    """
    _drop_leftovers(name)
    found = _first(_INDEX, name=name)
    if found is not None and found[0]:
        if _after_using(found[1]) != _after_using(_definition_on_a_copy(name, on, unique=unique)):
            raise IndexDiffers(constraint=name)
        return
    with _without_lock_timeout(), watched(op.get_bind(), name):
        if found is not None:
            op.execute(f"DROP INDEX CONCURRENTLY {name}")
        op.execute(f"CREATE {'UNIQUE ' if unique else ''}INDEX CONCURRENTLY {name} ON {on}")


def create_unique_index_concurrently(name: str, on: str) -> None:
    """Create a unique index as `create_index_concurrently` does; where rows are not unique, leave none.

    It raises the violation. An invalid index would stay otherwise, which may refuse rows for ever.
    """
    try:
        create_index_concurrently(name, on, unique=True)
    except DBAPIError as error:
        if isinstance(error.orig, psycopg.errors.UniqueViolation):
            drop_index_concurrently(name)
        raise


def drop_index_concurrently(name: str) -> None:
    """Drop an index while reads and writes go on, if it is there. Not in a transaction; waits as a build does."""
    _drop_leftovers(name)
    if _first(_INDEX, name=name) is not None:
        with _without_lock_timeout(), watched(op.get_bind(), name):
            op.execute(f"DROP INDEX CONCURRENTLY {name}")


def unique_using_index(table: str, name: str) -> None:
    """Make the unique index of this name a constraint of the table, unless it is one."""
    if not has_constraint(table, name):
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name}")


def primary_key_using_index(table: str, index: str) -> None:
    """Make a unique index the table's primary key `pk_<table>`, in the place of the key that it has.

    One statement: the table is never without a key. The index takes the key's name, so where it is
    gone the key has been swapped already.
    """
    key = f"pk_{table}"
    if _first(_INDEX, name=index) is not None:
        drop = f"DROP CONSTRAINT {key}, " if has_constraint(table, key) else ""
        op.execute(f"ALTER TABLE {table} {drop}ADD CONSTRAINT {key} PRIMARY KEY USING INDEX {index}")


def in_batches(statement: str) -> None:
    """Run a statement again and again, each a transaction of its own, until it changes no row.

    Its predicate must leave out the rows that are done: that ends it, and lets it be resumed.
    Its LIMIT and order make batches small and free of deadlocks. Not in a transaction.
    """
    connection = op.get_bind()
    batch = text(_literally(statement))
    while connection.execute(batch).rowcount > 0:
        pass


def in_ranges(statement: str, *, table: str, key: str, rows: int) -> None:
    """Run a statement for one range of a table's keys after the other, each in a transaction of its own.

    A range is `:after < key AND key <= :upto`; `key` is one integer column with an index. For large
    tables: each row is passed once, where `in_batches` looks for the next ones from the start again.
    Run again it passes all of them again, so the statement must leave out the rows that are done.
    Not in a transaction.
    """
    connection = op.get_bind()
    batch = text(_literally(statement).replace("\\:after", ":after").replace("\\:upto", ":upto"))
    last = text(
        f"SELECT max({key}) FROM"  # noqa: S608
        f" (SELECT {key} FROM {table} WHERE {key} > :after ORDER BY {key} LIMIT :rows) AS next"
    )
    after = -(2**63)
    while (upto := connection.execute(last, {"after": after, "rows": rows}).scalar_one()) is not None:
        connection.execute(batch, {"after": after, "upto": upto})
        after = upto


def backfill(table: str, assignments: str, *, where: str, using: str = "", key: Columns = (), name: str = "") -> None:
    """Write columns of a table's rows in small batches, beside those who use them. Not in a transaction.

    It is `UPDATE table SET assignments FROM using WHERE where`, along `key`: columns that are NOT NULL
    and that an index begins with, the primary key's unless others are named. `where` leaves out the rows
    that are done (`total IS DISTINCT FROM net + tax`), so that nothing is written twice. Rows that are new
    behind the last key are left to the default or trigger that came before.

    A batch takes about 12 ms, which is what others wait for one of its rows. Where a row is locked, it gives
    way and tries with fewer rows, as long as the run has patience (`TablesBusy`). Between batches it waits
    for standbys that are more than 1 s or 64 MB behind (`StandbyBehind`), and vacuums the table where a fifth
    of its rows are dead.

    Each batch is one transaction together with its progress. Stopped anywhere, it goes on behind the last
    batch; with another statement under the same `name`, or once the revision was taken back, it begins anew.
    Raises `RevisionFailed` for a key that does not do.
    """
    Filling(op.get_bind(), Update(table=table, assignments=assignments, where=where, using=using), key, name).run()


def refuse_downgrade(reason: str) -> NoReturn:
    """Refuse to take a revision back, before anything is changed: raises `DowngradeImpossible`."""
    raise DowngradeImpossible(f"this revision cannot be taken back: {reason}")


def refuse_downgrade_if(query: str, reason: str) -> None:
    """Refuse to take a revision back where a query finds a row: raises `DowngradeImpossible`.

    Only in a transaction, or before anything is changed.
    """
    if op.get_bind().execute(text(_literally(query))).first() is not None:
        refuse_downgrade(reason)


def _first(query: str, **parameters: str) -> Any:
    return op.get_bind().execute(text(query.replace("::", "\\:\\:")), parameters).first()


def _literally(statement: str) -> str:
    """Escape colons: revisions give their statements whole, without parameters."""
    return statement.replace(":", "\\:")


def _is_not_null(table: str, column: str) -> bool:
    found = _first(_COLUMN.replace("SELECT FROM", "SELECT attnotnull FROM"), table=table, name=column)
    return found is not None and bool(found[0])


@contextmanager
def _without_lock_timeout() -> Iterator[None]:
    """Lift the runner's lock_timeout: CONCURRENTLY waits for other transactions, on any table, and stalls nobody."""
    before = str(op.get_bind().execute(text("SHOW lock_timeout")).scalar_one())
    op.execute("SET lock_timeout = 0")
    try:
        yield
    finally:
        # A connection that is lost has lost its settings too, and its error is the one to tell.
        if not op.get_bind().invalidated:
            op.execute(f"SET lock_timeout = '{before}'")


def _drop_leftovers(name: str) -> None:
    """Drop what a REINDEX CONCURRENTLY that was stopped left of an index: each write goes on maintaining it."""
    for (leftover,) in op.get_bind().execute(text(_LEFTOVERS), {"name": name}).all():
        with _without_lock_timeout(), watched(op.get_bind(), leftover):
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {leftover}")


def _definition_on_a_copy(name: str, on: str, *, unique: bool) -> str:
    """Return PostgreSQL's words for an index by making it on an empty copy of its table."""
    table = on.split("(", maxsplit=1)[0].split(maxsplit=1)[0]
    connection: psycopg.Connection[Any] = op.get_bind().connection.driver_connection  # type: ignore[assignment]
    with connection.transaction(force_rollback=True):
        op.execute(f"CREATE TEMPORARY TABLE {table} (LIKE {table})")
        op.execute(f"CREATE {'UNIQUE ' if unique else ''}INDEX {name} ON {on}")
        return str(_first("SELECT pg_get_indexdef(to_regclass(:name))", name=f"pg_temp.{name}")[0])


def _after_using(definition: str) -> tuple[bool, str]:
    """Return what an index definition says apart from names: whether it is unique, method, columns, predicate."""
    return definition.startswith("CREATE UNIQUE"), definition.partition(" USING ")[2]
