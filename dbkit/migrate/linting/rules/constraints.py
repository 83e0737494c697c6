"""Rules about constraints: which are held against all rows at once, and under which lock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dbkit.migrate.linting.actions import (
    AddColumn,
    AddConstraint,
    AlterDomain,
    ConstraintPart,
    CreateTable,
    Drop,
    DropColumn,
    DropConstraint,
    EnforceConstraint,
    IfExists,
    ValidateConstraint,
)
from dbkit.migrate.linting.facts import Table
from dbkit.migrate.linting.model import Example, Place, Rule, by_step
from dbkit.migrate.linting.rules.schemas import CUSTOMERS, ORDERS
from dbkit.migrate.linting.steps import Run, Step

__all__ = ["RULES"]

_BOTH: Final = f"{CUSTOMERS}; {ORDERS}; CREATE INDEX ix_orders_customer_id ON orders (customer_id)"
_KEY: Final = "ADD CONSTRAINT fk_orders_customer_id FOREIGN KEY (customer_id) REFERENCES customers"
_TOTAL: Final = "ADD CONSTRAINT ck_orders_total CHECK (total >= 0)"
_WITH_KEY: Final = f"{_BOTH}; ALTER TABLE orders {_KEY}"
_DOMAIN: Final = f"CREATE DOMAIN word AS text; {CUSTOMERS}; ALTER TABLE customers ADD COLUMN nick word"


def _added(step: Step, kind: str) -> Iterator[tuple[AddConstraint, Table]]:
    """Return the constraints of a kind that are added to tables in use, and held against the rows that are there."""
    for each in step.each(AddConstraint):
        table = step.in_use(each.table)
        if each.constraint.kind == kind and table is not None and each.constraint.is_valid:
            yield each, table


def _with_columns(step: Step, kind: str) -> Iterator[AddConstraint]:
    """Return such constraints, those that come with a column too."""
    yield from (each for each, _ in _added(step, kind))
    for each in step.each(AddColumn):
        if step.in_use(each.table) is not None:
            parts = (part for part in each.column.constraints if part.kind == kind)
            yield from (AddConstraint(table=each.table, constraint=part) for part in parts)


def _foreign_key(step: Step) -> Iterator[str]:
    for each, _ in _added(step, "foreign key"):
        yield f"writers of {each.table} and {each.constraint.target} wait until all rows of {each.table} are checked"


def _without_index(run: Run) -> Iterator[Place]:
    known = {
        (table.oid, each.columns, each.target)
        for table in run.before.tables.values()
        for each in table.constraints.values()
    }
    for table in run.after.tables.values():
        for each in table.constraints.values():
            is_new = each.kind == "f" and (table.oid, each.columns, each.target) not in known
            if is_new and not _is_indexed(table, each.columns):
                what = f"{table.name} ({', '.join(each.columns)}) refers to {each.target} without an index"
                yield Place(what, _where_it_refers(run, table.name, each.target))


def _where_it_refers(run: Run, table: str, target: str) -> Step | None:
    for step in run.steps:
        for action in step.actions:
            parts: tuple[ConstraintPart, ...] = ()
            if isinstance(action, AddConstraint):
                parts = (action.constraint,)
            elif isinstance(action, AddColumn):
                parts = action.column.constraints
            elif isinstance(action, CreateTable):
                parts = (*action.constraints, *(part for column in action.columns for part in column.constraints))
            if getattr(action, "table", "") == table and any(part.target == target for part in parts):
                return step
    return None


def _is_indexed(table: Table, columns: tuple[str, ...]) -> bool:
    """Tell whether an index finds the rows by one of the columns: a tenant's key needs no more than the other one."""
    for index in table.indexes.values():
        # A part of the rows is no help, but for those that refer to something at all.
        is_whole = index.predicate in ("", *(f"({name} IS NOT NULL)" for name in columns))
        if index.valid and is_whole and index.columns[:1] and index.columns[0] in columns:
            return True
    return False


def _drop_of_foreign_key(run: Run) -> Iterator[Place]:
    for step in run.steps:
        for name in _parents_locked(run, step):
            yield Place(f"{name} is locked against everybody with it", step)


def _parents_locked(run: Run, step: Step) -> Iterator[str]:
    for action in step.actions:
        for table, columns, names in _loses_keys(step, action):
            for each in table.constraints.values():
                goes = each.kind == "f" and (each.name in names or bool(set(each.columns) & columns))
                is_alone = isinstance(action, DropConstraint) and _is_alone(run, step)
                stays = each.target not in getattr(action, "names", (table.name,))
                if goes and stays and not is_alone and step.in_use(each.target) is not None:
                    yield each.target


def _loses_keys(step: Step, action: object) -> Iterator[tuple[Table, set[str], set[str]]]:
    """Return tables in use with the columns and constraints that an action takes from them."""
    if isinstance(action, DropConstraint) and (table := step.in_use(action.table)):
        yield table, set(), {action.name}
    elif isinstance(action, DropColumn) and (table := step.in_use(action.table)):
        yield table, {action.name}, set()
    elif isinstance(action, Drop) and action.what == "table":
        for name in action.names:
            if table := step.in_use(name):
                yield table, set(table.columns), set()


