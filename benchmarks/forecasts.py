"""How right forecasts of migrations are: `python -m benchmarks.forecasts`, with `--docs` into the page as well.

Tables of 0.1, 1 and 10 million rows are made on a server of the run's own, and its rates are measured, as
`dbkit migrate statistics --calibrate` does. Then each revision of a line is foretold from its trace and the
statistics, and its statements run and timed. What must be: each time between half of what was foretold and twice as
much.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final

import psycopg
import typer

from benchmarks.document import put
from benchmarks.durations import duration
from benchmarks.migrate.lines import Revision, write_line
from benchmarks.results import Results, machine
from benchmarks.table import Grid
from benchmarks.ways.opening import url_of
from dbkit.embedded import EmbeddedServer
from dbkit.migrate.forecast.model import RevisionForecast
from dbkit.migrate.forecast.planning import Wanted, calibrated, plan, statistics
from dbkit.migrate.forecast.ranges import Range, bytes_words
from dbkit.migrate.line import Line
from dbkit.migrate.runner import apply
from dbkit.migrate.trace.writing import trace_line

__all__ = ["Told", "foretell", "main"]

_PAGE: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"
Connection = psycopg.Connection[tuple[object, ...]]

_WORKS_OF_A_CALIBRATION: Final = 4
_ROWS_OF_TRIES_MAX: Final = 1_000_000
_LEAST, _MOST = 0.5, 2.0

_NARROW_BYTES, _WIDE_BYTES = 0, 600
_SIZES: Final = ((100_000, _NARROW_BYTES), (1_000_000, _NARROW_BYTES), (1_000_000, _WIDE_BYTES), (10_000_000, 0))

_TABLE: Final = (
    "CREATE TABLE parents (id bigint PRIMARY KEY)",
    (
        "CREATE TABLE rows (id bigint PRIMARY KEY, parent_id bigint NOT NULL, number int NOT NULL, kind text NOT NULL,"
        " code text NOT NULL, amount numeric(12,2) NOT NULL, made_at timestamptz NOT NULL, deleted_at timestamptz,"
        " note text NOT NULL)"
    ),
)
_FILL: Final = (
    "INSERT INTO parents SELECT generate_series(0, {rows} / 10)",
    (
        "INSERT INTO rows SELECT n, n / 10, hashint4(n), 'kind ' || n % 7, md5(n::text), n % 99991 / 7.0,"
        " '2026-01-01'::timestamptz + n * interval '1 s', CASE WHEN n % 10 = 0 THEN now() END,"
        " repeat(md5(n::text), {bytes} / 32) FROM generate_series(1, {rows}) n"
    ),
    "VACUUM ANALYZE",
    "CHECKPOINT",
)


@dataclass(frozen=True, slots=True)
class _Work:
    """A kind of work: what it is called, its statements; in no transaction where it is concurrent."""

    title: str
    statements: tuple[str, ...]
    transactional: bool = True

    @property
    def revision(self) -> Revision:
        """The revision that does it."""
        call = "; ".join(f"op.execute({each!r})" for each in self.statements)
        return Revision(call, transactional=self.transactional)


_WORKS: Final = (
    _Work("scan: a check is validated", ("ALTER TABLE rows ADD CONSTRAINT c CHECK (number <> 1)",)),
    _Work(
        "scan: a foreign key is validated",
        ("ALTER TABLE rows ADD CONSTRAINT rows_parent_fkey FOREIGN KEY (parent_id) REFERENCES parents",),
    ),
    _Work("rewrite: int becomes bigint", ("ALTER TABLE rows ALTER number TYPE bigint",)),
    _Work("index: of a number", ("CREATE INDEX ix_number ON rows (number)",)),
    _Work("index: of numbers in order", ("CREATE INDEX ix_made_at ON rows (made_at)",)),
    _Work("index: of a text", ("CREATE INDEX ix_code ON rows (code)",)),
    _Work("index: of few texts", ("CREATE INDEX ix_kind ON rows (kind)",)),
    _Work("index: unique, of a text and a number", ("CREATE UNIQUE INDEX uq_code ON rows (code, id)",)),
    _Work("index: of a tenth of the rows", ("CREATE INDEX ix_deleted ON rows (number) WHERE deleted_at IS NOT NULL",)),
    _Work("index: of a numeric, concurrently", ("CREATE INDEX CONCURRENTLY ix_amount ON rows (amount)",), False),
    _Work("rewrite: with seven indexes", ("ALTER TABLE rows ALTER amount TYPE numeric(14,3)",)),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was foretold of one kind of work, and what was seen then."""

    title: str
    rows: int
    row_bytes: int
    foretold: RevisionForecast
    seconds: float
    wal_bytes: float

    @property
    def ratio(self) -> float:
        """What was foretold as a part of what was seen."""
        span = self.foretold.seconds
        return 0.0 if span is None else (span.low * span.high) ** 0.5 / self.seconds

    @property
    def is_right(self) -> bool:
        """Whether it is within a factor of two."""
        return _LEAST <= self.ratio <= _MOST

    def row(self) -> list[str]:
        """Return it as cells of a table."""
        span, wal, disk = self.foretold.seconds, self.foretold.wal_bytes, self.foretold.disk_bytes
        middle = 0.0 if span is None else (span.low * span.high) ** 0.5
        return [
            self.title,
            f"{self.rows:,}",
            f"{self.row_bytes}",
            duration(middle),
            duration(self.seconds),
            f"{self.ratio:.2f}",
            "-" if wal is None else bytes_words(wal),
            bytes_words(Range(self.wal_bytes, self.wal_bytes)),
            "-" if disk is None else bytes_words(disk),
        ]


