"""What stops a run along the line: signals, rights, a server that goes away, a full disk. And the run after it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from dbkit.embedded import EmbeddedServer
from dbkit.migrate.catalog import Catalog, differences
from dbkit.migrate.line import Line, Revision
from dbkit.testing.servers import Server, user_folder
from dbkit.testing.templates import Databases
from tests.migrations.command import GONE, WAITS, end_of, run, started, wait_until
from tests.migrations.stepping import contiguous, go_up, opened
from tests.migrations.walk import Walk

LINE = contiguous(Line.read())
IN_A_TRANSACTION, BUILDS_INDEXES = (
    next(revision for revision in LINE if revision.id == id) for id in ("20230711170516", "20230720195544")
)
# What holds up each of them in the middle: the one at its table, the other at the end of its first index.
HOLD_UP = {
    IN_A_TRANSACTION: "LOCK TABLE integrations IN ACCESS SHARE MODE",
    BUILDS_INDEXES: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT FROM pg_class LIMIT 1",
}
each_kind = pytest.mark.parametrize("revision", HOLD_UP, ids=["in_a_transaction", "builds_indexes"])


@pytest.fixture(scope="module")
def walk(server: Databases) -> Iterator[Walk]:
    walk = Walk(server, LINE)
    yield walk
    walk.close()


@contextmanager
def held_up(url: str, revision: Revision) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Hold up a revision for the block, and give a connection that looks on."""
    with opened(url) as other, opened(url) as looker:
        other.execute("BEGIN")
        other.execute(HOLD_UP[revision].encode())
        yield looker
        # Where the server is gone, so is what held it up.
        with suppress(psycopg.OperationalError):
            other.execute("ROLLBACK")


def catalog_behind(walk: Walk, revision: Revision) -> Catalog:
    with walk.before(revision) as url:
        go_up(url, revision)
        with opened(url) as connection:
            return Catalog.read(connection)


def assert_applied(url: str, revision: Revision, expected: Catalog) -> None:
    code, said = run("apply", url, "--to", revision.id)
    assert code == 0, said
    with opened(url) as connection:
        assert differences(expected, Catalog.read(connection)) == []
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision.id,)]


@each_kind
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_ended_in_the_middle(walk: Walk, revision: Revision, number: signal.Signals) -> None:
    """The next run finishes what was ended."""
    expected = catalog_behind(walk, revision)
    with walk.before(revision) as url:
        with held_up(url, revision) as looker, started("apply", url, "--to", revision.id) as process:
            wait_until(looker, WAITS)
            process.send_signal(number)
            code, said = end_of(process)
            wait_until(looker, GONE)
        if number is signal.SIGKILL:
            assert code == -signal.SIGKILL
        else:
            assert code == 128 + number
            assert str(LINE[LINE.index(revision) - 1].id) in said or revision.id in said
        assert_applied(url, revision, expected)


@each_kind
def test_the_server_goes_away(walk: Walk, revision: Revision) -> None:
    """The command says so, and once the server is back the next run finishes."""
    expected = catalog_behind(walk, revision)
    with tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=user_folder()) as folder:
        with EmbeddedServer.start(Path(folder)) as server:
            url = url_of(server, "dbkit")
            for each in LINE[: LINE.index(revision)]:
                go_up(url, each)
            with held_up(url, revision) as looker, started("apply", url, "--to", revision.id) as process:
                wait_until(looker, WAITS)
                server.close()
                code, said = end_of(process)
        assert code == 2, said
        assert "Traceback" not in said
        with EmbeddedServer.start(Path(folder)):
            assert_applied(url, revision, expected)


def test_a_role_that_may_not(walk: Walk) -> None:
    """It may connect and write rows, but owns no table."""
    with walk.before(IN_A_TRANSACTION) as url, opened(url) as connection:
        role = f"role_{uuid4().hex}"
        before = Catalog.read(connection)
        connection.execute(f"CREATE ROLE {role} LOGIN".encode())
        # The runner's own tables it may make.
        connection.execute(f"GRANT CREATE ON SCHEMA public TO {role}".encode())
        connection.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}".encode())
        try:
            code, said = run("apply", url.replace("://dbkit@", f"://{role}@"), "--to", IN_A_TRANSACTION.id)
            assert differences(before, Catalog.read(connection)) == []
        finally:
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())
    assert code == 2
    assert IN_A_TRANSACTION.id in said
    assert "Traceback" not in said


def test_two_places_at_once(walk: Walk) -> None:
    with walk.before(IN_A_TRANSACTION) as url, opened(url) as connection:
        before = Catalog.read(connection)
        connection.execute("INSERT INTO alembic_version VALUES (%s)", (LINE[0].id,))
        code, said = run("apply", url)
        assert differences(before, Catalog.read(connection)) == []
    assert code != 0
    assert LINE[0].id in said
    assert "Traceback" not in said


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system whose size can be changed."""
    with tempfile.TemporaryDirectory(prefix="dbkit-test-") as folder:
        Path(folder).chmod(0o755)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m,mode=777", "tmpfs", folder], check=False)
        if mounted.returncode:
            pytest.skip("only root may make a small disk")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def resize(disk: Path, size_bytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size_bytes}", str(disk)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    """The run ends at a revision, whole; with more room the next one gets to the head."""
    (small_disk / "data").mkdir()
    # A server of its own: while a disk is full, no other database of a server can be copied.
    with (
        tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=user_folder()) as folder,
        EmbeddedServer.start(Path(folder)) as server,
        opened(url_of(server, "postgres")) as connection,
    ):
        account = server.folder.joinpath("postgres").stat()
        os.chown(small_disk / "data", account.st_uid, account.st_gid)
        connection.execute(f"CREATE TABLESPACE small LOCATION '{small_disk / 'data'}'".encode())
        connection.execute("CREATE DATABASE filled TABLESPACE small")
        url = url_of(server, "filled")
        resize(small_disk, shutil.disk_usage(small_disk).used + 1_000_000)
        code, said = run("apply", url)
        assert code == 2, said
        assert "no space left" in said, said
        assert "Traceback" not in said
        resize(small_disk, 200_000_000)
        code, said = run("apply", url)
        assert code == 0, said


def url_of(server: EmbeddedServer, name: str) -> str:
    return Server(server.conninfo, server.close, server.leave_running).url_for(name)
