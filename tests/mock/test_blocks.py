"""Operations that open a block: a stub says what the block is given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dbkit import Database
from dbkit.mock import AsyncMockLeases, MockLeases
from dbkit.types import HeldLease, LeaseName, LeaseNotAvailable

NAME, TTL = LeaseName("job"), timedelta(seconds=30)
HELD = HeldLease(NAME, "me", 7, until_seconds=float("inf"))


def test_a_block_is_given_what_the_stub_says() -> None:
    mock = MockLeases().with_hold(HELD).build()
    with mock.hold(NAME, ttl=TTL) as lease:
        assert lease.fence == 7
    (call,) = mock.calls.hold
    assert (call.name, call.ttl, call.wait_seconds) == (NAME, TTL, 10.0)


async def test_an_async_block_too() -> None:
    mock = AsyncMockLeases().with_hold(HELD).build()
    async with mock.hold(NAME, ttl=TTL, wait_seconds=0.0) as lease:
        assert lease.is_held


def test_a_stub_may_raise() -> None:
    mock = MockLeases().with_hold(LeaseNotAvailable).build()
    with pytest.raises(LeaseNotAvailable), mock.hold(NAME, ttl=TTL):
        raise AssertionError("somebody else has it")


def test_a_stub_gives_what_the_block_is_given() -> None:
    wrong: Any = "held"
    with pytest.raises(AssertionError, match="hold gives HeldLease"):
        MockLeases().with_hold(wrong).build()


def test_a_partial_mock_opens_the_real_block(memory_db: Database) -> None:
    mock = MockLeases().otherwise(memory_db).build()
    with mock.hold(NAME, ttl=TTL) as lease:
        assert memory_db.leases.get(NAME).fence == lease.fence == 1
