"""A backfill beside transactions that have its rows, rows that take long, and rows that are dead."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
import pytest

from dbkit.migrate.backfill import filling, limits, pace
from dbkit.migrate.backfill.pace import Pace
from dbkit.migrate.errors import TablesBusy
from dbkit.migrate.report import Options, Report, Watch
from dbkit.migrate.surroundings import Surroundings
from dbkit.types.errors import DbkitError
from tests.migrate.backfill.triggers import CANCEL, disturb
from tests.migrate.lines import LineFolder
from tests.migrate.runs import HURRY, Connection

DONE = "SELECT count(*) FROM things WHERE double = size * 2"
DEAD = "SELECT n_dead_tup FROM pg_stat_all_tables WHERE relid = to_regclass('things')"
FLUSH = "SELECT pg_stat_force_next_flush()"
Run = Callable[..., Report]


class Ears(Watch):
    """Remembers notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.mark.usefixtures("doubling")
def test_a_row_that_somebody_keeps(run: Run, connection: Connection, postgres_url: str) -> None:
    with psycopg.connect(postgres_url, application_name="writer") as writer:
        writer.execute("UPDATE things SET code = 'mine' WHERE id = 2550")
        with pytest.raises(TablesBusy, match=r"rows of things .* held by writer") as caught:
            run(options=HURRY)
    assert caught.value.retryable
    assert connection.execute(DONE).fetchone() == (2500,)
    run()
    assert connection.execute(DONE).fetchone() == (5000,)


@pytest.mark.usefixtures("doubling")
def test_a_row_that_comes_free(run: Run, connection: Connection, postgres_url: str) -> None:
    waits = "SELECT FROM pg_locks WHERE NOT granted AND pg_blocking_pids(pid) = ARRAY[%s::int]"
    with psycopg.connect(postgres_url) as writer:
        writer.execute("UPDATE things SET code = 'mine' WHERE id = 2550")

        def leave_when_waited_for() -> None:
            while connection.execute(waits, (writer.info.backend_pid,)).fetchone() is None:
                pass
            writer.commit()

        leaver = threading.Thread(target=leave_when_waited_for)
        leaver.start()
        report = run()
        leaver.join()
    assert report.steps[0].tries == 1
    assert connection.execute(DONE).fetchone() == (5000,)


@pytest.mark.usefixtures("doubling")
def test_somebody_who_cancels_it_is_obeyed(run: Run, connection: Connection) -> None:
    disturb(connection, CANCEL, row=2550)
    with pytest.raises(DbkitError) as caught:
        run()
    assert caught.value.sqlstate == "57014"
    run()
    assert connection.execute(DONE).fetchone() == (5000,)


def test_a_batch_that_takes_too_long_is_cut_off_and_has_fewer_rows(
    run: Run, line: LineFolder, doubling: str, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (filling, limits):
        monkeypatch.setattr(module, "BATCH_SECONDS_MAX", 1.0)
    connection.execute("DELETE FROM things WHERE id > 40")
    connection.execute("CREATE SCHEMA noted")
    connection.execute("""
        CREATE FUNCTION noted.slow() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_sleep(0.04); RETURN NEW; END $$;
        CREATE TRIGGER slow BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION noted.slow()
    """)
    assert run().steps[0].tries == 1
    assert connection.execute(DONE).fetchone() == (40,)
    # 40 rows take 1.6 s, of which one is allowed; of 100 rows an eighth was tried next, which takes half of that.
    asked = "SELECT batch_rows FROM dbkit_migration_progress WHERE revision = %s"
    assert connection.execute(asked, (doubling,)).fetchone() == (12,)
    assert line.path(doubling, "double_things").exists()


def test_dead_rows_are_vacuumed_when_they_are_a_fifth(things: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_DEAD_ROWS_MIN", 100)
    monkeypatch.setattr(pace, "_LOOK_SECONDS", 0.0)
    for statement in ("ALTER TABLE things SET (autovacuum_enabled = false)", FLUSH, "ANALYZE things"):
        things.execute(statement.encode())
    keeper = Pace(things, "things", Surroundings())
    for part, left in ((0.1, 500), (0.05, 750), (0.1, 0)):
        things.execute("UPDATE things SET double = 1 WHERE id <= %s", (int(5000 * part),))
        keeper.keep()
        # The figures of a look are those of the end of the look before.
        keeper.keep()
        things.execute(FLUSH)
        assert things.execute(DEAD).fetchone() == (left,)


def test_the_room_of_dead_rows_is_used_again(things: Connection) -> None:
    for statement in ("ALTER TABLE things SET (autovacuum_enabled = false)", "VACUUM things"):
        things.execute(statement.encode())
    pages: list[int] = []
    for part in range(5):
        things.execute("UPDATE things SET double = 1 WHERE id > %s AND id <= %s", (part * 1000, part * 1000 + 1000))
        things.execute(f"VACUUM ({pace._VACUUM}) things".encode())
        pages += [row[0] // 8192 for row in things.execute("SELECT pg_relation_size('things')").fetchall()]
    assert pages[-1] < pages[0] * 1.2


def test_who_is_not_the_owner_leaves_dead_rows_to_autovacuum(
    things: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_DEAD_ROWS_MIN", 100)
    monkeypatch.setattr(pace, "_LOOK_SECONDS", 0.0)
    ears = Ears()
    role = f"r_{things.info.dbname}"
    things.execute(f"CREATE ROLE {role}".encode())
    try:
        things.execute("ALTER TABLE things SET (autovacuum_enabled = false)")
        things.execute("UPDATE things SET double = 1")
        things.execute(FLUSH)
        things.execute(f"SET ROLE {role}".encode())
        keeper = Pace(things, "things", Surroundings(options=Options(), watch=ears))
        keeper.keep()
        keeper.keep()
        assert ears.notes == ["5,000 rows of things are dead, and only its owner may VACUUM it: autovacuum will"]
    finally:
        things.execute("RESET ROLE")
        things.execute(f"DROP ROLE {role}".encode())
