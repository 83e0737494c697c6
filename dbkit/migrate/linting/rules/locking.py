"""Rules about locks that a transaction gathers, and how long it holds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Final, TypeAlias

from dbkit.migrate.header import Lock
from dbkit.migrate.linting.actions import (
    Action,
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateTable,
    DropColumn,
    DropConstraint,
    Other,
    Refresh,
    Rows,
    SetVariable,
    Truncate,
    ValidateConstraint,
)
from dbkit.migrate.linting.facts import Facts
from dbkit.migrate.linting.model import Example, Place, Rule, by_step
from dbkit.migrate.linting.rules.columns import explains_rewrite
from dbkit.migrate.linting.rules.schemas import CUSTOMERS, ORDERS
from dbkit.migrate.linting.steps import Run, Step
from dbkit.migrate.table_locks import STRONG

__all__ = ["RULES"]

_LOCK_MILLISECONDS_MAX: Final = 5_000
_OBJECTS_MAX: Final = 256
_UNITS: Final = {"": 1, "us": 0.001, "ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_WRITES: Final = ("update", "delete", "merge")
_CLOSES: Final = (AddColumn, AddConstraint, AlterColumn, DropColumn, DropConstraint)

_Closing: TypeAlias = AddColumn | AddConstraint | AlterColumn | DropColumn | DropConstraint


def _lock_timeout(step: Step) -> Iterator[str]:
    for each in step.each(SetVariable):
        if each.name.lower() == "lock_timeout" and not step.by_technique and _is_long(each.value):
            yield f"lock_timeout becomes {each.value or 'what it was'}, and all wait behind the statement meanwhile"


def _is_long(value: str) -> bool:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(|us|ms|s|min|h|d)\s*", value)
    if found is None:
        return True
    milliseconds = float(found[1]) * _UNITS.get(found[2], 1)
    return milliseconds == 0 or milliseconds > _LOCK_MILLISECONDS_MAX


def _rewrite(step: Step) -> Iterator[str]:
    emptied = {name for each in step.each(Truncate) for name in each.tables}
    for table in step.rewritten():
        refreshed = any(each.name == table.name for each in step.each(Refresh))
        if table.name not in emptied and not refreshed and not explains_rewrite(step):
            yield f"{table.name} and its indexes are written anew"
    if any(each.what == "type" for each in step.each(AlterColumn)):
        yield from _rebuilt(step)


def _rebuilt(step: Step) -> Iterator[str]:
    """Tell of indexes that are built anew under the lock of a statement that writes no row, as of another collation."""
    for table in step.before.tables.values():
        now = None if step.after is None else step.after.by_oid(table.oid)
        if now is None or now.file != table.file or not step.is_old(table):
            continue
        both = [name for name in table.indexes if name in now.indexes]
        names = [name for name in both if now.indexes[name].file != table.indexes[name].file]
        if names:
            yield f"{', '.join(names)} of {table.name} is built anew while nobody reads or writes it"


def _held(step: Step, facts: Facts) -> dict[int, str]:
    """Return the tables in use that the transaction holds against writers or readers, partitions as their tables."""
    found: dict[int, str] = {}
    for table in facts.tables.values():
        if step.is_old(table) and table.is_table and not table.locks.isdisjoint(STRONG):
            root = facts.tables.get(table.parent, table)
            found[root.oid] = root.name
    return found


def _closed(step: Step) -> list[str]:
    """Return the tables in use that nobody can read while a statement runs, by those before it."""
    return sorted(
        table.name
        for table in step.before.tables.values()
        if step.is_old(table) and table.is_table and Lock.ACCESS_EXCLUSIVE in table.locks
    )


def _closed_within(step: Step, is_late: Callable[[Action], bool]) -> list[str]:
    """Return the tables in use that a block closes to readers before it does such work: to others it is one step."""
    closed: dict[str, None] = {}
    told: list[str] = []
    for each in step.actions if _is_block(step) else ():
        if is_late(each):
            told = sorted(closed)
        elif isinstance(each, _CLOSES) and _is_closed_by(step, each):
            closed[each.table] = None
    return told


def _is_block(step: Step) -> bool:
    return any(isinstance(each, Other) and each.what == "Do" for each in step.actions)


def _closed_in_turn(step: Step) -> list[str]:
    """Return the tables in use that a block closes, in its order."""
    closing = (each for each in step.actions if isinstance(each, _CLOSES) and _is_closed_by(step, each))
    return list(dict.fromkeys(each.table for each in closing)) if _is_block(step) else []


def _is_closed_by(step: Step, action: _Closing) -> bool:
    """Tell whether a table in use is closed by a part of a block: seen when it is over, unless it commits by itself."""
    table = step.in_use(action.table)
    now = None if table is None or step.after is None else step.after.by_oid(table.oid)
    if step.transaction is not None:
        return now is not None and Lock.ACCESS_EXCLUSIVE in now.locks
    is_gentle = (isinstance(action, AlterColumn) and action.what == "statistics") or (
        isinstance(action, AddConstraint) and action.constraint.kind == "foreign key"
    )
    return now is not None and not is_gentle


def _work_behind(run: Run) -> Iterator[Place]:
    added = {each.constraint.name for step in run.steps for each in step.each(AddConstraint)}
    for step in run.steps:
        is_slow = partial(_is_slow, added)
        behind = _closed(step) if any(map(is_slow, step.actions)) else []
        for name in dict.fromkeys([*behind, *_closed_within(step, is_slow)]):
            yield Place(f"nobody reads or writes {name} while this runs", step)


def _is_slow(added: Collection[str], action: Action) -> bool:
    # A constraint that was added in this very transaction has a rule of its own.
    is_validated = isinstance(action, ValidateConstraint) and action.name not in added
    return is_validated or isinstance(action, Refresh) or (isinstance(action, CreateTable) and action.is_copy)


def _rows_behind(step: Step) -> Iterator[str]:
    behind = _closed(step) if any(map(_writes_rows, step.actions)) else []
    for name in dict.fromkeys([*behind, *_closed_within(step, _writes_rows)]):
        yield f"nobody reads or writes {name} while rows are written"


def _writes_rows(action: Action) -> bool:
    return isinstance(action, Rows) and (action.what in _WRITES or (action.what == "insert" and action.is_copy))


def _two_tables(run: Run) -> Iterator[Place]:
    """Tell once for each transaction: of the statement that asks for a second table."""
    told: set[int | None] = set()
    for step, held, more in _one_after_another(run):
        if step.transaction not in told:
            told.add(step.transaction)
            yield Place(f"it waits for {_listed(more)} while it holds {_listed(held)}", step)
    for step in run.steps:
        first, *others = _closed_in_turn(step) or [""]
        if others and (step.transaction is None or step.transaction not in told):
            told.add(step.transaction)
            yield Place(f"it waits for {', '.join(others)} while it holds {first}", step)


def _one_after_another(run: Run) -> Iterator[tuple[Step, dict[int, str], dict[int, str]]]:
    """Return the statements that ask for tables in use while others are held: those, and these."""
    for before, step in pairwise(run.steps):
        if step.transaction is None or step.transaction != before.transaction:
            continue
        held, after = _held(step, step.before), {} if step.after is None else _held(step, step.after)
        more = {oid: name for oid, name in after.items() if oid not in held}
        if held and more:
            yield step, held, more


def _other_order(run: Run) -> Iterator[Place]:
    """Tell of tables that are locked in another order than the application, or a revision before, locks them."""
    for step, held, more in _one_after_another(run):
        for second in sorted(more.values()):
            found: dict[str, list[str]] = {}
            for first in sorted(held.values()):
                if by := run.settings.orders.get((second, first)):
                    found.setdefault(by, []).append(first)
            for by, first_ones in found.items():
                yield Place(f"it locks {second} behind {', '.join(first_ones)}; {by} says {second} first", step)


def _listed(tables: Mapping[int, str]) -> str:
    return ", ".join(sorted(tables.values()))


def _hot_parent(run: Run) -> Iterator[Place]:
    for step in run.steps:
        parts = [part for each in step.each(AddColumn) for part in each.column.constraints]
        for each in step.each(CreateTable):
            parts += [*each.constraints, *(part for column in each.columns for part in column.constraints)]
        for target in dict.fromkeys(part.target for part in parts if part.kind == "foreign key"):
            if step.in_use(target) is not None and run.is_large(target):
                yield Place(f"nobody writes to {target} until the commit", step)


def _many_objects(step: Step) -> Iterator[str]:
    if step.after is None or step.transaction is None:
        return
    before, after = _objects(step.before), _objects(step.after)
    if before <= _OBJECTS_MAX < after:
        yield f"the transaction holds locks on {after} tables and indexes"


def _objects(facts: Facts) -> int:
    return sum(1 + len(table.indexes) for table in facts.tables.values() if not table.locks.isdisjoint(STRONG))


_PARTS: Final = """
CREATE TABLE parts (id int PRIMARY KEY, a int, b int) PARTITION BY RANGE (id);
CREATE INDEX parts_a ON parts (a); CREATE INDEX parts_b ON parts (b);
DO $$ BEGIN FOR n IN 1..65 LOOP
  EXECUTE format('CREATE TABLE parts_%s PARTITION OF parts FOR VALUES FROM (%s) TO (%s)', n, n, n + 1);
