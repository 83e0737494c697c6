"""Rates of a server at its best, measured on it: tables of its own in one transaction, which is rolled back.

Nothing of it stays, however it ends, but the WAL. How fast the disk is a part of the largest table says, which is read
once, unless all of it is in the server's buffers. A server is asked with its own settings, parallel workers and memory
of sorts among them.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Final, LiteralString

from psycopg import sql

from dbkit.migrate.forecast.rates import Rates
from dbkit.migrate.session import Connection

__all__ = ["ROWS", "calibrate"]

ROWS: Final = 200_000
"""How many rows the narrow table has unless said; the wide one has a tenth of them."""

_ROUNDS: Final = 3
_SECONDS_MAX: Final = 120
_LEAST: Final = 1e-10
"""What was too little to be seen above the noise: a tenth of a nanosecond."""

_NARROW: LiteralString = """
CREATE TABLE dbkit_calibration (id int NOT NULL, few int NOT NULL, number int NOT NULL, words text NOT NULL,
                                amount numeric NOT NULL)
"""
_FILL: LiteralString = """
INSERT INTO dbkit_calibration
SELECT n, n / 20, hashint4(n), md5(n::text), (hashint8(n)::numeric / 1000) FROM generate_series(1, %s) n
"""
_WIDE: LiteralString = """
CREATE TABLE dbkit_calibration_wide (id int NOT NULL, number int NOT NULL, note text NOT NULL)
"""
_FILL_WIDE: LiteralString = """
INSERT INTO dbkit_calibration_wide SELECT n, n, repeat(md5(n::text), 30) FROM generate_series(1, %s) n
"""
_KEYS: LiteralString = "CREATE TABLE dbkit_calibration_keys AS SELECT generate_series(0, %s / 20) AS id"
_LARGEST: LiteralString = """
SELECT c.relname::text, c.relpages FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relpages >= 4096
  AND has_table_privilege(c.oid, 'SELECT') AND NOT row_security_active(c.oid)
