"""Rules about rows: work on many of them at once, and values that are not the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dbkit.migrate.bookkeeping import PROGRESS
from dbkit.migrate.linting.actions import AddColumn, Rows, Truncate
from dbkit.migrate.linting.model import Example, Place, Rule, by_step
from dbkit.migrate.linting.rules.schemas import CUSTOMERS, ORDERS
from dbkit.migrate.linting.steps import Run, Step

__all__ = ["RULES"]

_DRAWN: Final = ("random", "clock_timestamp", "timeofday", "statement_timestamp")
# Nobody knows them before the run. That WHERE asks for the time is no harm.
_OF_THE_RUN: Final = (
    "now", "transaction_timestamp", "current_timestamp", "current_date", "current_time", "localtimestamp", "localtime",
    "gen_random_uuid", "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "uuidv4", "uuidv7",
)  # fmt: skip
_SLEEPS: Final = ("pg_sleep", "pg_sleep_for", "pg_sleep_until")
_BATCHED: Final = "> backfill('orders', \"state = 'old'\", where=\"state <> 'old'\")"


def _truncate(step: Step) -> Iterator[str]:
    for each in step.each(Truncate):
        for name in each.tables:
            if step.in_use(name) is not None:
                yield f"all rows of {name} are gone, and nobody reads or writes it meanwhile"


def _whole(run: Run) -> Iterator[Place]:
    for step in run.steps:
        for each in step.each(Rows):
            is_old = step.in_use(each.table) is not None and each.what in ("update", "delete")
            if is_old and not each.limited and (not each.filtered or run.is_large(each.table)):
                word = "is written" if each.what == "update" else "goes"
                yield Place(f"every row of {each.table} that matches {word} in one statement", step)


def _offset(step: Step) -> Iterator[str]:
    for each in step.each(Rows):
        if each.what in ("insert", "update", "delete") and (each.offset or (each.limited and not each.ordered)):
            yield f"a batch of {each.table} is chosen by {'OFFSET' if each.offset else 'LIMIT without an order'}"


def _new_rows_empty(run: Run) -> Iterator[Place]:
    """Tell of columns that are added and filled in one revision: no code that is running can fill them."""
    added = {(each.table, each.column.name) for step in run.steps for each in step.each(AddColumn)}
    for step in run.steps:
        for each in step.each(Rows):
            table = run.after.tables.get(each.table)
            if each.what != "update" or table is None or step.in_use(each.table) is None or table.triggers:
                continue
            for name in each.columns:
                column = table.columns.get(name)
                if column is not None and (each.table, name) in added and not (column.default or column.is_generated):
                    yield Place(f"rows that are inserted after it have no {each.table}.{name}", step)


def _drawn(step: Step) -> Iterator[str]:
    # The record of a backfill's progress says when that was, in the statement of the batch.
    own = {"clock_timestamp"} if PROGRESS in step.sql else set[str]()
    for each in step.each(Rows):
        drawn = sorted((set(each.functions) & set(_DRAWN) - own) | (set(each.values) & set(_OF_THE_RUN)))
        if each.what in ("insert", "update", "merge") and drawn:
            yield f"{', '.join(drawn)} gives other values in every database"


def _sleeps(step: Step) -> Iterator[str]:
    for each in step.each(Rows):
        if set(each.functions) & set(_SLEEPS):
            yield "the statement sleeps, with all locks that its transaction has"


RULES: Final = (
    Rule(
        id="L46",
        name="truncate",
        catches="TRUNCATE of a table in use",
        effect="ACCESS EXCLUSIVE, all rows gone, and readers in older snapshots see none.",
        safe="DELETE in batches (`in_batches`), or a new table that takes the other's place.",
        bad=Example(schema=ORDERS, sql=("TRUNCATE orders",)),
        good=Example(
            schema=ORDERS,
            sql=("> in_batches('DELETE FROM orders WHERE id IN (SELECT id FROM orders ORDER BY id LIMIT 1000)')",),
            transactional=False,
            phase="DATA",
        ),
        decide=by_step(_truncate),
    ),
    Rule(
        id="L47",
        name="update-or-delete-all",
        catches="UPDATE or DELETE of a whole table in one statement; with --stats, of any part of a large one",
        effect="Every row is locked until the commit, dead rows fill the table, standbys fall behind.",
        safe="`backfill(table, assignments, where=...)` in a data revision without transaction.",
        bad=Example(schema=ORDERS, sql=("UPDATE orders SET state = 'old'",), phase="DATA"),
        good=Example(schema=ORDERS, sql=(_BATCHED,), phase="DATA", transactional=False),
        decide=_whole,
    ),
    Rule(
        id="L49",
        name="backfill-not-keyset",
        catches="a batch that is chosen by OFFSET, or by LIMIT without an order",
        effect="Each batch reads all those before it again, and batches in no order lock rows crosswise.",
        safe="`backfill(...)` goes along the key; `in_batches` with ORDER BY and LIMIT.",
        bad=Example(
            schema=ORDERS,
            sql=("UPDATE orders SET state = 'old' WHERE id IN (SELECT id FROM orders LIMIT 1000)",),
            phase="DATA",
        ),
        good=Example(
            schema=ORDERS,
            sql=("UPDATE orders SET state = 'old' WHERE id IN (SELECT id FROM orders ORDER BY id LIMIT 1000)",),
            phase="DATA",
        ),
        decide=by_step(_offset),
    ),
    Rule(
        id="L50",
        name="backfill-no-trigger",
        catches="a column that is added and filled in one revision, without default and without trigger",
        effect="The code that is running knows nothing of it: rows inserted after the statement stay empty.",
        safe="A default or a trigger first; then fill.",
        bad=Example(
            schema=ORDERS,
            sql=(
                "> add_column('orders', 'kind', 'text')",
                "UPDATE orders SET kind = state WHERE kind IS NULL",
            ),
            transactional=False,
        ),
        good=Example(
            schema=ORDERS,
            sql=(
                "> add_column('orders', 'kind', \"text DEFAULT 'plain'\")",
                "UPDATE orders SET kind = state WHERE kind IS NULL",
            ),
            transactional=False,
        ),
        decide=_new_rows_empty,
    ),
    Rule(
        id="L70a",
        name="nondeterministic",
        catches="rows that are written with random(), gen_random_uuid() or the time of day",
        effect="Every database has other values, and a second run has others again.",
        safe="Fixed values, or ones that follow from the row.",
        bad=Example(
            schema=CUSTOMERS,
            sql=(
                "UPDATE customers SET name = 'c' || random() WHERE name = ''",
                "INSERT INTO customers VALUES (1, 'since ' || now())",
            ),
            phase="DATA",
        ),
        good=Example(
            schema=CUSTOMERS,
            sql=(
                "UPDATE customers SET name = 'c' || id WHERE name = ''",
                "INSERT INTO customers VALUES (1, 'since 2024-01-01')",
            ),
            phase="DATA",
        ),
        decide=by_step(_drawn),
    ),
    Rule(
        id="L70c",
        name="sleeps-in-sql",
        catches="pg_sleep",
        effect="Everybody behind the locks of the revision sleeps along.",
        safe="Leave it out: the runner waits where waiting is of use.",
        bad=Example(sql=("SELECT pg_sleep(0.01)",)),
        good=Example(sql=("SELECT 1",)),
        decide=by_step(_sleeps),
    ),
)
