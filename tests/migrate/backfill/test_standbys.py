"""A backfill waits for standbys that are behind, as long as it has patience."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dbkit.migrate.backfill import pace
from dbkit.migrate.backfill.pace import Pace
from dbkit.migrate.errors import StandbyBehind
from dbkit.migrate.report import Options, StandbyLag, Watch
from dbkit.migrate.surroundings import Surroundings
from tests.faults.fix_nodes import open_folder
from tests.faults.node import Node


class Ears(Watch):
    """Remembers notes, and for whom it waits."""

    def __init__(self, on_lag: Callable[[], object] = lambda: None) -> None:
        self.notes: list[str] = []
        self.lags: list[str] = []
        self._on_lag = on_lag

    def note(self, text: str) -> None:
        self.notes.append(text)

    def standby(self, lag: StandbyLag) -> None:
        self.lags.append(lag.name)
        self._on_lag()


def wait_until_it_streams(primary: Node) -> None:
    while not primary.execute("SELECT pid FROM pg_stat_replication WHERE state = 'streaming'"):
        pass


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Node, Node]]:
    """A server and its standby."""
    with open_folder() as one, open_folder() as other:
        primary = Node.made(one)
        standby = primary.standby(other, name="east")
        primary.execute("CREATE TABLE things (id int)")
        wait_until_it_streams(primary)
        yield primary, standby
        standby.remove()
        primary.remove()


@pytest.fixture
def behind(pair: tuple[Node, Node], monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Node, Node]]:
    """The same, the standby not replaying what the server has written, and any of it being too much."""
    primary, standby = pair
    monkeypatch.setattr(pace, "_LAG_BYTES_MAX", 0)
    standby.execute("SELECT pg_wal_replay_pause()")
    while standby.execute("SELECT pg_get_wal_replay_pause_state()") != [("paused",)]:
        pass
    primary.execute("INSERT INTO things VALUES (1)")
    yield pair
    standby.execute("SELECT pg_wal_replay_resume()")


def test_it_waits_until_a_standby_has_caught_up(behind: tuple[Node, Node]) -> None:
    primary, standby = behind
    ears = Ears(lambda: standby.execute("SELECT pg_wal_replay_resume()"))
    with primary.connect() as connection:
        Pace(connection, "things", Surroundings(watch=ears)).keep()
    assert ears.lags == ["east"]


def test_it_gives_up_when_patience_is_over(behind: tuple[Node, Node]) -> None:
    primary, _ = behind
    with primary.connect() as connection, pytest.raises(StandbyBehind, match="standby east"):
        Pace(connection, "things", Surroundings(options=Options(patience_seconds=0))).keep()


def test_a_role_that_cannot_see_it_is_told_once(behind: tuple[Node, Node], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_LOOK_SECONDS", 0.0)
    primary, _ = behind
    ears = Ears()
    with primary.connect() as connection:
        connection.execute("CREATE ROLE blind")
        connection.execute("SET ROLE blind")
        keeper = Pace(connection, "things", Surroundings(watch=ears))
        keeper.keep()
        keeper.keep()
    assert [note.partition(":")[0] for note in ears.notes] == [
        "there are standbys, and how far they are behind is hidden from this role"
    ]


def test_without_a_standby_it_goes_on(behind: tuple[Node, Node]) -> None:
    primary, standby = behind
    standby.stop()
    ears = Ears()
    try:
        with primary.connect() as connection:
            while connection.execute("SELECT FROM pg_stat_replication").fetchone() is not None:
                pass
            Pace(connection, "things", Surroundings(watch=ears)).keep()
    finally:
        standby.start()
        wait_until_it_streams(primary)
    assert ears.lags == []