def _is_alone(run: Run, step: Step) -> bool:
    others = [each for each in run.steps if each is not step and each.transaction == step.transaction]
    parts = [each for each in step.actions if not isinstance(each, IfExists)]
    return step.transaction is None or (not others and len(parts) == 1)


def _check(step: Step) -> Iterator[str]:
    for each, _ in _added(step, "check"):
        yield f"nobody reads or writes {each.table} until all of its rows are checked"


def _validated_at_once(run: Run) -> Iterator[Place]:
    added: set[tuple[str, str, int | None]] = set()
    for number, step in enumerate(run.steps):
        # What is a statement for itself is together with nothing but its own parts.
        together = -number - 1 if step.transaction is None else step.transaction
        for each in step.actions:
            if isinstance(each, AddConstraint):
                added.add((each.table, each.constraint.name, together))
            elif isinstance(each, ValidateConstraint) and (each.table, each.name, together) in added:
                yield Place(f"{each.name} is validated under the lock that adding it took on {each.table}", step)


def _unique(step: Step) -> Iterator[str]:
    for each in _with_columns(step, "unique"):
        if not each.constraint.using_index:
            yield f"nobody reads or writes {each.table} until the index of its constraint is built"


def _primary_key(step: Step) -> Iterator[str]:
    for each in _with_columns(step, "primary key"):
        if not each.constraint.using_index:
            yield f"nobody reads or writes {each.table} until the index of its key is built"


def _nullable_key(step: Step) -> Iterator[str]:
    for each, table in _added(step, "primary key"):
        index = table.indexes.get(each.constraint.using_index)
        for name in index.columns if index is not None else ():
            if name in table.columns and not table.columns[name].not_null:
                yield f"{each.table}.{name} may be NULL: all rows are read under ACCESS EXCLUSIVE to see that none is"


def _exclusion(step: Step) -> Iterator[str]:
    for each, _ in _added(step, "exclusion"):
        yield f"nobody reads or writes {each.table} until the index of its constraint is built"


def _enforced(step: Step) -> Iterator[str]:
    for each in step.each(EnforceConstraint):
        if step.in_use(each.table) is not None:
            yield f"{each.name} is held against all rows of {each.table} while nobody can write to it"


def _domain(step: Step) -> Iterator[str]:
    for each in step.each(AlterDomain):
        used = [name for name in step.before.domains.get(each.name, ()) if step.in_use(name) is not None]
        if each.what in ("add", "set not null") and used:
            yield f"writers of {', '.join(used)} wait until all rows with a {each.name} are checked"


