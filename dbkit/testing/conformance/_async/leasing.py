"""Leases: one holder at a time, and a holder that has lost one writes nothing under it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dbkit.models.lease import LEASES
from dbkit.operations._async.lease import AsyncLeaseOperations, AsyncLeaseTransactionOperations
from dbkit.testing.conformance._async.stage import AsyncStage, AsyncStep
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.background import AsyncBackground
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.operated import leases
from dbkit.types.errors import LeaseLost, LeaseNotAvailable, ValueInvalid
from dbkit.types.held_lease import HeldLease
from dbkit.types.identifiers import LeaseName

_NAME = LeaseName("conformance")
_OTHER = LeaseName("conformance, another")
_TTL = timedelta(seconds=30)
_PAST = datetime(2020, 1, 1, tzinfo=UTC)


@over(leases)
async def a_block_holds_a_lease_and_gives_it_back(world: AsyncWorld) -> None:
    """See that a lease has one holder at a time, and the next one the next fence."""
    async with _leases(world.db).hold(_NAME, ttl=_TTL) as lease:
        lease.require()
        assert (lease.name, lease.fence, lease.is_held) == (_NAME, 1, True)
        with pytest.raises(LeaseNotAvailable):
            async with _leases(world.db).hold(_NAME, ttl=_TTL, wait_seconds=0):
                raise AssertionError("two holders")
    async with _leases(world.db).hold(_NAME, ttl=_TTL, holder="me", wait_seconds=0) as again:
        assert (again.holder, again.fence) == ("me", 2)


@over(leases)
async def an_error_that_leaves_the_block_gives_the_lease_back(world: AsyncWorld) -> None:
    """See that a lease is given back whatever the block ends with."""
    with pytest.raises(ZeroDivisionError):
        async with _leases(world.db).hold(_NAME, ttl=_TTL):
            raise ZeroDivisionError
    assert await _leases(world.db).acquire(_NAME, "next", _TTL) is not None


@over(leases)
async def a_lease_is_held_outside_of_transactions_and_for_some_time(world: AsyncWorld) -> None:
    """See that a lease which would end with a transaction, or at once, is refused."""
    async with world.db.transaction() as tx:
        with pytest.raises(ValueInvalid):
            _in_transaction(tx).hold(_NAME, ttl=_TTL)
    with pytest.raises(ValueInvalid):
        async with _leases(world.db).hold(_NAME, ttl=timedelta()):
            raise AssertionError("a lease for no time")


@over(leases)
async def who_waits_gets_the_lease_when_it_is_given_back(world: AsyncWorld) -> None:
    """See that who waits for a lease gets it when it is given back."""
    assert await _leases(world.db).acquire(_NAME, "first", _TTL) is not None
    background = AsyncBackground()
    waiting = AsyncStep(background.start(_fence, world.db))
    await _leases(world.db).release(_NAME, "first", 1)
    assert await waiting.result() == 2
    await background.close()


@over(leases)
async def who_has_lost_a_lease_writes_nothing(world: AsyncWorld) -> None:
    """See that a transaction bound to a lease that another one has by now is rolled back, and the block fails."""
    async with _held(world.db) as lease:
        await _end(world.db)
        assert await _leases(world.db).acquire(_NAME, "rival", _TTL) is not None
        with pytest.raises(LeaseLost) as caught:
            async with world.db.transaction() as tx:
                await _in_transaction(tx).acquire(_OTHER, "me", _TTL)
                await _in_transaction(tx).require(lease)
        assert (caught.value.entity, caught.value.key) == ("leases", {"name": _NAME, "fence": 1})
        with pytest.raises(LeaseLost):
            lease.require()
    assert await _leases(world.db).find(_OTHER) is None
    assert (await _leases(world.db).get(_NAME)).holder == "rival"


@over(leases)
async def a_lease_that_has_ended_is_lost_though_nobody_took_it(world: AsyncWorld) -> None:
    """See that the server's clock ends a lease, whoever has it next."""
    async with _held(world.db) as lease:
        await _end(world.db)
        with pytest.raises(LeaseLost):
            async with world.db.transaction() as tx:
                await _in_transaction(tx).require(lease)


@over(leases)
async def who_takes_a_lease_over_waits_for_transactions_under_it(world: AsyncWorld) -> None:
    """See that a lease which has ended is taken over only when the transactions that are bound to it have ended."""
    async with _held(world.db) as lease, AsyncStage(world.db) as stage:
        bound, rival = await stage.begin(), await stage.begin()
        await bound.do(lambda tx: _in_transaction(tx).require(lease))
        await _end(world.db)
        step = await rival.start(lambda tx: _in_transaction(tx).acquire(_NAME, "rival", _TTL))
        assert step.is_waiting
        await bound.commit()
        taken = await step.result()
        assert (taken.holder, taken.fence) == ("rival", 2)


def _leases(db: Any) -> Any:
    return db.repository(LEASES, AsyncLeaseOperations)


def _in_transaction(transaction: Any) -> Any:
    return transaction.repository(LEASES, AsyncLeaseTransactionOperations)


@asynccontextmanager
async def _held(db: Any) -> AsyncIterator[HeldLease]:
    """Hold the lease, which is lost in the block."""
    with pytest.raises(LeaseLost):
        async with _leases(db).hold(_NAME, ttl=_TTL) as lease:
            yield lease


async def _end(db: Any) -> None:
    """Have the time of the lease pass, for everybody but its holder."""
    await _leases(db).update(_NAME, acquired_at=_PAST, expires_at=_PAST + _TTL)


async def _fence(db: Any) -> int:
    async with _leases(db).hold(_NAME, ttl=_TTL) as lease:
        fence: int = lease.fence
    return fence
