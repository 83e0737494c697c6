"""Rules about code that is running: what takes away or renames what it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dbkit.migrate.header import Phase
from dbkit.migrate.linting.actions import AlterColumn, Drop, DropColumn, DropConstraint, Rename, Truncate
from dbkit.migrate.linting.facts import Table
from dbkit.migrate.linting.model import Example, Place, Rule, by_step
from dbkit.migrate.linting.rules.schemas import ORDERS
from dbkit.migrate.linting.steps import Run, Step

__all__ = ["RULES"]

_NAMES: Final = "CREATE TABLE names (id bigint PRIMARY KEY, short varchar(50))"
_MODELS: Final = {"orders": frozenset({"id", "customer_id", "state", "total", "placed_at", "notes"})}


def _prepared(step: Step) -> Iterator[str]:
    for each in step.each(AlterColumn):
        before, after = step.column_before(each.table, each.name), step.column_after(each.table, each.name)
        if before is None or after is None or each.what != "type" or step.in_use(each.table) is None:
            continue
        if before.type != after.type and not step.is_rewritten(each.table):
            yield f"statements that return {each.table}.{each.name} as {before.type} fail where they are prepared"


def _column_in_use(run: Run) -> Iterator[Place]:
    models = run.settings.models or {}
    for step in run.steps if run.at_head else ():
        for each in step.each(DropColumn):
            is_gone = each.table in run.after.tables and each.name not in run.after.tables[each.table].columns
            if is_gone and each.name in models.get(each.table, ()):
                yield Place(f"the models still have {each.table}.{each.name}", step)


def _table_in_use(run: Run) -> Iterator[Place]:
    for step in run.steps if run.at_head else ():
        for each in step.each(Drop):
            for name in each.names if each.what in ("table", "view") else ():
                if name in (run.settings.models or {}) and name not in run.after.tables:
                    yield Place(f"the models still have {name}", step)


def _rename(run: Run) -> Iterator[Place]:
    for step in run.steps:
        for each in step.each(Rename):
            if each.what in ("table", "view", "matview") and step.in_use(each.name) is not None:
                if each.name not in run.after.tables and each.to not in run.before.tables:
                    yield Place(f"running code says {each.name}", step)
            elif each.what == "column" and step.in_use(each.relation) is not None:
                if not _is_said_still(run, step, each):
                    yield Place(f"running code says {each.relation}.{each.name}", step)
            elif (table := _table_of_constraint(step, each)) is not None:
                if not _is_enforced_still(run, table, each):
                    yield Place(f"running code may say {each.name}, in ON CONFLICT or to tell errors apart", step)
            elif each.what == "enum value" and each.relation in run.before.enums:
                yield Place(f"running code says {each.name} for a {each.relation}", step)


def _is_said_still(run: Run, step: Step, rename: Rename) -> bool:
    """Tell whether code that says a column still finds one: it took another's place, or a view gives it."""
    table = step.before.tables[rename.relation]
    before = run.before.by_oid(table.oid) or table
    now = run.after.tables.get(before.name)
    return rename.to in before.columns or (now is not None and rename.name in now.columns)


def _table_of_constraint(step: Step, rename: Rename) -> Table | None:
    """Return the table in use of which a constraint gets another name, as one does whose index gets one."""
    if rename.what == "index":
        found = step.before.table_of_index(rename.name)
    else:
        found = step.before.tables.get(rename.relation) if rename.what == "constraint" else None
    return found if found is not None and step.is_old(found) and rename.name in found.constraints else None


def _is_enforced_still(run: Run, table: Table, rename: Rename) -> bool:
    """Tell whether code that says a constraint finds one, or cannot have said it: it, or its table, is put in place."""
    before = run.before.by_oid(table.oid) or table
    found, now = run.after.tables.get(before.name), run.after.by_oid(table.oid)
    is_swapped_in = now is not None and now.name != before.name and now.name in run.before.tables
    is_new = rename.name not in before.constraints or rename.to in before.constraints
    return is_new or is_swapped_in or (found is not None and rename.name in found.constraints)


def _relied_on(run: Run) -> Iterator[Place]:
    for step in run.steps if run.phase is not Phase.CONTRACT else ():
        for each in step.each(AlterColumn):
            column = step.column_before(each.table, each.name)
            relies = column is not None and column.not_null and column.default
            now = run.after.tables.get(each.table)
            stays = now is not None and each.name in now.columns and now.columns[each.name].default
            if each.what == "drop default" and relies and not stays and step.in_use(each.table) is not None:
                yield Place(f"INSERTs of running code may leave {each.table}.{each.name} to its default", step)


def _wrong_phase(run: Run) -> Iterator[Place]:
    for step in run.steps if run.phase in (Phase.EXPAND, Phase.DATA) else ():
        yield from (Place(what, step) for what in _taken(run, step))