RULES: Final = (
    Rule(
        id="L19",
        name="fk-validating",
        catches="a foreign key that is added to a table in use without NOT VALID",
        effect="SHARE ROW EXCLUSIVE on both tables while all rows are checked: nobody writes to either.",
        safe="`add_constraint(table, name, definition)`: NOT VALID, then VALIDATE, which lets writers go on.",
        bad=Example(schema=_BOTH, sql=(f"ALTER TABLE orders {_KEY}",)),
        good=Example(schema=_BOTH, sql=(f"ALTER TABLE orders {_KEY} NOT VALID",)),
        decide=by_step(_foreign_key),
    ),
    Rule(
        id="L21",
        name="fk-no-index",
        catches="a foreign key whose columns no index begins with",
        effect="Every DELETE of a row that is referred to reads the whole table that refers, with its locks held.",
        safe="Create an index on the columns, in this revision or before it.",
        bad=Example(schema=f"{CUSTOMERS}; {ORDERS}", sql=(f"ALTER TABLE orders {_KEY} NOT VALID",)),
        good=Example(schema=_BOTH, sql=(f"ALTER TABLE orders {_KEY} NOT VALID",)),
        decide=_without_index,
    ),
    Rule(
        id="L22",
        name="fk-drop-locks-parent",
        catches="a foreign key that is dropped together with its column or table, or beside other statements",
        effect="ACCESS EXCLUSIVE on the table that is referred to as well: nobody reads or writes it.",
        safe="Drop the constraint first, alone in a revision: it waits for both tables, and holds them for a moment.",
        bad=Example(schema=_WITH_KEY, sql=("ALTER TABLE orders DROP COLUMN customer_id",), phase="CONTRACT"),
        good=Example(
            schema=_WITH_KEY, sql=("ALTER TABLE orders DROP CONSTRAINT fk_orders_customer_id",), phase="CONTRACT"
        ),
        decide=_drop_of_foreign_key,
    ),
    Rule(
        id="L23",
        name="check-validating",
        catches="a CHECK that is added to a table in use without NOT VALID",
        effect="ACCESS EXCLUSIVE while all rows are read.",
        safe="`add_constraint(table, name, definition)`: NOT VALID, then VALIDATE.",
        bad=Example(schema=ORDERS, sql=(f"ALTER TABLE orders {_TOTAL}",)),
        good=Example(schema=ORDERS, sql=(f"ALTER TABLE orders {_TOTAL} NOT VALID",)),
        decide=by_step(_check),
    ),
    Rule(
        id="L24",
        name="validate-same-transaction",
        catches="VALIDATE in the transaction that added the constraint",
        effect="The lock of ADD CONSTRAINT is held while all rows are read: NOT VALID has won nothing.",
        safe="`add_constraint` with `transactional=False`, or two revisions.",
        bad=Example(
            schema=ORDERS,
            sql=(f"ALTER TABLE orders {_TOTAL} NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total"),
        ),
        good=Example(
            schema=ORDERS,
            sql=("> add_constraint('orders', 'ck_orders_total', 'CHECK (total >= 0)')",),
            transactional=False,
        ),
        decide=_validated_at_once,
    ),
    Rule(
        id="L25",
        name="unique-builds-index",
        catches="ADD UNIQUE on a table in use without USING INDEX",
        effect="ACCESS EXCLUSIVE while the index is built.",
        safe="`create_unique_index_concurrently(name, on)`, then `unique_using_index(table, name)`.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD CONSTRAINT uq_orders_notes UNIQUE (notes)",)),
        good=Example(
            schema=f"{ORDERS}; CREATE UNIQUE INDEX uq_orders_notes ON orders (notes)",
            sql=("ALTER TABLE orders ADD CONSTRAINT uq_orders_notes UNIQUE USING INDEX uq_orders_notes",),
        ),
        decide=by_step(_unique),
    ),
    Rule(
        id="L26a",
        name="pk-builds-index",
        catches="ADD PRIMARY KEY on a table in use without USING INDEX",
        effect="ACCESS EXCLUSIVE while the index is built.",
        safe="A unique index CONCURRENTLY, NOT NULL by `set_not_null`, then `primary_key_using_index(table, index)`.",
        bad=Example(
            schema="CREATE TABLE logs (id bigint NOT NULL)",
            sql=("ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY (id)",),
        ),
        good=Example(
            schema="CREATE TABLE logs (id bigint NOT NULL); CREATE UNIQUE INDEX pk_logs ON logs (id)",
            sql=("ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY USING INDEX pk_logs",),
        ),
        decide=by_step(_primary_key),
    ),
    Rule(
        id="L26b",
        name="pk-nullable",
        catches="ADD PRIMARY KEY USING INDEX over a column that may be NULL",
        effect="ACCESS EXCLUSIVE while all rows are read.",
        safe="`set_not_null(table, column, check=...)` first.",
        bad=Example(
            schema="CREATE TABLE logs (id bigint); CREATE UNIQUE INDEX pk_logs ON logs (id)",
            sql=("ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY USING INDEX pk_logs",),
        ),
        good=Example(
            schema="CREATE TABLE logs (id bigint NOT NULL); CREATE UNIQUE INDEX pk_logs ON logs (id)",
            sql=("ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY USING INDEX pk_logs",),
        ),
        decide=by_step(_nullable_key),
    ),
    Rule(
        id="L27",
        name="exclusion",
        catches="ADD EXCLUDE on a table in use",
        effect="ACCESS EXCLUSIVE while the index is built; there is no way beside traffic.",
        safe="Make a new table with the constraint, and move the rows; a new table may have one from its start.",
        bad=Example(
            schema=ORDERS,
            sql=("ALTER TABLE orders ADD CONSTRAINT ex_orders_notes EXCLUDE USING btree (notes WITH =)",),
        ),
        good=Example(
            sql=("CREATE TABLE rooms (id bigint PRIMARY KEY, notes text, EXCLUDE USING btree (notes WITH =))",)
        ),
        decide=by_step(_exclusion),
    ),
    Rule(
        id="L30",
        name="enforce-fk",
        catches="ALTER CONSTRAINT ... ENFORCED, of PostgreSQL 18 and newer",
        effect="SHARE ROW EXCLUSIVE on both tables while all rows are checked.",
        safe="Drop it, add it again NOT VALID, then VALIDATE.",
        bad=Example(schema=_WITH_KEY, sql=("ALTER TABLE orders ALTER CONSTRAINT fk_orders_customer_id ENFORCED",)),
        good=Example(schema=_BOTH, sql=(f"ALTER TABLE orders {_KEY} NOT VALID",)),
        decide=by_step(_enforced),
    ),
    Rule(
        id="L36",
        name="domain-check",
        catches="a CHECK that is added to a domain of tables in use without NOT VALID, or its NOT NULL",
        effect="SHARE on every table with a column of the domain while all of their rows are read.",
        safe="ADD CONSTRAINT ... NOT VALID; VALIDATE takes SHARE as well, so at a quiet hour.",
        bad=Example(schema=_DOMAIN, sql=("ALTER DOMAIN word ADD CONSTRAINT short CHECK (length(value) < 80)",)),
        good=Example(
            schema=_DOMAIN, sql=("ALTER DOMAIN word ADD CONSTRAINT short CHECK (length(value) < 80) NOT VALID",)
        ),
        decide=by_step(_domain),
    ),
)
