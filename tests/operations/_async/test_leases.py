"""Leases that are held for a block: one holder at a time, and what a holder notices who has lost one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dbkit import AsyncDatabase
from dbkit._acompat import async_sleep
from dbkit.operations._async import holding
from dbkit.operations.pauses import Pauses
from dbkit.types import LeaseLost, LeaseName, LeaseNotAvailable
from dbkit.types.clock import told_by
from dbkit.types.held_lease import steady_seconds

NAME = LeaseName("token:1")
TTL = timedelta(seconds=30)
BRIEF = timedelta(milliseconds=600)
PAST = datetime(2020, 1, 1, tzinfo=UTC)


async def end(db: AsyncDatabase) -> None:
    """Have the time of the lease pass, for everybody but its holder."""
    await db.leases.update(NAME, acquired_at=PAST, expires_at=PAST + TTL)


async def taken_over(db: AsyncDatabase) -> None:
    await end(db)
    assert await db.leases.acquire(NAME, "rival", TTL) is not None


async def test_holding_and_giving_back_are_two_round_trips(db: AsyncDatabase) -> None:
    with db.expect_queries(2):
        async with db.leases.hold(NAME, ttl=TTL):
            pass


async def test_the_block_of_a_lost_lease_ends_with_an_error(db: AsyncDatabase) -> None:
    with pytest.raises(LeaseLost):
        async with db.leases.hold(NAME, ttl=TTL):
            await taken_over(db)
    with pytest.raises(RuntimeError):
        async with db.leases.hold(LeaseName("other"), ttl=TTL):
            await db.leases.delete(LeaseName("other"))
            raise RuntimeError


async def test_a_lease_is_renewed_beside_the_block(db: AsyncDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    # Every tenth of a second, and not lost however late a busy machine is with that.
    monkeypatch.setattr(holding, "_RENEWALS", 300)
    async with db.leases.hold(NAME, ttl=TTL) as lease:
        first = (await db.leases.get(NAME)).expires_at
        await until_renewed(db, first + BRIEF / 4)
        assert await db.leases.acquire(NAME, "rival", TTL) is None
        async with db.transaction() as tx:
            await tx.leases.require(lease)


async def until_renewed(db: AsyncDatabase, at: datetime) -> None:
    pauses = Pauses(20, first_seconds=0.01, longest_seconds=0.01)
    while (await db.leases.get(NAME)).expires_at < at:
        pause = pauses.next_seconds()
        assert pause is not None, "nobody renewed it"
        await async_sleep(pause)


async def test_the_renewal_notices_that_the_lease_is_lost(db: AsyncDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long before its time is over, after which anybody would know."""
    monkeypatch.setattr(holding, "_RENEWALS", 300)
    with pytest.raises(LeaseLost):
        async with db.leases.hold(NAME, ttl=TTL) as lease:
            began_at = steady_seconds()
            await taken_over(db)
            pauses = Pauses(20, first_seconds=0.005, longest_seconds=0.005)
            while lease.is_held and (pause := pauses.next_seconds()) is not None:
                await async_sleep(pause)
            assert not lease.is_held, "nobody noticed"
            assert steady_seconds() - began_at < TTL.total_seconds(), "it has ended by itself"
            lease.require()


async def test_a_clock_of_the_client_that_jumps_changes_nothing(db: AsyncDatabase) -> None:
    """Neither the value's clock nor the machine's says when a lease ends."""
    for jump in (timedelta(hours=1), timedelta(hours=-1)):
        name = LeaseName(f"jump {jump}")
        with told_by(lambda jump=jump: datetime.now(UTC) + jump):
            async with db.leases.hold(name, ttl=TTL) as lease:
                assert await db.leases.acquire(name, "rival", TTL) is None
                async with db.transaction() as tx:
                    await tx.leases.require(lease)


async def test_a_server_whose_clock_jumps_ahead_ends_the_lease_once(async_memory_db: AsyncDatabase) -> None:
    db = async_memory_db
    with pytest.raises(LeaseLost):
        async with db.leases.hold(NAME, ttl=TTL) as lease:
            db.memory.clock.advance(seconds=60)
            with pytest.raises(LeaseLost):
                async with db.transaction() as tx:
                    await tx.leases.require(lease)
            taken = await db.leases.acquire(NAME, "rival", TTL)
            assert taken is not None
            assert taken.fence == lease.fence + 1
            db.memory.clock.advance(seconds=-120)
            assert await db.leases.acquire(NAME, "third", TTL) is None


async def test_a_lease_that_was_long_in_coming_is_asked_for_again(
    db: AsyncDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One who is stopped between asking and getting has nothing of what it got."""
    times = iter([0.0, 100.0])
    monkeypatch.setattr(holding, "steady_seconds", lambda: next(times))
    with pytest.raises(LeaseNotAvailable):
        async with db.leases.hold(NAME, ttl=TTL, wait_seconds=0):
            raise AssertionError("it has ended")
    assert (await db.leases.get(NAME)).fence == 1
