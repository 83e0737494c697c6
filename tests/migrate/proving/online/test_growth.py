"""Revisions that stop others the longer the more rows there are, and the safe forms of them, in which nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from dbkit.migrate.header import Lock
from dbkit.migrate.proving.online.judging import FACTOR, Measured, growth
from dbkit.migrate.proving.online.loading import Load
from tests.migrate.lines import LineFolder
from tests.migrate.proving.online.conftest import Count

ROWS = 300
RANGES = '>in_ranges("{} WHERE id > :after AND id <= :upto", table="orders", key="id", rows=50)'
SCHEMA = (
    "CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL)",
    """CREATE TABLE orders (
        id bigint PRIMARY KEY, customer_id bigint NOT NULL, note text NOT NULL, quantity int NOT NULL, state text
    )""",
    "CREATE INDEX ix_orders_note ON orders (note)",
)


class Form(NamedTuple):
    """What is to be done in one step that stops others, on which tables and by which lock, and in steps that do not.

    A step that begins with `>` has no transaction.
    """

    unsafe: str
    safe: Sequence[str]
    lock: Lock | None = Lock.ACCESS_EXCLUSIVE
    tables: str = "orders"


FORMS = {
    "a column with a volatile default": Form(
        "ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid()",
        [
            "ALTER TABLE orders ADD COLUMN token uuid",
            "ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid()",
        ],
    ),
    "a column that must not be empty": Form(
        "ALTER TABLE orders ALTER COLUMN state SET NOT NULL",
        [
            "ALTER TABLE orders ADD CONSTRAINT state CHECK (state IS NOT NULL) NOT VALID",
            "ALTER TABLE orders VALIDATE CONSTRAINT state",
            "ALTER TABLE orders ALTER COLUMN state SET NOT NULL",
        ],
    ),
    "a check": Form(
        "ALTER TABLE orders ADD CONSTRAINT quantity CHECK (quantity >= 0)",
        [
            "ALTER TABLE orders ADD CONSTRAINT quantity CHECK (quantity >= 0) NOT VALID",
            "ALTER TABLE orders VALIDATE CONSTRAINT quantity",
        ],
    ),
    "a reference": Form(
        "ALTER TABLE customers ADD CONSTRAINT one FOREIGN KEY (id) REFERENCES orders",
        [
            "ALTER TABLE customers ADD CONSTRAINT one FOREIGN KEY (id) REFERENCES orders NOT VALID",
            "ALTER TABLE customers VALIDATE CONSTRAINT one",
        ],
        Lock.SHARE_ROW_EXCLUSIVE,
        "customers, orders",
    ),
    "an index": Form(
        "CREATE INDEX ix_orders_state ON orders (state)",
        [">create_index_concurrently('ix_orders_state', 'orders (state)')"],
        Lock.SHARE,
    ),
    "a unique key": Form(
        "ALTER TABLE orders ADD CONSTRAINT uq_orders_note UNIQUE (note)",
        [
            ">create_unique_index_concurrently('uq_orders_note', 'orders (note)')",
            ">unique_using_index('orders', 'uq_orders_note')",
        ],
    ),
    "another type": Form(
        "ALTER TABLE orders ALTER COLUMN quantity TYPE bigint",
        [
            "ALTER TABLE orders ADD COLUMN amount bigint",
            RANGES.format("UPDATE orders SET amount = quantity"),
        ],
    ),
    "values for all rows": Form(
        "UPDATE orders SET state = 'new'",
        [RANGES.format("UPDATE orders SET state = 'new'")],
        None,
    ),
    "an index built anew": Form(
        "REINDEX INDEX ix_orders_note",
        [">op.execute('REINDEX INDEX CONCURRENTLY ix_orders_note')"],
    ),
    "a check that is held against all rows at once": Form(
        "ALTER TABLE orders ADD CONSTRAINT quantity CHECK (quantity >= 0) NOT VALID;"
        " ALTER TABLE orders VALIDATE CONSTRAINT quantity",
        [
            "ALTER TABLE orders ADD CONSTRAINT quantity CHECK (quantity >= 0) NOT VALID",
            "ALTER TABLE orders VALIDATE CONSTRAINT quantity",
        ],
    ),
    "rows deleted": Form(
        "DELETE FROM orders",
        [RANGES.format("DELETE FROM orders")],
        None,
    ),
}


def write(line: LineFolder, *steps: str) -> None:
    line.add("create_tables", *SCHEMA)
    for number, step in enumerate(steps):
        is_online = step.startswith(">")
        phase = "CONTRACT" if "SET NOT NULL" in step else "EXPAND"
        line.add(
            f"step_{number}", *([step] if is_online else step.split("; ")), transactional=not is_online, phase=phase
        )


def found(count_stops: Count) -> list[list[str]]:
    """Return what grows, for each revision."""
    nobody = Load((), 0.0, 0.0)
    pairs = zip(count_stops(ROWS), count_stops(ROWS * FACTOR), strict=True)
    return [
        [
            each.what
            for each in growth(
                Measured(ROWS, few, nobody),
                Measured(ROWS * FACTOR, many, nobody),
                is_one_transaction=revision.header.transactional,
            )
        ]
        for (revision, few), (_, many) in pairs
    ]


@pytest.mark.parametrize("what", FORMS)
def test_what_grows_with_the_table_is_found(what: str, line: LineFolder, count_stops: Count) -> None:
    form = FORMS[what]
    write(line, form.unsafe)
    (words,) = found(count_stops)
    assert len(words) == 1
    expected = (
        f"it changes {ROWS} rows, and {ROWS * FACTOR}"
        if form.lock is None
        else f"holds {form.lock.value} on {form.tables}:"
    )
    assert expected in words[0]
    assert ("readers and writers wait" in words[0]) is (form.lock is Lock.ACCESS_EXCLUSIVE)


@pytest.mark.parametrize("what", FORMS)
def test_its_safe_form_does_not(what: str, line: LineFolder, count_stops: Count) -> None:
    form = FORMS[what]
    write(line, *form.safe)
    assert found(count_stops) == [[] for _ in form.safe]


def test_a_backfill_of_a_table_that_is_smaller_than_a_batch_does_not(line: LineFolder, count_stops: Count) -> None:
    write(line, ">backfill('orders', \"state = 'new'\", where=\"state <> 'new'\")")
    assert found(count_stops) == [[]]
