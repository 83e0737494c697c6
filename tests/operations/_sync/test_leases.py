# Generated from tests/operations/_async/test_leases.py by tools/unasync.py; edit that file instead.
"""Leases that are held for a block: one holder at a time, and what a holder notices who has lost one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dbkit import Database
from dbkit._acompat import sleep
from dbkit.operations._sync import holding
from dbkit.operations.pauses import Pauses
from dbkit.types import LeaseLost, LeaseName, LeaseNotAvailable
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


def test_holding_and_giving_back_are_two_round_trips(db: Database) -> None:
    with db.expect_queries(2):
        with db.leases.hold(NAME, ttl=TTL):
            pass


def test_the_block_of_a_lost_lease_ends_with_an_error(db: Database) -> None:
    with pytest.raises(LeaseLost):
        with db.leases.hold(NAME, ttl=TTL):
            taken_over(db)
    with pytest.raises(RuntimeError):
        with db.leases.hold(LeaseName("other"), ttl=TTL):
            db.leases.delete(LeaseName("other"))
            raise RuntimeError


def test_a_lease_is_renewed_beside_the_block(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    # Every tenth of a second, and not lost however late a busy machine is with that.
    monkeypatch.setattr(holding, "_RENEWALS", 300)
    with db.leases.hold(NAME, ttl=TTL) as lease:
        first = (db.leases.get(NAME)).expires_at
        until_renewed(db, first + BRIEF / 4)
        assert db.leases.acquire(NAME, "rival", TTL) is None
        with db.transaction() as tx:
            tx.leases.require(lease)


def until_renewed(db: Database, at: datetime) -> None:
    pauses = Pauses(20, first_seconds=0.01, longest_seconds=0.01)
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
