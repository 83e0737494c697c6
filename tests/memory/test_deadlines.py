"""Another transaction is waited for until the caller's deadline."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

import dbkit
from dbkit.types import LockNotAvailable, NewProvider, ProviderSlug, Timeout, TransactionAborted
from tests.timing import at_most

WAITS_SECONDS = 0.05
ENOUGH_SECONDS = 10
"""For what does not wait, on a machine that is busy."""


def provider(slug: str) -> NewProvider:
    return NewProvider(slug=ProviderSlug(slug), display_name=slug, base_url=f"https://{slug}.example")


@pytest.fixture
def db() -> Iterator[dbkit.Database]:
    with dbkit.connect("memory://") as db:
        yield db


@pytest.fixture
def busy_db(db: dbkit.Database) -> Iterator[dbkit.Database]:
    """A database on which another thread is writing."""
    writes, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with db.transaction() as tx:
            tx.providers.create(provider("other"))
            tx.providers.lock(ProviderSlug("held"))
            writes.set()
            may_end.wait()

    db.providers.create(provider("held"))
    thread = threading.Thread(target=write)
    thread.start()
    writes.wait()
    yield db
    may_end.set()
    thread.join()


def test_a_write_waits_until_the_deadline(busy_db: dbkit.Database) -> None:
    started = time.monotonic()
    with at_most(1), pytest.raises(Timeout) as refused, dbkit.deadline(WAITS_SECONDS):
        busy_db.providers.create(provider("other"))
    assert time.monotonic() - started >= WAITS_SECONDS
    assert (refused.value.sqlstate, refused.value.entity) == ("57014", "providers")


def test_a_transaction_that_waited_too_long_is_aborted(busy_db: dbkit.Database) -> None:
    with pytest.raises(TransactionAborted), busy_db.transaction() as tx:
        with pytest.raises(Timeout), dbkit.deadline(WAITS_SECONDS):
            tx.providers.create(provider("other"))
        with pytest.raises(TransactionAborted):
            tx.providers.exists(ProviderSlug("acme"))


def test_reads_do_not_wait(busy_db: dbkit.Database) -> None:
    with dbkit.deadline(ENOUGH_SECONDS):
        assert busy_db.providers.find(ProviderSlug("other")) is None


def test_who_may_not_wait_is_refused_as_ever(busy_db: dbkit.Database) -> None:
    with pytest.raises(LockNotAvailable), dbkit.deadline(60), busy_db.transaction() as tx:
        tx.providers.lock(ProviderSlug("held"), nowait=True)


async def test_a_task_waits_until_the_deadline() -> None:
    async with dbkit.connect_async("memory://") as db:
        writes, may_end = asyncio.Event(), asyncio.Event()

        async def write() -> None:
            async with db.transaction() as tx:
                await tx.providers.create(provider("other"))
                writes.set()
                await may_end.wait()

        other = asyncio.create_task(write())
        await writes.wait()
        with pytest.raises(Timeout) as refused, dbkit.deadline(WAITS_SECONDS):
            await db.providers.create(provider("other"))
        assert refused.value.sqlstate == "57014"
        may_end.set()
        await other
        with dbkit.deadline(ENOUGH_SECONDS):
            assert (await db.providers.create(provider("acme"))).slug == "acme"
