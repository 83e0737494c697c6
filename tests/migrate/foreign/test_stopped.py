"""A run along a line that Alembic made is stopped anywhere, and run again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self

import psycopg
import pytest
from sqlalchemy import Engine, event

from dbkit.migrate.errors import LineBroken, RevisionFailed, TablesBusy
from dbkit.migrate.line import Revision
from dbkit.migrate.runner import apply, down
from dbkit.types.errors import DbkitError
from tests.migrate.foreign.databases import Connection, difference
from tests.migrate.foreign.shop import Project, Written
from tests.migrate.foreign.test_as_alembic import LOSSY
from tests.migrate.runs import HURRY, Ears, has, place
from tests.migrations.command import end_of, started, wait_until


class Killer(Ears):
    """Ends the backend of a run before each change and commit, the first time that the run comes there."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.kills = 0
        self._url = url
        self._seen: set[tuple[str, int]] = set()
        self.on_begins = self._begin

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._statement)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._statement)
        event.remove(Engine, "commit", self._statement)

    def _begin(self, revision: Revision) -> None:
        self._revision, self._number = revision.id, 0

    def _statement(self, connection: Any, *about: Any) -> None:
        if about and about[1].startswith("SELECT"):
            return
        self._number += 1
        where = (self._revision, self._number)
        if where in self._seen:
            return
        self._seen.add(where)
        self.kills += 1
        with psycopg.connect(self._url, autocommit=True) as killer:
            pid = connection.connection.driver_connection.info.backend_pid
            killer.execute("SELECT pg_terminate_backend(%s, 10000)", (pid,))


@pytest.mark.parametrize("way", ["up", "down"])
def test_killed_before_every_change(
    made_shop: Project,
    postgres_url: str,
    other_url: str,
    connection: Connection,
    other: Connection,
    way: str,
) -> None:
    def run(url: str, **arguments: Any) -> None:
        if way == "up":
            apply(url, line=made_shop.line, **arguments)
        else:
            down(url, to="base", line=made_shop.line, options=LOSSY, **arguments)

    if way == "down":
        apply(postgres_url, line=made_shop.line)
        apply(other_url, line=made_shop.line)
    run(other_url)
    with Killer(postgres_url) as killer:
        before = -1
        while killer.kills > before:
            before = killer.kills
            with suppress(DbkitError):
                run(postgres_url, watch=killer)
    assert killer.kills > 30
    assert difference(connection, other) == []


@pytest.fixture
def in_the_middle(small: Project) -> Project:
    """A revision that is divided by a block."""
    small.add(
        "cccc3333",
        """
        op.execute("CREATE TABLE before_the_block (id int)")
        with op.get_context().autocommit_block():
            op.execute("CREATE INDEX CONCURRENTLY ix_a ON a (id)")
        op.execute("CREATE TABLE after_the_block (id int)")
        op.execute("SELECT 1 / (SELECT count(*) FROM a WHERE id = 3)")
        """,
    )
    return small


def test_what_stands_before_a_block_stays(in_the_middle: Project, postgres_url: str, connection: Connection) -> None:
    with pytest.raises(DbkitError, match="keeps what it has committed"):
        apply(postgres_url, line=in_the_middle.line)
    assert [has(connection, name) for name in ("before_the_block", "ix_a", "after_the_block")] == [True, True, False]
    assert place(connection) == ["bbbb2222"]
    with pytest.raises(RevisionFailed, match="DuplicateTable"):
        apply(postgres_url, line=in_the_middle.line)


def test_settings_hold_in_all_parts(small: Project, postgres_url: str, connection: Connection) -> None:
    look = "INSERT INTO seen SELECT '{}', current_setting('lock_timeout'), current_setting('statement_timeout')"
    concurrently = f"{look.format('concurrently')} -- CONCURRENTLY"
    small.add(
        "cccc3333",
        f"""
        op.execute("CREATE TABLE seen (part text, lock_timeout text, statement_timeout text)")
        op.execute("{look.format("before")}")
        with op.get_context().autocommit_block():
            op.execute("{look.format("inside")}")
            op.execute("{concurrently}")
        op.execute("{look.format("after")}")
        """,
    )
    apply(postgres_url, line=small.line)
    seen = {part: rest for part, *rest in connection.execute("SELECT * FROM seen").fetchall()}
    assert seen["concurrently"] == ["0", "0"]
    assert seen["before"] == seen["inside"] == seen["after"] != seen["concurrently"]