_HEAD: Final = ["work", "rows", "bytes a row", "foretold", "seen", "ratio", "WAL foretold", "WAL seen", "disk foretold"]


def foretell(server: EmbeddedServer, folder: Path, rows: int, wide_bytes: int) -> Iterator[Told]:
    """Make a table, and foretell and do each kind of work on it."""
    name = f"rows_{rows}_{wide_bytes}"
    line = folder / name
    line.mkdir()
    first = Revision("; ".join(f"op.execute({each!r})" for each in _TABLE))
    write_line(line, [first, *(each.revision for each in _WORKS)])
    trace_line(line, dev_url=url_of(server.conninfo_for("postgres")))
    server.create_database(name)
    url = url_of(server.conninfo_for(name))
    try:
        apply(url, line=line, count=1)
        with psycopg.connect(server.conninfo_for(name), autocommit=True) as connection:
            for statement in _FILL:
                connection.execute(statement.format(rows=rows, bytes=wide_bytes).encode())
            yield from _foretold(url, line, connection, rows)
    finally:
        server.drop_database(name)


def _foretold(url: str, line: Path, connection: Connection, rows: int) -> Iterator[Told]:
    revisions = Line.read(line).revisions[1:]
    for number, (revision, work) in enumerate(zip(revisions, _WORKS, strict=True)):
        before = statistics(url, line=line)
        if rows > _ROWS_OF_TRIES_MAX or number % _WORKS_OF_A_CALIBRATION == 0:
            # The disk is asked about a table that is where the tries will find it: in memory, as far as it has room.
            connection.execute("SELECT count(*) FROM rows")
            rates = calibrated(url, before).rates
        (foretold,) = plan(url, Wanted(to=revision.id), line=line, sizes=replace(before, rates=rates)).revisions
        tries = [_run(connection, work, keep=False) for _ in range(_tries(work, rows) - 1)]
        start = _wal(connection)
        tries.append(_run(connection, work, keep=True))
        wal_bytes = _wal(connection) - start
        connection.execute("UPDATE alembic_version SET version_num = %s", (revision.id,))
        size = before.tables["rows"]
        yield Told(work.title, rows, size.bytes // rows, foretold, min(tries), wal_bytes)


def _tries(work: _Work, rows: int) -> int:
    """Return how often something is done: of what is soon done, and can be undone, the fastest of three counts."""
    return 3 if work.transactional and rows <= _ROWS_OF_TRIES_MAX else 1


def _run(connection: Connection, work: _Work, *, keep: bool) -> float:
    """Run the statements of a revision as its runner sends them, and return for how long their locks were held."""
    start = time.perf_counter()
    with connection.transaction(force_rollback=not keep) if work.transactional else nullcontext():
        for statement in work.statements:
            connection.execute(statement.encode())
    return time.perf_counter() - start


def _wal(connection: Connection) -> float:
    row = connection.execute("SELECT pg_current_wal_insert_lsn() - '0/0'").fetchone()
    assert row is not None
    return float(str(row[0]))


def main(
    *,
    rows_max: Annotated[int, typer.Option(help="Leave larger tables out.")] = 10_000_000,
    docs: Annotated[bool, typer.Option("--docs", help="Put the table into docs/benchmarks.md.")] = False,
) -> None:
    """Foretell, do, and compare; exit with 1 where a time is not within a factor of two."""
    results = Results(rounds=1)
    found: list[Told] = []
    folder = Path(tempfile.mkdtemp(prefix="dbkit-benchmarks-"))
    # PostgreSQL refuses to run as root; another account has to pass through.
    folder.chmod(0o755)
    try:
        with EmbeddedServer.start(folder / "server") as server:
            with psycopg.connect(server.conninfo) as connection:
                results.server_version = str(connection.info.server_version // 10_000)
            for rows, wide_bytes in _SIZES:
                for each in foretell(server, folder, rows, wide_bytes) if rows <= rows_max else ():
                    sys.stdout.write(" | ".join(each.row()) + "\n")
                    sys.stdout.flush()
                    found.append(each)
    finally:
        shutil.rmtree(folder)
    if docs:
        put(
            _PAGE,
            "forecasts",
            list(_paragraphs(results, found)),
            [Grid("Forecasts", _HEAD, [each.row() for each in found])],
        )
    sys.exit(0 if all(each.is_right for each in found) else 1)


def _paragraphs(results: Results, found: Sequence[Told]) -> Iterator[str]:
    yield f"Measured on: {', '.join(f'{name} {value}' for name, value in machine(results).items())}."
    right = sum(each.is_right for each in found)
    yield f"Within a factor of two: {right} of {len(found)}."


if __name__ == "__main__":
    typer.run(main)
