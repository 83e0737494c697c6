# Generated from dbkit/testing/conformance/_async/leasing.py by tools/unasync.py; edit that file instead.
"""Leases: one holder at a time, and a holder that has lost one writes nothing under it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dbkit.models.lease import LEASES
from dbkit.operations._sync.lease import LeaseOperations, LeaseTransactionOperations
from dbkit.testing.conformance._sync.stage import Stage, Step
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.background import Background
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
def a_block_holds_a_lease_and_gives_it_back(world: World) -> None:
    """See that a lease has one holder at a time, and the next one the next fence."""
    with _leases(world.db).hold(_NAME, ttl=_TTL) as lease:
        lease.require()
        assert (lease.name, lease.fence, lease.is_held) == (_NAME, 1, True)
        with pytest.raises(LeaseNotAvailable):
            with _leases(world.db).hold(_NAME, ttl=_TTL, wait_seconds=0):
                raise AssertionError("two holders")
    with _leases(world.db).hold(_NAME, ttl=_TTL, holder="me", wait_seconds=0) as again:
        assert (again.holder, again.fence) == ("me", 2)


@over(leases)
def an_error_that_leaves_the_block_gives_the_lease_back(world: World) -> None:
    """See that a lease is given back whatever the block ends with."""
    with pytest.raises(ZeroDivisionError):
        with _leases(world.db).hold(_NAME, ttl=_TTL):
            raise ZeroDivisionError
    assert _leases(world.db).acquire(_NAME, "next", _TTL) is not None


@over(leases)
def a_lease_is_held_outside_of_transactions_and_for_some_time(world: World) -> None:
    """See that a lease which would end with a transaction, or at once, is refused."""
    with world.db.transaction() as tx:
        with pytest.raises(ValueInvalid):
            _in_transaction(tx).hold(_NAME, ttl=_TTL)
    with pytest.raises(ValueInvalid):
        with _leases(world.db).hold(_NAME, ttl=timedelta()):
            raise AssertionError("a lease for no time")


@over(leases)
def who_waits_gets_the_lease_when_it_is_given_back(world: World) -> None:
    """See that who waits for a lease gets it when it is given back."""
    assert _leases(world.db).acquire(_NAME, "first", _TTL) is not None
    background = Background()
    waiting = Step(background.start(_fence, world.db))
    _leases(world.db).release(_NAME, "first", 1)
    assert waiting.result() == 2
    background.close()


@over(leases)
def who_has_lost_a_lease_writes_nothing(world: World) -> None:
    """See that a transaction bound to a lease that another one has by now is rolled back, and the block fails."""
    with _held(world.db) as lease:
        _end(world.db)
        assert _leases(world.db).acquire(_NAME, "rival", _TTL) is not None
        with pytest.raises(LeaseLost) as caught:
            with world.db.transaction() as tx:
                _in_transaction(tx).acquire(_OTHER, "me", _TTL)
                _in_transaction(tx).require(lease)
        assert (caught.value.entity, caught.value.key) == ("leases", {"name": _NAME, "fence": 1})
        with pytest.raises(LeaseLost):
            lease.require()
    assert _leases(world.db).find(_OTHER) is None
    assert (_leases(world.db).get(_NAME)).holder == "rival"


@over(leases)
def a_lease_that_has_ended_is_lost_though_nobody_took_it(world: World) -> None:
    """See that the server's clock ends a lease, whoever has it next."""
    with _held(world.db) as lease:
        _end(world.db)
        with pytest.raises(LeaseLost):
            with world.db.transaction() as tx:
                _in_transaction(tx).require(lease)


@over(leases)
def who_takes_a_lease_over_waits_for_transactions_under_it(world: World) -> None:
    """See that a lease which has ended is taken over only when the transactions that are bound to it have ended."""
    with _held(world.db) as lease, Stage(world.db) as stage:
        bound, rival = stage.begin(), stage.begin()
        bound.do(lambda tx: _in_transaction(tx).require(lease))
        _end(world.db)
        step = rival.start(lambda tx: _in_transaction(tx).acquire(_NAME, "rival", _TTL))
        assert step.is_waiting
        bound.commit()
        taken = step.result()
        assert (taken.holder, taken.fence) == ("rival", 2)


def _leases(db: Any) -> Any:
    return db.repository(LEASES, LeaseOperations)


def _in_transaction(transaction: Any) -> Any:
    return transaction.repository(LEASES, LeaseTransactionOperations)


@contextmanager
def _held(db: Any) -> Iterator[HeldLease]:
    """Hold the lease, which is lost in the block."""
    with pytest.raises(LeaseLost):
        with _leases(db).hold(_NAME, ttl=_TTL) as lease:
            yield lease


def _end(db: Any) -> None:
    """Have the time of the lease pass, for everybody but its holder."""
    _leases(db).update(_NAME, acquired_at=_PAST, expires_at=_PAST + _TTL)


def _fence(db: Any) -> int:
    with _leases(db).hold(_NAME, ttl=_TTL) as lease:
        fence: int = lease.fence
    return fence
