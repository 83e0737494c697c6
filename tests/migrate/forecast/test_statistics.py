"""Statistics: what is read of a live database, how its server is measured, and which files are refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from dbkit.migrate.forecast.calibrating import calibrate
from dbkit.migrate.forecast.planning import Wanted, calibrated, plan, plan_from_files, statistics
from dbkit.migrate.forecast.sizes import ColumnSize, IndexSize, TableSize
from dbkit.migrate.forecast.statistics import Origin, Statistics
from dbkit.migrate.forecast.text import forecast_text
from dbkit.migrate.runner import apply
from dbkit.migrate.trace.writing import trace_line
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid, PermissionDenied
from tests.cli.run import Command
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, has

FIRST = "20240101000001"
ROWS = 5_000


@pytest.fixture
def filled(line: LineFolder, connection: Connection, postgres_url: str, server: Databases) -> str:
    """A database at the first of two revisions, with rows; the line is traced."""
    line.add("table", "CREATE TABLE t (id bigint PRIMARY KEY, code text, gone timestamptz)", "CREATE TABLE o (id int)")
    line.add("index", "CREATE INDEX ix ON t (code) WHERE gone IS NOT NULL", "ALTER TABLE o ADD v int")
    trace_line(line.folder, dev_url=server.url_for("postgres"))
    apply(postgres_url, line=line.folder, count=1)
    fill = "INSERT INTO t SELECT n, md5(n::text), CASE WHEN n %% 4 = 0 THEN now() END FROM generate_series(1, %s) n"
    connection.execute(fill, (ROWS,))
    connection.execute("CREATE UNIQUE INDEX uq ON t (lower(code), id) WHERE gone IS NULL")
    connection.execute("ANALYZE")
    return postgres_url


@pytest.fixture
def reader(connection: Connection, filled: str) -> Iterator[str]:
    """The URL of a role that may read the version table, and no other."""
    role = f"reader_{uuid4().hex[:12]}"
    connection.execute(f"CREATE ROLE {role} LOGIN".encode())
    connection.execute(f"GRANT SELECT ON alembic_version TO {role}".encode())
    try:
        yield f"{filled}{'&' if '?' in filled else '?'}user={role}"
    finally:
        connection.execute(f"DROP OWNED BY {role}".encode())
        connection.execute(f"DROP ROLE {role}".encode())


def test_columns_and_indexes(line: LineFolder, filled: str, connection: Connection) -> None:
    found = statistics(filled, line=line.folder)
    table = found.tables["t"]
    assert (table.rows, list(table.columns)) == (ROWS, ["id", "code", "gone"])
    assert table.columns["code"] == ColumnSize("text", 33, 0.0, -1.0, table.columns["code"].correlation)
    assert table.columns["gone"].nulls == pytest.approx(0.75, abs=0.01)
    unique = table.indexes["uq"]
    assert unique == IndexSize(("", "id"), unique.bytes, unique=True, partial=True)
    assert (found.hidden, found.sort_bytes, found.buffer_bytes) == ((), 64 * 2**20, found.server.buffer_bytes)
    row = connection.execute("SELECT current_database(), system_identifier::text FROM pg_control_system()").fetchone()
    assert (found.origin.name, found.origin.system) == row
    assert found.origin.fingerprint.startswith("f1:")


def test_a_file_and_back(line: LineFolder, filled: str, tmp_path: Path) -> None:
    found = calibrated(filled, statistics(filled, line=line.folder), rows=2_000)
    path = tmp_path / "sizes.json"
    path.write_text(json.dumps(found.as_json()))
    assert Statistics.load(path) == found
    assert found.rates is not None


def test_a_calibration_leaves_nothing(filled: str, connection: Connection) -> None:
    rates = calibrate(connection, 2_000)
    assert all(seconds > 0 for seconds in rates.as_json().values())
    assert rates.scan_row < rates.update_row
    assert not has(connection, "dbkit_calibration")


def test_measured_rates_make_times_narrow(line: LineFolder, filled: str) -> None:
    found = calibrated(filled, statistics(filled, line=line.folder), rows=2_000)
    known = plan(filled, Wanted(), line=line.folder, sizes=found)
    guessed = plan(filled, Wanted(), line=line.folder)
    (work,), (guess,) = (each.revisions[0].statements[0].works for each in (known, guessed))
    assert work.seconds is not None
    assert guess.seconds is not None
    assert work.seconds.high / work.seconds.low == pytest.approx(4)
    assert guess.seconds.high / guess.seconds.low > 8
    assert "right within a factor of two" in forecast_text(known)
    # A quarter of the rows, as the empty ones of its column say.
    assert work.disk is not None
    whole = TableSize(ROWS, 1, 1).rows or 0
    assert 0 < work.disk.kept.high < whole * 60 / 2


def test_a_role_that_sees_half_of_it_is_told(line: LineFolder, reader: str) -> None:
    found = statistics(reader, line=line.folder)
    assert found.hidden == ("o", "t")
    assert found.tables["t"].columns["code"] == ColumnSize("text")
    assert found.tables["t"].rows == ROWS
    told = forecast_text(plan(reader, Wanted(), line=line.folder))
    assert "the role may not see the columns of o, t: widths of values there are guessed" in told


def test_a_role_that_does_not_see_the_schema_is_refused(line: LineFolder, reader: str, connection: Connection) -> None:
    connection.execute("CREATE SCHEMA closed")
    with pytest.raises(PermissionDenied, match="may not use the schema closed"):
        plan(f"{reader}&options=-csearch_path%3Dclosed%2Cpublic", Wanted(), line=line.folder)


def test_a_table_that_nobody_saw_is_no_empty_one(line: LineFolder, filled: str, connection: Connection) -> None:
    connection.execute("DROP TABLE o")
    connection.execute("ALTER TABLE t RENAME TO elsewhere")
    forecast = plan(filled, Wanted(), line=line.folder)
    (revision,) = forecast.revisions
    assert (revision.unseen, revision.seconds, revision.disk_bytes) == (("o", "t"), None, None)
    assert "nobody saw o, t, and no revision makes it: what is done there is left open" in forecast_text(forecast)


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("20230505050505", "at the revision 20230505050505, which this line does not have"),
        (None, "has tables and is at no revision of any line"),
    ],
)
def test_sizes_of_another_line_are_refused(line: LineFolder, filled: str, revision: str | None, told: str) -> None:
    origin = Origin("7123", "shop", "public")
    sizes = Statistics("postgresql://db.internal/shop", revision, {"t": TableSize(1, 1, 1)}, origin)
    with pytest.raises(ConfigurationInvalid, match=told) as refused:
        plan_from_files(None, Wanted(), line=line.folder, sizes=sizes)
    assert "postgresql://db.internal/shop, schema public of shop on the server 7123" in str(refused.value)
    with pytest.raises(ConfigurationInvalid, match=told):
        plan(filled, Wanted(), line=line.folder, sizes=sizes)


def test_sizes_of_another_schema_at_the_same_revision_are_refused(
    line: LineFolder, filled: str, connection: Connection
) -> None:
    sizes = statistics(filled, line=line.folder)
    assert plan(filled, Wanted(), line=line.folder, sizes=sizes).sizes_of == sizes.database
    connection.execute("ALTER TABLE t ADD COLUMN by_hand int")
    with pytest.raises(ConfigurationInvalid, match=f"another one than that of .* at the same revision {FIRST}"):
        plan(filled, Wanted(), line=line.folder, sizes=sizes)


def test_the_command(dbkit: Command, line: LineFolder, filled: str, tmp_path: Path) -> None:
    run = dbkit(f"migrate statistics {filled} --line {line.folder}")
    assert (run.code, run.err) == (0, "")
    path = tmp_path / "sizes.json"
    path.write_text(run.out)
    assert Statistics.load(path).tables["t"].rows == ROWS
    planned = dbkit(f"migrate plan --stats {path} --line {line.folder} --json")
    (revision,) = json.loads(planned.out)["revisions"]
    assert revision["kept_bytes"][1] > 0
    document = json.loads(run.out) | {"revision": "20230505050505"}
    path.write_text(json.dumps(document))
    refused = dbkit(f"migrate plan --stats {path} --line {line.folder}")
    assert (refused.code, "which this line does not have" in refused.err) == (2, True)


def test_a_plan_of_a_database_behind_the_sizes_reads_on(line: LineFolder, filled: str) -> None:
    sizes = statistics(filled, line=line.folder)
    (first, _) = plan_from_files("base", Wanted(), line=line.folder, sizes=sizes).revisions
    assert first.unseen == ()


def test_the_largest_table_says_how_fast_the_disk_is(connection: Connection) -> None:
    connection.execute("CREATE TABLE large (note text)")
    connection.execute("INSERT INTO large SELECT repeat('x', 1900) FROM generate_series(1, 20000)")
    connection.execute("VACUUM ANALYZE large")
    assert calibrate(connection, 2_000).read_byte >= 0.25e-9


def test_a_role_that_may_not_make_tables_is_refused(line: LineFolder, reader: str) -> None:
    found = statistics(reader, line=line.folder)
    with pytest.raises(PermissionDenied):
        calibrated(reader, found)
    with psycopg.connect(reader) as connection:
        assert connection.execute("SELECT to_regclass('dbkit_calibration')").fetchone() == (None,)
