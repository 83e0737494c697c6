"""What is retried, and how long is waited before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbkit.database.retry import RetryPolicy
from dbkit.types import (
    CommitUnknown,
    DbkitError,
    LockNotAvailable,
    NotFound,
    PoolExhausted,
    Timeout,
    TransactionAborted,
    TransactionConflict,
    Unavailable,
)


@pytest.mark.parametrize("error", [TransactionConflict, LockNotAvailable, Unavailable])
def test_what_has_stored_nothing_runs_again(error: type[DbkitError]) -> None:
    assert RetryPolicy().allows(error(), attempt=0)


@pytest.mark.parametrize("error", [CommitUnknown, PoolExhausted, NotFound, Timeout, TransactionAborted])
def test_what_may_have_stored_something_or_would_not_help_does_not(error: type[DbkitError]) -> None:
    assert not RetryPolicy().allows(error(), attempt=0)


def test_there_is_a_last_attempt() -> None:
    policy = RetryPolicy(attempts_max=3)
    assert [policy.allows(TransactionConflict(), attempt) for attempt in range(4)] == [True, True, False, False]


@given(attempt=st.integers(0, 50), share=st.floats(0, 1))
def test_the_wait_is_a_share_of_a_bounded_interval(attempt: int, share: float) -> None:
    policy = RetryPolicy(base_seconds=0.01, cap_seconds=1.0, random=lambda: share)
    assert policy.wait_seconds(attempt) == share * min(1.0, 0.01 * 2**attempt)
