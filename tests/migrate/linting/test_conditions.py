"""What rules see is what the server does, however a revision says it: in blocks, several statements at once, quoted."""

from __future__ import annotations

import pytest

from dbkit.migrate.linting.model import Example
from dbkit.migrate.linting.rules.schemas import CUSTOMERS, MEASURES, ORDERS
from tests.migrate.linting.conftest import Find

BOTH = f"{CUSTOMERS}; {ORDERS}"
ARCHIVE = "CREATE SCHEMA IF NOT EXISTS archive; CREATE TABLE IF NOT EXISTS archive.entries (id bigint)"
CHECK = "ADD CONSTRAINT ck CHECK (total >= 0)"
QUOTED = 'CREATE TABLE "Orders" (id bigint PRIMARY KEY, "Total" int CONSTRAINT ck CHECK ("Total" IS NOT NULL))'
NEXT = "CREATE TABLE measures_2025 (day date NOT NULL CHECK (day > '2020-01-01'), value numeric, PRIMARY KEY (day))"
ATTACH = "ALTER TABLE measures ATTACH PARTITION measures_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')"
QUOTED_NOT_NULL = 'ALTER TABLE "Orders" ALTER COLUMN "Total" SET NOT NULL'
PARTIAL = "CREATE INDEX ON orders (customer_id) WHERE"
KEY = "ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers"
WIDEN = """
CREATE FUNCTION widen() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE orders ALTER id TYPE numeric; END $$
"""
RANK, OLD = "ALTER TABLE orders ADD COLUMN rank int", "UPDATE orders SET state = 'old'"
VALIDATE, ON = "ALTER TABLE orders VALIDATE CONSTRAINT ck", "o.customer_id = c.id"
SWAP = """
ALTER TABLE orders RENAME TO old; ALTER TABLE old RENAME CONSTRAINT orders_pkey TO old_pkey;
ALTER TABLE other RENAME TO orders; ALTER TABLE orders RENAME CONSTRAINT other_pkey TO orders_pkey
"""
MOODS = "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE moods (id bigint PRIMARY KEY, mood mood)"
TWO_CHECKS = f"{ORDERS}; ALTER TABLE orders {CHECK}; ALTER TABLE orders ADD CONSTRAINT other CHECK (total >= 1)"
SET_NOT_NULL = "ALTER TABLE orders ALTER COLUMN total SET NOT NULL"


def block(statement: str) -> str:
    return f"DO $$ BEGIN {statement}; END $$"


def made_up(statement: str) -> str:
    """Return a block that puts its statement together, so that no reader of its text knows it."""
    first, _, rest = statement.partition(" ")
    return block(f"EXECUTE format('%s %s', $a${first}$a$, $a${rest}$a$)")


