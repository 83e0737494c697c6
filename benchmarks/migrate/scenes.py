"""The scenes: a table that is never free, a table with two million rows, whole lines, and nothing to do."""

from __future__ import annotations

from benchmarks.migrate.commands import WAYS, Ran, apply_all, run_alembic, run_dbkit
from benchmarks.migrate.figures import ALEMBIC, DBKIT, Findings
from benchmarks.migrate.lines import Revision
from benchmarks.migrate.stage import Place, Stage
from benchmarks.migrate.tables import begin, make, make_wal
from benchmarks.migrate.traffic import callers, holders
from dbkit.migrate.line import own_folder

__all__ = ["busy", "filling", "lines"]

_READERS, _WRITERS = 2, 2
_READ, _WRITE = "SELECT name FROM busy WHERE id = %s", "UPDATE filled SET w = w + 1 WHERE id = %s"
_BUSY_ROWS = 1_000
_BUSY = (
    f"CREATE TABLE busy AS SELECT n AS id, 'x' AS name FROM generate_series(1, {_BUSY_ROWS}) n",
    "CREATE UNIQUE INDEX ON busy (id)",
)
_ADD = Revision('op.execute("ALTER TABLE busy ADD COLUMN more int")', locked="busy")
_FILL = {
    DBKIT: Revision("backfill('filled', 'y = w * 2', where='y IS NULL')", transactional=False),
    ALEMBIC: Revision("op.execute('UPDATE filled SET y = w * 2 WHERE y IS NULL')"),
}


def busy(stage: Stage, findings: Findings) -> None:
    """Add a column to a table that three clients hold for 0.2 to 1.5 s at a time, with pauses to 0.5 s."""
    for _ in range(stage.scale.busy_rounds):
        for way in WAYS:
            with stage.place() as place:
                make(place, *_BUSY)
                begin(place, [_ADD])
                in_use = holders(place, "busy", stage.scale.busy_holders)
                with in_use, callers(place, _READ, _BUSY_ROWS, _READERS) as stalls:
                    ran = apply_all(way, place)
                findings.add("busy_seconds", way, ran.seconds, is_least=not ran.done)
                findings.add("busy_stall", way, stalls.longest(ran))


def filling(stage: Stage, findings: Findings) -> None:
    """Fill a column of a large table beside two writers, each of whom changes a row every 3 ms."""
    with stage.place() as place:
        make_wal(place, stage.scale.filling_wal_files)
    for _ in range(stage.scale.filling_rounds):
        seconds = {way: _filled(stage, way, findings) for way in WAYS}
        findings.add("filling_part", DBKIT, seconds[DBKIT] / seconds[ALEMBIC])


def _filled(stage: Stage, way: str, findings: Findings) -> float:
    rows = stage.scale.filling_rows
    with stage.place() as place:
        make(place, "CREATE TABLE filled (id bigint PRIMARY KEY, w int NOT NULL, note text, n numeric(10,2), y int)")
        note = "'row ' || n || repeat('x', 60)"
        make(place, f"INSERT INTO filled SELECT n, 1, {note}, n FROM generate_series(1, {rows}) n")
        make(place, "VACUUM ANALYZE filled", "CHECKPOINT")
        begin(place, [_FILL[way]])
        with callers(place, _WRITE, rows, _WRITERS) as stalls:
            ran = apply_all(way, place)
    findings.add("filling_seconds", way, ran.seconds, is_least=not ran.done)
    findings.add("filling_stall", way, stalls.longest(ran))
    return ran.seconds


def lines(stage: Stage, findings: Findings) -> None:
    """Apply dbkit's own line to an empty database, and then let the commands find that there is nothing to do."""
    for _ in range(stage.scale.line_rounds):
        for way in WAYS:
            with stage.place() as place:
                _note(findings, "line_seconds", way, _own_line(way, place))
    with stage.place() as place:
        _own_line(DBKIT, place)
        for _ in range(stage.scale.command_rounds):
            _note(findings, "status_seconds", DBKIT, run_dbkit(place, "status"))
            _note(findings, "status_seconds", ALEMBIC, run_alembic(place, "current", line=own_folder()))
            for way in WAYS:
                _note(findings, "nothing_seconds", way, _own_line(way, place))


def _own_line(way: str, place: Place) -> Ran:
    return run_dbkit(place, "apply") if way == DBKIT else run_alembic(place, "upgrade", "head", line=own_folder())


def _note(findings: Findings, name: str, way: str, ran: Ran) -> None:
    findings.add(name, way, ran.seconds, is_least=not ran.done)
