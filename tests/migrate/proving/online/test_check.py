"""The check on lines: what it says of a revision, and what a waiver is worth."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dbkit.migrate.line import Line
from dbkit.migrate.proving.model import Outcome, Verdict
from dbkit.migrate.proving.online.check import Online
from dbkit.migrate.proving.subject import Bounds, Subject
from dbkit.migrate.proving.walking import Walk, subjects
from dbkit.testing.templates import Databases
from tests.migrate.lines import LineFolder

Prove = Callable[[], Outcome]

ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL)"
INDEX = "CREATE INDEX ix_orders_note ON orders (note)"


@pytest.fixture
def prove(line: LineFolder, server: Databases) -> Prove:
    """Ask whether the last revision of the test's line is online."""

    def prove() -> Outcome:
        read = Line.read(line.folder)
        assert read.head is not None
        walk = Walk(line=read, revisions=(read.head,), bounds=Bounds(rows=200), dev_url=server.url_for("postgres"))
        (outcome,) = [Online().prove(found) for found in subjects(walk) if isinstance(found, Subject)]
        return outcome

    return prove


def test_what_grows_is_a_fault_and_what_callers_saw_is_kept(line: LineFolder, prove: Prove) -> None:
    line.add("create_orders", ORDERS)
    line.add("index_orders", INDEX)
    found = prove()
    assert found.verdict is Verdict.FAILED
    (growing,) = found.findings
    assert growing.statement == INDEX
    assert growing.what.startswith("it works through 200 rows, and 800 where there are 4 times as many, while it holds")
    assert set(found.figures) == {
        f"longest_{kind}_with_{rows}_rows_milliseconds" for kind in ("read", "write") for rows in (200, 800)
    }
    assert [each.name for each in found.series] == ["reads", "writes"]
    assert found.notes == ("beside callers of orders",)


def test_a_waiver_holds_up_to_its_rows(line: LineFolder, prove: Prove) -> None:
    line.add("create_orders", ORDERS)
    id = line.add("index_orders", INDEX)
    (line.folder / "prove.toml").write_text(
        f'[[waive]]\ncheck = "online"\nrevisions = ["{id}"]\nrows_max = 500\nreason = "Orders are few."\n'
    )
    found = prove()
    assert (found.verdict, found.reason, found.findings) == (Verdict.WAIVED, "up to 500 rows: Orders are few.", ())
    assert set(found.figures) == {f"longest_{kind}_with_500_rows_milliseconds" for kind in ("read", "write")}


def test_what_touches_no_table_stops_nobody(line: LineFolder, prove: Prove) -> None:
    line.add("create_orders", ORDERS)
    line.add("create_notes", "CREATE TABLE notes (id bigint PRIMARY KEY)")
    found = prove()
    assert (found.verdict, found.notes) == (Verdict.PASSED, ("it touches no table that was there",))


def test_a_revision_that_refuses_rows_is_no_pass(line: LineFolder, prove: Prove) -> None:
    line.add("create_orders", ORDERS)
    line.add("add_rank", "ALTER TABLE orders ADD COLUMN rank int NOT NULL")
    found = prove()
    assert found.verdict is Verdict.COULD_NOT_RUN
    assert "NotNullViolation" in found.reason


def test_what_a_contract_takes_away_nobody_calls(line: LineFolder, prove: Prove) -> None:
    line.add("create_orders", "CREATE TABLE orders (id bigint PRIMARY KEY, note text, spare text)")
    line.add("drop_spare", "ALTER TABLE orders DROP COLUMN spare", phase="CONTRACT")
    found = prove()
    assert (found.verdict, found.findings) == (Verdict.PASSED, ())
    assert found.notes == ("beside callers of orders",)


IN_STEP = (
    """
    CREATE FUNCTION step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN new.size_number := new.size::int; new.size_unit := 'm'; RETURN new; END $$
    """,
    "CREATE TRIGGER step BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION step()",
    "ALTER TABLE orders ADD CONSTRAINT number CHECK (size_number IS NOT NULL AND size_unit IS NOT NULL) NOT VALID",
    "ALTER TABLE orders ADD CONSTRAINT unit CHECK (size_unit IN ('m', 'km')) NOT VALID",
)
FILL = (
    ">in_ranges('UPDATE orders SET size = size WHERE id > :after AND id <= :upto', table='orders', key='id', rows=50)"
)


def test_a_backfill_has_the_rows_that_it_is_for(line: LineFolder, prove: Prove) -> None:
    line.add(
        "create_orders",
        "CREATE TABLE orders (id bigint PRIMARY KEY, size text NOT NULL CHECK (size IN ('1', '2')), size_number int,"
        " size_unit text)",
        *IN_STEP,
    )
    line.add("fill", FILL, transactional=False, phase="DATA")
    found = prove()
    assert (found.verdict, found.findings, found.notes) == (Verdict.PASSED, (), ("beside callers of orders",))


def test_many_rows_fit_what_a_revision_adds(line: LineFolder, prove: Prove) -> None:
    line.add("create_orders", ORDERS)
    line.add("require", "ALTER TABLE orders ADD CONSTRAINT notes CHECK (note IN ('large', 'small'))")
    found = prove()
    (growing,) = found.findings
    assert growing.what.startswith("it works through 200 rows, and 800 where there are 4 times as many, while it holds")


def test_many_rows_come_along_where_none_of_now_fit(line: LineFolder, prove: Prove) -> None:
    line.add("create_orders", ORDERS)
    check = "CHECK (length IS NOT NULL AND length = length(note)) NOT VALID"
    line.add(
        "add_length", "ALTER TABLE orders ADD COLUMN length int", f"ALTER TABLE orders ADD CONSTRAINT length {check}"
    )
    line.add("fill", "UPDATE orders SET length = length(note)", phase="DATA")
    line.tables(*"abcdef")
    line.add("validate", "ALTER TABLE orders VALIDATE CONSTRAINT length", phase="CONTRACT")
    found = prove()
    assert (found.verdict, found.findings, found.notes) == (Verdict.PASSED, (), ("beside callers of orders",))


def test_many_rows_are_as_old_as_is_told(line: LineFolder, prove: Prove) -> None:
    line.add("create_orders", ORDERS)
    line.add("add_state", "ALTER TABLE orders ADD COLUMN state text")
    line.add("fill", "UPDATE orders SET state = 'new'", phase="DATA")
    id = line.add("fill_the_rest", "UPDATE orders SET state = 'new' WHERE state IS DISTINCT FROM 'new'", phase="DATA")
    (found,) = prove().findings
    assert found.what.startswith("it changes 200 rows, and 800")
    (line.folder / "prove.toml").write_text(
        f'[[rows]]\nrevisions = ["{id}"]\nmade_before = "fill"\nreason = "Nothing writes them since."\n'
    )
    assert prove().verdict is Verdict.PASSED