def _taken(run: Run, step: Step) -> Iterator[str]:
    for each in step.each(DropColumn):
        if step.in_use(each.table) is not None and step.column_before(each.table, each.name) is not None:
            yield f"{each.table}.{each.name} goes in {run.phase}: code of before is still running"
    for dropped in step.each(Drop):
        for name in dropped.names if dropped.what in ("table", "view", "matview") else ():
            if step.in_use(name) is not None:
                yield f"{name} goes in {run.phase}: code of before is still running"
    for altered in step.each(AlterColumn):
        column = step.column_before(altered.table, altered.name)
        table = step.in_use(altered.table)
        # A trigger may fill what code leaves out.
        is_old = table is not None and not table.triggers and column is not None and not column.not_null
        if altered.what == "set not null" and is_old and column is not None and not column.default:
            yield f"{altered.table}.{altered.name} is refused empty in {run.phase}: code of before may leave it so"


def _cascade(step: Step) -> Iterator[str]:
    for each in step.actions:
        if isinstance(each, Drop | DropColumn | DropConstraint | Truncate) and each.cascade:
            yield "CASCADE takes along what nobody has named"


_VIEWED: Final = f"{ORDERS}; CREATE VIEW totals AS TABLE orders"

RULES: Final = (
    Rule(
        id="L39",
        name="breaks-prepared-statements",
        catches="a column in use that gets another type without a rewrite",
        effect="Statements that clients have prepared fail with `cached plan must not change result type`.",
        safe="A new column beside the old one; dbkit's repositories recover outside of transactions, others do not.",
        bad=Example(schema=_NAMES, sql=("ALTER TABLE names ALTER COLUMN short TYPE varchar(100)",)),
        good=Example(schema=_NAMES, sql=("ALTER TABLE names ADD COLUMN long text",)),
        decide=by_step(_prepared),
    ),
    Rule(
        id="L40",
        name="drop-column-in-use",
        catches="a column that is dropped while the models have it",
        effect="Every statement that names it fails.",
        safe="Take it out of the models, deploy that, then drop it.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders DROP COLUMN notes",), phase="CONTRACT", models=_MODELS),
        good=Example(
            schema=ORDERS,
            sql=("ALTER TABLE orders DROP COLUMN notes",),
            phase="CONTRACT",
            models={"orders": _MODELS["orders"] - {"notes"}},
        ),
        decide=_column_in_use,
    ),
    Rule(
        id="L41",
        name="drop-table-in-use",
        catches="a table that is dropped while the models have it",
        effect="Every statement that names it fails.",
        safe="Take it out of the models, deploy that, then drop it.",
        bad=Example(schema=ORDERS, sql=("DROP TABLE orders",), phase="CONTRACT", models=_MODELS),
        good=Example(schema=ORDERS, sql=("DROP TABLE orders",), phase="CONTRACT", models={}),
        decide=_table_in_use,
    ),
    Rule(
        id="L42",
        name="rename",
        catches="a table, column, constraint or value of an enum that is renamed, with nothing under its old name",
        effect="Code that is running fails until the new one is everywhere, and then again after a roll-back.",
        safe="A table: RENAME and CREATE VIEW under the old name, in one transaction. A column: a new one, filled."
        " A constraint: one more under the new name; the old one goes in the contract.",
        bad=Example(
            schema=ORDERS,
            sql=(
                "ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk_purchases",
                "ALTER TABLE orders RENAME TO purchases",
            ),
        ),
        good=Example(
            schema=ORDERS,
            sql=("ALTER TABLE orders RENAME TO purchases", "CREATE VIEW orders AS SELECT * FROM purchases"),
        ),
        decide=_rename,
    ),
    Rule(
        id="L43",
        name="drop-default-order",
        catches="DROP DEFAULT of a column that is NOT NULL, before the contract",
        effect="INSERTs of running code that leave the column out fail.",
        safe="Drop it in a contract, after the code that always fills it is everywhere.",
        bad=Example(
            schema="CREATE TABLE jobs (id bigint PRIMARY KEY, state text NOT NULL DEFAULT 'new')",
            sql=("ALTER TABLE jobs ALTER COLUMN state DROP DEFAULT",),
        ),
        good=Example(
            schema="CREATE TABLE jobs (id bigint PRIMARY KEY, state text NOT NULL DEFAULT 'new')",
            sql=("ALTER TABLE jobs ALTER COLUMN state DROP DEFAULT",),
            phase="CONTRACT",
        ),
        decide=_relied_on,
    ),
    Rule(
        id="L44",
        name="wrong-phase",
        catches="a table, view or column that goes, or a column that must be filled, before the contract",
        effect="The code of before is still running, and fails.",
        safe="A revision of its own, with `phase=Phase.CONTRACT`.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders DROP COLUMN notes",)),
        good=Example(schema=ORDERS, sql=("ALTER TABLE orders DROP COLUMN notes",), phase="CONTRACT"),
        decide=_wrong_phase,
    ),
    Rule(
        id="L45",
        name="cascade",
        catches="DROP or TRUNCATE with CASCADE",
        effect="Whatever depends on it goes too, also what was added since the revision was written.",
        safe="Name each object that goes.",
        bad=Example(
            schema=_VIEWED,
            sql=("ALTER TABLE orders DROP COLUMN total CASCADE",),
            phase="CONTRACT",
        ),
        good=Example(
            schema=_VIEWED,
            sql=("DROP VIEW totals", "ALTER TABLE orders DROP COLUMN total"),
            phase="CONTRACT",
        ),
        decide=by_step(_cascade),
    ),
)
