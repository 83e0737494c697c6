"""Writers during a failover: what was acknowledged is on the promoted standby, once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dbkit.embedded.locks import ticks
from dbkit.types import DbkitError
from tests.faults._sync.writing import Outbox, opened
from tests.faults.commits import History, event, make_tables, stored
from tests.faults.fix_nodes import MakeNode
from tests.faults.node import Node

WRITERS = 4
BEFORE, AFTER = 40, 20
"""How many rows are to be acknowledged before the failover, and after it."""


@pytest.fixture
def pair(make_node: MakeNode) -> tuple[Node, Node]:
    """Give a primary, and a standby that has to have applied what is acknowledged."""
    primary = make_node()
    make_tables(primary)
    standby = make_node(of=primary)
    for setting in ("synchronous_standby_names = 'standby'", "synchronous_commit = 'remote_apply'"):
        primary.execute(f"ALTER SYSTEM SET {setting}")
    primary.execute("SELECT pg_reload_conf()")
    assert any(primary.execute("SELECT sync_state FROM pg_stat_replication") == [("sync",)] for _ in ticks(60.0)), (
        "the standby does not take part"
    )
    return primary, standby


class Writers:
    """Threads that write one row after the other, and note what they are told."""

    def __init__(self, db: Outbox) -> None:
        self.history = History()
        self._db = db
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]

    @contextmanager
    def writing(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            for thread in self._threads:
                thread.join()

    def wait_for(self, count: int) -> None:
        """Wait until as many more rows have been acknowledged."""
        wanted = len(self.history.committed) + count
        assert any(len(self.history.committed) >= wanted for _ in ticks(60.0)), self.history

    def _write(self, number: int) -> None:
        row = 0
        while not self._stopping.is_set():
            key, row = f"{number}-{row}", row + 1
            error: DbkitError | None = None
            try:
                self._db.run(_writing(key), commit_token=True)
            except DbkitError as caught:
                error = caught
            self.history.note(key, error)


def _writing(key: str) -> Callable[[Any], Any]:
    return lambda tx: tx.outbox_events.create(event(key))


def test_no_write_is_acknowledged_and_lost_and_none_is_doubled(pair: tuple[Node, Node]) -> None:
    primary, standby = pair
    places = {"port": f"{primary.port},{standby.port}", "host": "127.0.0.1,127.0.0.1"}
    hosts = " ".join(f"{name}={value}" for name, value in places.items())
    with opened(f"{hosts} user=dbkit dbname=postgres target_session_attrs=read-write") as db:
        writers = Writers(db)
        with writers.writing():
            writers.wait_for(BEFORE)
            primary.crash()
            standby.promote()
            writers.wait_for(AFTER)
        assert writers.history.faults(stored(standby)) == []
        assert writers.history.unknown == set()