FOUND = [
    ("L05", BOTH, "ALTER TABLE customers ADD COLUMN rank int; ALTER TABLE orders ADD COLUMN rank int"),
    ("L05", BOTH, block(f"{RANK}; ALTER TABLE customers ADD COLUMN rank int")),
    ("L53", MOODS, "ALTER TYPE mood ADD VALUE 'calm' BEFORE 'sad'; INSERT INTO moods VALUES (1, 'calm')"),
    ("L58c", "", "CREATE TABLE t (id serial8 PRIMARY KEY)"),
    ("L69", "", "SET work_mem = '64MB'; SET LOCAL work_mem = '1MB'"),
    ("L24", ORDERS, f"ALTER TABLE orders {CHECK} NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT ck"),
    ("L24", ORDERS, f"ALTER TABLE orders {CHECK} NOT VALID, VALIDATE CONSTRAINT ck"),
    ("L48", ORDERS, "ALTER TABLE orders ADD kind text DEFAULT 'a'; UPDATE orders SET kind = 'b' WHERE id = 1"),
    ("L32", ORDERS, "ALTER TABLE orders ADD a int, ADD token uuid DEFAULT gen_random_uuid()"),
    ("L37", ORDERS, "ALTER TABLE orders ADD a int, ALTER customer_id TYPE numeric"),
    ("L07", ORDERS, block("CREATE INDEX ix ON orders (state)")),
    ("L07", ORDERS, block("EXECUTE 'CREATE INDEX ix ON orders (state)'")),
    ("L47", ORDERS, block("UPDATE orders SET state = 'old'")),
    ("L44", ORDERS, block("IF true THEN ALTER TABLE orders DROP COLUMN notes; END IF")),
    ("L03", ORDERS, made_up("CREATE INDEX ix ON orders (state)")),
    ("L03", ORDERS, made_up(f"ALTER TABLE orders {CHECK}")),
    ("L02", ORDERS, made_up("ALTER TABLE orders SET UNLOGGED")),
    ("L02", f"{ORDERS}; {WIDEN}", "SELECT widen()"),
    ("L28", ORDERS, f"{SET_NOT_NULL}, ALTER COLUMN notes SET STATISTICS 10"),
    ("L28", f"{ORDERS}; ALTER TABLE orders ADD CHECK (total IS NOT NULL OR notes IS NOT NULL)", SET_NOT_NULL),
    ("L28", QUOTED.replace('"Total" IS NOT', '"Total" > 0 OR "Total" IS'), QUOTED_NOT_NULL),
    ("L25", ORDERS, "ALTER TABLE orders ADD COLUMN code text CONSTRAINT uq_orders_code UNIQUE"),
    ("L26a", "CREATE TABLE logs (at timestamptz)", "ALTER TABLE logs ADD COLUMN id bigint CONSTRAINT pk PRIMARY KEY"),
    ("L21", f"{BOTH}; {PARTIAL} state = 'new'", f"ALTER TABLE orders {KEY} NOT VALID"),
    ("L16", f"{MEASURES}; {NEXT}", ATTACH),
    ("L36", f"CREATE DOMAIN w AS text; {CUSTOMERS}; ALTER TABLE customers ADD w w", "ALTER DOMAIN w SET NOT NULL"),
    ("L42", f"{ORDERS}; {ARCHIVE}; DROP TABLE IF EXISTS archive.orders", "ALTER TABLE orders SET SCHEMA archive"),
    ("L42", ORDERS, "ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk_orders"),
    ("L42", ORDERS, "ALTER INDEX orders_pkey RENAME TO pk_orders"),
    ("L04", f"{ORDERS}; ALTER TABLE orders {CHECK} NOT VALID", block(f"{RANK}; {VALIDATE}")),
    ("L04", ORDERS, block(f"{RANK}; CREATE TABLE copied AS SELECT * FROM orders")),
    ("L48", ORDERS, block(f"{RANK}; {OLD} WHERE id = 1")),
    ("L48", ORDERS, block(f"IF true THEN {RANK}; END IF; DELETE FROM orders WHERE id = 1")),
    ("L64", ORDERS, "ALTER TABLE IF EXISTS orders ADD COLUMN rank int"),
    ("L64", ORDERS, "ALTER TABLE IF EXISTS orders RENAME COLUMN notes TO note"),
    ("L64", ORDERS, block("CREATE TABLE IF NOT EXISTS copied AS SELECT * FROM orders")),
    ("L70a", CUSTOMERS, "INSERT INTO customers SELECT 1, gen_random_uuid()"),
    ("L70a", CUSTOMERS, "INSERT INTO customers VALUES (1, '') ON CONFLICT (id) DO UPDATE SET name = current_date"),
    ("L70a", BOTH, f"MERGE INTO customers c USING orders o ON {ON} WHEN MATCHED THEN UPDATE SET name = now()"),
    ("L47", ORDERS, "UPDATE orders SET state = 'old' WHERE 1 = 1"),
    ("L57", "", "CREATE TABLE t (id serial); ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (id)"),
    ("L61b", ARCHIVE, "CREATE INDEX ON archive.entries (id)"),
]  # fmt: skip
NOT_FOUND = [
    (QUOTED, QUOTED_NOT_NULL),
    (f"{ORDERS}; ALTER TABLE orders ADD CHECK (total IS NOT NULL AND total > 0)", SET_NOT_NULL),
    (f"{BOTH}; {PARTIAL} customer_id IS NOT NULL", f"ALTER TABLE orders {KEY} NOT VALID"),
    (ORDERS, "SET LOCAL lock_timeout = '0.5s'"),
    ("", "CREATE TABLE t (id bigint PRIMARY KEY); CREATE INDEX ix ON t ((id + 1)); REINDEX INDEX ix"),
    (ORDERS, "UPDATE orders SET state = 'old' WHERE id = 1; ALTER TABLE orders ALTER state SET NOT NULL"),
    (ORDERS, block("PERFORM 1 FROM orders; CREATE TABLE t (id bigint PRIMARY KEY)")),
    (ORDERS, block(f"{OLD} WHERE id = 1; {RANK}")),
    (ORDERS, block(f"{RANK}; ALTER TABLE orders ADD COLUMN place int")),
    (MOODS, "ALTER TYPE mood ADD VALUE 'calm' BEFORE 'sad'; ALTER TYPE mood ADD VALUE 'glad' AFTER 'calm'"),
    ("", "SET work_mem = '64MB'; RESET ALL"),
    ("", "SET work_mem = '64MB'; SET work_mem TO DEFAULT"),
    (ORDERS, block(f"ALTER TABLE orders ALTER notes SET STATISTICS 10; {OLD} WHERE id = 1")),
    (ORDERS, f"{OLD} WHERE placed_at < now()"),
    (TWO_CHECKS, "ALTER TABLE orders DROP CONSTRAINT ck; ALTER TABLE orders RENAME CONSTRAINT other TO ck"),
    (f"{ORDERS}; CREATE INDEX ix ON orders (state)", "ALTER INDEX ix RENAME TO ix_orders_state"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "schema", "statement"), FOUND, ids=[f"{each[0]}-{each[2][:60]}" for each in FOUND])
