"""Servers that go, have no room, or are not those that they are taken for."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.cli.run import Command
from tests.faults.fix_nodes import MakeNode
from tests.faults.node import Node
from tests.faults.pgbouncer import PgBouncer
from tests.migrate.bad_input.site import FIRST, LAST, Site


@pytest.fixture
def small_disk(node: Node, make_folder: Callable[[], Path]) -> Iterator[Path]:
    """A disk of 16 MB with a tablespace `small`, in which a test may make the database `on_a_small_disk`."""
    disk = make_folder() / "disk"
    disk.mkdir()
    # Only root mounts disks, and the tests that are meant to pass everywhere run as root.
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], check=True)
    try:
        node.account.claim(disk / "small")
        node.execute(f"CREATE TABLESPACE small LOCATION '{disk / 'small'}'")
        yield disk
        node.execute("DROP DATABASE IF EXISTS on_a_small_disk WITH (FORCE)")
        node.execute("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.mark.parametrize("transactional", [True, False])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["fast", "immediate"])
def test_a_server_that_is_shut_down_amidst_a_revision(
    site: Site, node: Node, how: signal.Signals, transactional: bool
) -> None:
    site.add_gated(transactional=transactional)
    assert node.process is not None
    stopped = node.process
    with site.at_the_gate(lambda: node.stop(how=how)):
        run = site.apply()
        stopped.wait()
        node.start()
    assert run.code == 2
    assert "gated: the connection broke, and the server cannot be asked what became of it" in run.err
    assert "dbkit migrate status" in run.err
    assert (site.is_at(), site.has("b")) == (FIRST, not transactional)
    site.ends_well()


def test_a_server_without_a_free_connection(site: Site, node: Node) -> None:
    site.add_gated()
    role = site.as_role("crowded")
    with ExitStack() as others:
        with pytest.raises(psycopg.OperationalError):
            while True:
                others.enter_context(psycopg.connect(node.conninfo(), user=role))
        run = site.apply()
    assert run.code == 2
    assert "the server has no connection left" in run.err
    assert site.is_at() is None
    site.ends_well()


def test_a_disk_that_is_full(node: Node, small_disk: Path, tmp_path: Path, dbkit: Command) -> None:
    site = Site.made(node, "on_a_small_disk", tmp_path / "line", dbkit, where="TABLESPACE small")
    many = "CREATE TABLE IF NOT EXISTS filled AS SELECT repeat(md5(g::text), 40) FROM generate_series(1, 12000) g"
    site.add_gated(more=(many,))
    run = site.apply()
    assert run.code == 2
    assert "gated (line " in run.err
    assert "the server has no space left on its disk" in run.err
    assert "Nothing of it was kept" in run.err
    assert (site.is_at(), site.has("b")) == (FIRST, False)
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    site.ends_well()


def test_a_replica_in_place_of_the_primary(site: Site, node: Node, make_node: MakeNode) -> None:
    site.add_gated()
    standby = make_node(of=node)
    replayed = node.execute("SELECT pg_current_wal_lsn()")[0][0]
    standby.wait_until_replayed(str(replayed))
    run = site.apply(url=standby.url(site.database))
    assert run.code == 2
    assert "replica" in run.err
    assert site.is_at() is None
    site.ends_well()


def test_a_pooler_in_transaction_mode(site: Site, node: Node, make_folder: Callable[[], Path]) -> None:
    site.add_gated()
    pooler = PgBouncer(make_folder(), node)
    pooler.start()
    try:
        run = site.apply(url=pooler.url(site.database))
    finally:
        pooler.remove()
    assert run.code == 2
    assert "a pooler stands between dbkit and" in run.err
    assert "Give the server's own host and port to migrations." in run.err
    assert site.is_at() is None
    site.ends_well()
    assert site.is_at() == LAST
