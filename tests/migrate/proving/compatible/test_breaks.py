"""Changes of a schema that break the code that runs meanwhile, each with the statements that it breaks; and others."""

from __future__ import annotations

import pytest

from dbkit.migrate.proving.compatible.script import read_script
from tests.migrate.proving.compatible.conftest import Judge

SCHEMA = (
    "CREATE TYPE size AS ENUM ('small', 'large', 'huge')",
    "CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, spare text)",
    """CREATE TABLE orders (
        id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, note text, size size,
        state text NOT NULL CONSTRAINT state CHECK (state IN ('new', 'paid')), quantity int NOT NULL DEFAULT 1
    )""",
)
STATEMENTS = """
-- orders.find
SELECT id, note, state FROM orders WHERE id = $1;
-- orders.create
INSERT INTO orders (id, customer_id, state, size) VALUES ($1, $2, $3, $4) RETURNING id;
-- orders.update
UPDATE orders SET state = $1, size = $2, note = $3 WHERE id = $4;
-- orders.add
UPDATE orders SET quantity = quantity + $1 WHERE id = $2 RETURNING quantity;
-- customers.find
SELECT id, name FROM customers WHERE id = $1;
"""
NEW_SIZES = (
    "ALTER TYPE size RENAME TO size_before",
    "CREATE TYPE size AS ENUM ('small', 'large')",
    "ALTER TABLE orders ALTER COLUMN size TYPE size USING size::text::size",
    "DROP TYPE size_before",
)
CHECK = "ALTER TABLE orders DROP CONSTRAINT state, ADD CONSTRAINT state CHECK (state IN ({}))"
BREAKS = {
    "a read column dropped": (
        ["ALTER TABLE orders DROP COLUMN note"],
        ["orders.find fails: 42703", "orders.update fails: 42703"],
    ),
    "a required column added": (
        ["ALTER TABLE orders ADD COLUMN rank int NOT NULL"],
        ["orders.create fails: 23502 NotNullViolation of column rank"],
    ),
    "a column renamed": (
        ["ALTER TABLE orders RENAME COLUMN quantity TO amount"],
        ["orders.add fails: 42703"],
    ),
    "a table renamed": (["ALTER TABLE customers RENAME TO buyers"], ["customers.find fails: 42P01"]),
    "a check narrowed": (
        [CHECK.format("'new'")],
        ["orders.create with a value of state", "orders.update with a value of state"],
    ),
    "an enum's value removed": (
        [*NEW_SIZES],
        ["orders.create with size huge fails: 22P02", "orders.update with size huge fails: 22P02"],
    ),
    "a type changed": (
        ["ALTER TABLE orders ALTER COLUMN quantity TYPE bigint"],
        ["orders.add gets bigint where it got integer"],
    ),
    "a column that must not be empty any more": (
        ["ALTER TABLE orders ALTER COLUMN note SET NOT NULL"],
        ["orders.create fails: 23502", "orders.update fails: 23502"],
    ),
    "a limit on a length": (
        ["ALTER TABLE orders ADD CONSTRAINT note CHECK (length(note) <= 200) NOT VALID"],
        ["orders.update with a value of note that it could have before fails: 23514"],
    ),
}
SAFE = {
    "a column added": ["ALTER TABLE orders ADD COLUMN rank int"],
    "a column with a default added": ["ALTER TABLE orders ADD COLUMN rank int NOT NULL DEFAULT 0"],
    "a column dropped that nobody reads": ["ALTER TABLE customers DROP COLUMN spare"],
    "a table renamed behind a view": [
        "ALTER TABLE customers RENAME TO buyers",
        "CREATE VIEW customers AS SELECT id, name FROM buyers",
    ],
    "a check widened": [CHECK.format("'new', 'paid', 'gone'")],
    "a value added to an enum": ["ALTER TYPE size ADD VALUE 'tiny' BEFORE 'small'"],
    "an index": ["CREATE INDEX ix_orders_note ON orders (note)"],
    "a text without limit": ["ALTER TABLE customers ALTER COLUMN name TYPE varchar"],
}


STATEMENT_SET = read_script(STATEMENTS)


@pytest.mark.parametrize("what", BREAKS)
def test_a_break_is_found_with_its_statements(what: str, judged: Judge) -> None:
    changes, expected = BREAKS[what]
    found = judged(STATEMENT_SET, SCHEMA, changes)
    assert len(found.findings) == len(expected)
    assert all(each.what.startswith(words) for each, words in zip(found.findings, expected, strict=True))
    assert all(each.statement in STATEMENTS for each in found.findings)


@pytest.mark.parametrize("what", SAFE)
def test_what_breaks_nothing_passes(what: str, judged: Judge) -> None:
    found = judged(STATEMENT_SET, SCHEMA, SAFE[what])
    assert (found.findings, found.unknown) == ((), ())
    assert found.run + found.untouched == len(STATEMENT_SET.statements)
