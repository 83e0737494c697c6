# Generated from tests/operations/_async/test_leases.py by tools/unasync.py; edit that file instead.
"""Leases that are held for a block: one holder at a time, and what a holder notices who has lost one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dbkit import Database
from dbkit._acompat import sleep
from dbkit.models import LEASES
from dbkit.operations._sync import holding
from dbkit.operations._sync.lease import LeaseTransactionOperations
from dbkit.operations.pauses import Pauses
from dbkit.testing.conformance._sync.stage import Stage, Step
from dbkit.testing.conformance.background import Background
from dbkit.types import HeldLease, LeaseLost, LeaseName, LeaseNotAvailable, NewOutboxEvent, OutboxTopic, ValueInvalid
from dbkit.types.clock import told_by
from dbkit.types.held_lease import steady_seconds

NAME = LeaseName("token:1")
TTL = timedelta(seconds=30)
BRIEF = timedelta(milliseconds=600)
PAST = datetime(2020, 1, 1, tzinfo=UTC)


def end(db: Database) -> None:
    """Have the time of the lease pass, for everybody but its holder."""
    db.leases.update(NAME, acquired_at=PAST, expires_at=PAST + TTL)


def taken_over(db: Database) -> None:
    end(db)
    assert db.leases.acquire(NAME, "rival", TTL) is not None


@contextmanager
def held(db: Database) -> Iterator[HeldLease]:
    """Hold the lease, which may be lost in the block."""
    try:
        with db.leases.hold(NAME, ttl=TTL) as lease:
            yield lease
    except LeaseLost:
        assert not lease.is_held


def test_a_block_holds_a_lease_and_gives_it_back(db: Database) -> None:
    with db.leases.hold(NAME, ttl=TTL) as lease:
        lease.require()
        assert (lease.name, lease.fence, lease.is_held) == (NAME, 1, True)
        with pytest.raises(LeaseNotAvailable):
            with db.leases.hold(NAME, ttl=TTL, wait_seconds=0):
                raise AssertionError("two holders")
    with db.leases.hold(NAME, ttl=TTL, holder="me", wait_seconds=0) as again:
        assert (again.holder, again.fence) == ("me", 2)
        assert (db.leases.get(NAME)).holder == "me"


def test_holding_and_giving_back_are_two_round_trips(db: Database) -> None:
    with db.expect_queries(2):
        with db.leases.hold(NAME, ttl=TTL):
            pass


def test_an_error_leaves_the_block_and_gives_the_lease_back(db: Database) -> None:
    with pytest.raises(RuntimeError):
        with db.leases.hold(NAME, ttl=TTL):
            raise RuntimeError
    assert db.leases.acquire(NAME, "next", TTL) is not None


def test_a_lease_is_held_outside_of_transactions(db: Database) -> None:
    with db.transaction() as tx:
        with pytest.raises(ValueInvalid, match=r"db\.leases\.hold"):
            tx.leases.hold(NAME, ttl=TTL)
    with pytest.raises(ValueInvalid):
        with db.leases.hold(NAME, ttl=timedelta()):
            raise AssertionError("a lease for no time")


def test_who_waits_gets_it_when_it_is_given_back(db: Database) -> None:
    assert db.leases.acquire(NAME, "first", TTL) is not None
    background = Background()
    waiting = Step(background.start(fence_of, db))
    db.leases.release(NAME, "first", 1)
    assert waiting.result() == 2
    background.close()


def fence_of(db: Database) -> int:
    with db.leases.hold(NAME, ttl=TTL) as lease:
        return lease.fence


def test_a_holder_that_lost_it_writes_nothing(db: Database) -> None:
    """As one that was frozen, and goes on after its time, with what it was about to write."""
    with held(db) as lease:
        taken_over(db)
        with pytest.raises(LeaseLost) as caught:
            with db.transaction() as tx:
                tx.leases.require(lease)
                tx.outbox_events.create(NewOutboxEvent(topic=OutboxTopic.READ_FINISHED, key="a", payload={}))
        assert (caught.value.entity, caught.value.key) == ("leases", {"name": NAME, "fence": 1})
        with pytest.raises(LeaseLost):
            lease.require()
    assert db.outbox_events.count() == 0
    assert (db.leases.get(NAME)).holder == "rival"


def test_a_lease_that_ended_is_lost_though_nobody_took_it(db: Database) -> None:
    with held(db) as lease:
        end(db)
        with pytest.raises(LeaseLost):
            with db.transaction() as tx:
                tx.leases.require(lease)


def test_the_block_of_a_lost_lease_ends_with_an_error(db: Database) -> None:
    with pytest.raises(LeaseLost):
        with db.leases.hold(NAME, ttl=TTL):
            taken_over(db)
    with pytest.raises(RuntimeError):
        with db.leases.hold(LeaseName("other"), ttl=TTL):
            db.leases.delete(LeaseName("other"))
            raise RuntimeError


def test_who_takes_a_lease_over_waits_for_the_transactions_that_are_bound_to_it(db: Database) -> None:
    with held(db) as lease, Stage(db) as stage:
        bound, rival = stage.begin(), stage.begin()
        bound.do(lambda tx: leases_of(tx).require(lease))
        # Renewing it waits for nobody, nor does a second transaction of its holder.
        assert db.leases.renew(NAME, lease.holder, lease.fence, TTL) is not None
        with db.transaction() as tx:
            tx.leases.require(lease)
        end(db)
        step = rival.start(lambda tx: leases_of(tx).acquire(NAME, "rival", TTL))
        assert step.is_waiting
        bound.commit()
        taken = step.result()
        assert (taken.holder, taken.fence) == ("rival", 2)


def leases_of(transaction: Any) -> Any:
    return transaction.repository(LEASES, LeaseTransactionOperations)


def test_a_lease_is_renewed_beside_the_block(db: Database) -> None:
    with db.leases.hold(NAME, ttl=BRIEF) as lease:
        first = (db.leases.get(NAME)).expires_at
        until_renewed(db, first + BRIEF / 4)
        assert db.leases.acquire(NAME, "rival", TTL) is None
        with db.transaction() as tx:
            tx.leases.require(lease)


def until_renewed(db: Database, at: datetime) -> None:
    pauses = Pauses(10, first_seconds=0.01, longest_seconds=0.01)
    while (db.leases.get(NAME)).expires_at < at:
        pause = pauses.next_seconds()
        assert pause is not None, "nobody renewed it"
        sleep(pause)


def test_the_renewal_notices_that_the_lease_is_lost(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long before its time is over, after which anybody would know."""
    monkeypatch.setattr(holding, "_RENEWALS", 300)
    with pytest.raises(LeaseLost):
        with db.leases.hold(NAME, ttl=TTL) as lease:
            began_at = steady_seconds()
            taken_over(db)
            pauses = Pauses(20, first_seconds=0.005, longest_seconds=0.005)
            while lease.is_held and (pause := pauses.next_seconds()) is not None:
                sleep(pause)
            assert not lease.is_held, "nobody noticed"
            assert steady_seconds() - began_at < TTL.total_seconds(), "it has ended by itself"
            lease.require()


