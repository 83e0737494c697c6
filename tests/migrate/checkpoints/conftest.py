from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from dbkit.migrate.checkpoints import writing
from dbkit.migrate.checkpoints.writing import Made, write_checkpoint
from dbkit.testing.templates import Databases
from tests.cli.conftest import dbkit
from tests.fix_server import database_url
from tests.migrate.foreign.conftest import small
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection

__all__ = ["dbkit", "small"]

Write = Callable[..., Made]

_SHOP = (
    "CREATE TYPE mood AS ENUM ('glad', 'sad')",
    """CREATE TABLE customers (
         id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         "e Mail" text NOT NULL UNIQUE, mood mood NOT NULL DEFAULT 'sad',
         state varchar(10) NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'old')), score int,
         token uuid NOT NULL DEFAULT gen_random_uuid(), since timestamptz NOT NULL DEFAULT clock_timestamp(),
         CONSTRAINT ck_customers_score
           CHECK (score BETWEEN 1 AND 10 AND score % 2 = 0 OR (score > 99 OR score IS NULL)))""",
    "COMMENT ON COLUMN customers.score IS 'Ten; -- or CREATE SCHEMA dbkit.'",
    """INSERT INTO customers ("e Mail", score) VALUES ('o''neil@example.com', NULL), ('b\\c@example.com', 4)""",
)
_ORDERS = (
    "CREATE SEQUENCE order_numbers START 1000",
    """CREATE TABLE orders (number bigint NOT NULL DEFAULT nextval('order_numbers'), day date NOT NULL,
         customer bigint REFERENCES customers, twice bigint GENERATED ALWAYS AS (number * 2) STORED,
         PRIMARY KEY (number, day)) PARTITION BY RANGE (day)""",
    "CREATE TABLE orders_rest PARTITION OF orders DEFAULT",
    "INSERT INTO orders (day, customer) SELECT '2024-01-01', id FROM customers",
    "CREATE FUNCTION count_orders() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM orders'",
    """CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
SET LOCAL lock_timeout = 0;
-- Name: nothing; Type: TABLE
NEW.score := coalesce(NEW.score, 2); RETURN NEW;
END $body$""",
    "CREATE TRIGGER touch BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION touch()",
    "CREATE VIEW busy AS SELECT c.id, count(*) FROM customers c JOIN orders o ON o.customer = c.id GROUP BY c.id",
    "ALTER TABLE customers ADD CONSTRAINT ck_customers_later CHECK (score <> 7) NOT VALID",
    "ALTER TABLE customers ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY all_of_them ON customers USING (true)",
    "CREATE STATISTICS moods ON mood, score FROM customers",
)


@pytest.fixture(scope="session")
def made_shop(tmp_path_factory: pytest.TempPathFactory, server: Databases) -> tuple[Path, Made]:
    """A line of four revisions with something of each kind, and rows in it, and its checkpoint; nobody changes them."""
    line = LineFolder(tmp_path_factory.mktemp("shop"))
    line.add("create_customers", *_SHOP)
    line.add("create_orders", *_ORDERS)
    line.add("index", ">create_index_concurrently('ix_mood', 'customers (mood) WHERE score > 2')", transactional=False)
    line.add("rename", "ALTER TABLE orders RENAME COLUMN customer TO customer_id", undo=("SELECT 1",))
    with database_url(server) as url:
        return line.folder, write_checkpoint(line=line.folder, dev_url=url)


@pytest.fixture
def shop(made_shop: tuple[Path, Made], line: LineFolder) -> LineFolder:
    """A copy of the shop's line and its checkpoint."""
    shutil.copytree(made_shop[0], line.folder, dirs_exist_ok=True)
    return line


@pytest.fixture
def other_url(server: Databases) -> Iterator[str]:
    """Another empty database."""
    with database_url(server) as url:
        yield url


@pytest.fixture
def other(other_url: str) -> Iterator[Connection]:
    with psycopg.connect(other_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def write(line: LineFolder, other_url: str, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a checkpoint, proved on the version of the tests' server alone."""
    monkeypatch.setattr(writing, "_MAJORS", ())
    return lambda revision=None: write_checkpoint(revision, line=line.folder, dev_url=other_url)
