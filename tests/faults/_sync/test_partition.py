# Generated from tests/faults/_async/test_partition.py by tools/unasync.py; edit that file instead.
"""A network that drops what is sent: connections look alive on both sides, and nothing arrives."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import dbkit
from dbkit.sqldb import PoolConfig, PostgresBackend
from dbkit.testing.servers import user_folder
from dbkit.types import CommitUnknown, Timeout
from tests.faults._sync.works import Work, create, get, hurried, iterate_in_a_transaction, pid_of, roll_back
from tests.faults.island import Island, NoNamespaces
from tests.faults.shop import Shop, within

SECONDS = 0.2


@pytest.fixture(scope="module")
def island() -> Iterator[Island]:
    with (
        tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=user_folder(), ignore_cleanup_errors=True) as name,
        ExitStack() as stack,
    ):
        Path(name).chmod(0o755)
        try:
            island = stack.enter_context(Island.made(Path(name)))
        except NoNamespaces as reason:
            pytest.skip(f"no network namespaces here: {reason}")
        yield island


@pytest.fixture
def db(island: Island) -> Iterator[Shop]:
    config = PoolConfig(size_min=1, size_max=1, connect_timeout_seconds=2)
    backend = PostgresBackend.open(island.conninfo(), Shop.entities(), pool=config)
    with Shop(backend, shown_as="shop") as db:
        assert pid_of(db)
        yield db
        island.mend()


def _cut(island: Island, timed: ExitStack) -> None:
    """Cut the network, which takes as long as four processes take, and have the time run from then on."""
    island.cut()
    timed.enter_context(within(SECONDS))


@pytest.mark.parametrize("work", [get, roll_back, iterate_in_a_transaction])
def test_a_lost_network_is_left_at_the_deadline(db: Shop, island: Island, work: Work) -> None:
    with ExitStack() as timed, pytest.raises(Timeout), ExitStack() as hurry:
        work(db, hurried(hurry, SECONDS, lambda: _cut(island, timed)))


def test_of_a_write_into_a_lost_network_nothing_is_known(db: Shop, island: Island) -> None:
    with ExitStack() as timed, pytest.raises(CommitUnknown), ExitStack() as hurry:
        create(db, hurried(hurry, SECONDS, lambda: _cut(island, timed)))


def test_the_network_comes_back(db: Shop, island: Island) -> None:
    island.cut()
    with within(SECONDS), pytest.raises(Timeout), dbkit.deadline(SECONDS):
        db.providers.get("acme")
    island.mend()
    with dbkit.deadline(10):
        assert (db.providers.get("acme")).slug == "acme"