ORDER BY c.relpages DESC LIMIT 1
"""
_READ: LiteralString = """
EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON)
SELECT count(*) FROM {table} WHERE ctid >= {first}::tid AND ctid < {last}::tid
"""
_READ_PAGES_MAX, _READ_PAGES_MIN = 16_384, 512
_PAGE_BYTES: Final = 8192
_CACHED_BYTE: Final = 0.25e-9
"""What a byte takes that the operating system has in memory, where no table is large enough to tell."""
_SIZE: LiteralString = "SELECT pg_table_size(%s::regclass)"
_ANALYZE: LiteralString = "ANALYZE dbkit_calibration, dbkit_calibration_wide, dbkit_calibration_keys"


@dataclass(frozen=True, slots=True)
class _Table:
    rows: int
    bytes: int


def calibrate(connection: Connection, rows: int = ROWS) -> Rates:
    """Measure the rates of a server, in some seconds and with about 3.5 kB of WAL a row.

    The role needs CREATE on the schema. The connection is in autocommit. Raises what the server raises.
    """
    with connection.transaction(force_rollback=True):
        connection.execute(b"SET LOCAL statement_timeout = '%ds'" % _SECONDS_MAX)
        bench = _Bench.make(connection, rows)
        for _ in range(_ROUNDS):
            bench.measure()
        found = bench.rates(_read_byte(connection))
    # As a file has them.
    return Rates.from_json(found.as_json())


class _Bench:
    """Two tables to measure with: one of many rows, one of wide ones."""

    def __init__(self, connection: Connection, narrow: _Table, wide: _Table) -> None:
        self._connection = connection
        self._narrow = narrow
        self._wide = wide
        self._seconds: dict[str, float] = {}

    @classmethod
    def make(cls, connection: Connection, rows: int) -> _Bench:
        """Make the tables."""
        few = max(rows // 10, 1)
        connection.execute(_NARROW)
        connection.execute(_FILL, (rows,))
        connection.execute(_WIDE)
        connection.execute(_FILL_WIDE, (few,))
        connection.execute(_KEYS, (rows,))
        connection.execute("ALTER TABLE dbkit_calibration_keys ADD PRIMARY KEY (id)")
        connection.execute(_ANALYZE)
        return cls(connection, _table(connection, "", rows), _table(connection, "_wide", few))

    def measure(self) -> None:
        """Do each kind of work once, with the tables as they were before; of each the fastest time counts."""
        self._do("scan", "ALTER TABLE dbkit_calibration ADD CHECK (true)")
        self._do("wide scan", "ALTER TABLE dbkit_calibration_wide ADD CHECK (true)")
        self._do("check", "ALTER TABLE dbkit_calibration ADD CHECK (number <> 1)")
        self._do("rewrite", "ALTER TABLE dbkit_calibration ALTER number TYPE bigint")
        self._do("wide rewrite", "ALTER TABLE dbkit_calibration_wide ALTER number TYPE bigint")
        for column in ("id", "number", "words", "amount"):
            self._do(column, f"CREATE INDEX ON dbkit_calibration ({column})")
        key = "ALTER TABLE dbkit_calibration ADD PRIMARY KEY (id)"
        refers = "ALTER TABLE dbkit_calibration ADD FOREIGN KEY ({}) REFERENCES dbkit_calibration{} (id)"
        self._do("join few", refers.format("few", "_keys"))
        self._do("join all", refers.format("id", ""), key)
        # Of a copy: what an update leaves behind is there also when it was taken back.
        update, copy = "UPDATE dbkit_calibration_copy SET number = 1", "CREATE TABLE dbkit_calibration_copy AS TABLE"
        self._do("update", update, f"{copy} dbkit_calibration")
        index = "CREATE INDEX ON dbkit_calibration_copy (number)"
        self._do("indexed update", update, f"{copy} dbkit_calibration", index)

    def rates(self, read_byte: float) -> Rates:
        """Return what was measured, for a row, a byte and a comparison."""
        seconds, rows = self._seconds, self._narrow.rows
        scan_row, scan_byte = self._parted("scan")
        rewrite_row, rewrite_byte = self._parted("rewrite")
        scan, join_row = seconds["scan"], self._more("join few", seconds["scan"])
        return Rates(
            scan_row=scan_row,
            scan_byte=scan_byte,
            check_row=self._more("check", scan),
            join_row=join_row,
            hash_row=max(self._more("join all", 2 * scan) - join_row, join_row / 10),
            read_byte=read_byte,
            rewrite_row=rewrite_row,
            rewrite_byte=rewrite_byte,
            build_row=self._more("id", scan),
            compare_number=self._more("number", seconds["id"]) / math.log2(rows),
            compare_text=self._more("words", seconds["id"]) / math.log2(rows),
            compare_other=self._more("amount", seconds["id"]) / math.log2(rows),
            update_row=seconds["update"] / rows,
            update_byte=rewrite_byte,
            index_row=self._more("indexed update", seconds["update"]),
        )

    def _parted(self, work: str) -> tuple[float, float]:
        """Return what work takes for a row and for a byte, from a table of many rows and one of wide ones."""
        narrow, wide = self._seconds[work], self._seconds[f"wide {work}"]
        many, few = self._narrow, self._wide
        part = few.rows / many.rows
        byte = (wide - narrow * part) / (few.bytes - many.bytes * part)
        byte = min(max(byte, _LEAST / 10), narrow / many.bytes)
        return max((narrow - many.bytes * byte) / many.rows, _LEAST), byte

    def _more(self, work: str, less: float) -> float:
        """Return what a row takes beyond other work."""
        return max((self._seconds[work] - less) / self._narrow.rows, _LEAST)

    def _do(self, work: str, statement: str, *before: str) -> None:
        """Run a statement and take it back, with what has to be there before it; keep how long it took."""
        with self._connection.transaction(force_rollback=True):
            for each in before:
                self._connection.execute(each.encode())
            start = time.perf_counter()
            self._connection.execute(statement.encode())
            seconds = time.perf_counter() - start
        self._seconds[work] = min(seconds, self._seconds.get(work, seconds))


def _read_byte(connection: Connection) -> float:
    """Return what a byte takes that is not in the server's buffers, from a part of its largest table."""
    largest = connection.execute(_LARGEST).fetchone()
    if largest is None:
        return _CACHED_BYTE
    name, pages = largest
    first = max(0, pages // 2 - _READ_PAGES_MAX // 2)
    found = [_looked_at(connection, name, first) for _ in range(2)]
    (cold, read), (warm, read_again) = found
    if read - read_again < _READ_PAGES_MIN:
        return _CACHED_BYTE
    return max((cold - warm) / ((read - read_again) * _PAGE_BYTES), _CACHED_BYTE)


def _looked_at(connection: Connection, name: str, first: int) -> tuple[float, int]:
    """Read some pages of a table; return the seconds, and how many of them were not in the server's buffers."""
    query = sql.SQL(_READ).format(
        table=sql.Identifier(name), first=f"({first},0)", last=f"({first + _READ_PAGES_MAX},0)"
    )
    row = connection.execute(query).fetchone()
    assert row is not None
    plan = row[0][0]
    return plan["Execution Time"] / 1000, int(plan["Plan"]["Shared Read Blocks"])


def _table(connection: Connection, name: str, rows: int) -> _Table:
    row = connection.execute(_SIZE, (f"dbkit_calibration{name}",)).fetchone()
    assert row is not None
    return _Table(rows, int(row[0]))