END LOOP; END $$
"""
_LARGE: Final = {"customers": 5_000_000}

RULES: Final = (
    Rule(
        id="L01",
        name="lock-timeout-raised",
        catches="lock_timeout set to nothing, or to more than 5 s",
        effect="A statement that waits for a strong lock stops all who come behind it, for as long as it waits.",
        safe="Leave it to the runner, which waits without queueing, then tries for a moment (--max-stall).",
        bad=Example(schema=ORDERS, sql=("SET LOCAL lock_timeout = '1min'",)),
        good=Example(schema=ORDERS, sql=("SET LOCAL lock_timeout = '100ms'",)),
        decide=by_step(_lock_timeout),
    ),
    Rule(
        id="L02",
        name="rewrite",
        catches="any other statement that writes a table in use, or an index of it, anew: seen on the scratch server",
        effect="ACCESS EXCLUSIVE for as long as it takes, and room for a second copy.",
        safe="Leave it out; a table that has to be packed is packed by a tool that does it beside traffic.",
        bad=Example(schema=ORDERS, sql=("ALTER TABLE orders SET UNLOGGED",)),
        good=Example(schema=ORDERS, sql=("ALTER TABLE orders SET (fillfactor = 90)",)),
        decide=by_step(_rewrite),
    ),
    Rule(
        id="L04",
        name="statement-after-exclusive",
        catches="long work in a transaction that holds ACCESS EXCLUSIVE",
        effect="The lock is held until the commit, and everybody waits for work that needs none of it.",
        safe="A revision of its own for each.",
        bad=Example(
            schema=f"{ORDERS}; ALTER TABLE orders ADD CONSTRAINT ck CHECK (total >= 0) NOT VALID",
            sql=("ALTER TABLE orders ADD COLUMN rank int", "ALTER TABLE orders VALIDATE CONSTRAINT ck"),
        ),
        good=Example(
            schema=f"{ORDERS}; ALTER TABLE orders ADD CONSTRAINT ck CHECK (total >= 0) NOT VALID",
            sql=("ALTER TABLE orders VALIDATE CONSTRAINT ck",),
        ),
        decide=_work_behind,
    ),
    Rule(
        id="L05",
        name="two-hot-tables",
        catches="strong locks on two tables in use, one after the other in one transaction",
        effect="While it waits for the second one, everybody waits for the first; with another order, they deadlock.",
        safe="A revision for each table.",
        bad=Example(
            schema=f"{CUSTOMERS}; {ORDERS}",
            sql=("ALTER TABLE customers ADD COLUMN rank int", "ALTER TABLE orders ADD COLUMN rank int"),
        ),
        good=Example(schema=f"{CUSTOMERS}; {ORDERS}", sql=("ALTER TABLE customers ADD COLUMN rank int",)),
        decide=_two_tables,
    ),
    Rule(
        id="L06",
        name="lock-order",
        catches="tables locked in another order than `lock_order` of lint.toml says, or than by a revision before",
        effect="A transaction of the application that locks them the other way and this one wait for each other.",
        safe="The same order everywhere, and best a revision for each table; `lock_order` says which it is.",
        bad=Example(
            schema=f"{CUSTOMERS}; {ORDERS}",
            sql=("ALTER TABLE orders ADD COLUMN rank int", "ALTER TABLE customers ADD COLUMN rank int"),
            lock_order=("customers", "orders"),
            also=("L05",),
        ),
        good=Example(
            schema=f"{CUSTOMERS}; {ORDERS}",
            sql=("ALTER TABLE customers ADD COLUMN rank int", "ALTER TABLE orders ADD COLUMN rank int"),
            lock_order=("customers", "orders"),
            also=("L05",),
        ),
        decide=_other_order,
    ),
    Rule(
        id="L20",
        name="fk-in-create-table-hot",
        catches="a new table or column that refers to a large table; with --stats",
        effect="SHARE ROW EXCLUSIVE on the large table until the commit: nobody writes to it.",
        safe="A transaction of its own, with nothing else in it; or the foreign key in a second revision.",
        bad=Example(
            schema=CUSTOMERS,
            sql=("CREATE TABLE notes (customer_id bigint PRIMARY KEY REFERENCES customers)",),
            rows=_LARGE,
        ),
        good=Example(schema=CUSTOMERS, sql=("CREATE TABLE notes (customer_id bigint PRIMARY KEY)",), rows=_LARGE),
        decide=_hot_parent,
    ),
    Rule(
        id="L48",
        name="ddl-and-dml-mixed",
        catches="rows that are written in a transaction that holds ACCESS EXCLUSIVE",
        effect="The lock is held until all rows are written.",
        safe="The change of the schema in one revision, `backfill(...)` in the next.",
        bad=Example(
            schema=ORDERS,
            sql=(
                """
                DO $$ BEGIN
                  ALTER TABLE orders ADD COLUMN kind text DEFAULT 'a';
                  UPDATE orders SET kind = 'b' WHERE state = 'b';
                END $$
                """,
                "UPDATE orders SET kind = 'c' WHERE state = 'c'",
            ),
        ),
        good=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN kind text DEFAULT 'a'",)),
        decide=by_step(_rows_behind),
    ),
    Rule(
        id="L72",
        name="locks-too-many-objects",
        catches="a transaction that locks more than 256 tables and indexes",
        effect="The table of locks is for all sessions together (max_locks_per_transaction): others get none (53200).",
        safe="Partition by partition, each in a transaction of its own.",
        bad=Example(schema=_PARTS, sql=("ALTER TABLE parts ADD COLUMN c int",)),
        good=Example(schema=ORDERS, sql=("ALTER TABLE orders ADD COLUMN c int",)),
        decide=by_step(_many_objects),
    ),
)
