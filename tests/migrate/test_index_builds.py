"""Index builds beside transactions that they have to wait for, and what a stopped REINDEX leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from dbkit.migrate.errors import TablesBusy
from dbkit.migrate.line import Revision
from dbkit.migrate.report import Options, Report, Watch
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection

BUILD = ">create_index_concurrently('ix_a', 'a (id)')"
DROP = ">drop_index_concurrently('ix_a')"
INDEXES = (
    "SELECT relname, indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relname ~ '^ix' ORDER BY 1"
)


class Ears(Watch):
    """Remembers what is told of a build."""

    def __init__(self, on_note: Callable[[], None] = lambda: None) -> None:
        self.notes: list[str] = []
        self.phases: list[str] = []
        self._on_note = on_note

    def note(self, text: str) -> None:
        self.notes.append(text)
        self._on_note()

    def progress(self, revision: Revision, what: str, done: int, total: int | None) -> None:
        self.phases.append(what)


@pytest.fixture
def indexed(line: LineFolder) -> LineFolder:
    """A table, and a revision that builds an index on it."""
    line.tables("a")
    line.add("index_a", BUILD, undo=(DROP,), transactional=False)
    return line


@contextmanager
def old_snapshot(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Keep a snapshot, of a transaction that has nothing to do with the table."""
    with psycopg.connect(url, application_name="report", autocommit=True) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SELECT FROM pg_class LIMIT 1").fetchall()
        yield connection


def test_it_says_whom_it_waits_for(
    run: Callable[..., Report], indexed: LineFolder, postgres_url: str, connection: Connection
) -> None:
    run(count=1)
    with old_snapshot(postgres_url) as old:
        ears = Ears(old.rollback)
        assert run(watch=ears).pending == 0
    assert len(ears.notes) == 1
    assert ears.notes[0].startswith("index ix_a waits for report (pid ")
    assert connection.execute(INDEXES).fetchall() == [("ix_a", True)]


@pytest.mark.usefixtures("indexed")
def test_it_gives_up_when_patience_is_over(
    run: Callable[..., Report], postgres_url: str, connection: Connection
) -> None:
    run(count=1)
    ears = Ears()
    with old_snapshot(postgres_url), pytest.raises(TablesBusy, match=r"index ix_a waited .* for report") as caught:
        run(options=Options(patience_seconds=0.3), watch=ears)
    assert caught.value.retryable
    assert ears.phases[0] == "index ix_a: waiting for old snapshots"
    assert connection.execute(INDEXES).fetchall() == [("ix_a", False)]
    run()
    assert connection.execute(INDEXES).fetchall() == [("ix_a", True)]


@pytest.mark.parametrize("direction", ["up", "down"])
def test_leftovers_of_a_reindex_are_dropped(
    run: Callable[..., Report], line: LineFolder, connection: Connection, direction: str
) -> None:
    long = f"ix_{'l' * 60}"
    line.tables("a")
    if direction == "down":
        line.add("drop_long", f">drop_index_concurrently('{long}')", transactional=False)
    else:
        line.add("index_long", f">create_index_concurrently('{long}', 'a (id)')", transactional=False)
    run(count=1)
    for name in (f"{long[:57]}_ccnew", f"{long[:56]}_ccold1", "ix_other_ccnew", "ix_lll_ccnew"):
        connection.execute(f"CREATE INDEX {name} ON a (id)".encode())
        connection.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = to_regclass(%s)", (name,))
    connection.execute(f"CREATE INDEX {long[:57]}_ccold ON a (id)".encode())
    run()
    expected = [("ix_lll_ccnew", False), (f"{long[:57]}_ccold", True), ("ix_other_ccnew", False)]
    assert connection.execute(INDEXES).fetchall() == sorted([*expected, *([(long, True)] if direction == "up" else [])])
