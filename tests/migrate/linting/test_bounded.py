"""What may never end has its time, and its thread does not stay behind."""

from __future__ import annotations

import threading

import pytest

from dbkit.migrate.linting.bounded import ends_within


def test_what_ends_in_time() -> None:
    assert ends_within(10, lambda: None)


def test_what_it_raises_is_raised_here() -> None:
    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        ends_within(10, fail)


def test_a_loop_that_never_ends_is_ended() -> None:
    ended = threading.Event()

    def loop() -> None:
        try:
            while True:
                pass
        finally:
            ended.set()

    assert not ends_within(0.05, loop)
    assert ended.wait(10)