def test_it_is_found(find: Find, rule: str, schema: str, statement: str) -> None:
    found = {each.rule.id for each in find(Example(schema=schema, sql=(statement,), phase="DATA"))}
    assert rule in found


@pytest.mark.parametrize(("schema", "statement"), NOT_FOUND, ids=[each[1][:60] for each in NOT_FOUND])
def test_it_is_not_found(find: Find, schema: str, statement: str) -> None:
    assert find(Example(schema=schema, sql=(statement,), phase="CONTRACT")) == []


def test_a_scan_is_seen_without_a_transaction_too(find: Find) -> None:
    example = Example(schema=ORDERS, sql=("SELECT 1", SET_NOT_NULL), phase="CONTRACT", transactional=False)
    assert {each.rule.id for each in find(example)} == {"L28"}


def test_a_table_that_takes_the_place_of_another_has_its_constraints(find: Find) -> None:
    example = Example(schema=f"{ORDERS}; CREATE TABLE other (LIKE orders INCLUDING ALL)", sql=(SWAP,), phase="CONTRACT")
    assert {each.rule.id for each in find(example)} == {"L05"}


def test_a_value_of_a_type_that_is_new_itself_may_be_used(find: Find) -> None:
    made = "CREATE TYPE mood AS ENUM ('sad')", "ALTER TYPE mood ADD VALUE 'calm' BEFORE 'sad'"
    used = "CREATE TABLE moods (id bigint PRIMARY KEY, mood mood)", "INSERT INTO moods VALUES (1, 'calm')"
    assert {each.rule.id for each in find(Example(sql=(*made, *used)))} == {"L55"}


def test_a_block_holds_its_locks_without_a_transaction_too(find: Find) -> None:
    """They are gone when it can be looked at: what it says is believed."""
    gentle = block(f"ALTER TABLE orders ALTER notes SET STATISTICS 10; {OLD} WHERE id = 1")
    for statement, rules in ((block(f"{RANK}; {OLD} WHERE id = 1"), {"L48"}), (gentle, set[str]())):
        example = Example(schema=ORDERS, sql=(statement,), phase="CONTRACT", transactional=False)
        assert {each.rule.id for each in find(example)} == rules


@pytest.mark.parametrize("imports", ["from os import environ", "from os import path, getenv", "from uuid import uuid4"])
def test_what_is_read_is_seen_however_it_is_imported(find: Find, imports: str) -> None:
    assert {each.rule.id for each in find(Example(imports=imports, sql=("SELECT 1",)))} == {"L70b"}


def test_a_new_column_that_refers_to_a_large_table_is_found(find: Find) -> None:
    example = Example(
        schema=BOTH,
        sql=("ALTER TABLE orders ADD COLUMN payer_id bigint REFERENCES customers",),
        rows={"customers": 10**7},
    )
    assert {each.rule.id for each in find(example)} == {"L20", "L21"}
