"""Rules about columns: which of their changes write a whole table anew, or cannot be on a table with rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dbkit.migrate.linting.actions import AddColumn, AlterColumn, Other, Rows, SetVariable
from dbkit.migrate.linting.facts import Column
from dbkit.migrate.linting.model import Example, Place, Rule, by_step
from dbkit.migrate.linting.rules.schemas import ORDERS
from dbkit.migrate.linting.steps import Run, Step
from dbkit.migrate.table_locks import STRONG

__all__ = ["RULES", "explains_rewrite"]

_FILL: Final = "ADD COLUMN nullable, SET DEFAULT, `backfill(...)` in a data revision, then `set_not_null`."
_TIMES: Final = ("timestamp without time zone", "timestamp with time zone")


def _with_check(step: Step) -> Iterator[str]:
    for each in step.each(AddColumn):
        kinds = {constraint.kind for constraint in each.column.constraints}
        scans = "check" in kinds or ("foreign key" in kinds and each.column.has_default)
        if scans and step.in_use(each.table) is not None:
            yield f"nobody reads or writes {each.table} until all of its rows are checked"


def _scanned(step: Step) -> Iterator[str]:
    """Tell of scans that no word of a statement explains: those of a block or function that puts its own together."""
    if not all(isinstance(each, Other) or (isinstance(each, Rows) and each.what == "select") for each in step.actions):
        return
    for table in step.before.tables.values():
        now = None if step.after is None else step.after.by_oid(table.oid)
        if now is not None and not now.locks.isdisjoint(STRONG - table.locks) and step.is_scanned(table.name):
            yield f"all rows of {table.name} are read, and others wait meanwhile"


def _checked(step: Step) -> Iterator[str]:
    yield from _with_check(step)
    yield from _scanned(step)


def _not_null(step: Step) -> Iterator[str]:
    for each in step.each(AddColumn):
        column = each.column
        filled = column.has_default or column.is_identity or column.is_generated or column.is_serial
        if column.is_not_null and not filled and step.in_use(each.table) is not None:
            yield f"{each.table}.{column.name} is NOT NULL, and nothing says what rows that are there hold"


def _rewritten(step: Step) -> Iterator[tuple[str, Column]]:
    """Return the columns that are added by statements which write their table anew."""
    for each in step.each(AddColumn):
        column = step.column_after(each.table, each.column.name)
        if column is not None and step.is_rewritten(each.table):
            yield each.table, column


def _volatile(step: Step) -> Iterator[str]:
    for table, column in _rewritten(step):
        counts = column.is_sequence or column.is_identity
        if column.is_volatile and not (counts or column.is_generated):
            yield f"{table} is written anew to draw a {column.name} for each row"


def _counting(step: Step) -> Iterator[str]:
    for table, column in _rewritten(step):
        if column.is_sequence or column.is_identity:
            yield f"{table} is written anew to number its rows by {column.name}"


def _generated(step: Step) -> Iterator[str]:
    for table, column in _rewritten(step):
        if column.is_generated:
            yield f"{table} is written anew to compute {column.name}"


def _domain(step: Step) -> Iterator[str]:
    for table, column in [*_rewritten(step), *_retyped(step, rewritten=True)]:
        if column.is_constrained:
            yield f"{table} is written anew, because {column.type} of {column.name} has a constraint"


def _retyped(step: Step, *, rewritten: bool) -> Iterator[tuple[str, Column]]:
    """Return the columns whose type is altered, as they are then."""
    for each in step.each(AlterColumn):
        column = step.column_after(each.table, each.name)
        is_retyped = each.what == "type" and column is not None and step.in_use(each.table) is not None
        if is_retyped and column is not None and step.is_rewritten(each.table) == rewritten:
            yield each.table, column


def _type(step: Step) -> Iterator[str]:
    for table, column in _retyped(step, rewritten=True):
        before = step.column_before(table, column.name)
        if before is not None and before.type != column.type and not column.is_constrained:
            yield f"{table} is written anew to turn {column.name} from {before.type} into {column.type}"


def _session_zone(run: Run) -> Iterator[Place]:
    said = False
    for step in run.steps:
        said |= any(each.is_local and each.name.lower() == "timezone" for each in step.each(SetVariable))
        for each in step.each(AlterColumn):
            before, after = step.column_before(each.table, each.name), step.column_after(each.table, each.name)
            both = before is not None and after is not None and step.in_use(each.table) is not None
            if both and before is not None and after is not None and _changes_zone(before, after) and not said:
                what = f"what {each.table}.{each.name} means then depends on the session's TimeZone"
                if not each.uses:
                    yield Place(what, step)


def _changes_zone(before: Column, after: Column) -> bool:
    return {before.type, after.type} == set(_TIMES)


def _noop(step: Step) -> Iterator[str]:
    for table, column in _retyped(step, rewritten=False):
        before = step.column_before(table, column.name)
        if before == column:
            yield f"{table}.{column.name} is {column.type} already"


def explains_rewrite(step: Step) -> bool:
    """Tell whether a rule of this file says why a statement writes a table anew."""
    return any(list(decide(step)) for decide in (_volatile, _counting, _generated, _domain, _type))


RULES: Final = (
    Rule(
        id="L03",
        name="scan-under-exclusive",
        catches="a column that is added with a CHECK, or with a default and a foreign key; and any other scan under a "
        "strong lock, as of a statement that a DO block puts together: seen on the scratch server",
        effect="Nobody writes, and mostly nobody reads, while all rows are read.",
        safe="ADD COLUMN, then `add_constraint(table, name, definition)`.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN rank int CHECK (rank > 0)",)),
        good=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN rank int",)),
        decide=by_step(_checked),
    ),
    Rule(
        id="L31",
        name="add-not-null-no-default",
        catches="a column that is added NOT NULL without a default",
        effect="The statement fails where the table has rows; where it has none, INSERTs of the running code fail.",
        safe="With a constant default; or nullable, filled by `backfill(...)`, and NOT NULL in a contract.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN currency text NOT NULL",)),
        good=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN currency text NOT NULL DEFAULT 'EUR'",)),
        decide=by_step(_not_null),
    ),
    Rule(
        id="L32",
        name="volatile-default",
        catches="a column that is added with a default which differs from row to row",
        effect="ACCESS EXCLUSIVE while the whole table and its indexes are written anew.",
        safe=_FILL,
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid()",)),
        good=Example(
            schema=ORDERS,
            sql=(
                "ALTER TABLE orders ADD COLUMN token uuid",
                "ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid()",
            ),
        ),
        decide=by_step(_volatile),
    ),
    Rule(
        id="L33",
        name="serial-or-identity-added",
        catches="a serial or identity column that is added to a table in use",
        effect="ACCESS EXCLUSIVE while the whole table and its indexes are written anew.",
        safe="A sequence of its own; ADD COLUMN bigint, SET DEFAULT nextval(...), `backfill(...)`.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY",)),
        good=Example(
            schema=ORDERS,
            sql=(
                "CREATE SEQUENCE orders_number",
                "ALTER TABLE orders ADD COLUMN number bigint",
                "ALTER TABLE orders ALTER COLUMN number SET DEFAULT nextval('orders_number')",
            ),
        ),
        decide=by_step(_counting),
    ),
    Rule(
        id="L34",
        name="stored-generated-added",
        catches="a stored generated column that is added to a table in use",
        effect="ACCESS EXCLUSIVE while the whole table and its indexes are written anew.",
        safe="A plain column that a trigger fills, and `backfill(...)`.",
        recipes={18: "GENERATED ALWAYS AS (...) VIRTUAL, which stores nothing."},
        bad=Example(
            schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (total * 1.2) STORED",)
        ),
        good=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN gross numeric",)),
        decide=by_step(_generated),
    ),
    Rule(
        id="L35",
        name="constrained-domain",
        catches="a column of a domain with a constraint, added to a table in use or put in a column's place",
        effect="ACCESS EXCLUSIVE while the whole table is written anew, also without a default.",
        safe="The domain's base type, and a CHECK by `add_constraint`.",
        bad=Example(
            schema=f"{ORDERS}; CREATE DOMAIN positive AS int CHECK (value > 0)",
            sql=("ALTER TABLE orders ADD COLUMN rank positive",),
        ),
        good=Example(
            schema=ORDERS,
            sql=(
                "> add_column('orders', 'rank', 'int')",
                "> add_constraint('orders', 'ck_orders_rank', 'CHECK (rank > 0)')",
            ),
            transactional=False,
        ),
        decide=by_step(_domain),
    ),
    Rule(
        id="L37",
        name="type-change",
        catches="a column's type that cannot become the other one without writing the table anew",
        effect="ACCESS EXCLUSIVE while the whole table and its indexes are written anew.",
        safe="A new column, a trigger that fills it, `backfill(...)`, and the old one dropped in a contract.",
        bad=Example(
            schema="CREATE TABLE visits (id bigint PRIMARY KEY, hits integer)",
            sql=("ALTER TABLE visits ALTER COLUMN hits TYPE bigint",),
        ),
        good=Example(
            schema="CREATE TABLE visits (id bigint PRIMARY KEY, hits integer)",
            sql=("ALTER TABLE visits ADD COLUMN hits_wide bigint",),
        ),
        decide=by_step(_type),
    ),
    Rule(
        id="L38",
        name="timestamptz-session-zone",
        catches="timestamp that becomes timestamptz, or the other way, without a time zone that is written down",
        effect="Old values are read as local times of the session's zone, and for any but UTC the table is rewritten.",
        safe="`SET LOCAL TimeZone = 'UTC'` before it, in a transactional revision.",
        bad=Example(
            schema="CREATE TABLE visits (id bigint PRIMARY KEY, at timestamp)",
            sql=("ALTER TABLE visits ALTER COLUMN at TYPE timestamptz",),
            also=("L39",),
        ),
        good=Example(
            schema="CREATE TABLE visits (id bigint PRIMARY KEY, at timestamp)",
            sql=("SET LOCAL TimeZone = 'UTC'", "ALTER TABLE visits ALTER COLUMN at TYPE timestamptz"),
            also=("L39",),
        ),
        decide=_session_zone,
    ),
    Rule(
        id="L78",
        name="type-same-or-noop",
        catches="ALTER COLUMN TYPE to the type that the column has",
        effect="ACCESS EXCLUSIVE for nothing.",
        safe="Leave it out.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders ALTER COLUMN notes TYPE text",)),
        good=Example(schema=ORDERS, sql=("ALTER TABLE orders ALTER COLUMN notes SET STATISTICS 500",)),
        decide=by_step(_noop),
    ),
)