def test_a_lock_refused_behind_a_commit_is_not_tried_again(
    small: Project, postgres_url: str, connection: Connection
) -> None:
    apply(postgres_url, line=small.line)
    small.add(
        "cccc3333",
        """
        op.execute("CREATE TABLE before_the_block (id int)")
        with op.get_context().autocommit_block():
            op.execute("SELECT 1")
        op.add_column("a", sa.Column("b", sa.Integer()))
        """,
    )
    ears = Ears()
    with psycopg.connect(postgres_url) as reader:
        reader.execute("SELECT FROM a")
        with pytest.raises(TablesBusy, match=r"cccc3333.*what stands before that statement is committed"):
            apply(postgres_url, line=small.line, watch=ears)
    assert has(connection, "before_the_block")
    assert place(connection) == ["bbbb2222"]
    assert ears.heard == []


@pytest.mark.parametrize(
    "code",
    [
        "commit_all(op)",
        "getattr(op.get_bind(), 'com' + 'mit')()",
        "op.execute('COM' + 'MIT')",
    ],
)
def test_a_commit_that_nothing_shows_is_refused(
    small: Project, postgres_url: str, connection: Connection, code: str
) -> None:
    (small.folder / "helpers.py").write_text(
        "def commit_all(op):\n    with op.get_context().autocommit_block():\n        op.execute('SELECT 1')\n"
    )
    body = f'op.execute("CREATE TABLE half (id int)")\n{code}'
    small.write(Written("cccc3333", "commit", body, "pass", before="from helpers import commit_all\n"))
    with pytest.raises(LineBroken, match="it commits in the middle") as caught:
        apply(postgres_url, line=small.ini)
    assert "# transactional: no" in str(caught.value)
    assert not has(connection, "half")
    assert place(connection) == ["bbbb2222"]
    small.say("cccc3333", "# transactional: no")
    apply(postgres_url, line=small.ini)
    assert has(connection, "half")
    assert place(connection) == ["cccc3333"]


@pytest.fixture
def old_snapshot(postgres_url: str, connection: Connection) -> Iterator[Connection]:
    """A transaction that index builds wait for."""
    with psycopg.connect(postgres_url) as reader:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT 1")
        yield reader


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_an_index_build_that_was_stopped_is_done_again(
    small: Project, postgres_url: str, connection: Connection, old_snapshot: Connection, number: signal.Signals
) -> None:
    small.add(
        "cccc3333",
        """
        with op.get_context().autocommit_block():
            op.execute("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_a ON a (id)")
        """,
    )
    with started("apply", postgres_url, "--line", str(small.line)) as process:
        wait_until(connection, "EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('ix_a'))")
        process.send_signal(number)
        code, said = end_of(process)
    assert code == (-9 if number == signal.SIGKILL else 128 + number)
    assert number == signal.SIGKILL or "begins again, and keeps what it has committed" in said
    wait_until(connection, "NOT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%')")
    valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('ix_a')"
    assert connection.execute(valid).fetchall() == [(False,)]
    old_snapshot.rollback()
    assert len(apply(postgres_url, line=small.line).steps) == 1
    assert connection.execute(valid).fetchall() == [(True,)]


def test_a_table_in_use_is_tried_again(small: Project, postgres_url: str, connection: Connection) -> None:
    apply(postgres_url, line=small.line)
    small.add("cccc3333", 'op.add_column("a", sa.Column("b", sa.Integer()))')
    ears = Ears()
    with psycopg.connect(postgres_url, application_name="reader") as reader:
        reader.execute("SELECT FROM a")
        with pytest.raises(DbkitError, match="did not come free"):
            apply(postgres_url, line=small.line, options=HURRY)
        ears.on_busy = reader.rollback
        (step,) = apply(postgres_url, line=small.line, watch=ears).steps
    assert step.tries == 2