def test_a_clock_of_the_client_that_jumps_changes_nothing(db: Database) -> None:
    """Neither the value's clock nor the machine's says when a lease ends."""
    for jump in (timedelta(hours=1), timedelta(hours=-1)):
        name = LeaseName(f"jump {jump}")
        with told_by(lambda jump=jump: datetime.now(UTC) + jump):
            with db.leases.hold(name, ttl=TTL) as lease:
                assert db.leases.acquire(name, "rival", TTL) is None
                with db.transaction() as tx:
                    tx.leases.require(lease)


def test_a_server_whose_clock_jumps_ahead_ends_the_lease_once(memory_db: Database) -> None:
    db = memory_db
    with pytest.raises(LeaseLost):
        with db.leases.hold(NAME, ttl=TTL) as lease:
            db.memory.clock.advance(seconds=60)
            with pytest.raises(LeaseLost):
                with db.transaction() as tx:
                    tx.leases.require(lease)
            taken = db.leases.acquire(NAME, "rival", TTL)
            assert taken is not None
            assert taken.fence == lease.fence + 1
            db.memory.clock.advance(seconds=-120)
            assert db.leases.acquire(NAME, "third", TTL) is None


def test_a_lease_that_was_long_in_coming_is_asked_for_again(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """One who is stopped between asking and getting has nothing of what it got."""
    times = iter([0.0, 100.0])
    monkeypatch.setattr(holding, "steady_seconds", lambda: next(times))
    with pytest.raises(LeaseNotAvailable):
        with db.leases.hold(NAME, ttl=TTL, wait_seconds=0):
            raise AssertionError("it has ended")
    assert (db.leases.get(NAME)).fence == 1
